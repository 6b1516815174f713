import { describe } from "node:test";

export type Engine = "sqlite" | "postgresql";

/* ENGINES=sqlite or ENGINES=postgresql picks one; both are the default. */
export const engines: Engine[] = (process.env.ENGINES ?? "sqlite,postgresql").split(",").map((name) => {
	if (name !== "sqlite" && name !== "postgresql") throw new Error(`ENGINES: there is no engine "${name}"`);
	return name;
});

/* Declares the same tests for each database engine. */
export function forEachEngine(declare: (engine: Engine) => void): void {
	for (const engine of engines) describe(`on ${engine}`, () => declare(engine));
}
