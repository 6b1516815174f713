/* Who takes part in conversations, by the actor ids that messages and threads carry. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { agent, CONVERSATIONS, desk, expectStatus, mailIn, newContact, OBJECTS, refused } from "./help.ts";

const ACTORS = `${CONVERSATIONS}/actors`;

forEachEngine((engine) => {
	const at = desk(engine);
	const get = (id: string) => expectStatus(at.call("GET", `${ACTORS}/${encodeURIComponent(id)}`), 200);

	describe("actors", () => {
		test("W-7: agents, visitors, addresses, integrations and the desk itself, each by its prefix", async () => {
			const owner = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${encodeURIComponent(agent.email)}`), 200)).results[0];
			assert.deepEqual(await get(`A-${owner.userId}`), { id: `A-${owner.userId}`, type: "AGENT", name: "Aino Agent", email: agent.email });
			const contact = await newContact(at.call, "vera@customer.example", { firstname: "Vera", lastname: "Visitor" });
			assert.deepEqual(await get(`V-${contact.id}`), { id: `V-${contact.id}`, type: "VISITOR", name: "Vera Visitor", email: "vera@customer.example" });
			assert.deepEqual(await get("E-anybody@else.example"), { id: "E-anybody@else.example", type: "EMAIL", email: "anybody@else.example" });
			assert.deepEqual(await get("S-hubspot"), { id: "S-hubspot", type: "SYSTEM", name: "Bellhop" });
			const app = await expectStatus(at.call("POST", "/desk/v1/apps", { name: "Bridge" }), 201);
			assert.deepEqual(await get(`I-${app.id}`), { id: `I-${app.id}`, type: "INTEGRATION", name: "Bridge" });
		});

		test("the actors of a message are found", async () => {
			const row = await mailIn(at.bellhop, "walt@customer.example", "Who am I");
			const [thread] = (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${row.id}`), 200)).results;
			await expectStatus(at.call("POST", `${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "MESSAGE", text: "You are Walt" }), 201);
			const { results } = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads/${thread.id}/messages`), 200);
			assert.deepEqual(await Promise.all(results.map(async (m: any) => (await get(m.createdBy)).type)), ["VISITOR", "AGENT"]);
			assert.equal((await get(results[0].senders[0].actorId)).email, "walt@customer.example");
		});

		test("who is not there is 404, also one that was deleted", async () => {
			const contact = await newContact(at.call, "gone@customer.example");
			await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${contact.id}`), 204);
			for (const id of [`V-${contact.id}`, "A-999999", "V-999999", "I-999999", "L-1", "X-1", "A-", "A-1x", "E-no address", "E-", "S-other", "1", "A"]) await refused(at.call("GET", `${ACTORS}/${encodeURIComponent(id)}`), 404);
		});

		test("many at once: 200 when all are there, 207 with those that are not", async () => {
			const all = await expectStatus(at.call("POST", `${ACTORS}/batch/read`, { inputs: ["A-1", "S-hubspot"] }), 200);
			assert.deepEqual([all.status, all.results.map((a: any) => a.id), all.numErrors], ["COMPLETE", ["A-1", "S-hubspot"], undefined]);
			assert.ok(Date.parse(all.startedAt) <= Date.parse(all.completedAt));
			const some = await expectStatus(at.call("POST", `${ACTORS}/batch/read`, { inputs: ["A-1", "A-999999", "V-999998"] }), 207);
			assert.deepEqual([some.results.map((a: any) => a.id), some.numErrors, some.errors[0].context.ids], [["A-1"], 1, ["A-999999", "V-999998"]]);
			for (const inputs of [undefined, [], "A-1", [1], [{ id: "A-1" }], Array(101).fill("A-1")]) await refused(at.call("POST", `${ACTORS}/batch/read`, { inputs }), 400);
			const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
			assert.equal((await client.apiRequest({ method: "POST", path: "/conversations/conversations/v3/actors/batch/read", body: { inputs: ["A-1"] } })).status, 200);
		});
	});
});
