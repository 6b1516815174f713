/* Creating tickets by hand, as a person does it, on both engines: the panel, its form, whom the ticket is for, the first message. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, editor, finish, messages, openDesk, row } from "./desk.ts";

const OBJECTS = "/crm/v3/objects";
const FORM = "/desk/v1/forms/create-ticket";
const ADA = { email: "ada@desk.example", password: "analytical engine" };
const FIXED = ["subject", "hs_pipeline", "hs_pipeline_stage"].map((name) => ({ name, isRequired: true }));

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Create ticket" });
const choose = async (page: Page, button: RegExp, option: string) => {
	await panelOf(page).getByRole("button", { name: button }).click();
	await page.getByRole("option", { name: option }).click();
};

async function openPanel(page: Page) {
	await page.getByRole("button", { name: "Create ticket" }).first().click();
	await panelOf(page).getByLabel("Ticket name").waitFor();
	return panelOf(page);
}

async function pick(page: Page, label: "Company" | "Contact", text: string, option: string | RegExp) {
	await panelOf(page).getByRole("combobox", { name: label }).fill(text);
	await page.getByRole("option", { name: option }).click();
}

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;
	let repairs: { id: string; stages: { id: string; label: string }[] };
	const made = async (type: string, properties: Record<string, string>, associations?: unknown) => (await bellhop.api.post(`${OBJECTS}/${type}`, { properties, associations })).id as string;
	/* The newest ticket of this name, as the server has it. */
	const ticket = async (subject: string) => {
		const { results } = await bellhop.api.post(`${OBJECTS}/tickets/search`, {
			filterGroups: [{ filters: [{ propertyName: "subject", operator: "EQ", value: subject }] }],
			properties: ["subject", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "content"],
		});
		return results[0] as { id: string; properties: Record<string, string | null> } | undefined;
	};
	const linked = async (id: string, type: string) =>
		(await bellhop.api.get(`/crm/v4/objects/tickets/${id}/associations/${type}`)).results.map((r: { toObjectId: number | string }) => String(r.toObjectId)).sort();

	before(async () => {
		[bellhop, browser, sink] = await Promise.all([startBellhop({ engine }), launchBrowser(), startSmtpSink()]);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
		await bellhop.api.put("/desk/v1/relay", { url: sink.url });
		await bellhop.api.request("PATCH", "/desk/v1/preferences", { undoSeconds: 0 });
		repairs = await bellhop.api.post("/crm/v3/pipelines/tickets", {
			label: "Repairs",
			displayOrder: 5,
			stages: [
				{ label: "Arrived", displayOrder: 0, metadata: { ticketState: "OPEN" } },
				{ label: "On the bench", displayOrder: 1, metadata: { ticketState: "OPEN" } },
				{ label: "Sent back", displayOrder: 2, metadata: { ticketState: "CLOSED" } },
			],
		});
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
		await sink?.stop();
	});

	test("D-1 D-3 D-4 D-7 B-21: Create ticket opens a panel at the right that asks for name, pipeline and status; the status follows the pipeline; the ticket opens without a conversation", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		await page.getByRole("navigation", { name: "Views" }).waitFor();
		const panel = await openPanel(page);
		const [box, width] = [await panel.boundingBox(), page.viewportSize()?.width ?? 0];
		assert.ok(box && Math.abs(box.x + box.width - width) < 1, "at the right");
		await checkAccessibility(page, "create ticket");
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await panel.getByText("Fill this in.").waitFor();
		await waitFor("focus in the name", () => page.evaluate(() => document.activeElement?.getAttribute("aria-invalid") === "true"));
		await panel.getByLabel("Ticket name").fill("Called about the mirror");
		await panel.getByRole("button", { name: /Ticket status/ }).click();
		const options = page.getByRole("option");
		assert.deepEqual(await options.allInnerTexts(), ["New", "Waiting on contact", "Waiting on us", "Closed"]);
		await page.keyboard.press("Escape");
		await choose(page, /Pipeline/, "Repairs");
		await panel.getByRole("button", { name: /Ticket status/ }).click();
		assert.deepEqual(await options.allInnerTexts(), ["Arrived", "On the bench", "Sent back"]);
		await options.filter({ hasText: "On the bench" }).click();
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByRole("heading", { name: "Called about the mirror" }).waitFor();
		await page.getByText("No conversation yet").waitFor();
		await row(page, "Called about the mirror").waitFor();
		assert.equal(await editor(page).count(), 0, "nobody to write to, no editor");
		assert.equal(await page.getByRole("button", { name: /Write a reply/ }).count(), 0);
		const now = await ticket("Called about the mirror");
		assert.deepEqual([now?.properties.hs_pipeline, now?.properties.hs_pipeline_stage], [repairs.id, repairs.stages[1]?.id]);
		assert.deepEqual((await bellhop.api.get(`/desk/v1/tickets/${now?.id}/messages`)).results, []);
		await finish(desk);
	});

	test("D-2 D-12 D-11 K-12: an admin edits the form for everybody; agents see it without the button, and only the statuses where tickets may begin", async (t) => {
		t.after(() => bellhop.api.put(FORM, { fields: FIXED }));
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const panel = await openPanel(page);
		await panel.getByRole("button", { name: "Edit this form" }).click();
		await panel.getByRole("combobox", { name: "Add a property" }).fill("prio");
		await page.getByRole("option", { name: "Priority" }).first().click();
		await panel.getByRole("listitem").filter({ hasText: "Priority" }).getByText("Required").click();
		await panel.getByRole("button", { name: "Move Priority up" }).click();
		await waitFor("focus goes along", () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") === "Move Priority up"));
		/* the tip of the button that is now under the pointer */
		await page.mouse.move(1, 1);
		await page.getByRole("tooltip").waitFor({ state: "detached" });
		await checkAccessibility(page, "edit the form");
		assert.ok(await panel.getByRole("button", { name: "Remove Ticket name" }).isDisabled());
		await panel.getByRole("button", { name: "Save" }).click();
		/* the form itself again, no longer its editor */
		await panel.getByRole("button", { name: "Move Priority up" }).waitFor({ state: "detached" });
		await panel.getByRole("button", { name: /Priority/ }).waitFor();
		assert.deepEqual((await bellhop.api.get(FORM)).fields.map((f: { name: string; isRequired: boolean }) => [f.name, f.isRequired]), [
			["subject", true], ["hs_pipeline", true], ["hs_ticket_priority", true], ["hs_pipeline_stage", true],
		]);
		await finish(desk);

		await bellhop.api.put(`/desk/v1/pipelines/tickets/${repairs.id}/rules`, { entryStageIds: [repairs.stages[0]?.id], stages: [] });
		const other = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
		const hers = await openPanel(other.page);
		assert.equal(await hers.getByRole("button", { name: "Edit this form" }).count(), 0);
		await hers.getByLabel("Ticket name").fill("For Ada");
		await choose(other.page, /Pipeline/, "Repairs");
		await hers.getByRole("button", { name: /Ticket status/ }).click();
		assert.deepEqual(await other.page.getByRole("option").allInnerTexts(), ["Arrived"]);
		await other.page.keyboard.press("Escape");
		await hers.getByRole("button", { name: "Create", exact: true }).click();
		await hers.getByText("Fill this in.").waitFor();
		await choose(other.page, /Priority/, "High");
		await hers.getByRole("button", { name: "Create", exact: true }).click();
		await other.page.getByRole("heading", { name: "For Ada" }).waitFor();
		assert.equal((await ticket("For Ada"))?.properties.hs_ticket_priority, "HIGH");
		await finish(other);
	});

	test("D-5 D-6 D-9: company and contact are found by typing, their activities are ticked, and one request links them all; the editor is there at once", async () => {
		const company = await made("companies", { name: "Mirror Works", domain: "mirror.example" });
		const contact = await made("contacts", { email: "cleo@mirror.example", firstname: "Cleo", lastname: "Spiegel" });
		const to = (id: string, associationTypeId: number) => [{ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] }];
		const call = await made("calls", { hs_timestamp: "2026-01-05T10:00:00Z", hs_call_title: "The mirror is blind" }, to(contact, 194));
		await made("notes", { hs_timestamp: "2026-01-06T10:00:00Z", hs_note_body: "<p>Pays <b>late</b></p>" }, to(company, 190));
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const panel = await openPanel(page);
		let requests = 0;
		page.on("request", (r) => {
			/* searches only read; who looks at the new ticket says so to the others */
			if (r.method() !== "GET" && !/\/(search|batch\/read|presence|seen)$/.test(r.url())) requests++;
		});
		await panel.getByLabel("Ticket name").fill("Blind mirror");
		await pick(page, "Company", "mirr", /Mirror Works/);
		await pick(page, "Contact", "cleo", /Cleo Spiegel/);
		await panel.getByRole("checkbox", { name: /The mirror is blind/ }).check();
		await panel.getByText("Pays late").waitFor();
		await checkAccessibility(page, "create ticket with records");
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByRole("heading", { name: "Blind mirror" }).waitFor();
		const id = (await ticket("Blind mirror"))?.id as string;
		assert.deepEqual([await linked(id, "companies"), await linked(id, "contacts"), await linked(id, "calls"), await linked(id, "notes")], [[company], [contact], [call], []]);
		assert.equal(requests, 1, "one request");
		await page.getByRole("button", { name: /Write a reply/ }).waitFor();
		await page.getByRole("button", { name: "Write to Cleo Spiegel" }).click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await finish(desk);
	});

	test("D-8 B-22: Add contact, found or made new, brings the reply editor, and what is written leaves as a mail", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const panel = await openPanel(page);
		await panel.getByLabel("Ticket name").fill("Rang twice");
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByRole("heading", { name: "Rang twice" }).waitFor();
		await page.getByRole("button", { name: "Add contact", exact: true }).first().click();
		const find = page.getByRole("combobox", { name: "Contact" });
		await find.fill("dora@caller.example");
		await page.getByRole("option", { name: "New contact" }).click();
		const box = page.getByRole("group", { name: "New contact" });
		await checkAccessibility(page, "new contact");
		assert.equal(await box.getByLabel("Email").inputValue(), "dora@caller.example");
		await box.getByLabel("First name").fill("Dora");
		await box.getByRole("button", { name: "Create contact" }).click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await editor(page).click();
		await page.keyboard.type("You called us, Dora.");
		await page.keyboard.press("Control+Enter");
		await messages(page).filter({ hasText: "You called us, Dora." }).waitFor();
		const mail = await sink.waitForMail("the first mail", (m) => m.to.includes("dora@caller.example"));
		assert.match(mail.text, /You called us, Dora\./);
		assert.match(mail.header("subject") ?? "", /Rang twice/);
		await finish(desk);
	});

	test("D-13: a contact without an address is asked for one before the editor is there", async () => {
		const contact = await made("contacts", { firstname: "Silent", lastname: "Sam" });
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const panel = await openPanel(page);
		await panel.getByLabel("Ticket name").fill("At the counter");
		await pick(page, "Contact", "silent", /Silent Sam/);
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByText("Silent Sam has no email address.").waitFor();
		assert.equal(await page.getByRole("button", { name: /Write a reply/ }).count(), 0);
		await page.getByRole("region", { name: "Conversation" }).getByLabel("Email").fill("sam@silent.example");
		await page.getByRole("button", { name: "Save address" }).click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		assert.equal((await bellhop.api.get(`${OBJECTS}/contacts/${contact}?properties=email`)).properties.email, "sam@silent.example");
		await finish(desk);
	});

	test("K-11: a value that demands other properties brings them up, and nothing is saved before they are filled in", async () => {
		await bellhop.api.put(FORM, { fields: [...FIXED, { name: "hs_ticket_priority", isRequired: false }] });
		await bellhop.api.post("/desk/v1/property-rules/tickets", { property: "hs_ticket_priority", values: ["URGENT"], shownProperties: [], requiredProperties: ["content"] });
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		const panel = await openPanel(page);
		await panel.getByLabel("Ticket name").fill("Urgent mirror");
		assert.equal(await panel.getByLabel("Description").count(), 0);
		await choose(page, /Priority/, "Urgent");
		await panel.getByLabel("Description").waitFor();
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await panel.getByText("Fill this in.").waitFor();
		assert.equal(await ticket("Urgent mirror"), undefined);
		await panel.getByLabel("Description").fill("It fell.");
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByRole("heading", { name: "Urgent mirror" }).waitFor();
		assert.equal((await ticket("Urgent mirror"))?.properties.content, "It fell.");
		await finish(desk);
		await bellhop.api.put(FORM, { fields: FIXED });
	});

	test("the panel stays while one moves about, keeps what is typed over a close and a reload, and works on a phone by keyboard", async () => {
		const contact = await made("contacts", { email: "kept@panel.example", firstname: "Kept" });
		const desk = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width: 390, height: 780 } });
		const { page } = desk;
		await page.getByRole("grid").waitFor();
		await page.keyboard.press("c");
		const panel = panelOf(page);
		await waitFor("focus in the panel", () => page.evaluate(() => document.activeElement?.tagName === "INPUT"));
		await page.keyboard.type("Half a ticket");
		await pick(page, "Contact", "kept", /Kept/);
		await page.evaluate(() => {
			(window as { stays?: boolean }).stays = true;
			history.pushState({}, "", "/tickets/closed");
			dispatchEvent(new PopStateEvent("popstate"));
		});
		assert.equal(await panel.getByLabel("Ticket name").inputValue(), "Half a ticket");
		await page.reload();
		assert.equal(await panel.getByLabel("Ticket name").inputValue(), "Half a ticket");
		await panel.getByText("kept@panel.example").waitFor();
		await page.keyboard.press("Escape");
		await panel.waitFor({ state: "detached" });
		await page.keyboard.press("c");
		await panel.getByText("kept@panel.example").waitFor();
		await panel.getByRole("button", { name: "Create", exact: true }).click();
		await page.getByRole("heading", { name: "Half a ticket" }).waitFor();
		assert.deepEqual(await linked((await ticket("Half a ticket"))?.id as string, "contacts"), [contact]);
		await page.keyboard.press("c");
		assert.equal(await panel.getByLabel("Ticket name").inputValue(), "");
		await finish(desk);
	});
});
