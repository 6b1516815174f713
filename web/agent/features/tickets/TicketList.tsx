import { useNavigate } from "@tanstack/react-router";
import { ArrowUp, PanelLeft } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton } from "#ui";
import { listKey } from "../../data/lists/listSpec";
import { idAt, idsOf } from "../../data/lists/listWindow";
import { ticketStore, useList } from "../../data/ticketStore";
import { prefetchTicket } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { openViews, useUi } from "../../shell/uiState";
import { useViewName } from "../views";
import { ListGrid, type RowPlace } from "./list/ListGrid";
import { NoRows } from "./list/NoRows";
import { useActiveRow } from "./list/useActiveRow";
import { useFreeze } from "./list/useFreeze";
import css from "./TicketList.module.css";
import { TicketListRow, WaitingRow } from "./TicketListRow";

/* As --row in tokens.css. */
const ROW_PX = 84;
const FIRST_ROWS = 30;

interface Props {
	view: ViewId;
	openId: string | undefined;
}

export function TicketList({ view, openId }: Props) {
	const t = useText();
	const list = listKey(view);
	const w = useList(list);
	const title = useViewName(view);
	const isViewsOpen = useUi((s) => s.isViewsOpen);
	const scroller = useRef<HTMLDivElement>(null);
	const scrollTo = useRef<(place: number) => void>(undefined);
	const navigate = useNavigate();
	const active = useActiveRow(w, openId);
	const { setId } = active;

	/* Before the grid is there to say what it shows. */
	useEffect(() => {
		ticketStore.show(list, 0, FIRST_ROWS);
		return () => ticketStore.hide(list);
	}, [list]);
	useFreeze(list, scroller);

	const openTicket = useCallback(
		(id: string) => void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: id } }),
		[navigate, view],
	);
	/* A row that was gone to before it was loaded is opened when it is there. */
	const isOpenWanted = useRef(false);
	useEffect(() => {
		if (!isOpenWanted.current || !active.id) return;
		isOpenWanted.current = false;
		openTicket(active.id);
	}, [active.id, openTicket]);

	function move(to: number) {
		if (w.total === 0) return;
		const place = Math.max(0, Math.min(w.total - 1, to));
		const id = idAt(w, place);
		active.setPlace(place);
		scrollTo.current?.(place);
		if (!openId) return;
		isOpenWanted.current = !id;
		if (id) openTicket(id);
		const following = idAt(w, place + 1);
		if (following) prefetchTicket(following);
	}
	useAction("next", () => move(active.place + 1));
	useAction("previous", () => move(Math.max(0, active.place - 1)));
	useAction("open", () => {
		const id = active.id ?? idAt(w, 0);
		if (!id || openId === id) return false;
		openTicket(id);
	});

	const draw = ({ id, index, top }: RowPlace) =>
		id ? (
			<TicketListRow
				id={id}
				index={index}
				top={top}
				hasLeft={w.left.has(id)}
				isOpen={id === openId}
				isActive={id === active.id}
				onOpen={openTicket}
				onActive={setId}
			/>
		) : (
			<WaitingRow index={index} top={top} />
		);

	const ids = idsOf(w);
	return (
		<section className={css.pane} aria-label={t("list.region")} data-region="list">
			<header className={css.head}>
				<IconButton
					label={t("view.show")}
					className={css.viewsButton}
					aria-expanded={isViewsOpen}
					onPress={() => openViews(!isViewsOpen)}
				>
					<PanelLeft size={17} aria-hidden />
				</IconButton>
				<h1 className={css.title}>{title}</h1>
				{w.status !== "new" && <span className={css.count}>{t("list.count", { count: w.total })}</span>}
			</header>
			{w.held.length > 0 && (
				<Button
					look="solid"
					size="s"
					className={css.held}
					icon={<ArrowUp size={14} aria-hidden />}
					onPress={() => {
						scrollTo.current?.(0);
						ticketStore.freeze(list, false);
					}}
				>
					{t("list.newTickets", { count: w.held.length })}
				</Button>
			)}
			{w.total === 0 && ids.length === 0 ? (
				<NoRows view={view} list={list} status={w.status} />
			) : (
				<>
					<ListGrid
						list={list}
						w={w}
						label={t("list.label", { view: title })}
						rowPx={ROW_PX}
						scroller={scroller}
						activePlace={active.place}
						onMove={move}
						scrollTo={scrollTo}
						drawRow={draw}
					/>
					{w.status === "error" && (
						<p className={css.more} role="alert">
							{t("list.moreError")}{" "}
							<Button size="s" onPress={() => void ticketStore.retry(list)}>
								{t("common.retry")}
							</Button>
						</p>
					)}
				</>
			)}
		</section>
	);
}
