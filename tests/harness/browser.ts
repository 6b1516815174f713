import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { Bellhop } from "./bellhop.ts";
import { isRoot } from "./process.ts";

export type { Browser, BrowserContext, Page } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/* Where screenshot() puts its files. */
export const screenshotDir = fileURLToPath(new URL("../../build/screenshots", import.meta.url));

/* Debian's Chromium, headless, that asks nobody outside. Close it when done; it ends with this process anyway. more: its own flags. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
	if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is not there: tools/setup test`);
	return chromium.launch({
		executablePath: CHROMIUM,
		headless: true,
		args: [
			...(isRoot ? ["--no-sandbox"] : []),
			"--disable-gpu",
			"--disable-dev-shm-usage",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			...more,
		],
	});
}

/* A window of its own (cookies, storage), 1440 x 900, English unless said otherwise. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", timezoneId: "Europe/Helsinki", ...options });
	context.setDefaultTimeout(15_000);
	return context.newPage();
}

/* Signs a window in without the sign-in page, for tests that are about something else. */
export async function signIn(context: BrowserContext, bellhop: Bellhop, who = bellhop.admin): Promise<void> {
	const answer = await context.request.post(`${bellhop.url}/desk/v1/session`, { data: who, headers: { origin: bellhop.url } });
	if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
}

/* What went wrong in a page so far: uncaught exceptions, errors on the console (a broken Content-Security-Policy is one), and failed
 * requests. A test asserts at its end that the list is empty. */
export function watchErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("pageerror", (error) => errors.push(`uncaught: ${error.stack ?? error.message}`));
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(`console: ${message.text()} (${message.location().url})`);
	});
	return errors;
}

/* A picture of the page in build/screenshots/<name>.png; returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
	mkdirSync(screenshotDir, { recursive: true });
	const path = join(screenshotDir, `${name}.png`);
	await page.screenshot({ path });
	return path;
}

/* The path of axe-core's script, for page.addScriptTag or page.evaluate. */
export const axePath = fileURLToPath(new URL("../node_modules/axe-core/axe.min.js", import.meta.url));
