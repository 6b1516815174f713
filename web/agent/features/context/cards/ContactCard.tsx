import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Avatar, Skeleton } from "#ui";
import css from "./Card.module.css";
import { EmailLink } from "./EmailLink";
import { Facts } from "./Facts";
import type { CardProps } from "./types";

/* Who wrote. */
export function ContactCard({ detail }: CardProps) {
	const t = useText();
	const { locale } = useIntl();
	if (!detail) {
		return (
			<>
				<Skeleton width="70%" height={16} />
				<Skeleton width="90%" />
			</>
		);
	}
	const c = detail.contact;
	if (!c) return <p className={css.none}>{t("context.noContact")}</p>;
	const name = c.name || c.email || "";
	return (
		<>
			<div className={css.person}>
				<Avatar name={name} size={40} />
				<div className={css.personText}>
					<p className={css.personName} dir="auto">
						{name}
					</p>
					{c.company && <p dir="auto">{c.company}</p>}
					{c.email && <EmailLink address={c.email} />}
				</div>
			</div>
			<Facts
				rows={[
					["context.phone", c.phone && <a href={`tel:${c.phone.replace(/[^+\d]/g, "")}`}>{c.phone}</a>],
					["context.contactSince", c.createdAt && dayTime(c.createdAt, locale)],
				]}
			/>
		</>
	);
}
