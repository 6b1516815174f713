/* The catalogues and the typed ids. locales/en.json is the source; the build turns each into syntax trees (tools/icuPlugin). */
import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import type en from "../../../locales/en.json";

export type MessageId = keyof typeof en;
export type Catalogue = Record<MessageId, MessageFormatElement[]>;

declare global {
	namespace FormatjsIntl {
		interface Message {
			ids: MessageId;
		}
	}
}

const loaders = import.meta.glob<{ default: Catalogue }>(["../../../locales/*.json", "!../../../locales/*.meta.json"]);

const languageOf = (path: string) => path.replace(/^.*\/|\.json$/g, "");
export const LANGUAGES = Object.keys(loaders).map(languageOf);

/* The first wish that we have: exactly, else by its language alone, else English. */
export function chooseLanguage(wishes: readonly string[], have: readonly string[] = LANGUAGES): string {
	for (const wish of wishes) {
		const exact = have.find((h) => h.toLowerCase() === wish.toLowerCase());
		if (exact) return exact;
		const base = wish.split("-")[0]?.toLowerCase();
		const near = have.find((h) => h.split("-")[0]?.toLowerCase() === base);
		if (near) return near;
	}
	return "en";
}

export async function loadCatalogue(language: string): Promise<Catalogue> {
	const path = Object.keys(loaders).find((p) => languageOf(p) === language);
	const load = path ? loaders[path] : undefined;
	if (!load) throw new Error(`no catalogue for ${language}`);
	return (await load()).default;
}
