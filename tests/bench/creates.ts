import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Bellhop, type Engine, startBellhop, tempDir } from "../harness/index.ts";
import { alternate, atMost, compile, type Figure, type Load, median, rates, runJson, TURN_S, wrk } from "./measure.ts";

interface Raw {
	perSecond: number;
	n: number;
	p50Ms: number;
	p99Ms: number;
}

const CLIENTS = 64;
const TICKET = JSON.stringify({
	properties: {
		subject: "The invoice of October shows the old address",
		content: "Hello, we moved in September and told you so, but the invoice still has our old address. Could you send a new one? ".repeat(4),
		hs_pipeline: "0",
		hs_pipeline_stage: "1",
		hs_ticket_priority: "HIGH",
	},
});

const start = (engine: Engine) => startBellhop({ engine, args: ["--lmtp", "none"] });
const create = (bellhop: Bellhop) => wrk(`${bellhop.url}/crm/v3/objects/tickets`, bellhop.token, [bellhop.pid], { body: TICKET, connections: CLIENTS });

/* The data directory of one ticket as the API creates it: the pattern of what the reference inserts. */
export async function patternDirectory(): Promise<string> {
	const bellhop = await start("sqlite");
	await bellhop.api.post("/crm/v3/objects/tickets", TICKET);
	await bellhop.stop();
	return bellhop.dataDir;
}

function copyOf(directory: string): string {
	const copy = join(tempDir("raw"), "bellhop.db");
	copyFileSync(join(directory, "bellhop.db"), copy);
	return copy;
}

async function onSqlite(): Promise<Figure[]> {
	const pattern = await patternDirectory();
	const program = compile("raw_commit", ["sqlite3"]);
	const [queued, alone] = [copyOf(pattern), copyOf(pattern)];
	const bellhop = await start("sqlite");
	const limits: Raw[] = [];
	const { reference, subject } = await alternate<Raw, Load>(
		() => runJson(program, queued, CLIENTS, TURN_S),
		async () => {
			const load = await create(bellhop);
			limits.push(await runJson<Raw>(program, alone, 0, TURN_S));
			return load;
		},
	);
	await bellhop.stop();
	const perSecond = subject.map((l) => l.perSecond);
	return [
		rates(`POST a ticket, durable, ${CLIENTS} clients, sqlite : raw group commit`, perSecond, reference.map((r) => r.perSecond), "/s", 0.5),
		{ ...atMost("  p99, sqlite", median(subject.map((l) => l.p99Ms)), "ms", 50, 1, { subject, reference }), reference: `${median(reference.map((r) => r.p99Ms)).toFixed(1)} ms` },
		rates("  : groups of 64 on one thread, nobody waiting", perSecond, limits.map((r) => r.perSecond), "/s"),
		atMost("  CPU of the server for each, sqlite", median(subject.map((l) => l.cpuUs)), "us", undefined, 1),
	];
}

async function onPostgres(): Promise<Figure[]> {
	const bellhop = await start("postgresql");
	const loads = [await create(bellhop), await create(bellhop), await create(bellhop)];
	await bellhop.stop();
	return [
		{ what: `POST a ticket, durable, ${CLIENTS} clients, postgresql`, value: `${Math.round(median(loads.map((l) => l.perSecond))).toLocaleString("en-US")} /s`, raw: loads },
		atMost("  p99, postgresql", median(loads.map((l) => l.p99Ms)), "ms", undefined, 1),
	];
}

export async function creates(): Promise<Figure[]> {
	return [...(await onSqlite()), ...(await onPostgres())];
}
