import { join } from "node:path";
import { type Bellhop, type Engine, run, startBellhop, startPostgres } from "../harness/index.ts";

/* A million tickets in a database that the program made: most of them closed and old, a tenth new, two pipelines, 39 owners of very
 * different diligence and two who have nearly none, five priorities with none the most frequent. Always the same. */
export const TICKETS = 1_000_000;
const CONTACTS = 50_000;
const BEGAN_AT = 1_775_000_000_000; /* a ticket every 20 s from then on */
const FIRST_ID = 100_000;

export interface Million {
	bellhop: Bellhop;
	/* postgres://…, or the file. */
	database: string;
	/* Runs SQL and returns what it printed. */
	sql(...statements: string[]): Promise<string>;
}

const COLUMNS = "id, object_type, version, created_at, updated_at, archived_at, label, unique_key, pipeline_id, stage_id, is_closed, owner_id, priority, activity_at, closed_at, contact_id, preview, is_last_from_visitor, props";

function inserts(engine: Engine): string[] {
	const numbers = (n: number) => (engine === "sqlite" ? `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n)` : `generate_series(1, ${n}) AS g(i)`);
	/* four sequences that have nothing to do with each other */
	const chance = `SELECT i, (i * CAST(7919 AS BIGINT)) % 10007 AS a, (i * CAST(104729 AS BIGINT)) % 10009 AS b, (i * CAST(15485863 AS BIGINT)) % 10037 AS c, (i * CAST(32452843 AS BIGINT)) % 10039 AS d FROM ${numbers(TICKETS)}`;
	const drawn = `SELECT i, ${BEGAN_AT} + i * CAST(20000 AS BIGINT) AS created, ${BEGAN_AT} + i * CAST(20000 AS BIGINT) + (a * b) % 1728000000 AS activity,
		CASE WHEN b % 5 = 0 THEN '7' ELSE '0' END AS pipeline,
		CASE WHEN a % 100 >= CASE WHEN i > ${TICKETS * 0.9} THEN 60 ELSE 5 END THEN '4' WHEN b % 3 = 0 THEN '1' WHEN b % 3 = 1 THEN '2' ELSE '3' END AS stage,
		CASE WHEN i % 50000 = 7 THEN 77 WHEN i % 500 = 8 THEN 78 WHEN c % 10 = 0 THEN 0 ELSE 1 + (c * c) % 39 END AS owner,
		CASE WHEN d % 20 < 8 THEN NULL WHEN d % 20 < 12 THEN 'LOW' WHEN d % 20 < 16 THEN 'MEDIUM' WHEN d % 20 < 19 THEN 'HIGH' ELSE 'URGENT' END AS priority,
		CASE a % 4 WHEN 0 THEN 'PRODUCT_ISSUE' WHEN 1 THEN 'BILLING_ISSUE' WHEN 2 THEN 'FEATURE_REQUEST' ELSE 'GENERAL_INQUIRY' END AS category FROM (${chance}) AS h`;
	return [
		`INSERT INTO object (${COLUMNS}) SELECT ${FIRST_ID} + i, 1, 1, ${BEGAN_AT}, ${BEGAN_AT}, 0, 'Contact ' || i, 'c' || i || '@big.example', NULL, NULL, 0, 0, NULL, ${BEGAN_AT}, 0, 0, NULL, 0, '{}' FROM ${numbers(CONTACTS)}`,
		`INSERT INTO object (${COLUMNS}) SELECT ${FIRST_ID + CONTACTS} + i, 5, 1, created, activity, 0, 'Ticket ' || i || ' about an invoice', NULL, pipeline, CASE WHEN pipeline = '0' THEN stage ELSE '7' || stage END,
			CASE WHEN stage = '4' THEN 1 ELSE 0 END, owner, priority, activity, CASE WHEN stage = '4' THEN activity ELSE 0 END, ${FIRST_ID} + 1 + (i * 31) % ${CONTACTS}, 'We moved in September and told you so', i % 2,
			'{"content":"Hello, we moved in September and told you so, but the invoice still has our old address.","source_type":"EMAIL","hs_ticket_category":"' || category || '"}' FROM (${drawn}) AS t`,
	];
}

/* Indexes are dropped, and made again at the end: that is quicker by half. */
export async function startMillion(engine: Engine): Promise<Million> {
	const bellhop = await startBellhop({ engine, args: ["--lmtp", "none"] });
	const file = join(bellhop.dataDir, "bellhop.db");
	const database = bellhop.db ?? file;
	const sql = async (...statements: string[]): Promise<string> => {
		const text = `${statements.join(";\n")};\n`;
		return bellhop.db ? (await startPostgres()).query(bellhop.db, text) : run(["sqlite3", "-cmd", ".timeout 10000", file], { input: text }).trimEnd();
	};
	await bellhop.stop();
	const listed = await sql(
		engine === "sqlite"
			? "SELECT name || ' ' || replace(sql, char(10), ' ') FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'object' AND sql IS NOT NULL"
			: "SELECT indexname || ' ' || indexdef FROM pg_indexes WHERE tablename = 'object' AND indexname <> 'object_pkey'",
	);
	const indexes = listed.split("\n").map((line) => ({ name: line.split(" ")[0], sql: line.slice(line.indexOf(" ") + 1) }));
	const begin = engine === "sqlite" ? ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -200000"] : [];
	const end = engine === "sqlite" ? ["PRAGMA wal_checkpoint(TRUNCATE)"] : ["SELECT setval(pg_get_serial_sequence('object', 'id'), (SELECT max(id) FROM object))", "VACUUM ANALYZE object"];
	await sql(...begin, ...indexes.map((i) => `DROP INDEX ${i.name}`), ...inserts(engine), ...indexes.map((i) => i.sql), ...end);
	await bellhop.restart();
	return { bellhop, database, sql };
}
