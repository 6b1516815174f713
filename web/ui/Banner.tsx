import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import css from "./small.module.css";

const ICONS = { info: Info, warn: TriangleAlert, bad: CircleAlert };

export function Banner(p: {
	tone: "info" | "warn" | "bad";
	role?: "alert" | "status";
	action?: ReactNode;
	children: ReactNode;
}) {
	const Icon = ICONS[p.tone];
	return (
		<div className={css.banner} data-tone={p.tone} role={p.role}>
			<Icon size={17} aria-hidden />
			<div>{p.children}</div>
			{p.action}
		</div>
	);
}
