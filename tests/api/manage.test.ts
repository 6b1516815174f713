/* Managing tickets: one thing done to many and taken back, merges and splits with the mail that comes after them, what is out of the
 * queues, the recycle bin and the history. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { forEachEngine, lmtpSend, type SmtpSink, startSmtpSink, type SunkMail, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, newCompany, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const BULK = "/desk/v1/tickets/bulk";

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

	const bulk = (action: string, ids: unknown[], more: object = {}, by = call) => expectStatus(by("POST", BULK, { action, ticketIds: ids, ...more }), 200);
	const undo = (actId: string, by = call) => expectStatus(by("POST", `/desk/v1/ticket-acts/${actId}/undo`), 200);
	const detail = (id: string) => expectStatus(call("GET", `/desk/v1/tickets/${id}`), 200);
	const texts = async (id: string) => (await expectStatus(call("GET", `/desk/v1/tickets/${id}/messages`), 200)).results.map((m: any) => m.text.trim().split("\n")[0]);
	const property = async (id: string, name: string) => (await expectStatus(call("GET", `${OBJECTS}/tickets/${id}?properties=${name}`), 200)).properties[name];
	const linked = async (id: string, to: string) => (await expectStatus(call("GET", `/crm/v4/objects/tickets/${id}/associations/${to}`), 200)).results.map((l: any) => l.toObjectId).sort();
	const isIn = async (view: string, id: string) => (await expectStatus(call("GET", `/desk/v1/views/${view}/tickets?limit=100`), 200)).results.some((r: any) => r.id === id);

	async function answer(id: string, text: string): Promise<SunkMail> {
		await expectStatus(call("POST", `/desk/v1/tickets/${id}/replies`, { text }), 201);
		return sink.waitForMail(text, (mail) => mail.text.includes(text));
	}
	const idOf = (mail: SunkMail) => mail.header("Message-ID") ?? "";
	const replyTo = (mail: SunkMail) => /<?([^<>\s]+@[^<>\s]+)>?\s*$/.exec(mail.header("Reply-To") ?? "")?.[1] ?? "";

	/* A mail of the customer; where it is an answer, to an address with or without a token. */
	async function mail(from: string, to: string, subject: string, text: string, inReplyTo?: string) {
		const data = `From: ${from}\nTo: ${to}\nSubject: ${subject}\nMessage-ID: <${Math.random().toString(36).slice(2)}@customer.example>\n${inReplyTo ? `In-Reply-To: ${inReplyTo}\nReferences: ${inReplyTo}\n` : ""}Date: Sat, 21 Nov 2026 10:00:00 +0000\n\n${text}\n`;
		const { replies } = await lmtpSend(at.bellhop.lmtpPort, { from, to: [to], data });
		assert.equal(replies[0]?.code, 250, replies[0]?.text);
	}
	const arrives = (id: string, text: string) => waitFor(`"${text}" in #${id}`, async () => (await texts(id)).includes(text));

	test("H-16 one thing is done to many, those that refuse are told, and undo puts back what is still as it was left", async () => {
		const [a, b, c] = [await newTicket(call), await newTicket(call), await newTicket(call)];
		await expectStatus(call("PATCH", `${OBJECTS}/tickets/${b.id}`, { properties: { hs_ticket_priority: "LOW" } }), 200);
		const done = await bulk("set", [a.id, b.id, c.id, "987654321"], { properties: { hs_ticket_priority: "HIGH", hs_pipeline_stage: "4" } });
		assert.deepEqual(done.done, [a.id, b.id, c.id]);
		assert.deepEqual(done.failed.map((f: any) => [f.ticketId, f.status]), [["987654321", 404]]);
		for (const { id } of [a, b, c]) assert.equal(await isIn("closed", id), true);
		await expectStatus(call("PATCH", `${OBJECTS}/tickets/${c.id}`, { properties: { hs_ticket_priority: "URGENT", hs_pipeline_stage: "2" } }), 200);
		const undone = await undo(done.actId);
		assert.deepEqual([undone.done, undone.failed.map((f: any) => [f.ticketId, f.status])], [[a.id, b.id], [[c.id, 409]]]);
		for (const [id, priority, stage] of [[a.id, null, "1"], [b.id, "LOW", "1"], [c.id, "URGENT", "2"]]) {
			assert.equal((await property(id, "hs_ticket_priority")) || null, priority);
			assert.equal(await property(id, "hs_pipeline_stage"), stage);
		}
		await refused(call("POST", `/desk/v1/ticket-acts/${done.actId}/undo`), 409, /undone already/);
		const mine = await bulk("set", [a.id], { properties: { subject: "Mine" } }, at.call);
		await refused(call("POST", `/desk/v1/ticket-acts/${mine.actId}/undo`), 403);
		await refused(call("POST", "/desk/v1/ticket-acts/987654321/undo"), 404);
	});

	test("bad input is refused with the name of the field", async () => {
		const { id } = await newTicket(call);
		const post = (body: object) => call("POST", BULK, body);
		await refused(post({ action: "explode", ticketIds: [id] }), 400, /explode/);
		await refused(post({ action: "set", ticketIds: [id] }), 400, /properties/);
		await refused(post({ action: "set", ticketIds: [] , properties: { subject: "x" } }), 400, /ticketIds/);
		await refused(post({ action: "set", ticketIds: Array.from({ length: 501 }, (_, i) => i + 1), properties: { subject: "x" } }), 400);
		await refused(post({ action: "set", ticketIds: [id], properties: ["x"] }), 400, /properties/);
		await refused(post({ action: "snooze", ticketIds: [id], until: "2020-01-01T00:00:00Z" }), 400, /until/);
		await refused(post({ action: "snooze", ticketIds: [id] }), 400, /until/);
		await refused(post({ action: "move", ticketIds: [id], inboxId: "987654321" }), 400, /inbox/);
		await refused(post({ action: "merge", ticketIds: [id] }), 400, /intoId/);
		await refused(post({ action: "split", ticketIds: [id] }), 400);
		await refused(call("POST", `/desk/v1/tickets/${id}/split`, { messageIds: ["987654321"] }), 400, /987654321/);
		await refused(call("POST", `/desk/v1/tickets/${id}/split`, {}), 400, /messageIds/);
		const wrong = await bulk("set", [id], { properties: { hs_pipeline_stage: "no such stage", nothing: "x" } });
		assert.deepEqual([wrong.done, wrong.actId, wrong.failed[0].status], [[], undefined, 400]);
	});

	test("K-10 a status that demands properties refuses each ticket without them and says which", async () => {
		await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "3", requiredProperties: ["hs_resolution"] }] }), 200);
		const [a, b] = [await newTicket(call), await newTicket(call, { hs_resolution: "ISSUE_FIXED" })];
		const done = await bulk("set", [a.id, b.id], { properties: { hs_pipeline_stage: "3" } });
		assert.deepEqual([done.done, done.failed.map((f: any) => [f.ticketId, f.missingProperties])], [[b.id], [[a.id, ["hs_resolution"]]]]);
		assert.equal(await property(a.id, "hs_pipeline_stage"), "1");
		assert.deepEqual((await bulk("set", [a.id], { properties: { hs_pipeline_stage: "3", hs_resolution: "ISSUE_FIXED" } })).done, [a.id]);
	});

	test("H-8 H-22 a merge keeps the first id, the second leads there, mails to either land there; undo puts all back, nothing lost or doubled", async () => {
		const a = await mailIn(at.bellhop, "mo@customer.example", "Lamp one", "First lamp.");
		const b = await mailIn(at.bellhop, "mo@customer.example", "Lamp two", "Second lamp.");
		const company = await newCompany(call, "Lamps of all kinds");
		const link = (id: string) => expectStatus(call("PUT", `/crm/v4/objects/tickets/${id}/associations/default/companies/${company.id}`), 200);
		await link(b.id);
		await bulk("set", [b.id], { properties: { hs_ticket_priority: "HIGH", hs_resolution: "ISSUE_FIXED" } });
		await bulk("set", [a.id], { properties: { hs_ticket_priority: "LOW" } });
		const [ra, rb] = [await answer(a.id, "Answer to lamp one"), await answer(b.id, "Answer to lamp two")];
		const contacts = await linked(b.id, "contacts");

		const done = await bulk("merge", [b.id], { intoId: a.id });
		assert.deepEqual(done.done, [b.id]);
		const now = await detail(b.id);
		assert.equal(now.ticket.id, a.id);
		assert.equal(now.ticket.subject, "Lamp one");
		assert.deepEqual(now.ties.map((t: any) => [t.kind, t.isOther, t.ticketId, t.subject, t.isUndoable]), [["merge", true, b.id, "Lamp two", true]]);
		assert.equal(now.properties.hs_merged_object_ids, b.id);
		assert.deepEqual([now.properties.hs_ticket_priority, now.properties.hs_resolution], ["LOW", "ISSUE_FIXED"]);
		assert.deepEqual(await texts(b.id), await texts(a.id));
		assert.deepEqual(await texts(a.id), ["First lamp.", "Second lamp.", "Answer to lamp one", "Answer to lamp two"]);
		assert.deepEqual(await linked(a.id, "companies"), [company.id]);
		assert.equal(await isIn("open", b.id), false);

		/* both mails lead to the survivor: by the token of either, and by the reference alone */
		await mail("mo@customer.example", replyTo(ra), "Re: Lamp one", "Again one.", idOf(ra));
		await mail("mo@customer.example", replyTo(rb), "Re: Lamp two", "Again two.", idOf(rb));
		await mail("colleague@customer.example", replyTo(rb), "Re: Lamp two", "Colleague two.");
		await arrives(a.id, "Again one.");
		await arrives(a.id, "Again two.");
		await arrives(a.id, "Colleague two.");

		const undone = await undo(done.actId);
		assert.deepEqual([undone.done, undone.failed], [[b.id], []]);
		const of = async (id: string) => (await texts(id)).sort();
		assert.deepEqual((await of(a.id)).filter((t: string) => t !== "Colleague two."), ["Again one.", "Answer to lamp one", "First lamp."]);
		assert.deepEqual((await of(b.id)).filter((t: string) => t !== "Colleague two."), ["Again two.", "Answer to lamp two", "Second lamp."]);
		assert.equal([...(await of(a.id)), ...(await of(b.id))].length, 7);
		const [da, db] = [await detail(a.id), await detail(b.id)];
		assert.deepEqual([da.ticket.id, db.ticket.id], [a.id, b.id]);
		assert.deepEqual([da.properties.hs_ticket_priority, da.properties.hs_resolution, da.properties.hs_merged_object_ids], ["LOW", undefined, undefined]);
		assert.deepEqual([db.properties.hs_ticket_priority, db.properties.hs_resolution], ["HIGH", "ISSUE_FIXED"]);
		assert.deepEqual([da.ties, db.ties], [[], []]);
		assert.deepEqual(await linked(b.id, "companies"), [company.id]);
		assert.deepEqual(await linked(a.id, "companies"), []);
		assert.deepEqual([await linked(a.id, "contacts"), await linked(b.id, "contacts")], [contacts, contacts]);
		assert.deepEqual([await isIn("open", a.id), await isIn("open", b.id)], [true, true]);
		/* and mails go apart again */
		await mail("mo@customer.example", replyTo(rb), "Re: Lamp two", "Two is two.", idOf(rb));
		await arrives(b.id, "Two is two.");
		assert.equal((await texts(a.id)).includes("Two is two."), false);
		assert.equal(await sql(at.bellhop, `SELECT count(*) FROM object_merge WHERE id = ${b.id}`), "0");
	});

	test("several tickets merged in one step come apart in one; one merged on since says what to undo first", async () => {
		const [a, b, c, d] = [await newTicket(call, { subject: "A" }), await newTicket(call, { subject: "B" }), await newTicket(call, { subject: "C" }), await newTicket(call, { subject: "D" })];
		const all = await bulk("merge", [b.id, c.id], { intoId: a.id });
		assert.deepEqual(all.done, [b.id, c.id]);
		const on = await bulk("merge", [a.id], { intoId: d.id });
		assert.equal((await detail(c.id)).ticket.id, d.id);
		await refused(call("POST", `/desk/v1/ticket-acts/${all.actId}/undo`), 404);
		await undo(on.actId);
		assert.equal((await detail(c.id)).ticket.id, a.id);
		await undo(all.actId);
		for (const t of [a, b, c, d]) assert.equal((await detail(t.id)).ticket.id, t.id);
		const self = await bulk("merge", [a.id], { intoId: a.id });
		assert.deepEqual([self.done, self.failed[0].status], [[], 400]);
	});

	test("H-4 H-20 a split moves messages, copies contact and company, says where from; later mails go to the new ticket; undo joins them", async () => {
		const old = await mailIn(at.bellhop, "sue@customer.example", "Two things", "My lamp is broken.");
		const company = await newCompany(call, "Sue's shop");
		await expectStatus(call("PUT", `/crm/v4/objects/tickets/${old.id}/associations/default/companies/${company.id}`), 200);
		const first = await answer(old.id, "We send a lamp");
		await mail("sue@customer.example", replyTo(first), "Re: Two things", "And my chair too.", idOf(first));
		await arrives(old.id, "And my chair too.");
		const second = await answer(old.id, "What of the chair?");
		const all = (await expectStatus(call("GET", `/desk/v1/tickets/${old.id}/messages`), 200)).results;
		const chosen = all.slice(2).map((m: any) => m.id);
		await refused(call("POST", `/desk/v1/tickets/${old.id}/split`, { messageIds: all.map((m: any) => m.id) }), 400, /stays/);
		const made = await expectStatus(call("POST", `/desk/v1/tickets/${old.id}/split`, { messageIds: chosen, subject: "Chair" }), 201);
		assert.deepEqual([await texts(old.id), await texts(made.ticketId)], [["My lamp is broken.", "We send a lamp"], ["And my chair too.", "What of the chair?"]]);
		const [was, now] = [await detail(old.id), await detail(made.ticketId)];
		assert.deepEqual(was.ties.map((t: any) => [t.kind, t.isOther, t.ticketId, t.subject]), [["split", true, made.ticketId, "Chair"]]);
		assert.deepEqual(now.ties.map((t: any) => [t.kind, t.isOther, t.ticketId, t.subject]), [["split", false, old.id, "Two things"]]);
		assert.equal(now.properties.copied_from_ticket_id, old.id);
		assert.equal(now.properties.copied_ticket_source, "USER");
		assert.ok(now.properties.copied_at && now.properties.copied_by_user_id);
		assert.equal(now.contact.email, "sue@customer.example");
		assert.deepEqual(await linked(made.ticketId, "companies"), [company.id]);
		assert.deepEqual([was.ticket.preview, now.ticket.preview], ["We send a lamp", "What of the chair?"]);

		/* an answer to the mail that moved carries the old ticket's token: it goes where the mail is */
		await mail("sue@customer.example", replyTo(second), "Re: Two things", "The chair has three legs.", idOf(second));
		await arrives(made.ticketId, "The chair has three legs.");
		await mail("sue@customer.example", replyTo(first), "Re: Two things", "The lamp works.", idOf(first));
		await arrives(old.id, "The lamp works.");
		/* by its reference alone too */
		await mail("sue@customer.example", at.bellhop.inbox, "Re: Two things", "Four now.", idOf(second));
		await arrives(made.ticketId, "Four now.");

		const undone = await undo(made.actId);
		assert.deepEqual(undone.done, [made.ticketId]);
		assert.equal((await texts(old.id)).length, 7);
		assert.equal((await detail(made.ticketId)).ticket.id, old.id);
		await mail("sue@customer.example", replyTo(second), "Re: Two things", "All in one.", idOf(second));
		await arrives(old.id, "All in one.");
		assert.equal(await sql(at.bellhop, `SELECT count(*) FROM message WHERE ticket_id = ${made.ticketId}`), "0");
	});

	test("H-14 H-21 a snoozed ticket is in no open queue, comes back at its time or when the customer writes, and keeps owner and status", async () => {
		const row = await mailIn(at.bellhop, "later@customer.example", "Later", "Not now.");
		const sent = await answer(row.id, "Tomorrow then");
		const before = await detail(row.id);
		const soon = new Date(Date.now() + 1500).toISOString();
		await bulk("snooze", [row.id], { until: soon });
		const asleep = (await detail(row.id)).ticket;
		assert.ok(asleep.snoozedUntil && asleep.snoozedBy);
		assert.equal(await isIn("open", row.id), false);
		await waitFor("it comes back", () => isIn("open", row.id));
		const awake = (await detail(row.id)).ticket;
		assert.deepEqual([awake.ownerId, awake.stageId, awake.snoozedUntil], [before.ticket.ownerId, before.ticket.stageId, undefined]);

		const long = await bulk("snooze", [row.id], { until: new Date(Date.now() + 86400_000).toISOString() });
		assert.equal(await isIn("open", row.id), false);
		await mail("later@customer.example", replyTo(sent), "Re: Later", "It is urgent now.", idOf(sent));
		await arrives(row.id, "It is urgent now.");
		assert.equal(await isIn("open", row.id), true);
		assert.deepEqual((await undo(long.actId)).failed.map((f: any) => f.status), [409]);
		const again = await bulk("snooze", [row.id], { until: new Date(Date.now() + 86400_000).toISOString() });
		await undo(again.actId);
		assert.equal(await isIn("open", row.id), true);
	});

	test("H-12 H-13 spam leaves the queues; a blocked sender's mails become spam, also his answers, until he is unblocked", async () => {
		const row = await mailIn(at.bellhop, "spammer@junk.example", "Buy now", "Cheap lamps.");
		const done = await bulk("spam", [row.id]);
		assert.deepEqual([await isIn("open", row.id), (await detail(row.id)).ticket.spamAt !== undefined], [false, true]);
		await undo(done.actId);
		assert.equal(await isIn("open", row.id), true);
		const blocked = await bulk("block", [row.id]);
		assert.equal(await isIn("open", row.id), false);
		const list = (await expectStatus(call("GET", "/desk/v1/blocked-senders"), 200)).results;
		assert.deepEqual(list.map((b: any) => b.address), ["spammer@junk.example"]);
		await mail("SPAMMER@junk.example", at.bellhop.inbox, "Buy again", "Cheaper.");
		await waitFor("the mail is there", async () => (await sql(at.bellhop, "SELECT count(*) FROM object WHERE label = 'Buy again' AND spam_at > 0")) === "1");
		assert.equal((await expectStatus(call("GET", "/desk/v1/views/open/tickets"), 200)).results.some((r: any) => r.subject === "Buy again"), false);
		await expectStatus(call("DELETE", `/desk/v1/blocked-senders/${list[0].id}`), 204);
		await refused(call("DELETE", `/desk/v1/blocked-senders/${list[0].id}`), 404);
		await mailIn(at.bellhop, "spammer@junk.example", "Good now", "Sorry.");
		assert.equal(await sql(at.bellhop, "SELECT spam_at FROM object WHERE label = 'Good now'"), "0");
		await refused(call("POST", "/desk/v1/blocked-senders", { address: at.bellhop.inbox }), 400);
		await refused(call("POST", "/desk/v1/blocked-senders", { address: "no address" }), 400, /email/);
		await expectStatus(call("POST", "/desk/v1/blocked-senders", { address: "Other@Junk.example" }), 204);
		assert.deepEqual((await undo(blocked.actId)).done, [row.id]);
		assert.equal(await isIn("open", row.id), true);
	});

	test("H-9 a ticket moved to another inbox answers from that inbox's address", async () => {
		const inbox = await expectStatus(at.call("POST", "/desk/v1/inboxes", { name: "Billing" }), 201);
		const row = await mailIn(at.bellhop, "move@customer.example", "A bill", "Too high.");
		const without = await bulk("move", [row.id], { inboxId: inbox.id });
		assert.match(without.failed[0].message, /no email address/);
		await expectStatus(at.call("POST", "/desk/v1/channel-accounts", { inboxId: inbox.id, address: "billing@desk.example", name: "Billing", pipelineId: "0", stageId: "1" }), 201);
		const moved = await bulk("move", [row.id], { inboxId: inbox.id });
		assert.deepEqual(moved.done, [row.id]);
		assert.match((await answer(row.id, "We look at the bill")).header("From") ?? "", /billing@desk\.example/);
		await undo(moved.actId);
		assert.match((await answer(row.id, "Back in support")).header("From") ?? "", /support@desk\.example/);
	});

	test("H-10 H-24 what is deleted is in the recycle bin, is found there, and comes back with its conversation", async () => {
		const row = await mailIn(at.bellhop, "bin@customer.example", "100% lost_luggage", "Where is it?");
		const done = await bulk("delete", [row.id]);
		await refused(call("GET", `/desk/v1/tickets/${row.id}`), 404);
		const bin = async (q: string) => (await expectStatus(call("GET", `/desk/v1/recycle-bin?q=${encodeURIComponent(q)}`), 200)).results.map((r: any) => r.id);
		for (const q of ["", "100%", "LOST_", "bin@customer", `#${row.id}`, row.id]) assert.ok((await bin(q)).includes(row.id), q);
		for (const q of ["1000", "lostXluggage", "%%"]) assert.equal((await bin(q)).includes(row.id), false, q);
		await undo(done.actId);
		assert.deepEqual(await texts(row.id), ["Where is it?"]);
		await bulk("delete", [row.id]);
		assert.deepEqual((await bulk("restore", [row.id])).done, [row.id]);
		assert.deepEqual(await texts(row.id), ["Where is it?"]);
		assert.equal((await bin("")).includes(row.id), false);
	});

	test("H-15 the history tells who changed what from what, merges, splits and messages, in pages", async () => {
		const row = await mailIn(at.bellhop, "past@customer.example", "History", "Once upon a time.");
		const other = await newTicket(call, { subject: "Chapter two" });
		await bulk("set", [row.id], { properties: { hs_ticket_priority: "LOW" } });
		await bulk("set", [row.id], { properties: { hs_ticket_priority: "HIGH", hs_pipeline_stage: "2" } });
		await answer(row.id, "The end");
		await bulk("snooze", [row.id], { until: new Date(Date.now() + 86400_000).toISOString() });
		await bulk("merge", [other.id], { intoId: row.id });
		const read = (more = "") => expectStatus(call("GET", `/desk/v1/tickets/${row.id}/history?${more}`), 200);
		const { results } = await read();
		const kinds = results.map((r: any) => r.kind);
		for (const kind of ["created", "changed", "sent", "received", "snooze", "merge"]) assert.ok(kinds.includes(kind), `${kind} of ${kinds}`);
		const values = results.flatMap((r: any) => r.changes.map((v: any) => [v.property, v.before, v.after]));
		assert.ok(values.some((v: any) => v.join() === "hs_ticket_priority,LOW,HIGH"), JSON.stringify(values));
		assert.ok(values.some((v: any) => v.join() === "hs_pipeline_stage,1,2"));
		const merge = results.find((r: any) => r.kind === "merge");
		assert.deepEqual([merge.isOther, merge.otherTicketId, merge.otherSubject], [true, other.id, "Chapter two"]);
		assert.ok(results.find((r: any) => r.kind === "snooze").until);
		const paged: any[] = [];
		for (let before = ""; ; ) {
			const page = await read(`limit=2${before && `&before=${before}`}`);
			paged.push(...page.results);
			before = page.paging?.next.before;
			if (!before) break;
		}
		assert.deepEqual(paged, results);
		await refused(call("GET", `/desk/v1/tickets/${row.id}/history?before=x`), 400, /before/);
	});

	test("H-16 H-3 many are followed in one step, and only those that were not are unfollowed by undo", async () => {
		const [a, b] = [await newTicket(call), await newTicket(call)];
		await bulk("follow", [a.id]);
		const both = await bulk("follow", [a.id, b.id]);
		assert.deepEqual(both.done, [a.id, b.id]);
		assert.deepEqual([(await detail(a.id)).isFollowing, (await detail(b.id)).isFollowing], [true, true]);
		await undo(both.actId);
		assert.deepEqual([(await detail(a.id)).isFollowing, (await detail(b.id)).isFollowing], [true, false]);
		await bulk("unfollow", [a.id]);
		assert.equal((await detail(a.id)).isFollowing, false);
	});

	test("H-7 tickets that took part in 250 merges are not merged", async () => {
		const [a, b] = [await newTicket(call), await newTicket(call)];
		const fill = (from: number, n: number, into: string) => sql(at.bellhop, `INSERT INTO object_merge (id, object_type, into_id, at) WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${n}) SELECT ${from} + i, 5, ${into}, 1 FROM s`);
		await fill(800_000_000, 200, a.id);
		await fill(810_000_000, 49, b.id);
		const fits = await bulk("merge", [b.id], { intoId: a.id });
		await undo(fits.actId);
		await fill(820_000_000, 1, b.id);
		assert.match((await bulk("merge", [b.id], { intoId: a.id })).failed[0].message, /250 merges/);
	});

	test("C-31 spam is removed for good 90 days after it was marked, younger spam is not", async () => {
		const [old, young] = [await newTicket(call, { subject: "Old spam" }), await newTicket(call, { subject: "Young spam" })];
		await bulk("spam", [old.id, young.id]);
		const days = (n: number) => Date.now() - n * 86400_000;
		await sql(at.bellhop, `UPDATE object SET spam_at = ${days(91)} WHERE id = ${old.id}`);
		await sql(at.bellhop, `UPDATE object SET spam_at = ${days(89)} WHERE id = ${young.id}`);
		await at.bellhop.restart();
		await waitFor("the old one is gone", async () => (await sql(at.bellhop, `SELECT count(*) FROM object WHERE id = ${old.id}`)) === "0");
		assert.equal(await isIn("spam", young.id), true);
	});

	test("a viewer does none of it", async () => {
		const { id } = await newTicket(call);
		at.bellhop.command("user", "add", "--email", "viewer@desk.example", "--password", "only looking here", "--role", "viewer");
		const viewer = byCookie(at.bellhop, await signIn(at.bellhop, { email: "viewer@desk.example", password: "only looking here" }));
		for (const action of ["spam", "delete", "wake", "block"]) await refused(viewer("POST", BULK, { action, ticketIds: [id] }), 403);
		await refused(viewer("GET", "/desk/v1/recycle-bin"), 403);
		await refused(viewer("GET", "/desk/v1/blocked-senders"), 403);
		await refused(viewer("POST", `/desk/v1/tickets/${id}/split`, { messageIds: ["1"] }), 403);
		await expectStatus(viewer("GET", `/desk/v1/tickets/${id}/history`), 200);
	});
});
