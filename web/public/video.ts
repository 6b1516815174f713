/* Tells how much of a video was watched, by its pieces of equal length: the page plays without it. */
const video = document.querySelector<HTMLVideoElement>("#video");
const PIECES = 20;
const REPORT_MS = 10_000;

if (video) {
	const watched = new Map<number, number>();
	let lastAt = 0;
	let reportedAt = performance.now();
	const length = () => (Number.isFinite(video.duration) ? video.duration : Number(video.dataset.length) / 1000);
	const report = () => {
		reportedAt = performance.now();
		const pieces = [...watched].map(([piece, ms]) => `${piece}:${Math.round(ms)}`).join(",");
		if (!pieces) return;
		watched.clear();
		navigator.sendBeacon(video.dataset.seen ?? "", new URLSearchParams({ pieces }));
	};
	video.addEventListener("playing", () => {
		lastAt = performance.now();
	});
	video.addEventListener("timeupdate", () => {
		const now = performance.now();
		if (video.paused || !lastAt || !(length() > 0)) return;
		const piece = Math.min(PIECES, 1 + Math.floor((video.currentTime / length()) * PIECES));
		watched.set(piece, (watched.get(piece) ?? 0) + now - lastAt);
		lastAt = now;
		if (now - reportedAt > REPORT_MS) report();
	});
	video.addEventListener("pause", report);
	video.addEventListener("ended", report);
	addEventListener("pagehide", report);
}
