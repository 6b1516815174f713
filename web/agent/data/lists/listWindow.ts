/* What is known of a long list: how long it is, and the ids of some stretches of it, by place. Values, never changed in place. */

export interface Segment {
	/* The place of its first row. */
	at: number;
	ids: readonly string[];
}

export interface ListWindow {
	/* By place; they do not overlap. */
	segments: readonly Segment[];
	total: number;
	/* gone: there is no such view, or it is not for who looks. */
	status: "new" | "loading" | "ready" | "error" | "gone";
	/* While frozen no row moves: newcomers wait in held, leavers stay and are drawn dim. */
	isFrozen: boolean;
	held: readonly string[];
	/* What changed while frozen: put in its place when the list is let go. */
	touched: readonly string[];
	/* Rows that do not belong here any more, and still stand here. */
	left: ReadonlySet<string>;
	/* Something moved to or from a place that is not loaded: what is seen should be asked for again. */
	isStale: boolean;
}

export const EMPTY_WINDOW: ListWindow = {
	segments: [],
	total: 0,
	status: "new",
	isFrozen: false,
	held: [],
	touched: [],
	left: new Set(),
	isStale: false,
};

export function idAt(w: ListWindow, place: number): string | undefined {
	for (const s of w.segments) if (place >= s.at && place < s.at + s.ids.length) return s.ids[place - s.at];
	return undefined;
}

/* -1: not loaded. */
export function placeOf(w: ListWindow, id: string): number {
	for (const s of w.segments) {
		const i = s.ids.indexOf(id);
		if (i >= 0) return s.at + i;
	}
	return -1;
}

/* All loaded ids in their order. The same array for the same segments. */
const flat = new WeakMap<readonly Segment[], readonly string[]>();
export function idsOf(w: ListWindow): readonly string[] {
	let ids = flat.get(w.segments);
	if (!ids) {
		ids = w.segments.length === 1 ? (w.segments[0] as Segment).ids : w.segments.flatMap((s) => s.ids);
		flat.set(w.segments, ids);
	}
	return ids;
}

export const isComplete = (w: ListWindow) => w.segments.reduce((n, s) => n + s.ids.length, 0) >= w.total;

/* The first place from..to that is not loaded. */
export function firstGap(w: ListWindow, from: number, to: number): number | undefined {
	let place = Math.max(0, from);
	for (const s of w.segments) if (s.at <= place && place < s.at + s.ids.length) place = s.at + s.ids.length;
	return place < Math.min(to, w.total) ? place : undefined;
}

const nonEmpty = (s: Segment) => s.ids.length > 0;

/* Takes the row away; those behind it move up. */
export function removeAt(w: ListWindow, place: number): ListWindow {
	const segments = w.segments.map((s) => {
		if (s.at > place) return { at: s.at - 1, ids: s.ids };
		if (place >= s.at + s.ids.length) return s;
		return { at: s.at, ids: s.ids.filter((_, i) => i !== place - s.at) };
	});
	return { ...w, segments: segments.filter(nonEmpty), total: Math.max(0, w.total - 1) };
}

/* Puts a row before the one that stands there, or behind the last one of a segment; those behind it move down. */
export function insertAt(w: ListWindow, place: number, id: string): ListWindow {
	let isIn = false;
	const segments = w.segments.map((s) => {
		if (!isIn && place >= s.at && place <= s.at + s.ids.length) {
			isIn = true;
			return { at: s.at, ids: [...s.ids.slice(0, place - s.at), id, ...s.ids.slice(place - s.at)] };
		}
		return s.at >= place ? { at: s.at + 1, ids: s.ids } : s;
	});
	if (!isIn) segments.push({ at: place, ids: [id] });
	return { ...w, segments: segments.sort((a, b) => a.at - b.at), total: w.total + 1 };
}

/* The parts of a segment without some rows: where one is cut out there is a gap now. */
function cut(s: Segment, isGone: (id: string, place: number) => boolean): Segment[] {
	const parts: { at: number; ids: string[] }[] = [];
	let open: { at: number; ids: string[] } | undefined;
	s.ids.forEach((id, i) => {
		if (isGone(id, s.at + i)) {
			open = undefined;
			return;
		}
		if (!open) {
			open = { at: s.at + i, ids: [] };
			parts.push(open);
		}
		open.ids.push(id);
	});
	return parts;
}

/* A stretch as the server has it now. What was known of its places is forgotten, and so are other places of its rows. */
export function putSlice(w: ListWindow, at: number, ids: readonly string[], total: number, isAll: boolean): ListWindow {
	const known = new Set(ids);
	const end = at + ids.length;
	const isGone = (id: string, place: number) => known.has(id) || (place >= at && place < end) || place >= total;
	const isTouched = (s: Segment) => s.at < end && s.at + s.ids.length > at;
	const old = isAll ? [] : w.segments;
	const kept = old.flatMap((s) =>
		isTouched(s) || s.at + s.ids.length > total || s.ids.some((id) => known.has(id)) ? cut(s, isGone) : [s],
	);
	const segments = ids.length ? [...kept, { at, ids }].sort((a, b) => a.at - b.at) : kept;
	return { ...w, segments, total, status: "ready", isStale: isAll ? false : w.isStale };
}
