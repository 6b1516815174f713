import { Check } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { cx } from "#ui";
import css from "./SelectBox.module.css";
import { selection, useHasSelection, useIsSelected } from "./selection";

/* The box of a row. The grid is one stop of the Tab key and X does the same, so the box takes none of its own. */
export function SelectBox({ id, subject, className }: { id: string; subject: string; className?: string }) {
	const t = useText();
	const isSelected = useIsSelected(id);
	const hasSome = useHasSelection();
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the keys
		<span
			role="checkbox"
			aria-checked={isSelected}
			aria-label={t("bulk.select", { subject })}
			className={cx(css.box, className)}
			data-shown={hasSome ? "" : undefined}
			onPointerDown={(e) => e.stopPropagation()}
			onClick={(e) => {
				e.stopPropagation();
				if (e.shiftKey) selection.extendTo(id);
				else selection.toggle(id);
			}}
		>
			<span className={css.mark}>{isSelected && <Check size={13} strokeWidth={3} aria-hidden />}</span>
		</span>
	);
}
