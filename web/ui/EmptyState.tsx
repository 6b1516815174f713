import type { ReactNode } from "react";
import css from "./small.module.css";

/* Says why there is nothing, and offers one thing to do. */
export function EmptyState(p: {
	icon: ReactNode;
	title: string;
	text?: ReactNode;
	action?: ReactNode;
	role?: "alert";
}) {
	return (
		<div className={css.empty} role={p.role}>
			<span className={css.emptyIcon} aria-hidden>
				{p.icon}
			</span>
			<p className={css.emptyTitle}>{p.title}</p>
			{p.text && <p className={css.emptyText}>{p.text}</p>}
			{p.action && <div className={css.emptyAction}>{p.action}</div>}
		</div>
	);
}
