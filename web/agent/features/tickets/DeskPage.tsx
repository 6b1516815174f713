import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { cx, Splitter } from "#ui";
import { LIST_DEFAULT, LIST_MAX, LIST_MIN, usePrefs, VIEWS_DEFAULT, VIEWS_MAX, VIEWS_MIN } from "../../data/prefs";
import { ticketStore } from "../../data/ticketStore";
import { useAction } from "../../shell/actions";
import { RegionBoundary } from "../../shell/RegionBoundary";
import { openViews, useUi } from "../../shell/uiState";
import { HAS_PANES, HAS_VIEWS, useMedia } from "../../shell/useMedia";
import { useViewName, ViewBuilder, ViewsPanel } from "../views";
import css from "./DeskPage.module.css";
import { useViewLayout } from "./layout";
import { TicketList } from "./TicketList";

/* Views, list and the open conversation, side by side where there is room. */
export function DeskPage() {
	const t = useText();
	const { view } = useParams({ from: "/shell/tickets/$view" });
	const { ticketId } = useParams({ strict: false });
	const viewName = useViewName(view);
	const { listWidth, setListWidth, viewsWidth, setViewsWidth } = usePrefs();
	const { layout } = useViewLayout(view);
	const hasRoom = useMedia(HAS_PANES);
	/* Tables and boards have the whole width until a ticket is opened beside them. */
	const isWide = layout !== "split" && !ticketId && (hasRoom || layout === "board");
	const isViewsOpen = useUi((s) => s.isViewsOpen);
	const hasViews = useMedia(HAS_VIEWS);

	useEffect(() => ticketStore.open(ticketId), [ticketId]);
	useEffect(() => {
		if (!ticketId) document.title = `${viewName} – ${t("app.name")}`;
	}, [ticketId, viewName, t]);
	useAction("close", () => {
		if (!isViewsOpen) return false;
		openViews(false);
	});

	return (
		<div
			className={css.desk}
			data-has-ticket={ticketId ? "" : undefined}
			data-wide={isWide ? "" : undefined}
			style={{ "--list": `${listWidth}px`, "--views": `${viewsWidth}px` } as React.CSSProperties}
		>
			{!hasViews && isViewsOpen && <div className={css.scrim} onPointerDown={() => openViews(false)} />}
			{(hasViews || isViewsOpen) && (
				<div className={cx(css.views, !hasViews && css.flyout)}>
					<RegionBoundary>
						<ViewsPanel />
					</RegionBoundary>
				</div>
			)}
			{hasViews && (
				<div className={css.viewsSplitter}>
					<Splitter
						label={t("view.width")}
						value={viewsWidth}
						min={VIEWS_MIN}
						max={VIEWS_MAX}
						initial={VIEWS_DEFAULT}
						onChange={setViewsWidth}
					/>
				</div>
			)}
			<div className={css.list}>
				<RegionBoundary resetKey={view}>
					<TicketList key={view} view={view} openId={ticketId} isWide={isWide} />
				</RegionBoundary>
			</div>
			<div className={css.splitter}>
				<Splitter
					label={t("list.width")}
					value={listWidth}
					min={LIST_MIN}
					max={LIST_MAX}
					initial={LIST_DEFAULT}
					onChange={setListWidth}
				/>
			</div>
			<div className={css.ticket}>
				<Outlet />
			</div>
			<ViewBuilder />
		</div>
	);
}
