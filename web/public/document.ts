/* Says for how long which page stood before the reader's eyes: only while the window is visible, for the page that fills most of it. It
 * is sent from time to time, and when he leaves. */

const TICK_MS = 500;
const SEND_MS = 10_000;
/* Nobody reads one screen for longer without moving anything: he has gone for coffee. */
const IDLE_MS = 120_000;

const list = document.getElementById("document");
const address = list?.dataset.seen;
const pages = [...(list?.querySelectorAll<HTMLElement>("[data-page]") ?? [])];
const visible = new Map<number, number>();
let lastMove = performance.now();
let lastTick = performance.now();
let hasSaid = false;

function heightInView(element: HTMLElement): number {
	const { top, bottom } = element.getBoundingClientRect();
	return Math.min(bottom, window.innerHeight) - Math.max(top, 0);
}

/* The page that one sees most of; a document without pictures is its first page. */
function pageInView(): number {
	let best = pages.length === 0 ? 1 : 0;
	let most = 0;
	for (const page of pages) {
		const height = heightInView(page);
		if (height <= most) continue;
		most = height;
		best = Number(page.dataset.page);
	}
	return best;
}

function tick(): void {
	const now = performance.now();
	const passed = Math.min(now - lastTick, 2 * TICK_MS);
	lastTick = now;
	if (document.visibilityState !== "visible" || now - lastMove > IDLE_MS) return;
	const page = pageInView();
	if (page > 0) visible.set(page, (visible.get(page) ?? 0) + passed);
}

function send(): void {
	if (!address || (visible.size === 0 && hasSaid)) return;
	const said = [...visible].map(([page, ms]) => `${page}:${Math.round(ms)}`).join(",");
	visible.clear();
	hasSaid = true;
	navigator.sendBeacon(address, new URLSearchParams({ pages: said }));
}

function moved(): void {
	lastMove = performance.now();
}

for (const kind of ["scroll", "pointermove", "keydown", "touchstart"])
	window.addEventListener(kind, moved, { passive: true });
document.addEventListener("visibilitychange", () => {
	tick();
	if (document.visibilityState === "hidden") send();
	moved();
});
window.addEventListener("pagehide", () => {
	tick();
	send();
});
window.setInterval(tick, TICK_MS);
window.setInterval(send, SEND_MS);
/* the first word of it soon: that somebody looks */
window.setTimeout(send, 2 * TICK_MS);
