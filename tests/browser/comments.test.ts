/* Comments, mentions, notifications and following, by hand in two browsers at once. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ApiClient, api, type Bellhop, type Browser, engineOf, launchBrowser, type Page, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { cardForm, checkAccessibility, count, deliver, editor, finish, hasText, messages, openDesk, row, ticketId, writeReply } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
const BEN = { email: "ben@desk.example", password: "benjamins words" };
const SECRET = "xylocopa";

let bellhop: Bellhop;
let browser: Browser;
let sink: SmtpSink;
let ada: ApiClient;

before(async () => {
	sink = await startSmtpSink();
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url), args: ["--smtp", sink.url] }), launchBrowser()]);
	bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
	bellhop.command("user", "add", "--email", BEN.email, "--password", BEN.password, "--first-name", "Ada", "--last-name", "Bénard");
	ada = api(bellhop.url, bellhop.command("token", "create", "--user", ADA.email, "--scopes", "*").trim());
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
	await sink?.stop();
});

const field = (page: Page) => page.getByRole("textbox", { name: "Comment text" });
const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
const unread = (page: Page) => page.getByTestId("unread");

async function openTicket(subject: string, options: Parameters<typeof openDesk>[3] = {}) {
	const id = await ticketId(bellhop, subject);
	const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, options);
	await messages(desk.page).first().waitFor();
	return { ...desk, id };
}

/* Opens the comment tab, waits for the rich editor, and types. */
async function writeComment(page: Page, text: string) {
	await page.getByRole("button", { name: /^Comment/ }).or(page.getByRole("tab", { name: "Comment" })).first().click();
	await page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await field(page).click();
	await page.keyboard.type(text);
}

const comments = async (id: string) => (await bellhop.api.get(`/desk/v1/tickets/${id}/messages`)).results.filter((m: { type: string }) => m.type === "COMMENT");

test("F-8 Insert in a comment offers what a reply has but templates; a card stays in the thread, and goes to nobody", async () => {
	await deliver(bellhop, { subject: "Lamp with a card", from: "Bo Ek <bo@customer.example>" });
	const { page, id, errors } = await openTicket("Lamp with a card");
	await writeComment(page, "See ");
	await page.getByRole("button", { name: "Insert", exact: true }).click();
	await page.getByRole("menuitem").first().waitFor();
	assert.deepEqual(await page.getByRole("menuitem").allInnerTexts(), ["Knowledge base article", "Snippet", "Video", "Meeting link", "Document", "Quote"]);
	await page.getByRole("menuitem", { name: "Document" }).click();
	const dialog = await cardForm(page, "Insert a document");
	await dialog.getByLabel("Address").fill("https://files.example/plan.pdf");
	await dialog.getByLabel("Title").fill("The plan");
	await page.keyboard.press("Enter");
	await field(page).locator("[data-card=document]").waitFor();
	await page.getByRole("button", { name: /^Add comment/ }).click();
	await page.getByRole("link", { name: /The plan/ }).last().waitFor();
	const [made] = await comments(id);
	assert.match(made.html, /href="https:\/\/files\.example\/plan\.pdf"/);
	assert.deepEqual(sink.mails.filter((m) => m.data.toString().includes("plan.pdf")), []);
	await finish({ page, errors });
});

