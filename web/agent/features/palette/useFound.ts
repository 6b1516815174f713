import { useEffect, useState } from "react";
import { type Found, search } from "../../data/search";

const PAUSE_MS = 120;
const MIN_CHARS = 2;
const ROWS = 8;

/* Tickets and contacts of the whole desk for what stands in the field; the question before is given up. */
export function useFound(query: string): { rows: readonly Found[]; isBusy: boolean } {
	const [state, setState] = useState<{ query: string; rows: readonly Found[] }>({ query: "", rows: [] });
	const text = query.trim();
	const isAsked = text.length >= MIN_CHARS || /^#?\d+$/.test(text) || /[^\p{Script=Latin}\p{N}\s]/u.test(text);
	useEffect(() => {
		if (!isAsked) {
			setState({ query: text, rows: [] });
			return;
		}
		const stop = new AbortController();
		const timer = setTimeout(async () => {
			try {
				const page = await search({ q: text, kind: "ticket,contact", limit: ROWS }, stop.signal);
				setState({ query: text, rows: page.results });
			} catch {
				/* Given up, or the server is away: the commands are there all the same. */
				if (!stop.signal.aborted) setState({ query: text, rows: [] });
			}
		}, PAUSE_MS);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [text, isAsked]);
	return { rows: isAsked ? state.rows : [], isBusy: isAsked && state.query !== text };
}
