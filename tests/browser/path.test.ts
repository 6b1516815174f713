/* The path everything else stands on, by hand in a real browser: a mail comes into a mailbox, is answered, and the answer leaves. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
	type Bellhop,
	type Browser,
	type Dovecot,
	forEachEngine,
	launchBrowser,
	newPage,
	type Page,
	type SmtpSink,
	startBellhop,
	startDovecot,
	startSmtpSink,
	waitFor,
	watchErrors,
} from "../harness/index.ts";
import { count, editor, hasText, messages, rawMail, row, rows, signInByHand, writeReply } from "./desk.ts";

const INBOX = "support@desk.example";
const PASSWORD = "mailbox secret";
const SUBJECT = "Lamp flickers – Valo välkkyy";

/* Connects the mailbox as an administrator does it, and sees it come up. */
async function connectMailbox(page: Page, dovecot: Dovecot) {
	await page.getByRole("link", { name: "Settings" }).click();
	await page.getByRole("button", { name: "Connect a mailbox" }).click();
	await page.getByLabel("IMAP server").fill("localhost");
	await page.getByLabel("Port", { exact: true }).fill(String(dovecot.imapsPort));
	await page.getByLabel("User name").first().fill(INBOX);
	await page.getByLabel("Password").first().fill(PASSWORD);
	await page.getByLabel("Certificate authority").fill(dovecot.caPath);
	await page.getByRole("button", { name: "Connect", exact: true }).click();
	await page.getByRole("listitem").filter({ hasText: INBOX }).getByText("Connected", { exact: true }).waitFor();
}

