/* Drafts: what one writes and has not sent is his alone, and nothing of it is lost. Rows E-30 to E-35 of the specification. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { api, forEachEngine, openStream, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, caller, desk, expectStatus, mailIn, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const SECRET = "zyzzyvaunsent";

forEachEngine((engine) => {
	const at = desk(engine);
	const me: { call: Call; cookie: string; admin: Call; adminCookie: string } = {} as never;
	before(async () => {
		me.cookie = await signIn(at.bellhop, agent);
		me.call = byCookie(at.bellhop, me.cookie);
		me.adminCookie = await signIn(at.bellhop, at.bellhop.admin);
		me.admin = byCookie(at.bellhop, me.adminCookie);
	});
	const path = (id: string, kind = "reply") => `/desk/v1/tickets/${id}/drafts/${kind}`;
	const save = (id: string, body: object, call = me.call, kind = "reply") => call("PUT", path(id, kind), body);
	const read = (id: string, call = me.call, kind = "reply") => expectStatus(call("GET", path(id, kind)), 200);
	const inView = async (id: string, call = me.call): Promise<boolean> => {
		const [view] = (await expectStatus(call("GET", "/desk/v1/views"), 200)).results.filter((v: any) => v.id === "drafts");
		const { results } = await expectStatus(call("GET", "/desk/v1/views/drafts/tickets"), 200);
		assert.equal(view.count, results.length);
		return results.some((r: any) => r.id === id);
	};
	const list = async (call = me.call) => (await expectStatus(call("GET", "/desk/v1/drafts"), 200)).results;

	describe("keeping", () => {
		test("E-30 E-33 a draft keeps text, recipients, subject, reply target, address to send from and files; one for each kind", async () => {
			const row = await mailIn(at.bellhop, "e33@customer.example", "E-33");
			const none = await read(row.id);
			assert.deepEqual([none.ticketId, none.kind, none.version, none.updatedAt], [row.id, "reply", 0, undefined]);
			const body = {
				html: "<p>Dear <b>customer</b></p>", text: "Dear customer", subject: "Re: other", recipients: { to: ["a@x.example", "half typ"], cc: [], bcc: ["c@x.example"] },
				channelAccountId: "1", inReplyToId: "7", lastSeenMessageId: "7", attachments: [{ fileId: "12", name: "a.pdf", sizeBytes: 7 }], device: "one", version: 0,
			};
			const saved = await expectStatus(save(row.id, body), 200);
			for (const draft of [saved, await read(row.id)]) {
				const { version, ticketId, kind, updatedAt, ...rest } = draft;
				assert.deepEqual([version, ticketId, kind], [1, row.id, "reply"]);
				assert.match(updatedAt, /Z$/);
				const { version: _, ...sent } = body;
				assert.deepEqual(rest, sent);
			}
			await expectStatus(save(row.id, { text: "A note", html: "<p>A note</p>" }, me.call, "comment"), 200);
			assert.equal((await read(row.id)).text, "Dear customer");
			assert.deepEqual((await list()).filter((d: any) => d.ticketId === row.id).map((d: any) => [d.kind, d.text]), [["comment", "A note"], ["reply", "Dear customer"]]);
			await expectStatus(me.call("DELETE", path(row.id, "comment")), 204);
			await expectStatus(me.call("DELETE", path(row.id, "comment")), 204);
			assert.equal((await read(row.id, me.call, "comment")).version, 0);
		});

		test("E-33 two windows: the newer text stands, and the other one is there to be got back until it is dropped", async () => {
			const { id } = await newTicket(at.call);
			await expectStatus(save(id, { html: "<p>from one</p>", text: "from one", device: "one", version: 0 }), 200);
			const two = await expectStatus(save(id, { html: "<p>from two</p>", text: "from two", device: "two", version: 0 }), 200);
			assert.deepEqual([two.version, two.text, two.kept.text, two.kept.html], [2, "from two", "from one", "<p>from one</p>"]);
			const more = await expectStatus(save(id, { html: "<p>from two, more</p>", text: "from two, more", device: "two", version: 2 }), 200);
			assert.equal(more.kept.text, "from one");
			/* a window whose answer was lost writes from an old version: no conflict with itself */
			const again = await expectStatus(save(id, { html: "<p>more still</p>", text: "more still", device: "two", version: 1 }), 200);
			assert.equal(again.kept.text, "from one");
			const dropped = await expectStatus(save(id, { html: "<p>more still</p>", text: "more still", device: "two", version: again.version, dropsKept: true }), 200);
			assert.equal(dropped.kept, undefined);
		});

		test("E-34 a draft goes when it is sent, whatever version it has; one that is empty is none", async () => {
			const row = await mailIn(at.bellhop, "e34@customer.example", "E-34");
			await refused(save(row.id, { text: "  ", html: "" }), 400);
			await expectStatus(save(row.id, { text: "to be sent", html: "<p>to be sent</p>" }), 200);
			await expectStatus(save(row.id, { text: "mine", html: "<p>mine</p>" }, me.admin), 200);
			assert.equal(await inView(row.id), true, "B-41");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "to be sent" }), 201);
			assert.equal((await read(row.id)).version, 0);
			assert.equal(await inView(row.id), false);
			assert.equal((await list()).some((d: any) => d.ticketId === row.id), false);
			assert.equal((await read(row.id, me.admin)).text, "mine", "a colleague's stays");
			/* what a program sends with his token is not what he wrote */
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "by token" }), 201);
			assert.equal((await read(row.id, me.admin)).text, "mine");
		});

		test("E-35 the draft of a deleted ticket is not reached, and is there again when the ticket is; a merged ticket's follows it", async () => {
			const [one, other] = [await mailIn(at.bellhop, "e35@customer.example", "E-35 one"), await mailIn(at.bellhop, "e35@customer.example", "E-35 other")];
			await expectStatus(save(one.id, { text: "on one", html: "<p>on one</p>" }), 200);
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${one.id}`), 204);
			await refused(me.call("GET", path(one.id)), 404);
			await refused(save(one.id, { text: "x" }), 404);
			assert.equal((await list()).some((d: any) => d.ticketId === one.id), false);
			await expectStatus(at.call("POST", `/desk/v1/objects/tickets/${one.id}/restore`), 200);
			assert.equal((await read(one.id)).text, "on one");
			await expectStatus(at.call("POST", `${OBJECTS}/tickets/merge`, { primaryObjectId: other.id, objectIdToMerge: one.id }), 200);
			assert.equal((await read(other.id)).text, "on one");
		});

		test("E-35 the draft on a ticket that one may not see any more is not reached, nor named", async () => {
			const who = { email: "limited@desk.example", password: "limited have words" };
			at.bellhop.command("user", "add", "--email", who.email, "--password", who.password);
			const { id: user } = await expectStatus(at.call("GET", `/settings/v3/users/${who.email}?idProperty=EMAIL`), 200);
			const row = await mailIn(at.bellhop, "e35c@customer.example", "E-35 lost");
			await expectStatus(save(row.id, { text: "mine", html: "<p>mine</p>" }, byCookie(at.bellhop, await signIn(at.bellhop, who))), 200);
			await expectStatus(at.call("PATCH", `/desk/v1/users/${user}`, { ticketView: "OWNED" }), 200);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, who));
			await refused(call("GET", path(row.id)), 404);
			await refused(save(row.id, { text: "x" }, call), 404);
			assert.deepEqual([await list(call), await inView(row.id, call)], [[], false]);
		});

		test("hostile drafts are refused with the field's name", async () => {
			const { id } = await newTicket(at.call);
			const field = async (body: object) => (await refused(save(id, body), 400)).errors[0].in;
			assert.equal(await field({ text: "x", recipients: [] }), "recipients");
			assert.equal(await field({ text: "x", attachments: {} }), "attachments");
			assert.equal(await field({ text: "x", html: "x".repeat((1 << 20) + 1) }), "html");
			assert.equal(await field({ text: "x", recipients: { to: ["x".repeat(70_000)] } }), "recipients");
			assert.equal(await field({ text: "x", device: "d".repeat(101) }), "device");
			assert.equal(await field({ text: "x", version: "one" }), "version");
			await refused(save(id, { text: "x" }, me.call, "other"), 404);
			await refused(me.call("GET", path("999999")), 404);
			await refused(me.call("GET", path("x")), 404);
		});
	});

	describe("E-32 a draft is private to its author", () => {
		test("E-32 no colleague, super admin, token, search, list, message, history, webhook or stream has a word of it", async () => {
			const row = await mailIn(at.bellhop, "e32@customer.example", "E-32");
			const streams = [
				await openStream(`${at.bellhop.url}/desk/v1/stream`, { authorization: `Bearer ${at.bellhop.token}` }),
				await openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie: me.adminCookie }),
			];
			const own = await openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie: me.cookie });
			for (const s of [...streams, own]) await waitFor("hello", () => s.events[0]?.event === "hello");
			await expectStatus(save(row.id, { text: SECRET, html: `<p>${SECRET}</p>`, subject: SECRET, recipients: { to: [`${SECRET}@x.example`] } }), 200);
			await waitFor("his own window hears", () => own.events.some((e) => e.event === "draft.changed" && e.data.ticketId === row.id));
			assert.equal(JSON.stringify(own.events).includes(SECRET), false, "what he hears is that it changed");

			assert.equal((await read(row.id, me.admin)).version, 0);
			assert.deepEqual([await inView(row.id), await inView(row.id, me.admin), await inView(row.id, at.call)], [true, false, false]);
			assert.equal((await list(me.admin)).length >= 0, true);
			assert.equal(JSON.stringify(await list(me.admin)).includes(SECRET), false);
			const ownToken = at.token(agent.email, "*");
			for (const call of [at.call, ownToken]) {
				await refused(call("GET", path(row.id)), 403);
				await refused(call("PUT", path(row.id), { text: "x" }), 403);
				await refused(call("DELETE", path(row.id)), 403);
				await refused(call("GET", "/desk/v1/drafts"), 403);
			}
			await refused(caller(api(at.bellhop.url))("GET", path(row.id)), 401);

			/* a message of the same time, so that the index and the stream are past the draft */
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "indexed marker" }), 201);
			await waitFor("the index", async () => (await expectStatus(me.admin("GET", "/desk/v1/search?q=marker"), 200)).results.length > 0);
			const places = [
				`/desk/v1/search?q=${SECRET}`, `/desk/v1/tickets/${row.id}`, `/desk/v1/tickets/${row.id}/messages`, `/desk/v1/tickets/${row.id}/held-replies`, "/desk/v1/views/open/tickets",
				`${OBJECTS}/tickets/${row.id}?propertiesWithHistory=subject,content`, `/conversations/v3/conversations/threads?associatedTicketId=${row.id}`, "/desk/v1/outbox", "/desk/v1/webhook-deliveries",
			];
			for (const place of places) assert.equal(JSON.stringify(await expectStatus(at.call("GET", place), 200)).includes(SECRET), false, place);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: SECRET }), 200);
			assert.equal(found.total, 0);
			await waitFor("the reply on all streams", () => streams.every((s) => s.events.some((e) => e.event === "message.added" && e.data.ticketId === row.id)));
			for (const s of streams) assert.equal(s.events.some((e) => e.event.startsWith("draft.")), false);
			for (const s of [...streams, own]) s.close();
			assert.equal((await read(row.id)).text, SECRET, "and it is still there");
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM event WHERE body LIKE '%${SECRET}%'`), "0");
		});
	});
});
