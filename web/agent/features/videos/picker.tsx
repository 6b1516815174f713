/* Videos for the Insert menu. In a mail one is a picture that leads to its page, by a link made for who is written to; among colleagues
 * it leads to the library. */
import { Video as VideoIcon } from "lucide-react";
import { uploadMessageFile } from "#shared/api/upload";
import { library } from "../../data/library";
import { shareLinks } from "../../data/shareLinks";
import { findVideos, loadVideo, type Video } from "../../data/videos";
import { MAX_PICKS, type PickSource } from "../composer/editor/insert/pickers";
import { contentIdOf } from "../composer/editor/pictures";
import { mailPicture } from "./mailPicture";
import { openRecorder } from "./recordWindow";
import { videoTime } from "./videoTime";

const never = new AbortController().signal;

/* A mail without its picture is still a mail. */
async function picture(video: Video) {
	try {
		const { file, width } = await mailPicture(video.posterUrl);
		const sent = await uploadMessageFile(file, { onProgress: () => {}, signal: never });
		return { picture: contentIdOf(sent.id), pictureWidth: width };
	} catch {
		return {};
	}
}

const noteOf = (video: Video) => (video.durationMs ? videoTime(video.durationMs) : undefined);

export const videoPicks: PickSource = {
	libraryPath: "/library/videos",
	make: {
		label: "videos.recordOne",
		icon: <VideoIcon size={15} aria-hidden />,
		run: (onMade) => openRecorder(onMade) !== undefined,
		blocked: "videos.record.noWindow",
	},
	find: async (query, _context, signal) =>
		(await findVideos(query, MAX_PICKS, signal)).map((v) => ({ id: v.id, label: v.name, note: noteOf(v) })),
	card: async (id, { ticketId, place }) => {
		const video = await loadVideo(id);
		const card = { kind: "video" as const, title: video.name, description: noteOf(video) };
		library.used(id);
		if (place === "comment") return { ...card, url: `${location.origin}/library/videos/${id}` };
		const link = await shareLinks.ofTicket(ticketId, id);
		return { ...card, ...(await picture(video)), url: link.url ?? "" };
	},
};
