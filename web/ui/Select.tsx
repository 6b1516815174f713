import { Check, ChevronDown } from "lucide-react";
import {
	Select as AriaSelect,
	Button,
	FieldError,
	Label,
	ListBox,
	ListBoxItem,
	Popover,
	SelectValue,
	Text,
} from "react-aria-components";
import { cx } from "./cx";
import css from "./Field.module.css";
import type { Choice } from "./MenuButton";

interface Props {
	label: string;
	choices: readonly Choice[];
	value: string | undefined;
	onChange: (id: string) => void;
	/* compact: for headers; the label is read, and shown in front of the value. */
	isCompact?: boolean;
	isDisabled?: boolean;
	placeholder?: string;
	hint?: string;
	error?: string;
	note?: string;
	isRequired?: boolean;
	/* Opens at once: where a press on a value made the field appear. */
	isOpenAtFirst?: boolean;
	onOpenChange?: (isOpen: boolean) => void;
	className?: string;
}

export function Select(p: Props) {
	return (
		<AriaSelect
			className={cx(!p.isCompact && css.field, p.className)}
			aria-label={p.isCompact ? p.label : undefined}
			value={p.value ?? null}
			onChange={(key) => key !== null && p.onChange(String(key))}
			isDisabled={p.isDisabled}
			isInvalid={!!p.error}
			isRequired={p.isRequired}
			validationBehavior="aria"
			defaultOpen={p.isOpenAtFirst}
			onOpenChange={p.onOpenChange}
			placeholder={p.placeholder}
		>
			{!p.isCompact && (
				<span className={css.top}>
					<Label className={css.label}>{p.label}</Label>
					{p.note && <span className={css.note}>{p.note}</span>}
				</span>
			)}
			<Button className={cx(css.select, p.isCompact && css.compact)} data-prefix={p.label}>
				<SelectValue className={css.value}>
					{({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
				</SelectValue>
				<ChevronDown size={14} className={css.arrow} aria-hidden />
			</Button>
			{p.hint && (
				<Text slot="description" className={css.hint}>
					{p.hint}
				</Text>
			)}
			<FieldError className={css.error}>{p.error}</FieldError>
			<Popover className={css.popover} offset={4}>
				<ListBox className={css.list} items={p.choices}>
					{(c) => (
						<ListBoxItem id={c.id} textValue={c.label} className={css.option}>
							{c.icon}
							<span>{c.label}</span>
							<Check size={14} className={css.tick} aria-hidden />
						</ListBoxItem>
					)}
				</ListBox>
			</Popover>
		</AriaSelect>
	);
}
