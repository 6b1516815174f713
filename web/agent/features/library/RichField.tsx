import type { Editor } from "@tiptap/core";
import { Suspense, useCallback, useId } from "react";
import { PlainEditor, RichEditor } from "../composer/editor";
import css from "./RichField.module.css";
import { TokensMenu } from "./TokensMenu";

interface Props {
	/* Another id means another text. */
	id: string;
	label: string;
	placeholder: string;
	html: string;
	error?: string;
	hasPlaceholders?: boolean;
	onChange: (html: string) => void;
}

/* A rich text with tokens, in the editor that replies are written in. Here tokens stay as they are written. */
export function RichField({ id, label, placeholder, html, error, hasPlaceholders = false, onChange }: Props) {
	const errorId = useId();
	const tools = useCallback(
		(editor: Editor) => (
			<TokensMenu
				hasPlaceholders={hasPlaceholders}
				onPick={(token, selected) => {
					editor.view.focus();
					const { from } = editor.state.selection;
					editor.chain().focus().insertContent(token).run();
					if (selected) editor.commands.setTextSelection({ from: from + selected.from, to: from + selected.to });
				}}
			/>
		),
		[hasPlaceholders],
	);
	const editor = {
		docId: id,
		html,
		text: "",
		label,
		placeholder,
		onChange: (next: string) => onChange(next),
		focusKey: 0,
		tools,
	};
	return (
		<div>
			<span className={css.label}>{label}</span>
			<div className={css.box} data-invalid={error ? "" : undefined}>
				<Suspense fallback={<PlainEditor {...editor} />}>
					<RichEditor {...editor} />
				</Suspense>
			</div>
			{error && (
				<p className={css.error} id={errorId} role="alert">
					{error}
				</p>
			)}
		</div>
	);
}
