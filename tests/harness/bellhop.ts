import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ApiClient, api } from "./api.ts";
import type { Engine } from "./engines.ts";
import { freePort } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { run, type Server, startServer } from "./process.ts";
import { tempDir } from "./temp.ts";
import { waitFor } from "./wait.ts";

/* The program under test; BELLHOP_BINARY names another build of it. */
export const binary = process.env.BELLHOP_BINARY ?? fileURLToPath(new URL("../../build/bellhop", import.meta.url));

export interface BellhopOptions {
	engine: Engine;
	/* More flags of `serve`, as --smtp smtp://…; and of `init`, as --demo. */
	args?: string[];
	initArgs?: string[];
	env?: NodeJS.ProcessEnv;
	adminEmail?: string;
	adminPassword?: string;
	inbox?: string;
	/* Another database server than the shared one: the URL of an empty database. */
	db?: string;
	/* An existing data directory: `init` is left out, and token is empty. */
	dataDir?: string;
}

export interface Bellhop {
	engine: Engine;
	url: string;
	httpPort: number;
	lmtpPort: number;
	dataDir: string;
	/* postgres://…, or undefined. */
	db: string | undefined;
	/* Of the administrator, with all scopes. */
	token: string;
	admin: { email: string; password: string };
	inbox: string;
	/* With the administrator's token. */
	api: ApiClient;
	readonly pid: number;
	/* What the running process printed; restart() begins a new one. */
	readonly log: string;
	/* Ends it with SIGTERM; throws when it does not end well, or left a sanitizer's report. */
	stop(): Promise<void>;
	kill9(): Promise<void>;
	/* Starts it again on the same ports and data (after stop or kill9, or a stop comes first), with other serve flags if given. */
	restart(args?: string[]): Promise<void>;
	/* Runs a subcommand on this data: command("token", "create", "--user", …). */
	command(...args: string[]): string;
}

const SANITIZER = /ERROR: (Address|Leak|Thread)Sanitizer|runtime error: /;

/* `bellhop init` and `bellhop serve` on ports and a directory (or database) of their own; answers when /healthz does. */
export async function startBellhop(options: BellhopOptions): Promise<Bellhop> {
	if (!existsSync(binary)) throw new Error(`${binary} is not there: make build`);
	const { engine } = options;
	const dataDir = options.dataDir ?? join(tempDir("data"), "data");
	const db = engine === "postgresql" ? (options.db ?? (await startPostgres()).createDatabase()) : undefined;
	const admin = { email: options.adminEmail ?? "admin@desk.example", password: options.adminPassword ?? "correct horse battery" };
	const inbox = options.inbox ?? `support@${admin.email.split("@")[1]}`;
	const where = ["--data", dataDir, ...(db ? ["--db", db] : [])];
	const env = { BELLHOP_HTTP: undefined, BELLHOP_DATA: undefined, BELLHOP_DB: undefined, ...options.env };
	const command = (...args: string[]) => run([binary, ...args, ...where], { env });

	let token = "";
	if (!options.dataDir) {
		const printed = command("init", "--admin-email", admin.email, "--admin-password", admin.password, "--inbox", inbox, ...(options.initArgs ?? []));
		token = printed.trimEnd().split("\n").at(-1) ?? "";
	}
	const [httpPort, lmtpPort] = [await freePort(), await freePort()];
	const url = `http://127.0.0.1:${httpPort}`;
	let args = options.args ?? [];
	let server: Server | undefined;

	const start = async () => {
		const started = startServer("bellhop", [binary, "serve", ...where, "--http", `127.0.0.1:${httpPort}`, "--lmtp", `127.0.0.1:${lmtpPort}`, ...args], { env });
		server = started;
		const fail = async (why: string) => {
			await started.kill9();
			throw new Error(`${why}\n${started.log.slice(-4000)}`);
		};
		const health = await waitFor("bellhop to answer", async () => started.ended ?? (await fetch(`${url}/healthz`)), { timeoutMs: 20_000 }).catch(
			(error: Error) => fail(error.message),
		);
		if (typeof health === "object" && !health.ok) await fail(`GET /healthz: ${health.status} ${await health.text()}`);
		if (started.ended) throw new Error(`bellhop serve: ${started.ended}\n${started.log}`);
	};
	const stop = async () => {
		if (!server) return;
		const stopped = server;
		server = undefined;
		const wasRunning = stopped.ended === undefined;
		await stopped.stop();
		if (SANITIZER.test(stopped.log)) throw new Error(`a sanitizer's report:\n${stopped.log}`);
		if (!wasRunning || stopped.ended !== "exit 0") throw new Error(`bellhop ended by itself or badly: ${stopped.ended}\n${stopped.log}`);
	};
	await start();

	return {
		engine,
		url,
		httpPort,
		lmtpPort,
		dataDir,
		db,
		token,
		admin,
		inbox,
		api: api(url, token),
		command,
		stop,
		get pid() {
			return server?.pid ?? 0;
		},
		get log() {
			return server?.log ?? "";
		},
		async kill9() {
			await server?.kill9();
			server = undefined;
		},
		async restart(newArgs) {
			await stop();
			args = newArgs ?? args;
			await start();
		},
	};
}
