import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Button } from "#ui";
import { type ShareVisit, useShareLinks, useShareVisits } from "../../data/shareLinks";
import css from "./Videos.module.css";
import { videoTime } from "./videoTime";

/* A video is told of in as many pieces of equal length (desk/video.h). */
const PIECES = 20;

/* Who watched, when, and how much of it. */
export function Views({ videoId }: { videoId: string }) {
	const t = useText();
	const { locale } = useIntl();
	const links = useShareLinks(videoId).data;
	const visits = useShareVisits(videoId);
	const rows = visits.data?.pages.flatMap((page) => page.results);
	const who = (v: ShareVisit) => v.email ?? links?.find((l) => l.id === v.linkId)?.email ?? t("videos.somebody");
	const part = (v: ShareVisit) => new Intl.NumberFormat(locale, { style: "percent" }).format(v.pages.length / PIECES);
	return (
		<section className={css.views} aria-labelledby="video-views">
			<h2 id="video-views">{t("videos.views")}</h2>
			{rows?.length === 0 && <p>{t("videos.noViews")}</p>}
			{rows && rows.length > 0 && (
				<ul aria-labelledby="video-views">
					{rows.map((v) => (
						<li key={v.id}>
							<span dir="auto">{who(v)}</span>
							<span>
								{v.visibleMs > 0 && `${t("videos.watched", { time: videoTime(v.visibleMs), part: part(v) })} · `}
								{fullTime(v.createdAt, locale)}
							</span>
						</li>
					))}
				</ul>
			)}
			{visits.hasNextPage && (
				<Button size="s" isPending={visits.isFetchingNextPage} onPress={() => void visits.fetchNextPage()}>
					{t("library.more")}
				</Button>
			)}
		</section>
	);
}
