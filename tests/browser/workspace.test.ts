/* The rest of the workspace's first cut, by hand in a real browser against the real program. Windows fail a test for any error on
 * their console, a broken Content-Security-Policy included. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, engineOf, launchBrowser, lmtpSend, newPage, startBellhop, startSmtpSink, waitFor, watchErrors } from "../harness/index.ts";
import { checkAccessibility, count, deliver, editor, finish, hasText, messages, openDesk, row, rows, signInByHand, ticketId, writeReply } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };

let bellhop: Bellhop;
let browser: Browser;

before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
	bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

test("signing in says what is wrong at the field, leads where one wanted to go, and ends everywhere at sign-out", async () => {
	const page = await newPage(browser);
	const errors = watchErrors(page);
	await page.goto(`${bellhop.url}/tickets/closed`);
	const button = page.getByRole("button", { name: "Sign in" });
	await button.click();
	await page.getByText("Type your email address.").waitFor();
	await page.getByText("Type your password.").waitFor();
	await checkAccessibility(page, "sign-in with errors");
	await page.getByLabel("Email").fill(bellhop.admin.email);
	await page.getByLabel("Password").fill("not the password");
	await button.click();
	await page.getByRole("alert").getByText("do not belong together").waitFor();
	assert.equal(await page.getByLabel("Password").inputValue(), "");
	assert.equal(await page.getByLabel("Email").inputValue(), bellhop.admin.email);
	await page.getByLabel("Password").fill(bellhop.admin.password);
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Closed" }).waitFor();
	assert.equal(new URL(page.url()).pathname, "/tickets/closed");

	const other = await page.context().newPage();
	await other.goto(`${bellhop.url}/tickets/open`);
	await other.getByRole("navigation", { name: "Views" }).waitFor();
	await page.getByRole("button", { name: /^Account of/ }).click();
	await page.getByRole("menuitem", { name: "Sign out" }).click();
	await button.waitFor();
	await page.goBack();
	await button.waitFor();
	await other.getByRole("link", { name: "Closed" }).click();
	await other.getByRole("button", { name: "Sign in" }).waitFor();
	await finish({ page, errors }, /status of 401/);
});

test("B-40 B-49: two agents see each other's changes and the counts at once", async () => {
	const one = await openDesk(browser, bellhop, "/tickets/unassigned");
	const two = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
	await one.page.getByText("Every open ticket has an owner").waitFor();
	await deliver(bellhop, { subject: "Shared lamp", from: "Bo Ek <bo@customer.example>" });
	for (const { page } of [one, two]) await row(page, "Shared lamp").click();

	await two.page.getByRole("button", { name: /Owner/ }).click();
	await two.page.getByRole("option", { name: "Ada Lovelace" }).click();
	await hasText(one.page.getByRole("button", { name: /Owner/ }), /Ada Lovelace/);
	await hasText(count(one.page, "unassigned"), "0");
	await hasText(count(two.page, "mine"), "1");
	await hasText(count(one.page, "mine"), "0");

	await one.page.getByRole("button", { name: /Status/ }).click();
	await one.page.getByRole("option", { name: "Waiting on contact" }).click();
	await hasText(two.page.getByRole("button", { name: /Status/ }), /Waiting on contact/);
	await hasText(row(two.page, "Shared lamp"), /Waiting on contact/);

	await one.page.getByRole("button", { name: /Status/ }).click();
	await one.page.getByRole("option", { name: "Closed" }).click();
	await hasText(count(two.page, "closed"), "1");
	await hasText(count(two.page, "open"), "0");
	await two.page.getByRole("link", { name: /^Closed/ }).click();
	await row(two.page, "Shared lamp").waitFor();
	await finish(one);
	await finish(two);
});

test("the list loads further tickets while it is scrolled, and knows how many there are", async () => {
	const before = (await bellhop.api.get("/desk/v1/views")).results.find((v: { id: string }) => v.id === "open").count;
	const made = 120;
	const stage = (await bellhop.api.get("/crm/v3/pipelines/tickets")).results[0].stages[0].id;
	for (let n = 0; n < made; n++)
		await bellhop.api.post("/crm/v3/objects/tickets", { properties: { subject: `Bulk ${n}`, hs_pipeline_stage: stage } });
	const desk = await openDesk(browser, bellhop, "/tickets/open");
	const grid = desk.page.getByRole("grid");
	await row(desk.page, `Bulk ${made - 1}`).waitFor();
	assert.equal(await grid.getAttribute("aria-rowcount"), String(before + made));
	await grid.focus();
	await waitFor("the oldest ticket", async () => {
		await desk.page.keyboard.press("End");
		return desk.page.getByRole("row", { name: /^Bulk 0,/ }).isVisible();
	});
	assert.ok((await rows(desk.page).count()) < 60, "only rows near the window are drawn");
	await finish(desk);
});

test("B-24 B-25: the sidebar leads to the contact's other tickets", async () => {
	const from = "Dora Falk <dora@customer.example>";
	await deliver(bellhop, { subject: "Broken cup", from });
	await ticketId(bellhop, "Broken cup");
	await deliver(bellhop, { subject: "Where is my parcel?", from });
	const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Where is my parcel?")}`);
	const { page } = desk;
	const details = page.getByRole("complementary", { name: "Details" });
	await hasText(details, /Dora Falk/);
	await checkAccessibility(page, "a ticket");
	await details.getByRole("link", { name: /Broken cup/ }).click();
	await page.getByRole("heading", { name: "Broken cup" }).waitFor();
	await details.getByRole("link", { name: /Where is my parcel/ }).waitFor();
	await finish(desk);
});

test("a draft outlives a reload and a refusal of the server, and goes when it is discarded", async () => {
	await deliver(bellhop, { subject: "Draft", from: "Eve <eve@customer.example>" });
	const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Draft")}`);
	const { page } = desk;
	await writeReply(page, "Half a thought");
	await page.getByText(/Draft saved/).waitFor();
	await page.reload();
	await hasText(editor(page), "Half a thought");

	await page.route("**/replies", (route) => route.fulfill({ status: 500, json: { status: "error", message: "Out of paper.", category: "INTERNAL" } }));
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await page.getByRole("alert").getByText(/Not sent.*Out of paper|Not sent.*went wrong/).waitFor();
	await hasText(editor(page), "Half a thought");
	await page.unroute("**/replies");

	await page.getByRole("button", { name: "Cc", exact: true }).click();
	await page.getByRole("combobox", { name: "To", exact: true }).fill("not an address");
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await page.getByRole("alert").getByText("“not an address” is not an e-mail address.").waitFor();
	await checkAccessibility(page, "a reply with a problem");
	await page.getByRole("button", { name: "Discard draft" }).click();
	await page.reload();
	await page.getByRole("button", { name: /Write a reply/ }).waitFor();
	await finish(desk, /status of 500/);
});

