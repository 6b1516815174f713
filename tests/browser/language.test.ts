/* The workspace in the language that its user chose, on every device, and the layout under longer and mirrored texts. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, finish, openDesk } from "./desk.ts";

forEachEngine((engine) => {
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
		const b = await openDesk(browser, bellhop, "/settings/preferences");
		await b.page.getByRole("button", { name: /30 seconds/ }).waitFor();
		await checkAccessibility(b.page, "preferences");
		await finish(a);
		await finish(b);
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
