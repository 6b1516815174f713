import { lazy, type RefObject, Suspense } from "react";
import type { ViewId } from "#shared/api/types";
import type { ListKey } from "../../../data/lists/listSpec";
import type { ListWindow } from "../../../data/lists/listWindow";
import { ROW_HEIGHTS, usePrefs } from "../../../data/prefs";
import type { Layout } from "../layout";
import { TicketListRow, WaitingRow } from "../TicketListRow";
import { ListGrid, type RowPlace } from "./ListGrid";
import { RowKnowledgeProvider, useKnowledgeOfRows } from "./rowKnowledge";
import type { useActiveRow } from "./useActiveRow";

const TableRows = lazy(() => import("../table/TableRows").then((m) => ({ default: m.TableRows })));

export interface RowsProps {
	view: ViewId;
	list: ListKey;
	w: ListWindow;
	label: string;
	layout: Layout;
	openId: string | undefined;
	active: ReturnType<typeof useActiveRow>;
	scroller: RefObject<HTMLDivElement | null>;
	scrollTo: RefObject<((place: number) => void) | undefined>;
	onMove: (place: number) => void;
	onOpen: (id: string) => void;
}

/* The rows of a list: two lines each beside a ticket, or a table. */
export function Rows(p: RowsProps) {
	const knowledge = useKnowledgeOfRows();
	return (
		<RowKnowledgeProvider value={knowledge}>
			{p.layout === "table" ? (
				<Suspense fallback={<div />}>
					<TableRows {...p} />
				</Suspense>
			) : (
				<SplitRows {...p} />
			)}
		</RowKnowledgeProvider>
	);
}

/* What both kinds of rows are told. */
export const common = (p: RowsProps, id: string, index: number, top: number) => ({
	id,
	index,
	top,
	hasLeft: p.w.left.has(id),
	isOpen: id === p.openId,
	isActive: id === p.active.id,
	onOpen: p.onOpen,
	onActive: p.active.setId,
});

function SplitRows(p: RowsProps) {
	const rowPx = ROW_HEIGHTS[usePrefs((s) => s.density)];
	const draw = ({ id, index, top }: RowPlace) =>
		id ? <TicketListRow {...common(p, id, index, top)} /> : <WaitingRow index={index} top={top} />;
	return (
		<ListGrid
			key={rowPx}
			{...p}
			rowPx={rowPx}
			activePlace={p.active.place}
			drawRow={draw}
			style={{ "--row": `${rowPx}px` } as React.CSSProperties}
		/>
	);
}
