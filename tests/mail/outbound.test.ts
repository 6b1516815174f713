/* Mail out: what an agent answers reaches whoever it is for, once, and its state is told truly. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, forEachEngine, headerText, LineClient, noPostfix, type SmtpSink, type SunkMail, startBellhop, startDovecot, startPostfix, startSmtpSink, waitFor } from "../harness/index.ts";
import { give, lastMessage, mail, messages, noErrors, opened, reply, settled, sql, ticketNamed } from "./desk.ts";

const ANNA = "anna@customer.example";
const headersOf = (m: SunkMail) => m.data.toString("latin1").split("\r\n\r\n")[0] ?? "";
const namesOf = (m: SunkMail) => headersOf(m).replace(/\r\n[ \t]+/g, " ").split("\r\n").map((line) => line.split(":")[0]);

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

	const sentTo = (address: string, subject: string) => sink.waitForMail(`a mail to ${address}`, (m) => m.to.includes(address) && m.header("subject") === subject);
	const stateOf = async (ticketId: string) => (await lastMessage(desk, ticketId)).state;
	const isSent = (ticketId: string) => waitFor("the message to be sent", async () => (await stateOf(ticketId)) === "SENT");
	const outbox = async (subject: string) => (await desk.api.get("/desk/v1/outbox?limit=500")).results.filter((row: { subject: string }) => row.subject === `Re: ${subject}`);
	const failures = { at: "rcpt", match: /anna@customer/ } as const;

	test("C-4 E-5 B5: an answer has exactly the headers that it should have", async () => {
		const first = mail({ Subject: "AW: Golden: Grüße", "Message-ID": "<first@customer.example>", References: "<r1@x.example>\r\n\t<r2@x.example>", "In-Reply-To": "<r2@x.example>",
			To: "support@desk.example, Dora <dora@customer.example>", Cc: "carl@customer.example, support@desk.example" });
		const row = await opened(desk, first, "AW: Golden: Grüße");
		const message = await reply(desk, row.id, { html: "<p>Dear <b>Anna</b>,<script>x</script></p><p>ąę</p>", bcc: ["bea@auditor.example"] });
		const m = await sink.waitForMail("Anna's mail", (one) => one.to[0] === ANNA);
		await isSent(row.id);
		assert.deepEqual(namesOf(m).sort(), ["Content-Type", "Date", "From", "In-Reply-To", "MIME-Version", "Message-ID", "References", "Reply-To", "Subject", "To", "Cc"].sort());
		assert.match(m.header("from") ?? "", /<support@desk\.example>$/);
		assert.match(m.header("reply-to") ?? "", /<support\+t[a-z2-7]{26}@desk\.example>$/);
		assert.equal(m.header("to"), `Anna Fischer <${ANNA}>`);
		assert.equal(m.header("cc"), "Dora <dora@customer.example>, carl@customer.example");
		assert.equal(m.header("in-reply-to"), "<first@customer.example>");
		assert.equal(m.header("references")?.replace(/\s+/g, " "), "<r1@x.example> <r2@x.example> <first@customer.example>");
		assert.match(m.header("message-id") ?? "", new RegExp(`^<[\\w-]{16,}\\.${row.id}@[\\w.-]+>$`));
		const subject = headerText(m.header("subject") ?? "");
		assert.equal(subject, "Re: Golden: Grüße");
		assert.ok(Math.abs(Date.parse(m.header("date") ?? "") - Date.now()) < 60_000, m.header("date"));
		assert.match(m.header("content-type") ?? "", /^multipart\/alternative;/);
		assert.match(m.from, /^support\+t[a-z2-7]{26}@desk\.example$/);
		assert.doesNotMatch(m.data.toString("latin1"), /<script/);
		assert.match(m.data.toString("latin1"), /Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
		assert.ok(m.data.toString("latin1").split("\r\n").every((line) => line.length <= 998));
		assert.deepEqual([message.to.map((a) => a.address), message.cc.map((a) => a.address), message.bcc?.map((a) => a.address)],
			[[ANNA], ["dora@customer.example", "carl@customer.example"], ["bea@auditor.example"]]);
	});

	test("E-18: who is on Bcc gets the mail, and nobody sees it in any byte", async () => {
		const row = await opened(desk, mail({ Subject: "Secret copy" }), "Secret copy");
		await reply(desk, row.id, { text: "Hello", to: [ANNA], cc: ["carl@customer.example"], bcc: ["bea@auditor.example", "ben@auditor.example"] });
		for (const address of [ANNA, "carl@customer.example", "bea@auditor.example", "ben@auditor.example"]) {
			const m = await sentTo(address, "Re: Secret copy");
			assert.doesNotMatch(m.data.toString("latin1"), /auditor|bcc/i);
			assert.deepEqual(m.to, [address]);
		}
		await isSent(row.id);
		const all = sink.mails.filter((m) => m.header("subject") === "Re: Secret copy");
		assert.equal(all.length, 4);
		assert.equal(new Set(all.map((m) => m.header("message-id"))).size, 1);
	});

	test("E-19: each address gets one mail, and our own none", async () => {
		const row = await opened(desk, mail({ Subject: "Twice" }), "Twice");
		await reply(desk, row.id, { text: "x", to: [ANNA, "ANNA@customer.example"], cc: ["anna@Customer.Example", "support@desk.example", "support+x@desk.example", "carl@customer.example"], bcc: ["Carl@customer.example"] });
		await isSent(row.id);
		assert.deepEqual(sink.mails.filter((m) => m.header("subject") === "Re: Twice").map((m) => m.to[0]).sort(), [ANNA, "carl@customer.example"]);
		const refused = await desk.api.request("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "x", to: ["support@desk.example"], cc: [] });
		assert.equal(refused.status, 400);
	});

	test("E-5: an answer to an older message takes its recipients and references from that message", async () => {
		const row = await opened(desk, mail({ Subject: "Two voices", "Message-ID": "<voice1@customer.example>", Cc: "carl@customer.example" }), "Two voices");
		const first = await lastMessage(desk, row.id);
		await give(desk, mail({ From: "carl@customer.example", Subject: "Re: Two voices", "In-Reply-To": "<voice1@customer.example>", "Message-ID": "<voice2@customer.example>" }));
		await settled(desk);
		await reply(desk, row.id, { text: "To the first", inReplyToId: first.id });
		const m = await sentTo(ANNA, "Re: Two voices");
		assert.deepEqual([m.header("in-reply-to"), m.header("references"), m.header("cc")], ["<voice1@customer.example>", "<voice1@customer.example>", "carl@customer.example"]);
		await reply(desk, row.id, { text: "To the newest" });
		const second = await sink.waitForMail("the second", (one) => one.header("in-reply-to") === "<voice2@customer.example>");
		assert.deepEqual(second.to, ["carl@customer.example"]);
		assert.equal(second.header("references")?.replace(/\s+/g, " "), "<voice2@customer.example>");
		await isSent(row.id);
	});

	test("nothing that an agent or a customer writes becomes a header or a recipient", async () => {
		const subject = "Inject\r\nBcc: evil@x.example";
		const row = await opened(desk, mail({ Subject: "Injection", From: '"Anna\\" <x@evil.example>, \\"b" <anna@customer.example>' }), "Injection");
		for (const address of ["a@b.example\r\nRCPT TO:<evil@x.example>", "a@b.example>\r\nDATA", "a b@c.example", "a@b.example, c@d.example", "<a@b.example>", "\u0001@b.example", ""]) {
			const answer = await desk.api.request("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "x", to: [address] });
			assert.equal(answer.status, 400, address);
			assert.match(answer.text, /"in":"to"/);
		}
		await reply(desk, row.id, { text: "x\r\n.\r\nMAIL FROM:<evil@x.example>\r\n.dot\r\n..two", subject });
		await isSent(row.id);
		const m = sink.mails.at(-1) as SunkMail;
		assert.doesNotMatch(headersOf(m), /^Bcc:/im);
		assert.deepEqual([m.to, sink.mails.filter((one) => one.from.includes("evil")).length], [[ANNA], 0]);
		assert.match(m.data.toString(), /^(\.|=2E)dot\r\n(\.|=2E)\.two/m);
	});

	test("E-41 E-44 E-47 E-48: an answer, its status and its owner are one step; a wrong status sends nothing", async () => {
		const row = await opened(desk, mail({ Subject: "One step" }), "One step");
		const refused = await desk.api.request("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "never", stageId: "no-such-stage" });
		assert.equal(refused.status, 400, refused.text);
		assert.deepEqual([(await messages(desk, row.id)).length, (await outbox("One step")).length], [1, 0]);
		let whole = await desk.api.get(`/desk/v1/tickets/${row.id}`);
		assert.deepEqual([whole.ticket.ownerId, whole.properties.hs_pipeline_stage], [undefined, "1"]);
		await reply(desk, row.id, { text: "done", stageId: "4" });
		whole = await desk.api.get(`/desk/v1/tickets/${row.id}`);
		assert.deepEqual([whole.ticket.isClosed, whole.properties.hs_pipeline_stage], [true, "4"]);
		assert.ok(whole.ticket.ownerId, "it belongs to who answered");
		await isSent(row.id);
		/* what one wrote oneself is no news; what others wrote is, see E-71 in api/sending and browser/sending */
		await reply(desk, row.id, { text: "late", lastSeenMessageId: (await messages(desk, row.id))[0]?.id });
		assert.equal((await outbox("One step")).length, 2);
	});

	test("a message to ten people is sent when the last of them has it", async () => {
		const row = await opened(desk, mail({ Subject: "Ten people" }), "Ten people");
		const cc = Array.from({ length: 9 }, (_, i) => `p${i}@many.example`);
		for (let n = 0; n < 5; n++) {
			await reply(desk, row.id, { text: `round ${n}`, to: [ANNA], cc });
			await isSent(row.id);
			assert.deepEqual(new Set((await lastMessage(desk, row.id)).deliveries.map((d) => d.state)), new Set(["SENT"]));
		}
	});

	test("E-47 G2: a refusal for now is tried again: queued with the server's words, sent when it is wanted at once", async () => {
		const row = await opened(desk, mail({ Subject: "Greylisted" }), "Greylisted");
		sink.failNext({ ...failures, reply: "451 4.7.1 greylisted, come back" });
		await reply(desk, row.id, { text: "x", stageId: "4" });
		const delivery = await waitFor("the first try", async () => (await lastMessage(desk, row.id)).deliveries.find((d) => d.tries === 1));
		assert.equal(delivery.state, "QUEUED");
		assert.match(delivery.lastError ?? "", /451 4\.7\.1 greylisted, come back/);
		const wait = Date.parse(delivery.nextTryAt ?? "") - Date.now();
		assert.ok(wait > 20_000 && wait < 120_000, `${wait}`);
		assert.equal(await stateOf(row.id), "QUEUED");
		assert.equal((await desk.api.get(`/desk/v1/tickets/${row.id}`)).ticket.isClosed, true, "the status stays");
		const [queued] = await outbox("Greylisted");
		await desk.api.post(`/desk/v1/outbox/${queued.id}/retry`);
		await isSent(row.id);
		assert.equal(sink.mails.filter((m) => m.header("subject") === "Re: Greylisted").length, 1);
		const again = await desk.api.request("POST", `/desk/v1/outbox/${queued.id}/retry`);
		assert.equal(again.status, 409);
	});

	test("G1: a retry that is asked for many times at once sends one mail", async () => {
		const row = await opened(desk, mail({ Subject: "Impatient" }), "Impatient");
		sink.failNext({ ...failures, reply: "450 4.2.1 later" });
		await reply(desk, row.id, { text: "x" });
		await waitFor("the first try", async () => (await lastMessage(desk, row.id)).deliveries[0]?.tries === 1);
		const [queued] = await outbox("Impatient");
		const answers = await Promise.all(Array.from({ length: 20 }, () => desk.api.request("POST", `/desk/v1/outbox/${queued.id}/retry`)));
		for (const answer of answers) assert.ok([200, 409].includes(answer.status), answer.text);
		await isSent(row.id);
		await settled(desk);
		assert.equal(sink.mails.filter((m) => m.header("subject") === "Re: Impatient").length, 1);
	});

	test("a queued mail is tried again by itself when its time has come", async () => {
		const row = await opened(desk, mail({ Subject: "By itself" }), "By itself");
		sink.failNext({ at: "mail", reply: "421 4.3.2 shutting down" });
		await reply(desk, row.id, { text: "x" });
		await waitFor("the first try", async () => (await lastMessage(desk, row.id)).deliveries[0]?.tries === 1);
		/* the clock is not waited for: its time is made to have come */
		await sql(desk, "UPDATE job SET run_at = 1 WHERE kind = 'mail.send'");
		await isSent(row.id);
	});

	test("E-47: a refusal for good is shown with the server's words, is tried no more, and can be wanted again", async () => {
		const row = await opened(desk, mail({ Subject: "Refused" }), "Refused");
		sink.failNext({ ...failures, reply: "550 5.1.1 no such user here" });
		await reply(desk, row.id, { text: "x", to: [ANNA], cc: ["carl@customer.example"] });
		await waitFor("the refusal", async () => (await stateOf(row.id)) === "FAILED");
		await sentTo("carl@customer.example", "Re: Refused");
		await waitFor("both deliveries", async () => (await lastMessage(desk, row.id)).deliveries.every((d) => d.tries === 1));
		const { deliveries } = await lastMessage(desk, row.id);
		const anna = deliveries.find((d) => d.address === ANNA);
		assert.equal(anna?.state, "FAILED");
		assert.equal(anna?.nextTryAt, undefined);
		assert.match(anna?.lastError ?? "", /550 5\.1\.1 no such user here/);
		assert.equal(deliveries.find((d) => d.address !== ANNA)?.state, "SENT");
		const failed = (await outbox("Refused")).find((one: { state: string }) => one.state === "FAILED");
		await desk.api.post(`/desk/v1/outbox/${failed.id}/retry`);
		await isSent(row.id);
	});

	test("G1: a connection that breaks behind the last dot sends the same Message-ID and the same bytes again", async () => {
		const row = await opened(desk, mail({ Subject: "Broken off" }), "Broken off");
		sink.failNext({ at: "end", action: "drop-after" });
		await reply(desk, row.id, { text: "only once" });
		const delivery = await waitFor("the first try", async () => (await lastMessage(desk, row.id)).deliveries.find((d) => d.tries === 1));
		assert.equal(delivery.state, "QUEUED");
		assert.match(delivery.lastError ?? "", /same Message-ID/);
		await desk.api.post(`/desk/v1/outbox/${(await outbox("Broken off"))[0].id}/retry`);
		await isSent(row.id);
		const [one, two] = sink.mails.filter((m) => m.header("subject") === "Re: Broken off");
		assert.ok(one?.data.equals(two?.data ?? Buffer.alloc(0)), "the bytes differ");
	});

	for (const at of ["connect", "ehlo", "mail", "rcpt", "data", "end"] as const)
		test(`a connection that breaks at "${at}" loses nothing`, async () => {
			const subject = `Breaks at ${at}`;
			const row = await opened(desk, mail({ Subject: subject }), subject);
			sink.failNext({ at, action: "drop", times: at === "ehlo" ? 2 : 1 });
			await reply(desk, row.id, { text: "x" });
			await waitFor("the first try", async () => (await lastMessage(desk, row.id)).deliveries[0]?.tries === 1);
			sink.recover();
			assert.equal(await stateOf(row.id), "QUEUED");
			await desk.api.post(`/desk/v1/outbox/${(await outbox(subject))[0].id}/retry`);
			await isSent(row.id);
			assert.equal(sink.mails.filter((m) => m.header("subject") === `Re: ${subject}`).length, 1);
		});

	test("a stop or a kill while mails are queued loses none of them and sends none twice", async () => {
		const row = await opened(desk, mail({ Subject: "Over a restart" }), "Over a restart");
		const cc = Array.from({ length: 20 }, (_, i) => `r${i}@many.example`);
		sink.failNext({ at: "rcpt", reply: "451 4.3.0 later", match: /r[0-9]@many/, times: 10 });
		await reply(desk, row.id, { text: "x", to: [ANNA], cc });
		await waitFor("the first tries", async () => (await lastMessage(desk, row.id)).deliveries.every((d) => d.tries === 1));
		await desk.restart();
		assert.equal((await desk.api.get("/healthz")).outbox.queued, 10);
		await desk.kill9();
		await desk.restart();
		await sql(desk, "UPDATE job SET run_at = 1 WHERE kind = 'mail.send'");
		await isSent(row.id);
		const to = sink.mails.filter((m) => m.header("subject") === "Re: Over a restart").map((m) => m.to[0]);
		assert.deepEqual(to.sort(), [ANNA, ...cc].sort());
	});

	test("without a relay mails wait, the outbox and /healthz say so, and setting one releases them", async () => {
		const alone = await startBellhop({ engine });
		const row = await opened(alone, mail({ Subject: "No relay" }), "No relay");
		const message = await reply(alone, row.id, { text: "x" });
		assert.deepEqual([message.state, message.deliveries[0]?.state], ["WAITING", "WAITING"]);
		await settled(alone);
		let box = await alone.api.get("/desk/v1/outbox");
		assert.deepEqual([box.relay.isConfigured, box.waiting, box.results[0].state, box.results[0].tries], [false, 1, "WAITING", 0]);
		assert.deepEqual((await alone.api.get("/healthz")).outbox, { waiting: 1, queued: 0, failed: 0 });
		assert.equal((await alone.api.request("POST", `/desk/v1/outbox/${box.results[0].id}/retry`)).status, 409);
		assert.equal((await alone.api.request("PUT", "/desk/v1/relay", { url: "http://x" })).status, 400);
		const relay = await alone.api.put("/desk/v1/relay", { url: sink.url });
		assert.deepEqual([relay.url, relay.isConfigured, relay.fromCommandLine], [sink.url, true, false]);
		await sentTo(ANNA, "Re: No relay");
		await waitFor("the message to be sent", async () => (await lastMessage(alone, row.id)).state === "SENT");
		box = await alone.api.get("/desk/v1/outbox");
		assert.deepEqual([box.waiting, box.results.length, box.results[0].state], [0, 1, "SENT"]);
		assert.equal(sink.mails.filter((m) => m.header("subject") === "Re: No relay").length, 1);
		noErrors(alone);
		await alone.stop();
	});

	test("a relay is signed in to only over verified TLS; its password is never shown", async () => {
		const dovecot = await startDovecot({ users: { "x@y.example": "x" } });
		const local = await startSmtpSink({ users: { relay: "pass word" } });
		const alone = await startBellhop({ engine });
		const row = await opened(alone, mail({ Subject: "Signed in" }), "Signed in");
		/* TLS from the first byte, by an authority that this machine does not know */
		await alone.api.put("/desk/v1/relay", { url: `smtps://localhost:${dovecot.imapsPort}`, username: "relay", password: "pass word" });
		await reply(alone, row.id, { text: "x" });
		const delivery = await waitFor("the first try", async () => (await lastMessage(alone, row.id)).deliveries.find((d) => d.tries === 1));
		assert.equal(delivery.state, "QUEUED");
		assert.match(delivery.lastError ?? "", /certificate/i);
		await alone.api.put("/desk/v1/relay", { url: local.url, username: "relay", password: "wrong" });
		const [queued] = (await alone.api.get("/desk/v1/outbox")).results;
		await alone.api.post(`/desk/v1/outbox/${queued.id}/retry`);
		await waitFor("a sign-in that is refused", async () => /535/.test((await lastMessage(alone, row.id)).deliveries[0]?.lastError ?? ""));
		await alone.api.put("/desk/v1/relay", { url: local.url, username: "relay", password: "pass word" });
		await alone.api.post(`/desk/v1/outbox/${queued.id}/retry`);
		assert.equal((await local.waitForMail("the mail")).user, "relay");
		assert.doesNotMatch((await alone.api.request("GET", "/desk/v1/relay")).text, /pass word/);
		await alone.stop();
		await local.stop();
		await dovecot.stop();
	});

	test("E-60: an answer goes through a real Postfix into a real mailbox, and the customer's answer comes back to the ticket", { skip: noPostfix }, async () => {
		const dovecot = await startDovecot({ users: { [ANNA]: "secret" } });
		const alone = await startBellhop({ engine });
		const postfix = await startPostfix({
			routes: { "customer.example": `lmtp:inet:127.0.0.1:${dovecot.lmtpPort}`, "desk.example": `lmtp:inet:127.0.0.1:${alone.lmtpPort}`, "strict.example": `smtp:[127.0.0.1]:${sink.port}` },
		});
		const submit = async (data: Buffer, to: string) => {
			const client = await LineClient.open(postfix.port);
			await client.reply();
			for (const line of ["EHLO test.example", `MAIL FROM:<${ANNA}>`, `RCPT TO:<${to}>`, "DATA"]) assert.ok((await client.command(line)).code < 400, line);
			client.send(Buffer.concat([data, Buffer.from("\r\n.\r\n")]));
			assert.equal((await client.reply()).code, 250);
			client.close();
		};
		await submit(mail({ Subject: "The whole way" }), "support@desk.example");
		const row = await waitFor("the ticket", () => ticketNamed(alone, "The whole way"));
		await alone.api.put("/desk/v1/relay", { url: postfix.url });
		await reply(alone, row.id, { text: "Grüße.\n.\n..", html: "<p>Grüße</p>" });
		const raw = await waitFor("the mail in the mailbox", () => dovecot.mails(ANNA)[0], { timeoutMs: 20_000 });
		const header = (name: string) => new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, "im").exec(raw.replace(/\r/g, ""))?.[1]?.replace(/\n\s+/g, " ") ?? "";
		assert.equal(header("Subject"), "Re: The whole way");
		assert.equal((await lastMessage(alone, row.id)).state, "SENT");
		const replyTo = /<([^>]+)>/.exec(header("Reply-To"))?.[1] ?? header("Reply-To");
		await submit(mail({ To: replyTo, From: "anna.private@home.example", "In-Reply-To": header("Message-ID"), Subject: "Re: The whole way" }, "It works."), replyTo);
		await waitFor("the answer on the ticket", async () => (await messages(alone, row.id)).length === 3, { timeoutMs: 20_000 });
		assert.equal((await lastMessage(alone, row.id)).text.trim(), "It works.");

		/* a real bounce of a real mail server */
		sink.failNext({ at: "rcpt", match: /strict/, reply: "550 5.1.1 nobody of that name" });
		await reply(alone, row.id, { text: "x", to: ["nobody@strict.example"], cc: [] });
		await waitFor("the bounce", async () => (await lastMessage(alone, row.id)).state === "FAILED", { timeoutMs: 20_000 });
		assert.match((await lastMessage(alone, row.id)).deliveries[0]?.lastError ?? "", /550 5\.1\.1 nobody of that name/);
		assert.equal((await messages(alone, row.id)).length, 4);
		noErrors(alone);
		await postfix.stop();
		await alone.stop();
		await dovecot.stop();
	});
});
