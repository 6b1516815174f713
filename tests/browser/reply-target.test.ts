/* Whom a reply answers, who gets it and where it leaves from: by mouse and keyboard, checked at the mail that leaves. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";

const to = (page: Page, line = "To") => page.getByRole("combobox", { name: line, exact: true });
const chips = (page: Page, line = "To") => page.getByRole("list", { name: line, exact: true }).getByRole("listitem");
const region = (page: Page) => page.getByRole("region", { name: "Reply" });

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		sink = await startSmtpSink();
		[bellhop, browser] = await Promise.all([startBellhop({ engine, args: ["--smtp", sink.url] }), launchBrowser()]);
		const { results } = await bellhop.api.get("/conversations/v3/conversations/inboxes");
		await bellhop.api.post("/desk/v1/channel-accounts", { inboxId: results[0].id, name: "Sales", address: "sales@desk.example", signature: "<p>The <b>sales</b> team</p>" });
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
		await sink?.stop();
	});

	const subjectIs = (subject: string, receiver: string) => sink.waitForMail(`${subject} to ${receiver}`, (m) => m.header("subject") === subject && m.to.includes(receiver));
	const send = async (page: Page) => {
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
	};

	test("E-3 E-4 E-5 by default the newest message is answered; the icon at a message's upper right answers that one", async () => {
		const first = { subject: "Two people", from: "Anna Berg <anna@customer.example>", messageId: "<anna@customer.example>", text: "The first question." };
		await deliver(bellhop, first);
		/* before another ticket has the same name */
		const id = await ticketId(bellhop, first.subject);
		await deliver(bellhop, { ...first, from: "Boris <boris@customer.example>", messageId: "<boris@customer.example>", inReplyTo: first.messageId, to: bellhop.inbox, text: "The second." });
		/* Boris is not known in the thread: his mail is a ticket of its own unless it carries the token */
		const asked = await bellhop.api.post(`/desk/v1/tickets/${id}/replies`, { text: "Ask Boris", to: ["anna@customer.example"], cc: ["boris@customer.example"] });
		assert.ok(asked.id);
		const sent = await subjectIs(`Re: ${first.subject}`, "boris@customer.example");
		await deliver(bellhop, { subject: `Re: ${first.subject}`, from: "Boris <boris@customer.example>", messageId: "<boris-2@customer.example>", inReplyTo: sent.header("message-id"), text: "Boris answers." });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await messages(page).filter({ hasText: "Boris answers." }).waitFor();
		await writeReply(page, "For the newest");
		await region(page).getByText(/^Replying to Boris’s message of /).waitFor();
		await region(page).getByText(/^To Boris <boris@customer\.example>/).waitFor();

		const anna = messages(page).filter({ hasText: "The first question." });
		const icon = anna.getByRole("button", { name: "Reply to this message" });
		const [card, button] = [(await anna.boundingBox())!, (await icon.boundingBox())!];
		assert.ok(button.x > card.x + card.width / 2 && button.y < card.y + 40, "upper right");
		await icon.click();
		await region(page).getByText(/^Replying to Anna Berg’s message of /).waitFor();
		await region(page).getByText(/^To Anna Berg <anna@customer\.example>$/).waitFor();
		await hasText(editor(page), "For the newest");
		await page.getByRole("button", { name: "Show the quoted text" }).click();
		await region(page).getByText("The first question.").waitFor();
		await checkAccessibility(page, "a reply to an older message");
		await page.reload();
		await region(page).getByText(/^Replying to Anna Berg’s message of /).waitFor();
		await page.getByRole("button", { name: "Answer the newest message instead" }).click();
		await region(page).getByText(/^Replying to Boris’s message of /).waitFor();
		await icon.click();
		await send(page);
		const mail = await sink.waitForMail("the answer to Anna", (m) => /For the newest/.test(m.text));
		assert.deepEqual(mail.to, ["anna@customer.example"]);
		assert.equal(mail.header("in-reply-to"), "<anna@customer.example>");
		assert.match(mail.text, /Anna Berg wrote:[\s\S]*> The first question\./);
		assert.doesNotMatch(mail.text, /Boris answers/);
		/* what is quoted is folded in the thread */
		const shown = messages(page).filter({ hasText: "For the newest" });
		await shown.getByRole("button", { name: /quoted/i }).waitFor();
		await finish(desk);
	});

	test("E-11 E-18 E-19 the menu at the upper right opens Cc, Bcc, To and From; chips take lists, mark what is wrong, and nobody gets it twice", async () => {
		await deliver(bellhop, { subject: "Copies" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Copies")}`);
		const { page } = desk;
		await writeReply(page, "To many");
		const menu = page.getByRole("button", { name: "Recipients and more" });
		const box = (await region(page).boundingBox())!;
		const at = (await menu.boundingBox())!;
		assert.ok(at.x > box.x + box.width * 0.6 && at.y < box.y + 60, "upper right");
		await menu.click();
		for (const name of ["Edit recipients", "Add Cc", "Add Bcc", "Edit the subject"]) await page.getByRole("menuitem", { name }).waitFor();
		await page.getByRole("menuitem", { name: "Add Bcc" }).click();
		await to(page, "Bcc").fill("secret@audit.example");
		await page.keyboard.press("Enter");
		/* a list as other programs copy it */
		await to(page, "Cc").evaluate((el, text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData("text/plain", text);
			el.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
		}, 'Bo <bo@customer.example>; "Crane, Ann" <ann@customer.example>\nANNA@customer.example, broken@');
		await waitFor("the chips", async () => (await chips(page, "Cc").count()) === 4);
		assert.deepEqual((await chips(page, "Cc").allInnerTexts()).map((s) => s.trim()), ["Bo", "Crane, Ann", "ANNA@customer.example", "broken@"]);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("“broken@” is not an e-mail address.").waitFor();
		await checkAccessibility(page, "recipients with a wrong one");
		/* by keyboard: back from the field to the chip, and away with it */
		await to(page, "Cc").focus();
		await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("Delete");
		await waitFor("one less", async () => (await chips(page, "Cc").count()) === 3);
		await to(page).fill(bellhop.inbox);
		await page.keyboard.press("Enter");
		await send(page);
		await waitFor("the mails", async () => sink.mails.filter((m) => m.header("subject") === "Re: Copies").length === 4);
		const mails = sink.mails.filter((m) => m.header("subject") === "Re: Copies");
		assert.deepEqual(mails.flatMap((m) => m.to).sort(), ["ann@customer.example", "anna@customer.example", "bo@customer.example", "secret@audit.example"]);
		for (const mail of mails) {
			assert.doesNotMatch(mail.text, /secret@audit/);
			assert.match(mail.header("cc") ?? "", /Bo <bo@customer\.example>|bo@customer\.example/);
		}
		await finish(desk);
	});

	test("E-12 E-62 the arrow beside the From name changes the address that it leaves from, and the signature with it", async () => {
		await deliver(bellhop, { subject: "From whom" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "From whom")}`);
		const { page } = desk;
		await writeReply(page, "From another address");
		await page.getByRole("button", { name: `From ${bellhop.inbox}` }).click();
		await page.getByRole("menuitem", { name: /sales@desk\.example/ }).click();
		await page.getByRole("button", { name: "From sales@desk.example" }).waitFor();
		await hasText(page.getByRole("group", { name: "Signature" }), "The sales team");
		await page.reload();
		await page.getByRole("button", { name: "From sales@desk.example" }).waitFor();
		await send(page);
		const mail = await sink.waitForMail("the mail from sales", (m) => /another address/.test(m.text));
		assert.match(mail.header("from") ?? "", /<sales@desk\.example>/);
		assert.match(mail.text, /another address[\s\S]*The \*?sales\*? team/);
		await finish(desk);
	});

	test("E-62 the signature of an address is written in the settings; where the writer's own counts, it is that of his preferences", async () => {
		await deliver(bellhop, { subject: "Signed" });
		const desk = await openDesk(browser, bellhop, "/settings/mail");
		const { page } = desk;
		const section = page.getByRole("region", { name: "Signatures" });
		await section.getByRole("toolbar", { name: "Text style" }).first().waitFor();
		const support = section.getByRole("textbox", { name: `Signature of ${bellhop.inbox}` });
		await support.click();
		await page.keyboard.type("Your support team");
		await section.getByRole("button", { name: "Save" }).first().click();
		await page.getByText("Saved").first().waitFor();
		await checkAccessibility(page, "signatures of addresses");
		const ticket = `/tickets/open/${await ticketId(bellhop, "Signed")}`;
		await page.goto(bellhop.url + ticket);
		await writeReply(page, "x");
		await hasText(page.getByRole("group", { name: "Signature" }), "Your support team");
		await page.goto(`${bellhop.url}/settings/mail`);
		await section.getByRole("button", { name: `Below mails from ${bellhop.inbox}` }).click();
		await page.getByRole("option", { name: "The signature of who writes" }).click();
		await page.getByText("Saved").first().waitFor();
		await page.goto(`${bellhop.url}/settings/preferences`);
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await page.getByRole("textbox", { name: "My signature" }).click();
		await page.keyboard.type("Ada, support");
		await page.getByRole("region", { name: "My signature" }).getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved").first().waitFor();
		await page.goto(bellhop.url + ticket);
		await hasText(page.getByRole("group", { name: "Signature" }), "Ada, support");
		await page.getByRole("button", { name: "Leave out the signature" }).click();
		await page.getByRole("group", { name: "Signature" }).waitFor({ state: "detached" });
		await finish(desk);
	});

	test("E-20 a contact who is named with @ becomes a recipient", async () => {
		await bellhop.api.post("/crm/v3/objects/contacts", { properties: { email: "mira@partner.example", firstname: "Mira", lastname: "Okafor" } });
		await deliver(bellhop, { subject: "Named" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Named")}`);
		const { page } = desk;
		await writeReply(page, "Hello @Mir");
		const list = page.getByRole("listbox", { name: "Contacts" });
		await list.getByRole("option", { name: /Mira Okafor/ }).waitFor();
		await page.keyboard.press("Enter");
		await page.keyboard.type("can say more.");
		await region(page).getByText(/^To .*Mira Okafor <mira@partner\.example>/).waitFor();
		await send(page);
		await subjectIs("Re: Named", "mira@partner.example");
		await finish(desk);
	});

	test("E-64 F forwards a message with the files chosen to somebody else, and the customer does not get it", async () => {
		const boundary = "b1";
		const { lmtpSend } = await import("../harness/index.ts");
		const data = ["From: Anna Berg <anna@customer.example>", `To: ${bellhop.inbox}`, "Subject: With two files", "Message-ID: <files@customer.example>", "MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary=${boundary}`, "", `--${boundary}`, "Content-Type: text/html", "", "<p>Look at <b>these</b>.</p>", `--${boundary}`, "Content-Type: text/plain", "Content-Disposition: attachment; filename=keep.txt", "", "keep me", `--${boundary}`, "Content-Type: text/plain", "Content-Disposition: attachment; filename=drop.txt", "", "drop me", `--${boundary}--`, ""].join("\r\n");
		await lmtpSend(bellhop.lmtpPort, { from: "anna@customer.example", to: [bellhop.inbox], data });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "With two files")}`);
		const { page } = desk;
		await messages(page).first().waitFor();
		await page.keyboard.press("f");
		await region(page).getByText(/^Forwarding Anna Berg’s message of /).waitFor();
		const files = region(page).getByRole("list", { name: "Attached files" });
		await files.getByText("keep.txt").waitFor();
		await files.getByRole("button", { name: "Remove drop.txt" }).click();
		assert.equal(await chips(page).count(), 0, "nobody is chosen yet");
		await page.getByRole("textbox", { name: "Subject" }).waitFor();
		assert.equal(await page.getByRole("textbox", { name: "Subject" }).inputValue(), "Fwd: With two files");
		await to(page).fill("expert@partner.example");
		await page.keyboard.press("Enter");
		await editor(page).click();
		await page.keyboard.type("Can you help?");
		await checkAccessibility(page, "forwarding");
		await send(page);
		const mail = await subjectIs("Fwd: With two files", "expert@partner.example");
		assert.match(mail.text, /Can you help\?[\s\S]*Forwarded message[\s\S]*From: Anna Berg[\s\S]*Look at these/);
		assert.match(mail.text, /filename="?keep\.txt/);
		assert.doesNotMatch(mail.text, /drop\.txt/);
		assert.equal(sink.mails.filter((m) => m.header("subject") === "Fwd: With two files").length, 1);
		await finish(desk);
	});
});
