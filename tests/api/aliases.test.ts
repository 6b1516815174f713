/* The other names of an address: the version in either place, dates for versions, types by any of their names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { CONVERSATIONS, desk, expectStatus, newContact, newTicket, OBJECTS, refused } from "./help.ts";

const versions = ["2025-09", "2026-03", "2026-09"];

forEachEngine((engine) => {
	const at = desk(engine);

	test("an object answers alike under every version, in either place, by every name of its type", async () => {
		const { id } = await newTicket(at.call, { subject: "Many names" });
		const plain = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200);
		for (const root of ["/crm/v3/objects", "/crm/objects/v3", ...versions.flatMap((v) => [`/crm/objects/${v}`, `/crm/${v}/objects`])])
			for (const type of ["tickets", "ticket", "0-5"]) assert.deepEqual(await expectStatus(at.call("GET", `${root}/${type}/${id}`), 200), plain, root);
		await expectStatus(at.call("GET", `/crm//objects/2026-03/tickets/${id}/`), 200);
		await expectStatus(at.call("POST", "/crm/objects/2026-03/tickets", { properties: { subject: "Dated", hs_pipeline_stage: "1" } }), 201);
		await expectStatus(at.call("PATCH", `/crm/objects/v3/ticket/${id}`, { properties: { subject: "Swapped" } }), 200);
		await expectStatus(at.call("DELETE", `/crm/objects/2026-09/0-5/${id}`), 204);
	});

	test("owners, pipelines and conversations have them too", async () => {
		const pairs = [
			["/crm/v3/owners", ["/crm/owners/v3", "/crm/owners/2026-03", "/crm/owners/2026-03/"]],
			["/crm/v3/pipelines/tickets", ["/crm/pipelines/v3/tickets", "/crm/pipelines/2026-03/tickets"]],
			["/crm/v4/associations/tickets/contacts/labels", ["/crm/associations/v4/tickets/contacts/labels", "/crm/associations/2026-03/0-5/0-1/labels"]],
			[`${CONVERSATIONS}/threads`, ["/conversations/conversations/v3/threads", "/conversations/conversations/2026-09/threads"]],
		] as const;
		for (const [path, others] of pairs) {
			const plain = await expectStatus(at.call("GET", path), 200);
			for (const other of others) assert.deepEqual(await expectStatus(at.call("GET", other), 200), plain, other);
		}
	});

	test("schemas of types answer under /crm too, for every method", async () => {
		const label = { singular: "Alias", plural: "Aliases" };
		const body = { name: "alias", labels: label, primaryDisplayProperty: "title", requiredProperties: [], properties: [{ name: "title", label: "Title", type: "string", fieldType: "text" }], associatedObjects: [] };
		const made = await expectStatus(at.call("POST", "/crm/v3/schemas", body), 201);
		const plain = await expectStatus(at.call("GET", `/crm-object-schemas/v3/schemas/${made.objectTypeId}`), 200);
		for (const root of ["/crm/v3/schemas", "/crm/schemas/v3", "/crm/schemas/2026-03", "/crm/2026-03/schemas/"]) assert.deepEqual(await expectStatus(at.call("GET", `${root}/${made.objectTypeId}`), 200), plain, root);
		assert.deepEqual(await expectStatus(at.call("GET", "/crm/v3/schemas"), 200), await expectStatus(at.call("GET", "/crm-object-schemas/v3/schemas"), 200));
		await expectStatus(at.call("PATCH", `/crm/v3/schemas/${made.objectTypeId}`, { labels: { singular: "Other", plural: "Others" } }), 200);
		await expectStatus(at.call("DELETE", `/crm/v3/schemas/${made.objectTypeId}`), 204);
		for (const path of ["/crm/v4/schemas", "/crm/v3/x/schemas", "/settings/v3/schemas", "/crm/schemas"]) await refused(at.call("GET", path), 404);
		await refused(at.call("PUT", "/crm/v3/schemas"), 405);
	});

	test("under a date associations speak the newest version, v3 and v4 stay what they are", async () => {
		const ticket = await newTicket(at.call);
		const contact = await newContact(at.call, "dated@customer.example");
		const links = (root: string) => `${root}/tickets/${ticket.id}/associations`;
		await expectStatus(at.call("PUT", `${links("/crm/objects/2026-03")}/default/contacts/${contact.id}`), 200);
		const v4 = await expectStatus(at.call("GET", `${links("/crm/v4/objects")}/contacts`), 200);
		assert.equal(v4.results[0].toObjectId, contact.id);
		assert.deepEqual(await expectStatus(at.call("GET", `${links("/crm/objects/2026-03")}/contacts`), 200), v4);
		const v3 = await expectStatus(at.call("GET", `${links("/crm/objects/v3")}/contacts`), 200);
		assert.deepEqual(v3.results, [{ id: contact.id, type: "ticket_to_contact" }]);
		/* the older single link has no v4 form: the date finds v3 */
		await expectStatus(at.call("DELETE", `${links("/crm/objects/2026-03")}/contacts/${contact.id}/16`), 204);
		await expectStatus(at.call("PUT", `${links("/crm/objects/v4")}/default/contacts/${contact.id}`), 200);
		await refused(at.call("GET", "/crm/v4/objects/tickets"), 404);
	});

	test("versions that were never published, and versions in other places, are no addresses", async () => {
		for (const path of ["/crm/v5/objects/tickets", "/crm/objects/2026-04/tickets", "/crm/objects/tickets/v3", "/crm/objects/v3", "/desk/v1/v3/views"])
			await refused(at.call("GET", path), 404);
		const answer = await at.call("PUT", "/crm/objects/2026-03/tickets");
		await refused(answer, 405);
		assert.equal(answer.headers.get("allow"), "GET, POST");
	});
});
