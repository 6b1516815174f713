import { useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { ReplyDraft } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { isClosedStage, useStages } from "../../data/reference";
import { ticketStore } from "../../data/ticketStore";
import { newestMessage, refreshTicket, sendReply } from "../../data/tickets";
import { useErrorText } from "../../shell/useErrorText";
import { parseAddresses } from "./addresses";
import { missingIn } from "./editor/nodes/tokens";
import type { LiveDraft } from "./useDraft";

interface Props {
	ticketId: string;
	pipelineId: string | undefined;
	/* With the recipients filled in. */
	draft: LiveDraft & { to: string; cc: string; bcc: string };
	/* Another channel has neither addresses nor copies. */
	isMail: boolean;
	isUploading: boolean;
	/* The whole as it leaves. */
	compose: (stageId: string | undefined, seenId: string | undefined) => ReplyDraft;
	onBadRecipients: () => void;
	onSent: () => void;
}

/* Checks a reply, sends it, and tells what came of it. A reply that the server held back because of newer messages waits in `newer`. */
export function useSend(p: Props) {
	const { ticketId, pipelineId, draft, isMail, isUploading, compose, onBadRecipients, onSent } = p;
	const t = useText();
	const errorText = useErrorText();
	const stages = useStages(pipelineId);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();
	const [newer, setNewer] = useState<{ stageId?: string; seenId?: string }>();

	// biome-ignore lint/correctness/useExhaustiveDependencies: what was said about another ticket's reply is not about this one
	useEffect(() => {
		setProblem(undefined);
		setNewer(undefined);
		setBusy(false);
	}, [ticketId]);

	/* What keeps it from being sent, in words; undefined: nothing. */
	function obstacle(): string | undefined {
		if (!draft.text.trim() && !/<(img|div data-card)\b/i.test(draft.html) && !draft.files?.length)
			return t("composer.empty");
		const missing = missingIn(draft.text);
		if (missing.length) return t("composer.missing", { count: missing.length, names: missing.join(", ") });
		if (isUploading) return t("attach.wait");
		if (!isMail) return undefined;
		const lines = [draft.to, draft.cc, draft.bcc].map(parseAddresses);
		const bad = lines.find((l) => l.bad)?.bad;
		if (!bad && lines.some((l) => l.addresses.length)) return undefined;
		onBadRecipients();
		return bad ? t("composer.badRecipient", { address: bad }) : t("composer.noRecipient");
	}

	async function send(stageId?: string, seenId = draft.seenId ?? newestMessage(ticketId)?.id) {
		if (isBusy) return;
		const why = obstacle();
		setProblem(why);
		if (why) return;
		setBusy(true);
		setNewer(undefined);
		try {
			await sendReply(ticketId, compose(stageId, seenId));
			const stage = stages.find((s) => s.id === stageId);
			if (stage) ticketStore.confirmPending(ticketId, { stageId: stage.id, isClosed: isClosedStage(stage) });
			setBusy(false);
			onSent();
			toast("good", t("composer.sent"));
		} catch (e) {
			setBusy(false);
			if (e instanceof ApiError && e.status === 409 && e.category === "NEWER_MESSAGES") {
				await refreshTicket(ticketId);
				setNewer({ stageId, seenId });
			} else setProblem(`${t("composer.notSent")} ${errorText(e)}`);
		}
	}

	return { send, isBusy, problem, newer, dismissNewer: () => setNewer(undefined) };
}
