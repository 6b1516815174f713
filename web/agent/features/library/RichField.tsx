import type { Editor } from "@tiptap/core";
import { type ReactNode, Suspense, useId } from "react";
import { Skeleton } from "#ui";
import { RichEditor } from "../composer/editor";
import type { FillToken } from "../composer/editor/nodes/tokens";
import type { SuggestSource } from "../composer/editor/suggest/source";
import css from "./RichField.module.css";

interface Props {
	/* Another id means another text. */
	id: string;
	label: string;
	placeholder: string;
	html: string;
	error?: string;
	/* The cursor goes into it. */
	hasFocus?: boolean;
	tools: (editor: Editor) => ReactNode;
	sources: readonly SuggestSource[];
	fillToken?: FillToken;
	onChange: (html: string, text: string) => void;
}

/* A rich text as a field of a form, in the editor that replies are written in. */
export function RichField({
	id,
	label,
	placeholder,
	html,
	error,
	hasFocus,
	tools,
	sources,
	fillToken,
	onChange,
}: Props) {
	const errorId = useId();
	const editor = {
		docId: id,
		html,
		text: "",
		label,
		placeholder,
		onChange,
		focusKey: hasFocus ? 1 : 0,
		tools,
		sources,
		fillToken,
	};
	return (
		<div>
			<span className={css.label}>{label}</span>
			<div className={css.box} data-invalid={error ? "" : undefined}>
				<Suspense fallback={<Skeleton width="100%" height={140} />}>
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
