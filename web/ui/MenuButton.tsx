import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
	MenuItem as AriaItem,
	Header,
	Menu,
	MenuSection,
	MenuTrigger,
	Popover,
	Separator,
} from "react-aria-components";
import css from "./Field.module.css";

export interface Choice {
	id: string;
	label: string;
	icon?: ReactNode;
	/* The key that does the same, as it is written on the keyboard. */
	shortcut?: string;
}

export type MenuItem =
	| (Choice & { kind?: "item"; run: () => void; isSelected?: boolean })
	| { kind: "group"; id: string; label: string; items: (Choice & { run: () => void; isSelected?: boolean })[] }
	| { kind: "line"; id: string };

interface Props {
	/* The button that opens the menu. */
	button: ReactElement;
	label: string;
	items: readonly MenuItem[];
	side?: "bottom start" | "bottom end" | "top end" | "top start" | "right bottom";
}

export function MenuButton({ button, label, items, side = "bottom start" }: Props) {
	return (
		<MenuTrigger>
			{button}
			<Popover className={css.popover} placement={side} offset={6}>
				<Menu className={css.list} aria-label={label}>
					{items.map((item) => {
						if (item.kind === "line") return <Separator key={item.id} className={css.divider} />;
						if (item.kind === "group") {
							return (
								<MenuSection key={item.id}>
									<Header className={css.group}>{item.label}</Header>
									{item.items.map(row)}
								</MenuSection>
							);
						}
						return row(item);
					})}
				</Menu>
			</Popover>
		</MenuTrigger>
	);
}

function row(item: Choice & { run: () => void; isSelected?: boolean }) {
	return (
		<AriaItem key={item.id} id={item.id} textValue={item.label} className={css.option} onAction={item.run}>
			{item.icon}
			<span>{item.label}</span>
			{item.isSelected && <Check size={14} aria-hidden style={{ marginInlineStart: "auto" }} />}
			{item.shortcut && <kbd className={css.key}>{item.shortcut}</kbd>}
		</AriaItem>
	);
}
