/* The tickets the browser knows, and the views over them, as one plain value that functions turn into the next.
 * Promise: an old state with the events since applied equals a state loaded afresh (ticketState.test.ts).
 * Rows are replaced, never changed in place, so that one event draws one row again. */
import type { Page, StreamEvent, TicketRow, ViewCount, ViewId } from "#shared/api/types";
import { VIEW_IDS } from "#shared/api/types";

export interface ViewWindow {
	ids: readonly string[];
	/* The cursor of the next page; absent at the end. */
	after?: string;
	status: "new" | "loading" | "ready" | "error";
	/* While frozen no row moves: newcomers wait in held, leavers stay and are drawn dim. */
	isFrozen: boolean;
	held: readonly string[];
}

export interface TicketState {
	me: string;
	rows: ReadonlyMap<string, TicketRow>;
	/* What the user changed and the server has not confirmed. Wins over rows. */
	pending: ReadonlyMap<string, Partial<TicketRow>>;
	windows: Readonly<Record<ViewId, ViewWindow>>;
	counts: Readonly<Partial<Record<ViewId, ViewCount>>>;
	/* The ticket on screen keeps its place in the list until the user moves on. */
	openId?: string;
}

const EMPTY_WINDOW: ViewWindow = { ids: [], status: "new", isFrozen: false, held: [] };

export function emptyState(me: string): TicketState {
	return {
		me,
		rows: new Map(),
		pending: new Map(),
		windows: { unassigned: EMPTY_WINDOW, mine: EMPTY_WINDOW, open: EMPTY_WINDOW, closed: EMPTY_WINDOW },
		counts: {},
	};
}

export function belongs(view: ViewId, row: TicketRow, me: string): boolean {
	switch (view) {
		case "unassigned":
			return !row.isClosed && !row.ownerId;
		case "mine":
			return !row.isClosed && row.ownerId === me;
		case "open":
			return !row.isClosed;
		case "closed":
			return row.isClosed;
	}
}

/* Newest activity first; equal times by the larger id, as the server's pages have it. */
export function newestFirst(a: TicketRow, b: TicketRow): number {
	const byTime = Date.parse(b.activityAt) - Date.parse(a.activityAt);
	if (byTime !== 0) return byTime;
	return b.id.length - a.id.length || (b.id < a.id ? -1 : b.id > a.id ? 1 : 0);
}

export function visibleRow(s: TicketState, id: string): TicketRow | undefined {
	const row = s.rows.get(id);
	const patch = s.pending.get(id);
	return row && patch ? { ...row, ...patch } : row;
}

/* Puts a view in order: newcomers in, leavers out. Beyond the last loaded row the server knows better, so nothing is added there. */
function settle(s: TicketState, view: ViewId, candidates: Iterable<string>): ViewWindow {
	const w = s.windows[view];
	const last = w.after ? lastLoaded(s, w) : undefined;
	const rows: TicketRow[] = [];
	for (const id of new Set([...w.ids, ...w.held, ...candidates])) {
		const row = visibleRow(s, id);
		if (!row) continue;
		const stays = belongs(view, row, s.me) || (id === s.openId && w.ids.includes(id));
		if (stays && !(last && newestFirst(row, last) > 0)) rows.push(row);
	}
	rows.sort(newestFirst);
	return {
		...w,
		ids: sameList(
			w.ids,
			rows.map((r) => r.id),
		),
		held: w.held.length ? [] : w.held,
	};
}

/* The oldest row of the loaded part by what the server said when it sent it: rows that rose since do not count. */
function lastLoaded(s: TicketState, w: ViewWindow): TicketRow | undefined {
	let last: TicketRow | undefined;
	for (const id of w.ids) {
		const row = s.rows.get(id);
		if (row && (!last || newestFirst(row, last) > 0)) last = row;
	}
	return last;
}

function sameList(old: readonly string[], next: readonly string[]) {
	return old.length === next.length && old.every((id, i) => id === next[i]) ? old : next;
}

function withWindow(s: TicketState, view: ViewId, w: ViewWindow): TicketState {
	return w === s.windows[view] ? s : { ...s, windows: { ...s.windows, [view]: w } };
}

function place(s: TicketState, id: string): TicketState {
	let next = s;
	for (const view of VIEW_IDS) {
		const w = next.windows[view];
		if (w.status === "new") continue;
		if (!w.isFrozen) {
			next = withWindow(next, view, settle(next, view, [id]));
			continue;
		}
		const row = visibleRow(next, id);
		const isNew = row && belongs(view, row, next.me) && !w.ids.includes(id) && !w.held.includes(id);
		const top = w.ids[0] ? visibleRow(next, w.ids[0]) : undefined;
		if (isNew && (!top || newestFirst(row, top) < 0)) next = withWindow(next, view, { ...w, held: [id, ...w.held] });
	}
	return next;
}

