/* The live stream: what happens is told once, in order, to those who may hear it, also across a restart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApiAnswer, api, forEachEngine, openStream, type StreamEvent, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, desk, expectStatus, mailIn, newContact, newTicket, OBJECTS, signIn, sql } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const url = (query = "") => `${at.bellhop.url}/desk/v1/stream${query}`;
	const open = async (headers: Record<string, string> = {}, query = "") => {
		const stream = await openStream(url(query), { authorization: `Bearer ${at.bellhop.token}`, ...headers });
		assert.equal(stream.status, 200);
		await waitFor("hello", () => stream.events[0]?.event === "hello");
		return stream;
	};
	const kinds = (events: StreamEvent[]) => events.map((e) => e.event);
	const ids = (events: StreamEvent[]) => events.filter((e) => e.event !== "hello").map((e) => Number(e.id));
	const touch = (id: string, subject: string): Promise<ApiAnswer> => at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject } });

	test("hello comes first; a ticket's creation, change, messages and end follow with its row", async () => {
		const stream = await open();
		const { id } = await newTicket(at.call, { subject: "Live" });
		await expectStatus(touch(id, "Live, changed"), 200);
		const of = (ticketId: string, kind: string) => waitFor(`${kind} of ${ticketId}`, () => stream.events.find((e) => e.event === kind && e.data.ticketId === ticketId));
		const created = await of(id, "ticket.created");
		assert.deepEqual([created.data.kind, created.data.actorUserId], ["ticket.created", "1"]);
		assert.equal(created.id, created.data.id);
		assert.match(created.data.at, /Z$/);
		assert.equal((await of(id, "ticket.changed")).data.ticket.id, id);
		await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${id}`), 204);
		const row = await mailIn(at.bellhop, "live@customer.example", "Live mail");
		await of(id, "ticket.deleted");
		const added = await of(row.id, "message.added");
		assert.equal(added.data.ticket.subject, "Live mail");
		assert.equal(added.data.ticket.contactEmail, "live@customer.example");
		assert.equal(added.data.ticket.lastMessageFromVisitor, true);
		assert.match(added.data.messageId, /^\d+$/);
		assert.ok(kinds(stream.events).includes("contact.created"));
		const order = ids(stream.events);
		assert.deepEqual(order, [...new Set(order)].sort((x, y) => x - y));
		stream.close();
	});

	test("a client that comes back gets what it missed, by header or by query, and nothing twice", async () => {
		const stream = await open();
		const { id } = await newTicket(at.call);
		const first = await waitFor("the ticket", () => stream.events.find((e) => e.event === "ticket.created" && e.data.ticketId === id));
		stream.close();
		await stream.ended;
		for (let i = 0; i < 5; i++) await expectStatus(touch(id, `Missed ${i}`), 200);
		for (const again of [await open({ "last-event-id": first.id ?? "" }), await open({}, `?lastEventId=${first.id}`)]) {
			await waitFor("five changes", () => again.events.filter((e) => e.event === "ticket.changed").length >= 5);
			await expectStatus(touch(id, "Heard"), 200);
			await waitFor("the sixth", () => again.events.some((e) => e.data.ticket?.subject === "Heard"));
			const seen = again.events.filter((e) => e.event === "ticket.changed");
			assert.equal(new Set(seen.map((e) => e.id)).size, seen.length);
			assert.ok(seen.every((e) => Number(e.id) > Number(first.id)));
			again.close();
		}
	});

	test("across a restart nothing is lost and nothing told twice, while tickets are made all the time", async () => {
		let last = "";
		let stream = await open();
		last = stream.events[0]?.id ?? "";
		const made: string[] = [];
		const told: string[] = [];
		const take = () => {
			for (const e of stream.events.splice(0)) {
				if (e.id) last = e.id;
				if (e.event === "ticket.created") told.push(e.data.ticketId);
			}
		};
		for (let round = 0; round < 2; round++) {
			made.push(...(await Promise.all(Array.from({ length: 10 }, () => newTicket(at.call)))).map((t) => t.id));
			await waitFor("some of them", () => stream.events.some((e) => e.event === "ticket.created"));
			if (round === 0) await at.bellhop.restart();
			else {
				await at.bellhop.kill9();
				await at.bellhop.restart();
			}
			await stream.ended;
			take();
			made.push((await newTicket(at.call)).id);
			stream = await open({ "last-event-id": last });
		}
		made.push((await newTicket(at.call)).id);
		await waitFor("the last ticket", () => stream.events.some((e) => e.event === "ticket.created" && e.data.ticketId === made.at(-1)));
		take();
		assert.deepEqual([...told].sort(), [...made].sort());
		stream.close();
	});

	test("who is too far behind is told to reload; so is he whose place is not there any more", async () => {
		const stream = await open();
		const place = stream.events[0]?.id ?? "";
		stream.close();
		const { id } = await newTicket(at.call);
		const most = 1000;
		await sql(at.bellhop, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most + 100}) INSERT INTO event (kind, at, user_id, about_id, ticket_id, message_id) SELECT 'ticket.changed', 1, 0, ${id}, ${id}, 0 FROM n`);
		await expectStatus(touch(id, "Wakes the stream"), 200);
		/* who joins while all these go out has more before him than a stream may hold, and is ended after his reset */
		const newest = Number(await sql(at.bellhop, "SELECT max(id) FROM event"));
		await waitFor("the end of the burst", async () => {
			const now = await open();
			now.close();
			return Number(now.events[0]?.id) >= newest;
		});
		const late = await open({ "last-event-id": place });
		await waitFor("reset", () => kinds(late.events).includes("reset"));
		assert.deepEqual(kinds(late.events).slice(0, 2), ["hello", "reset"]);
		await expectStatus(touch(id, "After the reset"), 200);
		await waitFor("what comes now", () => late.events.some((e) => e.data.ticket?.subject === "After the reset"));
		late.close();
	});

	test("an agent hears nothing of the outbox, and an administrator does", async () => {
		const cookie = await signIn(at.bellhop, agent);
		const [his, hers] = [await openStream(url(), { cookie }), await open()];
		assert.equal(his.status, 200);
		await waitFor("hello", () => his.events.length > 0);
		const row = await mailIn(at.bellhop, "quiet@customer.example", "Quiet");
		const sink = await startSmtpSink();
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
		await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Hello" }), 201);
		await waitFor("the outbox", () => kinds(hers.events).includes("outbox.changed"));
		await newContact(at.call, "later@customer.example");
		await waitFor("what came later", () => his.events.some((e) => e.event === "contact.created" && Number(e.id) > Number(hers.events.find((h) => h.event === "outbox.changed")?.id)));
		assert.deepEqual(kinds(his.events).filter((kind) => /^(outbox|mailbox|quarantine)\./.test(kind)), []);
		assert.ok(kinds(his.events).includes("message.added"));
		/* nor when he comes back */
		const again = await openStream(url("?lastEventId=0"), { cookie });
		await waitFor("something", () => again.events.length > 0);
		assert.deepEqual(kinds(again.events).filter((kind) => /^(outbox|mailbox|quarantine)\./.test(kind)), []);
		for (const stream of [his, hers, again]) stream.close();
		await sink.stop();
	});

	test("without sign-in it is 401, with a token that lacks the scope 403, and both are JSON", async () => {
		const anonymous = await api(at.bellhop.url).request("GET", "/desk/v1/stream");
		assert.deepEqual([anonymous.status, anonymous.body.category], [401, "INVALID_AUTHENTICATION"]);
		assert.equal((await at.token("admin@desk.example", "conversations.read")("GET", "/desk/v1/stream")).status, 403);
	});
});
