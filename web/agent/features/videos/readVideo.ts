/* What a browser reads of a video before anybody has it: how long and how large it is, and a picture of any moment. */

export interface VideoFacts {
	/* 0: the file does not say. */
	durationMs: number;
	width: number;
	height: number;
}

const READ_MS = 20_000;
const MAX_POSTER_SIDE = 1280;
const POSTER_QUALITY = 0.85;

function once(video: HTMLVideoElement, name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`no ${name}`)), READ_MS);
		const settle = (run: () => void) => () => {
			clearTimeout(timer);
			run();
		};
		video.addEventListener(name, settle(resolve), { once: true });
		video.addEventListener(
			"error",
			settle(() => reject(new Error("the browser cannot play it"))),
			{ once: true },
		);
	});
}

/* Runs on a video element that shows its first frame. Rejects where this browser cannot play the file, or there is no picture in it. */
async function withVideo<T>(file: Blob, run: (video: HTMLVideoElement) => Promise<T> | T): Promise<T> {
	const address = URL.createObjectURL(file);
	const video = document.createElement("video");
	try {
		video.muted = true;
		video.preload = "auto";
		const loaded = once(video, "loadeddata");
		video.src = address;
		await loaded;
		if (!video.videoWidth) throw new Error("there is no picture in it");
		return await run(video);
	} finally {
		video.removeAttribute("src");
		video.load();
		URL.revokeObjectURL(address);
	}
}

const factsOf = (video: HTMLVideoElement): VideoFacts => ({
	durationMs: Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : 0,
	width: video.videoWidth,
	height: video.videoHeight,
});

/* What a video element shows now, as a JPEG. */
export function pictureOf(video: HTMLVideoElement): Promise<Blob> {
	const scale = Math.min(1, MAX_POSTER_SIDE / Math.max(video.videoWidth, video.videoHeight));
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(video.videoWidth * scale);
	canvas.height = Math.round(video.videoHeight * scale);
	canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob((b) => (b ? resolve(b) : reject(new Error("no picture"))), "image/jpeg", POSTER_QUALITY),
	);
}

/* Its facts, and a picture of its first second: the very first frame is often black. */
export function readVideo(file: Blob): Promise<VideoFacts & { poster: Blob }> {
	return withVideo(file, async (video) => {
		const facts = factsOf(video);
		const at = Math.min(1, facts.durationMs / 2000);
		if (at > 0) {
			const there = once(video, "seeked");
			video.currentTime = at;
			await there;
		}
		return { ...facts, poster: await pictureOf(video) };
	});
}
