/* The workspace in the language that its user chose, on every device, and the layout under longer and mirrored texts. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, finish, openDesk } from "./desk.ts";

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	test("preferences are everybody's: the time to undo a send is kept, and shown in the next window", async () => {
		const a = await openDesk(browser, bellhop, "/settings/preferences");
		await a.page.getByRole("button", { name: /Time to undo a send/ }).click();
		await a.page.getByRole("option", { name: "30 seconds" }).click();
		await a.page.getByText("Saved", { exact: false }).first().waitFor();
		assert.equal((await bellhop.api.get("/desk/v1/preferences")).undoSeconds, 30);
		await a.page.reload();
		await a.page.getByRole("button", { name: /30 seconds/ }).waitFor();
		await checkAccessibility(a.page, "preferences");
		await finish(a);
	});

	test("each of the nine languages is chosen in its own words, at once, and in the next window too", async () => {
		const catalogue = (language: string) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8")) as Record<string, string>;
		const desk = await openDesk(browser, bellhop, "/settings/preferences");
		let spoken = catalogue("en");
		for (const [language, name] of [["fr", "Français"], ["de", "Deutsch"], ["ja", "日本語"], ["pt", "Português"], ["es", "Español"], ["zh-TW", "繁體中文"], ["fi", "Suomi"], ["pl", "Polski"]] as const) {
			await desk.page.getByRole("button", { name: spoken["settings.preferences.languageLabel"] }).click();
			await desk.page.getByRole("option", { name }).click();
			spoken = catalogue(language);
			await desk.page.getByRole("heading", { name: spoken["settings.preferences.title"], exact: true }).waitFor();
			await waitFor("the language of the page", async () => (await desk.page.evaluate(() => document.documentElement.lang)) === language);
		}
		const other = await openDesk(browser, bellhop, "/tickets/open");
		await other.page.getByRole("button", { name: spoken["create.title"] }).first().waitFor();
		await checkAccessibility(other.page, "the desk in Polish");
		await bellhop.api.patch("/desk/v1/preferences", { language: null });
		await finish(desk);
		await finish(other);
	});

	test("a pseudo-locale reaches every text, and a mirrored one mirrors the page without scrolling it sideways", async () => {
		for (const [language, dir] of [["en-XA", "ltr"], ["en-XB", "rtl"]] as const) {
			const desk = await openDesk(browser, bellhop, "/settings/preferences");
			await desk.page.evaluate((l) => localStorage.setItem("bellhop.language", l), language);
			for (const path of ["/tickets/open", "/settings/preferences", "/settings/mail"]) {
				await desk.page.goto(`${bellhop.url}${path}`);
				await desk.page.getByText(/~~/).first().waitFor();
				assert.equal(await desk.page.evaluate(() => document.documentElement.dir), dir);
				await waitFor(`${path} fits its window`, async () =>
					desk.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
			}
			await finish(desk);
		}
	});
});
