/* The sidebar beside a ticket: what the ticket is, edited in place, and everything that hangs on it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, screenshot, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, openDesk, ticketId } from "./desk.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const card = (page: Page, name: string) => details(page).getByRole("region", { name });

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
});
