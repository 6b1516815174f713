import { CircleAlert } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton } from "#ui";
import { useHeld } from "../../data/held";
import { useThreadEvents } from "../../data/threadEvents";
import { inOrder, useMessages } from "../../data/tickets";
import { useUnsent } from "../../data/unsent";
import { announce } from "../../shell/live";
import { useErrorText } from "../../shell/useErrorText";
import { HeldReplies } from "../held";
import { UnsentCards } from "../unsent";
import { EventLines } from "./EventLines";
import { MessageView } from "./MessageView";
import { NoMessages } from "./NoMessages";
import { SeenBy } from "./SeenBy";
import css from "./Thread.module.css";
import { threadItems } from "./threadItems";
import { useShownMessage } from "./useShownMessage";

const NEAR_END_PX = 120;

/* The messages from old to new. Opens at the newest, or where somebody was sent; follows new ones while the reader is at the end. */
export function Thread({ ticketId, canReply }: { ticketId: string; canReply: boolean }) {
	const t = useText();
	const errorText = useErrorText();
	const q = useMessages(ticketId);
	const messages = useMemo(() => inOrder(q.data?.pages ?? []), [q.data]);
	const events = useThreadEvents(ticketId);
	const items = useMemo(() => threadItems(messages, events, q.hasNextPage), [messages, events, q.hasNextPage]);
	const scroller = useRef<HTMLDivElement>(null);
	const newestId = messages.at(-1)?.id;
	useFollow(scroller, messages[0]?.id, newestId);
	const held = useHeld(ticketId);
	const unsent = useUnsent(ticketId);
	useNews(messages);
	const shownId = useShownMessage(scroller, messages, q);

	if (q.isError && messages.length === 0) {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("conversation.messagesError")}
				text={errorText(q.error)}
				action={<Button onPress={() => void q.refetch()}>{t("common.retry")}</Button>}
			/>
		);
	}
	if (q.isPending) {
		return (
			<div className={css.scroller} role="status" aria-label={t("app.loading")}>
				<div className={css.column}>
					<div className={css.ghost}>
						<Skeleton width="34%" />
						<Skeleton width="92%" />
						<Skeleton width="78%" />
					</div>
				</div>
			</div>
		);
	}
	if (messages.length === 0 && held.length === 0 && unsent.length === 0) {
		return <NoMessages ticketId={ticketId} />;
	}
	return (
		<section
			className={css.scroller}
			ref={scroller}
			tabIndex={0}
			aria-label={t("conversation.thread")}
			data-region="thread"
		>
			<div className={css.column}>
				{q.hasNextPage && (
					<Button className={css.older} isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
						{t("conversation.older")}
					</Button>
				)}
				{items.map((item) =>
					item.kind === "message" ? (
						<MessageView key={item.id} message={item.message} canReply={canReply} isMarked={item.id === shownId} />
					) : item.kind === "events" ? (
						<EventLines key={item.id} events={item.events} />
					) : (
						<p key={item.id} className={css.conversation} dir="auto">
							{t("conversation.another", { subject: item.message.subject || t("list.noSubject") })}
						</p>
					),
				)}
				<HeldReplies ticketId={ticketId} />
				{unsent.length > 0 && <UnsentCards ticketId={ticketId} />}
				<SeenBy ticketId={ticketId} />
			</div>
		</section>
	);
}

/* Says to who listens that the customer wrote while the thread was open. */
function useNews(messages: readonly Message[]) {
	const t = useText();
	const newest = messages.findLast((m) => m.direction === "INCOMING")?.id;
	const hasMessages = messages.length > 0;
	const seen = useRef<string>(undefined);
	useEffect(() => {
		if (!hasMessages) return;
		if (seen.current !== undefined && newest && newest !== seen.current) announce(t("live.message"));
		seen.current = newest ?? "";
	}, [hasMessages, newest, t]);
}

/* Keeps the place: at the end for new messages, at the same message when earlier ones are put above. */
function useFollow(
	scroller: React.RefObject<HTMLDivElement | null>,
	oldestId: string | undefined,
	newestId: string | undefined,
) {
	const was = useRef({ oldestId: "", newestId: "", height: 0, isNearEnd: true });
	useLayoutEffect(() => {
		const el = scroller.current;
		if (!el || !newestId || !oldestId) return;
		const before = was.current;
		if (before.newestId !== newestId && before.isNearEnd) el.scrollTop = el.scrollHeight;
		else if (before.oldestId !== oldestId && before.oldestId) el.scrollTop += el.scrollHeight - before.height;
		was.current = { ...before, oldestId, newestId, height: el.scrollHeight };
		const look = () => {
			was.current.height = el.scrollHeight;
			was.current.isNearEnd = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_END_PX;
		};
		/* Pictures and a growing reply box change heights after the first drawing. */
		const grow = new ResizeObserver(() => {
			if (was.current.isNearEnd) el.scrollTop = el.scrollHeight;
		});
		grow.observe(el);
		if (el.firstElementChild) grow.observe(el.firstElementChild);
		el.addEventListener("scroll", look, { passive: true });
		return () => {
			grow.disconnect();
			el.removeEventListener("scroll", look);
		};
	}, [scroller, oldestId, newestId]);
}
