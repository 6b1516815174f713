/* Fails the build when the workspace grows past its budget (KiB after gzip). Raise a number only with a reason in the commit. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/* article: the composer's editor, and tables */
const BUDGET = { entry: 260, editor: 145, article: 155, css: 30, locale: 25, lazy: 90 };

const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${dist}manifest.json`, "utf8"));
const gz = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024;

/* A chunk and everything it imports without being asked again. */
function closure(key, seen = new Set()) {
	if (seen.has(key)) return seen;
	seen.add(key);
	for (const next of manifest[key]?.imports ?? []) closure(next, seen);
	return seen;
}

const entryKey = Object.keys(manifest).find((key) => manifest[key].isEntry);
const entry = closure(entryKey);
const sizes = [
	{ what: "entry", kib: [...entry].reduce((sum, key) => sum + gz(manifest[key].file), 0), limit: BUDGET.entry },
];
for (const [key, chunk] of Object.entries(manifest)) {
	if (!chunk.isDynamicEntry || entry.has(key)) continue;
	const kib = [...closure(key)].filter((k) => !entry.has(k)).reduce((sum, k) => sum + gz(manifest[k].file), 0);
	const kind = key.includes("locales/")
		? "locale"
		: key.includes("ArticleRichEditor")
			? "article"
			: key.includes("RichEditor")
				? "editor"
				: "lazy";
	sizes.push({ what: `${kind} ${key}`, kib, limit: BUDGET[kind] });
}
const css = readdirSync(`${dist}assets`).filter((name) => name.endsWith(".css"));
sizes.push({ what: "css", kib: css.reduce((sum, name) => sum + gz(`assets/${name}`), 0), limit: BUDGET.css });

let failed = false;
for (const { what, kib, limit } of sizes) {
	const over = kib > limit;
	failed ||= over;
	console.log(`${over ? "OVER" : "ok  "} ${kib.toFixed(1).padStart(7)} KiB of ${limit}  ${what}`);
}
process.exit(failed ? 1 : 0);
