import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { Message, TicketDetail } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { useReplyTarget, useSenders } from "../../data/composerData";
import type { Draft } from "../../data/drafts";
import { usePreference } from "../../data/preferences";
import { joinEntries } from "./addresses";
import { composeReply, type Quote } from "./composeReply";

const EMAIL = "1002";

/* What the draft and its target make of a reply: envelope, signature, quotation, and the whole as it leaves. */
export function useReply(ticketId: string, draft: Draft, detail: TicketDetail | undefined) {
	const t = useText();
	const { locale } = useIntl();
	const asked = useReplyTarget(ticketId, draft.inReplyToId);
	const newest = useReplyTarget(ticketId, undefined).data;
	const senders = useSenders().data ?? [];
	const mine = usePreference("signature");
	const target = asked.data;
	const mode = draft.mode ?? (target?.cc.length || detail?.replyTo?.cc?.length ? "replyAll" : "reply");
	const isForward = mode === "forward";
	const isMail = !target || target.channelId === EMAIL;

	const from = senders.find((s) => s.channelAccountId === (draft.channelAccountId ?? target?.channelAccountId));
	const given = target ? joinEntries(target.to) : (detail?.replyTo?.to ?? []).join(", ");
	const copies = target ? joinEntries(target.cc) : (detail?.replyTo?.cc ?? []).join(", ");
	const envelope = {
		to: draft.to ?? (isForward ? "" : given),
		cc: draft.cc ?? (mode === "replyAll" ? copies : ""),
		bcc: draft.bcc ?? "",
		subject: draft.subject ?? (isForward ? target?.forwardSubject : target?.subject) ?? "",
		from,
	};

	const ownSignature = from?.signatureOf === "USER" ? mine.html : from?.signatureOf === "TEAM" ? from.signature : "";
	const signature = draft.hasNoSignature || !isMail ? "" : (ownSignature ?? "");
	const message = target?.message;
	const quote = useMemo((): Quote | undefined => {
		if (!message || draft.hasNoQuote || !isMail) return undefined;
		return { message, intro: introOf(message, isForward, t, locale) };
	}, [message, draft.hasNoQuote, isMail, isForward, t, locale]);

	return {
		target,
		error: asked.error,
		senders,
		mode,
		isMail,
		isNewest: !message || !newest?.message || message.id === newest.message.id,
		envelope,
		signature,
		quote,
		compose: (stageId: string | undefined, seenId: string | undefined) => {
			const reply = composeReply({
				draft: { ...draft, ...envelope, subject: draft.subject, mode: draft.mode },
				signature,
				quote,
				answeredId: message?.id,
				stageId,
				seenId,
			});
			return isMail ? reply : { ...reply, to: undefined, cc: undefined, bcc: undefined };
		},
	};
}

function introOf(m: Message, isForward: boolean, t: ReturnType<typeof useText>, locale: string): string[] {
	const name = m.senderName || m.senderAddress || "";
	const time = fullTime(m.createdAt, locale);
	if (!isForward) return [t("composer.quote.intro", { name, time })];
	const lines = [
		t("composer.quote.forwarded"),
		t("composer.quote.from", { name: joinEntries([{ address: m.senderAddress ?? "", name: m.senderName }]) }),
		t("composer.quote.date", { time }),
	];
	if (m.subject) lines.push(t("composer.quote.subject", { subject: m.subject }));
	if (m.to?.length) lines.push(t("composer.quote.to", { names: joinEntries(m.to) }));
	return lines;
}
