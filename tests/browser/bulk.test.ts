/* All tickets of a list at once: selecting them, changing them by a job that shows how far it is, and what came of it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { sql } from "../api/help.ts";
import { checkAccessibility, finish, openDesk, row, rows } from "./desk.ts";

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

	const bar = (page: Page) => page.getByRole("region", { name: "Selected tickets" });
	const run = (page: Page) => page.getByRole("region", { name: "Change of many tickets" });
	const notices = (page: Page) => page.getByRole("region", { name: "Notices" });
	const total = async (view: string) => (await bellhop.api.get(`/desk/v1/views/${view}/tickets?offset=0&limit=1`)).total as number;

	async function tickets(n: number, subject: string, properties: object = {}) {
		for (let left = n; left > 0; left -= 100)
			await bellhop.api.post("/crm/v3/objects/tickets/batch/create", { inputs: Array.from({ length: Math.min(left, 100) }, () => ({ properties: { subject, hs_pipeline: "0", hs_pipeline_stage: "1", ...properties }, associations: [] })) });
	}
	async function selectAll(page: Page, n: string) {
		await rows(page).first().waitFor();
		await page.getByRole("grid").focus();
		await page.keyboard.press("Control+a");
		await bar(page).getByRole("button", { name: `Select all ${n}` }).click();
		await bar(page).getByText(`All ${n} selected`).waitFor();
	}

	test("H-16 all of a list are selected beyond those loaded, changed in one go, and up to 500 are put back with Undo", async () => {
		await tickets(320, "Everyone of us");
		const one = await openDesk(browser, bellhop, "/tickets/unassigned");
		const { page } = one;
		await selectAll(page, "320");
		/* one less is a selection of rows again */
		await page.keyboard.press("j");
		await page.keyboard.press("x");
		await bar(page).getByText(/^\d+ selected$/).waitFor();
		await selectAll(page, "320");
		await checkAccessibility(page, "all of a list selected");
		await page.keyboard.press("p");
		await page.keyboard.type("urgent");
		await page.keyboard.press("Enter");
		await notices(page).getByText("Priority of 320 tickets changed").waitFor();
		await bar(page).waitFor({ state: "detached" });
		const urgent = () => bellhop.api.post("/crm/v3/objects/tickets/search", { filterGroups: [{ filters: [{ propertyName: "hs_ticket_priority", operator: "EQ", value: "URGENT" }] }], limit: 1 });
		assert.equal((await urgent()).total, 320);
		await notices(page).getByRole("button", { name: "Undo" }).click();
		await notices(page).getByText("Undone").waitFor();
		assert.equal((await urgent()).total, 0);
		await finish(one);
	});

	test("H-16 more than can be undone is asked about; it shows how far it is, goes on over a reload, and can be stopped", async () => {
		await tickets(600, "One of very many");
		const one = await openDesk(browser, bellhop, "/tickets/unassigned");
		const { page } = one;
		await selectAll(page, "920");
		await page.keyboard.press("i");
		const ask = page.getByRole("alertdialog", { name: "Change 920 tickets?" });
		await ask.waitFor();
		await checkAccessibility(page, "asked before many are changed");
		await ask.getByRole("button", { name: "Cancel" }).click();
		assert.equal(await total("mine"), 0);

		await selectAll(page, "920");
		await page.keyboard.press("i");
		await ask.getByRole("button", { name: "Go on" }).click();
		await notices(page).getByText("920 tickets assigned to").waitFor();
		assert.equal(await notices(page).getByRole("button", { name: "Undo" }).count(), 0);
		assert.deepEqual([await total("mine"), await total("unassigned")], [920, 0]);
		await page.getByText("Every open ticket has an owner").waitFor();

		/* one that never comes further, so that it can be looked at */
		await sql(bellhop, `INSERT INTO ticket_bulk (user_id, kind, body, state, total_n, done_n, failed_n, acts, created_at, ended_at) SELECT user_id, 'set', '{}', 'RUNNING', 4320, 1200, 0, '[]', created_at, 0 FROM ticket_bulk LIMIT 1`);
		await page.reload();
		await run(page).getByText("1,200 of 4,320 tickets").waitFor();
		await run(page).getByRole("progressbar").waitFor();
		await checkAccessibility(page, "many are being changed");
		await page.setViewportSize({ width: 390, height: 780 });
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390), "it fits on a phone");
		await run(page).getByRole("button", { name: "Stop" }).click();
		await run(page).getByText("Stopped: 1,200 of 4,320 tickets changed").waitFor();
		await run(page).getByRole("button", { name: "Close" }).click();
		await run(page).waitFor({ state: "detached" });
		await finish(one);
	});

	test("K-10 a status that demands something asks for it once, and gives it to those that lack it; whoever refuses is named with the reason", async () => {
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] });
		const users = (await bellhop.api.get("/desk/v1/users")).results;
		const ada = users.find((u: any) => u.email === ADA.email);
		const owner = (await bellhop.api.get(`/crm/v3/owners?email=${ADA.email}`)).results[0];
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { ticketEdit: "OWNED" });
		await tickets(3, "Ada's own", { hubspot_owner_id: owner.id });
		await tickets(2, "Somebody's");
		const view = await bellhop.api.post("/desk/v1/views", { name: "Her five", filterGroups: [{ filters: [{ propertyName: "subject", operator: "IN", values: ["Ada's own", "Somebody's"] }] }], audience: "EVERYONE" });
		const one = await openDesk(browser, bellhop, `/tickets/${view.id}`, { who: ADA });
		const { page } = one;
		await row(page, "Somebody's").first().waitFor();
		await page.getByRole("grid").focus();
		await page.keyboard.press("Control+a");
		/* all that there are, are loaded: rows are selected, and refuse one by one */
		await bar(page).getByText("5 selected").waitFor();
		assert.equal(await bar(page).getByRole("button", { name: /Select all/ }).count(), 0);
		await page.evaluate(async (viewId) => {
			await fetch("/desk/v1/ticket-bulks", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ viewId, action: "close", lackingProperties: { hs_resolution: "ISSUE_FIXED" } }) });
		}, view.id);
		await page.reload();
		await waitFor("those of hers are closed", async () => (await bellhop.api.post("/crm/v3/objects/tickets/search", { filterGroups: [{ filters: [{ propertyName: "hs_resolution", operator: "EQ", value: "ISSUE_FIXED" }] }], limit: 1 })).total === 3);
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [] });
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { ticketEdit: "EVERYTHING" });
		await finish(one);
	});

	test("tickets that refuse are counted, and shown with their reason, as links", async () => {
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] });
		await tickets(210, "Wants a resolution");
		const view = await bellhop.api.post("/desk/v1/views", { name: "Two hundred", filterGroups: [{ filters: [{ propertyName: "subject", operator: "EQ", value: "Wants a resolution" }, { propertyName: "ticketState", operator: "EQ", value: "OPEN" }] }], audience: "EVERYONE" });
		const one = await openDesk(browser, bellhop, `/tickets/${view.id}`);
		const { page } = one;
		await selectAll(page, "210");
		await page.keyboard.press("s");
		await page.keyboard.type("closed");
		await page.keyboard.press("Enter");
		const asked = page.getByRole("dialog", { name: "“Closed” needs more information" });
		await asked.getByRole("button", { name: /Resolution/ }).click();
		await page.getByRole("option", { name: "Issue fixed", exact: true }).click();
		await asked.getByRole("button", { name: "Continue" }).click();
		await notices(page).getByText("Status of 210 tickets is now “Closed”").waitFor();
		await notices(page).getByRole("button", { name: "Undo" }).click();
		await notices(page).getByText("Undone").waitFor();
		await page.reload();
		/* a rule that comes between asking and doing makes them refuse */
		await selectAll(page, "210");
		await page.keyboard.press("s");
		await page.keyboard.type("closed");
		await page.keyboard.press("Enter");
		await asked.getByRole("button", { name: /Resolution/ }).click();
		await page.getByRole("option", { name: "Issue fixed", exact: true }).click();
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "4", requiredProperties: ["hs_resolution", "hs_ticket_category"] }] });
		await asked.getByRole("button", { name: "Continue" }).click();
		await run(page).getByText("210 tickets were not changed").waitFor();
		await run(page).getByRole("button", { name: "Which ones?" }).click();
		const which = page.getByRole("dialog", { name: "210 tickets were not changed" });
		await which.getByRole("heading", { name: /Its new status needs .*Category/ }).first().waitFor();
		await checkAccessibility(page, "which refused");
		await which.getByRole("button", { name: "Show more" }).click();
		await waitFor("more of them", async () => (await which.getByRole("link").count()) === 100);
		await which.getByRole("link").first().click();
		await page.locator("[data-region=conversation]").getByRole("button", { name: "Wants a resolution" }).waitFor();
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [] });
		await finish(one);
	});
});
