import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import css from "./Field.module.css";

interface Props {
	button: ReactElement;
	label: string;
	side?: "bottom start" | "bottom end" | "top end" | "top start";
	children: (close: () => void) => ReactNode;
}

/* A button that opens a small box beside it. Focus goes in and comes back. */
export function PopoverButton({ button, label, side = "bottom start", children }: Props) {
	return (
		<DialogTrigger>
			{button}
			<Popover className={css.popover} placement={side} offset={6}>
				<Dialog aria-label={label}>{({ close }) => <>{children(close)}</>}</Dialog>
			</Popover>
		</DialogTrigger>
	);
}
