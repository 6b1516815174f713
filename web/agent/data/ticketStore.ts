/* The one live TicketState of the page, and the hooks that read it. A row is read by its id, so one event draws one row. */
import { useSyncExternalStore } from "react";
import { http } from "#shared/api/client";
import type { Page, StreamEvent, TicketRow, ViewCount, ViewId } from "#shared/api/types";
import { VIEW_IDS } from "#shared/api/types";
import * as st from "./ticketState";

const PAGE_ROWS = 50;
const COUNT_DELAY_MS = 400;

let state = st.emptyState("");
const listeners = new Set<() => void>();
const visible = new Map<string, { row: TicketRow; patch: Partial<TicketRow> | undefined; out: TicketRow }>();

function set(next: st.TicketState) {
	if (next === state) return;
	state = next;
	for (const run of listeners) run();
}

function subscribe(run: () => void) {
	listeners.add(run);
	return () => void listeners.delete(run);
}

/* The same object for the same row and patch: React compares by identity. */
function readRow(id: string): TicketRow | undefined {
	const row = state.rows.get(id);
	if (!row) return undefined;
	const patch = state.pending.get(id);
	const old = visible.get(id);
	if (old && old.row === row && old.patch === patch) return old.out;
	const out = patch ? { ...row, ...patch } : row;
	visible.set(id, { row, patch, out });
	return out;
}

export const useTicketRow = (id: string) => useSyncExternalStore(subscribe, () => readRow(id));
export const useViewWindow = (view: ViewId) => useSyncExternalStore(subscribe, () => state.windows[view]);
export const useViewCount = (view: ViewId) => useSyncExternalStore(subscribe, () => state.counts[view]);

let countTimer: ReturnType<typeof setTimeout> | undefined;

export const ticketStore = {
	row: readRow,
	window: (view: ViewId) => state.windows[view],
	belongs: (view: ViewId, row: TicketRow) => st.belongs(view, row, state.me),

	start(me: string) {
		visible.clear();
		set(st.emptyState(me));
	},

	put(rows: readonly TicketRow[]) {
		set(rows.reduce(st.putRow, state));
	},

	open(id: string | undefined) {
		set(st.open(state, id));
	},

	freeze(view: ViewId, isFrozen: boolean) {
		set(st.freeze(state, view, isFrozen));
	},

	apply(events: readonly StreamEvent[]) {
		set(events.reduce(st.applyEvent, state));
		if (events.some((e) => e.kind.startsWith("ticket.") || e.kind === "message.added")) ticketStore.recountSoon();
	},

	setPending: (id: string, patch: Partial<TicketRow> | undefined) => set(st.setPending(state, id, patch)),
	confirmPending: (id: string, patch: Partial<TicketRow>) => set(st.confirmPending(state, id, patch)),

	async loadFirst(view: ViewId) {
		if (state.windows[view].status !== "ready") set(st.setStatus(state, view, "loading"));
		try {
			const page = await http.get<Page<TicketRow>>(`/desk/v1/views/${view}/tickets`, { query: { limit: PAGE_ROWS } });
			set(st.putPage(state, view, page, true));
		} catch {
			set(st.setStatus(state, view, "error"));
		}
	},

	async loadMore(view: ViewId) {
		const w = state.windows[view];
		if (!w.after || w.status === "loading") return;
		set(st.setStatus(state, view, "loading"));
		try {
			const query = { limit: PAGE_ROWS, after: w.after };
			const page = await http.get<Page<TicketRow>>(`/desk/v1/views/${view}/tickets`, { query });
			set(st.putPage(state, view, page, false));
		} catch {
			set(st.setStatus(state, view, "error"));
		}
	},

	async loadCounts() {
		try {
			/* The state is read after the answer: what happened in between must not be undone. */
			const { results } = await http.get<{ results: ViewCount[] }>("/desk/v1/views");
			set(st.setCounts(state, results));
		} catch {
			/* Counts are an extra: the old ones stay, the next event asks again. */
		}
	},

	recountSoon() {
		if (countTimer !== undefined) return;
		countTimer = setTimeout(() => {
			countTimer = undefined;
			void ticketStore.loadCounts();
		}, COUNT_DELAY_MS);
	},

	/* After a gap in the stream everything on screen is loaded again; what is old stays visible meanwhile. */
	async reload() {
		const used = VIEW_IDS.filter((view) => state.windows[view].status !== "new");
		await Promise.all([ticketStore.loadCounts(), ...used.map((view) => ticketStore.loadFirst(view))]);
	},
};
