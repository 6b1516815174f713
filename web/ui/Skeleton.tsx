import css from "./small.module.css";

/* A grey bar in the place of text that is on its way; it stays unseen for the first 150 ms. */
export function Skeleton({ width, height = 12 }: { width: number | string; height?: number }) {
	return (
		<span className={css.late} aria-hidden>
			<span className={css.skeleton} style={{ width, height }} />
		</span>
	);
}
