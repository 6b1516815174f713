/* The catalogues and the typed ids. locales/en.json is the source; the build turns each into syntax trees (tools/icuPlugin). */
import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import type en from "../../../locales/en.json";
import { isPseudo, pseudo } from "./pseudo";

export type MessageId = keyof typeof en;
export type Catalogue = Record<MessageId, MessageFormatElement[]>;

declare global {
	namespace FormatjsIntl {
		interface Message {
			ids: MessageId;
		}
	}
}

/* As the build leaves them: in the order of the keys, plain texts as they are. */
type Texts = (string | MessageFormatElement[])[];
const loaders = import.meta.glob<{ default: Texts }>(["../../../locales/*.json", "!../../../locales/*.meta.json"]);
const loadKeys = () => import("../../../locales/en.json?keys");
const LITERAL = 0;

const languageOf = (path: string) => path.replace(/^.*\/|\.json$/g, "");
export const LANGUAGES = Object.keys(loaders).map(languageOf);

/* Chinese is written in two ways; the tags of the traditional one do not always say so. */
const WRITTEN_LIKE: Record<string, string> = { "zh-hk": "zh-TW", "zh-mo": "zh-TW", "zh-hant": "zh-TW" };

/* The first wish that we have: exactly, else by its language alone, else English. A pseudo-locale is chosen only by its own name. */
export function chooseLanguage(wishes: readonly string[], have: readonly string[] = LANGUAGES): string {
	for (const wish of wishes) {
		if (isPseudo(wish)) return wish;
		const exact = have.find((h) => h.toLowerCase() === wish.toLowerCase());
		if (exact) return exact;
		const alike = WRITTEN_LIKE[wish.split("-").slice(0, 2).join("-").toLowerCase()];
		if (alike && have.includes(alike)) return alike;
		const base = wish.split("-")[0]?.toLowerCase();
		const near = have.find((h) => h.split("-")[0]?.toLowerCase() === base);
		if (near) return near;
	}
	return "en";
}

/* The reader's own way to write that language (pt-PT rather than pt), for dates and numbers. */
export function regionOf(language: string, wishes: readonly string[]): string {
	if (isPseudo(language)) return "en";
	return wishes.find((w) => w.toLowerCase().startsWith(language.toLowerCase())) ?? language;
}

/* The pseudo-locale en-XB is written from right to left, so that the layout can be looked at before such a language is there. */
export const directionOf = (language: string): "ltr" | "rtl" =>
	language === "en-XB" || /^(ar|fa|he|ur)\b/.test(language) ? "rtl" : "ltr";

export async function loadCatalogue(language: string): Promise<Catalogue> {
	const wanted = isPseudo(language) ? "en" : language;
	const path = Object.keys(loaders).find((p) => languageOf(p) === wanted);
	const load = path ? loaders[path] : undefined;
	if (!load) throw new Error(`no catalogue for ${language}`);
	const [{ default: keys }, { default: texts }] = await Promise.all([loadKeys(), load()]);
	const trees = keys.map((key, i) => {
		const text = texts[i] ?? "";
		return [key, typeof text === "string" ? [{ type: LITERAL, value: text }] : text] as const;
	});
	const catalogue = Object.fromEntries(trees) as Catalogue;
	return isPseudo(language) ? pseudo(catalogue) : catalogue;
}