function recount(s: TicketState, before: TicketRow | undefined, after: TicketRow | undefined): TicketState["counts"] {
	let counts = s.counts;
	for (const view of VIEW_IDS) {
		const old = counts[view];
		const step = Number(!!after && belongs(view, after, s.me)) - Number(!!before && belongs(view, before, s.me));
		if (old && step && !old.isCapped) counts = { ...counts, [view]: { ...old, count: Math.max(0, old.count + step) } };
	}
	return counts;
}

export function putRow(s: TicketState, row: TicketRow): TicketState {
	const known = s.rows.get(row.id);
	if (known && known.version > row.version) return s;
	const rows = new Map(s.rows).set(row.id, row);
	return place({ ...s, rows }, row.id);
}

export function putPage(s: TicketState, view: ViewId, page: Page<TicketRow>, isFirst: boolean): TicketState {
	const rows = new Map(s.rows);
	for (const row of page.results) {
		const known = rows.get(row.id);
		if (!known || known.version <= row.version) rows.set(row.id, row);
	}
	const w = s.windows[view];
	const had = isFirst ? [] : w.ids;
	const ids = [...new Set([...had, ...page.results.map((r) => r.id)])];
	const next: ViewWindow = {
		...w,
		ids: sameList(w.ids, ids),
		after: page.paging?.next.after,
		status: "ready",
		held: isFirst ? [] : w.held,
	};
	return { ...s, rows, windows: { ...s.windows, [view]: next } };
}

export function setStatus(s: TicketState, view: ViewId, status: ViewWindow["status"]): TicketState {
	return withWindow(s, view, { ...s.windows[view], status });
}

export function setCounts(s: TicketState, list: readonly ViewCount[]): TicketState {
	const counts: Partial<Record<ViewId, ViewCount>> = {};
	for (const c of list) counts[c.id] = c;
	return { ...s, counts };
}

export function freeze(s: TicketState, view: ViewId, isFrozen: boolean): TicketState {
	const w = s.windows[view];
	if (w.isFrozen === isFrozen) return s;
	const thawed = withWindow(s, view, { ...w, isFrozen });
	return isFrozen ? thawed : withWindow(thawed, view, settle(thawed, view, []));
}

export function open(s: TicketState, openId: string | undefined): TicketState {
	if (s.openId === openId) return s;
	let next: TicketState = { ...s, openId };
	for (const view of VIEW_IDS) {
		const w = next.windows[view];
		if (w.status !== "new" && !w.isFrozen) next = withWindow(next, view, settle(next, view, []));
	}
	return next;
}

/* An optimistic change. The same call with undefined takes it back. */
export function setPending(s: TicketState, id: string, patch: Partial<TicketRow> | undefined): TicketState {
	const before = visibleRow(s, id);
	const pending = new Map(s.pending);
	if (patch) pending.set(id, { ...pending.get(id), ...patch });
	else pending.delete(id);
	const next = { ...s, pending };
	return place({ ...next, counts: recount(s, before, visibleRow(next, id)) }, id);
}

/* The server took the change: it is part of the row now, until the stream brings the row itself. */
export function confirmPending(s: TicketState, id: string, patch: Partial<TicketRow>): TicketState {
	const row = s.rows.get(id);
	const pending = new Map(s.pending);
	pending.delete(id);
	if (!row) return { ...s, pending };
	return place({ ...s, pending, rows: new Map(s.rows).set(id, { ...row, ...patch }) }, id);
}

export function applyEvent(s: TicketState, e: StreamEvent): TicketState {
	if (e.kind === "ticket.deleted" && e.ticketId) return removeRow(s, e.ticketId);
	if (!e.ticket) return s;
	const before = visibleRow(s, e.ticket.id);
	const next = putRow(s, e.ticket);
	if (next === s) return s;
	/* A row that was never loaded may have been counted already; only its creation is sure to be new. The shell asks for counts after. */
	if (!before && e.kind !== "ticket.created") return next;
	return { ...next, counts: recount(s, before, visibleRow(next, e.ticket.id)) };
}

function removeRow(s: TicketState, id: string): TicketState {
	const before = visibleRow(s, id);
	const rows = new Map(s.rows);
	const pending = new Map(s.pending);
	rows.delete(id);
	pending.delete(id);
	let next: TicketState = { ...s, rows, pending, counts: recount(s, before, undefined) };
	for (const view of VIEW_IDS) {
		const w = next.windows[view];
		if (!w.ids.includes(id) && !w.held.includes(id)) continue;
		next = withWindow(next, view, { ...w, ids: w.ids.filter((i) => i !== id), held: w.held.filter((i) => i !== id) });
	}
	return next;
}
