import type { Editor } from "@tiptap/core";
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, toast } from "#ui";
import { addComment } from "../../data/comments";
import { loadDraft } from "../../data/drafts";
import { useUser } from "../../data/session";
import { useAction } from "../../shell/actions";
import { shortcutText } from "../../shell/keymapOfMine";
import { useErrorText } from "../../shell/useErrorText";
import { AttachButton } from "../composer/attachments/AttachButton";
import { AttachmentBar } from "../composer/attachments/AttachmentBar";
import { useAttachments } from "../composer/attachments/useAttachments";
import frame from "../composer/Composer.module.css";
import { DraftState } from "../composer/DraftState";
import { type EditorProps, PlainEditor, RichEditor } from "../composer/editor";
import { useInserts } from "../composer/editor/insert/useInserts";
import { missingIn } from "../composer/editor/nodes/tokens";
import { KeptDraft } from "../composer/KeptDraft";
import bar from "../composer/SendBar.module.css";
import type { PaneProps } from "../composer/tabs";
import { useDraft } from "../composer/useDraft";
import { useTellElsewhere } from "../composer/useTellElsewhere";
import css from "./Comments.module.css";
import { MentionOnAsk } from "./MentionOnAsk";
import { mentionSource } from "./mentionSource";

/* What colleagues say to each other: the customer never sees it. */
export function CommentComposer({ ticketId, focusKey, onDone }: PaneProps) {
	const t = useText();
	const errorText = useErrorText();
	const user = useUser();
	const { draft, change, clear, takeKept, dropKept } = useDraft(user.id, ticketId, "comment");
	const attachments = useAttachments({ draftId: `${user.id}.${ticketId}.comment`, draft, change });
	const [busyFor, setBusyFor] = useState<string>();
	const isBusy = busyFor === ticketId;
	const [problem, setProblem] = useState<string>();
	const root = useRef<HTMLDivElement>(null);
	const finish = (why: "sent" | "discarded") => {
		clear(why);
		onDone();
	};

	// biome-ignore lint/correctness/useExhaustiveDependencies: what was said about another ticket's comment is not about this one
	useEffect(() => {
		setProblem(undefined);
		setBusyFor(undefined);
	}, [ticketId]);
	const tellElsewhere = useTellElsewhere(ticketId);

	async function add() {
		if (isBusy) return;
		if (!draft.text.trim() && !/<img\b/i.test(draft.html)) return setProblem(t("comment.empty"));
		const missing = missingIn(draft.text);
		if (missing.length) return setProblem(t("composer.missing", { count: missing.length, names: missing.join(", ") }));
		if (attachments.uploads.length > 0) return setProblem(t("comment.uploading"));
		setBusyFor(ticketId);
		setProblem(undefined);
		try {
			const files = attachments.files.map(({ id, contentId }) => ({ fileId: id, contentId }));
			const comment = { html: draft.html, attachments: files.length ? files : undefined };
			const written = { text: draft.text, draft: loadDraft(user.id, ticketId, "comment") };
			if (!(await addComment(ticketId, comment, written))) toast("good", t("unsent.kept"));
			setBusyFor(undefined);
			finish("sent");
		} catch (e) {
			setBusyFor(undefined);
			if (!tellElsewhere(errorText(e))) setProblem(t("comment.notAdded", { reason: errorText(e) }));
		}
	}

	useAction("send", (e) => {
		if (!root.current?.contains(e.target as Node)) return false;
		void add();
	});
	useAction("close", () => false);

	const { attach, take } = attachments;
	const inserts = useInserts(ticketId, "comment");
	const sources = useMemo(
		() => [mentionSource(ticketId, t("comment.people")), ...inserts.sources],
		[ticketId, t, inserts.sources],
	);
	const { menu } = inserts;
	const tools = useCallback(
		(editor: Editor) => (
			<>
				<AttachButton onFiles={attach} />
				{menu(editor)}
				<MentionOnAsk editor={editor} />
			</>
		),
		[attach, menu],
	);
	const editor: EditorProps = {
		isLocked: isBusy,
		docId: `${ticketId}.comment.${draft.revision}`,
		html: draft.html,
		text: draft.text,
		label: t("comment.editorLabel"),
		placeholder: t("comment.placeholder"),
		onChange: (html, text) => change({ html, text }),
		focusKey,
		sources,
		onFiles: take,
		tools,
	};
	const trouble = problem ?? attachments.problem;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere on the comment
		<div
			ref={root}
			className={css.pane}
			onDragOver={(e) => e.dataTransfer.types.includes("Files") && e.preventDefault()}
			onDrop={(e) => {
				if (e.defaultPrevented || e.dataTransfer.files.length === 0) return;
				e.preventDefault();
				attach([...e.dataTransfer.files]);
			}}
		>
			<p className={css.hint}>{t("comment.hint")}</p>
			<Suspense fallback={<PlainEditor {...editor} />}>
				<RichEditor {...editor} />
			</Suspense>
			<AttachmentBar
				files={attachments.files}
				uploads={attachments.uploads}
				onRemove={attachments.remove}
				onCancel={attachments.cancel}
				onRetry={attachments.retry}
			/>
			{trouble && (
				<div className={frame.problem}>
					<Banner tone="bad" role="alert">
						{trouble}
					</Banner>
				</div>
			)}
			{inserts.dialog}
			<KeptDraft draft={draft} onTake={takeKept} onDrop={dropKept} />
			<div className={bar.foot}>
				<DraftState draft={draft} />
				<Button look="quiet" onPress={() => finish("discarded")} isDisabled={isBusy}>
					{t(draft.savedAt > 0 ? "composer.discard" : "common.cancel")}
				</Button>
				<Button look="solid" onPress={() => void add()} isDisabled={isBusy}>
					{t(isBusy ? "comment.adding" : "comment.add")}
					<kbd className={css.key}>{shortcutText("send")}</kbd>
				</Button>
			</div>
		</div>
	);
}
