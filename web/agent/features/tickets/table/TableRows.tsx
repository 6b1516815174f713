import { useEffect, useMemo } from "react";
import { TABLE_HEIGHTS, usePrefs } from "../../../data/prefs";
import { ticketStore } from "../../../data/ticketStore";
import { useViewLayout } from "../layout";
import { ListGrid, type RowPlace } from "../list/ListGrid";
import { common, type RowsProps } from "../list/Rows";
import { type Column, OF_ROW, useColumns } from "./columns";
import table from "./Table.module.css";
import { TableHead } from "./TableHead";
import { TableRow, WaitingTableRow } from "./TableRow";

const HEAD_PX = 36;

/* A view as a table: columns are chosen, moved, sorted and resized. */
export function TableRows(p: RowsProps) {
	const rowPx = TABLE_HEIGHTS[usePrefs((s) => s.density)];
	const { columns, widths, sort, set } = useViewLayout(p.view);
	const known = useColumns();
	const shown = useMemo(
		() =>
			columns.flatMap((id): Column[] => {
				const c = known.get(id);
				return c ? [{ ...c, width: widths[id] ?? c.width }] : [];
			}),
		[columns, widths, known],
	);
	const ids = useMemo(() => shown.map((c) => c.id), [shown]);
	const asked = ids.filter((id) => !OF_ROW.includes(id)).join(",");
	useEffect(() => ticketStore.want(p.list, asked), [p.list, asked]);
	const template = `${shown.map((c) => `${c.width}px`).join(" ")} minmax(44px, 1fr)`;
	const draw = ({ id, index, top }: RowPlace) =>
		id ? (
			<TableRow {...common(p, id, index, top)} columns={ids} />
		) : (
			<WaitingTableRow index={index} top={top} columns={ids} />
		);
	return (
		<ListGrid
			key={rowPx}
			{...p}
			rowPx={rowPx}
			headPx={HEAD_PX}
			activePlace={p.active.place}
			drawRow={draw}
			className={table.grid}
			style={{ "--columns": template, "--table-row": `${rowPx}px` } as React.CSSProperties}
			head={
				<TableHead
					columns={shown}
					all={[...known.values()]}
					sort={sort}
					onSort={(next) => set({ sort: next })}
					onColumns={(next) => set({ columns: next })}
					onWidth={(id, px) => set({ widths: { ...widths, [id]: px } })}
				/>
			}
		/>
	);
}
