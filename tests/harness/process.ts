import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";

/* A server under test. It is the leader of its own process group, and ends with this process, however that ends. */
export interface Server {
	readonly pid: number;
	/* What it printed so far, both streams. */
	readonly log: string;
	/* "exit 0", "signal SIGKILL"; undefined while it runs. */
	readonly ended: string | undefined;
	/* Sends SIGTERM (or the signal) and waits for the end; after timeoutMs the whole group is killed, and that is an error. */
	stop(signal?: NodeJS.Signals, timeoutMs?: number): Promise<void>;
	/* SIGKILL to the whole group, and waits. */
	kill9(): Promise<void>;
	/* Resolves when it has ended. */
	wait(): Promise<string>;
}

const running = new Set<ChildProcess>();

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		/* it is gone */
	}
}

process.on("exit", () => {
	for (const child of running) killGroup(child, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/* The kernel ends the child when this process is killed; exit handlers do not run then. */
const GUARD = existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--"] : [];
const MAX_LOG_CHARS = 4_000_000;

export interface StartOptions {
	env?: NodeJS.ProcessEnv;
	cwd?: string;
	/* Keep the standard input open as long as this process lives. */
	holdsStdin?: boolean;
	/* SIGTERM at the death of this process instead of SIGKILL, for masters that have to end their children. */
	isMaster?: boolean;
}

export function startServer(name: string, command: string[], options: StartOptions = {}): Server {
	const guard = options.isMaster ? GUARD.map((word) => (word === "KILL" ? "TERM" : word)) : GUARD;
	const [program, ...args] = [...guard, ...command];
	const child = spawn(program as string, args, {
		cwd: options.cwd,
		env: { ...process.env, ...options.env },
		detached: true,
		stdio: [options.holdsStdin ? "pipe" : "ignore", "pipe", "pipe"],
	});
	running.add(child);
	/* a forgotten server must not keep the test process alive; its end stops the server */
	const handles = [child, child.stdout, child.stderr, child.stdin] as unknown as ({ ref?(): void; unref?(): void } | null)[];
	for (const handle of handles) handle?.unref?.();
	let log = "";
	let ended: string | undefined;
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding("utf8").on("data", (text: string) => {
			log = (log + text).slice(-MAX_LOG_CHARS);
		});
	const end = new Promise<string>((resolve) => {
		const finish = (how: string) => {
			ended ??= how;
			running.delete(child);
			resolve(ended);
		};
		child.once("error", (error) => finish(`could not start ${name}: ${error.message}`));
		/* "close" comes after the last output was read; children that hold the pipes must not delay it for ever */
		child.once("exit", (code, signal) => {
			const how = signal ? `signal ${signal}` : `exit ${code}`;
			child.once("close", () => finish(how));
			setTimeout(() => finish(how), 500);
		});
	});

	const awaitEnd = () => {
		child.ref();
		return end;
	};

	return {
		get pid() {
			return child.pid ?? 0;
		},
		get log() {
			return log;
		},
		get ended() {
			return ended;
		},
		wait: () => awaitEnd(),
		async stop(signal = "SIGTERM", timeoutMs = 15_000) {
			if (ended !== undefined) return;
			child.kill(signal);
			let isStuck = false;
			const timer = setTimeout(() => {
				isStuck = true;
				killGroup(child, "SIGKILL");
			}, timeoutMs);
			await awaitEnd();
			clearTimeout(timer);
			killGroup(child, "SIGKILL");
			if (isStuck) throw new Error(`${name} did not end within ${timeoutMs} ms of ${signal}\n${log}`);
		},
		async kill9() {
			killGroup(child, "SIGKILL");
			await awaitEnd();
		},
	};
}

/* Runs a command to its end and returns what it printed; throws with both streams when it fails. */
export function run(command: string[], options: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string; timeoutMs?: number } = {}): string {
	const [program, ...args] = command;
	try {
		return execFileSync(program as string, args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env },
			input: options.input ?? "",
			encoding: "utf8",
			timeout: options.timeoutMs ?? 60_000,
			stdio: ["pipe", "pipe", "pipe"],
		});
	} catch (error) {
		const { stdout, stderr, status } = error as { stdout?: string; stderr?: string; status?: number };
		throw Object.assign(new Error(`${command.join(" ")}: exit ${status}\n${stdout ?? ""}${stderr ?? ""}`), { stdout, stderr, status });
	}
}

export const isRoot = process.getuid?.() === 0;
