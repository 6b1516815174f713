import { Download, RotateCw } from "lucide-react";
import { useEffect } from "react";
import { useIntl } from "react-intl";
import type { QuarantineRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Button, toast } from "#ui";
import { useQuarantine, useRetryQuarantine } from "../../data/admin";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "./Loaded";
import css from "./Settings.module.css";

export function QuarantineSettings() {
	const t = useText();
	const query = useQuarantine();
	useEffect(() => {
		document.title = `${t("settings.quarantine.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("settings.quarantine.title")}</h1>
			<p className={css.lead}>{t("settings.quarantine.lead")}</p>
			<div className={css.card}>
				<Loaded query={query}>
					{(rows) =>
						rows.length ? (
							<ul className={css.rows}>
								{rows.map((row) => (
									<Row key={row.id} row={row} />
								))}
							</ul>
						) : (
							<p className={css.none}>{t("settings.quarantine.empty")}</p>
						)
					}
				</Loaded>
			</div>
		</div>
	);
}

function Row({ row }: { row: QuarantineRow }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const errorText = useErrorText();
	const retry = useRetryQuarantine();
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<p className={css.rowTitle} dir="auto">
					{row.subject || t("list.noSubject")}
				</p>
				<p className={css.rowNote}>
					{row.sender || t("settings.quarantine.unknown")}
					{row.address && ` → ${row.address}`} · {messageTime(row.receivedAt, now, locale)} ·{" "}
					{fileSize(row.sizeBytes, locale)} · {row.channel}
				</p>
				<p className={css.rowError}>{row.reason}</p>
			</div>
			<div className={css.rowActions}>
				<a className={css.download} href={`/desk/v1/quarantine/${row.id}/source`} download={`quarantine-${row.id}.eml`}>
					<Download size={14} aria-hidden />
					{t("settings.quarantine.source")}
				</a>
				<Button
					size="s"
					icon={<RotateCw size={14} aria-hidden />}
					isPending={retry.isPending}
					onPress={() =>
						retry.mutate(row.id, {
							onSuccess: () => toast("good", t("settings.quarantine.retried")),
							onError: (e) => toast("bad", errorText(e)),
						})
					}
				>
					{t("common.retry")}
				</Button>
			</div>
		</li>
	);
}
