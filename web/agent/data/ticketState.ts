/* The tickets the browser knows, and the lists over them, as one plain value that functions turn into the next.
 * Promise: an old state with the events since applied equals a state loaded afresh (ticketState.test.ts), as far as lists are loaded.
 * Rows are replaced, never changed in place, so that one event draws one row again. */
import type { StreamEvent, TicketRow, ViewCount, ViewId } from "#shared/api/types";
import { belongs, type ListKey, listKey, orderOf, specOf } from "./lists/listSpec";
import {
	EMPTY_WINDOW,
	idAt,
	insertAt,
	isComplete,
	type ListWindow,
	placeOf,
	putSlice,
	removeAt,
} from "./lists/listWindow";

export interface TicketState {
	me: string;
	rows: ReadonlyMap<string, TicketRow>;
	/* What the user changed and the server has not confirmed. Wins over rows. */
	pending: ReadonlyMap<string, Partial<TicketRow>>;
	lists: ReadonlyMap<ListKey, ListWindow>;
	counts: Readonly<Record<ViewId, ViewCount>>;
	/* The ticket on screen keeps its place in the list until the user moves on. */
	openId?: string;
}

export function emptyState(me: string): TicketState {
	return { me, rows: new Map(), pending: new Map(), lists: new Map(), counts: {} };
}

export const windowOf = (s: TicketState, key: ListKey): ListWindow => s.lists.get(key) ?? EMPTY_WINDOW;

export function visibleRow(s: TicketState, id: string): TicketRow | undefined {
	const row = s.rows.get(id);
	const patch = s.pending.get(id);
	return row && patch ? { ...row, ...patch } : row;
}

export function withWindow(s: TicketState, key: ListKey, w: ListWindow): TicketState {
	return w === s.lists.get(key) ? s : { ...s, lists: new Map(s.lists).set(key, w) };
}

/* Where the row has to stand among the loaded ones; undefined: at a place that is not loaded. */
function properPlace(s: TicketState, key: ListKey, w: ListWindow, row: TicketRow): number | undefined {
	const compare = orderOf(specOf(key));
	if (!compare) return undefined;
	if (w.total === 0) return 0;
	for (const segment of w.segments) {
		const i = segment.ids.findIndex((id) => {
			const other = visibleRow(s, id);
			return other !== undefined && id !== row.id && compare(row, other) < 0;
		});
		if (i > 0) return segment.at + i;
		/* Before the first row of a stretch is a gap, unless it is the list's beginning. */
		if (i === 0) return segment.at === 0 ? 0 : undefined;
	}
	const last = w.segments.at(-1);
	return last && last.at + last.ids.length >= w.total ? w.total : undefined;
}

/* Stays where it is when its neighbours still fit: nothing is drawn again for a row that does not move. */
function isInPlace(s: TicketState, key: ListKey, w: ListWindow, row: TicketRow, place: number): boolean {
	const compare = orderOf(specOf(key));
	if (!compare) return false;
	const above = visibleRow(s, idAt(w, place - 1) ?? "");
	const below = visibleRow(s, idAt(w, place + 1) ?? "");
	return (!above || compare(above, row) < 0) && (!below || compare(row, below) < 0);
}

const without = (set: ReadonlySet<string>, id: string) => {
	if (!set.has(id)) return set;
	const next = new Set(set);
	next.delete(id);
	return next;
};

function leave(s: TicketState, w: ListWindow, id: string, place: number): ListWindow {
	const held = w.held.includes(id) ? w.held.filter((i) => i !== id) : w.held;
	if (place < 0) return held === w.held ? w : { ...w, held };
	if (w.isFrozen || id === s.openId) return { ...w, held, left: new Set(w.left).add(id) };
	return { ...removeAt(w, place), left: without(w.left, id) };
}

