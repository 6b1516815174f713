import { useNavigate } from "@tanstack/react-router";
import { ArrowUp, ListFilter as ListFilterIcon, Undo2 } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ListFilter, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton } from "#ui";
import { listKey, MOST_FILTERED } from "../../data/lists/listSpec";
import { idAt, idsOf } from "../../data/lists/listWindow";
import { usePrefs } from "../../data/prefs";
import { ticketStore, useList } from "../../data/ticketStore";
import { prefetchTicket } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { useSelectionKeys } from "../manage";
import { useViewName } from "../views";
import { useViewLayout } from "./layout";
import { ListHeader } from "./list/ListHeader";
import { NoRows } from "./list/NoRows";
import { Rows } from "./list/Rows";
import { useActiveRow } from "./list/useActiveRow";
import { useFreeze } from "./list/useFreeze";
import css from "./TicketList.module.css";

/* What the first screen does not need. */
const BoardPage = lazy(() => import("./board/BoardPage").then((m) => ({ default: m.BoardPage })));
const FilterChips = lazy(() => import("./list/FilterChips").then((m) => ({ default: m.FilterChips })));

const FIRST_ROWS = 30;
const NO_FILTERS: readonly ListFilter[] = [];

interface Props {
	view: ViewId;
	openId: string | undefined;
	/* The whole width is there for a table or a board. */
	isWide: boolean;
}

/* The tickets of a view, as rows, table or board. */
export function TicketList({ view, openId, isWide }: Props) {
	const t = useText();
	const navigate = useNavigate();
	const title = useViewName(view);
	const settings = useViewLayout(view);
	const layout = isWide ? settings.layout : "split";
	const [filters, setFilters] = useState(NO_FILTERS);
	const [isFiltering, setFiltering] = useState(false);
	const list = useMemo(() => listKey(view, settings.sort, filters), [view, settings.sort, filters]);
	const w = useList(list);
	const density = usePrefs((p) => p.density);
	const scroller = useRef<HTMLDivElement>(null);
	const scrollTo = useRef<(place: number) => void>(undefined);
	const active = useActiveRow(w, openId);
	const isBoard = layout === "board";

	/* Before the grid is there to say what it shows. */
	useEffect(() => {
		if (isBoard) return;
		ticketStore.show(list, 0, FIRST_ROWS);
		return () => ticketStore.hide(list);
	}, [list, isBoard]);
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

	function goTo(to: number) {
		const place = Math.max(0, Math.min(w.total - 1, to));
		active.setPlace(place);
		scrollTo.current?.(place);
		return place;
	}
	function move(to: number) {
		if (w.total === 0) return;
		const place = goTo(to);
		if (!openId) return;
		const id = idAt(w, place);
		isOpenWanted.current = !id;
		if (id) openTicket(id);
		const following = idAt(w, place + 1);
		if (following) prefetchTicket(following);
	}
	useAction("next", () => (isBoard ? false : move(active.place + 1)));
	useAction("previous", () => (isBoard ? false : move(Math.max(0, active.place - 1))));
	useAction("open", () => {
		const id = active.id ?? idAt(w, 0);
		if (isBoard || !id || openId === id) return false;
		openTicket(id);
	});

	const ids = idsOf(w);
	const isCapped = w.total >= MOST_FILTERED && (filters.length > 0 || /^\d/.test(view));
	useSelectionKeys({
		view,
		filters,
		ids,
		activeId: active.id,
		total: isCapped ? undefined : w.total,
		moveTo: (index) => {
			const id = ids[index];
			if (id) active.setId(id);
		},
	});

	return (
		<section className={css.pane} aria-label={t("list.region")} data-region="list" data-density={density}>
			<ListHeader
				view={view}
				title={title}
				total={w.status === "new" || isBoard ? undefined : w.total}
				isCapped={isCapped}
			>
				{openId && settings.layout !== "split" && (
					<IconButton
						label={t(`list.showAs.${settings.layout}`)}
						className={css.backToWide}
						onPress={() => void navigate({ to: "/tickets/$view", params: { view } })}
					>
						<Undo2 size={17} aria-hidden />
					</IconButton>
				)}
				<IconButton
					label={t("filter.show")}
					aria-expanded={isFiltering || filters.length > 0}
					onPress={() => setFiltering(!isFiltering)}
				>
					<ListFilterIcon size={17} aria-hidden />
				</IconButton>
			</ListHeader>
			<Suspense fallback={<span />}>
				{isFiltering || filters.length > 0 ? <FilterChips filters={filters} onChange={setFilters} /> : <span />}
			</Suspense>
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
			{isBoard ? (
				<Suspense fallback={<div />}>
					<BoardPage view={view} sort={settings.sort} filters={filters} />
				</Suspense>
			) : w.total === 0 ? (
				<NoRows
					view={view}
					list={list}
					status={w.status}
					onClear={filters.length ? () => setFilters(NO_FILTERS) : undefined}
				/>
			) : (
				<Rows
					{...{ view, list, w, openId, active, scroller, scrollTo, layout }}
					label={t("list.label", { view: title })}
					onMove={move}
					onOpen={openTicket}
				/>
			)}
			{w.status === "error" && w.total > 0 && (
				<p className={css.more} role="alert">
					{t("list.moreError")}{" "}
					<Button size="s" onPress={() => void ticketStore.retry(list)}>
						{t("common.retry")}
					</Button>
				</p>
			)}
		</section>
	);
}
