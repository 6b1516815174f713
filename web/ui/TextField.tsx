import type { ReactNode, Ref } from "react";
import { TextField as AriaField, FieldError, Input, Label, Text, type TextFieldProps } from "react-aria-components";
import { cx } from "./cx";
import css from "./Field.module.css";

interface Props extends Omit<TextFieldProps, "className" | "children" | "style" | "isInvalid"> {
	label: string;
	note?: ReactNode;
	hint?: string;
	error?: string;
	placeholder?: string;
	className?: string;
	/* Only read out: where the place and a placeholder say enough. */
	isLabelHidden?: boolean;
	inputRef?: Ref<HTMLInputElement>;
}

/* A labelled line of text with a hint and, when wrong, a sentence that says how to put it right. */
export function TextField({
	label,
	note,
	hint,
	error,
	placeholder,
	className,
	isLabelHidden,
	inputRef,
	...rest
}: Props) {
	return (
		<AriaField
			{...rest}
			aria-label={isLabelHidden ? label : undefined}
			isInvalid={!!error}
			validationBehavior="aria"
			className={cx(css.field, className)}
		>
			{!isLabelHidden && (
				<span className={css.top}>
					<Label className={css.label}>{label}</Label>
					{note && <span className={css.note}>{note}</span>}
				</span>
			)}
			<Input ref={inputRef} className={css.input} placeholder={placeholder} />
			{hint && !error && (
				<Text slot="description" className={css.hint}>
					{hint}
				</Text>
			)}
			<FieldError className={css.error}>{error}</FieldError>
		</AriaField>
	);
}
