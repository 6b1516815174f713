/* What the composer of an answer stands on: the target of an answer, addresses to send from, files and pictures, forwarding. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { forEachEngine, leaves, lmtpSend, readMail, type SmtpSink, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, refused, signIn, sql } from "./help.ts";

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

forEachEngine((engine) => {
	const at = desk(engine);
	let sink: SmtpSink;
	let call: Call;
	before(async () => {
		sink = await startSmtpSink();
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
		call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
	});
	after(() => sink?.stop());

	const upload = async (name: string, bytes: Buffer | string): Promise<any> => {
		const form = new FormData();
		form.set("file", new Blob([bytes as any]), name);
		const answer = await fetch(`${at.bellhop.url}/desk/v1/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${at.bellhop.token}` } });
		assert.equal(answer.status, 201);
		return answer.json();
	};
	const messagesOf = async (id: string): Promise<any[]> => (await expectStatus(call("GET", `/desk/v1/tickets/${id}/messages`), 200)).results;
	const sent = (subject: string) => sink.waitForMail(subject, (m) => m.header("subject") === subject);

	describe("E-5 the answer to one message", () => {
		test("goes to whom that message says, and names it, whatever came after", async () => {
			const ticket = await mailIn(at.bellhop, "first@customer.example", "Target");
			const [first] = await messagesOf(ticket.id);
			const target = await expectStatus(call("GET", `/desk/v1/tickets/${ticket.id}/reply-target`), 200);
			assert.equal(target.message.id, first.id);
			assert.deepEqual(target.to, [{ address: "first@customer.example" }]);
			assert.equal(target.forwardSubject, "Fwd: Target");
			/* somebody else joins, and is the newest */
			await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Who else?", cc: ["second@customer.example"], to: ["first@customer.example"], subject: "Asked" }), 201);
			const asked = await sent("Asked");
			const data = `From: second@customer.example\r\nTo: ${at.bellhop.inbox}\r\nSubject: Re: Asked\r\nMessage-ID: <second@customer.example>\r\nIn-Reply-To: ${asked.header("message-id")}\r\n\r\nMe.\r\n`;
			await lmtpSend(at.bellhop.lmtpPort, { from: "second@customer.example", to: [at.bellhop.inbox], data });
			await waitFor("the second message", async () => (await messagesOf(ticket.id)).length === 3);
			const newest = await expectStatus(call("GET", `/desk/v1/tickets/${ticket.id}/reply-target`), 200);
			assert.deepEqual(newest.to.map((a: any) => a.address), ["second@customer.example"]);
			const older = await expectStatus(call("GET", `/desk/v1/tickets/${ticket.id}/reply-target?messageId=${first.id}`), 200);
			assert.deepEqual(older.to.map((a: any) => a.address), ["first@customer.example"]);
			await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "To the first", inReplyToId: first.id, subject: "To the first" }), 201);
			const mail = await sent("To the first");
			assert.deepEqual(mail.to, ["first@customer.example"]);
			const source = (await sql(at.bellhop, `SELECT mail_id FROM message WHERE id = ${first.id}`)).trim();
			assert.equal(mail.header("in-reply-to"), `<${source}>`);
		});

		test("is refused for a message of another ticket", async () => {
			const one = await mailIn(at.bellhop, "one@customer.example", "One");
			const two = await mailIn(at.bellhop, "two@customer.example", "Two");
			const [foreign] = await messagesOf(two.id);
			await refused(call("GET", `/desk/v1/tickets/${one.id}/reply-target?messageId=${foreign.id}`), 400);
			await refused(call("GET", `/desk/v1/tickets/${one.id}/reply-target?messageId=no`), 400);
			await refused(call("GET", "/desk/v1/tickets/999999/reply-target"), 404);
		});
	});

	describe("E-16 E-17 files and pictures", () => {
		test("an uploaded picture stands in the mail's HTML, a file beside it, with a text alternative", async () => {
			const ticket = await mailIn(at.bellhop, "files@customer.example", "Files");
			const picture = await upload("dot.png", PIXEL);
			const file = await upload("notes.txt", "line one\nline two\n");
			assert.equal(picture.contentType, "image/png");
			assert.deepEqual([picture.width, picture.height, picture.sizeBytes], [1, 1, PIXEL.length]);
			const message = await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, {
				html: `<p>See <strong>this</strong>:</p><img data-cid="f${picture.id}@inline" alt="a dot">`,
				subject: "With files",
				attachments: [
					{ fileId: picture.id, type: "FILE", contentId: `f${picture.id}@inline` },
					{ fileId: file.id, type: "FILE" },
				],
			}), 201);
			assert.deepEqual(message.attachments.map((a: any) => [a.name, a.isInline]), [["dot.png", true], ["notes.txt", false]]);
			assert.match(message.html, new RegExp(`data-cid="f${picture.id}@inline"`));
			const mail = readMail((await sent("With files")).data);
			assert.equal(mail.type, "multipart/mixed");
			const parts = leaves(mail);
			assert.deepEqual(parts.map((p) => p.type), ["text/plain", "text/html", "image/png", "text/plain"]);
			assert.match(parts[0]?.text ?? "", /See this:[\s\S]*a dot/);
			assert.match(parts[1]?.text ?? "", new RegExp(`<img src="cid:f${picture.id}@inline"`));
			assert.equal(parts[2]?.headers.get("content-id"), `<f${picture.id}@inline>`);
			assert.match(parts[2]?.headers.get("content-disposition") ?? "", /^inline/);
			assert.deepEqual(parts[2]?.bytes, PIXEL);
			assert.equal(parts[3]?.text, "line one\nline two\n");
			assert.match(parts[3]?.headers.get("content-disposition") ?? "", /^attachment; filename="?notes\.txt/);
		});

		test("a picture that the text no longer shows goes as a file", async () => {
			const ticket = await mailIn(at.bellhop, "gone@customer.example", "Gone picture");
			const picture = await upload("dot.png", PIXEL);
			const message = await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "No picture here", attachments: [{ fileId: picture.id, type: "FILE", contentId: "x@inline" }] }), 201);
			assert.equal(message.attachments[0].isInline, false);
		});

		test("E-63 more than 20 MB together are refused with the field named; a content id is checked", async () => {
			const ticket = await mailIn(at.bellhop, "big@customer.example", "Too big");
			const half = await upload("half.bin", Buffer.alloc(11 << 20));
			const error = await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Big", attachments: [{ fileId: half.id, type: "FILE" }, { fileId: half.id, type: "FILE" }] }), 400, /20 MB/);
			assert.equal(error.errors[0].in, "attachments");
			await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "x", attachments: [{ fileId: half.id, type: "FILE", contentId: 'a"><script>' }] }), 400, /contentId/);
			await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "x", attachments: [{ fileId: "999999", type: "FILE" }] }), 400);
			assert.equal((await messagesOf(ticket.id)).length, 1, "nothing was sent");
		});
	});

	test("E-64 a message is forwarded to the recipients given alone, under its own subject, outside of its references", async () => {
		const ticket = await mailIn(at.bellhop, "forward@customer.example", "Broken lamp");
		const [first] = await messagesOf(ticket.id);
		await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "x", isForward: true, inReplyToId: first.id }), 400, /nobody to send/);
		const message = await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Can you help?", isForward: true, inReplyToId: first.id, to: ["expert@partner.example"] }), 201);
		assert.equal(message.forwardOfId, first.id);
		const mail = await sent("Fwd: Broken lamp");
		assert.deepEqual(mail.to, ["expert@partner.example"]);
		assert.equal(mail.header("in-reply-to"), undefined);
		assert.equal(mail.header("references"), undefined);
	});

	describe("E-12 E-62 addresses to send from", () => {
		test("every connected address with its signature; the reply leaves from the one chosen", async () => {
			const inbox = (await expectStatus(at.call("GET", "/conversations/v3/conversations/inboxes"), 200)).results[0];
			const account = await expectStatus(at.call("POST", "/desk/v1/channel-accounts", { inboxId: inbox.id, name: "Sales", address: "sales@desk.example", signature: "<p>The sales team<script>bad()</script></p>", signatureOf: "TEAM" }), 201);
			const { results } = await expectStatus(call("GET", "/desk/v1/senders"), 200);
			const sales = results.find((s: any) => s.address === "sales@desk.example");
			assert.equal(sales.signature, "<p>The sales team</p>");
			assert.equal(sales.signatureOf, "TEAM");
			assert.ok(results.some((s: any) => s.address === at.bellhop.inbox && s.signatureOf === "TEAM" && s.signature === ""));
			await refused(at.call("PATCH", `/desk/v1/channel-accounts/${account.id}`, { signatureOf: "ALL" }), 400, /signatureOf/);
			await refused(at.call("PATCH", `/desk/v1/channel-accounts/${account.id}`, { signature: "x".repeat(20001) }), 400);
			const ticket = await mailIn(at.bellhop, "from@customer.example", "From");
			await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "From sales", subject: "From sales", channelAccountId: account.id }), 201);
			const mail = await sent("From sales");
			assert.match(mail.header("from") ?? "", /<sales@desk\.example>/);
			assert.match(mail.header("reply-to") ?? "", /sales\+t\S+@desk\.example/);
			await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "x", channelAccountId: "999999" }), 400, /channel account/);
		});
	});

	test("E-18 E-19 a copy recipient is sent the mail once, blind ones are in no header, own addresses get none", async () => {
		const ticket = await mailIn(at.bellhop, "copies@customer.example", "Copies");
		await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Hi", subject: "Copied", to: ["copies@customer.example", at.bellhop.inbox], cc: ["COPIES@customer.example", "boss@customer.example"], bcc: ["boss@customer.example", "secret@audit.example"] }), 201);
		await waitFor("three mails", async () => sink.mails.filter((m) => m.header("subject") === "Copied").length === 3);
		const mails = sink.mails.filter((m) => m.header("subject") === "Copied");
		assert.deepEqual(mails.flatMap((m) => m.to).sort(), ["boss@customer.example", "copies@customer.example", "secret@audit.example"]);
		for (const mail of mails) assert.doesNotMatch(mail.text, /secret@audit/);
	});

	test("N-13 N-14 tokens are filled from the ticket; a reply with a missing value is refused with its name, a quoted one is not", async () => {
		const ticket = await mailIn(at.bellhop, "token@customer.example", "Tokens");
		const { results } = await expectStatus(call("GET", `/desk/v1/tickets/${ticket.id}/tokens?names=contact.email,contact.firstname,ticket.subject,sender.firstname,company.name,deal.dealname,contact.nothing,else.x,nothing`), 200);
		assert.deepEqual(results.map((t: any) => [t.name, t.label, t.value]), [
			["contact.email", "Email", "token@customer.example"],
			["contact.firstname", "First name", ""],
			["ticket.subject", "Ticket name", "Tokens"],
			["sender.firstname", "First name", "Aino"],
			["company.name", "Company name", ""],
			["deal.dealname", "Deal name", ""],
		]);
		await refused(call("GET", `/desk/v1/tickets/${ticket.id}/tokens?names=${"contact.email,".repeat(60)}`), 400);
		const error = await refused(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { html: "<p>Dear <mark>[[MISSING CONTACT FIRST NAME]]</mark></p>" }), 400, /CONTACT FIRST NAME/);
		assert.deepEqual([error.errors[0].in, error.errors[0].code], ["text", "MISSING_TOKEN"]);
		await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { html: "<p>You wrote:</p><blockquote>[[MISSING X]]</blockquote>" }), 201);
	});

	test("E-14 a card stays a card in the thread and leaves as a link with its text", async () => {
		const ticket = await mailIn(at.bellhop, "card@customer.example", "Card");
		const html = '<p>See</p><div data-card="video"><p><a href="https://video.example/42"><strong>How to reset</strong></a></p><p>Two minutes</p></div>';
		const message = await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { html, subject: "A card" }), 201);
		assert.match(message.html, /<div data-card="video"><p><a href="https:\/\/video\.example\/42"/);
		const [text, sentHtml] = leaves(readMail((await sent("A card")).data));
		assert.match(text?.text ?? "", /\[How to reset\]\(https:\/\/video\.example\/42\)\s+Two minutes/);
		assert.doesNotMatch(sentHtml?.text ?? "", /data-card/);
		assert.match(sentHtml?.text ?? "", /<a href="https:\/\/video\.example\/42"[^>]*><strong>How to reset<\/strong><\/a>/);
	});
});
