/* Says so every so many milliseconds, also while its window is in the background. */
addEventListener("message", ({ data }: MessageEvent<number>) => {
	setInterval(() => postMessage(0), data);
});
