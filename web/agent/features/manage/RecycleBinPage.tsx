import { Undo2 } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, TextField } from "#ui";
import { type RecycledTicket, useRecycleBin } from "../../data/manage";
import { useErrorText } from "../../shell/useErrorText";
import css from "../settings/Settings.module.css";
import own from "./Manage.module.css";
import { useManage } from "./useManage";

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

/* What was thrown away in the last 90 days, to look through and to restore. */
export function RecycleBinPage() {
	const t = useText();
	const errorText = useErrorText();
	const [query, setQuery] = useState("");
	const late = useDeferredValue(query.trim());
	const q = useRecycleBin(late);
	const rows = q.data?.pages.flatMap((p) => p.results) ?? [];
	useEffect(() => {
		document.title = `${t("bin.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("bin.title")}</h1>
			<p className={css.lead}>{t("bin.lead")}</p>
			<TextField className={own.find} label={t("bin.find")} value={query} onChange={setQuery} type="search" />
			<div className={css.card}>
				{q.isError && (
					<p className={css.none} role="alert">
						{errorText(q.error)}
					</p>
				)}
				{q.isSuccess && rows.length === 0 && <p className={css.none}>{t(late ? "bin.noMatch" : "bin.empty")}</p>}
				<ul className={css.rows} aria-label={t("bin.title")}>
					{rows.map((row) => (
						<Row key={row.id} row={row} />
					))}
				</ul>
			</div>
			{q.hasNextPage && (
				<Button isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
					{t("history.more")}
				</Button>
			)}
		</div>
	);
}

function Row({ row }: { row: RecycledTicket }) {
	const t = useText();
	const { locale } = useIntl();
	const { run } = useManage();
	const [isBusy, setBusy] = useState(false);
	const left = Math.max(0, KEPT_DAYS - Math.floor((Date.now() - Date.parse(row.archivedAt)) / DAY_MS));
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<p className={css.rowTitle} dir="auto">
					{row.subject || t("list.noSubject")}
				</p>
				<p className={css.rowNote}>
					<bdi>#{row.id}</bdi> · <bdi>{row.contactName || row.contactEmail || t("list.noContact")}</bdi> ·{" "}
					{t("bin.deleted", { day: dayTime(row.archivedAt, locale), count: left })}
				</p>
			</div>
			<div className={css.rowActions}>
				<Button
					size="s"
					icon={<Undo2 size={14} aria-hidden />}
					isPending={isBusy}
					aria-label={t("bin.restoreOf", { subject: row.subject || row.id })}
					onPress={() => {
						setBusy(true);
						void run([row.id], {
							body: { action: "restore" },
							done: (count) => t("bin.restored", { count }),
						}).finally(() => setBusy(false));
					}}
				>
					{t("bin.restore")}
				</Button>
			</div>
		</li>
	);
}
