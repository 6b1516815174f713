import { useNavigate } from "@tanstack/react-router";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp, CircleAlert, Inbox, PanelLeft } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, IconButton, Skeleton } from "#ui";
import { ticketStore, useViewCount, useViewWindow } from "../../data/ticketStore";
import { prefetchTicket } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { openViews, useUi } from "../../shell/uiState";
import css from "./TicketList.module.css";
import { rowId, TicketListRow } from "./TicketListRow";

/* As --row in tokens.css. */
const ROW_PX = 84;
const AHEAD_ROWS = 12;
const AT_TOP_PX = 4;
/* A list that someone points at does not move under the pointer. */
const POINTER_REST_MS = 2000;

interface Props {
	view: ViewId;
	openId: string | undefined;
}

export function TicketList({ view, openId }: Props) {
	const t = useText();
	const intl = useIntl();
	const w = useViewWindow(view);
	const count = useViewCount(view);
	const isViewsOpen = useUi((s) => s.isViewsOpen);
	const scroller = useRef<HTMLDivElement>(null);
	const navigate = useNavigate();
	const [activeId, setActiveId] = useState(openId);
	const { ids } = w;

	useEffect(() => {
		if (ticketStore.window(view).status === "new") void ticketStore.loadFirst(view);
	}, [view]);
	useEffect(() => {
		if (openId) setActiveId(openId);
	}, [openId]);
	useFreeze(view, scroller);

	const activeIndex = activeId ? ids.indexOf(activeId) : -1;
	const virtual = useVirtualizer({
		count: ids.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW_PX,
		overscan: 6,
		/* The active row stays in the document, or aria-activedescendant would point at nothing. */
		rangeExtractor: useCallback(
			(range: Parameters<typeof defaultRangeExtractor>[0]) => {
				const seen = defaultRangeExtractor(range);
				return activeIndex < 0 || seen.includes(activeIndex) ? seen : [...seen, activeIndex].sort((a, b) => a - b);
			},
			[activeIndex],
		),
	});
	const items = virtual.getVirtualItems();
	const lastIndex = items.at(-1)?.index ?? 0;
	useEffect(() => {
		if (w.status === "ready" && w.after && lastIndex > ids.length - AHEAD_ROWS) void ticketStore.loadMore(view);
	}, [lastIndex, ids.length, w.after, w.status, view]);

	const openTicket = useCallback(
		(id: string) => navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: id } }),
		[navigate, view],
	);

	function move(to: number) {
		const index = Math.max(0, Math.min(ids.length - 1, to));
		const id = ids[index];
		if (!id) return;
		setActiveId(id);
		virtual.scrollToIndex(index);
		const following = ids[index + 1];
		if (openId) void openTicket(id);
		if (openId && following) prefetchTicket(following);
	}
	const openActive = () => {
		const id = ids[Math.max(0, activeIndex)];
		if (!id || openId === id) return false;
		void openTicket(id);
	};
	useAction("next", () => move(activeIndex + 1));
	useAction("previous", () => move(activeIndex < 0 ? 0 : activeIndex - 1));
	useAction("open", openActive);

	function onKeyDown(e: KeyboardEvent) {
		const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1);
		const steps: Record<string, number> = {
			ArrowDown: activeIndex + 1,
			ArrowUp: activeIndex - 1,
			PageDown: activeIndex + page,
			PageUp: activeIndex - page,
			Home: 0,
			End: ids.length - 1,
		};
		const to = steps[e.key];
		if (to === undefined || e.altKey || e.ctrlKey || e.metaKey) return;
		e.preventDefault();
		move(to);
	}

	const title = t(`view.${view}`);
	const stable = useMemo(() => ({ openTicket, setActiveId }), [openTicket]);
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
				{count && (
					<span className={css.count}>
						{count.isCapped
							? t("list.capped", { count: intl.formatNumber(count.count) })
							: t("list.count", { count: count.count })}
					</span>
				)}
			</header>
			{w.held.length > 0 && (
				<Button
					look="solid"
					size="s"
					className={css.held}
					icon={<ArrowUp size={14} aria-hidden />}
					onPress={() => {
						virtual.scrollToOffset(0);
						ticketStore.freeze(view, false);
					}}
				>
					{t("list.newTickets", { count: w.held.length })}
				</Button>
			)}
			{ids.length === 0 ? (
				<NoRows view={view} status={w.status} />
			) : (
				<div className={css.scroller} ref={scroller} data-loading={w.status === "loading" ? "" : undefined}>
					<div
						role="grid"
						tabIndex={0}
						aria-label={t("list.label", { view: title })}
						aria-rowcount={count && !count.isCapped ? Math.max(count.count, ids.length) : -1}
						aria-activedescendant={activeIndex >= 0 ? rowId(ids[activeIndex] as string) : undefined}
						className={css.grid}
						style={{ height: virtual.getTotalSize() }}
						onKeyDown={onKeyDown}
						onFocus={() => activeIndex < 0 && setActiveId(ids[0])}
					>
						{items.map((item) => {
							const id = ids[item.index] as string;
							return (
								<TicketListRow
									key={id}
									id={id}
									view={view}
									index={item.index}
									top={item.start}
									isOpen={id === openId}
									isActive={id === activeId}
									onOpen={stable.openTicket}
									onActive={stable.setActiveId}
								/>
							);
						})}
					</div>
					{w.status === "error" && (
						<p className={css.more} role="alert">
							{t("list.moreError")}{" "}
							<Button
								size="s"
								onPress={() => void (w.after ? ticketStore.loadMore(view) : ticketStore.loadFirst(view))}
							>
								{t("common.retry")}
							</Button>
						</p>
					)}
					{w.status === "loading" && w.after && <p className={css.more}>{t("list.loadingMore")}</p>}
				</div>
			)}
		</section>
	);
}

