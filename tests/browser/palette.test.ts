/* The command palette and the keyboard, by hand in a real browser against the real program. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, engineOf, launchBrowser, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, row, ticketId } from "./desk.ts";

let bellhop: Bellhop;
let browser: Browser;
let lampId: string;
let otherId: string;

before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
	await deliver(bellhop, { subject: "Copper lamp is dark", from: "Gus <gus@customer.example>", text: "It does not shine." });
	await deliver(bellhop, { subject: "銅のランプが暗い", from: "Yuki <yuki@customer.example>" });
	lampId = await ticketId(bellhop, "Copper lamp is dark");
	otherId = await ticketId(bellhop, "銅のランプが暗い");
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

const options = (page: Awaited<ReturnType<typeof openDesk>>["page"]) => page.getByRole("dialog", { name: "Commands" }).getByRole("menuitem");

test("Mod+K finds commands, tickets by words and by number, in any script, and shows their keys", async () => {
	const desk = await openDesk(browser, bellhop, "/tickets/closed");
	const { page } = desk;
	const { keyboard } = page;
	await page.getByText("No closed tickets yet").waitFor();
	await keyboard.press("Control+k");
	const palette = page.getByRole("dialog", { name: "Commands" });
	await palette.waitFor();
	await hasText(options(page).filter({ hasText: "Create a ticket" }), /C$/);
	await checkAccessibility(page, "palette");
	await keyboard.type("assi me");
	/* and what leads to the search page */
	await waitFor("only what has both words", async () => (await options(page).count()) === 2);
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Assigned to me" }).waitFor();
	await palette.waitFor({ state: "detached" });

	await keyboard.press("Control+k");
	await keyboard.type(`#${lampId}`);
	await options(page).filter({ hasText: "Copper lamp is dark" }).waitFor();
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Copper lamp is dark" }).waitFor();
	assert.ok(page.url().endsWith(`/${lampId}`));

	await page.getByRole("button", { name: /Write a reply/ }).waitFor();
	await keyboard.press("r");
	await page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await waitFor("the caret in the editor", () => page.evaluate(() => document.activeElement?.getAttribute("role") === "textbox"));
	await keyboard.type("k");
	await keyboard.press("Control+k");
	await keyboard.type("銅のランプ");
	await options(page).filter({ hasText: "銅のランプが暗い" }).waitFor();
	await keyboard.press("Escape");
	await palette.waitFor({ state: "detached" });
	await waitFor("the caret back in the editor", () => page.evaluate(() => document.activeElement?.getAttribute("role") === "textbox"));
	await keyboard.type("l");
	await hasText(editor(page), "kl");
	await finish(desk);
});

test("what is typed right behind Mod+K, before the palette is there, is the palette's; Enter right behind the last letter does it", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/profile");
	const { page } = desk;
	/* its code is on its way */
	await page.route(/Palette|palette/, async (route) => {
		await new Promise((done) => setTimeout(done, 1500));
		await route.continue();
	});
	await page.goto(`${bellhop.url}/tickets/open`);
	await row(page, "Copper lamp is dark").waitFor();
	await page.keyboard.press("Control+k");
	await page.keyboard.type("cx?go closed");
	for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
	const field = page.getByRole("dialog", { name: "Commands" }).getByPlaceholder(/./);
	await field.waitFor();
	assert.equal(await field.inputValue(), "cx?go cl");
	assert.equal(await page.getByRole("dialog").count(), 1, "no key did what it does on the page");
	await field.fill("");
	for (const [typed, heading] of [["go closed", "Closed"], ["go snoozed", "Snoozed"], ["go unassigned", "Unassigned"], ["go all open", "All open"]] as const) {
		await page.keyboard.type(typed);
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: heading, exact: true }).waitFor();
		await page.getByRole("dialog", { name: "Commands" }).waitFor({ state: "detached" });
		await page.keyboard.press("Control+k");
	}
	await page.keyboard.press("Escape");
	await finish(desk);
});

