/* Which language the workspace speaks. What the user chose is a preference on the server, with a copy in the browser so that the
 * first picture is right already; who chose none gets the browser's language. */
import { create } from "zustand";
import { type Catalogue, chooseLanguage, directionOf, loadCatalogue, regionOf } from "#shared/i18n/catalogue";
import { isPseudo } from "#shared/i18n/pseudo";

const STORED = "bellhop.language";

interface Spoken {
	language: string;
	/* The language with the reader's region: dates and numbers follow it. */
	locale: string;
	messages: Catalogue;
}

export const useLanguage = create<Spoken>(() => ({ language: "en", locale: "en", messages: {} as Catalogue }));

/* Catalogues arrive in any order; the last wish counts. */
let wished = 0;

async function speak(language: string) {
	const mine = ++wished;
	const messages = await loadCatalogue(language);
	if (mine !== wished) return;
	const locale = regionOf(language, navigator.languages);
	document.documentElement.lang = locale;
	document.documentElement.dir = directionOf(language);
	useLanguage.setState({ language, locale, messages });
}

function stored(): string | null {
	try {
		return localStorage.getItem(STORED);
	} catch {
		return null;
	}
}

export function startLanguage(): Promise<void> {
	const own = stored();
	return speak(chooseLanguage(own ? [own, ...navigator.languages] : navigator.languages));
}

/* What the server says of this user; a pseudo-locale that somebody tries out here stays. */
export function syncLanguage(chosen: string | null): Promise<void> {
	return isPseudo(stored() ?? "") ? Promise.resolve() : followLanguage(chosen);
}

/* null: as the browser says. */
export function followLanguage(chosen: string | null): Promise<void> {
	try {
		if (chosen) localStorage.setItem(STORED, chosen);
		else localStorage.removeItem(STORED);
	} catch {
		/* a browser without storage asks the server each time */
	}
	const language = chooseLanguage(chosen ? [chosen, ...navigator.languages] : navigator.languages);
	return language === useLanguage.getState().language ? Promise.resolve() : speak(language);
}
