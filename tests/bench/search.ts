import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, tempDir } from "../harness/index.ts";
import { alternate, atMost, compile, type Figure, type Load, median, rates, runJson, TURN_S, wrk } from "./measure.ts";
import { type Million, startMillion } from "./million.ts";

interface Raw {
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
}

const QUERY_S = 1;
const MOST_MS = 20;
const BATCH = 100;
const SEARCH = "/crm/v3/objects/tickets/search";

const eq = (propertyName: string, value: string) => ({ propertyName, operator: "EQ", value });
const isIn = (propertyName: string, ...values: string[]) => ({ propertyName, operator: "IN", values });

/* Filters, and the same as SQL. */
const searches: { what: string; filters: object[]; where: string; by: string; pageBy?: string }[] = [
	{ what: "closed and HIGH, common", filters: [eq("hs_pipeline_stage", "4"), eq("hs_ticket_priority", "HIGH")], where: "stage_id = '4' AND priority = 'HIGH'", by: "object_by_priority_stage" },
	{ what: "new and URGENT, rare", filters: [eq("hs_pipeline_stage", "1"), eq("hs_ticket_priority", "URGENT")], where: "stage_id = '1' AND priority = 'URGENT'", by: "object_by_priority_stage" },
	{ what: "new, of one who has none", filters: [eq("hs_pipeline_stage", "1"), eq("hubspot_owner_id", "77")], where: "stage_id = '1' AND owner_id = 77", by: "object_by_stage_owner" },
	{ what: "3 states, of 4 owners", filters: [isIn("hs_pipeline_stage", "1", "2", "3"), isIn("hubspot_owner_id", "1", "2", "4", "5")], where: "stage_id IN ('1', '2', '3') AND owner_id IN (1, 2, 4, 5)", by: "object_by_stage_owner", pageBy: "object_newest_activity" },
];

/* The page and the number that the API answers with, asked for straight. SQLite is told the best index: it has no statistics. */
function rawSearch(engine: Engine, s: (typeof searches)[number]): string[] {
	const from = (index: string) => `FROM object ${engine === "sqlite" ? `INDEXED BY ${index}` : ""} WHERE object_type = 5 AND archived_at = 0 AND ${s.where}`;
	return [`SELECT count(*) FROM (SELECT 1 ${from(s.by)} LIMIT 10000) AS few`, `SELECT * ${from(s.pageBy ?? s.by)} ORDER BY activity_at DESC, id DESC LIMIT 10`];
}
const RAW_LIST = "SELECT * FROM object WHERE id IN (SELECT id FROM object WHERE object_type = 5 AND archived_at = 0 AND id > 0 ORDER BY id LIMIT 100) ORDER BY id";
const RAW_VIEW = "SELECT t.*, k.label, k.unique_key FROM object t LEFT JOIN object k ON k.id = t.contact_id WHERE t.object_type = 5 AND t.archived_at = 0 AND t.is_closed = 0 ORDER BY t.activity_at DESC, t.id DESC LIMIT 50";

function figures(what: string, engine: Engine, { reference, subject }: { reference: Raw[]; subject: Load[] }, mostMs?: number): Figure[] {
	return [
		rates(`${what}, ${engine} : raw`, subject.map((l) => l.perSecond), reference.map((r) => r.perSecond), "/s"),
		{ ...atMost("  p50", median(subject.map((l) => l.p50Ms)), "ms", mostMs, 2, { subject, reference }), reference: `${median(reference.map((r) => r.p50Ms)).toFixed(2)} ms` },
		{ ...atMost("  p99", median(subject.map((l) => l.p99Ms)), "ms", undefined, 2), reference: `${median(reference.map((r) => r.p99Ms)).toFixed(2)} ms` },
	];
}

/* One client and one raw connection, each waiting for its answer: what is compared is time, not how much fits beside each other. */
async function compare(m: Million, path: string, body: object | undefined, statements: string[]): Promise<{ reference: Raw[]; subject: Load[] }> {
	const program = compile("raw_query", ["sqlite3", "libpq"]);
	const options = { connections: 1, seconds: QUERY_S, ...(body ? { body: JSON.stringify(body) } : {}) };
	const ask = () => wrk(m.bellhop.url + path, m.bellhop.token, [m.bellhop.pid], options);
	await ask();
	return alternate<Raw, Load>(() => runJson(program, m.database, QUERY_S, ...statements), ask);
}

