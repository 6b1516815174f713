/* Tells how much of a video was watched, by its pieces of equal length: the page plays without it. */
const video = document.querySelector<HTMLVideoElement>("#video");
const PIECES = 20;
const REPORT_MS = 10_000;
/* A longer pause between two signs of life is none of playing on. */
const JUMP_MS = 2_000;

if (video) {
	const watched = new Map<number, number>();
	let lastAt = 0;
	let lastPiece = 0;
	let reportedAt = performance.now();
	const length = () => (Number.isFinite(video.duration) ? video.duration : Number(video.dataset.length) / 1000);
	const pieceNow = () => Math.min(PIECES, 1 + Math.floor((video.currentTime / length()) * PIECES)) || 1;
	const report = () => {
		reportedAt = performance.now();
		const pieces = [...watched].map(([piece, ms]) => `${piece}:${Math.round(ms)}`).join(",");
		if (!pieces) return;
		watched.clear();
		navigator.sendBeacon(video.dataset.seen ?? "", new URLSearchParams({ pieces }));
	};
	const begin = () => {
		lastAt = performance.now();
		lastPiece = pieceNow();
	};
	video.addEventListener("playing", begin);
	/* what is leapt over was not watched */
	video.addEventListener("seeking", () => {
		lastAt = 0;
	});
	video.addEventListener("seeked", begin);
	video.addEventListener("timeupdate", () => {
		const now = performance.now();
		if (video.paused || !lastAt || !(length() > 0)) return;
		const piece = pieceNow();
		/* of a short video several pieces pass between two of these */
		const first = piece > lastPiece && now - lastAt < JUMP_MS ? lastPiece : piece;
		for (let p = first; p <= piece; p++) watched.set(p, (watched.get(p) ?? 0) + (now - lastAt) / (piece - first + 1));
		lastAt = now;
		lastPiece = piece;
		if (now - reportedAt > REPORT_MS) report();
	});
	video.addEventListener("pause", report);
	video.addEventListener("ended", report);
	addEventListener("pagehide", report);
}