/* wasIn: did the list have it before? undefined: nobody knows. */
function enter(
	s: TicketState,
	key: ListKey,
	w: ListWindow,
	row: TicketRow,
	place: number,
	wasIn?: boolean,
): ListWindow {
	if (place >= 0 && isInPlace(s, key, w, row, place)) return { ...w, left: without(w.left, row.id) };
	const rest = place >= 0 ? removeAt(w, place) : w;
	const proper = properPlace(s, key, rest, row);
	const isSure = place >= 0 || wasIn === false || isComplete(w);
	const isUnknown = proper === undefined || !isSure;
	const next =
		proper === undefined ? { ...rest, total: w.total + Number(isSure && place < 0) } : insertAt(rest, proper, row.id);
	const total = isSure ? next.total : w.total;
	return { ...next, total, left: without(w.left, row.id), isStale: w.isStale || isUnknown };
}

function touch(s: TicketState, key: ListKey, w: ListWindow, row: TicketRow, place: number): ListWindow {
	const touched = w.touched.includes(row.id) ? w.touched : [...w.touched, row.id];
	const isNew = place < 0 && !w.held.includes(row.id) && properPlace(s, key, w, row) === 0;
	return { ...w, touched, left: without(w.left, row.id), held: isNew ? [row.id, ...w.held] : w.held };
}

/* Puts a row where it belongs in one list. */
export function placeIn(s: TicketState, key: ListKey, id: string, isIn: boolean, wasIn?: boolean): TicketState {
	const w = windowOf(s, key);
	const row = visibleRow(s, id);
	if (!row || w.status === "new") return s;
	const place = placeOf(w, id);
	if (!isIn)
		return withWindow(
			s,
			key,
			w.isFrozen ? leave(s, { ...w, touched: [...w.touched, id] }, id, place) : leave(s, w, id, place),
		);
	return withWindow(s, key, w.isFrozen ? touch(s, key, w, row, place) : enter(s, key, w, row, place, wasIn));
}

function place(s: TicketState, id: string, before: TicketRow | undefined, isCreated = false): TicketState {
	const row = visibleRow(s, id);
	let next = s;
	if (!row) return s;
	for (const key of s.lists.keys()) {
		const spec = specOf(key);
		const isIn = belongs(spec, row, s.me);
		const wasIn = before ? belongs(spec, before, s.me) : isCreated ? false : undefined;
		if (isIn !== undefined) next = placeIn(next, key, id, isIn, wasIn);
	}
	return next;
}

function recount(s: TicketState, before: TicketRow | undefined, after: TicketRow | undefined): TicketState["counts"] {
	let counts = s.counts;
	for (const old of Object.values(counts)) {
		const spec = specOf(old.id);
		const step =
			Number(!!after && belongs(spec, after, s.me) === true) - Number(!!before && belongs(spec, before, s.me) === true);
		if (step && !old.isCapped) counts = { ...counts, [old.id]: { ...old, count: Math.max(0, old.count + step) } };
	}
	return counts;
}

/* The stream brings rows without them; what was known stays until it is asked for again. */
function withProperties(row: TicketRow, known: TicketRow | undefined): TicketRow {
	return known?.properties ? { ...row, properties: { ...known.properties, ...row.properties } } : row;
}

function keepRows(s: TicketState, list: readonly TicketRow[]): TicketState {
	const rows = new Map(s.rows);
	for (const row of list) {
		const known = rows.get(row.id);
		if (!known || known.version <= row.version) rows.set(row.id, withProperties(row, known));
	}
	return { ...s, rows };
}

export function putRow(s: TicketState, row: TicketRow, isCreated = false): TicketState {
	const known = s.rows.get(row.id);
	if (known && known.version > row.version) return s;
	const before = visibleRow(s, row.id);
	return place({ ...s, rows: new Map(s.rows).set(row.id, withProperties(row, known)) }, row.id, before, isCreated);
}

export interface Slice {
	at: number;
	rows: readonly TicketRow[];
	total: number;
}

/* isAll: everything else that was known of the list is forgotten. */
export function putRows(s: TicketState, key: ListKey, slice: Slice, isAll: boolean): TicketState {
	const next = keepRows(s, slice.rows);
	const ids = slice.rows.map((r) => r.id);
	const w = putSlice(windowOf(s, key), slice.at, ids, slice.total, isAll);
	return withWindow(next, key, isAll ? { ...w, held: [], touched: [], left: new Set() } : w);
}

