/* What somebody writes on a text, kept on this device at once and on the server a moment after the last key. One request at a time, in
 * order; what could not be kept is tried again, here or when the text is opened the next time. A text that somebody else has changed is
 * not written over: that is for the writer to settle. */
import { useCallback, useEffect, useReducer, useRef } from "react";
import { ApiError } from "#shared/api/client";
import { type ArticleFields, type ArticleText, articles, isNewerVersion } from "../../data/articles";
import { useUser } from "../../data/session";
import { dropUnsaved, keepUnsaved, loadUnsaved } from "./unsaved";

const SAVE_AFTER_MS = 800;
const RETRY_AFTER_MS = 5000;

export type KeepState = "kept" | "waiting" | "keeping" | "failed" | "newer" | "wrong";

const fieldsOf = (x: ArticleText): ArticleFields => ({
	title: x.title,
	subtitle: x.subtitle,
	body: x.body,
	slug: x.slug,
	tags: x.tags,
	products: x.products,
	isMachineTranslated: x.isMachineTranslated,
});

type FieldName = keyof ArticleFields;

interface Work {
	base: ArticleText;
	fields: ArticleFields;
	changed: Set<FieldName>;
	state: KeepState;
	problem?: string;
	errors: Record<string, string>;
	/* Another text in the same fields: what the editor shows is put into it anew. */
	edition: number;
}

export interface ArticleDraft extends Readonly<Omit<Work, "changed">> {
	set: (change: Partial<ArticleFields>) => void;
	/* Everything is on the server; false: it could not be kept. */
	flush: () => Promise<boolean>;
	/* Shows this instead. */
	show: (text: ArticleText) => void;
	/* One's own over the newer one, or the newer one in place of one's own; both stay in the history. */
	settle: (whose: "mine" | "theirs") => Promise<void>;
}

const beginWith = (text: ArticleText, edition: number): Work => ({
	base: text,
	fields: fieldsOf(text),
	changed: new Set(),
	state: "kept",
	errors: {},
	edition,
});

/* With what was written here before and is not there yet. */
function goOn(userId: string, loaded: ArticleText): Work {
	const work = beginWith(loaded, 0);
	const left = loaded.mayEdit && loaded.state !== "ARCHIVED" ? loadUnsaved(userId, loaded) : undefined;
	if (!left) return work;
	const differs = (name: FieldName) => JSON.stringify(left.changes[name]) !== JSON.stringify(work.fields[name]);
	work.changed = new Set((Object.keys(left.changes) as FieldName[]).filter(differs));
	work.fields = { ...work.fields, ...left.changes };
	if (work.changed.size > 0) work.state = left.version === loaded.version ? "waiting" : "newer";
	else dropUnsaved(userId, loaded);
	return work;
}

const changesOf = (w: Work): Partial<ArticleFields> =>
	Object.fromEntries([...w.changed].map((name) => [name, w.fields[name]]));

export function useArticleDraft(loaded: ArticleText, errorText: (e: unknown) => string): ArticleDraft {
	const [, redraw] = useReducer((n: number) => n + 1, 0);
	const userId = useUser().id;
	const work = useRef<Work>(undefined as unknown as Work);
	work.current ??= goOn(userId, loaded);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const running = useRef<Promise<void>>(undefined);
	const isGone = useRef(false);

	const show = useCallback(
		(text: ArticleText) => {
			clearTimeout(timer.current);
			work.current = beginWith(text, work.current.edition + 1);
			dropUnsaved(userId, text);
			redraw();
		},
		[userId],
	);

	/* Fields that nobody touches take what the server made of them. */
	const took = useCallback((answer: ArticleText) => {
		const w = work.current;
		const fresh = fieldsOf(answer);
		w.base = answer;
		for (const name of Object.keys(fresh) as (keyof ArticleFields)[])
			if (name !== "body" && !w.changed.has(name)) Object.assign(w.fields, { [name]: fresh[name] });
		w.fields = { ...w.fields };
	}, []);

	const remember = useCallback(() => {
		const w = work.current;
		const { articleId, lang, version } = w.base;
		if (w.changed.size === 0) dropUnsaved(userId, w.base);
		else keepUnsaved(userId, { articleId, lang, version, title: w.fields.title, changes: changesOf(w) });
	}, [userId]);

	const keep = useCallback(
		async (more: { isNewVersion?: boolean; version?: number } = {}) => {
			const w = work.current;
			const names = [...w.changed];
			const change = changesOf(w);
			w.changed = new Set();
			w.state = "keeping";
			redraw();
			try {
				took(await articles.write(w.base.articleId, w.base.lang, { ...change, version: w.base.version, ...more }));
				w.errors = {};
				w.problem = undefined;
				w.state = w.changed.size > 0 ? "waiting" : "kept";
				remember();
			} catch (e) {
				for (const n of names) w.changed.add(n);
				w.problem = errorText(e);
				w.errors = e instanceof ApiError ? e.fields : {};
				const isWrong = e instanceof ApiError && e.status >= 400 && e.status < 500 && e.status !== 429;
				w.state = isNewerVersion(e) ? "newer" : isWrong ? "wrong" : "failed";
				remember();
			}
			if (work.current === w && w.state === "failed" && !isGone.current)
				timer.current = setTimeout(() => void run.current(), RETRY_AFTER_MS);
			redraw();
		},
		[errorText, took, remember],
	);

	const run = useRef(async () => {});
	run.current = async () => {
		clearTimeout(timer.current);
		while (running.current) await running.current;
		if (work.current.changed.size === 0 || work.current.state === "newer") return;
		running.current = keep();
		await running.current;
		running.current = undefined;
	};

	const keepSoon = useCallback((ms: number) => {
		clearTimeout(timer.current);
		timer.current = setTimeout(() => void run.current(), ms);
	}, []);

	const set = useCallback(
		(change: Partial<ArticleFields>) => {
			const w = work.current;
			w.fields = { ...w.fields, ...change };
			for (const name of Object.keys(change)) w.changed.add(name as FieldName);
			if (w.state !== "newer") w.state = "waiting";
			remember();
			keepSoon(SAVE_AFTER_MS);
			redraw();
		},
		[remember, keepSoon],
	);

	const flush = useCallback(async () => {
		while (work.current.changed.size > 0 || running.current) {
			await run.current();
			if (["failed", "newer", "wrong"].includes(work.current.state)) return false;
		}
		return true;
	}, []);

	const settle = useCallback(
		async (whose: "mine" | "theirs") => {
			const w = work.current;
			const theirs = await articles.read(w.base.articleId, w.base.lang);
			await keep({ isNewVersion: true, version: theirs.version });
			if (whose === "theirs" && work.current.state === "kept")
				show(await articles.revert(w.base.articleId, w.base.lang, theirs.versionId, work.current.base.version));
		},
		[keep, show],
	);

	/* Somebody else's change comes in where nothing of one's own waits. */
	useEffect(() => {
		const w = work.current;
		const isQuiet = w.changed.size === 0 && !running.current && w.state !== "newer";
		if (loaded.version > w.base.version && isQuiet) show(loaded);
	}, [loaded, show]);

	useEffect(() => {
		isGone.current = false;
		if (work.current.state === "waiting") keepSoon(0);
		const leave = () => void run.current();
		addEventListener("pagehide", leave);
		return () => {
			isGone.current = true;
			removeEventListener("pagehide", leave);
			leave();
		};
	}, [keepSoon]);

	const { base, fields, state, problem, errors, edition } = work.current;
	return { base, fields, state, problem, errors, edition, set, flush, show, settle };
}
