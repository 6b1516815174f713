import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Button, Skeleton } from "#ui";
import { type ShareLink, type ShareVisit, useShareLinks, useShareVisits } from "../../data/shareLinks";
import { useErrorText } from "../../shell/useErrorText";
import css from "./ShareLinks.module.css";

interface Props {
	itemId: string;
	/* Of a document whose pages are known; 0: it has none to tell apart. */
	pageCount: number;
}

/* Who looked, when, and for how long at which page. */
export function VisitsCard({ itemId, pageCount }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const links = useShareLinks(itemId).data;
	const visits = useShareVisits(itemId);
	const rows = visits.data?.pages.flatMap((page) => page.results);
	return (
		<section className={css.card} aria-labelledby="share-visits">
			<header className={css.head}>
				<h2 id="share-visits">{t("documents.visits")}</h2>
			</header>
			{visits.isPending && <Skeleton width="50%" />}
			{visits.isError && (
				<p className={css.quiet} role="alert">
					{errorText(visits.error)}
				</p>
			)}
			{rows?.length === 0 && <p className={css.quiet}>{t("documents.noVisits")}</p>}
			{rows && rows.length > 0 && (
				<div className={css.scroll} role="region" aria-label={t("documents.visitsTable")} tabIndex={0}>
					<table className={css.table}>
						<thead>
							<tr>
								<th scope="col">{t("documents.visitor")}</th>
								<th scope="col">{t("documents.when")}</th>
								<th scope="col">{t("documents.howLong")}</th>
								{pageCount > 1 && <th scope="col">{t("documents.perPage")}</th>}
								<th scope="col">{t("documents.downloads")}</th>
							</tr>
						</thead>
						<tbody>
							{rows.map((v) => (
								<Row key={v.id} visit={v} link={links?.find((l) => l.id === v.linkId)} pageCount={pageCount} />
							))}
						</tbody>
					</table>
				</div>
			)}
			{visits.hasNextPage && (
				<Button isPending={visits.isFetchingNextPage} onPress={() => void visits.fetchNextPage()}>
					{t("library.more")}
				</Button>
			)}
			<p className={css.quiet}>{t("documents.visitsNote")}</p>
		</section>
	);
}

function Row({ visit: v, link, pageCount }: { visit: ShareVisit; link: ShareLink | undefined; pageCount: number }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	return (
		<tr>
			<td dir="auto">{v.email ?? link?.email ?? t("documents.anyone")}</td>
			<td>
				<time dateTime={v.createdAt} title={fullTime(v.createdAt, locale)}>
					{messageTime(v.createdAt, now, locale)}
				</time>
			</td>
			<td>{seconds(v.visibleMs, locale)}</td>
			{pageCount > 1 && (
				<td>
					<Pages visit={v} pageCount={pageCount} />
				</td>
			)}
			<td>{v.downloadCount}</td>
		</tr>
	);
}

const seconds = (ms: number, locale: string) =>
	new Intl.NumberFormat(locale, {
		style: "unit",
		unit: ms < 60_000 ? "second" : "minute",
		unitDisplay: "short",
		maximumFractionDigits: ms < 60_000 ? 0 : 1,
	}).format(ms < 60_000 ? ms / 1000 : ms / 60_000);

/* A bar for each page, as high as it was looked at for long; in words for who does not see it. */
function Pages({ visit, pageCount }: { visit: ShareVisit; pageCount: number }) {
	const t = useText();
	const { locale } = useIntl();
	const most = Math.max(1, ...visit.pages.map((p) => p.visibleMs));
	const shown = Math.min(pageCount, 60);
	const ms = new Map(visit.pages.map((p) => [p.page, p.visibleMs]));
	const words = visit.pages
		.map((p) => t("documents.pageTime", { page: p.page, time: seconds(p.visibleMs, locale) }))
		.join(", ");
	return (
		<span className={css.bars} role="img" aria-label={words || t("documents.noPages")} title={words}>
			{Array.from({ length: shown }, (_, i) => (
				<span
					// biome-ignore lint/suspicious/noArrayIndexKey: it is the number of the page
					key={i}
					style={{ blockSize: `${Math.round((100 * (ms.get(i + 1) ?? 0)) / most)}%` }}
				/>
			))}
		</span>
	);
}
