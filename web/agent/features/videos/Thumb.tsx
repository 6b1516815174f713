import { Video as VideoIcon } from "lucide-react";
import type { Video } from "../../data/videos";
import css from "./Videos.module.css";
import { videoTime } from "./videoTime";

/* How a video looks in a list; its name stands beside it. */
export function Thumb({ video }: { video: Video }) {
	return (
		<span className={css.thumb} aria-hidden>
			{video.posterUrl ? <img src={video.posterUrl} alt="" loading="lazy" /> : <VideoIcon size={20} />}
			{video.durationMs > 0 && <span className={css.length}>{videoTime(video.durationMs)}</span>}
		</span>
	);
}
