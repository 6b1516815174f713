/* Snippets and templates, and their tokens filled for what they are written about. */
import { http } from "#shared/api/client";
import type { FilledToken, Page } from "#shared/api/types";
import { type LibraryItem, library } from "./library";

export const SNIPPETS = "/desk/v1/snippets";
export const TEMPLATES = "/desk/v1/templates";

export interface Snippet extends LibraryItem {
	shortcut: string;
	excerpt: string;
	html?: string;
}

export interface Template extends LibraryItem {
	subject: string;
	excerpt: string;
	html?: string;
}

/* What a text is about: a ticket, or a record that a mail is sent from. */
export interface TokenPlace {
	objectType: string;
	id: string;
}
export const ticketPlace = (id: string): TokenPlace => ({ objectType: "tickets", id });

const MOST_FOUND = 8;

/* The best first: those whose shortcut begins so. */
export async function findSnippets(q: string, signal?: AbortSignal): Promise<Snippet[]> {
	const query = { q: q || undefined, sort: "match", limit: MOST_FOUND };
	return (await http.get<Page<Snippet>>(SNIPPETS, { query, signal })).results;
}

/* Filling ---------------------------------------------------------------------------------------------------------------- */

/* An object and its property, or a placeholder. */
const TOKEN =
	/\{\{\s*(?:(contact|company|deal|ticket|sender)\.([a-z][a-z0-9_]*)|placeholder\.([^{}[\]\n<>]{1,100}?))\s*\}\}/g;
const MAX_NAMES = 50;

const named = (text: string) => [
	...new Set([...text.matchAll(TOKEN)].flatMap((m) => (m[1] ? [`${m[1]}.${m[2]}`] : []))),
];

const escaped = (text: string) =>
	text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const unescaped = (text: string) =>
	text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/* The placeholders of a template, each once, in their order. */
export function placeholdersOf(html: string, subject = ""): string[] {
	const names = (text: string) => [...text.matchAll(TOKEN)].flatMap((m) => m[3] ?? []);
	return [...new Set([...names(subject), ...names(html).map(unescaped)])];
}

export type Values = ReadonlyMap<string, FilledToken>;

export async function fetchValues(place: TokenPlace, ...texts: string[]): Promise<Values> {
	const names = named(texts.join("\n")).slice(0, MAX_NAMES);
	if (names.length === 0) return new Map();
	const path =
		place.objectType === "tickets"
			? `/desk/v1/tickets/${place.id}/tokens`
			: `/desk/v1/objects/${place.objectType}/${place.id}/tokens`;
	const { results } = await http.get<Page<FilledToken>>(path, { query: { names: names.join() } });
	return new Map(results.map((token) => [token.name, token]));
}

const markOf = (what: string) => `[[MISSING ${what.toUpperCase()}]]`;

/* Every token becomes its value or, where there is none, the mark; of what nobody knows the token stays. In one pass: what a value says
 * is never read as a token. */
function replaced(text: string, values: Values, typed: Readonly<Record<string, string>>, isHtml: boolean): string {
	const shown = (value: string) => (isHtml ? escaped(value) : value);
	const mark = (what: string) => (isHtml ? `<mark>${escaped(markOf(what))}</mark>` : markOf(what));
	return text.replace(TOKEN, (all, object?: string, property?: string, placeholder?: string) => {
		if (placeholder !== undefined) {
			const name = isHtml ? unescaped(placeholder) : placeholder;
			return typed[name]?.trim() ? shown(typed[name].trim()) : mark(name);
		}
		const token = values.get(`${object}.${property}`);
		if (!token) return all;
		return token.value ? shown(token.value) : mark(`${object} ${token.label}`);
	});
}

export const fillHtml = (html: string, values: Values, typed: Readonly<Record<string, string>> = {}) =>
	replaced(html, values, typed, true);
export const fillText = (text: string, values: Values, typed: Readonly<Record<string, string>> = {}) =>
	replaced(text, values, typed, false);

/* A snippet as it goes into a text: of one paragraph only what is in it, so that it continues the line. */
export async function snippetFor(id: string, place: TokenPlace): Promise<string> {
	const { html = "" } = await http.get<Snippet>(`${SNIPPETS}/${id}`);
	const filled = fillHtml(html, await fetchValues(place, html));
	library.used(id);
	return asInline(filled);
}

/* The same for a template: its tokens stay tokens. */
export async function rawSnippet(id: string): Promise<string> {
	const { html = "" } = await http.get<Snippet>(`${SNIPPETS}/${id}`);
	library.used(id);
	return asInline(html);
}

export function asInline(html: string): string {
	const inside = /^<p>([\s\S]*)<\/p>$/.exec(html.trim())?.[1];
	return inside !== undefined && !/<\/?(p|div|ul|ol|li|blockquote|pre|table|h\d|hr)\b/i.test(inside) ? inside : html;
}
