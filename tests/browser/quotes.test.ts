/* Quotes: made in the workspace, sent as a card, seen and answered by the customer in a browser of his own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const QUOTES = "/desk/v1/quotes";

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
	const lines = (page: Page) => page.getByRole("region", { name: "Lines" }).getByRole("listitem");
	const total = (page: Page) => page.locator("dl div").filter({ hasText: /^Total/ }).locator("dd");
	const saved = async (page: Page, id: string, is: (quote: any) => boolean) => waitFor("it is saved", async () => is(await bellhop.api.get(`${QUOTES}/${id}`)) && (await page.getByText("Saved", { exact: true }).isVisible()));
	const published = async (more: object = {}) => {
		const { id } = await bellhop.api.post(QUOTES, { title: "Ten chairs", currency: "EUR", lines: [{ name: "Chair", quantity: "10", price: "49.90", taxRate: "19" }], ...more });
		return bellhop.api.post(`${QUOTES}/${id}/publish`);
	};
	const customer = () => newPage(browser);

	test("N-1 E-14 F-8 N-60 quote: created, inserted in a reply and in a comment, sent through a real SMTP server, opened and accepted by the customer in a second browser", async () => {
		await bellhop.api.post("/crm/v3/objects/products", { properties: { name: "Oak table", price: "199.995", hs_sku: "OT-1", hs_tax_rate: "19", hs_currency: "EUR" } });
		await deliver(bellhop, { subject: "How much is a table?" });
		const ticket = await ticketId(bellhop, "How much is a table?");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${ticket}`);
		const { page } = desk;
		/* beside the ticket: it knows whom it is for */
		await page.getByRole("button", { name: "New quote" }).click();
		await page.waitForURL(/\/library\/quotes\/\d+$/);
		const id = page.url().split("/").at(-1) ?? "";
		await page.getByText("anna@customer.example").or(page.getByText("Anna Berg")).first().waitFor();
		await page.getByRole("textbox", { name: "Title" }).fill("Tables for Anna");
		await page.getByRole("combobox", { name: "Add a product" }).fill("oak");
		await page.getByRole("option", { name: /Oak table/ }).click();
		await page.getByRole("button", { name: "Add a line" }).click();
		const second = lines(page).nth(1);
		await second.getByLabel("Item").fill("Delivery");
		await second.getByLabel("Price").fill("10,50");
		await second.getByLabel("Quantity").fill("2");
		await lines(page).first().getByLabel("Quantity").fill("3");
		await hasText(total(page), "€734.99", "the total while one types: 599.99 (599.985 rounded) and 21.00, with 19% on the first");
		await second.getByLabel("Item").press("Alt+ArrowUp");
		await waitFor("the order", async () => (await lines(page).first().getByLabel("Item").inputValue()) === "Delivery");
		await page.getByLabel("Terms").fill("30 days net.\nNo returns.");
		const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
		await page.getByLabel("Valid until").fill(day);
		await saved(page, id, (q) => q.paper.total === "734.99" && q.paper.lines[0].name === "Delivery" && q.paper.terms.includes("No returns") && q.paper.expiresAt);
		await checkAccessibility(page, "the editor");
		await page.getByRole("button", { name: "Publish" }).click();
		await page.getByRole("button", { name: "Copy link" }).waitFor();
		await checkAccessibility(page, "a published quote");
		const { url, paper } = await bellhop.api.get(`${QUOTES}/${id}`);

		/* a comment, then a reply */
		await page.goto(`${bellhop.url}/tickets/open/${ticket}`);
		await page.getByRole("button", { name: /^Comment/ }).or(page.getByRole("tab", { name: "Comment" })).first().click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await page.getByRole("textbox", { name: "Comment text" }).click();
		const insert = async () => {
			await page.getByRole("button", { name: "Insert", exact: true }).click();
			await page.getByRole("menuitem", { name: "Quote" }).click();
			await page.getByRole("dialog", { name: "Insert a quote" }).getByRole("menuitem", { name: /Tables for Anna/ }).click();
		};
		await insert();
		await page.getByRole("textbox", { name: "Comment text" }).getByText("Tables for Anna").waitFor();
		await page.getByRole("button", { name: /^Add comment/ }).click();
		await messages(page).filter({ hasText: "Tables for Anna" }).waitFor();
		await writeReply(page, "Here is our offer:");
		await page.keyboard.press("Enter");
		await insert();
		await editor(page).getByText("Tables for Anna").waitFor();
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		const mail = await sink.waitForMail("the mail", (m) => /How much is a table/.test(m.header("subject") ?? "") && m.to.includes("anna@customer.example"));
		const html = leaves(readMail(mail.data)).at(-1)?.text ?? "";
		assert.ok(html.includes(url), "the card left as a link");

		const other = await customer();
		await other.setContent(html);
		const href = await other.getByRole("link", { name: "Tables for Anna" }).getAttribute("href");
		await other.goto(href ?? "");
		await other.getByRole("heading", { name: "Tables for Anna" }).waitFor();
		for (const text of [paper.number, "€734.99", "Delivery", "Oak table", "Tax 19% on €599.99", "No returns."]) await other.getByText(text).first().waitFor();
		await checkAccessibility(other, "the page of a quote");
		await other.getByLabel("Your name").fill("Anna Berg");
		await other.getByRole("button", { name: "Accept" }).click();
		await other.getByRole("alert").getByText("Please tick that you accept").waitFor();
		assert.equal(await other.getByLabel("Your name").inputValue(), "Anna Berg", "nothing that was typed is lost");
		await checkAccessibility(other, "a form that was refused");
		await other.getByRole("checkbox").check();
		await other.getByRole("button", { name: "Accept" }).dblclick();
		await other.getByText(/Anna Berg accepted this quote on/).waitFor();
		await checkAccessibility(other, "an accepted quote");
		await other.reload();
		await other.getByText(/Anna Berg accepted this quote on/).waitFor();
		await other.context().close();
		const confirmation = await sink.waitForMail("the confirmation", (m) => /You accepted quote/.test(m.header("subject") ?? ""));
		assert.deepEqual(confirmation.to, ["anna@customer.example"]);
		const told = await sink.waitForMail("the owner's mail", (m) => /was accepted/.test(m.header("subject") ?? ""));
		assert.deepEqual(told.to, [bellhop.admin.email]);

		/* and the desk knows: the bell leads to what happened */
		await page.getByRole("button", { name: /Notifications/ }).click();
		await page.getByRole("link", { name: /Anna Berg accepted your quote/ }).click();
		await page.getByRole("region", { name: "What happened" }).getByText(/Anna Berg accepted it/).waitFor();
		await page.getByText("Accepted", { exact: true }).first().waitFor();
		assert.equal(await page.getByRole("button", { name: "Recall" }).count(), 0);
		await finish(desk);
	});

	test("N-60 a reply with a quote that was recalled is held back in one sentence that names it, and nothing typed is lost", async () => {
		await deliver(bellhop, { subject: "Chairs please" });
		const quote = await published({ title: "Chairs for you" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Chairs please")}`);
		const { page } = desk;
		await writeReply(page, "Our offer:");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Quote" }).click();
		await page.getByRole("dialog", { name: "Insert a quote" }).getByRole("menuitem", { name: /Chairs for you/ }).click();
		await editor(page).getByText("Chairs for you").waitFor();
		await bellhop.api.post(`${QUOTES}/${quote.id}/recall`);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText(/The quote “Chairs for you” is not published any more/).waitFor();
		await hasText(editor(page), /Our offer:/);
		const other = await customer();
		await other.goto(quote.url);
		await other.getByText("This quote was withdrawn by its sender.").waitFor();
		await checkAccessibility(other, "a recalled quote");
		await other.context().close();
		await finish(desk, /400|\/replies/);
	});

	test("N-60 a customer declines with a reason on a phone, in his language, without scripts", async () => {
		const quote = await published({ title: "Zehn Stühle", lines: [{ name: "Stuhl", description: "Eiche <geölt>", quantity: "10", price: "49.90", discountPercentage: "10", taxRate: "19" }] });
		const context = await browser.newContext({ locale: "de-DE", viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(quote.url);
		await page.getByText("449,10").first().waitFor();
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390), "nothing is wider than the phone");
		await page.locator("summary").click();
		await page.getByRole("textbox").last().fill("Zu <b>teuer</b>");
		await page.locator("details button").click();
		await page.getByRole("status").waitFor();
		await context.close();
		const { state, versions } = await bellhop.api.get(`${QUOTES}/${quote.id}`);
		assert.deepEqual([state, versions[0].answerReason], ["DECLINED", "Zu <b>teuer</b>"]);
		const desk = await openDesk(browser, bellhop, `/library/quotes/${quote.id}`);
		await desk.page.getByText("Zu <b>teuer</b>").waitFor();
		await desk.page.getByRole("button", { name: "Recall" }).click();
		await desk.page.getByRole("button", { name: "Publish" }).waitFor();
		await finish(desk);
	});

	test("N-60 a deal's page has its quotes with state and sum, and makes new ones that know deal and buyer", async () => {
		await deliver(bellhop, { subject: "A deal", from: "Dora Deal <dora@deal.example>" });
		const contact = await waitFor("the contact", () => bellhop.api.get("/crm/v3/objects/contacts/dora@deal.example?idProperty=email").catch(() => undefined));
		const deal = await bellhop.api.post("/crm/v3/objects/deals", { properties: { dealname: "Fifty lamps", pipeline: "default", dealstage: "appointmentscheduled" }, associations: [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 3 }] }] });
		await published({ title: "First offer", dealId: deal.id });
		const desk = await openDesk(browser, bellhop, `/deals/${deal.id}`);
		const { page } = desk;
		const card = page.getByRole("region", { name: "Quotes" });
		await hasText(card.getByRole("listitem"), /First offer\s*€593\.81\s*Published/);
		await checkAccessibility(page, "a deal with its quotes");
		await card.getByRole("button", { name: "New quote" }).click();
		await page.waitForURL(/\/library\/quotes\/\d+$/);
		const { paper, links } = await bellhop.api.get(`${QUOTES}/${page.url().split("/").at(-1)}`);
		assert.deepEqual([paper.title, links.dealId.id, links.contactId.id], ["Fifty lamps", deal.id, contact.id]);
		await finish(desk);
	});

	test("N-60 words and figures of any length stay in the page, for the customer and for the desk", async () => {
		const quote = await published({ title: "W".repeat(200), lines: [{ name: "W".repeat(300), description: "long ".repeat(100), price: "123456789012.99", quantity: "999999", taxRate: "19" }] });
		for (const width of [390, 900, 1440]) {
			const context = await browser.newContext({ viewport: { width, height: 800 } });
			const page = await context.newPage();
			await page.goto(quote.url);
			assert.ok(await page.evaluate((w) => document.documentElement.scrollWidth <= w, width), `nothing is wider than ${width}`);
			await context.close();
		}
		const usual = await published({ lines: [{ name: "W".repeat(300), description: "long ".repeat(100), price: "12345.99", quantity: "99", discountPercentage: "5", taxRate: "19" }] });
		const desk = await openDesk(browser, bellhop, `/library/quotes/${usual.id}`);
		const table = desk.page.getByRole("region", { name: "Lines" });
		await table.getByText("W".repeat(300)).waitFor();
		assert.ok(await table.evaluate((e) => e.scrollWidth <= e.clientWidth + 1), "all columns are seen");
		await finish(desk);
	});

	test("a product with a price in another currency leaves the price to be entered, and says so", async () => {
		await bellhop.api.post("/crm/v3/objects/products", { properties: { name: "Dollar chair", price: "100", hs_currency: "USD" } });
		const { id } = await bellhop.api.post(QUOTES, { title: "In euros", currency: "EUR" });
		const desk = await openDesk(browser, bellhop, `/library/quotes/${id}`);
		const { page } = desk;
		await page.getByRole("combobox", { name: "Add a product" }).fill("dollar");
		await page.getByRole("option", { name: /Dollar chair/ }).click();
		await page.getByText("Dollar chair is priced in USD. Enter its price in EUR.").waitFor();
		assert.equal(await lines(page).getByLabel("Price").inputValue(), "");
		await saved(page, id, (q) => q.paper.lines.length === 1);
		await finish(desk);
	});

	test("N-60 the day that a quote is valid until is the same for an agent far away, for the desk and for the customer", async () => {
		const { id } = await bellhop.api.post(QUOTES, { title: "Until Christmas", currency: "EUR", lines: [{ name: "Lamp", price: "5" }] });
		const desk = await openDesk(browser, bellhop, `/library/quotes/${id}`, { timezoneId: "America/Los_Angeles" });
		const { page } = desk;
		await page.getByLabel("Valid until").fill("2099-12-24");
		await saved(page, id, (q) => q.paper.expiresAt === "2099-12-24T23:59:59.999Z");
		await page.reload();
		await waitFor("the same day", async () => (await page.getByLabel("Valid until").inputValue()) === "2099-12-24");
		await page.getByRole("button", { name: "Publish" }).click();
		await page.getByText("Dec 24, 2099").waitFor();
		const other = await customer();
		await other.goto((await bellhop.api.get(`${QUOTES}/${id}`)).url);
		await other.getByText("24 December 2099").or(other.getByText("December 24, 2099")).waitFor();
		await other.context().close();
		await finish(desk);
	});

	test("what was just typed in a quote is not lost by a reload; a quote that is deleted meanwhile says so", async () => {
		const { id } = await bellhop.api.post(QUOTES, { title: "Old", currency: "EUR", lines: [{ name: "Lamp", price: "5" }] });
		const desk = await openDesk(browser, bellhop, `/library/quotes/${id}`);
		const { page } = desk;
		const asked = new Promise<string>((resolve) => page.once("dialog", (d) => void d.accept().then(() => resolve(d.type()))));
		await page.getByRole("textbox", { name: "Title" }).fill("New title");
		await page.reload();
		assert.equal(await asked, "beforeunload");
		await waitFor("it was saved on the way", async () => (await bellhop.api.get(`${QUOTES}/${id}`)).paper.title === "New title");
		await page.getByRole("textbox", { name: "Title" }).waitFor();
		await bellhop.api.delete(`/crm/v3/objects/quotes/${id}`);
		await page.getByLabel("Comments").fill("x");
		await page.getByRole("alert").getByText(/This quote does not exist, or it was deleted/).waitFor();
		await page.goto(`${bellhop.url}/library/quotes/999999`);
		await page.getByRole("alert").getByText(/This quote does not exist, or it was deleted/).waitFor();
		await finish(desk, /404/);
	});

	test("bad input in a quote is said at its field, kept as it was typed, and goes when it is put right", async () => {
		const { id } = await bellhop.api.post(QUOTES, { title: "To be mended", currency: "EUR", lines: [{ name: "Lamp", price: "5" }] });
		const desk = await openDesk(browser, bellhop, `/library/quotes/${id}`);
		const { page } = desk;
		await lines(page).getByLabel("Price").fill("five");
		await page.getByText("Line 1: the price is no number.").first().waitFor();
		assert.equal(await lines(page).getByLabel("Price").inputValue(), "five");
		await lines(page).getByLabel("Price").fill("5");
		await lines(page).getByLabel("Tax %").fill("120");
		await page.getByText("Line 1: the tax rate is more than 100.").first().waitFor();
		await lines(page).getByLabel("Tax %").fill("19");
		await saved(page, id, (q) => q.paper.total === "5.95");
		await lines(page).getByRole("button", { name: "Remove Lamp" }).click();
		await page.getByRole("button", { name: "Publish" }).click();
		await page.getByRole("alert").getByText("The quote has no lines.").waitFor();
		/* somebody else writes it meanwhile */
		await saved(page, id, (q) => q.paper.lines.length === 0);
		await bellhop.api.patch(`${QUOTES}/${id}`, { title: "By another" });
		await page.getByLabel("Comments").fill("Mine");
		await page.getByRole("alert").getByText(/Somebody else changed this quote/).waitFor();
		await page.getByRole("button", { name: "Reload" }).click();
		await waitFor("the other's title", async () => (await page.getByRole("textbox", { name: "Title" }).inputValue()) === "By another");
		await finish(desk, /400|412|\/quotes\//);
	});

	test("quotes and products are found in the library by name and state, made, changed, archived and taken back", async () => {
		await published({ title: "Findable lamps" });
		const desk = await openDesk(browser, bellhop, "/library/quotes");
		const { page } = desk;
		const list = page.getByRole("region", { name: "Quotes" }).getByRole("listitem");
		await list.filter({ hasText: "Findable lamps" }).getByText("€593.81").waitFor();
		await checkAccessibility(page, "the list of quotes");
		await page.getByLabel("Search title and number").fill("findable");
		await waitFor("only that one", async () => (await list.count()) === 1);
		await page.getByRole("button", { name: /State/ }).click();
		await page.getByRole("option", { name: "Draft" }).click();
		await page.getByText("No quote fits").waitFor();

		await page.getByRole("link", { name: "Products" }).click();
		await page.getByRole("button", { name: "New product" }).click();
		const dialog = page.getByRole("dialog", { name: "New product" });
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.getByText("Enter a name.").waitFor();
		await dialog.getByRole("textbox", { name: "Name" }).fill("Reading lamp");
		await dialog.getByRole("textbox", { name: "Price" }).fill("x");
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.getByText("Enter a number").waitFor();
		await dialog.getByRole("textbox", { name: "Price" }).fill("24,90");
		await checkAccessibility(page, "the form of a product");
		await dialog.getByRole("button", { name: "Save" }).click();
		const products = page.getByRole("region", { name: "Products" }).getByRole("listitem");
		await products.filter({ hasText: "Reading lamp" }).getByText("24.90").waitFor();
		await products.getByRole("button", { name: "Archive Reading lamp" }).click();
		await products.filter({ hasText: "Reading lamp" }).waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Undo" }).click();
		await products.filter({ hasText: "Reading lamp" }).waitFor();
		await checkAccessibility(page, "products");
		await finish(desk);
	});
});
