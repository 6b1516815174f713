import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useIntl } from "react-intl";
import type { DeliveryState, OutboxRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { messageTime, spokenTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Banner, Button, Pill, type PillTone, toast } from "#ui";
import { useOutbox, useRetryOutbox } from "../../data/admin";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "./Loaded";
import { Section } from "./Section";
import css from "./Settings.module.css";

const TONES: Record<DeliveryState, PillTone> = {
	WAITING: "warn",
	QUEUED: "new",
	SENDING: "new",
	SENT: "good",
	FAILED: "bad",
};

export function OutboxSection() {
	const t = useText();
	const query = useOutbox();
	return (
		<Section title={t("settings.outbox.title")}>
			<Loaded query={query}>
				{(box) => (
					<>
						{!box.relay.isConfigured && (
							<div className={css.pad}>
								<Banner tone="warn">{t("settings.outbox.waiting", { count: box.waiting })}</Banner>
							</div>
						)}
						{box.results.length === 0 ? (
							<p className={css.none}>{t("settings.outbox.empty")}</p>
						) : (
							<ul className={css.rows}>
								{box.results.map((row) => (
									<Row key={row.id} row={row} />
								))}
							</ul>
						)}
					</>
				)}
			</Loaded>
		</Section>
	);
}

function Row({ row }: { row: OutboxRow }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const errorText = useErrorText();
	const retry = useRetryOutbox();
	const when =
		row.state === "QUEUED" && row.nextTryAt && row.tries > 0
			? t("delivery.nextTry", { time: spokenTime(row.nextTryAt, now, locale) })
			: messageTime(row.sentAt ?? row.queuedAt, now, locale);
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<p className={css.rowTitle}>
					<Link
						to="/tickets/$view/$ticketId"
						params={{ view: "open", ticketId: row.ticketId }}
						className={css.rowLink}
						dir="auto"
					>
						{row.subject || t("list.noSubject")}
					</Link>
					<Pill tone={TONES[row.state]}>{t(`delivery.${row.state}`)}</Pill>
				</p>
				<p className={css.rowNote}>
					{row.address} · {when}
					{row.tries > 0 && ` · ${t("delivery.tries", { count: row.tries })}`}
				</p>
				{row.lastError && row.state !== "SENT" && <p className={css.rowError}>{row.lastError}</p>}
			</div>
			{(row.state === "FAILED" || (row.state === "QUEUED" && row.tries > 0)) && (
				<Button
					size="s"
					icon={<RotateCw size={14} aria-hidden />}
					isPending={retry.isPending}
					onPress={() =>
						retry.mutate(row.id, {
							onSuccess: () => toast("good", t("settings.outbox.retried")),
							onError: (e) => toast("bad", errorText(e)),
						})
					}
				>
					{t("common.retry")}
				</Button>
			)}
		</li>
	);
}
