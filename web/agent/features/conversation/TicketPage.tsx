import { useNavigate, useParams } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Splitter } from "#ui";
import { CONTEXT_DEFAULT, CONTEXT_MAX, CONTEXT_MIN, usePrefs } from "../../data/prefs";
import { useTicketRow } from "../../data/ticketStore";
import { useTicketDetail } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { later } from "../../shell/later";
import { RegionBoundary } from "../../shell/RegionBoundary";
import { useErrorText } from "../../shell/useErrorText";
import { useMedia, WIDE } from "../../shell/useMedia";
import { Composer } from "../composer";
import { TicketNotices } from "../manage";
import { isTriage, TriageBar } from "../manage/triage";
import { usePresence, WritingLine } from "../presence";
import { Thread } from "./Thread";
import { TicketHeader } from "./TicketHeader";
import css from "./TicketPage.module.css";
import { useSeen } from "./useSeen";

const ContextPane = later(async () => (await import("../context")).ContextPane);
const IdentifyPanel = later(async () => (await import("../identify/IdentifyPanel")).IdentifyPanel);

/* Header, messages, reply and context of one ticket. The header is drawn from what the list knows, without waiting. */
export function TicketPage() {
	const t = useText();
	const errorText = useErrorText();
	const { view, ticketId } = useParams({ from: "/shell/tickets/$view/$ticketId" });
	const navigate = useNavigate();
	const row = useTicketRow(ticketId);
	const detail = useTicketDetail(ticketId);
	const isWide = useMedia(WIDE);
	const { isContextOpen, setContextOpen, contextWidth, setContextWidth } = usePrefs();
	const [isDrawerOpen, setDrawerOpen] = useState(false);
	const hasContext = isWide ? isContextOpen : isDrawerOpen;
	const setContext = useCallback(
		(isOpen: boolean) => (isWide ? setContextOpen(isOpen) : setDrawerOpen(isOpen)),
		[isWide, setContextOpen],
	);
	/* The conversation is painted first. What stands around it follows when nobody waits for anything else; until then all of it, its
	 * buttons too, is about the ticket before. */
	const about = { id: useDeferredValue(ticketId), row: useDeferredValue(row), detail: useDeferredValue(detail.data) };
	const context = useMemo(
		() => (
			<ContextPane
				ticketId={about.id}
				view={view}
				row={about.row}
				detail={about.detail}
				onClose={() => setContext(false)}
			/>
		),
		[about.id, about.row, about.detail, view, setContext],
	);

	// biome-ignore lint/correctness/useExhaustiveDependencies: another ticket closes the drawer
	useEffect(() => setDrawerOpen(false), [ticketId]);
	useEffect(() => {
		if (row) document.title = `${row.subject || t("list.noSubject")} – ${t("app.name")}`;
	}, [row, t]);

	/* A ticket that was merged into another one has become that one. */
	const survivorId = detail.data?.ticket.id;
	useEffect(() => {
		if (survivorId && survivorId !== ticketId)
			void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: survivorId }, replace: true });
	}, [survivorId, ticketId, view, navigate]);

	const leave = () => void navigate({ to: "/tickets/$view", params: { view } });
	useAction("close", () => {
		if (!isWide && isDrawerOpen) return setDrawerOpen(false);
		leave();
	});
	useAction("details", () => setContext(!hasContext));
	useSeen(ticketId, row);
	usePresence(ticketId);

	/* Deleted, or not for this person any more: then nothing of it stays on screen. */
	const isGone = detail.error instanceof ApiError && detail.error.status === 404;
	if (isGone || (!row && detail.isError)) {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("conversation.loadError")}
				text={isGone ? t("conversation.notFound") : errorText(detail.error)}
				action={
					isGone ? (
						<Button onPress={leave}>{t("common.back")}</Button>
					) : (
						<Button onPress={() => void detail.refetch()}>{t("common.retry")}</Button>
					)
				}
			/>
		);
	}

	return (
		<div
			className={css.page}
			data-context={hasContext ? "" : undefined}
			style={{ "--context": `${contextWidth}px` } as React.CSSProperties}
		>
			<section className={css.main} aria-label={t("conversation.region")} data-region="conversation">
				<div>
					<TicketHeader
						ticketId={ticketId}
						row={row}
						detail={detail.data}
						isContextOpen={hasContext}
						onContext={() => setContext(!hasContext)}
						onBack={leave}
					/>
					<TicketNotices view={view} row={row} detail={detail.data} />
					{isTriage(view) && (
						<div className={css.triage}>
							<TriageBar view={view} row={row} detail={detail.data} />
						</div>
					)}
				</div>
				<RegionBoundary resetKey={ticketId}>
					<Thread key={ticketId} ticketId={ticketId} canReply={detail.data?.abilities.includes("reply") ?? false} />
				</RegionBoundary>
				<WritingLine ticketId={ticketId} />
				<RegionBoundary resetKey={ticketId}>
					<Composer ticketId={ticketId} row={row} detail={detail.data} />
				</RegionBoundary>
			</section>
			{hasContext && (
				<>
					{!isWide && <div className={css.scrim} onPointerDown={() => setDrawerOpen(false)} />}
					{isWide && (
						<Splitter
							label={t("ticket.contextWidth")}
							value={contextWidth}
							min={CONTEXT_MIN}
							max={CONTEXT_MAX}
							initial={CONTEXT_DEFAULT}
							onChange={setContextWidth}
							isAtEnd
						/>
					)}
					{context}
				</>
			)}
			<IdentifyPanel ticketId={ticketId} />
		</div>
	);
}
