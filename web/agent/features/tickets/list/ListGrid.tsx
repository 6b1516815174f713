import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
	type CSSProperties,
	type KeyboardEvent,
	type ReactNode,
	type RefObject,
	useCallback,
	useEffect,
	useRef,
} from "react";
import type { ListKey } from "../../../data/lists/listSpec";
import { idAt, type ListWindow } from "../../../data/lists/listWindow";
import { ticketStore } from "../../../data/ticketStore";
import css from "../TicketList.module.css";
import { rowId } from "../TicketListRow";

export interface RowPlace {
	/* undefined: not loaded yet. */
	id: string | undefined;
	index: number;
	top: number;
}

interface Props {
	list: ListKey;
	w: ListWindow;
	label: string;
	rowPx: number;
	/* Of a head above the rows, which stays in sight. */
	headPx?: number;
	scroller: RefObject<HTMLDivElement | null>;
	activePlace: number;
	/* The keys go to this row. */
	onMove: (place: number) => void;
	/* Tells the list how to bring a row into sight. */
	scrollTo: RefObject<((place: number) => void) | undefined>;
	head?: ReactNode;
	drawRow: (row: RowPlace) => ReactNode;
	className?: string;
	style?: CSSProperties;
}

const OVERSCAN = 6;

/* The rows of a long list: only those near the window are drawn, with rows of those that left (recycled), and only what is seen is
 * loaded. One stop of the Tab key, arrows inside. */
export function ListGrid(p: Props) {
	const { list, w, rowPx, headPx = 0, activePlace } = p;
	const most = useRef(1);
	const virtual = useVirtualizer({
		count: w.total,
		getScrollElement: () => p.scroller.current,
		estimateSize: () => rowPx,
		overscan: OVERSCAN,
		paddingStart: headPx,
		scrollPaddingStart: headPx,
		/* The active row stays in the document, or aria-activedescendant would point at nothing. */
		rangeExtractor: useCallback(
			(range: Parameters<typeof defaultRangeExtractor>[0]) => {
				const seen = defaultRangeExtractor(range);
				return activePlace < 0 || seen.includes(activePlace) ? seen : [...seen, activePlace].sort((a, b) => a - b);
			},
			[activePlace],
		),
	});
	p.scrollTo.current = (place) => virtual.scrollToIndex(place);

	const from = virtual.range?.startIndex ?? 0;
	const to = (virtual.range?.endIndex ?? 0) + 1;
	useEffect(() => ticketStore.show(list, from, to), [list, from, to]);

	const items = virtual.getVirtualItems();
	const near = items.filter((item) => item.index >= from - OVERSCAN && item.index < to + OVERSCAN).length;
	most.current = Math.max(most.current, near);

	function onKeyDown(e: KeyboardEvent) {
		const page = Math.max(1, to - from - 2);
		const steps: Record<string, number> = {
			ArrowDown: activePlace + 1,
			ArrowUp: activePlace - 1,
			PageDown: activePlace + page,
			PageUp: activePlace - page,
			Home: 0,
			End: w.total - 1,
		};
		const place = steps[e.key];
		if (place === undefined || e.altKey || e.ctrlKey || e.metaKey || e.target !== e.currentTarget) return;
		e.preventDefault();
		p.onMove(place);
	}

	const activeId = activePlace >= 0 ? idAt(w, activePlace) : undefined;
	return (
		<div className={css.scroller} ref={p.scroller} data-loading={w.status === "loading" ? "" : undefined}>
			<div
				role="grid"
				tabIndex={0}
				aria-label={p.label}
				aria-rowcount={w.total}
				aria-activedescendant={activeId ? rowId(activeId) : undefined}
				className={p.className ?? css.grid}
				style={{ ...p.style, height: virtual.getTotalSize() }}
				onKeyDown={onKeyDown}
				onFocus={() => activePlace < 0 && p.onMove(0)}
			>
				{p.head}
				{items.map((item) => {
					const isFar = item.index < from - OVERSCAN || item.index >= to + OVERSCAN;
					return (
						<Recycled key={isFar ? "active" : item.index % most.current}>
							{p.drawRow({ id: idAt(w, item.index), index: item.index, top: item.start })}
						</Recycled>
					);
				})}
			</div>
		</div>
	);
}

const Recycled = ({ children }: { children: ReactNode }) => children;
