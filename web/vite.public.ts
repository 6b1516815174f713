/* Builds the style and the small scripts of the pages for people outside into web/dist/public: every file of web/public is one there, under its own name. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const scripts = readdirSync(here("./public")).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));

export default defineConfig({
	root: here("./public"),
	publicDir: false,
	base: "/public/",
	build: {
		outDir: here("./dist/public"),
		emptyOutDir: true,
		target: "es2020",
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		cssTarget: ["chrome123", "firefox128", "safari17.5"],
		rolldownOptions: {
			input: [here("./public/page.css"), ...scripts.map((name) => here(`./public/${name}`))],
			output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name][extname]" },
		},
	},
});
