/* Tokens by which the help widget knows a visitor. What the widget's side makes of them is in src/desk/visitor_test.c. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { agent, desk, expectStatus, refused } from "./help.ts";

const CREATE = "/visitor-identification/v3/tokens/create";

forEachEngine((engine) => {
	const at = desk(engine);

	test("the client makes one: 200 with a token", async () => {
		const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
		const made = await client.conversations.visitorIdentification.generateApi.generateToken({ email: "Vera@Customer.example", firstName: "Vera", lastName: "Visitor" });
		assert.match(made.token, /^[\w-]+\.[\w-]{43}$/);
		const body = JSON.parse(Buffer.from(made.token.split(".")[0] ?? "", "base64url").toString());
		assert.deepEqual([body.email, body.firstName, body.lastName], ["vera@customer.example", "Vera", "Visitor"]);
		assert.ok(Math.abs(Date.parse(body.expiresAt) - Date.now() - 12 * 3600_000) < 60_000);
	});

	test("names are optional; what is not valid is refused; it needs its scope, and somebody who may reply", async () => {
		await expectStatus(at.call("POST", CREATE, { email: "a@customer.example" }), 200);
		for (const [body, field] of [[{}, "email"], [{ email: "none" }, "email"], [{ email: "a@x.example", firstName: "x".repeat(201) }, "firstName"], [{ email: "a@x.example", isAdmin: true }, "isAdmin"]] as const)
			assert.equal((await refused(at.call("POST", CREATE, body), 400)).errors[0].in, field);
		assert.equal((await refused(at.token(agent.email, "tickets")("POST", CREATE, { email: "a@customer.example" }), 403)).category, "MISSING_SCOPES");
		at.bellhop.command("user", "add", "--email", "viewer@desk.example", "--password", "words and words", "--role", "viewer");
		assert.equal((await refused(at.token("viewer@desk.example", "*")("POST", CREATE, { email: "a@customer.example" }), 403)).category, "NOT_ALLOWED");
	});
});
