/* Idempotency-Key: a write that is sent twice is done once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, forEachEngine } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	let count = 0;
	const key = () => ({ "idempotency-key": `key ${++count}` });
	const ticket = (subject: string) => ({ properties: { subject, hs_pipeline_stage: "1" } });
	const made = async (subject: string) => Number(await sql(at.bellhop, `SELECT COUNT(*) FROM object WHERE label = '${subject}'`));

	test("the same key with the same body gives the same answer, byte for byte, and one object", async () => {
		const headers = key();
		const first = await at.call("POST", `${OBJECTS}/tickets`, ticket("Once"), headers);
		const second = await at.call("POST", `${OBJECTS}/tickets`, ticket("Once"), headers);
		assert.deepEqual([first.status, second.status], [201, 201]);
		assert.equal(second.text, first.text);
		assert.deepEqual([first.headers.get("idempotency-replayed"), second.headers.get("idempotency-replayed")], [null, "true"]);
		assert.equal(second.headers.get("location"), first.headers.get("location"));
		assert.equal(await made("Once"), 1);
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Once"), key()), 201);
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Once")), 201);
		assert.equal(await made("Once"), 3);
	});

	test("changes, removals without a body, and batches with their failures are answered again too", async () => {
		const { id } = await newTicket(at.call, { subject: "Again" });
		const [patch, remove, batch] = [key(), key(), key()];
		const change = () => at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject: "Changed" } }, patch);
		const first = await change();
		assert.equal((await change()).text, first.text);
		assert.equal(first.headers.get("etag"), (await change()).headers.get("etag"));
		for (let i = 0; i < 2; i++) await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${id}`, undefined, remove), 204);
		const many = () => at.call("POST", `${OBJECTS}/contacts/batch/create`, { inputs: [{ properties: { email: "one@customer.example" }, objectWriteTraceId: "1" }, { properties: { email: "there@customer.example" }, objectWriteTraceId: "2" }] }, batch);
		await expectStatus(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "there@customer.example" } }), 201);
		const answer = await many();
		assert.deepEqual([answer.status, (await many()).text], [207, answer.text]);
	});

	test("the same key for something else is 409 and names the key, whatever differs", async () => {
		const headers = key();
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Mine"), headers), 201);
		for (const [method, path, body] of [["POST", `${OBJECTS}/tickets`, ticket("Other")], ["POST", `${OBJECTS}/contacts`, ticket("Mine")], ["POST", `${OBJECTS}/tickets?x=1`, ticket("Mine")], ["DELETE", `${OBJECTS}/tickets/1`, undefined]] as const)
			await refused(at.call(method, path, body, headers), 409, new RegExp(`"${headers["idempotency-key"]}" was used for another request`));
		assert.equal(await made("Other"), 0);
	});

	test("twenty at once: one ticket; every answer is that one, or says that it is still running", async () => {
		const headers = key();
		const answers = await Promise.all(Array.from({ length: 20 }, () => at.call("POST", `${OBJECTS}/tickets`, ticket("Burst"), headers)));
		const done = answers.filter((a) => a.status === 201);
		assert.ok(done.length >= 1);
		assert.equal(new Set(done.map((a) => a.text)).size, 1);
		for (const a of answers.filter((answer) => answer.status !== 201)) await refused(a, 409, /still running/);
		assert.equal(await made("Burst"), 1);
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Burst"), headers), 201);
		assert.equal(await made("Burst"), 1);
	});

	test("what was refused has done nothing, and may be sent again with its key", async () => {
		const headers = key();
		const bad = { properties: { email: "claimed@customer.example" } };
		await expectStatus(at.call("POST", `${OBJECTS}/contacts`, bad), 201);
		for (let i = 0; i < 2; i++) await refused(at.call("POST", `${OBJECTS}/contacts`, bad, headers), 409, /Contact already exists/);
		await expectStatus(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "fresh@customer.example" } }, headers), 201);
	});

	test("keys are each caller's own, and a right that was lost counts", async () => {
		const headers = key();
		const one = at.token("admin@desk.example", "*");
		await expectStatus(one("POST", `${OBJECTS}/tickets`, ticket("Own"), headers), 201);
		await expectStatus(at.token("admin@desk.example", "*")("POST", `${OBJECTS}/tickets`, ticket("Own"), headers), 201);
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		await expectStatus(call("POST", `${OBJECTS}/tickets`, ticket("Own"), headers), 201);
		await expectStatus(byCookie(at.bellhop, await signIn(at.bellhop, agent))("POST", `${OBJECTS}/tickets`, ticket("Own"), headers), 201);
		assert.equal(await made("Own"), 3);
		await refused(caller(api(at.bellhop.url))("POST", `${OBJECTS}/tickets`, ticket("Own"), headers), 401);
	});

	test("it survives a restart and a kill, is forgotten after a day, and then swept", async () => {
		const headers = key();
		const send = () => at.call("POST", `${OBJECTS}/tickets`, ticket("Kept"), headers);
		const first = await send();
		await at.bellhop.kill9();
		await at.bellhop.restart();
		assert.equal((await send()).text, first.text);
		await sql(at.bellhop, `UPDATE kept_answer SET created_at = created_at - ${25 * 3600_000}`);
		assert.notEqual((await expectStatus(send(), 201)).id, first.body.id);
		await sql(at.bellhop, `UPDATE kept_answer SET created_at = created_at - ${25 * 3600_000}`);
		await at.bellhop.restart();
		for (let i = 0; i < 100 && (await sql(at.bellhop, "SELECT COUNT(*) FROM kept_answer")) !== "0"; i++) await new Promise((resolve) => setTimeout(resolve, 50));
		assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM kept_answer"), "0");
	});

	test("a secret is not kept: the second is told that it was done", async () => {
		const headers = key();
		const send = () => at.call("POST", "/desk/v1/tokens", { name: "once", scopes: ["tickets"] }, headers);
		const { token } = await expectStatus(send(), 201);
		await refused(send(), 409, /was done; its answer was not kept/);
		assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM kept_answer WHERE body LIKE '%${token}%'`), "0");
		assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM api_token WHERE name = 'once'"), "1");
	});

	test("a key that is none is refused; on reads it is passed over", async () => {
		for (const bad of ["", "x".repeat(256), "t\u00e4st"]) assert.equal((await refused(at.call("POST", `${OBJECTS}/tickets`, ticket("Bad"), { "idempotency-key": bad }), 400)).errors[0].in, "Idempotency-Key");
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Good"), { "idempotency-key": "x".repeat(255) }), 201);
		const headers = key();
		await expectStatus(at.call("GET", `${OBJECTS}/tickets`, undefined, headers), 200);
		await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, {}, headers), 200);
		await expectStatus(at.call("POST", `${OBJECTS}/tickets`, ticket("Good"), headers), 201);
	});
});