/* Rows of the ticket that was made last, once more for each of a batch. */
async function rawBatch(m: Million): Promise<string> {
	const columns = async (table: string) => (await m.sql(`SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = '${table}' AND column_name <> 'id'`)).trim();
	const [object, change, event] = [await columns("object"), await columns("object_change"), await columns("event")];
	const id = (await m.sql("SELECT max(id) FROM object WHERE object_type = 5")).trim();
	const of = (names: string, own: string) => names.split(", ").map((n) => (n === own ? "o.id" : `p.${n}`)).join(", ");
	return `WITH o AS (INSERT INTO object (${object}) SELECT ${object} FROM object CROSS JOIN generate_series(1, ${BATCH}) WHERE id = ${id} RETURNING id),
		c AS (INSERT INTO object_change (${change}) SELECT ${of(change, "object_id")} FROM o, (SELECT * FROM object_change WHERE object_id = ${id} ORDER BY id LIMIT 1) AS p)
		INSERT INTO event (${event}) SELECT ${of(event, "about_id")} FROM o, (SELECT * FROM event WHERE about_id = ${id} ORDER BY id LIMIT 1) AS p`;
}

async function batches(m: Million, engine: Engine): Promise<Figure[]> {
	const ticket = { properties: { subject: "The invoice of October shows the old address", content: "Hello, we moved in September and told you so. ".repeat(4), hs_pipeline: "0", hs_pipeline_stage: "1", hs_ticket_priority: "HIGH" } };
	const path = "/crm/v3/objects/tickets/batch/create";
	const body = JSON.stringify({ inputs: Array(BATCH).fill(ticket) });
	const create = () => wrk(m.bellhop.url + path, m.bellhop.token, [m.bellhop.pid], { connections: 1, seconds: TURN_S, body });
	await create();
	if (engine === "postgresql") {
		const program = compile("raw_query", ["sqlite3", "libpq"]);
		const statement = await rawBatch(m);
		return figures(`Batch create of ${BATCH} tickets, durable`, engine, await alternate<Raw, Load>(() => runJson(program, m.database, TURN_S, statement), create));
	}
	/* two writers would wait for each other: the reference has a copy */
	const copy = join(tempDir("raw"), "bellhop.db");
	await m.bellhop.stop();
	copyFileSync(m.database, copy);
	await m.bellhop.restart();
	const program = compile("raw_commit", ["sqlite3"]);
	const raw = async () => {
		const all = await runJson<Raw>(program, copy, `by${BATCH}`, TURN_S);
		return { ...all, perSecond: all.perSecond / BATCH, p50Ms: (1000 * BATCH) / all.perSecond, p99Ms: (1000 * BATCH) / all.perSecond };
	};
	return figures(`Batch create of ${BATCH} tickets, durable`, engine, await alternate<Raw, Load>(raw, create));
}

async function searchOn(engine: Engine): Promise<Figure[]> {
	const m = await startMillion(engine);
	const all: Figure[] = [];
	for (const s of searches) {
		const body = { filters: s.filters, sorts: ["-hs_lastactivitydate"] };
		all.push(...figures(`Search 1M tickets: ${s.what}`, engine, await compare(m, SEARCH, body, rawSearch(engine, s)), MOST_MS));
	}
	all.push(...figures("List 1M tickets, 100 a page", engine, await compare(m, "/crm/v3/objects/tickets?limit=100", undefined, [RAW_LIST]), MOST_MS));
	all.push(...figures("The view of what is open", engine, await compare(m, "/desk/v1/views/open/tickets?limit=50", undefined, [RAW_VIEW]), MOST_MS));
	all.push(...(await batches(m, engine)));
	await m.bellhop.stop();
	return all;
}

export async function search(): Promise<Figure[]> {
	return [...(await searchOn("sqlite")), ...(await searchOn("postgresql"))];
}
