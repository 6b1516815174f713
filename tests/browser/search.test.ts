/* Search over the whole desk, by hand in a real browser on both engines. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, openDesk, ticketId } from "./desk.ts";

const GONE = { email: "gone@desk.example", password: "left the building" };
const results = (page: Page) => page.getByRole("list", { name: "Results" }).getByRole("listitem");
const result = (page: Page, text: string | RegExp) => results(page).filter({ hasText: text });
const field = (page: Page) => page.getByRole("searchbox", { name: "Words to look for" });
const only = (page: Page, name: string) => page.getByRole("group", { name: "Where to look" }).getByRole("button", { name, exact: true });
const shown = (page: Page, what: string, n: number) => waitFor(what, async () => (await results(page).count()) === n || Promise.reject(new Error(`${await results(page).count()} results`)));

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	let lampId: string;

	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
		await deliver(bellhop, { subject: "Copper lamp", from: "Gus Glow <gus@customer.example>", text: "The lamp flickers <script>alert(1)</script> at night.", messageId: "<first@customer.example>" });
		lampId = await ticketId(bellhop, "Copper lamp");
		for (let n = 0; n < 45; n++)
			await deliver(bellhop, { subject: "Re: our story", from: "Gus Glow <gus@customer.example>", text: n === 3 ? "Only the zirconium socket is warm." : `Line ${n} of a long story`, inReplyTo: "<first@customer.example>" });
		await deliver(bellhop, { subject: "Table is crooked", from: "Bo Ek <bo@customer.example>", text: "My lamp fell off the crooked table." });
		await deliver(bellhop, { subject: "卓が傾く", from: "Yuki <yuki@customer.example>", text: "新しい卓が傾いています。" });
		const table = await ticketId(bellhop, "Table is crooked");
		await ticketId(bellhop, "卓が傾く");
		const thread = (await bellhop.api.get(`/desk/v1/tickets/${lampId}/messages`)).results[0].threadId;
		await bellhop.api.post(`/conversations/v3/conversations/threads/${thread}/messages`, { type: "COMMENT", text: "Gus is a lamp collector." });
		bellhop.command("user", "add", "--email", GONE.email, "--password", GONE.password, "--first-name", "Gone", "--last-name", "Girl");
		const owner = (await bellhop.api.get("/crm/v3/owners")).results.find((o: { email: string }) => o.email === GONE.email);
		await bellhop.api.request("PATCH", `/crm/v3/objects/tickets/${table}`, { properties: { hubspot_owner_id: owner.id, hs_pipeline_stage: "4" } });
		await bellhop.api.request("DELETE", `/settings/v3/users/${owner.userId}`);
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	test("B-55 B-56: / searches names, numbers, people, messages and notes while one types, with the words marked; quick filters narrow; the message opens in its place", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		await page.getByRole("grid").waitFor();
		await page.keyboard.press("/");
		await field(page).waitFor();
		await checkAccessibility(page, "empty search");
		await page.keyboard.type("lamp");
		await result(page, "Gus is a lamp collector").waitFor();
		const marked = result(page, "The lamp flickers");
		await marked.first().waitFor();
		assert.equal(await marked.first().locator("mark").first().innerText(), "lamp");
		assert.equal(await page.locator("mark script, li script").count(), 0, "the mail's markup is text");
		await checkAccessibility(page, "results");
		assert.equal(new URL(page.url()).searchParams.get("q"), "lamp");

		await only(page, "Note").click();
		await shown(page, "the note alone", 1);
		await only(page, "Ticket").click();
		await shown(page, "the tickets alone", 2);
		await result(page, "Copper lamp").waitFor();
		await only(page, "Message").click();
		await result(page, "My lamp fell off").waitFor();
		await only(page, "Contact").click();
		await field(page).fill("glow");
		await result(page, "gus@customer.example").waitFor();
		await only(page, "Everywhere").click();

		await field(page).fill(`#${lampId}`);
		await result(page, "This number").waitFor();
		await field(page).fill('"crooked table"');
		await result(page, "My lamp fell off the crooked table").first().waitFor();
		await result(page, "flickers").first().waitFor({ state: "detached" });
		await field(page).fill('"table crooked"');
		await page.getByText("Nothing found for").waitFor();
		await field(page).fill("卓が");
		await result(page, "卓が傾く").first().waitFor();

		await field(page).fill("zirconium");
		await result(page, "zirconium").waitFor();
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		const message = page.locator("article[data-message-id]").filter({ hasText: "Line 4 of a long story" });
		await message.waitFor();
		const found = page.locator("article[data-marked]");
		await waitFor("the message in sight and in focus", async () => {
			const box = await found.boundingBox();
			const isFocused = await found.evaluate((el) => el === document.activeElement);
			return isFocused && !!box && box.y > 0 && box.y + box.height < 900;
		});
		await hasText(found.locator(":scope"), /zirconium|Gus Glow/);
		await page.goBack();
		await result(page, "zirconium").waitFor();
		assert.equal(await field(page).inputValue(), "zirconium");
		await finish(desk);
	});

	test("B-57: status, assignee, also one who left, channel and date narrow the results; the address holds them over a reload and for a colleague", async () => {
		const desk = await openDesk(browser, bellhop, "/search?q=lamp&kind=message");
		const { page } = desk;
		await result(page, "My lamp fell off").waitFor();
		await result(page, "The lamp flickers").waitFor();
		const filters = page.getByRole("group", { name: "Filters" });
		const set = async (name: RegExp, option: string) => {
			await filters.getByRole("button", { name }).click();
			await page.getByRole("option", { name: option, exact: true }).click();
		};
		await set(/Owner/, "Gone Girl (no longer here)");
		await shown(page, "hers", 1);
		await result(page, "My lamp fell off").waitFor();
		await set(/Status/, "All open");
		await page.getByText("Nothing found for").waitFor();
		await page.getByText("Try fewer filters").waitFor();
		await set(/Status/, "All closed");
		await result(page, "My lamp fell off").waitFor();
		await page.reload();
		await result(page, "My lamp fell off").waitFor();
		await filters.getByRole("button", { name: "Clear filters" }).click();
		await result(page, "The lamp flickers").waitFor();
		await set(/Status/, "New");
		await shown(page, "what is new", 1);
		await filters.getByRole("button", { name: "Clear filters" }).click();
		await set(/Channel/, "Email");
		await result(page, "The lamp flickers").waitFor();
		await filters.getByLabel("To").fill("2020-01-01");
		await page.getByText("Nothing found for").waitFor();
		await filters.getByLabel("To").fill("");
		await filters.getByLabel("From").fill("2020-01-01");
		await result(page, "The lamp flickers").waitFor();
		await finish(desk);
	});

	test("B-56 B-57: the most relevant comes first, or the newest; a contact narrows, and spam is there where it is wanted; the address holds it all", async () => {
		await deliver(bellhop, { subject: "Theremin for sale", from: "Vera Ton <vera@theremin.example>" });
		await deliver(bellhop, { subject: "Something newer", text: "about a theremin", from: "Otto Neu <otto@theremin.example>" });
		const [named, newer] = [await ticketId(bellhop, "Theremin for sale"), await ticketId(bellhop, "Something newer")];
		const one = await openDesk(browser, bellhop, "/search?q=theremin");
		const { page } = one;
		const first = () => page.getByRole("list", { name: "Results" }).getByRole("listitem").first();
		await hasText(first(), /Theremin for sale/);
		await page.getByRole("button", { name: /Sort|Most relevant/ }).click();
		await page.getByRole("option", { name: "Newest first" }).click();
		await hasText(first(), /Something newer/);
		assert.match(page.url(), /sort=newest/);

		await page.getByRole("button", { name: "Contact: Any" }).click();
		await page.getByRole("combobox", { name: "Contact" }).fill("vera");
		await page.getByRole("option", { name: /Vera Ton/ }).click();
		await waitFor("only hers", async () => !(await page.getByRole("list", { name: "Results" }).innerText()).includes("Something newer"));
		await page.reload();
		await page.getByText("Contact: Vera Ton").waitFor();
		await checkAccessibility(page, "a search of a contact");
		await page.getByRole("button", { name: "Clear filters" }).click();

		await bellhop.api.post("/desk/v1/tickets/bulk", { action: "spam", ticketIds: [newer] });
		await page.reload();
		await waitFor("spam is left out", async () => !(await page.getByRole("list", { name: "Results" }).innerText()).includes("Something newer"));
		await page.getByText("Include spam").click();
		await page.getByRole("link", { name: /Something newer/ }).first().waitFor();
		await page.reload();
		await page.getByRole("link", { name: /Something newer.*Spam/s }).first().waitFor();
		assert.ok(named);
		await page.setViewportSize({ width: 390, height: 780 });
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390));
		await finish(one);
	});

	test("a search that is typed further gives up the one before, and a dead server says so and tries again", async () => {
		const desk = await openDesk(browser, bellhop, "/search");
		const { page } = desk;
		let isDown = false;
		const asked: string[] = [];
		await page.route("**/desk/v1/search*", (route) => {
			asked.push(new URL(route.request().url()).searchParams.get("q") ?? "");
			return isDown ? route.abort() : route.continue();
		});
		await field(page).pressSequentially("flicker", { delay: 20 });
		await result(page, "The lamp flickers").first().waitFor();
		assert.ok(asked.length <= 3, `asked for ${asked}`);
		isDown = true;
		await field(page).fill("table");
		await page.getByText("The search did not work").waitFor({ timeout: 20_000 });
		isDown = false;
		await page.getByRole("button", { name: "Retry" }).click();
		await result(page, "crooked").first().waitFor();
		await page.setViewportSize({ width: 390, height: 780 });
		await checkAccessibility(page, "search on a phone");
		await finish(desk, /Failed to load resource|net::ERR_FAILED/);
	});
});
