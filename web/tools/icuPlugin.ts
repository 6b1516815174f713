/* Compiles locales/<language>.json (ICU MessageFormat) to syntax trees while building, so no parser travels to the browser. */
import { parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

const CATALOGUE = /\/locales\/[a-zA-Z-]+\.json$/;

export function icuPlugin(): Plugin {
	return {
		name: "bellhop-icu",
		enforce: "pre",
		transform(code, id) {
			if (!CATALOGUE.test(id)) return null;
			const texts = JSON.parse(code) as Record<string, string>;
			const trees = Object.entries(texts).map(([key, text]) => [key, parse(text, { ignoreTag: true })]);
			return {
				code: `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(trees)))});`,
				map: null,
				moduleType: "js",
			};
		},
	};
}
