/* What every page stands in: the connection, regions, the bar of a phone; by hand in a real browser against the real program. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, engineOf, launchBrowser, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, count, deliver, editor, finish, hasText, messages, openDesk, row, ticketId } from "./desk.ts";

let bellhop: Bellhop;
let browser: Browser;

before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

test("a server that is killed and comes back loses nothing: what came meanwhile appears, what was written is there and is sent", async () => {
	await deliver(bellhop, { subject: "Before the fall", from: "Ivo <ivo@customer.example>", messageId: "<fall@customer.example>" });
	const id = await ticketId(bellhop, "Before the fall");
	const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
	const { page } = desk;
	await messages(page).first().waitFor();
	await page.getByRole("button", { name: /Write a reply/ }).click();
	await page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await bellhop.kill9();
	await editor(page).click();
	await page.keyboard.type("Written in the dark.");
	await page.getByText(/^No connection to the server since/).first().waitFor();
	await row(page, "Before the fall").waitFor();
	await page.keyboard.press("Control+Enter");
	const unsent = page.locator("[data-unsent]");
	await unsent.getByText("Written in the dark.").waitFor();
	/* what the customer writes comes first */
	await page.route("**/replies", (route) => route.abort("connectionreset"));
	await bellhop.restart();
	await deliver(bellhop, { subject: "Re: Before the fall", from: "Ivo <ivo@customer.example>", text: "Are you there?", inReplyTo: "<fall@customer.example>" });
	await deliver(bellhop, { subject: "While you were away", from: "Iva <iva@customer.example>" });
	await messages(page).filter({ hasText: "Are you there?" }).waitFor({ timeout: 40_000 });
	await row(page, "While you were away").waitFor();
	await page.getByText(/^No connection to the server since/).first().waitFor({ state: "detached" });
	await hasText(count(page, "unassigned"), "2");
	await page.unroute("**/replies");
	await unsent.getByRole("button", { name: "Send anyway" }).click();
	await messages(page).filter({ hasText: "Written in the dark." }).waitFor();
	await unsent.waitFor({ state: "detached" });
	const { results } = await bellhop.api.get(`/desk/v1/tickets/${id}/messages`);
	assert.equal(results.filter((m: { text: string }) => m.text?.includes("Written in the dark.")).length, 1);
	await finish(desk, /Failed to load resource|net::ERR|EventSource|status of 409/);
});

test("offline says since when, keeps what was loaded, and says when it is over; one live region speaks", async () => {
	const desk = await openDesk(browser, bellhop, "/tickets/open");
	const { page } = desk;
	await row(page, "While you were away").waitFor();
	await page.context().setOffline(true);
	await page.getByText(/^Offline since \d\d:\d\d/).first().waitFor();
	await checkAccessibility(page, "offline");
	const live = page.locator("[data-live]");
	assert.equal(await live.count(), 1);
	await hasText(live, /^Offline since/);
	await row(page, "While you were away").waitFor();
	await page.context().setOffline(false);
	await hasText(live, /^Connected again/);
	await page.getByText(/^Offline since/).waitFor({ state: "detached" });
	await finish(desk, /Failed to load resource|net::ERR/);
});

test("a region that fails says so in its place, and the others go on", async () => {
	const id = await ticketId(bellhop, "While you were away");
	const desk = await openDesk(browser, bellhop, "/tickets/open");
	const { page } = desk;
	await row(page, "While you were away").waitFor();
	let isBroken = true;
	await page.route(`**/desk/v1/tickets/${id}/messages*`, async (route) => {
		if (!isBroken) return route.continue();
		return route.fulfill({ json: { results: [{ id: "1", createdAt: "never", direction: "INCOMING", type: "MESSAGE", senderName: {} }] } });
	});
	await row(page, "While you were away").click();
	await page.getByRole("alert").getByText("This part of the page stopped working").waitFor();
	await page.getByRole("heading", { name: "While you were away" }).waitFor();
	await page.getByRole("button", { name: /Status/ }).first().waitFor();
	isBroken = false;
	await page.reload();
	await messages(page).first().waitFor();
	await finish(desk, /./);
});

