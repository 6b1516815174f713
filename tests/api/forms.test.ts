/* The form that people create tickets with: one for the desk, changed by admins only, never without name, pipeline and status. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, refused, signIn } from "./help.ts";

const PATH = "/desk/v1/forms/create-ticket";
const USUAL = ["subject", "hs_pipeline", "hs_pipeline_stage"];
const field = (name: string, isRequired = false) => ({ name, isRequired });
const fixed = USUAL.map((name) => field(name, true));

forEachEngine((engine) => {
	const at = desk(engine);
	const names = (form: { fields: { name: string }[] }) => form.fields.map((f) => f.name);

	test("D-2 D-3 the usual form asks for name, pipeline and status; another order and more properties stay over a restart", async () => {
		const usual = await expectStatus(at.call("GET", PATH), 200);
		assert.deepEqual(usual, { fields: USUAL.map((name) => ({ name, isRequired: true, isFixed: true })), mayEdit: true });
		const wanted = [field("hs_ticket_priority", true), ...fixed, field("content")];
		const set = await expectStatus(at.call("PUT", PATH, { fields: wanted }), 200);
		assert.deepEqual(names(set), ["hs_ticket_priority", ...USUAL, "content"]);
		assert.deepEqual(set.fields[0], { name: "hs_ticket_priority", isRequired: true, isFixed: false });
		await at.bellhop.restart();
		assert.deepEqual(await expectStatus(at.call("GET", PATH), 200), set);
		await expectStatus(at.call("PUT", PATH, { fields: fixed }), 200);
	});

	test("D-12 agents read the form and may not change it", async () => {
		const other = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		assert.equal((await expectStatus(other("GET", PATH), 200)).mayEdit, false);
		await refused(other("PUT", PATH, { fields: fixed }), 403);
	});

	test("what tickets do not have, nobody may write, is there twice or may not leave is refused by its name", async () => {
		const before = await expectStatus(at.call("GET", PATH), 200);
		for (const [fields, name] of [
			[[...fixed, field("nonsense")], "nonsense"], [[...fixed, field("hs_lastmodifieddate")], "hs_lastmodifieddate"], [[...fixed, field("hs_object_id")], "hs_object_id"],
			[[...fixed, field("content"), field("content")], "content"], [fixed.slice(1), "subject"], [[field("subject"), ...fixed.slice(1)], "subject"],
			[[], "subject"], ["subject", "fields"], [[{ name: 1 }], "fields"], [[{ name: "content", isRequired: "yes" }], "fields"], [Array(101).fill(field("content")), "fields"], [["content"], "fields"],
		] as const) assert.equal((await refused(at.call("PUT", PATH, { fields }), 400)).errors[0].in, name, JSON.stringify(fields));
		await refused(at.call("PUT", PATH, []), 400);
		await refused(at.call("PUT", PATH, {}), 400);
		assert.deepEqual(await expectStatus(at.call("GET", PATH), 200), before);
	});

	test("a property that is archived leaves the form, and other programs need not fill it in", async () => {
		const made = { name: "lamp_kind", label: "Kind of lamp", type: "string", fieldType: "text", groupName: "ticketinformation" };
		await expectStatus(at.call("POST", "/crm/v3/properties/tickets", made), 201);
		await expectStatus(at.call("PUT", PATH, { fields: [...fixed, field("lamp_kind", true)] }), 200);
		await expectStatus(at.call("DELETE", "/crm/v3/properties/tickets/lamp_kind"), 204);
		assert.deepEqual(names(await expectStatus(at.call("GET", PATH), 200)), USUAL);
		/* other programs create tickets without what the form requires (D-10) */
		await expectStatus(at.call("POST", "/crm/v3/objects/tickets", { properties: { subject: "No lamp", hs_pipeline: "0", hs_pipeline_stage: "1" } }), 201);
	});
});