async function setRelay(page: Page, sink: SmtpSink) {
	await page.getByLabel("SMTP server").fill(sink.url);
	await page.getByRole("region", { name: "Outgoing mail" }).getByRole("button", { name: "Save" }).click();
	await page.getByText("Set up", { exact: true }).waitFor();
}

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let dovecot: Dovecot;
	let sink: SmtpSink;
	let browser: Browser;

	before(async () => {
		[bellhop, dovecot, sink, browser] = await Promise.all([
			startBellhop({ engine, inbox: INBOX }),
			startDovecot({ users: { [INBOX]: PASSWORD } }),
			startSmtpSink(),
			launchBrowser(),
		]);
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
		await Promise.all([dovecot?.stop(), sink?.stop()]);
	});

	test("B-22 B-23 B-24 B-40 C-1 C-2 E-1 E-2 E-3 E-40 E-41 E-42 E-44 E-48 E-60: a mail in a connected mailbox appears, is answered with a status, and the customer's answer reopens it", async (t) => {
		const page = await newPage(browser);
		const errors = watchErrors(page);
		let loads = 0;
		page.on("load", () => loads++);
		let reply = "";
		const shownReply = () => messages(page).filter({ hasText: "Please tighten the bulb" });

		await t.test("the administrator signs in and connects mailbox and relay by clicking", async () => {
			await signInByHand(page, bellhop);
			await connectMailbox(page, dovecot);
			await setRelay(page, sink);
			await page.getByRole("link", { name: "Desk" }).click();
			await page.getByText("Every open ticket has an owner").waitFor();
		});

		await t.test("C-1 C-2 B-40: the customer's mail becomes an unassigned open ticket that appears without a reload", async () => {
			const mail = { from: "Anna Berg <anna@customer.example>", to: INBOX, subject: SUBJECT, messageId: "<first@customer.example>" };
			await dovecot.deliver(INBOX, rawMail({ ...mail, html: "<p>The <b>lamp</b> flickers.</p><script>document.title='bad'</script><p>Anna</p>" }));
			await row(page, SUBJECT).waitFor();
			await hasText(count(page, "unassigned"), "1");
			await hasText(count(page, "open"), "1");
			await hasText(count(page, "mine"), "0");
		});

		await t.test("B-23 B-24 B-25 E-1: a click opens the conversation beside the list, with the contact's details", async () => {
			await row(page, SUBJECT).click();
			const first = messages(page).first();
			await hasText(first.getByTestId("mail-body"), /The lamp flickers\.\s*Anna/);
			const details = page.getByRole("complementary", { name: "Details" });
			await hasText(details, /Anna Berg/);
			await hasText(details, /anna@customer\.example/);
			await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Create ticket" }).waitFor();
			assert.match(await page.title(), /^Lamp flickers/);
		});

		await t.test("B-22 E-2 E-3: the reply is written in the rich editor, to the sender of the newest mail", async () => {
			await writeReply(page, "Hello Anna,");
			await page.keyboard.press("Enter");
			await page.getByRole("button", { name: "Bold" }).click();
			await page.keyboard.type("Please tighten the bulb.");
			await page.getByText(/^To .*anna@customer\.example/).waitFor();
			await page.getByText(/Draft saved/).waitFor();
		});

		await t.test("E-41 E-42 E-44 E-48: Send and set status sends, sets the status, and the sender owns the ticket", async () => {
			await page.getByRole("button", { name: "Send and set status" }).click();
			const offered = await page.getByRole("menuitem").allInnerTexts();
			const { results } = await bellhop.api.get("/crm/v3/pipelines/tickets");
			const stages = [...results[0].stages].sort((a, b) => a.displayOrder - b.displayOrder).map((s: { label: string }) => s.label);
			assert.deepEqual(offered.map((text) => /“(.*)”/.exec(text)?.[1]), stages);
			await page.getByRole("menuitem", { name: "Closed" }).click();
			await shownReply().waitFor();
			await editor(page).waitFor({ state: "detached" });
			await hasText(page.getByRole("button", { name: /Status/ }), "Closed");
			await waitFor("the owner", async () => /Unassigned/.test(await page.getByRole("button", { name: /Owner/ }).innerText()) === false);
			for (const [view, n] of [["unassigned", "0"], ["open", "0"], ["closed", "1"]] as const) await hasText(count(page, view), n);
		});

		await t.test("E-40 E-60: the mail reaches the SMTP server with the headers that keep the thread", async () => {
			const mail = await sink.waitForMail("the reply", (m) => m.to.includes("anna@customer.example"));
			reply = mail.header("message-id") ?? "";
			assert.match(reply, /^<\S+@\S+>$/);
			assert.match(mail.header("from") ?? "", /support@desk\.example/);
			assert.match(mail.header("to") ?? "", /anna@customer\.example/);
			assert.equal(mail.header("in-reply-to"), "<first@customer.example>");
			assert.match(mail.header("references") ?? "", /<first@customer\.example>/);
			assert.match(mail.header("subject") ?? "", /^(Re: |=\?)/);
			assert.match(mail.header("reply-to") ?? "", /support\+\S+@desk\.example/);
			assert.match(mail.header("content-type") ?? "", /^multipart\/alternative/);
			assert.match(mail.text, /text\/plain[\s\S]*Please tighten the bulb\.[\s\S]*text\/html[\s\S]*<strong>Please tighten the bulb\.<\/strong>/);
		});

		await t.test("the state at the message becomes Sent without a reload", async () => {
			await hasText(shownReply().getByRole("list", { name: "Delivery" }), /Sent .*anna@customer\.example/s);
		});

		await t.test("E-60: the customer's answer joins the same ticket, reopens it, and appears live", async () => {
			const sent = sink.mails.at(-1);
			await dovecot.deliver(INBOX, rawMail({
				from: "Anna Berg <anna@customer.example>",
				to: sent?.header("reply-to")?.replace(/.*<|>.*/g, "") ?? "",
				subject: `Re: ${SUBJECT}`,
				inReplyTo: reply,
				text: "It still flickers, sorry.\r\n\r\nOn Monday Support wrote:\r\n> Please tighten the bulb.\r\n",
			}));
			await messages(page).filter({ hasText: "It still flickers" }).waitFor();
			assert.equal(await messages(page).count(), 3);
			await waitFor("an open status", async () => !/Closed/.test(await page.getByRole("button", { name: /Status/ }).innerText()));
			await hasText(count(page, "closed"), "0");
			await hasText(count(page, "mine"), "1");
			await page.getByRole("link", { name: /Assigned to me/ }).click();
			await row(page, SUBJECT).waitFor();
			await waitFor("the view of one row", async () => (await rows(page).count()) === 1);
		});

		assert.equal(loads, 1, "the page was loaded once");
		assert.deepEqual(errors.filter((e) => !/401/.test(e)), []);
		await page.context().close();
	});
});
