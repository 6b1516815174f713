import type { Editor } from "@tiptap/core";
import { Suspense, useCallback, useId, useMemo } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { rawSnippet } from "../../data/libraryTexts";
import { useErrorText } from "../../shell/useErrorText";
import { PlainEditor, RichEditor } from "../composer/editor";
import { snippetSource } from "../composer/editor/insert/insertSources";
import css from "./RichField.module.css";
import { TokensMenu } from "./TokensMenu";

interface Props {
	/* Another id means another text. */
	id: string;
	label: string;
	placeholder: string;
	html: string;
	error?: string;
	/* It takes placeholders and snippets. */
	isTemplate?: boolean;
	onChange: (html: string) => void;
}

/* A rich text with tokens, in the editor that replies are written in. Here tokens stay as they are written. */
export function RichField({ id, label, placeholder, html, error, isTemplate = false, onChange }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const errorId = useId();
	const tools = useCallback(
		(editor: Editor) => (
			<TokensMenu
				hasPlaceholders={isTemplate}
				onPick={(token, selected) => {
					editor.view.focus();
					const { from } = editor.state.selection;
					editor.chain().focus().insertContent(token).run();
					if (selected) editor.commands.setTextSelection({ from: from + selected.from, to: from + selected.to });
				}}
			/>
		),
		[isTemplate],
	);
	const sources = useMemo(
		() => (isTemplate ? [snippetSource(t, rawSnippet, (e) => toast("bad", errorText(e)))] : []),
		[isTemplate, t, errorText],
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
		sources,
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