test("F-1 F-3 F-4 F-5 S-1: a colleague who is mentioned sees the bell at once, follows the link to the comment, and gets a mail with it", async () => {
	await deliver(bellhop, { subject: "Lamp with a comment", from: "Bo Ek <bo@customer.example>" });
	await deliver(bellhop, { subject: "Another lamp", from: "Bo Ek <bo@customer.example>" });
	const one = await openTicket("Lamp with a comment");
	const two = await openTicket("Another lamp", { who: ADA });
	await bell(two.page).waitFor();
	assert.equal(await unread(two.page).count(), 0);

	await one.page.keyboard.press("n");
	await one.page.getByRole("toolbar", { name: "Text style" }).waitFor();
	await field(one.page).click();
	await one.page.keyboard.type("Could @ada");
	const people = one.page.getByRole("listbox", { name: "People" });
	await people.getByRole("option").first().waitFor();
	assert.deepEqual(await people.getByRole("option").allInnerTexts().then((all) => all.map((s) => s.replace(/\s+/g, " ").trim())), ["AB Ada Bénard ben@desk.example", "AL Ada Lovelace ada@desk.example"]);
	await one.page.keyboard.type(" lo");
	await waitFor("one person", async () => (await people.getByRole("option").count()) === 1);
	await one.page.keyboard.press("Enter");
	await one.page.keyboard.type(`look? ${SECRET}`);
	await checkAccessibility(one.page, "comment");
	await one.page.keyboard.press("Control+Enter");
	const shown = messages(one.page).filter({ hasText: "look?" });
	await shown.getByText("Comment", { exact: true }).waitFor();
	await hasText(shown.getByTestId("mail-body"), `Could @Ada Lovelace look? ${SECRET}`);

	const [stored] = await comments(one.id);
	const { user } = await ada.get("/desk/v1/session");
	assert.deepEqual(stored.mentionUserIds, [user.id]);

	await hasText(unread(two.page), "1");
	await two.page.getByText("mentioned you: Lamp with a comment").waitFor();
	await two.page.keyboard.press("g");
	await two.page.keyboard.press("n");
	const list = two.page.getByRole("dialog", { name: "Notifications" });
	await list.getByText("mentioned you").waitFor();
	await two.page.keyboard.press("Enter");
	await two.page.getByRole("heading", { name: "Lamp with a comment" }).waitFor();
	const target = messages(two.page).and(two.page.locator("[data-marked]"));
	await hasText(target.getByTestId("mail-body"), /look\?/);
	await waitFor("the focus on the comment", () => target.evaluate((el) => el === document.activeElement));
	await waitFor("an empty bell", async () => (await unread(two.page).count()) === 0);

	const mail = await sink.waitForMail("nothing for who has read it", (m) => m.to.includes(ADA.email), 500).catch(() => undefined);
	assert.equal(mail, undefined, "it was read before the mail went");
	await two.page.getByRole("link", { name: /^All open/ }).click();
	await finish(two);
	await writeComment(one.page, "@ada lo");
	await people.getByRole("option").first().waitFor();
	await one.page.keyboard.press("Tab");
	await one.page.keyboard.type(`again, ${SECRET}`);
	await one.page.getByRole("button", { name: /^Add comment/ }).click();
	const sent = await sink.waitForMail("the notification", (m) => m.to.includes(ADA.email));
	const link = /\/tickets\/open\/\d+#message-\d+/.exec(sent.text.replace(/=\r\n/g, "").replaceAll("=3D", "="))?.[0] ?? "";
	const back = await openDesk(browser, bellhop, link, { who: ADA });
	await hasText(messages(back.page).and(back.page.locator("[data-marked]")).getByTestId("mail-body"), /again/);
	await finish(one);
	await finish(back);
});

test("F-2: a comment stands in no mail that leaves, and in no answer of who is not signed in", async () => {
	await deliver(bellhop, { subject: "Confidential lamp", from: "Cy Ek <cy@customer.example>" });
	const { page, id, ...desk } = await openTicket("Confidential lamp");
	await writeComment(page, `Between us: ${SECRET}`);
	await page.getByRole("button", { name: /^Add comment/ }).click();
	await messages(page).filter({ hasText: "Between us" }).waitFor();
	await writeReply(page, "Here is the answer.");
	await page.keyboard.press("Control+Enter");
	await sink.waitForMail("the reply", (m) => m.to.includes("cy@customer.example"), 30_000);
	assert.deepEqual(sink.mails.filter((m) => m.data.toString().includes(SECRET) || Buffer.from(m.text).toString().includes("Between us")), []);
	const [comment] = await comments(id);
	for (const path of [`/tickets/open/${id}`, `/desk/v1/tickets/${id}/messages`, `/conversations/v3/conversations/threads/${comment.threadId}/messages`]) {
		const answer = await fetch(bellhop.url + path);
		assert.ok(!(await answer.text()).includes(SECRET), path);
	}
	await finish({ page, errors: desk.errors });
});

