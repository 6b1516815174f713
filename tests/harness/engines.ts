import { basename } from "node:path";
import { describe } from "node:test";

export type Engine = "sqlite" | "postgresql";
const BOTH: Engine[] = ["sqlite", "postgresql"];

/* ENGINES=sqlite, ENGINES=postgresql or both; undefined where nobody asked. */
const asked = process.env.ENGINES?.split(",").map((name) => {
	if (name !== "sqlite" && name !== "postgresql") throw new Error(`ENGINES: there is no engine "${name}"`);
	return name;
});

/* Declares the same tests for each engine: where the database has a part in what is promised. */
export function forEachEngine(declare: (engine: Engine) => void): void {
	for (const engine of asked ?? BOTH) describe(`on ${engine}`, () => declare(engine));
}

/* The engine whose turn it is in a file of tests, by its name: the same on every machine and in every run. */
export function turnOf(file: string): Engine {
	const sum = [...basename(file)].reduce((n, c) => n + (c.codePointAt(0) ?? 0), 0);
	return sum % 2 ? "postgresql" : "sqlite";
}

/* Declares tests whose subject is a page: nobody can tell the engine from there, and tests/api has what is behind it on both.
 * They run on the engine whose turn it is; with ENGINES on each that was named. file is import.meta.url. */
export function forOneEngine(file: string, declare: (engine: Engine) => void): void {
	for (const engine of asked ?? [turnOf(file)]) describe(`on ${engine}`, () => declare(engine));
}

/* The same for files with one program for all of their tests: the first engine that was named, or the one whose turn it is. */
export function engineOf(file: string): Engine {
	return asked?.[0] ?? turnOf(file);
}
