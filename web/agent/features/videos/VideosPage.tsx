import { useNavigate } from "@tanstack/react-router";
import { Video as VideoIcon } from "lucide-react";
import { VIDEOS, type Video } from "../../data/videos";
import { LibraryList } from "../library";
import { Thumb } from "./Thumb";

export function VideosPage() {
	const navigate = useNavigate();
	return (
		<LibraryList<Video>
			kind="video"
			path={VIDEOS}
			title="videos.title"
			lead="videos.lead"
			newLabel="videos.new"
			emptyTitle="videos.none"
			emptyText="videos.noneText"
			icon={<VideoIcon size={22} />}
			onNew={() => void navigate({ to: "/library/videos/new" })}
			onOpen={(v) => void navigate({ to: "/library/videos/$videoId", params: { videoId: v.id } })}
			picture={(v) => <Thumb video={v} />}
		/>
	);
}