test("F-7: a comment has text styles, a link and a file; its draft survives a reload beside the reply's", async () => {
	await deliver(bellhop, { subject: "Lamp with a file", from: "Di Ek <di@customer.example>" });
	const { page, id, ...desk } = await openTicket("Lamp with a file");
	await writeReply(page, "A reply begun");
	await writeComment(page, "Bold ");
	await page.getByRole("button", { name: "Bold" }).click();
	await page.keyboard.type("word");
	const chooser = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: /^(Attach|Upload)/ }).first().click();
	await (await chooser).setFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("The plan.") });
	await page.getByText("plan.txt").waitFor();
	await page.getByRole("button", { name: /^Remove.*plan.txt/ }).waitFor();
	await page.getByText(/Draft saved/).waitFor();
	await page.reload();
	await page.getByRole("tab", { name: "Comment" }).click();
	await hasText(field(page), /Bold word/);
	await page.getByText("plan.txt").waitFor();
	await page.getByRole("tab", { name: "Reply" }).click();
	await hasText(editor(page), /A reply begun/);
	await page.getByRole("tab", { name: "Comment" }).click();
	await page.getByRole("button", { name: /^Add comment/ }).click();
	await messages(page).filter({ hasText: "plan.txt" }).waitFor();
	const [stored] = await comments(id);
	assert.match(stored.html, /<strong>word<\/strong>/);
	assert.deepEqual(stored.attachments.map((a: { name: string }) => a.name), ["plan.txt"]);
	await finish({ page, errors: desk.errors });
});

test("its author changes a comment in place and deletes it; others see both at once", async () => {
	const made = await bellhop.api.post(`/desk/v1/tickets/${await ticketId(bellhop, "Another lamp")}/comments`, { html: "<p>First words</p>" });
	const one = await openTicket("Another lamp");
	const two = await openTicket("Another lamp", { who: ADA });
	const at = (page: Page) => page.locator(`[data-message-id="${made.id}"]`);
	await at(two.page).waitFor();
	assert.equal(await at(two.page).getByRole("button", { name: "More about this comment" }).count(), 0);
	await at(one.page).getByRole("button", { name: "More about this comment" }).click();
	await one.page.getByRole("menuitem", { name: "Edit" }).click();
	const edit = at(one.page).getByRole("textbox", { name: "Change the comment" });
	await at(one.page).getByRole("toolbar", { name: "Text style" }).waitFor();
	await edit.click();
	await one.page.keyboard.press("Control+a");
	await one.page.keyboard.type("Better words");
	await at(one.page).getByRole("button", { name: "Save" }).click();
	await hasText(at(two.page).getByTestId("mail-body"), "Better words");
	await at(two.page).getByText("edited").waitFor();
	await at(one.page).getByRole("button", { name: "More about this comment" }).click();
	await one.page.getByRole("menuitem", { name: "Delete" }).click();
	for (const { page } of [one, two]) await at(page).getByText("This comment was deleted.").waitFor();
	await finish(one);
	await finish(two);
});

test("F-6: on a call's ticket the Comment tab shows when an email was written or sent", async () => {
	await deliver(bellhop, { subject: "Called about a lamp", from: "Ed Ek <ed@customer.example>" });
	const id = await ticketId(bellhop, "Called about a lamp");
	await bellhop.api.patch(`/crm/v3/objects/tickets/${id}`, { properties: { source_type: "PHONE" } });
	const { page, errors } = await openTicket("Called about a lamp");
	await page.getByRole("button", { name: /Write a reply/ }).waitFor();
	await waitFor("no way to comment", async () => (await page.getByRole("button", { name: /^Comment/ }).count()) === 0);
	await page.keyboard.press("n");
	assert.equal(await field(page).count(), 0);
	await writeReply(page, "Thanks for");
	await page.getByRole("tab", { name: "Comment" }).waitFor();
	await page.keyboard.type(" your call");
	await page.keyboard.press("Control+Enter");
	await sink.waitForMail("the reply", (m) => m.to.includes("ed@customer.example"), 30_000);
	await page.reload();
	await page.getByRole("button", { name: /^Comment/ }).waitFor();
	await finish({ page, errors });
});

