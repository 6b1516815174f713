/* Views and the layouts of their lists, by hand in a real browser: built-in ones, those that people make, table, split and board. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, count, deliver, finish, hasText, openDesk, row } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
const VIEWS = "/desk/v1/views";

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	const ids: Record<string, string> = {};

	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
		const { stages } = (await bellhop.api.get("/crm/v3/pipelines/tickets")).results[0];
		const ticket = async (subject: string, properties: object = {}) => {
			const made = await bellhop.api.post("/crm/v3/objects/tickets", { properties: { subject, hs_pipeline_stage: stages[0].id, ...properties } });
			ids[subject] = made.id;
		};
		await ticket("Broken lamp", { hs_ticket_priority: "HIGH" });
		await ticket("Lost parcel", { hs_ticket_priority: "LOW", hs_ticket_category: "BILLING_ISSUE" });
		await ticket("Old chair", { hs_pipeline_stage: stages.at(-1).id });
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const views = (page: Page) => page.getByRole("navigation", { name: "Views" });
	const link = (page: Page, name: string) => views(page).getByRole("link", { name: new RegExp(`^${name}`) });
	const menu = async (page: Page, view: string, item: string) => {
		await link(page, view).hover();
		await views(page).getByRole("button", { name: `Actions for ${view}` }).click();
		await page.getByRole("menuitem", { name: item }).click();
	};
	const layout = async (page: Page, name: string) => {
		await page.getByRole("button", { name: "Layout" }).click();
		await page.getByRole("menuitem", { name, exact: true }).click();
	};
	const listed = async () => (await bellhop.api.get(VIEWS)).results;
	const reload = async (page: Page) => {
		await page.reload();
		await views(page).waitFor();
	};

	test("B-20 B-23 B-24: the desk has views and Create ticket at the left, the conversation in the middle, what belongs to it at the right", async () => {
		const desk = await openDesk(browser, bellhop, "/", { viewport: { width: 1600, height: 900 } });
		const { page } = desk;
		await page.getByRole("navigation", { name: "Main" }).or(page.locator("[data-region=rail]")).first().waitFor();
		for (const view of ["Unassigned", "Assigned to me", "All open", "Closed"]) await link(page, view).waitFor();
		await link(page, "All open").click();
		await row(page, "Broken lamp").click();
		const at = async (region: string) => (await page.locator(`[data-region=${region}]`).boundingBox())?.x ?? -1;
		await page.getByRole("heading", { name: "Broken lamp" }).waitFor();
		const places = [await at("views"), await at("list"), await at("conversation"), await at("context")];
		assert.deepEqual(places, [...places].sort((a, b) => a - b), "from left to right");
		const create = await page.getByRole("button", { name: "Create ticket" }).boundingBox();
		assert.ok(create && create.y > 700 && create.x < 300, "at the lower left");
		await finish(desk);
	});

	test("B-44 B-46: a view is made with filters and a live count, lists what fits, and keeps up with changes", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		await views(page).getByRole("button", { name: "New view" }).click();
		const dialog = page.getByRole("dialog", { name: "New view" });
		await dialog.getByText("2 tickets now").waitFor();
		await checkAccessibility(page, "the builder");
		await dialog.getByRole("button", { name: "Make view" }).click();
		await dialog.getByText("Give the view a name.").waitFor();
		await page.keyboard.type("Urgent things");
		await dialog.getByRole("button", { name: "And another filter" }).click();
		await dialog.getByRole("button", { name: /Property/ }).nth(1).click();
		await page.getByRole("option", { name: "Priority", exact: true }).click();
		await dialog.getByRole("button", { name: "Make view" }).click();
		await dialog.getByText("Choose or type a value.").waitFor();
		await dialog.getByRole("button", { name: "Choose" }).click();
		await page.getByRole("checkbox", { name: "High" }).check({ force: true });
		await page.keyboard.press("Escape");
		await dialog.getByText("1 ticket now").waitFor();
		await dialog.getByRole("button", { name: "Make view" }).click();
		await page.getByRole("heading", { name: "Urgent things" }).waitFor();
		await row(page, "Broken lamp").waitFor();
		assert.equal(await row(page, "Lost parcel").count(), 0);
		const view = (await listed()).find((v: any) => v.name === "Urgent things");
		assert.equal(view.audience, "PRIVATE");
		await hasText(count(page, view.id), "1");

		await bellhop.api.patch(`/crm/v3/objects/tickets/${ids["Lost parcel"]}`, { properties: { hs_ticket_priority: "HIGH" } });
		await row(page, "Lost parcel").waitFor();
		await hasText(count(page, view.id), "2");
		await page.mouse.move(700, 20);
		await bellhop.api.patch(`/crm/v3/objects/tickets/${ids["Lost parcel"]}`, { properties: { hs_ticket_priority: "LOW" } });
		await hasText(count(page, view.id), "1");
		await waitFor("the row that left", async () => (await row(page, "Lost parcel").count()) === 0, { timeoutMs: 6000 });
		await reload(page);
		await row(page, "Broken lamp").waitFor();
		await finish(desk);
	});

	test("B-45 B-47: a private view is its maker's; shared with everyone it is there for others at once, in their own section", async () => {
		const one = await openDesk(browser, bellhop, "/tickets/open");
		const two = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
		await link(one.page, "Urgent things").waitFor();
		assert.equal(await link(two.page, "Urgent things").count(), 0);
		await menu(one.page, "Urgent things", "Edit view");
		const dialog = one.page.getByRole("dialog", { name: "Edit view" });
		await dialog.getByRole("button", { name: /Who sees it/ }).click();
		await one.page.getByRole("option", { name: "Everyone" }).click();
		await dialog.getByRole("button", { name: "Save" }).click();
		await link(two.page, "Urgent things").waitFor();
		await two.page.getByRole("region", { name: "Everyone’s views" }).waitFor();
		await menu(two.page, "Urgent things", "Begin with this view");
		await waitFor("the preference", async () => (await two.page.evaluate(() => fetch("/desk/v1/preferences").then((r) => r.json()))).views.home);
		await two.page.goto(bellhop.url);
		await two.page.getByRole("heading", { name: "Urgent things" }).waitFor();
		await views(two.page).getByRole("button", { name: "Actions for All open" }).focus();
		await two.page.keyboard.press("Enter");
		assert.equal(await two.page.getByRole("menuitem", { name: "Delete view" }).count(), 0, "built-in views stay");
		await finish(one);
		await finish(two);
	});

	test("B-47: a copy is one's own, and a deleted view comes back with Undo", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		await menu(page, "Urgent things", "Duplicate");
		await page.getByRole("heading", { name: "Urgent things (copy)" }).waitFor();
		await page.getByRole("region", { name: "My views" }).getByText("Urgent things (copy)").waitFor();
		await views(page).getByRole("button", { name: "Actions for Urgent things (copy)" }).focus();
		await page.keyboard.press("Enter");
		await page.getByRole("menuitem", { name: "Delete view" }).click();
		await page.getByRole("heading", { name: "All open" }).waitFor();
		const isListed = async () => (await listed()).some((v: any) => v.name === "Urgent things (copy)");
		await waitFor("its end", async () => !(await isListed()));
		await page.getByRole("button", { name: "Undo" }).click();
		await page.getByRole("heading", { name: "Urgent things (copy)" }).waitFor();
		await waitFor("its return", isListed);
		await finish(desk);
	});

	test("B-48: views are put in order and hidden, by keyboard too, and stay so after a reload", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const names = () => views(page).getByRole("link").evaluateAll((all) => all.map((a) => (a as HTMLElement).dataset.view));
		await link(page, "All open").waitFor();
		const old = await names();
		const open = async (view: string) => {
			await views(page).getByRole("button", { name: `Actions for ${view}` }).focus();
			await page.keyboard.press("Enter");
		};
		await open("All open");
		await page.getByRole("menuitem", { name: "Move up" }).click();
		await waitFor("the order", async () => (await names()).indexOf("open") === old.indexOf("open") - 1);
		await open("Closed");
		await page.getByRole("menuitem", { name: "Hide from this list" }).click();
		await waitFor("the hidden one", async () => !(await names()).includes("closed"));
		await reload(page);
		await page.getByRole("button", { name: "1 hidden view" }).click();
		assert.equal((await names()).indexOf("open"), old.indexOf("open") - 1);
		await page.getByRole("menuitem", { name: "Closed" }).click();
		await link(page, "Closed").waitFor();
		await finish(desk);
	});

	test("B-26: Table: columns are chosen, moved and sorted; it is there again after a reload, and beside an open ticket it is a list", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width: 1500, height: 900 } });
		const { page } = desk;
		await row(page, "Broken lamp").waitFor();
		await layout(page, "Table");
		const head = page.getByRole("columnheader");
		await head.filter({ hasText: "Ticket name" }).waitFor();
		await checkAccessibility(page, "the table");
		await page.getByRole("button", { name: "Choose columns" }).click();
		await page.locator("label").filter({ hasText: /^Category$/ }).click();
		await page.keyboard.press("Escape");
		await row(page, "Lost parcel").getByText("Billing issue").waitFor();
		await head.filter({ hasText: "Ticket name" }).getByRole("button").first().click();
		await page.getByRole("menuitem", { name: "Sort downwards" }).click();
		const subjects = () => page.getByRole("grid").getByRole("row").filter({ hasText: /Lost parcel|Broken lamp/ }).evaluateAll((all) => all.sort((a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y).map((r) => (r.textContent ?? "").includes("Lost")));
		await waitFor("the order", async () => JSON.stringify(await subjects()) === "[true,false]");
		assert.equal(await head.filter({ hasText: "Ticket name" }).getAttribute("aria-sort"), "descending");
		await head.filter({ hasText: "Category" }).getByRole("button").first().click();
		await page.getByRole("menuitem", { name: "Move one place back" }).click();
		await reload(page);
		await row(page, "Lost parcel").getByText("Billing issue").waitFor();
		const order = await head.allInnerTexts();
		assert.ok(order.findIndex((h) => h.includes("Category")) < order.findIndex((h) => h.includes("Last activity")), String(order));
		await page.getByRole("grid").focus();
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		await page.getByRole("complementary", { name: "Details" }).waitFor();
		assert.equal(await head.count(), 0);
		await page.keyboard.press("Escape");
		await head.filter({ hasText: "Category" }).waitFor();
		await layout(page, "Split");
		await waitFor("rows of two lines", async () => (await head.count()) === 0);
		await finish(desk);
	});

	test("B-31 K-10: on the board a card is dragged to another status, or moved by its menu; others see it at once", async () => {
		const one = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width: 1600, height: 900 } });
		const two = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width: 1600, height: 900 }, who: ADA });
		for (const { page } of [one, two]) {
			await row(page, "Broken lamp").waitFor();
			await layout(page, "Board");
		}
		const column = (page: Page, status: string) => page.getByRole("region", { name: new RegExp(`^${status},`) });
		const stageOf = async () => (await bellhop.api.get(`/crm/v3/objects/tickets/${ids["Broken lamp"]}`)).properties.hs_pipeline_stage;
		await column(one.page, "New").getByText("Broken lamp").waitFor();
		await checkAccessibility(one.page, "the board");
		const before = await stageOf();
		/* the browser's own dragging now and then drops where the pointer was before: a person tries again */
		const there = column(one.page, "Waiting on contact").getByText("Broken lamp");
		for (let i = 0; i < 3 && (await there.count()) === 0; i++) {
			await column(one.page, "New").getByText("Broken lamp").dragTo(column(one.page, "Waiting on contact"));
			await there.waitFor({ timeout: 4000 }).catch(() => {});
		}
		await there.waitFor();
		await column(two.page, "Waiting on contact").getByText("Broken lamp").waitFor();
		await waitFor("the server", async () => (await stageOf()) !== before);
		await column(two.page, "Waiting on contact").getByRole("button", { name: "Move “Broken lamp”" }).focus();
		await two.page.keyboard.press("Enter");
		await two.page.getByRole("menuitem", { name: "New" }).click();
		await column(one.page, "New").getByText("Broken lamp").waitFor();
		await waitFor("the server", async () => (await stageOf()) === before);
		await hasText(column(one.page, "New").locator("header"), /2$/);
		await finish(one);
		await finish(two);
	});

	test("B-30: a row has the contact, how many take part, the channel, what was done last, and a comment where that is newest", async () => {
		await deliver(bellhop, { subject: "Row with all", text: "Where is my lamp?", from: "Dora Falk <dora@customer.example>", cc: "Bo Ek <bo@customer.example>" });
		/* as rows, whatever a test before made of this view */
		await bellhop.api.patch("/desk/v1/preferences", { viewLayouts: null });
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const mine = row(page, "Row with all");
		await mine.getByText("Dora Falk").waitFor();
		await mine.getByText("+1").waitFor();
		await mine.getByRole("img", { name: "Email" }).waitFor();
		await mine.getByText("Where is my lamp?").waitFor();
		assert.equal(await mine.getByRole("img", { name: "Answered" }).count(), 0);
		await finish(desk);
	});

	test("B-45: a view that was deleted, or is somebody's own, says so and leads to the open tickets", async () => {
		const one = await openDesk(browser, bellhop, "/tickets/999999");
		await one.page.getByText("This view is not there any more, or is not shared with you.").waitFor();
		assert.equal(await one.page.getByRole("button", { name: "Retry" }).count(), 0);
		await one.page.getByRole("button", { name: "Show all open" }).click();
		await one.page.getByRole("heading", { level: 1, name: "All open" }).waitFor();
		await finish(one, /404/);
	});

	test("quick filters narrow a view, say so when nothing is left, and are cleared", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/unassigned");
		const { page } = desk;
		await row(page, "Lost parcel").waitFor();
		await page.getByRole("button", { name: "Filter this list" }).click();
		await page.getByRole("group", { name: "Quick filters" }).getByRole("button", { name: "By priority" }).click();
		await page.getByRole("checkbox", { name: "High" }).check({ force: true });
		await page.keyboard.press("Escape");
		await waitFor("only what is urgent", async () => (await row(page, "Lost parcel").count()) === 0 && (await row(page, "Broken lamp").count()) === 1);
		await page.getByRole("group", { name: "Quick filters" }).getByRole("button", { name: /By priority/ }).click();
		await page.getByRole("checkbox", { name: "High" }).uncheck({ force: true });
		await page.getByRole("checkbox", { name: "Medium" }).check({ force: true });
		await page.keyboard.press("Escape");
		await page.getByText("No ticket matches the filters").waitFor();
		await page.getByRole("region", { name: "Ticket list" }).getByRole("button", { name: "Clear filters" }).last().click();
		await row(page, "Lost parcel").waitFor();
		await finish(desk);
	});

	test("on a phone: views, list and board fit in 390 px, light and dark", async () => {
		for (const colorScheme of ["light", "dark"] as const) {
			const desk = await openDesk(browser, bellhop, "/tickets/closed", { viewport: { width: 390, height: 844 }, colorScheme });
			const { page } = desk;
			await row(page, "Old chair").waitFor();
			const fits = async (what: string) => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, what);
			await fits("list");
			await page.getByRole("button", { name: "Show views" }).click();
			await link(page, "Closed").waitFor();
			await checkAccessibility(page, `views on a phone, ${colorScheme}`);
			await page.keyboard.press("Escape");
			await fits("views");
			await finish(desk);
		}
	});
});
