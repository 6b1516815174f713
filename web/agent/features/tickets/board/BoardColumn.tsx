import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import type { ListKey } from "../../../data/lists/listSpec";
import { MOST_FILTERED } from "../../../data/lists/listSpec";
import { idAt } from "../../../data/lists/listWindow";
import { ticketStore, useList } from "../../../data/ticketStore";
import css from "./Board.module.css";
import { BoardCard } from "./BoardCard";

const CARD_PX = 104;
const FIRST_CARDS = 20;

interface Props {
	list: ListKey;
	stage: Stage;
	stages: readonly Stage[];
	/* A card of another column is dragged. */
	isTarget: boolean;
	onDrag: (id: string | undefined) => void;
	onDrop: () => void;
	onOpen: (id: string) => void;
}

/* One status: its name, how many tickets are in it, and those that are seen. */
export function BoardColumn(p: Props) {
	const { list, stage } = p;
	const t = useText();
	const intl = useIntl();
	const w = useList(list);
	const scroller = useRef<HTMLDivElement>(null);
	const [isOver, setOver] = useState(false);
	const virtual = useVirtualizer({
		count: w.total,
		getScrollElement: () => scroller.current,
		estimateSize: () => CARD_PX,
		overscan: 3,
	});
	const from = virtual.range?.startIndex ?? 0;
	const to = Math.max(FIRST_CARDS, (virtual.range?.endIndex ?? 0) + 1);
	useEffect(() => ticketStore.show(list, from, to), [list, from, to]);
	useEffect(() => () => ticketStore.hide(list), [list]);
	return (
		<section
			className={css.column}
			aria-label={t("board.column", { status: stage.label, count: w.total })}
			data-over={isOver && p.isTarget ? "" : undefined}
			onDragOver={(e) => {
				if (!p.isTarget) return;
				e.preventDefault();
				setOver(true);
			}}
			onDragLeave={(e) => {
				if (!e.currentTarget.contains(e.relatedTarget as Node | null)) setOver(false);
			}}
			onDrop={(e) => {
				e.preventDefault();
				setOver(false);
				if (p.isTarget) p.onDrop();
			}}
		>
			<header className={css.columnHead}>
				<h2 dir="auto">{stage.label}</h2>
				<span className={css.count}>
					{w.status === "new" || w.status === "loading"
						? ""
						: `${intl.formatNumber(w.total)}${w.total >= MOST_FILTERED ? "+" : ""}`}
				</span>
			</header>
			<div className={css.scroller} ref={scroller}>
				{w.total === 0 && w.status === "ready" && <p className={css.empty}>{t("board.empty")}</p>}
				<ul className={css.cards} style={{ height: virtual.getTotalSize() }}>
					{virtual.getVirtualItems().map((item) => {
						const id = idAt(w, item.index);
						return (
							<li key={id ?? item.index} className={css.place} style={{ transform: `translateY(${item.start}px)` }}>
								{id && <BoardCard id={id} stages={p.stages} onDrag={p.onDrag} onOpen={p.onOpen} />}
							</li>
						);
					})}
				</ul>
			</div>
		</section>
	);
}
