import { cx } from "./cx";
import css from "./small.module.css";

export type PillTone = "new" | "good" | "warn" | "bad" | "quiet";

export function Pill({ tone, children }: { tone: PillTone; children: string }) {
	return (
		<span className={cx(css.pill, css[tone])}>
			<span>{children}</span>
		</span>
	);
}
