/* Connected apps under /desk/v1/apps: who may manage them, and that a secret is told once. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, refused, signIn, sql } from "./help.ts";

const APPS = "/desk/v1/apps";

forEachEngine((engine) => {
	const at = desk(engine);

	describe("apps", () => {
		test("made 201 with its secrets, read without them, changed 200, removed 204", async () => {
			const made = await expectStatus(at.call("POST", APPS, { name: "Billing", redirectUris: ["https://billing.example/back"], scopes: ["tickets", "crm.objects.contacts.read"] }), 201);
			assert.match(made.id, /^\d+$/);
			assert.match(made.clientId, /^[0-9a-f-]{36}$/);
			assert.match(made.clientSecret, /^[\w-]{43}$/);
			assert.match(made.developerKey, /^bellhop_dev_[\w-]{43}$/);
			const { clientSecret, developerKey, ...shown } = made;
			assert.deepEqual(await expectStatus(at.call("GET", `${APPS}/${made.id}`), 200), shown);
			assert.deepEqual((await expectStatus(at.call("GET", APPS), 200)).results, [shown]);
			const changed = await expectStatus(at.call("PUT", `${APPS}/${made.id}`, { name: "Bills" }), 200);
			assert.deepEqual([changed.name, changed.redirectUris, changed.scopes, changed.clientSecret], ["Bills", [], [], undefined]);
			await expectStatus(at.call("DELETE", `${APPS}/${made.id}`), 204);
			await refused(at.call("GET", `${APPS}/${made.id}`), 404);
			await refused(at.call("DELETE", `${APPS}/${made.id}`), 404);
			const stored = await sql(at.bellhop, "SELECT secret_sealed, developer_key_hash FROM app");
			assert.ok(!stored.includes(clientSecret) && !stored.includes(developerKey), "neither is stored as it is");
		});

		test("a secret and a key are made anew, together or one of them", async () => {
			const made = await expectStatus(at.call("POST", APPS, { name: "Rotating" }), 201);
			const rotate = (body: object) => expectStatus(at.call("POST", `${APPS}/${made.id}/rotate`, body), 200);
			const secret = await rotate({ what: "secret" });
			assert.ok(secret.clientSecret !== made.clientSecret && secret.developerKey === undefined);
			const key = await rotate({ what: "developerKey" });
			assert.ok(key.developerKey !== made.developerKey && key.clientSecret === undefined);
			const both = await rotate({});
			assert.ok(both.clientSecret && both.developerKey);
			await refused(at.call("POST", `${APPS}/${made.id}/rotate`, { what: "name" }), 400);
			await refused(at.call("POST", `${APPS}/999999/rotate`, {}), 404);
		});

		test("what may not be is refused, and the field is named", async () => {
			const field = async (body: object) => (await refused(at.call("POST", APPS, body), 400)).errors[0].in;
			assert.equal(await field({}), "name");
			assert.equal(await field({ name: "  " }), "name");
			for (const uri of ["http://evil.example/", "https://a.example/#x", "javascript:alert(1)", "https://a b.example", ""]) assert.equal(await field({ name: "x", redirectUris: [uri] }), "redirectUris", uri);
			assert.equal(await field({ name: "x", redirectUris: Array(11).fill("https://a.example/") }), "redirectUris");
			assert.equal(await field({ name: "x", redirectUris: "https://a.example/" }), "redirectUris");
			assert.equal(await field({ name: "x", scopes: ["a b"] }), "scopes");
			assert.equal(await field({ name: "x", scopes: [1] }), "scopes");
		});

		test("agents do not see them", async () => {
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await refused(call("GET", APPS), 403);
			await refused(call("POST", APPS, { name: "Mine" }), 403);
		});

		test("a desk has at most a hundred", async () => {
			const { results } = await expectStatus(at.call("GET", APPS), 200);
			for (let i = results.length; i < 100; i++) await expectStatus(at.call("POST", APPS, { name: `App ${i}` }), 201);
			await refused(at.call("POST", APPS, { name: "One more" }), 409, /at most 100/);
		});
	});
});