test("on a phone the bar is below, has what one needs with a thumb, and nothing is wider than the screen", async () => {
	const desk = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width: 390, height: 780 } });
	const { page } = desk;
	const bar = page.getByRole("navigation", { name: "Main navigation" });
	await row(page, "While you were away").waitFor();
	const box = await bar.boundingBox();
	assert.ok(box && box.y > 700 && box.y + box.height <= 780, "below");
	for (const item of await bar.locator("a:visible, button:visible").all()) {
		const b = await item.boundingBox();
		assert.ok(b && b.height >= 44 && b.width >= 44 && b.x >= 0 && b.x + b.width <= 390, `${await item.getAttribute("aria-label")}: ${JSON.stringify(b)}`);
	}
	await bar.getByRole("link", { name: "Search" }).click();
	await page.getByRole("searchbox").waitFor();
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390));
	await bar.getByRole("button", { name: "Create ticket" }).click();
	await page.getByRole("complementary", { name: "Create ticket" }).waitFor();
	await checkAccessibility(page, "create on a phone");
	await page.keyboard.press("Escape");
	await bar.getByRole("button", { name: /^Account of/ }).click();
	await page.getByRole("menuitem", { name: "Settings" }).click();
	await page.getByRole("heading", { name: "Settings" }).or(page.getByRole("navigation", { name: "Settings" })).first().waitFor();
	await finish(desk);
});

test("triage by keyboard alone: to the unassigned, open, take it, answer it, on to the next", async () => {
	await bellhop.api.request("PATCH", "/desk/v1/preferences", { undoSeconds: 0 });
	for (const name of ["Triage one", "Triage two"]) {
		await deliver(bellhop, { subject: name, from: "Tri <tri@customer.example>" });
		await ticketId(bellhop, name);
	}
	const desk = await openDesk(browser, bellhop, "/settings/keyboard");
	const { page } = desk;
	const { keyboard } = page;
	await page.getByRole("heading", { name: "Keyboard", exact: true }).waitFor();
	await keyboard.press("g");
	await keyboard.press("u");
	await row(page, "Triage two").waitFor();
	await keyboard.press("j");
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Triage two" }).waitFor();
	/* what may be done with it is known once its details are there */
	const known = page.getByRole("complementary", { name: "Details" }).getByText("tri@customer.example").first();
	await known.waitFor();
	await keyboard.press("i");
	await waitFor("it is mine", async () => (await bellhop.api.get("/desk/v1/views/mine/tickets")).results.some((r: { subject: string }) => r.subject === "Triage two"));
	await keyboard.press("r");
	await page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await waitFor("the caret in the editor", () => page.evaluate(() => document.activeElement?.getAttribute("role") === "textbox"));
	await keyboard.type("Taken care of, jkx?");
	await keyboard.press("Control+Enter");
	await messages(page).filter({ hasText: "Taken care of, jkx?" }).waitFor();
	await waitFor("focus out of the editor", async () => {
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		return true;
	});
	await keyboard.press("j");
	await page.getByRole("heading", { name: "Triage one" }).waitFor();
	await known.waitFor();
	await keyboard.press("Control+k");
	await page.getByRole("dialog", { name: "Commands" }).waitFor();
	await keyboard.type("assign to me");
	await page.getByRole("dialog", { name: "Commands" }).locator("[data-focused]").filter({ hasText: "Assign to me" }).waitFor();
	await keyboard.press("Enter");
	await waitFor("both are mine", async () => (await bellhop.api.get("/desk/v1/views/mine/tickets")).results.filter((r: { subject: string }) => r.subject.startsWith("Triage")).length === 2);
	await finish(desk);
});