test("the palette has the tickets that were opened lately, until the sign-out", async () => {
	const desk = await openDesk(browser, bellhop, "/tickets/open");
	const { page } = desk;
	await row(page, "Copper lamp").click();
	await page.getByRole("heading", { name: "Copper lamp is dark" }).waitFor();
	await page.goto(`${bellhop.url}/tickets/closed`);
	await page.getByText("No closed tickets yet").waitFor();
	await page.keyboard.press("Control+k");
	await options(page).filter({ hasText: "Copper lamp is dark" }).click();
	await page.getByRole("heading", { name: "Copper lamp is dark" }).waitFor();
	await page.getByRole("button", { name: /^Account of/ }).click();
	await page.getByRole("menuitem", { name: "Sign out" }).click();
	await page.getByRole("button", { name: "Sign in" }).waitFor();
	assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes("Copper"));
	await finish(desk, /status of 401/);
});

test("? shows each key once, grouped, and d shows and hides the details", async () => {
	const desk = await openDesk(browser, bellhop, `/tickets/open/${lampId}`, { viewport: { width: 1500, height: 900 } });
	const { page } = desk;
	const details = page.getByRole("complementary", { name: "Details" });
	await details.waitFor();
	await page.keyboard.press("d");
	await details.waitFor({ state: "detached" });
	await page.keyboard.press("d");
	await details.waitFor();
	await page.keyboard.press("?");
	const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
	for (const group of ["Tickets", "The open ticket", "Go to", "Everywhere"]) await sheet.getByRole("heading", { name: group, exact: true }).waitFor();
	const names = await sheet.getByRole("term").allInnerTexts();
	assert.equal(new Set(names).size, names.length);
	assert.ok(names.includes("Find a command"));
	await finish(desk);
});

test("Settings, Keyboard: a key is changed, taken from another action only when one says so, switched off and reset; it holds on every device", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/keyboard");
	const { page } = desk;
	const { keyboard } = page;
	const line = (name: string) => page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
	await page.getByRole("heading", { name: "Keyboard", exact: true }).waitFor();
	await checkAccessibility(page, "keyboard settings");
	await page.getByRole("button", { name: "Change the key of Create a ticket" }).click();
	await keyboard.press("j");
	await line("Create a ticket").getByText("This key already means: Next ticket").waitFor();
	await page.getByRole("button", { name: "Use it here instead" }).click();
	await hasText(line("Next ticket").locator("span").nth(1), "Off");
	await page.getByRole("button", { name: "Change the key of Search" }).click();
	await keyboard.press("Control+l");
	await page.getByText("Browsers keep this key for themselves.").waitFor();
	await page.getByRole("button", { name: "Change the key of Search" }).click();
	await keyboard.press("g");
	await keyboard.press("f");
	await hasText(line("Search"), /G\s+then\s+F/);
	await page.getByRole("button", { name: "Switch off the key of Reply" }).click();
	await hasText(line("Reply").locator("span").nth(1), "Off");
	await waitFor("the server has them", async () => (await bellhop.api.get("/desk/v1/preferences")).keymap?.reply?.length === 0);
	await finish(desk);

	const other = await openDesk(browser, bellhop, `/tickets/open/${otherId}`);
	/* a key that is pressed before the desk knows this person's keys still has its usual meaning */
	const known = other.page.waitForResponse(/\/desk\/v1\/preferences$/);
	await other.page.reload();
	await known;
	await other.page.getByRole("button", { name: /Write a reply/ }).waitFor();
	await other.page.keyboard.press("r");
	await other.page.keyboard.press("j");
	await other.page.getByRole("complementary", { name: "Create ticket" }).waitFor();
	assert.equal(await other.page.getByRole("toolbar", { name: "Text style" }).count(), 0, "R is off");
	await other.page.keyboard.press("Escape");
	await other.page.keyboard.press("g");
	await other.page.keyboard.press("f");
	await other.page.getByRole("searchbox").waitFor();
	await other.page.goto(`${bellhop.url}/settings/keyboard`);
	await other.page.getByRole("button", { name: "Reset all keys" }).click();
	await waitFor("the usual keys", async () => Object.keys((await bellhop.api.get("/desk/v1/preferences")).keymap).length === 0);
	await finish(other);
});
