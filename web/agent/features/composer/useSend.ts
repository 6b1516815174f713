import { useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { HeldReply, ReplyDraft, StageChoice } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { resumeDraft, settleDraft } from "../../data/draftStore";
import { loadDraft } from "../../data/drafts";
import { toWire } from "../../data/draftWire";
import { holdReply } from "../../data/held";
import { currentPreferences, loadPreferences } from "../../data/preferences";
import { ticketStore } from "../../data/ticketStore";
import { newestMessage, refreshTicket, sendReply } from "../../data/tickets";
import { useErrorText } from "../../shell/useErrorText";
import { undoHeld } from "../held";
import { offerUndo, type Properties, withRequired } from "../manage";
import { parseAddresses } from "./addresses";
import { missingIn } from "./editor/nodes/tokens";
import type { LiveDraft } from "./useDraft";
import { useTellElsewhere } from "./useTellElsewhere";

/* How it is sent: with a status, at a time. */
export interface SendAs {
	stage?: StageChoice;
	at?: Date;
}

interface Props {
	userId: string;
	ticketId: string;
	/* With the recipients filled in. */
	draft: LiveDraft & { to: string; cc: string; bcc: string };
	/* As it is typed. */
	own: LiveDraft;
	/* Another channel has neither addresses nor copies. */
	isMail: boolean;
	isUploading: boolean;
	/* The whole as it leaves. */
	compose: (stageId: string | undefined, seenId: string | undefined) => ReplyDraft;
	onBadRecipients: () => void;
	onSent: () => void;
}

/* Checks a reply, sends it or has it held for a while, and tells what came of it. A reply that the server held back because of newer
 * messages waits in `newer`. */
export function useSend(p: Props) {
	const { userId, ticketId, draft, own, isMail, isUploading, compose, onBadRecipients, onSent } = p;
	const t = useText();
	const errorText = useErrorText();
	const [busyFor, setBusyFor] = useState<string>();
	const isBusy = busyFor === ticketId;
	const [problem, setProblem] = useState<string>();
	const [newer, setNewer] = useState<SendAs & { seenId?: string }>();

	// biome-ignore lint/correctness/useExhaustiveDependencies: what was said about another ticket's reply is not about this one
	useEffect(() => {
		setProblem(undefined);
		setNewer(undefined);
		setBusyFor(undefined);
	}, [ticketId]);
	const tellElsewhere = useTellElsewhere(ticketId);

	/* What keeps it from being sent, in words; undefined: nothing. */
	function obstacle(): string | undefined {
		if (!draft.text.trim() && !/<(img|div data-card)\b/i.test(draft.html) && !draft.files?.length)
			return t("composer.empty");
		const missing = missingIn(`${draft.subject ?? ""}\n${draft.text}`);
		if (missing.length) return t("composer.missing", { count: missing.length, names: missing.join(", ") });
		if (isUploading) return t("attach.wait");
		if (!isMail) return undefined;
		const lines = [draft.to, draft.cc, draft.bcc].map(parseAddresses);
		const bad = lines.find((l) => l.bad)?.bad;
		if (!bad && lines.some((l) => l.addresses.length)) return undefined;
		onBadRecipients();
		return bad ? t("composer.badRecipient", { address: bad }) : t("composer.noRecipient");
	}

	function told(held: HeldReply, as: SendAs) {
		if (as.at) return toast("good", t("sending.scheduled"));
		offerUndo(t("sending.held"), { label: t("sending.undo"), run: () => void undoHeld(userId, held, t, errorText) });
	}

	async function hand(as: SendAs, seenId: string | undefined, properties: Properties) {
		const reply = compose(as.stage?.id, seenId);
		if (Object.keys(properties).length) reply.properties = properties;
		const written = { text: draft.text, draft: loadDraft(userId, ticketId) };
		/* A page that was just loaded may not know it yet. */
		const { undoSeconds } = await loadPreferences().catch(currentPreferences);
		if (as.at || undoSeconds > 0) {
			const when = as.at ? { sendAt: as.at.toISOString() } : { undoSeconds };
			const { version, device, ...kept } = toWire(own, 0, false);
			const held = await holdReply(ticketId, { ...reply, draft: kept, ...when }, written);
			return held ? told(held, as) : toast("good", t("unsent.kept"));
		}
		if (!(await sendReply(ticketId, reply, written))) return toast("good", t("unsent.kept"));
		const { stage } = as;
		if (stage) ticketStore.confirmPending(ticketId, { stageId: stage.id, isClosed: stage.isClosed });
		toast("good", t("composer.sent"));
	}

	async function send(as: SendAs = {}, seenId = draft.seenId ?? newestMessage(ticketId)?.id) {
		if (isBusy) return;
		const why = obstacle();
		setProblem(why);
		if (why) return;
		setBusyFor(ticketId);
		setNewer(undefined);
		try {
			await settleDraft(userId, ticketId);
			const about = { stageLabel: as.stage?.label, missing: as.stage?.missingProperties };
			const done = await withRequired((properties) => hand(as, seenId, properties), about);
			setBusyFor(undefined);
			if (done !== "cancelled") onSent();
			else resumeDraft(userId, ticketId);
		} catch (e) {
			setBusyFor(undefined);
			resumeDraft(userId, ticketId);
			const isNewer = e instanceof ApiError && e.category === "NEWER_MESSAGES";
			if (tellElsewhere(isNewer ? t("unsent.newer") : errorText(e))) return;
			if (isNewer) {
				await refreshTicket(ticketId);
				setNewer({ ...as, seenId });
			} else setProblem(`${t("composer.notSent")} ${errorText(e)}`);
		}
	}

	return { send, isBusy, problem, newer, dismissNewer: () => setNewer(undefined) };
}
