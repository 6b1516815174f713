import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, CheckboxGroup as AriaGroup, FieldError, Label } from "react-aria-components";
import css from "./Checkbox.module.css";
import { cx } from "./cx";
import field from "./Field.module.css";
import type { Choice } from "./MenuButton";

interface Props {
	isSelected?: boolean;
	onChange?: (on: boolean) => void;
	/* In a group: what it stands for. */
	value?: string;
	isDisabled?: boolean;
	"aria-label"?: string;
	children?: ReactNode;
}

export function Checkbox({ children, ...rest }: Props) {
	return (
		<AriaCheckbox {...rest} className={css.checkbox}>
			<span className={css.box} aria-hidden>
				<Check size={13} strokeWidth={3} />
			</span>
			{children}
		</AriaCheckbox>
	);
}

interface GroupProps {
	label: string;
	note?: string;
	choices: readonly Choice[];
	value: string[];
	onChange: (values: string[]) => void;
	isRequired?: boolean;
	error?: string;
	className?: string;
}

/* Several of some choices. */
export function CheckboxGroup({ label, note, choices, error, className, ...rest }: GroupProps) {
	return (
		<AriaGroup {...rest} isInvalid={!!error} validationBehavior="aria" className={cx(field.field, className)}>
			<span className={field.top}>
				<Label className={field.label}>{label}</Label>
				{note && <span className={field.note}>{note}</span>}
			</span>
			<div className={css.choices}>
				{choices.map((c) => (
					<Checkbox key={c.id} value={c.id}>
						{c.label}
					</Checkbox>
				))}
			</div>
			<FieldError className={field.error}>{error}</FieldError>
		</AriaGroup>
	);
}
