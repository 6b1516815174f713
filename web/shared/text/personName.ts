/* Names of people, by the same rules as the server's: the family name goes first in names of Han, kana and hangul, and before a comma. */

const FAMILY_FIRST = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Common}\p{sc=Inherited}]*$/u;
const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const isFamilyFirst = (name: string) => FAMILY_FIRST.test(name) && EAST_ASIAN.test(name);

/* "van der Berg, Anna M."; behind the comma of a firm or of a title is no name. */
const WITH_COMMA = /^((?:\p{Ll}\S*\s+)*[^\s,]+)\s*,\s*(\p{L}[^\s,]*(?:\s+[^\s,]+)?)$/u;
const SUFFIX = /^(inc|ltd|llc|llp|gmbh|corp|co|s\.a|jr|sr|ii|iii|phd|ph\.d|md|m\.d|esq|mba|cpa)\.?$/i;

/* What cannot be told apart is a first name. */
export function splitName(full: string): { first: string; last: string } {
	const name = full.trim();
	const [, family = "", given = ""] = WITH_COMMA.exec(name) ?? [];
	if (given && !SUFFIX.test(given)) return { first: given, last: family };
	const [head = "", ...words] = name.split(/\s+/);
	const rest = words.join(" ");
	return rest && isFamilyFirst(head) && isFamilyFirst(rest) ? { first: rest, last: head } : { first: head, last: rest };
}

/* The empty string for no name. */
export function personName(first?: string | null, last?: string | null): string {
	const names = [first, last].filter(Boolean) as string[];
	return (names.every(isFamilyFirst) ? names.reverse() : names).join(" ");
}
