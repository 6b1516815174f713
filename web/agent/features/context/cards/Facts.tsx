import type { ReactNode } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import css from "./Card.module.css";

/* Names and values; a row without a value is left out. */
export function Facts({ rows }: { rows: [MessageId, ReactNode][] }) {
	const t = useText();
	return (
		<dl className={css.facts}>
			{rows.map(
				([label, value]) =>
					value && (
						<div key={label}>
							<dt>{t(label)}</dt>
							<dd dir="auto">{value}</dd>
						</div>
					),
			)}
		</dl>
	);
}
