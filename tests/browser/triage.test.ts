/* Going through a queue of tickets that are nobody's: one key decides, and the next one is there. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, openDesk, ticketId } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;

	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const steps = (page: Page) => page.getByRole("group", { name: "Triage" });
	const isOpen = (page: Page, id: string) => waitFor(`#${id} is open`, () => page.url().endsWith(`/${id}`));
	const rest = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const row = (id: string) => bellhop.api.get(`/desk/v1/tickets/${id}`);

	test("triage: 1 takes a ticket, 3 is spam, 2 asks for the other one, 4 opens a comment with the list of colleagues; the next one follows until none is left", async () => {
		const ids: string[] = [];
		for (const subject of ["First in line", "Second in line", "Third in line", "Fourth in line"]) {
			await deliver(bellhop, { subject, from: "Bo Ek <bo@customer.example>" });
			ids.push(await ticketId(bellhop, subject));
		}
		const [first, second, third, fourth] = ids as [string, string, string, string];
		const one = await openDesk(browser, bellhop, `/tickets/unassigned/${fourth}`);
		const { page } = one;
		await steps(page).getByText("4 left").waitFor();
		await steps(page).getByRole("button", { name: /Take it/ }).waitFor();
		await checkAccessibility(page, "triage");
		await rest(page);

		await page.keyboard.press("4");
		await page.getByRole("listbox", { name: "People" }).or(page.getByRole("option", { name: /Ada Lovelace/ })).first().waitFor();
		await page.keyboard.type("ada");
		await page.keyboard.press("Enter");
		await page.keyboard.type("is this yours?");
		await page.keyboard.press("Control+Enter");
		await page.locator("article[data-message-id]").filter({ hasText: "is this yours?" }).waitFor();
		await rest(page);

		await page.keyboard.press("2");
		await page.getByRole("dialog").waitFor();
		await page.keyboard.type("Second in");
		await page.getByRole("menuitem", { name: /Second in line/ }).first().waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await rest(page);

		await page.keyboard.press("1");
		await isOpen(page, third);
		await waitFor("it is mine", async () => (await row(fourth)).ticket.ownerId);
		await steps(page).getByText("3 left").waitFor();
		await page.keyboard.press("3");
		await isOpen(page, second);
		await waitFor("it is spam", async () => (await row(third)).ticket.spamAt);
		/* Z brings the last one back */
		await page.keyboard.press("z");
		await waitFor("it is none again", async () => !(await row(third)).ticket.spamAt);
		await steps(page).getByRole("button", { name: /Take it/ }).click();
		await isOpen(page, first);
		await page.keyboard.press("1");
		await isOpen(page, third);
		await page.keyboard.press("1");
		await waitFor("the list is there", () => page.url().endsWith("/tickets/unassigned"));
		await page.getByText("Every open ticket has an owner").waitFor();

		/* elsewhere the keys mean nothing */
		await page.goto(`${bellhop.url}/tickets/mine/${first}`);
		await page.locator("article[data-message-id]").first().waitFor();
		assert.equal(await steps(page).count(), 0);
		await rest(page);
		await page.keyboard.press("3");
		await page.waitForTimeout(300);
		assert.ok(!(await row(first)).ticket.spamAt);
		await finish(one);
	});

	test("triage on a phone: its buttons fit, and who may only look sees none that changes anything", async () => {
		await deliver(bellhop, { subject: "On the phone", from: "Bo Ek <bo@customer.example>" });
		const id = await ticketId(bellhop, "On the phone");
		const phone = await openDesk(browser, bellhop, `/tickets/unassigned/${id}`, { viewport: { width: 390, height: 780 } });
		await steps(phone.page).getByRole("button", { name: /Ask a colleague/ }).waitFor();
		assert.ok(await phone.page.evaluate(() => document.documentElement.scrollWidth <= 390));
		await finish(phone);
		const ada = (await bellhop.api.get("/desk/v1/users")).results.find((u: any) => u.email === ADA.email);
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { ticketEdit: "OWNED" });
		const two = await openDesk(browser, bellhop, `/tickets/unassigned/${id}`, { who: ADA });
		await steps(two.page).getByRole("button", { name: /Ask a colleague/ }).waitFor();
		await waitFor("only that", async () => (await steps(two.page).getByRole("button").count()) === 1);
		await finish(two);
	});
});
