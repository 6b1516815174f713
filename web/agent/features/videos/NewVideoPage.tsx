import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, Video as VideoIcon } from "lucide-react";
import { useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { EmptyState, toast } from "#ui";
import { may, useUser } from "../../data/session";
import type { Video } from "../../data/videos";
import { openRecorder } from "./recordWindow";
import { VideoForm } from "./VideoForm";
import css from "./Videos.module.css";

export function NewVideoPage() {
	const t = useText();
	const navigate = useNavigate();
	const mayMake = may(useUser(), "edit");
	useEffect(() => {
		document.title = `${t("videos.new")} – ${t("app.name")}`;
	}, [t]);
	const open = (videoId: string) =>
		void navigate({ to: "/library/videos/$videoId", params: { videoId }, ignoreBlocker: true });
	function saved(v: Video) {
		toast("good", t("library.saved", { name: v.name }));
		open(v.id);
	}
	return (
		<div className={css.content}>
			<Link to="/library/videos" className={css.back}>
				<ArrowLeft size={14} aria-hidden />
				{t("videos.title")}
			</Link>
			<header className={css.head}>
				<h1>{t("videos.new")}</h1>
			</header>
			{mayMake ? (
				<VideoForm onSaved={saved} onRecord={() => openRecorder(open) ?? toast("bad", t("videos.record.noWindow"))} />
			) : (
				<EmptyState
					role="alert"
					icon={<VideoIcon size={22} />}
					title={t("library.notHere")}
					text={t("library.notHereText")}
				/>
			)}
		</div>
	);
}
