/* What is typed of a quote, and when it goes to the server: by itself, a moment after the last key; before anything else is done with it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { QUOTE_LINKS, type Quote, type QuoteIn, type QuoteLine, type QuoteLink, updateQuote } from "../../data/quotes";
import { dayOf } from "./days";
import { asPoint } from "./decimal";

export interface LineDraft extends Omit<QuoteLine, "net"> {
	/* Names the row on the screen, from before it has an id. */
	key: string;
}

export interface QuoteDraft {
	title: string;
	currency: string;
	language: string;
	/* A day, as a date field has it; empty: none. */
	expiresOn: string;
	terms: string;
	comments: string;
	links: Quote["links"];
	lines: LineDraft[];
}

export type SaveState = "saved" | "changed" | "saving" | "failed" | "stale";

const PAUSE_MS = 800;
let keys = 0;

export const emptyLine = (): LineDraft => ({
	key: `new${++keys}`,
	name: "",
	description: "",
	sku: "",
	quantity: "1",
	price: "",
	discount: "",
	discountPercentage: "",
	taxRate: "",
});

export function draftOf(q: Quote, timeZone: string | undefined): QuoteDraft {
	const p = q.paper;
	return {
		title: p.title,
		currency: p.currency,
		language: p.lang,
		expiresOn: dayOf(p.expiresAt, timeZone),
		terms: p.terms,
		comments: p.comments,
		links: q.links,
		lines: p.lines.map(({ net: _, ...l }) => ({ ...l, key: `line${l.id}` })),
	};
}

function bodyOf(d: QuoteDraft): QuoteIn {
	const links = Object.fromEntries(QUOTE_LINKS.map((name) => [name, d.links[name]?.id ?? null]));
	return {
		...(links as Record<QuoteLink, string | null>),
		title: d.title,
		currency: d.currency,
		language: d.language,
		expiresAt: d.expiresOn,
		terms: d.terms,
		comments: d.comments,
		lines: d.lines.map(({ key: _, ...l }) => ({
			...l,
			quantity: asPoint(l.quantity),
			price: asPoint(l.price),
			discount: asPoint(l.discount),
			discountPercentage: asPoint(l.discountPercentage),
			taxRate: asPoint(l.taxRate),
		})),
	};
}

/* Which of the two were asked for by the server: an id that a new line got is no change of what was typed. */
const textOf = (d: QuoteDraft) => JSON.stringify({ ...bodyOf(d), lines: bodyOf(d).lines?.map(({ id: _, ...l }) => l) });

export function useQuoteDraft(quote: Quote, timeZone: string | undefined) {
	const [draft, setDraft] = useState(() => draftOf(quote, timeZone));
	const [state, setState] = useState<SaveState>("saved");
	const [problem, setProblem] = useState<unknown>();
	const [saved, setSaved] = useState(quote);
	const latest = useRef(draft);
	const sent = useRef(textOf(draft));
	const version = useRef(quote.objectVersion);
	const running = useRef<Promise<boolean>>(undefined);
	latest.current = draft;

	const send = useCallback(async (): Promise<boolean> => {
		const d = latest.current;
		const text = textOf(d);
		if (text === sent.current) return true;
		setState("saving");
		try {
			const answer = await updateQuote(quote.id, { ...bodyOf(d), objectVersion: version.current });
			sent.current = text;
			version.current = answer.objectVersion;
			/* the lines come back in the order in which they went */
			const ids = new Map(d.lines.map((l, i) => [l.key, answer.paper.lines[i]?.id]));
			setDraft((now) => ({ ...now, lines: now.lines.map((l) => ({ ...l, id: l.id ?? ids.get(l.key) })) }));
			setSaved(answer);
			setProblem(undefined);
			setState(textOf(latest.current) === text ? "saved" : "changed");
			return true;
		} catch (e) {
			setProblem(e);
			setState(e instanceof ApiError && e.status === 412 ? "stale" : "failed");
			return false;
		}
	}, [quote.id]);

	/* One after the other: the second tells what the first did not know. */
	const save = useCallback(async (): Promise<boolean> => {
		while (running.current) await running.current;
		running.current = send();
		try {
			return await running.current;
		} finally {
			running.current = undefined;
		}
	}, [send]);

	const text = textOf(draft);
	useEffect(() => {
		if (text === sent.current) return;
		setState((s) => (s === "saving" || s === "stale" ? s : "changed"));
		const timer = setTimeout(() => void save(), PAUSE_MS);
		return () => clearTimeout(timer);
	}, [text, save]);
	/* Who leaves the page leaves nothing behind; the browser asks where the last letters are still on their way. */
	useEffect(() => () => void save(), [save]);
	useEffect(() => {
		const ask = (e: BeforeUnloadEvent) => {
			if (textOf(latest.current) === sent.current) return;
			e.preventDefault();
			void save();
		};
		window.addEventListener("beforeunload", ask);
		return () => window.removeEventListener("beforeunload", ask);
	}, [save]);

	const errors = problem instanceof ApiError ? problem.fields : {};
	const change = (part: Partial<QuoteDraft>) => setDraft((d) => ({ ...d, ...part }));
	return { draft, change, save, state, problem, errors, saved };
}
