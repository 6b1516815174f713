import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components";

/* Buttons in a row: one stop for Tab, the arrow keys go from one to the next. */
export function Toolbar({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
	return (
		<AriaToolbar aria-label={label} className={className}>
			{children}
		</AriaToolbar>
	);
}
