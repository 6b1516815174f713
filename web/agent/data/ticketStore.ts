/* The one live TicketState of the page, and the hooks that read it. A row is read by its id, so one event draws one row. */
import { useSyncExternalStore } from "react";
import { http } from "#shared/api/client";
import type { StreamEvent, TicketRow, ViewCount, ViewId } from "#shared/api/types";
import { ListLoader } from "./lists/listLoader";
import { belongs, type ListKey, specOf } from "./lists/listSpec";
import * as st from "./ticketState";

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
export const useList = (key: ListKey) => useSyncExternalStore(subscribe, () => st.windowOf(state, key));
export const useViewCount = (view: ViewId) => useSyncExternalStore(subscribe, () => state.counts[view]);
export const useViewCounts = () => useSyncExternalStore(subscribe, () => state.counts);

let countTimer: ReturnType<typeof setTimeout> | undefined;

const loader = new ListLoader({ read: () => state, write: (change) => set(change(state)) });

export const ticketStore = {
	row: readRow,
	list: (key: ListKey) => st.windowOf(state, key),
	views: () => state.counts,

	start(me: string) {
		visible.clear();
		loader.stop();
		set(st.emptyState(me));
	},

	put(rows: readonly TicketRow[]) {
		set(rows.reduce((s, row) => st.putRow(s, row), state));
	},

	open(id: string | undefined) {
		set(st.open(state, id));
	},

	freeze(key: ListKey, isFrozen: boolean) {
		set(st.freeze(state, key, isFrozen));
		if (!isFrozen) loader.refreshStale();
	},

	apply(events: readonly StreamEvent[]) {
		set(events.reduce(st.applyEvent, state));
		for (const e of events) {
			const id = e.ticketId ?? e.ticket?.id;
			const row = id && readRow(id);
			if (!row) continue;
			for (const key of state.lists.keys())
				if (loader.hasWishes(key) || belongs(specOf(key), row, state.me) === undefined) loader.ask(key, row.id);
		}
		loader.refreshStale();
		for (const e of events) if (e.kind === "view.changed" && e.aboutId) loader.renew(e.aboutId);
		if (events.some((e) => /^(ticket|draft|view|follow)\.|^message\.added$/.test(e.kind))) ticketStore.recountSoon();
	},

	/* It is gone, or not for who looks. */
	forget: (id: string) => set(st.applyEvent(state, { kind: "ticket.hidden", ticketId: id })),

	setPending: (id: string, patch: Partial<TicketRow> | undefined) => set(st.setPending(state, id, patch)),
	confirmPending: (id: string, patch: Partial<TicketRow>) => set(st.confirmPending(state, id, patch)),

	/* What the screen shows of a list: the places from..to. What is missing there is asked for. */
	show: (key: ListKey, from: number, to: number) => loader.show(key, from, to),
	hide: (key: ListKey) => loader.hide(key),
	/* Properties that the rows of a list shall have, separated by commas. */
	want: (key: ListKey, properties: string) => loader.want(key, properties),
	retry: (key: ListKey) => loader.reload(key),

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
		await Promise.all([ticketStore.loadCounts(), loader.reloadAll()]);
	},
};
