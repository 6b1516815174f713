import type { Editor } from "@tiptap/core";
import { Suspense, useMemo, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner } from "#ui";
import { fillToken } from "../../data/composerData";
import { isEmptyDraft } from "../../data/drafts";
import { useUser } from "../../data/session";
import { newestMessage } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import { offerUndo } from "../manage";
import { AttachButton } from "./attachments/AttachButton";
import { AttachmentBar } from "./attachments/AttachmentBar";
import { useAttachments } from "./attachments/useAttachments";
import { BelowText } from "./BelowText";
import css from "./Composer.module.css";
import { contactSource } from "./contactSource";
import { type EditorProps, PlainEditor, RichEditor } from "./editor";
import { useInserts } from "./editor/insert/useInserts";
import { KeptDraft } from "./KeptDraft";
import { NewerNotice } from "./NewerNotice";
import { ReplyHead } from "./ReplyHead";
import { SendBar } from "./SendBar";
import type { PaneProps } from "./tabs";
import { retarget } from "./target";
import { useDraft } from "./useDraft";
import { useReply } from "./useReply";
import { useSend } from "./useSend";

/* The reply: what it answers, who gets it, what it says, and the bar that sends it. */
export function ReplyComposer({ ticketId, detail, focusKey, onDone }: PaneProps) {
	const t = useText();
	const errorText = useErrorText();
	const user = useUser();
	const { draft, change, clear, putBack, takeKept, dropKept } = useDraft(user.id, ticketId);
	const [wideFor, setWideFor] = useState<string>();
	const root = useRef<HTMLDivElement>(null);
	const reply = useReply(ticketId, draft, detail);
	const attachments = useAttachments({ draftId: `${user.id}.${ticketId}.reply`, draft, change });
	const finish = (why: "sent" | "discarded") => {
		clear(why);
		setWideFor(undefined);
		onDone();
	};
	const discard = () => {
		const old = draft;
		finish("discarded");
		if (!isEmptyDraft(old)) offerUndo(t("draft.discarded"), { label: t("sending.undo"), run: () => putBack(old) });
	};
	const stages = detail?.stages ?? [];
	const { send, isBusy, problem, newer, dismissNewer } = useSend({
		userId: user.id,
		ticketId,
		draft: { ...draft, ...reply.envelope },
		own: draft,
		isMail: reply.isMail,
		isUploading: attachments.uploads.length > 0,
		compose: reply.compose,
		onBadRecipients: () => setWideFor(ticketId),
		onSent: () => finish("sent"),
	});

	useAction("send", (e) => {
		if (!root.current?.contains(e.target as Node)) return false;
		void send();
	});
	useAction("sendAndClose", (e) => {
		const closed = stages.find((s) => s.isClosed && s.mayMove);
		if (!closed || !root.current?.contains(e.target as Node)) return false;
		void send({ stage: closed });
	});
	useAction("close", () => false);

	const addRecipient = useRef((_text: string) => {});
	addRecipient.current = (text) => {
		const has = [reply.envelope.to, reply.envelope.cc, reply.envelope.bcc].join(", ").toLowerCase();
		const address = /<(.*)>$/.exec(text)?.[1] ?? text;
		if (!has.includes(address.toLowerCase())) change({ to: [reply.envelope.to, text].filter(Boolean).join(", ") });
	};
	/* an answer keeps the subject of what it answers */
	const isFirst = reply.target !== undefined && !reply.target.message;
	const inserts = useInserts(ticketId, "reply", isFirst ? (subject) => change({ subject }) : undefined);
	const contacts = useMemo(() => contactSource(t("composer.contacts"), (text) => addRecipient.current(text)), [t]);
	const sources = useMemo(() => [contacts, ...inserts.sources], [contacts, inserts.sources]);
	const { attach, take } = attachments;
	const tools = (editor: Editor) => (
		<>
			<AttachButton onFiles={attach} />
			{inserts.menu(editor)}
		</>
	);

	const editor: EditorProps = {
		isLocked: isBusy,
		docId: `${ticketId}.${draft.revision}`,
		html: draft.html,
		text: draft.text,
		label: t("composer.editorLabel"),
		placeholder: t("composer.placeholder"),
		onChange: (html, text) => change({ html, text }),
		focusKey,
		sources,
		onFiles: take,
		tools,
		fillToken: (name) => fillToken(ticketId, name),
	};
	const trouble = problem ?? attachments.problem ?? (reply.error ? errorText(reply.error) : undefined);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere on the reply
		<div
			ref={root}
			className={css.pane}
			data-pane
			onKeyDown={(e) => {
				/* over the page the keys of the page rest */
				if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || !root.current?.closest("[role=dialog]")) return;
				e.preventDefault();
				void send();
			}}
			onDragOver={(e) => e.dataTransfer.types.includes("Files") && e.preventDefault()}
			onDrop={(e) => {
				if (e.defaultPrevented || e.dataTransfer.files.length === 0) return;
				e.preventDefault();
				attach([...e.dataTransfer.files]);
			}}
		>
			<ReplyHead
				key={ticketId}
				envelope={reply.envelope}
				senders={reply.senders}
				target={reply.target}
				mode={reply.mode}
				isNewest={reply.isNewest}
				isMail={reply.isMail}
				isWide={wideFor === ticketId}
				hasOwnSubject={draft.subject !== undefined}
				onChange={change}
				onMode={(mode) => change((now) => retarget(now, reply.target?.message, mode))}
				onNewest={() => change((now) => retarget(now, undefined, undefined))}
				extra={[]}
			/>
			<Suspense fallback={<PlainEditor {...editor} />}>
				<RichEditor {...editor} />
			</Suspense>
			<BelowText
				key={`${ticketId}.${reply.target?.message?.id}`}
				signature={reply.signature}
				quote={reply.quote && [...reply.quote.intro, "", reply.quote.message.text ?? ""].join("\n")}
				onNoSignature={() => change({ hasNoSignature: true })}
				onNoQuote={() => change({ hasNoQuote: true })}
			/>
			<AttachmentBar
				files={attachments.files}
				uploads={attachments.uploads}
				onRemove={attachments.remove}
				onCancel={attachments.cancel}
				onRetry={attachments.retry}
			/>
			<KeptDraft draft={draft} onTake={takeKept} onDrop={dropKept} />
			{newer && (
				<NewerNotice
					ticketId={ticketId}
					seenId={newer.seenId}
					onSend={() => void send(newer, newestMessage(ticketId)?.id)}
					onEdit={dismissNewer}
					onDiscard={() => {
						dismissNewer();
						discard();
					}}
				/>
			)}
			{trouble && (
				<div className={css.problem}>
					<Banner tone="bad" role="alert">
						{trouble}
					</Banner>
				</div>
			)}
			{inserts.dialog}
			<SendBar stages={stages} draft={draft} isBusy={isBusy} onSend={(as) => void send(as)} onDiscard={discard} />
		</div>
	);
}