test("E-71: a reply is held back while the customer's newer mail is unread, and shows it", async () => {
	const mail = { subject: "Second thoughts", from: "Finn <finn@customer.example>", messageId: "<finn-1@customer.example>" };
	await deliver(bellhop, mail);
	const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, mail.subject)}`);
	const { page } = desk;
	await messages(page).first().waitFor();
	await writeReply(page, "Please send it back.");
	await deliver(bellhop, { ...mail, messageId: "<finn-2@customer.example>", inReplyTo: mail.messageId, text: "Never mind, it works." });
	await waitFor("the second mail", async () => (await messages(page).count()) === 2);
	await page.keyboard.press("Control+Enter");
	const notice = page.getByRole("alertdialog", { name: "The customer wrote again" });
	await notice.getByText("Never mind, it works.").waitFor();
	await checkAccessibility(page, "newer messages");
	await notice.getByRole("button", { name: "Edit my reply" }).click();
	await hasText(editor(page), "Please send it back.");
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await notice.getByRole("button", { name: "Send anyway" }).click();
	await waitFor("the reply", async () => (await messages(page).count()) === 3);
	await finish(desk, /status of 409/);
});

test("everything on the way from sign-in to a sent reply works by keyboard alone", async () => {
	await deliver(bellhop, { subject: "Keys", from: "Gus <gus@customer.example>" });
	await ticketId(bellhop, "Keys");
	const page = await newPage(browser);
	const errors = watchErrors(page);
	await page.goto(bellhop.url);
	await page.getByLabel("Email").waitFor();
	const { keyboard } = page;
	await keyboard.type(bellhop.admin.email);
	await keyboard.press("Tab");
	await keyboard.type(bellhop.admin.password);
	await keyboard.press("Enter");
	await row(page, "Keys").waitFor();
	await keyboard.press("?");
	await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
	await checkAccessibility(page, "keyboard shortcuts");
	await keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await keyboard.press("g");
	await keyboard.press("a");
	await page.getByRole("heading", { name: "All open" }).waitFor();
	await row(page, "Keys").waitFor();
	await keyboard.press("j");
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Keys" }).waitFor();
	await page.getByText("To gus@customer.example").or(page.getByRole("button", { name: /Write a reply/ })).first().waitFor();
	await keyboard.press("r");
	await page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await waitFor("the caret in the editor", () => page.evaluate(() => document.activeElement?.getAttribute("role") === "textbox"));
	await keyboard.type("By keys, jkcr?.");
	await keyboard.press("Control+Enter");
	await messages(page).filter({ hasText: "By keys, jkcr?." }).waitFor();
	const regions = new Set<string>();
	for (let n = 0; n < 8; n++) {
		await keyboard.press("F6");
		regions.add(await page.evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("data-region") ?? "none"));
	}
	for (const name of ["rail", "views", "list", "conversation", "context"]) assert.ok(regions.has(name), `F6 comes to ${name}: ${[...regions]}`);
	await keyboard.press("Escape");
	await page.getByText("No ticket open").waitFor();
	await finish({ page, errors }, /status of 401/);
});

test("settings say what is wrong at each field, a mailbox that fails says why, and what waits for a relay says so until there is one", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/mail");
	const { page } = desk;
	await page.getByRole("button", { name: "Connect a mailbox" }).click();
	await checkAccessibility(page, "mail settings");
	await page.getByLabel("Port", { exact: true }).fill("70000");
	await page.getByRole("button", { name: "Connect", exact: true }).click();
	assert.equal(await page.getByText("This field is needed.").count(), 3);
	await page.getByText("A port is a number from 1 to 65535.").waitFor();
	await page.getByLabel("IMAP server").fill("127.0.0.1");
	await page.getByLabel("Port", { exact: true }).fill("1");
	await page.getByLabel("User name").first().fill("support");
	await page.getByLabel("Password").first().fill("secret");
	await page.getByRole("button", { name: "Connect", exact: true }).click();
	const box = page.getByRole("listitem").filter({ hasText: "127.0.0.1:1" });
	await box.getByText("Failed", { exact: true }).waitFor();
	await box.getByRole("button", { name: "Disconnect" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
	await box.waitFor({ state: "detached" });

	await deliver(bellhop, { subject: "Waits", from: "Hal <hal@customer.example>" });
	const path = `/tickets/open/${await ticketId(bellhop, "Waits")}`;
	const ticket = await openDesk(browser, bellhop, path);
	await writeReply(ticket.page, "As soon as there is a relay.");
	await ticket.page.getByRole("button", { name: "Send", exact: true }).click();
	const reply = messages(ticket.page).filter({ hasText: "As soon as" });
	await hasText(reply.getByRole("list", { name: "Delivery" }), /Waiting for a mail server.*No outgoing mail server is set up yet/s);

	await page.getByText(/No outgoing mail server is set up yet: \d+ mails? waits? here/).waitFor();
	await page.getByRole("listitem").filter({ hasText: "hal@customer.example" }).getByText("Waiting for a mail server").waitFor();
	await page.getByLabel("SMTP server").fill("mail.example");
	await page.getByRole("region", { name: "Outgoing mail" }).getByRole("button", { name: "Save" }).click();
	await page.getByText("Start with smtp:// or smtps:// and a host name.").waitFor();
	const sink = await startSmtpSink();
	await page.getByLabel("SMTP server").fill(sink.url);
	await page.getByRole("region", { name: "Outgoing mail" }).getByRole("button", { name: "Save" }).click();
	await sink.waitForMail("what waited", (m) => m.to.includes("hal@customer.example"));
	await hasText(reply.getByRole("list", { name: "Delivery" }), /^Sent/);
	await page.getByRole("listitem").filter({ hasText: "hal@customer.example" }).getByText("Sent", { exact: true }).waitFor();
	await finish(ticket);
	await finish(desk);
	await sink.stop();
});

test("agents have preferences, and do not see the settings of the desk", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/mail", { who: ADA });
	await desk.page.getByText("Only admins can see these settings.").waitFor();
	assert.equal(await desk.page.getByRole("link", { name: "Mail", exact: true }).count(), 0);
	await desk.page.getByRole("link", { name: "Preferences" }).click();
	await desk.page.getByRole("heading", { name: "Preferences" }).waitFor();
	await finish(desk, /status of 403/);
});

test("a mail that cannot be read waits in quarantine with its source", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/quarantine");
	const { page } = desk;
	await page.getByText("Nothing is in quarantine").waitFor();
	await checkAccessibility(page, "quarantine");
	await lmtpSend(bellhop.lmtpPort, { from: "ida@customer.example", to: [bellhop.inbox], data: " \r\n\t\r\n" });
	const item = page.getByRole("listitem").filter({ hasText: "The mail is empty." });
	await item.waitFor();
	const [download] = await Promise.all([page.waitForEvent("download"), item.getByRole("link", { name: "Source" }).click()]);
	assert.match(download.suggestedFilename(), /\.eml$/);
	await item.getByRole("button", { name: "Retry" }).click();
	await page.getByText("The mail is being read again").waitFor();
	await item.waitFor();
	await finish(desk);
});

for (const [what, width, height] of [["a phone", 390, 780], ["a small window", 1180, 760]] as const) {
	for (const colorScheme of ["light", "dark"] as const) {
		test(`on ${what}, ${colorScheme}: list, ticket, details and reply fit, and are accessible`, async () => {
			const desk = await openDesk(browser, bellhop, "/tickets/open", { viewport: { width, height }, colorScheme, hasTouch: what === "a phone" });
			const { page } = desk;
			const fits = async (where: string) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), where);
			await rows(page).first().waitFor();
			await fits("list");
			await checkAccessibility(page, "list");
			await row(page, "Where is my parcel?").first().click();
			await messages(page).first().waitFor();
			await fits("ticket");
			await page.getByRole("button", { name: "Details" }).click();
			await hasText(page.getByRole("complementary", { name: "Details" }), /Dora Falk/);
			await checkAccessibility(page, "details");
			await page.getByRole("complementary", { name: "Details" }).getByRole("button", { name: "Close" }).click();
			await page.getByRole("button", { name: /Write a reply/ }).click();
			await page.getByRole("toolbar", { name: "Text style" }).waitFor();
			await fits("reply");
			await checkAccessibility(page, "reply");
			if (what === "a phone") {
				await page.getByRole("button", { name: "Cancel" }).click();
				await page.getByRole("button", { name: "Back" }).click();
				await rows(page).first().waitFor();
			}
			await finish(desk);
		});
	}
}

test("the program serves its files with their types, for ever where the name says so, under a policy that allows nothing foreign", async () => {
	const page = await fetch(`${bellhop.url}/tickets/open`);
	const policy = page.headers.get("content-security-policy") ?? "";
	for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"]) assert.ok(policy.includes(part), policy);
	assert.ok(!/script-src[^;]*unsafe/.test(policy), policy);
	const html = await page.text();
	const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1] as string);
	assert.ok(files.length > 1, html);
	for (const file of files) {
		const answer = await fetch(`${bellhop.url}${file}`);
		assert.match(answer.headers.get("content-type") ?? "", file.endsWith(".css") ? /^text\/css/ : file.endsWith(".js") ? /^text\/javascript/ : /./, file);
		assert.match(answer.headers.get("cache-control") ?? "", /immutable/, file);
		assert.equal(answer.headers.get("x-content-type-options"), "nosniff", file);
	}
});

test("the session is kept where scripts cannot read it", async () => {
	const page = await newPage(browser);
	await signInByHand(page, bellhop);
	const [cookie] = await page.context().cookies();
	assert.deepEqual([cookie?.httpOnly, cookie?.sameSite], [true, "Lax"]);
	assert.equal(await page.evaluate(() => document.cookie), "");
	await page.context().close();
});
