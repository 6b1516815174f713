/* Compiles locales/<language>.json (ICU MessageFormat) while building, so no parser travels to the browser: to a list of texts and syntax
 * trees in the order of English, whose keys are a module of their own, "en.json?keys". A text without values stays a text. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type MessageFormatElement, parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

const CATALOGUE = /\/locales\/[a-zA-Z-]+\.json(\?keys)?$/;
const LITERAL = 0;
const ENGLISH = fileURLToPath(new URL("../../locales/en.json", import.meta.url));

function compact(text: string): string | MessageFormatElement[] {
	const tree = parse(text, { ignoreTag: true });
	const [first] = tree;
	return tree.length === 1 && first?.type === LITERAL ? (first as { value: string }).value : tree;
}

export function icuPlugin(): Plugin {
	return {
		name: "bellhop-icu",
		enforce: "pre",
		transform(code, id) {
			const found = CATALOGUE.exec(id);
			if (!found) return null;
			this.addWatchFile(ENGLISH);
			const keys = Object.keys(JSON.parse(readFileSync(ENGLISH, "utf8")) as Record<string, string>);
			const texts = JSON.parse(code) as Record<string, string>;
			const value = found[1] ? keys : keys.map((key) => compact(texts[key] ?? ""));
			return {
				code: `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});`,
				map: null,
				moduleType: "js",
			};
		},
	};
}
