/* Brings what lists show from the server: stretches by place, and the answer to "does this ticket belong here?".
 * Stretches that scrolled away before they came are given up. Lists that nobody looks at are forgotten when something moves in them. */
import { ApiError, http } from "#shared/api/client";
import type { Page, TicketRow } from "#shared/api/types";
import * as st from "../ticketState";
import { type ListKey, specOf } from "./listSpec";
import { EMPTY_WINDOW, firstGap } from "./listWindow";

const FIRST_ROWS = 50;
const SLICE_ROWS = 100;
/* Asked for ahead of what is seen. */
const AHEAD_ROWS = 60;
const ASK_DELAY_MS = 150;
const STALE_DELAY_MS = 500;
const MAX_ASKED = 100;
/* As the server's MAX_VIEW_REACH: further places cannot be asked for. */
const MAX_REACH = 200_000;

interface State {
	read(): st.TicketState;
	write(change: (s: st.TicketState) => st.TicketState): void;
}

interface Shown {
	from: number;
	to: number;
	loading?: { at: number; end: number; abort: AbortController };
}

type Answer = Page<TicketRow> & { total?: number };

export class ListLoader {
	readonly #state: State;
	readonly #shown = new Map<ListKey, Shown>();
	/* Properties that the columns of a list show, separated by commas. */
	readonly #wanted = new Map<ListKey, string>();
	readonly #asked = new Map<ListKey, Set<string>>();
	#askTimer: ReturnType<typeof setTimeout> | undefined;
	#staleTimer: ReturnType<typeof setTimeout> | undefined;
	/* Answers of an older account, or of before a stop, are nobody's. */
	#turn = 0;

	constructor(state: State) {
		this.#state = state;
	}

