import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { binary, freePort, startServer } from "../harness/index.ts";
import { patternDirectory } from "./creates.ts";
import { atMost, compile, type Figure, median, residentKb, runJson } from "./measure.ts";

const MANY_TICKETS = 100_000;
const SETTLE_MS = 300; /* threads that start after the first answer */

/* From exec to the first 200 of /healthz, and what is resident a moment later. */
async function startOnce(dataDir: string): Promise<{ seconds: number; mb: number }> {
	const port = await freePort();
	const from = performance.now();
	const server = startServer("bellhop", [binary, "serve", "--data", dataDir, "--http", `127.0.0.1:${port}`, "--lmtp", `127.0.0.1:${await freePort()}`]);
	for (;;) {
		const isThere = await fetch(`http://127.0.0.1:${port}/healthz`).then((a) => a.ok, () => false);
		if (isThere) break;
		if (server.ended) throw new Error(server.log);
		await pause(2);
	}
	const seconds = (performance.now() - from) / 1000;
	await pause(SETTLE_MS);
	const mb = residentKb(server.pid) / 1024;
	await server.stop();
	return { seconds, mb };
}

async function starts(what: string, dataDir: string): Promise<Figure[]> {
	const all = [await startOnce(dataDir), await startOnce(dataDir), await startOnce(dataDir)];
	return [
		atMost(`Start to the first answer, ${what}`, median(all.map((s) => s.seconds)), "s", 1, 2, all),
		atMost(`Resident after start, ${what}`, median(all.map((s) => s.mb)), "MB", 60, 1),
	];
}

export async function start(): Promise<Figure[]> {
	const dataDir = await patternDirectory();
	const empty = await starts("one ticket", dataDir);
	await runJson(compile("raw_commit", ["sqlite3"]), join(dataDir, "bellhop.db"), "fill", MANY_TICKETS);
	return [...empty, ...(await starts(`${MANY_TICKETS.toLocaleString("en-US")} tickets`, dataDir))];
}
