/* Managing tickets by hand, by key and from a second window: what one agent does, the other sees, and each of it is undone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, messages, openDesk, row, ticketId } from "./desk.ts";

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

	const head = (page: Page) => page.locator("[data-region=conversation] header").first();
	const field = (page: Page, name: RegExp) => head(page).getByRole("button", { name });
	const option = (page: Page, name: string) => page.getByRole("option", { name, exact: true });
	const menu = async (page: Page, item: string) => {
		await head(page).getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: item }).click();
	};
	const dialog = (page: Page) => page.getByRole("dialog");
	/* Keys reach the page, not a field or a button. */
	const rest = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const properties = async (id: string) => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).properties;
	const said = (page: Page, text: string | RegExp) => page.getByRole("region", { name: "Notices" }).getByText(text).first().waitFor();

	async function newMail(subject: string, more: { from?: string; text?: string } = {}) {
		await deliver(bellhop, { subject, from: "Bo Ek <bo@customer.example>", ...more });
		return ticketId(bellhop, subject);
	}

	test("B-27 H-2 name, owner, status, priority and category are edited at the top, seen by others at once, and undone", async () => {
		const id = await newMail("Top of a ticket");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const two = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
		const { page } = one;
		await head(page).getByRole("button", { name: "Top of a ticket" }).click();
		await page.getByRole("textbox", { name: "Ticket name" }).fill("A better name");
		await page.keyboard.press("Enter");
		await head(two.page).getByRole("button", { name: "A better name" }).waitFor();
		await head(page).getByRole("button", { name: "A better name" }).click();
		await page.getByRole("textbox", { name: "Ticket name" }).fill("Not this one");
		await page.keyboard.press("Escape");
		await head(page).getByRole("button", { name: "A better name" }).waitFor();

		await field(page, /Priority/).click();
		await option(page, "Urgent").click();
		await hasText(field(two.page, /Priority/), /Urgent/);
		await field(page, /Category/).click();
		await option(page, "Billing issue").click();
		await hasText(field(two.page, /Category/), /Billing issue/);
		await field(page, /Owner/).click();
		await option(page, "Ada Lovelace").click();
		await hasText(field(two.page, /Owner/), /Ada Lovelace/);
		await field(page, /Status/).click();
		await option(page, "Waiting on us").click();
		await hasText(field(two.page, /Status/), /Waiting on us/);
		await waitFor("all is kept", async () => {
			const p = await properties(id);
			return p.hs_ticket_priority === "URGENT" && p.hs_ticket_category === "BILLING_ISSUE" && p.hs_pipeline_stage === "3" && p.subject === "A better name";
		});
		await rest(page);
		await page.keyboard.press("z");
		await hasText(field(two.page, /Status/), /New/);
		await checkAccessibility(page, "ticket with its fields");
		await page.reload();
		await hasText(field(page, /Priority/), /Urgent/);
		await finish(one);
		await finish(two);
	});

	test("H-1 keys: A assigns, I to me, S and P set status and priority, E closes and goes on, Z takes back", async () => {
		const [first, second] = [await newMail("Key one"), await newMail("Key two")];
		const one = await openDesk(browser, bellhop, `/tickets/open/${second}`);
		const { page } = one;
		await field(page, /Owner/).waitFor();
		await rest(page);
		await page.keyboard.press("a");
		await page.getByRole("dialog").getByText("Ada Lovelace").waitFor();
		await page.keyboard.type("ada");
		await page.keyboard.press("Enter");
		await hasText(field(page, /Owner/), /Ada Lovelace/);
		await page.keyboard.press("i");
		await waitFor("it is mine", async () => !/Ada/.test(await field(page, /Owner/).innerText()));
		await page.keyboard.press("p");
		await page.keyboard.type("high");
		await page.keyboard.press("Enter");
		await hasText(field(page, /Priority/), /High/);
		await page.keyboard.press("s");
		await page.keyboard.type("waiting on c");
		await page.keyboard.press("Enter");
		await hasText(field(page, /Status/), /Waiting on contact/);
		await page.keyboard.press("e");
		await waitFor("the next ticket is open", () => page.url().endsWith(`/${first}`));
		await waitFor("it is closed", async () => (await properties(second)).hs_pipeline_stage === "4");
		await page.keyboard.press("z");
		await waitFor("it is open again", async () => (await properties(second)).hs_pipeline_stage === "2");
		assert.equal((await properties(second)).hs_ticket_priority, "HIGH");
		await finish(one);
	});

	test("K-10 a status that demands properties asks for them first; cancelling changes nothing", async () => {
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] });
		const id = await newMail("Needs a resolution");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		const close = async () => {
			await field(page, /Status/).click();
			await option(page, "Closed").click();
			await dialog(page).getByRole("heading", { name: "“Closed” needs more information" }).waitFor();
		};
		await field(page, /Category/).waitFor();
		await close();
		await checkAccessibility(page, "required properties");
		await dialog(page).getByRole("button", { name: "Cancel" }).click();
		await hasText(field(page, /Status/), /New/);
		assert.equal((await properties(id)).hs_pipeline_stage, "1");
		await close();
		await dialog(page).getByRole("button", { name: "Continue" }).click();
		await dialog(page).getByText("Fill this in.").waitFor();
		await dialog(page).getByRole("button", { name: /Resolution/ }).click();
		await option(page, "Issue fixed").click();
		await dialog(page).getByRole("button", { name: "Continue" }).click();
		await hasText(field(page, /Status/), /Closed/);
		await waitFor("both are set", async () => {
			const p = await properties(id);
			return p.hs_pipeline_stage === "4" && p.hs_resolution === "ISSUE_FIXED";
		});
		await bellhop.api.put("/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [] });
		await finish(one);
	});

	test("H-1 H-5 H-8 H-22 two tickets are merged by search; the old address leads to the survivor; undo makes two of it again", async () => {
		const a = await newMail("Lamp one", { text: "First lamp." });
		const b = await newMail("Lamp two", { text: "Second lamp." });
		const one = await openDesk(browser, bellhop, `/tickets/open/${b}`);
		const two = await openDesk(browser, bellhop, `/tickets/open/${b}`, { who: ADA });
		const { page } = one;
		await messages(page).first().waitFor();
		await messages(two.page).first().waitFor();
		await menu(page, "Merge");
		await page.keyboard.type("Lamp one");
		await page.getByRole("menuitem", { name: /Lamp one/ }).first().click();
		await dialog(page).getByRole("radio", { name: /Lamp one/ }).check();
		await checkAccessibility(page, "merge");
		await dialog(page).getByRole("button", { name: "Merge 2 tickets" }).click();
		for (const p of [page, two.page]) {
			await waitFor("the survivor is on screen", () => p.url().endsWith(`/${a}`));
			await waitFor("both messages are there", async () => (await messages(p).count()) === 2);
			await p.getByText(`#${b} Lamp two`).waitFor();
		}
		await two.page.goto(`${bellhop.url}/tickets/open/${b}`);
		await waitFor("the old address leads on", () => two.page.url().endsWith(`/${a}`));
		await two.page.getByRole("button", { name: "Undo merge" }).click();
		for (const p of [page, two.page]) await waitFor("one message is there again", async () => (await messages(p).count()) === 1);
		await row(page, "Lamp two").waitFor();
		assert.equal((await bellhop.api.get(`/desk/v1/tickets/${b}`)).ticket.id, b);
		await finish(one);
		await finish(two);
	});

	test("H-4 H-20 a message is split off to a new ticket with the same contact; both show each other; undo joins them", async () => {
		const id = await newMail("Two things", { text: "My lamp." });
		await deliver(bellhop, { subject: "Re: Two things", from: "Bo Ek <bo@customer.example>", text: "My chair too.", inReplyTo: await mailIdOf(id) });
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		await waitFor("both messages are there", async () => (await messages(page).count()) === 2);
		await menu(page, "Split");
		await dialog(page).getByRole("button", { name: "Split", exact: true }).click();
		await dialog(page).getByText("Choose at least one message.").waitFor();
		await dialog(page).getByRole("checkbox", { name: /My chair too/ }).check({ force: true });
		await dialog(page).getByLabel("Name of the new ticket").fill("A chair");
		await checkAccessibility(page, "split");
		await dialog(page).getByRole("button", { name: "Split off 1 message" }).click();
		await waitFor("one message stays", async () => (await messages(page).count()) === 1);
		await page.getByRole("link", { name: /A chair/ }).first().click();
		await hasText(messages(page).first(), /My chair too|Bo Ek/);
		await page.getByRole("link", { name: /Two things/ }).first().waitFor();
		const made = page.url().split("/").at(-1) ?? "";
		const { contact, properties: p } = await bellhop.api.get(`/desk/v1/tickets/${made}`);
		assert.deepEqual([contact.email, p.copied_from_ticket_id], ["bo@customer.example", id]);
		await rest(page);
		await page.keyboard.press("z");
		await waitFor("the old ticket is back on screen", () => page.url().endsWith(`/${id}`));
		await waitFor("with both messages", async () => (await messages(page).count()) === 2);
		await finish(one);
	});

	async function mailIdOf(id: string): Promise<string> {
		const { results } = await bellhop.api.get(`/desk/v1/tickets/${id}/messages`);
		const source = await bellhop.api.get(`/conversations/v3/conversations/threads/${results[0].threadId}/messages/${results[0].id}`);
		return source.inReplyToId ?? (await ids(results[0].id));
	}
	async function ids(messageId: string): Promise<string> {
		const { sql } = await import("../api/help.ts");
		return `<${await sql(bellhop, `SELECT mail_id FROM message WHERE id = ${messageId}`)}>`;
	}

	test("H-14 H-21 a snoozed ticket leaves its queue for Snoozed, also in the other window, and comes back when it is woken", async () => {
		const id = await newMail("Not today");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const two = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
		const { page } = one;
		await row(two.page, "Not today").waitFor();
		await field(page, /Owner/).waitFor();
		await rest(page);
		await page.keyboard.press("h");
		await page.getByRole("menuitem", { name: /Tomorrow/ }).waitFor();
		await page.keyboard.type("tomorrow");
		await page.keyboard.press("Enter");
		await said(page, /Snoozed until/);
		await waitFor("it left the other window", async () => (await row(two.page, "Not today").count()) === 0 || (await row(two.page, "Not today").getAttribute("data-left")) !== null);
		await two.page.goto(`${bellhop.url}/tickets/snoozed/${id}`);
		await two.page.getByText(/Snoozed until .* or until the customer writes/).waitFor();
		await row(two.page, "Not today").waitFor();
		await two.page.getByRole("button", { name: "End snooze" }).click();
		await waitFor("it is awake", async () => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket.snoozedUntil === undefined);
		await page.goto(`${bellhop.url}/tickets/open`);
		await row(page, "Not today").waitFor();
		await finish(one);
		await finish(two);
	});

	test("H-12 H-13 spam leaves the queue for Spam and comes back; a blocked sender is in the list and can be unblocked", async () => {
		const id = await newMail("Cheap lamps", { from: "Junk <junk@spam.example>" });
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		await field(page, /Category/).waitFor();
		await waitFor("rights are known", async () => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).abilities.includes("delete"));
		await menu(page, "Block sender");
		await said(page, /Sender blocked/);
		await page.goto(`${bellhop.url}/tickets/spam/${id}`);
		await row(page, "Cheap lamps").waitFor();
		await page.getByText(/This ticket is spam/).waitFor();
		await checkAccessibility(page, "spam");
		await page.getByRole("button", { name: "Not spam" }).click();
		await waitFor("it is no spam", async () => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket.spamAt === undefined);
		await page.goto(`${bellhop.url}/settings/blocked-senders`);
		await page.getByRole("listitem").filter({ hasText: "junk@spam.example" }).waitFor();
		await checkAccessibility(page, "blocked senders");
		await page.getByRole("button", { name: "Unblock junk@spam.example" }).click();
		await page.getByText("Nobody is blocked.").waitFor();
		await page.getByLabel("Address to block").fill("worse@spam.example");
		await page.keyboard.press("Enter");
		await page.getByRole("listitem").filter({ hasText: "worse@spam.example" }).waitFor();
		await finish(one);
	});

	test("H-10 H-24 a deleted ticket is gone for everybody, is found in the recycle bin, and comes back", async () => {
		const id = await newMail("Thrown away");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const two = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
		const { page } = one;
		await row(two.page, "Thrown away").waitFor();
		await field(page, /Category/).waitFor();
		await menu(page, "Delete ticket");
		await said(page, "Ticket deleted");
		await waitFor("it left the other window", async () => (await row(two.page, "Thrown away").count()) === 0);
		await page.goto(`${bellhop.url}/settings/recycle-bin`);
		await page.getByLabel("Name, number or contact").fill("thrown");
		await page.getByRole("listitem").filter({ hasText: "Thrown away" }).waitFor();
		await checkAccessibility(page, "recycle bin");
		await page.getByRole("button", { name: "Restore “Thrown away”" }).click();
		await page.getByText("No deleted ticket fits.").waitFor();
		await row(two.page, "Thrown away").waitFor();
		await finish(one, /status of 404/);
		await finish(two);
	});

	test("H-9 K-6 a ticket moves to another pipeline, where a status has to be chosen, and to another inbox", async () => {
		const stage = (label: string, displayOrder: number, ticketState: string) => ({ label, displayOrder, metadata: { ticketState } });
		const pipeline = await bellhop.api.post("/crm/v3/pipelines/tickets", { label: "Returns", displayOrder: 2, stages: [stage("Arrived", 0, "OPEN"), stage("Sent back", 1, "CLOSED")] });
		const inbox = await bellhop.api.post("/desk/v1/inboxes", { name: "Billing" });
		await bellhop.api.post("/desk/v1/channel-accounts", { inboxId: inbox.id, address: "billing@desk.example", name: "Billing", pipelineId: "0", stageId: "1" });
		const id = await newMail("Wrong place");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		await field(page, /Category/).waitFor();
		await menu(page, "Move");
		await dialog(page).getByRole("button", { name: /Pipeline/ }).click();
		await option(page, "Returns").click();
		await dialog(page).getByRole("button", { name: "Move", exact: true }).click();
		await dialog(page).getByText("Choose a status in the new pipeline.").waitFor();
		await dialog(page).getByRole("button", { name: /Status there/ }).click();
		await option(page, "Arrived").click();
		await dialog(page).getByRole("button", { name: /Inbox/ }).click();
		await option(page, "Billing").click();
		await checkAccessibility(page, "move");
		await dialog(page).getByRole("button", { name: "Move", exact: true }).click();
		await hasText(field(page, /Status/), /Arrived/);
		await waitFor("it is there", async () => {
			const p = await properties(id);
			return p.hs_pipeline === pipeline.id && p.hs_inbox_id === inbox.id;
		});
		assert.equal((await bellhop.api.get(`/desk/v1/tickets/${id}`)).replyTo.from.address, "billing@desk.example");
		await finish(one);
	});

	test("H-16 rows are selected by key and by box; a bar shows how many; what is done to all is undone with one key", async () => {
		const subjects = ["Bulk one", "Bulk two", "Bulk three"];
		const made = [];
		for (const subject of subjects) made.push(await newMail(subject));
		const one = await openDesk(browser, bellhop, "/tickets/open");
		const two = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
		const { page } = one;
		const bar = page.getByRole("region", { name: "Selected tickets" });
		await row(page, "Bulk three").waitFor();
		await page.keyboard.press("j");
		await page.keyboard.press("x");
		await bar.getByText("1 selected").waitFor();
		await page.keyboard.press("Shift+J");
		await bar.getByText("2 selected").waitFor();
		await row(page, "Bulk one").getByRole("checkbox").click();
		await bar.getByText("3 selected").waitFor();
		await checkAccessibility(page, "selected rows");
		await page.keyboard.press("a");
		await page.keyboard.type("ada");
		await page.keyboard.press("Enter");
		await said(page, "3 tickets assigned to Ada Lovelace");
		await page.keyboard.press("p");
		await page.keyboard.type("urg");
		await page.keyboard.press("Enter");
		for (const id of made) await waitFor("it is urgent and Ada's", async () => {
			const p = await properties(id);
			return p.hs_ticket_priority === "URGENT" && p.hubspot_owner_id;
		});
		await bar.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Mark as spam" }).click();
		for (const subject of subjects) await waitFor("it left the other window", async () => (await row(two.page, subject).count()) === 0);
		await bar.waitFor({ state: "hidden" });
		await rest(page);
		await page.keyboard.press("z");
		for (const subject of subjects) await row(two.page, subject).waitFor();
		await page.keyboard.press("Escape");
		await page.keyboard.press("Control+a");
		await bar.getByText(/selected/).waitFor();
		await page.keyboard.press("Escape");
		await bar.waitFor({ state: "hidden" });
		await finish(one);
		await finish(two);
	});

	test("B-6 B-13 a ticket that one may see no more leaves the screen at once, its row too, and comes back with the right", async () => {
		const id = await newMail("For fewer eyes", { text: "A secret." });
		const ada = (await bellhop.api.get("/desk/v1/users")).results.find((u: any) => u.email === ADA.email);
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
		const { page } = one;
		await messages(page).filter({ hasText: "A secret." }).waitFor();
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { ticketView: "OWNED", ticketEdit: "OWNED" });
		await page.getByText("This ticket does not exist, or you may not see it.").waitFor();
		assert.equal(await page.getByText("A secret.").count(), 0);
		await row(page, "For fewer eyes").waitFor({ state: "detached" });
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { ticketView: "EVERYTHING", ticketEdit: "EVERYTHING" });
		await row(page, "For fewer eyes").click();
		await messages(page).filter({ hasText: "A secret." }).waitFor();
		await finish(one, /404/);
	});

	test("H-14 snooze says which times it takes, and keeps the ticket on screen until one is right", async () => {
		const id = await newMail("Wake me some day");
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		await field(page, /Owner/).waitFor();
		await rest(page);
		await page.keyboard.press("h");
		await page.getByRole("dialog").waitFor();
		await page.keyboard.type("pick");
		await page.keyboard.press("Enter");
		const until = page.getByRole("dialog", { name: "Snooze" }).getByLabel("Until");
		await until.fill("2020-01-01T10:00");
		await page.keyboard.press("Enter");
		await page.getByText("Choose a time that is still to come.").waitFor();
		await until.fill("9999-01-01T10:00");
		await page.keyboard.press("Enter");
		await page.getByText("Choose a time within 10 years.").waitFor();
		assert.ok(page.url().endsWith(`/${id}`));
		await finish(one);
	});

	test("H-15 the history tells what happened, newest first", async () => {
		const id = await newMail("Long story");
		await bellhop.api.post("/desk/v1/tickets/bulk", { action: "set", ticketIds: [id], properties: { hs_ticket_priority: "HIGH" } });
		const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = one;
		await field(page, /Category/).waitFor();
		await menu(page, "History");
		const items = dialog(page).getByRole("listitem");
		await hasText(items.first(), /changed this ticket/);
		await hasText(items.first(), /Priority/);
		await hasText(items.first(), /High/);
		await dialog(page).getByText(/created this ticket/).waitFor();
		await checkAccessibility(page, "history");
		await finish(one);
	});
});
