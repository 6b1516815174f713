import { ChevronDown, ChevronUp } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, IconButton } from "#ui";
import { useUser } from "../../data/session";
import { newestMessage } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import css from "./Composer.module.css";
import { type EditorProps, PlainEditor, RichEditor } from "./editor";
import { NewerNotice } from "./NewerNotice";
import { Recipients } from "./Recipients";
import recipientsCss from "./Recipients.module.css";
import { SendBar } from "./SendBar";
import type { PaneProps } from "./tabs";
import { useDraft } from "./useDraft";
import { useSend } from "./useSend";

/* The reply: who gets it, what it says, and the bar that sends it. */
export function ReplyComposer({ ticketId, row, detail, focusKey, onDone }: PaneProps) {
	const t = useText();
	const user = useUser();
	const { draft, change, clear } = useDraft(user.id, ticketId);
	const [showsTo, setShowsTo] = useState(draft.to !== undefined || !!draft.cc || !!draft.bcc);
	const root = useRef<HTMLDivElement>(null);
	const to = draft.to ?? (detail?.replyTo?.to ?? []).join(", ");
	const cc = draft.cc ?? (detail?.replyTo?.cc ?? []).join(", ");
	const finish = () => {
		clear();
		onDone();
	};
	const { send, isBusy, problem, newer, dismissNewer } = useSend({
		ticketId,
		pipelineId: row?.pipelineId,
		draft: { ...draft, to, cc, bcc: draft.bcc ?? "" },
		onBadRecipients: () => setShowsTo(true),
		onSent: finish,
	});

	useAction("send", (e) => {
		if (!root.current?.contains(e.target as Node)) return false;
		void send();
	});
	useAction("close", () => false);

	const editor: EditorProps = {
		docId: `${ticketId}.${draft.revision}`,
		html: draft.html,
		text: draft.text,
		label: t("composer.editorLabel"),
		placeholder: t("composer.placeholder"),
		onChange: (html, text) => change({ html, text }),
		focusKey,
	};
	return (
		<div ref={root}>
			<div className={recipientsCss.head}>
				<span className={recipientsCss.toLine} dir="auto">
					{t("composer.replyTo", { names: to || "…" })}
				</span>
				<IconButton
					label={t("composer.showCopies")}
					size="s"
					aria-expanded={showsTo}
					onPress={() => setShowsTo(!showsTo)}
				>
					{showsTo ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
				</IconButton>
			</div>
			{showsTo && <Recipients from={detail?.replyTo?.from} to={to} cc={cc} bcc={draft.bcc ?? ""} onChange={change} />}
			<Suspense fallback={<PlainEditor {...editor} />}>
				<RichEditor {...editor} />
			</Suspense>
			{newer && (
				<NewerNotice
					ticketId={ticketId}
					seenId={newer.seenId}
					onSend={() => void send(newer.stageId, newestMessage(ticketId)?.id)}
					onEdit={dismissNewer}
				/>
			)}
			{problem && (
				<div className={css.problem}>
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				</div>
			)}
			<SendBar
				pipelineId={row?.pipelineId}
				savedAt={draft.savedAt}
				isBusy={isBusy}
				onSend={(stageId) => void send(stageId)}
				onDiscard={finish}
			/>
		</div>
	);
}
