/* "1:05", "1:02:03": how long a video is, as players write it everywhere. */
export function videoTime(ms: number): string {
	const all = Math.max(0, Math.round(ms / 1000));
	const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
	const two = (n: number) => String(n).padStart(2, "0");
	return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
