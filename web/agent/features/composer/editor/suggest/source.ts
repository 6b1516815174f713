import type { Editor } from "@tiptap/core";

export interface Suggestion {
	id: string;
	label: string;
	/* A second, quieter text: an address, a shortcut. */
	detail?: string;
	/* A sign before the label: an emoji, initials. */
	sign?: string;
}

/* A list that opens while somebody writes: @ people, # snippets, : emoji, / blocks. */
export interface SuggestSource {
	/* The one character that opens it. */
	trigger: string;
	/* What the list is called, in the reader's language. */
	label: string;
	/* Only as the first thing of a line. */
	isAtLineStart?: boolean;
	/* How many letters it takes behind the trigger; 0 unless given. */
	minLetters?: number;
	/* May the words have blanks, as names do? */
	hasBlanks?: boolean;
	/* The best first. What is asked later wins: an answer that comes too late is thrown away. */
	find: (query: string, signal: AbortSignal) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
	/* Puts the choice in place of the trigger and what was typed behind it. */
	pick: (editor: Editor, range: { from: number; to: number }, choice: Suggestion) => void;
}

export interface Match {
	source: SuggestSource;
	from: number;
	to: number;
	query: string;
}

const MAX_QUERY = 40;
/* What a word may begin behind: a blank, a bracket, a quotation mark, an object; and what is written without blanks between its words. */
const BEFORE = /[\s([{"'“‘«¿¡\uFFFC\u3000-\u303F\uFF00-\uFF0F\uFF1A-\uFF20\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]$/u;

/* The source that the text before the cursor calls for. A trigger inside of a word (an address, a time) calls for none. */
export function matchBefore(
	text: string,
	sources: readonly SuggestSource[],
): { source: SuggestSource; query: string } | undefined {
	let best: { source: SuggestSource; query: string; at: number } | undefined;
	for (const source of sources) {
		const at = text.lastIndexOf(source.trigger);
		if (at < 0 || text.length - at > MAX_QUERY) continue;
		const before = text.slice(0, at);
		const query = text.slice(at + source.trigger.length);
		if (source.isAtLineStart ? before !== "" : before !== "" && !BEFORE.test(before)) continue;
		if (query.length < (source.minLetters ?? 0)) continue;
		if (source.hasBlanks ? /^\s|\s{2}|\n/.test(query) : /\s/.test(query)) continue;
		if (!best || at > best.at) best = { source, query, at };
	}
	return best;
}
