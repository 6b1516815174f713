import { Check, CircleAlert, Clock, Hourglass, Send } from "lucide-react";
import { useIntl } from "react-intl";
import type { Delivery, DeliveryState, Message } from "#shared/api/types";
import { type Translate, useText } from "#shared/i18n/useText";
import { fullTime, messageTime, spokenTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import css from "./Thread.module.css";

const ICONS: Record<DeliveryState, typeof Check> = {
	WAITING: Hourglass,
	QUEUED: Clock,
	SENDING: Send,
	SENT: Check,
	FAILED: CircleAlert,
};

function stateText(d: Delivery, t: Translate, now: number, locale: string): string {
	if (d.state === "SENT" && d.sentAt) return t("delivery.sentAt", { time: messageTime(d.sentAt, now, locale) });
	if (d.state === "QUEUED" && d.nextTryAt && d.tries > 0)
		return t("delivery.nextTry", { time: spokenTime(d.nextTryAt, now, locale) });
	return t(`delivery.${d.state}`);
}

/* What became of a reply, for each receiver. Nothing is called sent before a mail server took it. */
export function Deliveries({ message: m }: { message: Message }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const rows: Delivery[] = m.deliveries?.length
		? m.deliveries
		: m.state === "RECEIVED" || m.state === "DELETED"
			? []
			: [{ address: "", state: m.state, tries: 0 }];
	if (rows.length === 0) return null;
	const isWaiting = rows.some((d) => d.state === "WAITING");
	return (
		<ul className={css.delivery} aria-label={t("delivery.by")}>
			{rows.map((d) => {
				const Icon = ICONS[d.state];
				return (
					<li
						key={d.address}
						className={css.deliveryRow}
						data-state={d.state}
						title={d.sentAt && fullTime(d.sentAt, locale)}
					>
						<Icon size={14} aria-hidden />
						<span className={css.deliveryState}>{stateText(d, t, now, locale)}</span>
						{d.address && <span>{d.address}</span>}
						{d.tries > 1 && <span>{t("delivery.tries", { count: d.tries })}</span>}
						{d.lastError && d.state !== "SENT" && <span className={css.deliveryError}>{d.lastError}</span>}
					</li>
				);
			})}
			{isWaiting && <li>{t("delivery.waitingText")}</li>}
		</ul>
	);
}
