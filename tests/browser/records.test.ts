/* Pages of contacts, companies and deals, and email from a record, by hand in a real browser with a real SMTP server behind. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, type SmtpSink, screenshot, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, messages, openDesk } from "./desk.ts";

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const entry = (page: Page, name: RegExp | string) => timeline(page).getByRole("article", { name });

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;

	before(async () => {
		[bellhop, browser, sink] = await Promise.all([startBellhop({ engine }), launchBrowser(), startSmtpSink()]);
		await bellhop.api.put("/desk/v1/relay", { url: sink.url });
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
		await sink?.stop();
	});

	const make = async (type: string, properties: object) => (await bellhop.api.post(`/crm/v3/objects/${type}`, { properties })).id as string;

	test("M-1: contacts are listed, searched, sorted, shown in chosen columns, and made; each leads to its page", async () => {
		for (const [firstname, lastname] of [["Alma", "Ek"], ["Bo", "Ask"], ["Cy", "Lind"]]) await make("contacts", { firstname, lastname, email: `${firstname?.toLowerCase()}@list.example` });
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		await page.getByRole("navigation", { name: "Views" }).waitFor();
		await page.keyboard.press("g");
		await page.keyboard.press("o");
		await page.getByRole("heading", { name: "Companies", level: 1 }).waitFor();
		await page.getByRole("link", { name: "Contacts" }).click();
		const names = () => page.getByRole("rowheader").allInnerTexts();
		await waitFor("three rows", async () => (await names()).length === 3);
		await page.getByRole("columnheader", { name: "Name", exact: true }).getByRole("button").click();
		await waitFor("by name", async () => (await names()).join() === "Alma Ek,Bo Ask,Cy Lind");
		await page.getByRole("columnheader", { name: "Name", exact: true }).getByRole("button").click();
		await waitFor("the other way", async () => (await names()).join() === "Cy Lind,Bo Ask,Alma Ek");
		await page.getByRole("searchbox", { name: "Search contacts" }).fill("alma");
		await waitFor("the one", async () => (await names()).join() === "Alma Ek");
		await page.getByRole("searchbox", { name: "Search contacts" }).fill("");
		await page.getByRole("button", { name: "Columns" }).click();
		await page.getByRole("menuitem", { name: "Job title" }).click();
		await page.getByRole("columnheader", { name: "Job title" }).waitFor();
		await checkAccessibility(page, "contacts");
		await screenshot(page, "contacts");
		await page.getByRole("button", { name: "Create contact" }).click();
		const dialog = page.getByRole("dialog", { name: "Create contact" });
		await dialog.getByRole("textbox", { name: "Email" }).fill("alma@list.example");
		await dialog.getByRole("button", { name: "Create" }).click();
		await dialog.getByText(/already exists/).waitFor();
		await dialog.getByRole("textbox", { name: "Email" }).fill("dora@list.example");
		await dialog.getByRole("button", { name: "Create" }).click();
		await page.getByRole("heading", { name: "dora@list.example", level: 1 }).waitFor();
		assert.ok((await bellhop.api.get("/crm/v3/objects/contacts/dora@list.example?idProperty=email")).id);
		await finish(desk, /status of 409/);
	});

	test("M-3 M-1: a record's page has its properties, its activities by kind, and its associations, live; a task is ticked off", async () => {
		const from = "Ulf Dahl <ulf@page.example>";
		await deliver(bellhop, { subject: "About my chair", from, text: "It wobbles." });
		const contact = await waitFor("the contact", async () => bellhop.api.get("/crm/v3/objects/contacts/ulf@page.example?idProperty=email").catch(() => undefined));
		const one = await openDesk(browser, bellhop, `/contacts/${contact.id}`);
		const two = await openDesk(browser, bellhop, `/contacts/${contact.id}`);
		const { page } = one;
		await page.getByRole("heading", { name: "Ulf Dahl", level: 1 }).waitFor();
		await entry(page, /About my chair/).first().waitFor();
		await page.getByRole("button", { name: "Edit Phone", exact: false }).first().click();
		await page.getByRole("textbox", { name: "Phone" }).fill("+46 70 123 45 67");
		await page.keyboard.press("Enter");
		await hasText(two.page.getByRole("button", { name: /^Edit Phone/ }).first(), /\+46 70 123 45 67/);

		await page.getByRole("button", { name: "Add note" }).click();
		await page.getByRole("dialog").getByRole("toolbar", { name: "Text style" }).waitFor();
		await page.getByRole("dialog").getByRole("textbox", { name: "Note" }).fill("Likes <oak>.\nAsk again in May.");
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await hasText(entry(page, /^Note/).getByRole("group"), /Likes <oak>\.\s*Ask again in May\./);
		await hasText(entry(two.page, /^Note/).getByRole("group"), /Likes <oak>\./);

		await page.getByRole("button", { name: "Log call" }).click();
		await page.getByRole("dialog").getByRole("textbox", { name: "Title" }).fill("Rang about the chair");
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await entry(page, /Rang about the chair/).waitFor();

		await page.getByRole("button", { name: "Create task" }).click();
		await page.getByRole("dialog").getByRole("textbox", { name: "Title" }).fill("Send new legs");
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await entry(page, /Send new legs/).getByText("Done").click();
		await waitFor("the task", async () => (await bellhop.api.get(`/desk/v1/objects/contacts/${contact.id}/timeline?types=tasks`)).results[0]?.properties.hs_task_status === "COMPLETED");

		await page.getByRole("tab", { name: "Calls" }).click();
		await entry(page, /About my chair/).first().waitFor({ state: "detached" });
		await entry(page, /Rang about the chair/).waitFor();
		await page.getByRole("tab", { name: "All", exact: true }).click();
		await timeline(page).getByRole("searchbox").fill("oak");
		await entry(page, /Rang about the chair/).waitFor({ state: "detached" });
		await entry(page, /^Note/).waitFor();
		/* where nothing was chosen: what a select announced to screen readers lingers */
		await checkAccessibility(two.page, "a contact");
		await screenshot(page, "contact");
		await page.emulateMedia({ colorScheme: "dark" });
		await screenshot(page, "contact-dark");
		await page.emulateMedia({ colorScheme: "light" });

		await timeline(page).getByRole("searchbox").fill("");
		await entry(page, /^Ticket: About my chair/).getByRole("link").click();
		await page.getByRole("heading", { name: "About my chair" }).waitFor();
		await page.getByRole("complementary", { name: "Details" }).getByRole("link", { name: "Ulf Dahl" }).click();
		await page.getByRole("heading", { name: "Ulf Dahl", level: 1 }).waitFor();
		await page.goBack();
		await page.getByRole("heading", { name: "About my chair" }).waitFor();
		await finish(one);
		await finish(two);
	});

	test("M-2 C-3: Email on a contact's page leaves from the desk's address, opens a ticket, and the answer joins it", async () => {
		const company = await make("companies", { name: "Legs Ltd", domain: "legs.example" });
		const contact = await make("contacts", { firstname: "Vera", lastname: "Holm", email: "vera@legs.example" });
		await bellhop.api.put(`/crm/v4/objects/contacts/${contact}/associations/companies/${company}`, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }]);
		const desk = await openDesk(browser, bellhop, `/contacts/${contact}`);
		const { page } = desk;
		await page.getByRole("button", { name: "Email", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "Email" });
		await dialog.getByRole("button", { name: /From/ }).getByText(bellhop.inbox).waitFor();
		assert.equal(await dialog.getByRole("textbox", { name: "To" }).inputValue(), "vera@legs.example");
		await dialog.getByRole("button", { name: "Send" }).click();
		await dialog.getByText("Give the email a subject.").waitFor();
		await dialog.getByText("Write a message.").waitFor();
		await dialog.getByRole("textbox", { name: "Subject" }).fill("Your new legs");
		await dialog.getByRole("textbox", { name: "Message" }).click();
		await page.keyboard.type("They are on their way.");
		await checkAccessibility(page, "email from a record");
		await screenshot(page, "record-email");
		await dialog.getByRole("button", { name: "Send" }).click();
		await dialog.waitFor({ state: "detached" });
		const mail = await sink.waitForMail("the mail", (m) => m.header("Subject") === "Your new legs");
		assert.deepEqual(mail.to, ["vera@legs.example"]);
		assert.match(mail.header("From") ?? "", new RegExp(bellhop.inbox));
		assert.match(mail.text, /They are on their way\./);

		await page.getByRole("button", { name: "Open ticket" }).click();
		await page.getByRole("heading", { name: "Your new legs" }).waitFor();
		await hasText(messages(page).first().getByTestId("mail-body"), /They are on their way/);
		const details = page.getByRole("complementary", { name: "Details" });
		await details.getByRole("link", { name: "Vera Holm" }).waitFor();
		await details.getByRole("link", { name: "Legs Ltd" }).waitFor();
		const id = page.url().split("/").at(-1);
		assert.equal((await bellhop.api.get(`/desk/v1/tickets/${id}`)).properties.outbound_ticket, "true");
		await deliver(bellhop, { subject: "Re: Your new legs", from: "Vera Holm <vera@legs.example>", text: "Thank you!", inReplyTo: mail.header("Message-ID") });
		await hasText(messages(page).nth(1).getByTestId("mail-body"), /Thank you!/);
		await finish(desk);
	});

	test("M-1: a record's page works on a phone, and what is deleted comes back by Undo", async () => {
		const company = await make("companies", { name: "Small Ltd", domain: "small.example" });
		const desk = await openDesk(browser, bellhop, `/companies/${company}`, { viewport: { width: 390, height: 780 } });
		const { page } = desk;
		await page.getByRole("heading", { name: "Small Ltd", level: 1 }).waitFor();
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is cut off");
		await checkAccessibility(page, "a company on a phone");
		await screenshot(page, "company-phone");
		await page.getByRole("button", { name: "Actions for Small Ltd" }).click();
		await page.getByRole("menuitem", { name: "Delete" }).click();
		await page.getByRole("heading", { name: "Companies" }).waitFor();
		await page.getByRole("button", { name: "Undo" }).click();
		await page.getByRole("link", { name: "Small Ltd" }).waitFor();
		await finish(desk, /status of 404/);
	});

	test("M-1 M-3: what was typed is not lost by Escape, and a note whose answer was lost on the way is one note", async () => {
		const contact = await make("contacts", { firstname: "Nora", email: "nora@lost.example" });
		const desk = await openDesk(browser, bellhop, `/contacts/${contact}`);
		const { page } = desk;
		const dialog = page.getByRole("dialog", { name: "Add note" });
		await page.getByRole("button", { name: "Add note" }).click();
		await dialog.getByRole("textbox", { name: "Note" }).click();
		await page.keyboard.type("Long thoughts");
		await page.keyboard.press("Escape");
		await dialog.getByText("What you changed is not saved.").waitFor();
		await checkAccessibility(page, "a question before leaving");
		await page.keyboard.press("Enter");
		await hasText(dialog.getByRole("textbox", { name: "Note" }), "Long thoughts");
		let lost = 0;
		await page.route("**/crm/v3/objects/notes", async (route) => {
			if (lost++) return route.continue();
			await route.fetch();
			await route.abort();
		});
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.getByRole("alert").getByText(/cannot be reached/).waitFor();
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.waitFor({ state: "detached" });
		await hasText(entry(page, /^Note/).getByRole("group"), /Long thoughts/);
		const notes = (await bellhop.api.get("/crm/v3/objects/notes?limit=100&properties=hs_note_body&associations=contacts")).results.filter((n: any) => /Long thoughts/.test(n.properties.hs_note_body));
		assert.deepEqual(notes.map((n: any) => n.associations.contacts.results.some((r: any) => r.id === contact)), [true]);
		await page.getByRole("button", { name: "Email", exact: true }).click();
		await page.getByRole("dialog").getByRole("textbox", { name: "Message" }).click();
		await page.keyboard.type("Dear Nora");
		await page.mouse.click(4, 4);
		await page.getByRole("button", { name: "Discard changes" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await finish(desk, /net::ERR_FAILED/);
	});

	test("M-1: the timeline is searched as a whole, not only as far as it is on the screen", async () => {
		const contact = await make("contacts", { firstname: "Ages", email: "ages@old.example" });
		const associations = [{ to: { id: contact }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 202 }] }];
		const note = (hs_note_body: string, day: number) => ({ properties: { hs_note_body, hs_timestamp: Date.UTC(2026, 0, 1) + day * 86_400_000 }, associations });
		await bellhop.api.post("/crm/v3/objects/notes/batch/create", { inputs: [note("<p>A <b>needle</b> of old</p>", 0), ...Array.from({ length: 99 }, (_, i) => note(`Hay ${i}`, i + 1))] });
		const desk = await openDesk(browser, bellhop, `/contacts/${contact}`);
		const { page } = desk;
		await entry(page, /^Note/).first().waitFor();
		await timeline(page).getByRole("searchbox").fill("old NEEDLE");
		await waitFor("the one note", async () => (await entry(page, /^Note/).count()) === 1);
		await hasText(entry(page, /^Note/).getByRole("group"), /A needle of old/);
		await timeline(page).getByRole("searchbox").fill("nobody said this");
		await timeline(page).getByRole("status").getByText("Nothing found.").waitFor();
		await finish(desk);
	});

	test("M-1: a long name covers nothing, an amount is shown to its last digit", async () => {
		const long = "Wolfeschlegelsteinhausen".repeat(12);
		const company = await make("companies", { name: long });
		const deal = await make("deals", { dealname: "Big", amount: "123456789012345678.99", pipeline: "default", dealstage: "appointmentscheduled" });
		const desk = await openDesk(browser, bellhop, `/companies/${company}`);
		const { page } = desk;
		const box = async (what: ReturnType<Page["locator"]>) => (await what.boundingBox()) ?? assert.fail("not on the screen");
		const title = await box(page.getByRole("heading", { name: long }));
		const first = await box(page.getByRole("button", { name: "Email", exact: true }));
		const crumb = await box(page.getByRole("link", { name: "Companies" }).last());
		assert.ok(title.y + title.height <= first.y && title.y >= crumb.y + crumb.height, JSON.stringify({ crumb, title, first }));
		await page.goto(`${bellhop.url}/deals/${deal}`);
		await hasText(page.getByRole("button", { name: /^Edit Amount/ }), /123,456,789,012,345,678\.99/);
		/* in the list every record is one line, and languages have names */
		const polish = await make("contacts", { firstname: "Ola", email: "a.very.long.name.of-somebody@pensjonat-nad-jeziorem.example", hs_language: "pl" });
		await page.setViewportSize({ width: 390, height: 780 });
		await page.goto(`${bellhop.url}/contacts`);
		const line = await box(page.getByRole("row").filter({ hasText: "Ola" }));
		assert.ok(line.height < 50, `${line.height} px`);
		await page.goto(`${bellhop.url}/contacts/${polish}`);
		await hasText(page.getByRole("button", { name: /^Edit Preferred language/ }), /Polish/);
		await finish(desk);
	});

	test("M-1: who may only look has no buttons that make or change a record", async () => {
		const who = { email: "vi@desk.example", password: "only looking around" };
		bellhop.command("user", "add", "--email", who.email, "--password", who.password, "--first-name", "Vi");
		const { id } = await bellhop.api.get(`/settings/v3/users/${who.email}?idProperty=EMAIL`);
		assert.equal((await bellhop.api.request("PATCH", `/desk/v1/users/${id}`, { role: "viewer" })).status, 200);
		const contact = await make("contacts", { firstname: "Seen", email: "seen@only.example" });
		const desk = await openDesk(browser, bellhop, `/contacts/${contact}`, { who });
		const { page } = desk;
		await page.getByRole("heading", { name: "Seen", level: 1 }).waitFor();
		/* beside notes and tasks (B-14) */
		assert.deepEqual(await page.getByRole("button", { name: /^(Edit|Add|Log|Create|Email)/ }).allInnerTexts(), ["Add note", "Create task"]);
		for (const type of ["contacts", "companies", "deals"]) {
			await page.goto(`${bellhop.url}/${type}`);
			await page.getByRole("button", { name: "Columns" }).waitFor();
			assert.equal(await page.getByRole("button", { name: /^Create / }).count(), 0, type);
		}
		await finish(desk);
	});

	test("G-10: an administrator leaves domains out of the association of contacts and companies, and switches it off", async () => {
		const desk = await openDesk(browser, bellhop, "/settings/records");
		const { page } = desk;
		const domains = page.getByRole("textbox", { name: "Domains to leave out" });
		await domains.fill("nonsense");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("nonsense is not a domain.").waitFor();
		await domains.fill("Left.example\nout.example");
		await page.getByText("Link contacts and companies by domain").click();
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved", { exact: true }).waitFor();
		await checkAccessibility(page, "settings of records");
		assert.deepEqual(await bellhop.api.get("/desk/v1/company-association"), { isOn: false, excludedDomains: ["left.example", "out.example"] });
		await page.reload();
		await waitFor("what was saved", async () => (await domains.inputValue()) === "left.example\nout.example");
		await bellhop.api.put("/desk/v1/company-association", { isOn: true, excludedDomains: [] });
		await finish(desk, /status of 400/);
	});

	test("B-14: a viewer writes a note and a task on a record, and nothing else is offered", async () => {
		const who = { email: "viewer@desk.example", password: "only looking here" };
		bellhop.command("user", "add", "--email", who.email, "--password", who.password, "--role", "viewer");
		const id = await make("contacts", { firstname: "Nora", email: "nora@noted.example" });
		const desk = await openDesk(browser, bellhop, `/contacts/${id}`, { who });
		const { page } = desk;
		await page.getByRole("button", { name: "Add note", exact: true }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("toolbar", { name: "Text style" }).waitFor();
		await dialog.getByRole("textbox", { name: "Note" }).fill("Seen from outside");
		await dialog.getByRole("button", { name: "Save" }).click();
		await timeline(page).getByText("Seen from outside").waitFor();
		await page.getByRole("button", { name: "Create task", exact: true }).waitFor();
		for (const name of ["Log call", "Log meeting", "Email"]) assert.equal(await page.getByRole("button", { name, exact: true }).count(), 0, name);
		await checkAccessibility(page, "a record for a viewer");
		await finish(desk);
	});
});
