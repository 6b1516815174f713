import type { ReactNode } from "react";
import css from "./Settings.module.css";

export function Section(p: { title: string; lead?: string; side?: ReactNode; children: ReactNode }) {
	return (
		<section className={css.section} aria-label={p.title}>
			<header className={css.sectionHead}>
				<div>
					<h2>{p.title}</h2>
					{p.lead && <p>{p.lead}</p>}
				</div>
				{p.side}
			</header>
			<div className={css.card}>{p.children}</div>
		</section>
	);
}