/* The server said which of the asked tickets belong to a list. */
export function putAnswer(
	s: TicketState,
	key: ListKey,
	asked: readonly string[],
	rows: readonly TicketRow[],
): TicketState {
	const belonging = new Set(rows.map((r) => r.id));
	return asked.reduce((next, id) => placeIn(next, key, id, belonging.has(id)), keepRows(s, rows));
}

export function setStatus(s: TicketState, key: ListKey, status: ListWindow["status"]): TicketState {
	return withWindow(s, key, { ...windowOf(s, key), status });
}

export function setCounts(s: TicketState, list: readonly ViewCount[]): TicketState {
	return { ...s, counts: Object.fromEntries(list.map((c) => [c.id, c])) };
}

export function freeze(s: TicketState, key: ListKey, isFrozen: boolean): TicketState {
	const w = windowOf(s, key);
	if (w.isFrozen === isFrozen || w.status === "new") return s;
	const next = withWindow(s, key, { ...w, isFrozen, held: [], touched: [] });
	if (isFrozen) return next;
	return [...w.touched].reduce((state, id) => {
		const row = visibleRow(state, id);
		const isIn = row && belongs(specOf(key), row, state.me);
		return placeIn(state, key, id, isIn ?? !w.left.has(id), w.held.includes(id) ? false : undefined);
	}, next);
}

export function open(s: TicketState, openId: string | undefined): TicketState {
	if (s.openId === openId) return s;
	let next: TicketState = { ...s, openId };
	for (const [key, w] of s.lists) {
		const old = s.openId;
		if (!old || w.isFrozen || !w.left.has(old)) continue;
		next = withWindow(next, key, leave(next, w, old, placeOf(w, old)));
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
	return place({ ...next, counts: recount(s, before, visibleRow(next, id)) }, id, before);
}

/* The server took the change: it is part of the row now, until the stream brings the row itself. */
export function confirmPending(s: TicketState, id: string, patch: Partial<TicketRow>): TicketState {
	const row = s.rows.get(id);
	const before = visibleRow(s, id);
	const pending = new Map(s.pending);
	pending.delete(id);
	if (!row) return { ...s, pending };
	return place({ ...s, pending, rows: new Map(s.rows).set(id, { ...row, ...patch }) }, id, before);
}

export function applyEvent(s: TicketState, e: StreamEvent): TicketState {
	if ((e.kind === "ticket.deleted" || e.kind === "ticket.hidden") && e.ticketId) return removeRow(s, e.ticketId);
	if (!e.ticket) return s;
	const before = visibleRow(s, e.ticket.id);
	const isCreated = e.kind === "ticket.created" && !before;
	const next = putRow(s, e.ticket, isCreated);
	if (next === s) return s;
	/* A row that was never loaded may have been counted already; only its creation is sure to be new. The shell asks for counts after. */
	if (!before && !isCreated) return next;
	return { ...next, counts: recount(s, before, visibleRow(next, e.ticket.id)) };
}

function removeRow(s: TicketState, id: string): TicketState {
	const before = visibleRow(s, id);
	const rows = new Map(s.rows);
	const pending = new Map(s.pending);
	rows.delete(id);
	pending.delete(id);
	let next: TicketState = { ...s, rows, pending, counts: recount(s, before, undefined) };
	for (const [key, w] of s.lists) {
		const at = placeOf(w, id);
		const isKnown = at >= 0 || w.held.includes(id) || w.touched.includes(id);
		if (!isKnown && !before) {
			next = withWindow(next, key, { ...w, isStale: w.status !== "new" });
			continue;
		}
		const gone = at >= 0 ? removeAt(w, at) : w;
		next = withWindow(next, key, {
			...gone,
			held: w.held.filter((i) => i !== id),
			touched: w.touched.filter((i) => i !== id),
			left: without(w.left, id),
		});
	}
	return next;
}

export { listKey };
