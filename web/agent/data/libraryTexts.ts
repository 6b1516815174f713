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
async function find<T>(path: string, q: string, signal: AbortSignal | undefined): Promise<T[]> {
	const query = { q: q || undefined, sort: "match", limit: MOST_FOUND };
	return (await http.get<Page<T>>(path, { query, signal })).results;
}
export const findSnippets = (q: string, signal?: AbortSignal) => find<Snippet>(SNIPPETS, q, signal);
export const findTemplates = (q: string, signal?: AbortSignal) => find<Template>(TEMPLATES, q, signal);

/* Filling ---------------------------------------------------------------------------------------------------------------- */

/* An object and its property, or a placeholder. */
const TOKEN =
	/\{\{\s*(?:(contact|company|deal|ticket|sender)\.([a-z][a-z0-9_]*)|placeholder\.([^{}[\]\n<>]{1,100}?))\s*\}\}/g;
const TAG = /<(?:"[^"]*"|'[^']*'|[^'">])*>/g;
/* At once. */
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
	const names = named(texts.map(wholeTokens).join("\n"));
	const path =
		place.objectType === "tickets"
			? `/desk/v1/tickets/${place.id}/tokens`
			: `/desk/v1/objects/${place.objectType}/${place.id}/tokens`;
	const asked: Promise<Page<FilledToken>>[] = [];
	for (let i = 0; i < names.length; i += MAX_NAMES)
		asked.push(http.get(path, { query: { names: names.slice(i, i + MAX_NAMES).join() } }));
	return new Map((await Promise.all(asked)).flatMap(({ results }) => results.map((token) => [token.name, token])));
}

/* A token of which a part was made bold is still one: its marks go behind it. */
const wholeTokens = (html: string) =>
	html.replace(/\{\{[^{}]{1,400}\}\}/g, (all) => {
		const tags = all.match(TAG) ?? [];
		const bare = all.replace(TAG, "");
		return tags.length > 0 && bare.replace(TOKEN, "") === "" ? bare + tags.join("") : all;
	});

type Typed = Readonly<Record<string, string>>;

interface Found {
	object?: string;
	property?: string;
	placeholder?: string;
}
const replaced = (text: string, show: (token: Found, at: number) => string) =>
	text.replace(TOKEN, (_, object?: string, property?: string, placeholder?: string, at = 0) =>
		show({ object, property, placeholder }, at),
	);

/* What a token says, or what it misses. One that nobody knows, as of a property that was misspelled or is gone, is missing too: no
 * customer gets to read it. */
function lookUp({ object, property, placeholder }: Found, values: Values, typed: Typed) {
	if (placeholder !== undefined) return { value: typed[placeholder]?.trim(), what: placeholder };
	const token = values.get(`${object}.${property}`);
	return { value: token?.value, what: `${object} ${token?.label ?? property?.replaceAll("_", " ")}` };
}

const markOf = (what: string) => `[[MISSING ${what.toUpperCase()}]]`;
const htmlMarkOf = (what: string) => `<mark>${escaped(markOf(what))}</mark>`;

/* In one pass: what a value says is never read as a token. */
export const fillText = (text: string, values: Values, typed: Typed = {}) =>
	replaced(text, (token) => {
		const { value, what } = lookUp(token, values, typed);
		return value || markOf(what);
	});

const inHtml = (token: Found): Found => ({ ...token, placeholder: token.placeholder && unescaped(token.placeholder) });

/* An address: a value is a part of it, unless it is the whole. A mark would not be seen there: it stands before the link. */
function filledTag(tag: string, values: Values, typed: Typed): string {
	let marks = "";
	const filled = replaced(tag, (token, at) => {
		const { value = "", what } = lookUp(inHtml(token), values, typed);
		if (!value) marks += `${htmlMarkOf(what)} `;
		const isWhole = /["']$/.test(tag.slice(0, at));
		return escaped(isWhole ? value : encodeURIComponent(value).replaceAll("%40", "@"));
	});
	return marks + filled;
}

export function fillHtml(html: string, values: Values, typed: Typed = {}): string {
	const whole = wholeTokens(html);
	const between = (text: string) =>
		replaced(text, (token) => {
			const { value, what } = lookUp(inHtml(token), values, typed);
			return value ? escaped(value) : htmlMarkOf(what);
		});
	let filled = "";
	let at = 0;
	for (const { 0: tag, index } of whole.matchAll(TAG)) {
		filled += between(whole.slice(at, index)) + filledTag(tag, values, typed);
		at = index + tag.length;
	}
	return filled + between(whole.slice(at));
}

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
