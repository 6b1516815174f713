import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { cx } from "./cx";
import css from "./Field.module.css";

interface Props {
	button: ReactElement;
	label: string;
	side?: "bottom start" | "bottom end" | "top end" | "top start" | "right bottom" | "right top";
	className?: string;
	/* Where a key opens it too. */
	isOpen?: boolean;
	onOpenChange?: (isOpen: boolean) => void;
	children: (close: () => void) => ReactNode;
}

/* A button that opens a small box beside it. Focus goes in and comes back. */
export function PopoverButton({
	button,
	label,
	side = "bottom start",
	className,
	isOpen,
	onOpenChange,
	children,
}: Props) {
	return (
		<DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
			{button}
			<Popover className={cx(css.popover, className)} placement={side} offset={6}>
				<Dialog aria-label={label}>{({ close }) => <>{children(close)}</>}</Dialog>
			</Popover>
		</DialogTrigger>
	);
}