const OTHER_VIEW = { unassigned: "open", mine: "unassigned", open: "closed", closed: "open" } as const;
const OTHER_LABEL = {
	unassigned: "list.empty.goOpen",
	mine: "list.empty.goUnassigned",
	open: "list.empty.goClosed",
	closed: "list.empty.goOpen",
} as const;

function NoRows({ view, status }: { view: ViewId; status: string }) {
	const t = useText();
	const navigate = useNavigate();
	if (status === "error") {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("list.error")}
				action={<Button onPress={() => void ticketStore.loadFirst(view)}>{t("common.retry")}</Button>}
			/>
		);
	}
	if (status !== "ready") {
		return (
			<div role="status" aria-label={t("app.loading")} className={css.skeletons}>
				{Array.from({ length: 8 }, (_, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no other name
					<div key={i} className={css.skeletonRow}>
						<Skeleton width={`${38 + ((i * 17) % 30)}%`} />
						<Skeleton width={`${60 + ((i * 13) % 34)}%`} />
					</div>
				))}
			</div>
		);
	}
	return (
		<EmptyState
			icon={<Inbox size={22} />}
			title={t(`list.empty.${view}`)}
			action={
				<Button onPress={() => void navigate({ to: "/tickets/$view", params: { view: OTHER_VIEW[view] } })}>
					{t(OTHER_LABEL[view])}
				</Button>
			}
		/>
	);
}

/* Rows keep still while the list is scrolled away from its top, or was just pointed at. */
function useFreeze(view: ViewId, scroller: React.RefObject<HTMLDivElement | null>) {
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const isTarget = (e: Event) => scroller.current !== null && e.composedPath().includes(scroller.current);
		const atTop = () => (scroller.current?.scrollTop ?? 0) <= AT_TOP_PX;
		const thaw = () => ticketStore.freeze(view, !atTop());
		const touch = (e: Event) => {
			if (!isTarget(e)) return;
			ticketStore.freeze(view, true);
			clearTimeout(timer);
			timer = setTimeout(thaw, POINTER_REST_MS);
		};
		const events = ["pointermove", "pointerdown", "wheel", "scroll"] as const;
		for (const name of events) document.addEventListener(name, touch, { capture: true, passive: true });
		return () => {
			clearTimeout(timer);
			ticketStore.freeze(view, false);
			for (const name of events) document.removeEventListener(name, touch, { capture: true });
		};
	}, [view, scroller]);
}
