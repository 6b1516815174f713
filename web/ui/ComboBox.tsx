import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
	ComboBox as AriaComboBox,
	Button,
	FieldError,
	Input,
	Label,
	ListBox,
	ListBoxItem,
	Popover,
	Text,
} from "react-aria-components";
import boxCss from "./ComboBox.module.css";
import css from "./Field.module.css";

export interface ComboChoice {
	id: string;
	label: string;
	/* A second line. */
	note?: string;
	icon?: ReactNode;
}

interface Props {
	label: string;
	note?: string;
	/* What stands in the field; the caller looks it up and gives the choices. */
	query: string;
	onQuery: (text: string) => void;
	choices: readonly ComboChoice[];
	onChoose: (id: string) => void;
	placeholder?: string;
	hint?: string;
	error?: string;
	/* In place of the choices when there are none. */
	empty: string;
	/* Names the button that shows the choices. */
	openLabel: string;
	autoFocus?: boolean;
}

/* A field that offers what fits while one types; the caller filters, here or on the server. */
export function ComboBox(p: Props) {
	return (
		<AriaComboBox
			className={css.field}
			items={p.choices}
			inputValue={p.query}
			onInputChange={p.onQuery}
			value={null}
			onChange={(key) => key !== null && p.onChoose(String(key))}
			allowsEmptyCollection
			allowsCustomValue
			menuTrigger="focus"
			isInvalid={!!p.error}
		>
			<span className={css.top}>
				<Label className={css.label}>{p.label}</Label>
				{p.note && <span className={css.note}>{p.note}</span>}
			</span>
			<div className={boxCss.box}>
				<Input className={css.input} placeholder={p.placeholder} autoComplete="off" autoFocus={p.autoFocus} />
				<Button className={boxCss.arrow} aria-label={p.openLabel}>
					<ChevronDown size={15} aria-hidden />
				</Button>
			</div>
			{p.hint && !p.error && (
				<Text slot="description" className={css.hint}>
					{p.hint}
				</Text>
			)}
			<FieldError className={css.error}>{p.error}</FieldError>
			<Popover className={css.popover} offset={4}>
				<ListBox<ComboChoice> className={css.list} renderEmptyState={() => <p className={boxCss.empty}>{p.empty}</p>}>
					{(c) => (
						<ListBoxItem id={c.id} textValue={c.label} className={css.option}>
							{c.icon}
							<span className={boxCss.texts}>
								<span dir="auto">{c.label}</span>
								{c.note && (
									<span className={boxCss.small} dir="auto">
										{c.note}
									</span>
								)}
							</span>
						</ListBoxItem>
					)}
				</ListBox>
			</Popover>
		</AriaComboBox>
	);
}