test("H-3 H-23 B-40: following from the header tells of what happens, lists the ticket, and ends; mentions have a view", async () => {
	await deliver(bellhop, { subject: "Followed lamp", from: "Fe Ek <fe@customer.example>" });
	const { page, id, errors } = await openTicket("Followed lamp", { who: ADA });
	await hasText(count(page, "following"), "0");
	await page.getByRole("button", { name: "0 followers" }).click();
	await page.getByRole("dialog", { name: "Followers" }).getByRole("button", { name: /^Follow/ }).click();
	await page.getByText("Ada Lovelace (you)").waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "1 follower" }).waitFor();
	await hasText(count(page, "following"), "1");
	await page.getByRole("link", { name: /^Following/ }).click();
	await row(page, "Followed lamp").waitFor();

	await bellhop.api.post(`/desk/v1/tickets/${id}/comments`, { html: "<p>News</p>" });
	await hasText(unread(page), "1");
	await bell(page).click();
	const list = page.getByRole("dialog", { name: "Notifications" });
	await list.getByText("commented").first().waitFor();
	await list.getByRole("button", { name: "Mark all as read" }).click();
	await waitFor("an empty bell", async () => (await unread(page).count()) === 0);
	await page.keyboard.press("Escape");

	await row(page, "Followed lamp").click();
	await page.getByRole("heading", { name: "Followed lamp" }).waitFor();
	await page.keyboard.press("w");
	await page.getByText("You are no longer told").waitFor();
	await hasText(count(page, "following"), "0");
	await bellhop.api.post(`/desk/v1/tickets/${id}/comments`, { html: "<p>Unheard</p>" });
	const told = (await ada.get("/desk/v1/notifications")).results.filter((n: { ticketId: string }) => n.ticketId === id);
	assert.equal(told.length, 1);

	/* the owner follows, unless he says no */
	await page.keyboard.press("i");
	await page.getByRole("button", { name: "1 follower" }).waitFor();
	await page.keyboard.press("w");
	await page.getByRole("button", { name: "0 followers" }).waitFor();

	const { user } = await ada.get("/desk/v1/session");
	await bellhop.api.post(`/desk/v1/tickets/${id}/comments`, { html: `<p><span data-user-id="${user.id}">@Ada</span></p>` });
	await page.getByRole("link", { name: /^My mentions/ }).click();
	await row(page, "Followed lamp").waitFor();
	await finish({ page, errors });
});

test("S-3 S-7: each topic is switched by channel, over the administrators' defaults", async () => {
	const one = await openDesk(browser, bellhop, "/settings/notifications");
	const two = await openDesk(browser, bellhop, "/settings/notifications", { who: ADA });
	const mine = (page: Page) => page.getByRole("table", { name: "Your notifications" });
	const box = (page: Page, table: string, name: string) => page.getByRole("table", { name: table }).getByRole("checkbox", { name });
	await mine(two.page).waitFor();
	await checkAccessibility(two.page, "notification settings");
	assert.equal(await two.page.getByRole("table", { name: "Defaults for everybody" }).count(), 0);
	await two.page.getByText("They are off in this browser.").or(two.page.getByText("This browser blocks them.")).waitFor();
	await box(one.page, "Defaults for everybody", "Comments: Email").locator("xpath=ancestor-or-self::label").click();
	await one.page.getByText("Saved").first().waitFor();
	await two.page.reload();
	await waitFor("the default", () => box(two.page, "Your notifications", "Comments: Email").isChecked());
	await box(two.page, "Your notifications", "Mentions: Bell").locator("xpath=ancestor-or-self::label").click();
	await two.page.getByText("Saved").first().waitFor();
	const settings = await ada.get("/desk/v1/notification-settings");
	assert.deepEqual([settings.channels.MENTION.bell, settings.channels.COMMENT.email, settings.defaults.MENTION.bell], [false, true, true]);
	await two.page.getByRole("button", { name: "Use the defaults" }).click();
	await waitFor("the default again", () => box(two.page, "Your notifications", "Mentions: Bell").isChecked());
	await finish(one);
	await finish(two);
});
