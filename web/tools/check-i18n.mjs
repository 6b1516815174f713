/* Every message that the code names exists, every message that exists is named, and the catalogues are sound ICU.
 * A plural has a form for every category that the language needs, and none that it never uses. A key built from a template (`view.${id}`) counts for every message that fits it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";

const web = new URL("..", import.meta.url).pathname;
const locales = new URL("../../locales/", import.meta.url).pathname;
const complaints = [];

const source = JSON.parse(readFileSync(`${locales}en.json`, "utf8"));
const code = ["agent", "shared", "ui"]
	.flatMap((dir) => readdirSync(join(web, dir), { recursive: true }).map((name) => join(web, dir, name)))
	.filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
	.map((name) => readFileSync(name, "utf8"))
	.join("\n");

const named = new Set([...code.matchAll(/"([a-zA-Z]+(?:\.[a-zA-Z_]+)+)"/g)].map((m) => m[1]));
const patterns = [...code.matchAll(/`([a-zA-Z.]+\.)\$\{[^}]+\}`/g)].map((m) => m[1]);
for (const key of Object.keys(source)) {
	if (!named.has(key) && !patterns.some((p) => key.startsWith(p))) complaints.push(`en.json: nobody uses ${key}`);
}

const argumentsOf = (tree, into = new Set()) => {
	for (const el of tree) {
		if (el.type !== 0 && el.value !== undefined) into.add(el.value);
		for (const option of Object.values(el.options ?? {})) argumentsOf(option.value, into);
	}
	return into;
};
const PLURAL = 6;
/* The plurals of a tree: their own forms and whether they count or rank. */
const pluralsOf = (tree, into = []) => {
	for (const el of tree) {
		if (el.type === PLURAL) into.push(el);
		for (const option of Object.values(el.options ?? {})) pluralsOf(option.value, into);
	}
	return into;
};
const checkPlurals = (file, key, tree) => {
	const language = file.replace(".json", "");
	for (const el of pluralsOf(tree)) {
		const { pluralCategories } = new Intl.PluralRules(language, { type: el.pluralType }).resolvedOptions();
		const forms = Object.keys(el.options).filter((form) => !form.startsWith("="));
		/* "many" of fr, es and pt is for millions: only compact numbers have it, and the form of "other" reads as well */
		const needed = pluralCategories.filter((c) => c !== "many" || language === "pl");
		const lacks = needed.filter((c) => !forms.includes(c));
		const extra = forms.filter((c) => !pluralCategories.includes(c));
		if (lacks.length) complaints.push(`${file}: ${key} has no plural form for ${lacks}`);
		if (extra.length) complaints.push(`${file}: ${key} has a plural form that the language does not use: ${extra}`);
	}
};
for (const file of readdirSync(locales).filter((name) => /^[a-zA-Z-]+\.json$/.test(name))) {
	const texts = JSON.parse(readFileSync(locales + file, "utf8"));
	for (const key of Object.keys(source)) if (!(key in texts)) complaints.push(`${file}: ${key} is missing`);
	for (const [key, text] of Object.entries(texts)) {
		try {
			const tree = parse(text, { ignoreTag: true });
			const mine = [...argumentsOf(tree)].sort().join();
			checkPlurals(file, key, tree);
			if (!(key in source)) complaints.push(`${file}: ${key} is not in en.json`);
			else if (mine !== [...argumentsOf(parse(source[key], { ignoreTag: true }))].sort().join())
				complaints.push(`${file}: ${key} has other values than English`);
		} catch (e) {
			complaints.push(`${file}: ${key}: ${e.message}`);
		}
	}
}

/* What people outside read is said by the program: locales/public, a phrase named in C as "area.thing". Its values are plain {names}. */
const publicDir = `${locales}public/`;
const phrases = JSON.parse(readFileSync(`${publicDir}en.json`, "utf8"));
const programDir = new URL("../../src/", import.meta.url).pathname;
const program = readdirSync(programDir, { recursive: true })
	.filter((name) => /\.[ch]$/.test(name) && !name.endsWith("_test.c"))
	.map((name) => readFileSync(join(programDir, name), "utf8"))
	.join("\n");
const namesIn = (text) => [...text.matchAll(/\{[^}]*\}?|\}/g)].map((m) => m[0]).sort();
for (const key of Object.keys(phrases))
	if (!program.includes(`"${key}"`)) complaints.push(`public/en.json: nobody says ${key}`);
for (const file of readdirSync(publicDir)) {
	const raw = readFileSync(publicDir + file, "utf8");
	const texts = JSON.parse(raw);
	/* tools/embed takes the lines as they are into C */
	if (/\\[^n"\\]/.test(raw)) complaints.push(`public/${file}: an escape that C reads otherwise`);
	if (Object.keys(texts).join() !== Object.keys(phrases).join())
		complaints.push(
			`public/${file}: not the keys of en.json in their order: ${Object.keys(phrases).filter((key) => !(key in texts))}`,
		);
	for (const [key, text] of Object.entries(texts)) {
		const names = namesIn(text);
		if (names.some((name) => !/^\{[a-z]+\}$/i.test(name)))
			complaints.push(`public/${file}: ${key} has a value without a name`);
		if (key in phrases && names.join() !== namesIn(phrases[key]).join())
			complaints.push(`public/${file}: ${key} has other values than English`);
	}
}

for (const line of complaints) console.error(line);
console.log(`${Object.keys(source).length} messages, ${complaints.length} complaints`);
process.exit(complaints.length ? 1 : 0);
