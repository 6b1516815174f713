import { useParams } from "@tanstack/react-router";
import { Video as VideoIcon } from "lucide-react";
import { useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { dayTime } from "#shared/time/relative";
import { Button, toast } from "#ui";
import { library } from "../../data/library";
import { may, useUser } from "../../data/session";
import { uploadPart, VIDEOS, type Video } from "../../data/videos";
import { useErrorText } from "../../shell/useErrorText";
import { ItemHead, ItemPage, type Shelf } from "../library";
import { LinksCard } from "../share-links";
import { Captions } from "./Captions";
import { pictureOf } from "./readVideo";
import css from "./Videos.module.css";
import { Views } from "./Views";
import { videoTime } from "./videoTime";

const SHELF: Shelf = {
	path: VIDEOS,
	to: "/library/videos",
	title: "videos.title",
	edit: "videos.edit",
	icon: <VideoIcon size={22} />,
};

/* One video of the library: to be watched, given another picture and captions, shared. */
export function VideoPage() {
	const { videoId } = useParams({ strict: false });
	return (
		<ItemPage<Video> shelf={SHELF} id={videoId}>
			{(video) => <Shown key={video.id} video={video} />}
		</ItemPage>
	);
}

function Shown({ video }: { video: Video }) {
	const t = useText();
	const { locale } = useIntl();
	const mayShare = may(useUser(), "edit");
	const mayChange = video.mayEdit && !video.archivedAt;
	const facts = [
		...(video.durationMs > 0 ? [t("videos.length", { length: videoTime(video.durationMs) })] : []),
		...(video.width > 0 ? [`${video.width} × ${video.height}`] : []),
		fileSize(video.sizeBytes, locale),
		t("videos.madeOn", { date: dayTime(video.createdAt, locale) }),
	];
	return (
		<>
			<ItemHead shelf={SHELF} item={video} facts={facts} />
			<Player video={video} mayChange={mayChange} />
			{mayChange && <Captions video={video} />}
			{mayShare && (
				<>
					<LinksCard itemId={video.id} isClosed={video.archivedAt !== undefined} />
					<Views videoId={video.id} />
				</>
			)}
		</>
	);
}

function Player({ video, mayChange }: { video: Video; mayChange: boolean }) {
	const t = useText();
	const errorText = useErrorText();
	const element = useRef<HTMLVideoElement>(null);
	const [isBusy, setBusy] = useState(false);
	async function takePicture() {
		if (!element.current?.videoWidth) return;
		setBusy(true);
		try {
			const posterId = await uploadPart("poster", await pictureOf(element.current), "poster.jpg");
			await library.change(VIDEOS, video.id, { posterId });
			toast("good", t("videos.pictureTaken"));
		} catch (e) {
			toast("bad", errorText(e));
		} finally {
			setBusy(false);
		}
	}
	return (
		<div>
			{/* biome-ignore lint/a11y/useMediaCaption: it has them where somebody gave them */}
			<video
				ref={element}
				className={css.player}
				src={video.videoUrl}
				poster={video.posterUrl}
				controls
				playsInline
				preload="metadata"
				aria-label={video.name}
			>
				{video.captionsUrl && (
					<track
						key={video.captionsUrl}
						kind="captions"
						src={video.captionsUrl}
						srcLang={video.captionsLanguage}
						label={t("videos.captions")}
						default
					/>
				)}
			</video>
			{mayChange && (
				<p className={css.facts}>
					<Button size="s" isPending={isBusy} onPress={() => void takePicture()}>
						{t("videos.takePicture")}
					</Button>
					{t("videos.takePictureHint")}
				</p>
			)}
		</div>
	);
}
