/* The composer's size and what can be put into its text. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { cardForm, checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const heightOf = async (page: Page) => (await editor(page).boundingBox())!.height;

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		mailDesk = await startMailDesk(engine);
		({ bellhop, browser, sink } = mailDesk);
	});
	after(() => stopMailDesk(mailDesk));
	const open = async (subject: string) => {
		await deliver(bellhop, { subject });
		return openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, subject)}`);
	};

	test("E-10 the editor is enlarged by dragging its edge or by keys, and expands over the page with the same text, cursor and undo", async () => {
		const desk = await open("Larger");
		const { page } = desk;
		await writeReply(page, "one two");
		const edge = page.getByRole("separator", { name: "Height of the editor" });
		const small = await heightOf(page);
		const at = (await edge.boundingBox())!;
		await page.mouse.move(at.x + at.width / 2, at.y + 3);
		await page.mouse.down();
		await page.mouse.move(at.x + at.width / 2, at.y - 117, { steps: 4 });
		await page.mouse.up();
		await waitFor("a higher editor", async () => (await heightOf(page)) > small + 80);
		const dragged = await heightOf(page);
		await edge.focus();
		await page.keyboard.press("ArrowDown");
		await waitFor("a lower one", async () => (await heightOf(page)) < dragged - 10);
		await edge.dblclick();
		await waitFor("the first height", async () => Math.abs((await heightOf(page)) - small) < 2);

		await editor(page).evaluate((el) => ((el as any).mark = 1));
		await page.getByRole("button", { name: "Expand" }).click();
		const large = page.getByRole("dialog", { name: "Reply" });
		await large.waitFor();
		assert.ok((await heightOf(page)) > 250, "it fills the page");
		assert.equal(await editor(page).evaluate((el) => (el as any).mark), 1, "the same editor");
		await page.keyboard.type(" three");
		await hasText(editor(page), "one two three");
		await checkAccessibility(page, "the expanded composer");
		assert.equal(await page.getByRole("navigation", { name: "Views" }).evaluate((el) => el.closest("[inert]") !== null), true, "the rest of the page rests");
		await page.keyboard.press("Escape");
		await large.waitFor({ state: "detached" });
		await hasText(editor(page), "one two three");
		await page.keyboard.press("Control+z");
		await waitFor("undone", async () => !(await editor(page).innerText()).includes("three"));
		/* and it is sent from there by key */
		await page.getByRole("button", { name: "Expand" }).click();
		await large.waitFor();
		await editor(page).click();
		await page.keyboard.press("Control+Enter");
		await editor(page).waitFor({ state: "detached" });
		assert.equal(await page.locator("[inert]").count(), 0);
		await finish(desk);
	});

	test("E-10 the reply goes into a window of its own and back without loss", async () => {
		const desk = await open("Own window");
		const { page } = desk;
		await writeReply(page, "begun here");
		const [own] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("button", { name: "Open in its own window" }).click()]);
		await hasText(editor(own), "begun here");
		await page.getByText("This reply is open in its own window.").waitFor();
		assert.equal(await editor(page).count(), 0, "only one place to write in");
		await own.getByRole("toolbar", { name: "Text style" }).waitFor();
		await editor(own).click();
		await own.keyboard.press("Control+End");
		await own.keyboard.type(", ended there");
		await own.getByText(/Draft saved/).waitFor();
		await checkAccessibility(own, "the window of its own");
		await page.getByRole("button", { name: "Bring it back" }).click();
		await hasText(editor(page), "begun here, ended there");
		await waitFor("the other is closed", async () => own.isClosed());
		/* and sent from its own window */
		const [again] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("button", { name: "Open in its own window" }).click()]);
		await hasText(editor(again), "begun here, ended there");
		await again.getByRole("button", { name: "Send", exact: true }).click();
		await messages(page).filter({ hasText: "begun here, ended there" }).waitFor();
		await page.getByRole("button", { name: /Write a reply/ }).waitFor();
		await sink.waitForMail("the mail", (m) => /begun here, ended there/.test(m.text));
		await finish(desk);
	});

	test("E-14 Insert and / offer what there is; an address becomes a card that is selected, deleted, brought back, and leaves as a link", async () => {
		const desk = await open("Cards");
		const { page } = desk;
		await writeReply(page, "Watch this:");
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem").first().waitFor();
		assert.deepEqual(await page.getByRole("menuitem").allInnerTexts(), ["Knowledge base article", "Snippet", "Video", "Meeting link", "Document", "Quote", "Template"], "seven kinds");
		await page.getByRole("menuitem", { name: "Video" }).click();
		const dialog = await cardForm(page, "Insert a video");
		await dialog.getByLabel("Address").fill("javascript:alert(1)");
		await dialog.getByRole("button", { name: "Insert" }).click();
		await dialog.getByText("Enter the address of a web page.").waitFor();
		await checkAccessibility(page, "the card's form");
		await dialog.getByLabel("Address").fill("video.example/42");
		await dialog.getByLabel("Title").fill("How to reset");
		await dialog.getByLabel("Description").fill("Two minutes");
		await page.keyboard.press("Enter");
		const card = editor(page).locator("[data-card=video]");
		await card.waitFor();
		await page.keyboard.type("Then write back.");
		await hasText(editor(page), /Watch this:\s+How to reset\s+Two minutes\s+video\.example\s+Then write back\./);
		/* as one thing: selected by keys, deleted, brought back */
		for (let i = 0; i < "Then write back.".length; i++) await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("Delete");
		await card.waitFor({ state: "detached" });
		await page.keyboard.press("Control+z");
		await card.waitFor();
		/* "/" at the start of a line */
		await page.keyboard.press("Control+End");
		await page.keyboard.press("Enter");
		await page.keyboard.type("/meet");
		await page.getByRole("listbox", { name: "Insert" }).getByRole("option", { name: "Meeting link" }).waitFor();
		await page.keyboard.press("Enter");
		await (await cardForm(page, "Insert a meeting link")).getByLabel("Address").fill("https://meet.example/ada");
		await page.keyboard.press("Enter");
		await editor(page).locator("[data-card=meeting]").waitFor();
		await page.getByText(/Draft saved/).waitFor();
		await page.reload();
		await editor(page).locator("[data-card=meeting]").waitFor();
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		const own = messages(page).filter({ hasText: "Then write back." });
		await waitFor("cards in the thread", () => own.getByTestId("mail-body").evaluate((el) => el.shadowRoot?.querySelectorAll("[data-card]").length === 2));
		const [text, html] = leaves(readMail((await sink.waitForMail("the mail", (m) => /Cards/.test(m.header("subject") ?? ""))).data));
		assert.match(text?.text ?? "", /Watch this:\s+\[How to reset\]\(https:\/\/video\.example\/42\)\s+Two minutes\s+Then write back\./);
		assert.match(html?.text ?? "", /<a href="https:\/\/video\.example\/42"[^>]*><strong>How to reset<\/strong><\/a>/);
		await finish(desk);
	});

	test("N-13 N-14 a typed token becomes its value; a missing one is marked and stops the send, with its name", async () => {
		const desk = await open("Tokens");
		const { page } = desk;
		await writeReply(page, "Dear {{contact.email}}, {{contact.phone}} {{nobody.knows}}");
		await hasText(editor(page), "Dear anna@customer.example, [[MISSING CONTACT PHONE NUMBER]] {{nobody.knows}}");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("Fill in the missing value before you send: CONTACT PHONE NUMBER.").waitFor();
		await checkAccessibility(page, "a missing value");
		assert.equal(sink.mails.filter((m) => /MISSING/.test(m.text)).length, 0);
		await editor(page).locator("mark").click();
		await page.keyboard.press("Backspace");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		await sink.waitForMail("the mail", (m) => /Dear \S*anna@customer\.example/.test(m.text));
		await finish(desk);
	});
});
