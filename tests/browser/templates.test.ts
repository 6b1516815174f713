/* Templates: made in the library, seen on a real ticket, put into replies and new emails with their placeholders typed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const TEMPLATES = "/desk/v1/templates";

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true });
		({ bellhop, browser, sink } = mailDesk);
	});
	after(() => stopMailDesk(mailDesk));
	const ticket = async (subject: string) => {
		await deliver(bellhop, { subject });
		return ticketId(bellhop, subject);
	};
	const make = (body: object) => bellhop.api.post(TEMPLATES, { audience: "EVERYONE", html: "<p>Text</p>", ...body });
	const picker = (page: Page) => page.getByRole("dialog", { name: "Insert a template" });
	/* Opens the list of templates from the menu, and takes one by the keys. */
	const pick = async (page: Page, query: string, name: string) => {
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Template" }).click();
		await picker(page).getByRole("combobox", { name: "Search templates" }).fill(query);
		const option = picker(page).getByRole("option").first();
		await waitFor(`${name} first`, async () => (await option.innerText()).startsWith(name));
		await picker(page).getByRole("combobox", { name: "Search templates" }).press("Enter");
	};

	test("N-1 N-20 E-14 template: created, previewed with a real ticket, inserted in a reply, sent through a real SMTP server, opened by the customer in a second browser", async () => {
		const id = await ticket("The blue lamp");
		const desk = await openDesk(browser, bellhop, "/library/templates");
		const { page } = desk;
		await page.getByRole("button", { name: "New template" }).click();
		const dialog = page.getByRole("dialog", { name: "New template" });
		await dialog.getByLabel("Name").fill("Order sent");
		await dialog.getByLabel("Subject").fill("Order {{placeholder.Order number}}");
		await dialog.getByRole("toolbar", { name: "Text style" }).waitFor();
		const text = dialog.getByRole("textbox", { name: "Text", exact: true });
		await text.click();
		await page.keyboard.type("Dear {{contact.email}}, about {{ticket.subject}}: order ");
		await dialog.getByRole("button", { name: "Tokens" }).click();
		await page.getByRole("menuitem", { name: "Placeholder" }).click();
		await page.keyboard.type("Order number");
		await page.keyboard.press("Control+End");
		await hasText(text, "Dear {{contact.email}}, about {{ticket.subject}}: order {{placeholder.Order number}}");
		await dialog.getByRole("button", { name: "Preview with a ticket" }).click();
		await dialog.getByRole("combobox", { name: "Ticket" }).fill("blue lamp");
		await page.getByRole("option", { name: /The blue lamp/ }).click();
		await hasText(dialog.getByRole("group", { name: "The text, filled in" }), "Dear anna@customer.example, about The blue lamp: order [[MISSING ORDER NUMBER]]");
		await dialog.getByText("One value is missing: ORDER NUMBER.").waitFor();
		await checkAccessibility(page, "the form of a template with its preview");
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("list", { name: "Templates" }).getByText("Order sent").waitFor();

		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "");
		await pick(page, "order", "Order sent");
		/* nothing was written: nothing is asked */
		assert.equal(await picker(page).getByRole("button", { name: "Replace the text" }).count(), 0);
		assert.equal(await picker(page).getByText(/^Order \[\[MISSING/).count(), 0, "an answer has no use for the subject");
		await picker(page).getByLabel("Order number").fill("A-17 <b>");
		await hasText(picker(page).getByRole("group", { name: "The text, filled in" }), "Dear anna@customer.example, about The blue lamp: order A-17 <b>");
		await checkAccessibility(page, "the list of templates");
		await picker(page).getByRole("button", { name: "Insert" }).click();
		await hasText(editor(page), "Dear anna@customer.example, about The blue lamp: order A-17 <b>");
		await page.keyboard.type(" Yours.");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		const mail = await sink.waitForMail("the mail", (m) => /The blue lamp/.test(m.header("subject") ?? ""));
		assert.match(mail.header("subject") ?? "", /^Re: The blue lamp$/, "an answer keeps its subject");
		const customer = await newPage(browser);
		await customer.setContent(leaves(readMail(mail.data)).at(-1)?.text ?? "");
		await customer.getByText("Dear anna@customer.example, about The blue lamp: order A-17 <b> Yours.").waitFor();
		await customer.context().close();
		const [template] = (await bellhop.api.get(TEMPLATES)).results;
		await waitFor("its use is counted", async () => (await bellhop.api.get(`${TEMPLATES}/${template.id}`)).useCount === 1);
		await finish(desk);
	});

	test("N-20 a template is added to what is written, or takes its place, as one is asked; a placeholder left open is marked and stops the send", async () => {
		await make({ name: "Second", html: "<p>From the template, {{placeholder.date}}.</p>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticket("Adding")}`);
		const { page } = desk;
		await writeReply(page, "Written before. ");
		await pick(page, "second", "Second");
		await picker(page).getByRole("button", { name: "Add to the text" }).click();
		await hasText(editor(page), /Written before\.\s+From the template, \[\[MISSING DATE\]\]\./);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("Fill in the missing value before you send: DATE.").waitFor();
		await pick(page, "second", "Second");
		await picker(page).getByLabel("date").fill("Monday");
		await picker(page).getByRole("button", { name: "Replace the text" }).click();
		await hasText(editor(page), "From the template, Monday.");
		await page.keyboard.press("Control+z");
		await hasText(editor(page), /Written before/);
		/* Escape leaves what was written as it is */
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Template" }).click();
		await picker(page).waitFor();
		await page.keyboard.press("Escape");
		await picker(page).waitFor({ state: "detached" });
		await hasText(editor(page), /Written before/);
		await finish(desk);
	});

	test("N-20 E-14 by keys alone: M opens the reply and the list, words find, Enter takes, Enter inserts", async () => {
		await make({ name: "By keys", html: "<p>Without a mouse, {{placeholder.name}}.</p>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticket("Keys")}`);
		const { page } = desk;
		await page.getByRole("button", { name: /Write a reply/ }).waitFor();
		await page.keyboard.press("m");
		await picker(page).waitFor();
		await page.keyboard.type("by keys");
		const first = picker(page).getByRole("option").first();
		await waitFor("it is first", async () => (await first.innerText()).startsWith("By keys") && (await picker(page).getByRole("option").count()) === 1);
		await page.keyboard.press("Enter");
		await picker(page).getByLabel("name").and(page.locator(":focus")).waitFor();
		await page.keyboard.type("Ada");
		await page.keyboard.press("Enter");
		await hasText(editor(page), "Without a mouse, Ada.");
		await editor(page).and(page.locator(":focus")).waitFor();
		await finish(desk);
	});

	test("N-13 N-20 a new email from a contact takes subject and text of a template, filled from the record; what is missing stops it", async () => {
		await make({ name: "Welcome", subject: "Welcome, {{contact.firstname}}", html: "<p>We have {{contact.email}} and {{company.name}}.</p>" });
		const contact = await bellhop.api.post("/crm/v3/objects/contacts", { properties: { firstname: "Carla", email: "carla@customer.example" } });
		const desk = await openDesk(browser, bellhop, `/contacts/${contact.id}`);
		const { page } = desk;
		await page.getByRole("button", { name: /Email/ }).first().click();
		const mail = page.getByRole("dialog").last();
		await mail.getByRole("toolbar", { name: "Text style" }).waitFor();
		await mail.getByRole("button", { name: "Template" }).click();
		await picker(page).getByRole("combobox", { name: "Search templates" }).fill("welcome");
		await picker(page).getByRole("option", { name: /Welcome/ }).click();
		await picker(page).getByText("One value is missing: COMPANY").waitFor();
		await picker(page).getByRole("button", { name: "Insert" }).click();
		await picker(page).waitFor({ state: "detached" });
		await hasText(mail.locator(".ProseMirror"), /We have carla@customer\.example and \[\[MISSING COMPANY .*NAME\]\]\./);
		assert.equal(await mail.getByLabel("Subject").inputValue(), "Welcome, Carla");
		await mail.getByRole("button", { name: "Send" }).click();
		await mail.getByRole("alert").getByText(/Fill in the missing value before you send: COMPANY/).waitFor();
		await mail.locator(".ProseMirror mark").click();
		await page.keyboard.press("Backspace");
		await page.keyboard.type("no company");
		await mail.getByRole("button", { name: "Send" }).click();
		const sent = await sink.waitForMail("the email", (m) => /Welcome, Carla/.test(m.header("subject") ?? ""));
		assert.match(leaves(readMail(sent.data))[0]?.text ?? "", /We have \S*carla@customer\.example\S* and no company\./);
		await finish(desk);
	});
});
