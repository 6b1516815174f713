import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import type { QuoteVersion } from "../../data/quotes";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";
import css from "./Quotes.module.css";

/* What became of each version, the newest first. */
export function Events({ versions }: { versions: readonly QuoteVersion[] }) {
	const t = useText();
	const { locale } = useIntl();
	const owners = useOwners();
	if (versions.length === 0) return null;
	const nameOf = (userId: string | undefined) => {
		const owner = owners.find((o) => String(o.userId) === userId);
		return owner ? fullName(owner) : t("quotes.somebody");
	};
	const rows = versions.flatMap((v) => eventsOf(v).map((e) => ({ ...e, version: v.version })));
	return (
		<section className={css.card} aria-label={t("quotes.events")}>
			<h2 className={css.subtitle}>{t("quotes.events")}</h2>
			<ol className={css.events}>
				{rows.map((e) => (
					<li key={`${e.version}.${e.kind}`}>
						<span dir="auto">
							{t(`quotes.event.${e.kind}`, {
								version: e.version,
								name: e.name || nameOf(e.userId),
							})}
						</span>
						{e.text && (
							<q className={css.reason} dir="auto">
								{e.text}
							</q>
						)}
						<time dateTime={e.at}>{fullTime(e.at, locale)}</time>
					</li>
				))}
			</ol>
		</section>
	);
}

interface QuoteEvent {
	kind: "RECALLED" | "ACCEPTED" | "DECLINED" | "EXPIRED" | "VIEWED" | "PUBLISHED";
	at: string;
	userId?: string;
	name?: string;
	text?: string;
}

function eventsOf(v: QuoteVersion): QuoteEvent[] {
	const events: QuoteEvent[] = [{ kind: "PUBLISHED", at: v.publishedAt, userId: v.publishedBy }];
	if (v.viewedAt) events.push({ kind: "VIEWED", at: v.viewedAt });
	if (v.answeredAt)
		events.push({
			kind: v.answerName && v.state === "ACCEPTED" ? "ACCEPTED" : "DECLINED",
			at: v.answeredAt,
			name: v.answerName,
			text: v.answerReason,
		});
	if (v.state === "EXPIRED" && v.expiresAt) events.push({ kind: "EXPIRED", at: v.expiresAt });
	if (v.recalledAt) events.push({ kind: "RECALLED", at: v.recalledAt, userId: v.recalledBy });
	return events.reverse();
}
