import type { Ref } from "react";
import {
	TextField as AriaField,
	TextArea as AriaTextArea,
	FieldError,
	Label,
	Text,
	type TextFieldProps,
} from "react-aria-components";
import { cx } from "./cx";
import css from "./Field.module.css";

interface Props extends Omit<TextFieldProps, "className" | "children" | "style" | "isInvalid"> {
	label: string;
	note?: string;
	hint?: string;
	error?: string;
	rows?: number;
	className?: string;
	inputRef?: Ref<HTMLTextAreaElement>;
}

/* Several lines of text. */
export function TextArea({ label, note, hint, error, rows = 3, className, inputRef, ...rest }: Props) {
	return (
		<AriaField {...rest} isInvalid={!!error} validationBehavior="aria" className={cx(css.field, className)}>
			<span className={css.top}>
				<Label className={css.label}>{label}</Label>
				{note && <span className={css.note}>{note}</span>}
			</span>
			<AriaTextArea ref={inputRef} rows={rows} className={cx(css.input, css.area)} />
			{hint && !error && (
				<Text slot="description" className={css.hint}>
					{hint}
				</Text>
			)}
			<FieldError className={css.error}>{error}</FieldError>
		</AriaField>
	);
}
