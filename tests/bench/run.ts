/* make bench [T=part]: measures each section, prints a table, and writes build/bench.json. Ratios are against a reference that takes
 * turns with the subject; absolute figures are this machine's, of this hour. A target that is missed does not fail the run. */
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { run } from "../harness/index.ts";
import { creates } from "./creates.ts";
import { desk } from "./desk.ts";
import { idle } from "./idle.ts";
import { library } from "./library.ts";
import { mail } from "./mail.ts";
import { type Figure, root, round } from "./measure.ts";
import { reads } from "./reads.ts";
import { search } from "./search.ts";
import { start } from "./start.ts";

const sections: Record<string, () => Promise<Figure[]>> = { reads, creates, search, mail, start, idle, library, desk };
const wanted = Object.keys(sections).filter((name) => name.includes(process.env.T ?? ""));

function print(figures: Figure[]): void {
	for (const f of figures) {
		const mark = f.isMet === undefined ? "" : f.isMet ? "ok" : "MISSED";
		console.log([f.what.padEnd(64), f.value.padStart(18), (f.reference ?? "").padStart(16), (f.ratio?.toFixed(2) ?? "").padStart(6), (f.target ?? "").padStart(15), mark].join(" "));
	}
}

const machine = {
	cpu: cpus()[0]?.model,
	cores: cpus().length,
	memoryGiB: Math.round(totalmem() / 2 ** 30),
	kernel: release(),
	loadBefore: loadavg()[0],
	commit: run(["git", "-C", root, "rev-parse", "--short", "HEAD"]).trim(),
	at: new Date().toISOString(),
};
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, load ${round(machine.loadBefore ?? 0, 1)}\n`);
console.log([" ".repeat(64), "measured".padStart(18), "reference".padStart(16), "ratio".padStart(6), "target".padStart(15)].join(" "));
const all: Figure[] = [];
for (const name of wanted) {
	const figures = await (sections[name] as () => Promise<Figure[]>)();
	print(figures);
	all.push(...figures);
}
const path = join(root, "build", "bench.json");
writeFileSync(path, `${JSON.stringify({ machine, figures: all }, null, "\t")}\n`);
console.log(`\n${all.filter((f) => f.isMet === false).length} missed; written to build/bench.json`);
process.exit(0);
