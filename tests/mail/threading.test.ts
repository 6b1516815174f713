/* Which ticket a mail belongs to, and what it does there. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, forEachEngine, type SmtpSink, type SunkMail, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { decisionOf, give, held, lastMessage, mail, messages, noErrors, opened, parts, reply, settled, ticketNamed, tickets } from "./desk.ts";

/* A ticket of Anna that an agent has answered. */
interface Answered {
	id: string;
	/* The address that answers are asked to, with its token. */
	replyTo: string;
	/* Of the mail that the agent sent, with <>. */
	messageId: string;
	outgoingId: string;
	sent: SunkMail;
}

const ANNA = "anna@customer.example";
const address = (header: string | undefined) => /<([^>]+)>/.exec(header ?? "")?.[1] ?? header ?? "";

forEachEngine((engine) => {
	let desk: Bellhop;
	let sink: SmtpSink;
	before(async () => {
		sink = await startSmtpSink();
		desk = await startBellhop({ engine, args: ["--smtp", sink.url] });
	});
	after(async () => {
		noErrors(desk);
		await desk.stop();
		await sink.stop();
	});

	const answered = async (subject: string, body: Record<string, unknown> = {}): Promise<Answered> => {
		const row = await opened(desk, mail({ Subject: subject }), subject);
		const message = await reply(desk, row.id, { text: "Please try again.", ...body });
		const sent = await sink.waitForMail(`the answer to ${subject}`, (m) => m.header("subject") === `Re: ${subject}` && m.to[0] === ANNA);
		await waitFor("the message to be sent", async () => (await lastMessage(desk, row.id)).state === "SENT");
		return { id: row.id, replyTo: address(sent.header("reply-to")), messageId: sent.header("message-id") ?? "", outgoingId: message.id, sent };
	};
	/* Gives the mail, and says how many messages the ticket and how many tickets the desk got by it. */
	const effect = async (ticketId: string, data: Buffer, to?: string, from?: string): Promise<[number, number]> => {
		const [messagesBefore, ticketsBefore] = [await messages(desk, ticketId), await tickets(desk)];
		await give(desk, data, to, from);
		await settled(desk);
		return [(await messages(desk, ticketId)).length - messagesBefore.length, (await tickets(desk)).length - ticketsBefore.length];
	};
	const JOINS = [1, 0];
	const OPENS_ITS_OWN = [0, 1];
	const NEITHER = [0, 0];

	test("E-60 E-61: whoever writes to the reply address joins, and becomes no new contact", async () => {
		const a = await answered("By token");
		assert.match(a.replyTo, /^support\+t[a-z2-7]+@desk\.example$/i);
		assert.deepEqual(await effect(a.id, mail({ From: ANNA, Subject: "Re: By token", To: a.replyTo }), a.replyTo), JOINS);
		assert.deepEqual(await effect(a.id, mail({ From: "anna.private@home.example", To: a.replyTo, Subject: "in the header" })), JOINS);
		assert.deepEqual(await effect(a.id, mail({ From: "anna@work.example", To: "lists@elsewhere.example", Subject: "in the envelope" }), a.replyTo), JOINS);
		assert.deepEqual(await effect(a.id, mail({ From: "boss@work.example", Cc: `Desk <${a.replyTo.toUpperCase()}>`, Subject: "on Cc" })), JOINS);
		assert.match(await decisionOf(desk, "in the header"), new RegExp(`Joined #${a.id}: .*reply address`));
		const contacts = await desk.api.get("/crm/v3/objects/contacts?limit=100&properties=email");
		const emails: string[] = contacts.results.map((c: { properties: { email: string } }) => c.properties.email);
		assert.ok(emails.includes(ANNA));
		assert.deepEqual(emails.filter((email) => /private|work/.test(email)), []);
		assert.equal((await desk.api.get(`/desk/v1/tickets/${a.id}`)).contact.email, ANNA);
	});

	test("E-60: a participant joins by In-Reply-To alone, by References alone, and by his own first mail", async () => {
		const a = await answered("By reference");
		assert.deepEqual(await effect(a.id, mail({ "In-Reply-To": a.messageId, Subject: "changed" })), JOINS);
		assert.deepEqual(await effect(a.id, mail({ References: `<other@x.example>\r\n ${a.messageId}`, Subject: "Re: By reference" })), JOINS);
		const first = /<[^>]+>/.exec(a.sent.header("references") ?? "")?.[0] ?? "";
		assert.deepEqual(await effect(a.id, mail({ "In-Reply-To": first, From: "ANNA@CUSTOMER.EXAMPLE" })), JOINS);
		assert.deepEqual(await effect(a.id, mail({ "In-Reply-To": `${a.messageId} (her answer)`, References: "<broken" })), JOINS);
	});

	test("E-60: a mail with the same subject and no reference opens a ticket of its own", async () => {
		const a = await answered("Same subject");
		assert.deepEqual(await effect(a.id, mail({ Subject: "Re: Same subject" })), OPENS_ITS_OWN);
		assert.deepEqual(await effect(a.id, mail({ Subject: `Re: [#${a.id}] Same subject` })), OPENS_ITS_OWN);
	});

	test("a stranger who names our Message-ID gets a ticket of his own, and the decision says why", async () => {
		const a = await answered("Not for strangers");
		const forged = mail({ From: "mallory@evil.example", "In-Reply-To": a.messageId, References: a.messageId, Subject: "Re: Not for strangers" });
		assert.deepEqual(await effect(a.id, forged, undefined, "mallory@evil.example"), OPENS_ITS_OWN);
		assert.match(await decisionOf(desk, "Re: Not for strangers"), new RegExp(`it names a mail of #${a.id}, but its sender takes no part`));
		/* naming it again leads to that ticket of his own */
		const again = mail({ From: "mallory@evil.example", "In-Reply-To": a.messageId, Subject: "again" });
		const own = await ticketNamed(desk, "Re: Not for strangers");
		assert.deepEqual(await effect(own.id, again, undefined, "mallory@evil.example"), JOINS);
	});

	test("mails that meet by an id that never came here belong to one ticket, for those who take part in it", async () => {
		const row = await opened(desk, mail({ Subject: "Sibling one", "In-Reply-To": "<never.seen@customer.example>", Cc: "colleague@customer.example" }), "Sibling one");
		const second = { Subject: "Sibling two", References: "<never.seen@customer.example>" };
		assert.deepEqual(await effect(row.id, mail({ ...second, From: "colleague@customer.example" })), JOINS);
		assert.deepEqual(await effect(row.id, mail({ ...second, From: "other@stranger.example" })), OPENS_ITS_OWN);
	});

	test("a forged, altered, cut or borrowed token does not join", async () => {
		const [a, b] = [await answered("Token A"), await answered("Token B")];
		const [local = "", domain] = a.replyTo.split("@");
		const token = local.split("+t")[1] ?? "";
		const other = (b.replyTo.split("@")[0] ?? "").split("+t")[1] ?? "";
		const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === "a" ? "b" : "a") + text.slice(at + 1);
		const wrong = [flip(token, 0), flip(token, 9), flip(token, token.length - 2), token.slice(0, -1), `${token}a`, "a".repeat(token.length),
			/* the number of one ticket with the signature of another */
			other.slice(0, 10) + token.slice(10), "", a.id];
		for (const [index, one] of wrong.entries()) {
			const to = `support+t${one}@${domain}`;
			const [joined] = await effect(a.id, mail({ From: "mallory@evil.example", To: to, Subject: `Forged ${index}` }), to, "mallory@evil.example");
			assert.equal(joined, 0, to);
			await ticketNamed(desk, `Forged ${index}`);
		}
		/* a token of B on a mail that refers to A belongs to B */
		assert.deepEqual(await effect(b.id, mail({ To: b.replyTo, "In-Reply-To": a.messageId, Subject: "both" })), JOINS);
	});

	test("who is on Cc may answer by reference, who was on Bcc too", async () => {
		const a = await answered("With copies", { to: [ANNA], cc: ["carl@customer.example"], bcc: ["bea@auditor.example"] });
		assert.deepEqual(await effect(a.id, mail({ From: "Carl <carl@customer.example>", "In-Reply-To": a.messageId })), JOINS);
		assert.deepEqual(await effect(a.id, mail({ From: "bea@auditor.example", "In-Reply-To": a.messageId })), JOINS);
		assert.equal((await desk.api.get(`/desk/v1/tickets/${a.id}`)).contact.email, ANNA, "the requester stays");
	});

	const close = async (a: Answered) => {
		await desk.api.patch(`/crm/v3/objects/tickets/${a.id}`, { properties: { hs_pipeline_stage: "4" } });
		assert.equal((await desk.api.get(`/desk/v1/tickets/${a.id}`)).ticket.isClosed, true);
	};

	test("C-12: an answer to a closed ticket opens it again", async () => {
		const a = await answered("Closed too early");
		await close(a);
		assert.deepEqual(await effect(a.id, mail({ To: a.replyTo, Subject: "Still broken" })), JOINS);
		const { ticket, properties } = await desk.api.get(`/desk/v1/tickets/${a.id}`);
		assert.deepEqual([ticket.isClosed, properties.hs_pipeline_stage], [false, "1"]);
	});

	test("E-65: an automatic answer joins without opening the ticket again, and opens none", async () => {
		const a = await answered("On holiday");
		await close(a);
		for (const headers of [{ "Auto-Submitted": "auto-replied" }, { "X-Autoreply": "yes" }, { "Auto-Submitted": "auto-generated (rule)" }]) {
			assert.deepEqual(await effect(a.id, mail({ ...headers, To: a.replyTo, "In-Reply-To": a.messageId, Subject: "Out of office" })), JOINS);
			const message = await lastMessage(desk, a.id);
			assert.equal(message.isAutomatic, true);
			assert.equal((await desk.api.get(`/desk/v1/tickets/${a.id}`)).ticket.isClosed, true);
		}
		assert.deepEqual(await effect(a.id, mail({ "Auto-Submitted": "auto-replied", Subject: "Out of office, alone" })), NEITHER);
		assert.deepEqual(await effect(a.id, mail({ "Auto-Submitted": "no", Subject: "By hand" })), OPENS_ITS_OWN);
	});

	const dsn = (of: string, about: string, status = "5.1.1", action = "failed", headers = {}) =>
		mail(
			{ From: "Mail Delivery System <MAILER-DAEMON@mx.customer.example>", Subject: "Undelivered Mail", "Auto-Submitted": "auto-replied",
				"Content-Type": 'multipart/report; report-type=delivery-status; boundary="r"', "MIME-Version": "1.0", ...headers },
			parts("r", [
				{ headers: { "Content-Type": "text/plain" }, body: "Your mail could not be delivered." },
				{ headers: { "Content-Type": "message/delivery-status" },
					body: `Reporting-MTA: dns; mx.customer.example\r\n\r\nFinal-Recipient: rfc822; ${about}\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 ${status} No such user here\r\n` },
				{ headers: { "Content-Type": "text/rfc822-headers" }, body: `Message-ID: ${of}\r\nSubject: x\r\n` },
			]),
		);

	test("E-65: a bounce marks the mail that came back, with the reason, and opens no ticket", async () => {
		const a = await answered("Will bounce", { to: [ANNA], cc: ["carl@customer.example"] });
		assert.equal((await lastMessage(desk, a.id)).state, "SENT");
		assert.deepEqual(await effect(a.id, dsn(a.messageId, "carl@customer.example"), a.replyTo, ""), NEITHER);
		const message = await lastMessage(desk, a.id);
		assert.equal(message.id, a.outgoingId);
		assert.equal(message.state, "FAILED");
		const [to, cc] = [message.deliveries.find((d) => d.address === ANNA), message.deliveries.find((d) => d.address === "carl@customer.example")];
		assert.deepEqual([to?.state, cc?.state], ["SENT", "FAILED"]);
		assert.match(cc?.lastError ?? "", /550 5\.1\.1 No such user here/);
		assert.match(await decisionOf(desk, "Undelivered Mail"), new RegExp(`a mail of #${a.id} could not be delivered`));
		assert.equal((await desk.api.get("/healthz")).outbox.failed, 1);
	});

	test("a report that a mail is only delayed fails nothing and opens no ticket", async () => {
		const a = await answered("Will be late");
		await effect(a.id, dsn(a.messageId, ANNA, "4.4.1", "delayed", { Subject: "Delayed Mail" }), a.replyTo, "");
		assert.equal((await messages(desk, a.id)).find((m) => m.id === a.outgoingId)?.state, "SENT");
		assert.match(await decisionOf(desk, "Delayed Mail"), /\w/);
	});

	test("E-65: a bounce of a mail that is not ours, and any mail of the null sender, are set aside and can be wanted", async () => {
		const a = await answered("Bystander");
		assert.deepEqual(await effect(a.id, dsn("<not.ours@elsewhere.example>", "x@elsewhere.example", "5.1.1", "failed", { Subject: "Foreign bounce" }), undefined, ""), NEITHER);
		assert.deepEqual(await effect(a.id, mail({ Subject: "From the null sender" }), undefined, ""), NEITHER);
		const row = (await held(desk)).find((one) => one.subject === "From the null sender");
		assert.deepEqual([row?.state, row?.sender, row?.channel, row?.address], ["SET_ASIDE", ANNA, "lmtp", desk.inbox]);
		assert.match(row?.reason ?? "", /machine/);
		await desk.api.post(`/desk/v1/quarantine/${row?.id}/retry`);
		await ticketNamed(desk, "From the null sender");
		assert.equal((await held(desk)).some((one) => one.subject === "From the null sender"), false);
		assert.equal((await desk.api.get("/healthz")).quarantined, 0);
	});

	test("E-65: a mail of our own that comes back makes no loop", async () => {
		const a = await answered("Own loop");
		assert.deepEqual(await effect(a.id, a.sent.data, undefined, a.sent.from), NEITHER);
		assert.deepEqual(await effect(a.id, mail({ From: "support@desk.example", To: a.replyTo, Subject: "From ourselves" }), a.replyTo), NEITHER);
		assert.deepEqual(await effect(a.id, mail({ "X-Bellhop-Loop": "1", Subject: "Marked as a loop" })), NEITHER);
		assert.equal((await held(desk)).filter((one) => /loop/.test(one.reason ?? "")).length, 3);
		assert.equal(sink.mails.filter((m) => m.header("subject") === "Re: Own loop").length, 1);
	});

	test("a mail on a deleted ticket opens a new one", async () => {
		const a = await answered("To be deleted");
		await desk.api.delete(`/crm/v3/objects/tickets/${a.id}`);
		await give(desk, mail({ To: a.replyTo, "In-Reply-To": a.messageId, Subject: "After deletion" }));
		assert.notEqual((await ticketNamed(desk, "After deletion")).id, a.id);
	});
});
