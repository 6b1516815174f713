import { useText } from "#shared/i18n/useText";
import css from "./Card.module.css";
import { TicketLink } from "./TicketLink";
import type { CardProps } from "./types";

/* What else the contact wrote. */
export function OtherTicketsCard({ view, detail }: CardProps) {
	const t = useText();
	if (!detail) return null;
	if (detail.otherTickets.length === 0) return <p className={css.none}>{t("context.noOther")}</p>;
	return (
		<ul className={css.others}>
			{detail.otherTickets.map((o) => (
				<li key={o.id}>
					<TicketLink view={view} given={o} />
				</li>
			))}
		</ul>
	);
}
