import { useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { EDITOR_DEFAULT, EDITOR_MAX, EDITOR_MIN, usePrefs } from "../../data/prefs";
import css from "./Frame.module.css";

const STEP = 24;

/* The upper edge of the composer: drag it, or use the arrow keys, for more room to write; a double click puts it back. */
export function HeightHandle() {
	const t = useText();
	const { editorHeight, setEditorHeight } = usePrefs();
	const from = useRef<{ y: number; height: number }>(undefined);
	const height = editorHeight ?? EDITOR_DEFAULT;
	return (
		<div
			role="separator"
			tabIndex={0}
			aria-orientation="horizontal"
			aria-label={t("composer.resize")}
			aria-valuenow={height}
			aria-valuemin={EDITOR_MIN}
			aria-valuemax={EDITOR_MAX}
			className={css.handle}
			onPointerDown={(e) => {
				e.currentTarget.setPointerCapture(e.pointerId);
				from.current = { y: e.clientY, height };
			}}
			onPointerMove={(e) => from.current && setEditorHeight(from.current.height + from.current.y - e.clientY)}
			onPointerUp={() => {
				from.current = undefined;
			}}
			onDoubleClick={() => setEditorHeight(undefined)}
			onKeyDown={(e) => {
				const step = { ArrowUp: STEP, ArrowDown: -STEP }[e.key];
				if (!step) return;
				e.preventDefault();
				setEditorHeight(height + step);
			}}
		/>
	);
}
