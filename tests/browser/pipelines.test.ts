/* Settings of pipelines by hand: statuses made, ordered, renamed, removed; what a status asks for, asked of an agent. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, finish, openDesk } from "./desk.ts";

const PIPELINES = "/crm/v3/pipelines/tickets";

/* For waitFor: compares until it is so. */
const same = (a: unknown, b: unknown) => {
	assert.deepEqual(a, b);
	return true;
};

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
	const pipeline = async (label: string) => (await bellhop.api.get(PIPELINES)).results.find((p: any) => p.label === label);
	const statuses = async (label: string) => ((await pipeline(label))?.stages ?? []).sort((a: any, b: any) => a.displayOrder - b.displayOrder).map((s: any) => s.label);
	const choose = async (page: Page, button: RegExp | string, item: string) => {
		await page.getByRole("button", { name: button }).click();
		await page.getByRole("menuitem", { name: item }).click();
	};
	const nameIt = async (page: Page, label: string, name: string, save: string) => {
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel(label).fill(name);
		await dialog.getByRole("button", { name: save, exact: true }).click();
	};

	test("K-1, K-2, K-4 a pipeline is added with statuses, which are named, ordered, opened and closed; the server has the same", async () => {
		const desk = await openDesk(browser, bellhop, "/settings/pipelines");
		const { page } = desk;
		await page.getByRole("button", { name: "Add pipeline" }).click();
		await nameIt(page, "Name of the pipeline", "Returns", "Add pipeline");
		await page.getByRole("heading", { name: "Returns" }).waitFor();
		await page.getByRole("button", { name: "Add status" }).click();
		await nameIt(page, "Name of the status", "In the mail", "Add status");
		await page.getByRole("listitem", { name: "In the mail" }).waitFor();
		await page.getByRole("button", { name: "Move In the mail up" }).click();
		await waitFor("the new order", async () => same(await statuses("Returns"), ["New", "In the mail", "Closed"]));
		await choose(page, "More for New", "Rename");
		await nameIt(page, "Name of the status", "Announced", "Save");
		await page.getByRole("listitem", { name: "Announced" }).waitFor();
		await page.getByRole("listitem", { name: "In the mail" }).getByRole("button", { name: /Tickets are/ }).click();
		await page.getByRole("option", { name: "Closed" }).click();
		await waitFor("it is a closed one", async () => same((await pipeline("Returns")).stages.find((s: any) => s.label === "In the mail").metadata.ticketState, "CLOSED"));
		await choose(page, "More for In the mail", "Delete status");
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete status" }).click();
		await waitFor("it is gone", async () => same(await statuses("Returns"), ["Announced", "Closed"]));
		await checkAccessibility(page, "pipelines");
		await finish(desk);
	});

	test("K-5 a status with tickets stays and says why; an empty name is asked for again", async () => {
		const made = await bellhop.api.post(PIPELINES, { label: "Full", displayOrder: 3, stages: [{ label: "Held", displayOrder: 0, metadata: { ticketState: "OPEN" } }, { label: "Gone", displayOrder: 1, metadata: { ticketState: "CLOSED" } }] });
		await bellhop.api.post("/crm/v3/objects/tickets", { properties: { subject: "Here", hs_pipeline: made.id, hs_pipeline_stage: made.stages[0].id } });
		const desk = await openDesk(browser, bellhop, "/settings/pipelines");
		const { page } = desk;
		await page.getByRole("button", { name: "Full", exact: true }).click();
		await choose(page, "More for Held", "Delete status");
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete status" }).click();
		await page.getByRole("alertdialog").getByRole("alert").waitFor();
		await page.keyboard.press("Escape");
		assert.deepEqual(await statuses("Full"), ["Held", "Gone"]);
		await page.getByRole("button", { name: "Add status" }).click();
		await nameIt(page, "Name of the status", "  ", "Add status");
		await page.getByText("It needs a name.").waitFor();
		await finish(desk, /status of 400/);
	});

	test("K-10, K-12 what a status asks for and how people may go through a pipeline is set here, and kept", async () => {
		const desk = await openDesk(browser, bellhop, "/settings/pipelines");
		const { page } = desk;
		await page.getByRole("listitem", { name: "Closed" }).getByRole("button", { name: "Required properties" }).click();
		await page.getByLabel("Find a property").fill("prior");
		await page.getByRole("checkbox", { name: "Priority" }).check({ force: true });
		await page.getByLabel("Find a property").fill("");
		await page.getByText("1 chosen").waitFor();
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await page.getByRole("listitem", { name: "Closed" }).getByText("Asks for 1 property").waitFor();
		await page.getByText("Tickets cannot go back to an earlier status").click();
		await page.getByText("Saved", { exact: false }).first().waitFor();
		const rules = await bellhop.api.get("/desk/v1/pipelines/tickets/0/rules");
		assert.equal(rules.forbidsGoingBack, true);
		assert.deepEqual(rules.stages.filter((s: any) => s.requiredProperties.length).map((s: any) => s.requiredProperties), [["hs_ticket_priority"]]);
		await page.reload();
		await page.getByRole("listitem", { name: "Closed" }).getByText("Asks for 1 property").waitFor();
		await finish(desk);
	});
});