	stop() {
		this.#turn++;
		for (const s of this.#shown.values()) s.loading?.abort.abort();
		this.#shown.clear();
		this.#asked.clear();
	}

	show(key: ListKey, from: number, to: number) {
		const shown = this.#shown.get(key);
		if (shown) {
			shown.from = from;
			shown.to = to;
		} else this.#shown.set(key, { from, to });
		this.#fill(key);
	}

	want(key: ListKey, properties: string) {
		if ((this.#wanted.get(key) ?? "") === properties) return;
		this.#wanted.set(key, properties);
		const isLoaded = st.windowOf(this.#state.read(), key).status === "ready";
		if (properties && isLoaded) void this.reload(key);
	}

	hasWishes = (key: ListKey) => !!this.#wanted.get(key);

	hide(key: ListKey) {
		this.#shown.get(key)?.loading?.abort.abort();
		this.#shown.delete(key);
	}

	/* The view asks for other tickets now. */
	renew(view: string) {
		for (const key of this.#state.read().lists.keys()) {
			if (specOf(key).view !== view) continue;
			if (this.#shown.has(key)) void this.reload(key);
			else this.#forget(key);
		}
	}

	/* The first rows, or those on screen when the list is scrolled; what is old stays until they are there. */
	async reload(key: ListKey) {
		const shown = this.#shown.get(key);
		shown?.loading?.abort.abort();
		if (shown) shown.loading = undefined;
		const at = Math.max(0, (shown?.from ?? 0) - AHEAD_ROWS);
		await this.#load(key, at, at === 0 && (shown?.to ?? 0) < FIRST_ROWS ? FIRST_ROWS : SLICE_ROWS, true);
		this.#fill(key);
	}

	async reloadAll() {
		const { lists } = this.#state.read();
		this.#forgetHidden();
		await Promise.all([...lists.keys()].filter((key) => this.#shown.has(key)).map((key) => this.reload(key)));
	}

	/* Lists of which only the server knows whether a changed ticket belongs to them. */
	ask(key: ListKey, id: string) {
		if (!this.#shown.has(key)) return this.#forget(key);
		const ids = this.#asked.get(key) ?? new Set();
		this.#asked.set(key, ids.add(id));
		this.#askTimer ??= setTimeout(() => {
			this.#askTimer = undefined;
			for (const [k, set] of this.#asked) void this.#askNow(k, [...set]);
			this.#asked.clear();
		}, ASK_DELAY_MS);
	}

	refreshStale() {
		this.#staleTimer ??= setTimeout(() => {
			this.#staleTimer = undefined;
			for (const [key, w] of this.#state.read().lists) {
				if (!w.isStale) continue;
				if (!this.#shown.has(key)) this.#forget(key);
				else if (!w.isFrozen) void this.reload(key);
			}
		}, STALE_DELAY_MS);
	}

	#forget(key: ListKey) {
		this.#state.write((s) => st.withWindow(s, key, EMPTY_WINDOW));
	}

	#forgetHidden() {
		for (const key of this.#state.read().lists.keys()) if (!this.#shown.has(key)) this.#forget(key);
	}

	/* Asks for the first missing stretch of what is seen, then of what is near. */
	#fill(key: ListKey) {
		const shown = this.#shown.get(key);
		if (!shown) return;
		const w = st.windowOf(this.#state.read(), key);
		if (w.status === "gone" || (w.status === "error" && w.segments.length > 0)) return;
		if (w.status !== "ready" && w.segments.length === 0) {
			if (shown.loading) return;
			void this.#load(key, 0, FIRST_ROWS, true);
			return;
		}
		const gap =
			firstGap(w, shown.from, shown.to) ??
			firstGap(w, shown.from, shown.to + AHEAD_ROWS) ??
			firstGap(w, shown.from - AHEAD_ROWS, shown.from);
		if (gap === undefined || gap > MAX_REACH) return;
		const { loading } = shown;
		if (loading) {
			if (gap >= loading.at && gap < loading.end) return;
			const isSeen = loading.at < shown.to + AHEAD_ROWS && loading.end > shown.from - AHEAD_ROWS;
			if (isSeen) return;
			loading.abort.abort();
		}
		/* Scrolling upwards the missing row is the last one of its stretch. */
		const isAbove = gap < shown.from;
		void this.#load(key, isAbove ? Math.max(0, shown.from - SLICE_ROWS) : gap, SLICE_ROWS, false);
	}

	async #load(key: ListKey, at: number, limit: number, isAll: boolean) {
		const turn = this.#turn;
		const shown = this.#shown.get(key);
		const abort = new AbortController();
		const mine = { at, end: at + limit, abort };
		if (shown) shown.loading = mine;
		const w = st.windowOf(this.#state.read(), key);
		if (w.status !== "ready") this.#state.write((s) => st.setStatus(s, key, "loading"));
		try {
			const page = await this.#get(key, { offset: at, limit }, abort.signal);
			if (turn !== this.#turn) return;
			const slice = { at, rows: page.results, total: page.total ?? at + page.results.length };
			this.#state.write((s) => st.putRows(s, key, slice, isAll));
		} catch (e) {
			if (turn !== this.#turn || (e instanceof DOMException && e.name === "AbortError")) return;
			const isGone = e instanceof ApiError && e.status === 404;
			this.#state.write((s) =>
				isGone ? st.withWindow(s, key, { ...EMPTY_WINDOW, status: "gone" }) : st.setStatus(s, key, "error"),
			);
			return;
		} finally {
			if (shown?.loading === mine) shown.loading = undefined;
		}
		if (turn === this.#turn) this.#fill(key);
	}

	async #askNow(key: ListKey, ids: readonly string[]) {
		const turn = this.#turn;
		for (let i = 0; i < ids.length; i += MAX_ASKED) {
			const some = ids.slice(i, i + MAX_ASKED);
			try {
				const page = await this.#get(key, { ids: some.join(",") });
				if (turn === this.#turn) this.#state.write((s) => st.putAnswer(s, key, some, page.results));
			} catch {
				this.#state.write((s) => st.withWindow(s, key, { ...st.windowOf(s, key), isStale: true }));
			}
		}
		this.refreshStale();
	}

	#get(key: ListKey, query: Record<string, string | number>, signal?: AbortSignal) {
		const { view, sort, filters } = specOf(key);
		return http.get<Answer>(`/desk/v1/views/${view}/tickets`, {
			query: {
				...query,
				sort,
				filters: filters.length ? JSON.stringify(filters) : undefined,
				properties: this.#wanted.get(key) || undefined,
			},
			signal,
		});
	}
}
