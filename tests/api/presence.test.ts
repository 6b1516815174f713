/* E-70: who is on a ticket right now. Told on the stream and never stored. How long somebody counts as there who says nothing: src/desk/presence_test.c. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { forEachEngine, openStream, startBellhop, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, refused, signIn } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const password = "people have words";
	let aino: Call;
	let ainoId: string;

	async function person(email: string, rights: object = {}) {
		at.bellhop.command("user", "add", "--email", email, "--password", password);
		const id = (await expectStatus(at.call("GET", `/settings/v3/users/${email}?idProperty=EMAIL`), 200)).id as string;
		await expectStatus(at.call("PATCH", `/desk/v1/users/${id}`, rights), 200);
		const cookie = await signIn(at.bellhop, { email, password });
		return { id, cookie, call: byCookie(at.bellhop, cookie) };
	}
	async function open(headers: Record<string, string>) {
		const stream = await openStream(`${at.bellhop.url}/desk/v1/stream`, headers);
		await waitFor("hello", () => stream.events[0]?.event === "hello");
		return { ...stream, news: () => stream.events.filter((e) => e.event === "ticket.presence") };
	}
	const ticket = async (subject: string): Promise<string> => (await mailIn(at.bellhop, "presence@customer.example", subject)).id;
	const say = (call: Call, id: string, state: string, isTyping?: boolean) => call("POST", `/desk/v1/tickets/${id}/presence`, { state, isTyping });

	before(async () => {
		aino = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		ainoId = (await expectStatus(aino("GET", "/desk/v1/session"), 200)).user.id;
	});

	test("E-70 a colleague hears who comes, writes, types and leaves; the one himself does not; nothing of it moves Last-Event-ID", async () => {
		const id = await ticket("Presence");
		const admin = await open({ authorization: `Bearer ${at.bellhop.token}` });
		const own = await open({ cookie: await signIn(at.bellhop, agent) });
		const last = admin.events.at(-1)?.id;
		assert.deepEqual((await expectStatus(say(aino, id, "viewing"), 200)).results, []);
		await expectStatus(say(aino, id, "viewing"), 200);
		await expectStatus(say(aino, id, "reply", true), 200);
		assert.deepEqual((await expectStatus(say(at.call, id, "viewing"), 200)).results, [{ userId: ainoId, state: "reply", isTyping: true }]);
		await expectStatus(say(aino, id, "away"), 200);
		await waitFor("he is gone", () => admin.news().some((e) => e.data.state === "away"));
		const told = admin.news();
		const states = told.map((e) => `${e.data.state} ${e.data.isTyping}`);
		assert.deepEqual([states[0], states.at(-1)], ["viewing false", "away false"]);
		assert.ok(states.includes("reply true"));
		assert.equal(new Set(states).size, states.length, "a beat that says nothing new is not told");
		assert.ok(told.every((e) => e.id === undefined && e.data.ticketId === id && e.data.userId === ainoId));
		assert.equal(admin.events.filter((e) => e.id).at(-1)?.id, last);
		await waitFor("the admin, for the agent", () => own.news().length > 0);
		assert.ok(own.news().every((e) => e.data.userId === "1"));
		await expectStatus(say(at.call, id, "away"), 200);
		admin.close();
		own.close();
	});

	test("E-70 who opens the stream later is told who is there; typing ends by itself after six seconds", async () => {
		const id = await ticket("Typing");
		await expectStatus(say(aino, id, "comment", true), 200);
		const stream = await open({ authorization: `Bearer ${at.bellhop.token}` });
		const of = (isTyping: boolean) => stream.news().find((e) => e.data.ticketId === id && e.data.isTyping === isTyping);
		await waitFor("who is there", () => of(true));
		assert.equal(of(true)?.data.state, "comment");
		await waitFor("he paused", () => of(false), { timeoutMs: 9000 });
		assert.equal(of(false)?.data.state, "comment");
		await expectStatus(say(aino, id, "viewing", true), 200);
		await waitFor("he only looks", () => stream.news().some((e) => e.data.state === "viewing"));
		assert.ok(stream.news().filter((e) => e.data.state === "viewing").every((e) => !e.data.isTyping));
		await expectStatus(say(aino, id, "away"), 200);
		stream.close();
	});

	test("E-70 of a ticket that one may not see: 404, and no word of who is there", async () => {
		const limited = await person("owned@desk.example", { ticketView: "OWNED" });
		const hidden = await ticket("Hidden");
		await expectStatus(say(aino, hidden, "reply", true), 200);
		const stream = await open({ cookie: limited.cookie });
		await refused(say(limited.call, hidden, "viewing"), 404);
		await refused(say(at.call, "99999999", "viewing"), 404);
		const seen = await ticket("Shown");
		const { ownerId } = (await expectStatus(limited.call("GET", "/desk/v1/session"), 200)).user;
		await expectStatus(at.call("PATCH", `/crm/v3/objects/tickets/${seen}`, { properties: { hubspot_owner_id: ownerId } }), 200);
		await expectStatus(say(aino, hidden, "comment", false), 200);
		await expectStatus(say(aino, seen, "viewing"), 200);
		await waitFor("his own ticket", () => stream.news().some((e) => e.data.ticketId === seen));
		assert.ok(stream.news().every((e) => e.data.ticketId === seen));
		for (const id of [hidden, seen]) await expectStatus(say(aino, id, "away"), 200);
		stream.close();
	});

	test("E-70 writing a reply takes a service seat; another state is refused by name", async () => {
		const id = await ticket("Seats");
		const core = await person("core@desk.example", { seat: "CORE" });
		await expectStatus(say(core.call, id, "viewing"), 200);
		await expectStatus(say(core.call, id, "comment"), 200);
		await refused(say(core.call, id, "reply"), 403);
		for (const body of [{ state: "sleeping" }, { state: "" }, {}, { state: 7 }]) {
			const error = await refused(aino("POST", `/desk/v1/tickets/${id}/presence`, body), 400);
			assert.match(JSON.stringify(error), /state/, JSON.stringify(body));
		}
		const error = await refused(aino("POST", `/desk/v1/tickets/${id}/presence`, { state: "viewing", isTyping: "maybe" }), 400);
		assert.match(JSON.stringify(error), /isTyping/);
		await refused(at.bellhop.api.request("POST", `/desk/v1/tickets/${id}/presence`, { state: "viewing" }, { authorization: "" }), 401);
		await expectStatus(say(core.call, id, "away"), 200);
	});

	/* SQLite has one process */
	test("E-70 whose stream another process serves hears of it too", { skip: engine === "sqlite" }, async () => {
		const other = await startBellhop({ engine, dataDir: at.bellhop.dataDir, db: at.bellhop.db });
		try {
			const id = await ticket("Two processes");
			const stream = await openStream(`${other.url}/desk/v1/stream`, { authorization: `Bearer ${at.bellhop.token}` });
			await waitFor("hello", () => stream.events[0]?.event === "hello");
			const last = () => stream.events.filter((e) => e.event === "ticket.presence").at(-1)?.data;
			await expectStatus(say(aino, id, "reply", true), 200);
			await waitFor("he writes", () => last()?.state === "reply");
			assert.deepEqual(last(), { kind: "ticket.presence", ticketId: id, userId: ainoId, state: "reply", isTyping: true });
			await expectStatus(say(aino, id, "away"), 200);
			await waitFor("he is gone", () => last()?.state === "away");
			stream.close();
		} finally {
			await other.stop();
		}
	});
});
