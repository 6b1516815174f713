/* Which rows of the list are selected: one selection for the page, gone when another view is shown. A row reads only its own mark, so
 * that selecting draws one row. It may also mean the whole list, loaded or not: then chosen() says so beside the ids. The list calls useSelectionKeys(); rows draw a SelectBox; the bar and the keys ask targets(). */
import { useEffect } from "react";
import { create } from "zustand";
import type { ListFilter, ViewId } from "#shared/api/types";
import { useAction } from "../../shell/actions";

/* All tickets of a list. */
export interface Matching {
	view: ViewId;
	filters: readonly ListFilter[];
	/* undefined: more than are counted. */
	total: number | undefined;
}

/* Tickets that something is done to. With matching the whole list is meant, and the ids are those of it that are on hand. */
export interface Chosen extends ReadonlyArray<string> {
	readonly matching?: Matching;
}

interface Selection {
	view: ViewId;
	filters: readonly ListFilter[];
	/* The whole list, and not only ids. */
	isAll: boolean;
	ids: ReadonlySet<string>;
	/* Where a range began, and the row that the keys stand on. */
	anchorId?: string;
	activeId?: string;
	/* The order of the loaded rows, for ranges. */
	order: readonly string[];
	/* How many tickets the view has; undefined: more than are counted. */
	total?: number;
}

const EMPTY: Selection = { view: "", filters: [], isAll: false, ids: new Set(), order: [] };
export const useSelection = create<Selection>(() => EMPTY);
const { getState, setState } = useSelection;

export const useIsSelected = (id: string) => useSelection((s) => s.isAll || s.ids.has(id));
export const useHasSelection = () => useSelection((s) => s.ids.size > 0);

/* The rows between two, both included. */
function range(order: readonly string[], from: string | undefined, to: string): readonly string[] {
	const a = from ? order.indexOf(from) : -1;
	const b = order.indexOf(to);
	if (a < 0 || b < 0) return [to];
	return order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export const selection = {
	clear: () => setState({ ids: new Set(), isAll: false, anchorId: undefined }),
	/* One less than the whole list: those that are loaded stay selected. */
	toggle(id: string) {
		const s = getState();
		const ids = new Set(s.isAll ? s.order : s.ids);
		if (!ids.delete(id)) ids.add(id);
		setState({ ids, isAll: false, anchorId: id });
	},
	/* Shift and a click, or Shift+J and Shift+K. */
	extendTo(id: string) {
		const s = getState();
		const anchorId = s.anchorId ?? s.activeId ?? id;
		setState({ ids: new Set([...s.ids, ...range(s.order, anchorId, id)]), anchorId });
	},
	selectLoaded: () => setState((s) => ({ ids: new Set(s.order), isAll: false })),
	selectAll: () => setState((s) => ({ ids: new Set(s.order), isAll: s.order.length > 0 })),
	chosen(): Chosen {
		const { ids, isAll, view, filters, total, order } = getState();
		return isAll ? Object.assign([...order], { matching: { view, filters, total } }) : [...ids];
	},
};

interface ListPlace {
	view: ViewId;
	filters: readonly ListFilter[];
	ids: readonly string[];
	activeId: string | undefined;
	total: number | undefined;
	/* Puts the keys on a row, and brings it into sight; opens nothing. */
	moveTo(index: number): void;
}

/* For the list, once: tells the selection what is shown, and gives it its keys. */
export function useSelectionKeys({ view, filters, ids, activeId, total, moveTo }: ListPlace) {
	useEffect(() => {
		const s = getState();
		const isOther = s.view !== view || s.filters !== filters;
		const order = s.order.length === ids.length && s.order.every((id, i) => id === ids[i]) ? s.order : ids;
		if (!isOther && order === s.order && s.activeId === activeId && s.total === total) return;
		/* What was selected stays, also where the list has let go of its row. */
		setState({
			view,
			filters,
			order,
			activeId,
			total,
			...(isOther ? { ids: new Set<string>(), isAll: false, anchorId: undefined } : {}),
		});
	}, [view, filters, ids, activeId, total]);
	useEffect(() => () => setState(EMPTY), []);

	const extend = (step: 1 | -1) => {
		const at = activeId ? ids.indexOf(activeId) : -1;
		const next = ids[Math.max(0, Math.min(ids.length - 1, at + step))];
		if (!next) return false;
		selection.extendTo(next);
		moveTo(ids.indexOf(next));
	};
	useAction("select", () => {
		if (!activeId) return false;
		selection.toggle(activeId);
	});
	useAction("selectNext", () => extend(1));
	useAction("selectPrevious", () => extend(-1));
	useAction("selectPage", (e) => {
		const isInList =
			e.target instanceof Element && (e.target.closest("[data-region=list]") || e.target === document.body);
		if (!isInList || ids.length === 0) return false;
		selection.selectLoaded();
	});
	useAction("close", () => {
		const s = getState();
		if (s.ids.size === 0) return false;
		selection.clear();
	});
}
