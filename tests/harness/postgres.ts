import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run, type Server, startServer } from "./process.ts";
import { waitFor } from "./wait.ts";

const script = fileURLToPath(new URL("../../tools/with-postgres", import.meta.url));

let own: { server: Server; url: string } | undefined;

export interface Postgres {
	/* postgres://… of a user who may create databases. */
	url: string;
	/* An empty database of its own for one test; returns its URL. */
	createDatabase(): string;
	/* Runs SQL in a database and returns psql's unaligned output. */
	query(url: string, sql: string): string;
}

/* One PostgreSQL for the whole run: the one of BELLHOP_TEST_PG where the test runner started it, or one that this process starts
 * on first use. */
export async function startPostgres(): Promise<Postgres> {
	return from(process.env.BELLHOP_TEST_PG ?? (await startOwn()));
}

async function startOwn(): Promise<string> {
	if (!own) {
		/* it ends when its standard input does */
		const command = [script, "sh", "-c", 'echo "url=$BELLHOP_TEST_PG"; cat > /dev/null'];
		const server = startServer("PostgreSQL", command, { holdsStdin: true, isMaster: true });
		const url = await waitFor("PostgreSQL", () => {
			if (server.ended) throw new Error(server.log);
			return /^url=(\S+)$/m.exec(server.log)?.[1];
		}, { timeoutMs: 60_000 });
		own = { server, url };
	}
	return own.url;
}

/* Only needed by a test of this harness; the end of the process does it too. */
export async function stopPostgres(): Promise<void> {
	await own?.server.stop();
	own = undefined;
}

function psql(): string {
	if (existsSync("/usr/bin/psql")) return "/usr/bin/psql";
	const version = readdirSync("/usr/lib/postgresql").sort().at(-1);
	return `/usr/lib/postgresql/${version}/bin/psql`;
}

function from(url: string): Postgres {
	const query = (to: string, sql: string) => run([psql(), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", to], { input: sql }).trimEnd();
	return {
		url,
		query,
		createDatabase() {
			const name = `test_${randomBytes(6).toString("hex")}`;
			query(url, `CREATE DATABASE ${name}`);
			const made = new URL(url);
			made.pathname = `/${name}`;
			return made.href;
		},
	};
}
