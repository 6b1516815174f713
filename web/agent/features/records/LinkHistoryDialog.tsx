import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Button, Dialog, Skeleton } from "#ui";
import { type LinkChange, type RecordRef, useLinkHistory } from "../../data/records";
import { useUserName } from "../../data/reference";
import { RecordLink } from "./RecordLink";
import css from "./Records.module.css";

/* Which records came and went, and who did it. */
export function LinkHistoryDialog({ of, onClose }: { of: RecordRef; onClose: () => void }) {
	const t = useText();
	const history = useLinkHistory(of.objectType, of.id);
	const rows = history.data?.pages.flatMap((p) => p.results);
	return (
		<Dialog title={t("records.history")} closeLabel={t("common.close")} isOpen onClose={onClose}>
			{!rows && <Skeleton width="80%" height={18} />}
			{rows?.length === 0 && <p className={css.none}>{t("records.noHistory")}</p>}
			<ol className={css.history}>
				{rows?.map((change) => (
					<Change key={change.id} change={change} />
				))}
			</ol>
			{history.hasNextPage && (
				<Button size="s" isPending={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
					{t("records.loadMore")}
				</Button>
			)}
		</Dialog>
	);
}

function Change({ change: c }: { change: LinkChange }) {
	const t = useText();
	const { locale } = useIntl();
	const who = useUserName(c.userId) ?? t("records.bySystem");
	const r = c.record;
	return (
		<li className={css.change}>
			<span>
				{r ? (
					<RecordLink objectType={r.objectType} id={r.id} className={css.itemName}>
						{r.label || `#${r.id}`}
					</RecordLink>
				) : (
					<span className={css.itemName}>{t("records.gone")}</span>
				)}
				{c.typeLabel && <span className={css.label}>{c.typeLabel}</span>}
			</span>
			<span className={css.itemNote}>
				{t(c.isRemoved ? "records.removedBy" : "records.addedBy", { who, time: fullTime(c.at, locale) })}
			</span>
		</li>
	);
}
