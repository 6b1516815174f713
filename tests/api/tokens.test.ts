/* API tokens under /desk/v1/tokens: made with scopes, listed without their secrets, revoked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, forEachEngine, openStream } from "../harness/index.ts";
import { agent, caller, desk, expectStatus, OBJECTS, refused, sql } from "./help.ts";

const TOKENS = "/desk/v1/tokens";

forEachEngine((engine) => {
	const at = desk(engine);
	const use = (token: string) => caller(api(at.bellhop.url, token));

	test("a token works within its scopes until it is revoked; its secret is shown once and not kept", async () => {
		const made = await expectStatus(at.call("POST", TOKENS, { name: "Shop", scopes: ["tickets", "crm.objects.contacts.read", "tickets"] }), 201);
		assert.deepEqual([made.name, made.scopes, typeof made.id, typeof made.userId], ["Shop", ["tickets", "crm.objects.contacts.read"], "string", "string"]);
		assert.match(made.token, /^bellhop_[\w-]{43}$/);
		const call = use(made.token);
		await expectStatus(call("GET", `${OBJECTS}/tickets`), 200);
		assert.equal((await refused(call("GET", `${OBJECTS}/companies`), 403)).category, "MISSING_SCOPES");
		const { token, ...rest } = made;
		assert.deepEqual(await expectStatus(at.call("GET", `${TOKENS}/${made.id}`), 200), rest);
		const list = await expectStatus(at.call("GET", TOKENS), 200);
		assert.ok(list.results.some((t: any) => t.id === made.id));
		assert.ok(!JSON.stringify(list).includes(token));
		assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM api_token WHERE token_hash = '${token}'`), "0");
		const stream = await openStream(`${at.bellhop.url}/desk/v1/stream`, { authorization: `Bearer ${token}` });
		await expectStatus(at.call("DELETE", `${TOKENS}/${made.id}`), 204);
		await stream.ended;
		await refused(call("GET", `${OBJECTS}/tickets`), 401);
		await refused(at.call("GET", `${TOKENS}/${made.id}`), 404);
		await refused(at.call("DELETE", `${TOKENS}/${made.id}`), 404);
	});

	test("a token for another user has that user's rights", async () => {
		const user = await expectStatus(at.call("GET", `/settings/v3/users/${agent.email}?idProperty=EMAIL`), 200);
		const made = await expectStatus(at.call("POST", TOKENS, { scopes: ["*"], userId: user.id }), 201);
		assert.equal((await expectStatus(use(made.token)("GET", "/desk/v1/session"), 200)).user.id, user.id);
		await refused(use(made.token)("GET", TOKENS), 403, "Only super admins may do this.");
	});

	test("what is not valid is refused, with the field; the list has pages", async () => {
		for (const [body, field] of [
			[{}, "scopes"], [{ scopes: [] }, "scopes"], [{ scopes: "tickets" }, "scopes"], [{ scopes: ["two words"] }, "scopes"], [{ scopes: ["a,b"] }, "scopes"], [{ scopes: [1] }, "scopes"], [{ scopes: ["x".repeat(5000)] }, "scopes"],
			[{ scopes: ["*"], userId: "999999" }, "userId"], [{ scopes: ["*"], name: "x".repeat(201) }, "name"],
		] as const) assert.equal((await refused(at.call("POST", TOKENS, body), 400)).errors[0].in, field, JSON.stringify(body));
		await expectStatus(at.call("POST", TOKENS, { scopes: ["*"] }), 201);
		const first = await expectStatus(at.call("GET", `${TOKENS}?limit=1`), 200);
		const second = await expectStatus(at.call("GET", `${TOKENS}?limit=1&after=${first.paging.next.after}`), 200);
		assert.ok(Number(second.results[0].id) > Number(first.results[0].id));
	});
});
