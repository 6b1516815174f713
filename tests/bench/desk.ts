import { join } from "node:path";
import { deliver, ticketId } from "../browser/desk.ts";
import { type Bellhop, launchBrowser, newPage, type Page, run, signIn, startBellhop } from "../harness/index.ts";
import { type Figure, median } from "./measure.ts";

/* The list of the agent workspace over many tickets, in a real browser (docs of the limits: the front end's budgets). Work of the page's
 * thread is in thread time, which a busy machine does not change as it changes the clock's. */
const TICKETS = 100_000;
const OPENED = 20;
const KEYS = 40;
const MESSAGES = 20;
const PX_PER_S = 13_000;
const SCROLL_MS = 4000;

async function seeded() {
	const bellhop = await startBellhop({ engine: "sqlite" });
	await bellhop.stop();
	run(["sqlite3", join(bellhop.dataDir, "bellhop.db")], {
		input: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${TICKETS})
			INSERT INTO object (id, object_type, version, created_at, updated_at, archived_at, label, pipeline_id, stage_id, is_closed, owner_id, priority, activity_at, closed_at, contact_id, preview, is_last_from_visitor, props)
			SELECT 100000 + i, 5, 1, 1775000000000 + i * 20000, 1775000000000, 0, 'Ticket ' || i || ' about an invoice', '0', '1', 0, 0, CASE i % 4 WHEN 0 THEN 'HIGH' ELSE NULL END, 1775000000000 + i * 20000, 0, 0, 'We moved in September and told you so', i % 2, '{}' FROM n;`,
	});
	await bellhop.restart();
	return bellhop;
}

/* In the page: when the first row was painted, and how much moved by itself. */
function watch() {
	const w = globalThis as unknown as { rowsAt?: number; shift: number };
	w.shift = 0;
	new PerformanceObserver((list) => {
		for (const e of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!e.hadRecentInput) w.shift += e.value;
	}).observe({ type: "layout-shift", buffered: true });
	const look = () => {
		if (document.querySelector("[role=grid] [role=row][id]")) requestAnimationFrame(() => (w.rowsAt = performance.now()));
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}

async function threadMs(page: Page, work: () => Promise<unknown>): Promise<number> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.setTimeDomain" as never, { timeDomain: "threadTicks" } as never).catch(() => {});
	await cdp.send("Performance.enable");
	const read = async () => (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration")?.value ?? 0;
	const before = await read();
	await work();
	const used = ((await read()) - before) * 1000;
	await cdp.detach();
	return used;
}

/* From the press on a row to its conversation on the screen. */
const open = (page: Page, place: number) =>
	page.evaluate(async (at) => {
		const row = document.querySelector<HTMLElement>(`[role=row][aria-rowindex="${at}"]`);
		const subject = row?.getAttribute("aria-label")?.split(",")[0] ?? "";
		const from = performance.now();
		row?.click();
		const frame = () => new Promise((done) => requestAnimationFrame(done));
		for (;;) {
			await frame();
			const page = document.querySelector("[data-region=conversation]");
			if (page?.textContent?.includes(subject) && !page.querySelector("[aria-busy]")) break;
			if (performance.now() - from > 10_000) break;
		}
		return performance.now() - from;
	}, place);

const scroll = (page: Page) =>
	page.evaluate(
		async ([speed, ms]) => {
			const grid = document.querySelector("[role=grid]") as HTMLElement;
			const scroller = grid.parentElement as HTMLElement;
			const began = performance.now();
			let frames = 0;
			let blank = 0;
			for (let now = began; now - began < (ms as number); ) {
				scroller.scrollTop = ((now - began) / 1000) * (speed as number);
				await new Promise((done) => requestAnimationFrame(done));
				now = performance.now();
				frames++;
				const box = scroller.getBoundingClientRect();
				const seen = [...grid.querySelectorAll("[role=row]")].filter((r) => r.getBoundingClientRect().bottom > box.top && r.getBoundingClientRect().top < box.bottom);
				if (seen.length === 0 || seen.some((r) => (r as HTMLElement).dataset.waitingRow !== undefined)) blank++;
			}
			return { fps: (frames * 1000) / (performance.now() - began), frames, blank };
		},
		[PX_PER_S, SCROLL_MS],
	);

/* From the moment that a mail was taken (250) to its text on the screen of somebody who has the ticket open. */
async function newMessages(page: Page, bellhop: Bellhop): Promise<number[]> {
	await deliver(bellhop, { subject: "A long talk", from: "Lea <lea@customer.example>", messageId: "<talk.0@customer.example>" });
	await page.goto(`${bellhop.url}/tickets/open/${await ticketId(bellhop, "A long talk")}`);
	await page.locator("article[data-message-id]").first().waitFor();
	await page.waitForTimeout(1000);
	const took: number[] = [];
	for (let i = 1; i <= MESSAGES; i++) {
		const shown = page.evaluate(async (before) => {
			while (document.querySelectorAll("article[data-message-id]").length <= before) await new Promise((done) => requestAnimationFrame(done));
			return Date.now();
		}, i);
		await deliver(bellhop, { subject: "Re: A long talk", from: "Lea <lea@customer.example>", inReplyTo: `<talk.${i - 1}@customer.example>`, messageId: `<talk.${i}@customer.example>` });
		const taken = Date.now();
		took.push((await shown) - taken);
	}
	return took;
}

const p = (values: number[], part: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] as number;
const most = (what: string, value: number, unit: string, limit: number, digits = 0): Figure => ({ what, value: `${value.toFixed(digits)} ${unit}`, target: `<= ${limit} ${unit}`, isMet: value <= limit });

export async function desk(): Promise<Figure[]> {
	const bellhop = await seeded();
	const browser = await launchBrowser();
	const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
	await signIn(page.context(), bellhop);
	/* what the loader of TypeScript puts into functions, and the page does not know */
	await page.addInitScript("globalThis.__name = (f) => f");
	await page.addInitScript(watch);
	const firstRows: number[] = [];
	for (let i = 0; i < 4; i++) {
		await page.goto(`${bellhop.url}/tickets/open`);
		await page.waitForFunction(() => (globalThis as { rowsAt?: number }).rowsAt !== undefined);
		firstRows.push(await page.evaluate(() => (globalThis as unknown as { rowsAt: number }).rowsAt));
	}
	await page.waitForTimeout(1000);
	const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
	const scrolled = { fps: 0, frames: 1, blank: 0 };
	const scrollMs = await threadMs(page, async () => void Object.assign(scrolled, await scroll(page)));
	await page.goto(`${bellhop.url}/tickets/open`);
	await page.locator("[role=row][id]").first().waitFor();
	await page.locator("[role=grid]").focus();
	const moveMs = await threadMs(page, async () => {
		for (let i = 0; i < KEYS; i++) await page.keyboard.press(i % 8 < 4 ? "j" : "k");
	});
	await open(page, 1);
	const fresh: number[] = [];
	const cached: number[] = [];
	for (let i = 2; i < 2 + OPENED / 4; i++) fresh.push(await open(page, i));
	for (let i = 0; i < OPENED; i++) cached.push(await open(page, 1 + (i % (1 + OPENED / 4))));
	await page.locator("[role=grid]").focus();
	const keyMs = await threadMs(page, async () => {
		for (let i = 0; i < KEYS; i++) await page.keyboard.press(i % 8 < 4 ? "j" : "k");
	});
	const news = await newMessages(page, bellhop);
	await browser.close();
	await bellhop.stop();
	return [
		most(`First rows of ${TICKETS} painted, warm`, median(firstRows.slice(1)), "ms", 600),
		{ what: "  layout shift", value: shift.toFixed(4), target: "<= 0.01", isMet: shift <= 0.01 },
		most("Open a ticket, from the server, median", median(fresh), "ms", 200),
		most("Open a ticket, cached, p50", p(cached, 0.5), "ms", 100),
		most("  p95", p(cached, 0.95), "ms", 100),
		most("Key J or K in the list, thread time", moveMs / KEYS, "ms", 10, 1),
		{ what: "Key J or K that opens the next ticket, thread time", value: `${(keyMs / KEYS).toFixed(1)} ms` },
		most("A new mail is on the screen of another, p95", p(news, 0.95), "ms", 300),
		{ what: `Scroll at ${PX_PER_S} px/s, frames`, value: `${scrolled.fps.toFixed(0)} fps`, target: ">= 55 fps", isMet: scrolled.fps >= 55 },
		most("  thread time for a frame", scrollMs / scrolled.frames, "ms", 10, 1),
		most("  frames with a row that is not there yet, of 100", (100 * scrolled.blank) / scrolled.frames, "", 1, 1),
	];
}
