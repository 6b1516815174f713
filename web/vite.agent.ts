/* Builds the agents' workspace into web/dist. Unit tests read the same file, so that aliases and catalogues are one thing. */
import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { icuPlugin } from "./tools/icuPlugin.ts";
import { layerOrder } from "./tools/layerOrder.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/* Widgets bring their own strings; only our nine languages are kept. */
const WIDGET_LOCALES = ["en-US", "fr-FR", "de-DE", "ja-JP", "pt-BR", "es-ES", "zh-TW", "fi-FI", "pl-PL"];

export default defineConfig({
	root: here("./agent"),
	base: "/",
	plugins: [
		react(),
		{ ...optimizeLocales.vite({ locales: WIDGET_LOCALES }), enforce: "pre" },
		icuPlugin(),
		layerOrder(),
	],
	resolve: {
		alias: [
			{ find: /^#ui$/, replacement: here("./ui/index.ts") },
			{ find: "#ui/more", replacement: here("./ui/more.ts") },
			{ find: "#shared", replacement: here("./shared") },
			{ find: "#agent", replacement: here("./agent") },
			/* Messages are compiled here, so the browser never carries the message parser. */
			{ find: /^@formatjs\/icu-messageformat-parser$/, replacement: "@formatjs/icu-messageformat-parser/no-parser.js" },
		],
	},
	css: { modules: { generateScopedName: "[name]_[local]_[hash:base64:4]" } },
	worker: { format: "es" },
	build: {
		outDir: here("./dist"),
		emptyOutDir: true,
		target: "es2022",
		assetsInlineLimit: 0,
		cssCodeSplit: false,
		/* light-dark() as it is: a rewritten one is larger and cannot follow data-theme. */
		cssTarget: ["chrome123", "firefox128", "safari17.5"],
		modulePreload: { polyfill: false },
		chunkSizeWarningLimit: 1000,
		manifest: "manifest.json",
	},
	server: {
		port: 5173,
		proxy: Object.fromEntries(
			["/desk/v1", "/crm", "/conversations", "/healthz"].map((path) => [
				path,
				process.env.BELLHOP_URL ?? "http://127.0.0.1:8080",
			]),
		),
	},
	test: {
		root: here("."),
		environment: "happy-dom",
		include: ["{agent,public,shared,ui,tools}/**/*.test.{ts,tsx}"],
		setupFiles: [here("./tests/setup.ts")],
	},
});
