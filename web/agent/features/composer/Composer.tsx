import { Forward, LayoutTemplate, Lock, MessageSquareLock, Reply } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { TicketDetail, TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { isEmptyDraft } from "../../data/drafts";
import { useUser } from "../../data/session";
import { lastMail } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { useCommands } from "../../shell/commands";
import css from "./Composer.module.css";
import { preloadEditor } from "./editor";
import { askForTemplate } from "./editor/insert/templateRequests";
import { Frame } from "./Frame";
import frameCss from "./Frame.module.css";
import { LostReply } from "./LostReply";
import { bringBack, useIsElsewhere } from "./popOut";
import { answerMessage, useAnswerRequests } from "./requests";
import { type ComposerTab, TABS } from "./tabs";
import { retarget } from "./target";
import { reloadDraft, useDraft } from "./useDraft";
import { useHasNobody } from "./useHasNobody";

interface Props {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
}

/* Below the thread: folded to one line, open with the pane of one tab, or a note that the reply is in a window of its own. */
export function Composer({ ticketId, row, detail }: Props) {
	const t = useText();
	const user = useUser();
	const { draft, change } = useDraft(user.id, ticketId);
	const { draft: comment } = useDraft(user.id, ticketId, "comment");
	const [opened, setOpened] = useState<{ ticketId: string; tab: ComposerTab["id"] }>();
	const [focusKey, setFocusKey] = useState(0);
	const isElsewhere = useIsElsewhere(
		ticketId,
		useCallback(
			(id: string) => setOpened(isEmptyDraft(reloadDraft(user.id, id)) ? undefined : { ticketId: id, tab: "reply" }),
			[user.id],
		),
	);
	useEffect(preloadEditor, []);

	const hasNobody = useHasNobody(ticketId, detail);
	/* On a ticket that a call began, comments come with the first email, written or sent. */
	const hasComments = (detail?.isCommentOffered ?? true) || !isEmptyDraft(draft);
	const tabs = TABS.filter(
		(tab) =>
			(detail?.abilities.includes(tab.ability) ?? true) &&
			!(hasNobody && tab.id === "reply") &&
			(tab.id !== "comment" || hasComments),
	);
	const hasDraft = { reply: !isEmptyDraft(draft), comment: !isEmptyDraft(comment) };
	const isOpen = opened?.ticketId === ticketId || tabs.some((one) => hasDraft[one.id]);
	const tab =
		tabs.find((one) => opened?.ticketId === ticketId && one.id === opened.tab) ??
		tabs.find((one) => hasDraft[one.id]) ??
		tabs[0];
	const open = (id: ComposerTab["id"]) => {
		setOpened({ ticketId, tab: id });
		setFocusKey((n) => n + 1);
	};
	const canReply = tabs.some((one) => one.id === "reply") && !isElsewhere;
	const canComment = tabs.some((one) => one.id === "comment") && !isElsewhere;
	useAction("reply", () => (canReply ? open("reply") : false));
	useAnswerRequests(({ message, mode }) => {
		if (!canReply || message.ticketId !== ticketId) return;
		change((now) => retarget(now, message, mode));
		open("reply");
	});
	useCommands([
		{
			id: "ticket.comment",
			label: t("keys.comment"),
			section: "ticket",
			shortcut: "comment",
			icon: MessageSquareLock,
			isAvailable: () => canComment,
			run: () => open("comment"),
		},
		{
			id: "ticket.template",
			label: t("keys.template"),
			section: "ticket",
			shortcut: "template",
			icon: LayoutTemplate,
			isAvailable: () => canReply,
			run: () => {
				open("reply");
				askForTemplate();
			},
		},
		{
			id: "ticket.forward",
			label: t("composer.forwardNewest"),
			section: "ticket",
			shortcut: "forward",
			icon: Forward,
			isAvailable: () => canReply && lastMail(ticketId) !== undefined,
			run: () => {
				const message = lastMail(ticketId);
				if (message) answerMessage(message, "forward");
			},
		},
	]);

	const mayReply = detail?.abilities.includes("reply") ?? true;
	const lostReply = !mayReply && !isEmptyDraft(draft) && <LostReply draft={draft} />;

	/* The thread's place says what is to be done first. */
	if (!tab && hasNobody) return null;
	if (!tab) {
		return (
			<footer className={css.closed}>
				<p className={css.locked}>
					<Lock size={14} aria-hidden /> {t("composer.cannotReply")}
				</p>
				{lostReply}
			</footer>
		);
	}
	if (isElsewhere) {
		return (
			<footer className={css.closed} data-region="composer">
				<div className={frameCss.elsewhere} role="status">
					<span>{t("composer.elsewhere")}</span>
					<Button size="s" onPress={() => bringBack(ticketId)}>
						{t("composer.bringBack")}
					</Button>
				</div>
			</footer>
		);
	}
	if (!isOpen) {
		return (
			<footer className={css.closed} data-region="composer">
				{lostReply}
				<div className={css.starts}>
					{canReply && (
						<button type="button" className={css.start} onClick={() => open("reply")}>
							<Reply size={16} aria-hidden />
							{t("composer.placeholder")}
							<kbd>R</kbd>
						</button>
					)}
					{canComment && (
						<button type="button" className={css.start} data-tab="comment" onClick={() => open("comment")}>
							<MessageSquareLock size={16} aria-hidden />
							{t("comment.tab")}
							<kbd>N</kbd>
						</button>
					)}
				</div>
			</footer>
		);
	}
	const Pane = tab.Pane;
	return (
		<Frame ticketId={ticketId} tabs={tabs} tab={tab} onTab={open}>
			{lostReply}
			<Pane ticketId={ticketId} row={row} detail={detail} focusKey={focusKey} onDone={() => setOpened(undefined)} />
		</Frame>
	);
}
