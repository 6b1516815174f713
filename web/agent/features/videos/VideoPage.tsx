import { Link, useParams } from "@tanstack/react-router";
import { Archive, ArrowLeft, Pencil, Video as VideoIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { dayTime } from "#shared/time/relative";
import { Button, EmptyState, Skeleton, toast } from "#ui";
import { library, useLibraryItem } from "../../data/library";
import { may, useUser } from "../../data/session";
import { uploadPart, VIDEOS, type Video } from "../../data/videos";
import { useErrorText } from "../../shell/useErrorText";
import { useArchive } from "../library";
import { LinksCard } from "../share-links";
import { pictureOf } from "./readVideo";
import { VideoDialog } from "./VideoDialog";
import css from "./Videos.module.css";
import { Views } from "./Views";
import { videoTime } from "./videoTime";

/* One video of the library: to be watched, given another picture, shared. */
export function VideoPage() {
	const t = useText();
	const errorText = useErrorText();
	const { videoId } = useParams({ from: "/shell/library/videos/$videoId" });
	const query = useLibraryItem<Video>(VIDEOS, videoId);
	const name = query.data?.name;
	useEffect(() => {
		document.title = `${name ?? t("videos.title")} – ${t("app.name")}`;
	}, [name, t]);
	return (
		<div className={css.content}>
			<Link to="/library/videos" className={css.back}>
				<ArrowLeft size={14} aria-hidden />
				{t("videos.title")}
			</Link>
			{query.data ? (
				<Shown key={videoId} video={query.data} />
			) : query.isError ? (
				<EmptyState
					role="alert"
					icon={<VideoIcon size={22} />}
					title={t("library.loadError")}
					text={errorText(query.error)}
					action={<Button onPress={() => void query.refetch()}>{t("common.retry")}</Button>}
				/>
			) : (
				<div role="status" aria-label={t("app.loading")}>
					<Skeleton width="60%" />
				</div>
			)}
		</div>
	);
}

function Shown({ video }: { video: Video }) {
	const t = useText();
	const { locale } = useIntl();
	const [isEditing, setEditing] = useState(false);
	const { archive } = useArchive();
	const mayShare = may(useUser(), "edit");
	return (
		<>
			<header className={css.head}>
				<h1 dir="auto">{video.name}</h1>
				{video.mayEdit && (
					<div className={css.actions}>
						<Button icon={<Pencil size={15} aria-hidden />} onPress={() => setEditing(true)}>
							{t("library.edit")}
						</Button>
						{!video.archivedAt && (
							<Button icon={<Archive size={15} aria-hidden />} onPress={() => void archive(video)}>
								{t("library.archive")}
							</Button>
						)}
					</div>
				)}
			</header>
			<Player video={video} />
			<p className={css.facts}>
				{video.durationMs > 0 && <span>{t("videos.length", { length: videoTime(video.durationMs) })}</span>}
				{video.width > 0 && (
					<span>
						{video.width} × {video.height}
					</span>
				)}
				<span>{fileSize(video.sizeBytes, locale)}</span>
				<span>{t("videos.madeOn", { date: dayTime(video.createdAt, locale) })}</span>
			</p>
			{mayShare && (
				<div className={css.shares}>
					<LinksCard itemId={video.id} />
					<Views videoId={video.id} />
				</div>
			)}
			{isEditing && <VideoDialog video={video} onClose={() => setEditing(false)} />}
		</>
	);
}

function Player({ video }: { video: Video }) {
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
		<>
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
						kind="captions"
						src={video.captionsUrl}
						srcLang={video.captionsLanguage}
						label={t("videos.captions")}
						default
					/>
				)}
			</video>
			{video.mayEdit && (
				<p className={css.facts}>
					<Button size="s" isPending={isBusy} onPress={() => void takePicture()}>
						{t("videos.takePicture")}
					</Button>
					{t("videos.takePictureHint")}
				</p>
			)}
		</>
	);
}
