/* The sidebar beside a ticket: what the ticket is, edited in place, and everything that hangs on it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, screenshot, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, openDesk, ticketId } from "./desk.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const card = (page: Page, name: string) => details(page).getByRole("region", { name });

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

	const properties = async (id: string) => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).properties;

	test("B-27 B-28: every property of a ticket is edited in place, with the field of its type, and shows in another browser", async () => {
		await deliver(bellhop, { subject: "Wobbly table", from: "Ida Holm <ida@customer.example>" });
		const id = await ticketId(bellhop, "Wobbly table");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const two = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const about = card(one.page, "About this ticket");
		await about.getByRole("button", { name: "Edit Priority" }).click();
		await one.page.getByRole("option", { name: "High" }).click();
		await hasText(about.getByRole("button", { name: "Edit Priority" }), /High/);
		await hasText(card(two.page, "About this ticket").getByRole("button", { name: "Edit Priority" }), /High/);
		assert.equal((await properties(id)).hs_ticket_priority, "HIGH");

		await about.getByRole("button", { name: /^Show \d+ more properties/ }).click();
		await about.getByRole("button", { name: "Edit Description" }).click();
		const text = about.getByRole("textbox", { name: "Description" });
		await text.fill("One leg is shorter.");
		await text.press("Control+Enter");
		await hasText(about.getByRole("button", { name: "Edit Description" }), /One leg is shorter\./);
		await waitFor("the description", async () => (await properties(id)).content === "One leg is shorter.");

		await about.getByRole("button", { name: "Edit Category" }).click();
		await about.getByRole("checkbox", { name: "Product issue" }).check({ force: true });
		await one.page.keyboard.press("Control+Enter");
		await hasText(about.getByRole("button", { name: "Edit Category" }), /Product issue/);
		await waitFor("the category", async () => (await properties(id)).hs_ticket_category === "PRODUCT_ISSUE");

		/* by keyboard alone, and taken back */
		const edit = about.getByRole("button", { name: "Edit Category" });
		await edit.focus();
		await one.page.keyboard.press("Enter");
		await about.getByRole("checkbox", { name: "Product issue" }).waitFor();
		await one.page.keyboard.press("Escape");
		await edit.waitFor();
		await checkAccessibility(one.page, "properties");
		await screenshot(one.page, "context-properties");
		await finish(one);
		await finish(two);
	});

	test("K-6: a property that the status demands is marked, and is not emptied", async () => {
		const { results } = await bellhop.api.get("/crm/v3/pipelines/tickets");
		const stage = results[0].stages.find((s: { label: string }) => s.label === "Waiting on contact");
		await deliver(bellhop, { subject: "Demanding", from: "Ida Holm <ida@customer.example>" });
		const id = await ticketId(bellhop, "Demanding");
		await bellhop.api.put(`/desk/v1/pipelines/tickets/${results[0].id}/rules`, { stages: [{ stageId: stage.id, requiredProperties: ["hs_resolution"] }] });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const about = card(desk.page, "About this ticket");
		await bellhop.api.patch(`/crm/v3/objects/tickets/${id}`, { properties: { hs_resolution: "ISSUE_FIXED", hs_pipeline_stage: stage.id } });
		await hasText(about.getByRole("button", { name: "Edit Resolution" }), /Issue fixed/);
		await about.getByText("Required").waitFor({ state: "attached" });
		await about.getByRole("button", { name: "Edit Resolution" }).click();
		await desk.page.getByRole("option", { name: "Tracked" }).or(desk.page.getByRole("option", { name: "Feature request tracked" })).waitFor();
		assert.equal(await desk.page.getByRole("option", { name: "None" }).count(), 0);
		await finish(desk);
	});

	const make = async (type: string, properties: object) => (await bellhop.api.post(`/crm/v3/objects/${type}`, { properties })).id as string;
	const linked = async (id: string, type: string): Promise<string[]> =>
		(await bellhop.api.get(`/desk/v1/objects/tickets/${id}/links`)).results.find((l: { objectType: string }) => l.objectType === type).results.map((r: { label: string }) => r.label);

	test("B-24 G-9: records are added and removed in the sidebar, found or made new, labelled, with undo and a history", async () => {
		await deliver(bellhop, { subject: "Linked lamp", from: "Jo Lund <jo@customer.example>" });
		const id = await ticketId(bellhop, "Linked lamp");
		await make("companies", { name: "Lund Lamps", domain: "lund.example" });
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const two = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		const company = card(page, "Company");
		await company.getByText("No company.").waitFor();
		await company.getByRole("button", { name: "Add company" }).click();
		const dialog = page.getByRole("dialog", { name: "Add company" });
		await checkAccessibility(page, "adding a company");
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.getByText("Choose at least one.").waitFor();
		await dialog.getByRole("combobox", { name: "Search companies" }).fill("lund");
		await dialog.getByRole("option", { name: /Lund Lamps/ }).waitFor();
		await page.keyboard.press("Enter");
		await dialog.getByRole("option", { name: /Lund Lamps/, selected: true }).waitFor();
		await dialog.getByRole("button", { name: "Save" }).click();
		await company.getByRole("link", { name: "Lund Lamps" }).waitFor();
		await card(two.page, "Company").getByRole("link", { name: "Lund Lamps" }).waitFor();
		assert.deepEqual(await linked(id, "companies"), ["Lund Lamps"]);

		await company.getByRole("button", { name: "Actions for Lund Lamps" }).click();
		await page.getByRole("menuitem", { name: "Edit labels" }).click();
		await page.getByRole("dialog").getByText("Primary", { exact: true }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await company.getByText("Primary", { exact: true }).waitFor();

		await company.getByRole("button", { name: "Actions for Lund Lamps" }).click();
		await page.getByRole("menuitem", { name: "Remove" }).click();
		await company.getByText("No company.").waitFor();
		await card(two.page, "Company").getByText("No company.").waitFor();
		await page.getByRole("button", { name: "Undo" }).click();
		await company.getByText("Primary", { exact: true }).waitFor();
		assert.deepEqual(await linked(id, "companies"), ["Lund Lamps"]);

		const deals = card(page, "Deals");
		await deals.getByRole("button", { name: "Add deal" }).click();
		await page.getByRole("tab", { name: "Create new" }).click();
		await page.getByRole("textbox", { name: "Deal name" }).fill("Forty lamps");
		await page.getByRole("button", { name: "Stage", exact: false }).last().click();
		await page.getByRole("option").first().click();
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await deals.getByText("Forty lamps").waitFor();
		assert.deepEqual(await linked(id, "deals"), ["Forty lamps"]);

		await details(page).getByRole("button", { name: "Options of the sidebar" }).click();
		await page.getByRole("menuitem", { name: "Association history" }).click();
		const history = page.getByRole("dialog", { name: "Association history" });
		await hasText(history.getByRole("listitem").first(), /Forty lamps[\s\S]*Added by/);
		await history.getByText(/^Removed by/).first().waitFor();
		/* in a window where nothing was chosen: what the select announced to screen readers lingers in this one */
		await details(two.page).getByRole("button", { name: "Options of the sidebar" }).click();
		await two.page.getByRole("menuitem", { name: "Association history" }).click();
		await two.page.getByText(/^Added by/).first().waitFor();
		await checkAccessibility(two.page, "association history");
		await finish(one);
		await finish(two);
	});

	test("B-25 D-6: past conversations with an excerpt, activities of the contact, files; related tickets open in place", async () => {
		const from = "Kai Berg <kai@customer.example>";
		await deliver(bellhop, { subject: "First cup", from, text: "The handle came off my cup." });
		await ticketId(bellhop, "First cup");
		await deliver(bellhop, { subject: "Second cup", from, text: "Now the other one too." });
		const id = await ticketId(bellhop, "Second cup");
		const { contact } = await bellhop.api.get(`/desk/v1/tickets/${id}`);
		const note = await make("notes", { hs_timestamp: "2026-03-01T10:00:00Z", hs_note_body: "<p>Collects <b>cups</b>.</p>" });
		await bellhop.api.put(`/crm/v4/objects/notes/${note}/associations/default/contacts/${contact.id}`);
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await hasText(card(page, "Past conversations").getByRole("link", { name: /First cup/ }), /The handle came off my cup\./);
		await hasText(card(page, "Contact").getByRole("button", { name: "Edit Email" }), /kai@customer\.example/);
		await card(page, "Attachments").getByText("No files in this conversation.").waitFor();

		const activities = card(page, "Activities");
		await activities.getByRole("button", { name: "Add activities" }).click();
		const dialog = page.getByRole("dialog", { name: "Add activities" });
		await dialog.getByRole("option", { name: /Collects cups\./ }).click();
		await dialog.getByRole("button", { name: "Save" }).click();
		await activities.getByText("Collects cups.").waitFor();
		const timeline = (await bellhop.api.get(`/desk/v1/objects/tickets/${id}/timeline?types=notes`)).results;
		assert.deepEqual(timeline.map((e: { id: string }) => e.id), [note]);

		await card(page, "Past conversations").getByRole("link", { name: /First cup/ }).click();
		await page.getByRole("heading", { name: "First cup" }).waitFor();
		await hasText(card(page, "Past conversations").getByRole("link", { name: /Second cup/ }), /Now the other one too/);
		await finish(desk);
	});

	test("B-28: cards fold, hide and change places, by keyboard too, and stay so after a reload and in another browser", async () => {
		await deliver(bellhop, { subject: "Cards", from: "Jo Lund <jo@customer.example>" });
		const id = await ticketId(bellhop, "Cards");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		const titles = (of: Page) => details(of).getByRole("heading", { level: 3 }).allInnerTexts();
		await card(page, "Deals").waitFor();
		await details(page).getByRole("button", { name: "Related tickets" }).click();
		await card(page, "Related tickets").getByRole("button", { name: "Add ticket" }).waitFor({ state: "detached" });
		await details(page).getByRole("button", { name: "Options of the sidebar" }).click();
		await page.getByRole("menuitem", { name: "Customise cards" }).click();
		const dialog = page.getByRole("dialog", { name: "Customise cards" });
		await dialog.getByText("Deals", { exact: true }).click();
		await dialog.getByRole("button", { name: "Move About this ticket up" }).focus();
		await page.keyboard.press("Enter");
		await checkAccessibility(page, "customise cards");
		await dialog.getByRole("button", { name: "Done" }).click();
		const wanted = ["About this ticket", "Contact", "Past conversations", "Company", "Quotes", "Related tickets", "Activities", "Attachments"];
		await waitFor("the order", async () => assert.deepEqual(await titles(page), wanted) ?? true);
		await waitFor("it is kept", async () => (await bellhop.api.get("/desk/v1/preferences")).cards.tickets?.order?.[0] === "ticket");
		const other = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		await waitFor("the order elsewhere", async () => assert.deepEqual(await titles(other.page), wanted) ?? true);
		assert.equal(await details(other.page).getByRole("button", { name: "Related tickets" }).getAttribute("aria-expanded"), "false");
		await bellhop.api.patch("/desk/v1/preferences", { cards: null });
		await finish(desk);
		await finish(other);
	});
});
