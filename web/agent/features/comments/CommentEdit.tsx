import { Suspense, useMemo, useRef, useState } from "react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button } from "#ui";
import { editComment } from "../../data/comments";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import { type EditorProps, PlainEditor, RichEditor } from "../composer/editor";
import { begunEdit, keepEdit } from "./begunEdit";
import css from "./Comments.module.css";
import { mentionSource } from "./mentionSource";

/* A comment of one's own, in its place in the thread. */
export function CommentEdit({ comment, onDone }: { comment: Message; onDone: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const root = useRef<HTMLDivElement>(null);
	const [{ html, text }, setEdit] = useState(
		() => begunEdit(comment.id) ?? { html: comment.html ?? "", text: comment.text ?? "" },
	);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();
	const sources = useMemo(() => [mentionSource(comment.ticketId, t("comment.people"))], [comment.ticketId, t]);

	function leave() {
		keepEdit(comment.id, undefined);
		onDone();
	}
	async function save() {
		if (isBusy) return;
		if (!text.trim()) return setProblem(t("comment.empty"));
		setBusy(true);
		try {
			await editComment(comment, html);
			leave();
		} catch (e) {
			setBusy(false);
			setProblem(t("comment.notSaved", { reason: errorText(e) }));
		}
	}
	useAction("send", (e) => {
		if (!root.current?.contains(e.target as Node)) return false;
		void save();
	});

	const editor: EditorProps = {
		docId: comment.id,
		html,
		text,
		label: t("comment.editLabel"),
		placeholder: t("comment.placeholder"),
		onChange: (nextHtml, nextText) => {
			const next = { html: nextHtml, text: nextText };
			setEdit(next);
			keepEdit(comment.id, next);
		},
		focusKey: 1,
		sources,
	};
	return (
		<div ref={root} className={css.edit}>
			<Suspense fallback={<PlainEditor {...editor} />}>
				<RichEditor {...editor} />
			</Suspense>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
			<div className={css.editFoot}>
				<Button size="s" look="quiet" onPress={leave} isDisabled={isBusy}>
					{t("common.cancel")}
				</Button>
				<Button size="s" look="solid" onPress={() => void save()} isDisabled={isBusy}>
					{t("common.save")}
				</Button>
			</div>
		</div>
	);
}
