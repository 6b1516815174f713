/* Tokens as text: {{contact.firstname}} is an object of the ticket and a property of it. */
import type { FilledToken } from "#shared/api/types";

export const TOKEN = /\{\{\s*(contact|company|deal|ticket|sender)\.([a-z][a-z0-9_]*)\s*\}\}/;
const MISSING = /\[\[MISSING ([^\][]+)\]\]/g;

/* Fills a token; undefined: nobody knows it, and the text stays as it was typed. */
export type FillToken = (name: string) => Promise<FilledToken | undefined>;

export const missingMark = (token: Pick<FilledToken, "name" | "label">) =>
	`[[MISSING ${`${token.name.split(".")[0]} ${token.label}`.toUpperCase()}]]`;

/* What a text still misses, each once, as the marks name it. */
export function missingIn(text: string): string[] {
	return [...new Set([...text.matchAll(MISSING)].map((m) => m[1]?.trim() ?? ""))];
}
