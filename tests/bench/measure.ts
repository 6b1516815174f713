import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { run } from "../harness/index.ts";

/* How often reference and subject take turns, and how long each turn is. */
export const TURNS = 3;
export const TURN_S = 3;

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const buildDir = join(root, "build", "bench");

/* One line of the table. */
export interface Figure {
	what: string;
	/* The subject's own figure, as measured. */
	value: string;
	/* The reference's, where there is one. */
	reference?: string;
	ratio?: number;
	/* "ratio >= 0.6", "<= 50 ms"; undefined: only for information. */
	target?: string;
	isMet?: boolean;
	/* All that was measured, for build/bench.json. */
	raw?: unknown;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/* Reference and subject alternate, so that a busy neighbour hits both. */
export async function alternate<A, B>(reference: () => Promise<A>, subject: () => Promise<B>, turns = TURNS): Promise<{ reference: A[]; subject: B[] }> {
	const out = { reference: [] as A[], subject: [] as B[] };
	for (let i = 0; i < turns; i++) {
		out.reference.push(await reference());
		out.subject.push(await subject());
	}
	return out;
}

export const round = (n: number, digits = 0): string => n.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits });

/* A figure that is a rate against a reference's. The ratio is the median of the turns' ratios. */
export function rates(what: string, subject: number[], reference: number[], unit: string, atLeast?: number): Figure {
	const ratio = median(subject.map((rate, i) => rate / (reference[i] as number)));
	return {
		what,
		value: `${round(median(subject))} ${unit}`,
		reference: `${round(median(reference))} ${unit}`,
		ratio,
		target: atLeast === undefined ? undefined : `ratio >= ${atLeast}`,
		isMet: atLeast === undefined ? undefined : ratio >= atLeast,
		raw: { subject, reference },
	};
}

export function atMost(what: string, value: number, unit: string, most: number | undefined, digits = 0, raw?: unknown): Figure {
	return {
		what,
		value: `${round(value, digits)} ${unit}`,
		target: most === undefined ? undefined : `<= ${most} ${unit}`,
		isMet: most === undefined ? undefined : value <= most,
		raw: raw ?? value,
	};
}

/* Compiles tests/bench/<name>.c and returns the program's path. */
export function compile(name: string, packages: string[] = []): string {
	mkdirSync(buildDir, { recursive: true });
	const program = join(buildDir, name);
	const flags = packages.length ? run(["pkg-config", "--cflags", "--libs", ...packages]).trim().split(/\s+/) : [];
	run(["gcc", "-std=gnu17", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, join(root, "tests", "bench", `${name}.c`), ...flags, "-lpthread"]);
	return program;
}

/* Runs a program that prints one line of JSON, without blocking this process. */
export async function runJson<T>(program: string, ...args: (string | number)[]): Promise<T> {
	const { stdout } = await promisify(execFile)(program, args.map(String), { timeout: 120_000 });
	return JSON.parse(stdout) as T;
}

export interface Load {
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
	cpuUs: number; /* of the server, for each request */
}

const MS: Record<string, number> = { us: 1e-3, ms: 1, s: 1e3 };

/* wrk with one thread and 64 connections that stay open. Throws when an answer was not 2xx. */
export async function wrk(url: string, token: string, pids: number[], options: { seconds?: number; connections?: number; body?: string } = {}): Promise<Load> {
	const { seconds = TURN_S, connections = 64, body } = options;
	const args = ["-t1", `-c${connections}`, `-d${seconds}`, "--latency", "-H", `Authorization: Bearer ${token}`];
	if (body !== undefined) {
		const script = join(buildDir, "post.lua");
		writeFileSync(script, `wrk.method = "POST"\nwrk.body = [==[${body}]==]\nwrk.headers["Content-Type"] = "application/json"\n`);
		args.push("-s", script);
	}
	const before = cpuSeconds(pids);
	const { stdout } = await promisify(execFile)("wrk", [...args, url]);
	const cpuS = cpuSeconds(pids) - before;
	const find = (pattern: RegExp) => pattern.exec(stdout) ?? [];
	const time = (percent: number) => {
		const [, number, unit] = find(new RegExp(`^ +${percent}% +([\\d.]+)(us|ms|s)`, "m"));
		return Number(number) * (MS[unit ?? ""] ?? Number.NaN);
	};
	const requests = Number(find(/^ +(\d+) requests in/m)[1]);
	if (/Non-2xx|Socket errors/.test(stdout) || !requests) throw new Error(`wrk ${url}:\n${stdout}`);
	return { perSecond: Number(find(/^Requests\/sec: +([\d.]+)/m)[1]), p50Ms: time(50), p99Ms: time(99), cpuUs: (cpuS / requests) * 1e6 };
}

/* Of all threads of the processes, so far. */
function cpuSeconds(pids: number[]): number {
	const HERTZ = 100;
	return pids.reduce((sum, pid) => {
		const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
		return sum + (Number(fields[11]) + Number(fields[12])) / HERTZ;
	}, 0);
}

/* Resident memory of a process. */
export function residentKb(pid: number): number {
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
