import { useEffect, useRef } from "react";
import css from "./Editor.module.css";
import type { EditorProps } from "./EditorProps";
import { textToHtml } from "./textToHtml";

/* Takes the first words while the rich editor is still on its way. */
export function PlainEditor({ text, label, placeholder, onChange, focusKey, isLocked }: EditorProps) {
	const area = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		if (focusKey) area.current?.focus();
	}, [focusKey]);
	return (
		<div className={css.editor}>
			<textarea
				ref={area}
				className={css.plain}
				aria-label={label}
				placeholder={placeholder}
				value={text}
				readOnly={isLocked}
				onChange={(e) => onChange(textToHtml(e.target.value), e.target.value)}
			/>
			<div className={css.toolbar} />
		</div>
	);
}
