/* Two objects made one: the first keeps its id, the id of the second goes on to work. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { CONVERSATIONS, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const merge = (type: string, primaryObjectId: unknown, objectIdToMerge: unknown) => at.call("POST", `${OBJECTS}/${type}/merge`, { primaryObjectId, objectIdToMerge });
	const read = (type: string, id: string, query = "") => expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}${query}`), 200);
	const link = (from: string, fromId: string, to: string, toId: string) => expectStatus(at.call("PUT", `/crm/v4/objects/${from}/${fromId}/associations/default/${to}/${toId}`), 200);
	const linked = async (from: string, id: string, to: string) => (await expectStatus(at.call("GET", `/crm/v4/objects/${from}/${id}/associations/${to}`), 200)).results;

	test("contacts: the first one's values win, empty ones are filled, the second id reads and writes the first", async () => {
		const a = await newContact(at.call, "a@customer.example", { firstname: "Ann" });
		const b = await newContact(at.call, "b@customer.example", { firstname: "Bea", lastname: "Lee" });
		const merged = await expectStatus(merge("contacts", a.id, b.id), 200);
		assert.deepEqual([merged.id, merged.archived, merged.properties.hs_merged_object_ids], [a.id, false, b.id]);
		const query = "?properties=email,firstname,lastname,hs_additional_emails,hs_merged_object_ids";
		const now = await read("contacts", b.id, query);
		assert.equal(now.id, a.id);
		const { email, firstname, lastname, hs_additional_emails } = now.properties;
		assert.deepEqual([email, firstname, lastname, hs_additional_emails], ["a@customer.example", "Ann", "Lee", "b@customer.example"]);
		const changed = await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${b.id}`, { properties: { city: "Turku" } }), 200);
		assert.equal(changed.id, a.id);
		assert.equal((await read("contacts", a.id, "?properties=city")).properties.city, "Turku");
		/* in lists it is there once */
		const list = await expectStatus(at.call("GET", `${OBJECTS}/contacts?limit=100`), 200);
		assert.deepEqual(list.results.filter((o: any) => [a.id, b.id].includes(o.id)).map((o: any) => o.id), [a.id]);
		const batch = await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/read`, { inputs: [{ id: b.id }] }), 200);
		assert.equal(batch.results[0].id, a.id);
	});

	test("the second address stays this contact's: for reads, for a new contact, for mail", async () => {
		const a = await newContact(at.call, "main@customer.example");
		const b = await newContact(at.call, "second@customer.example");
		await expectStatus(merge("contacts", a.id, b.id), 200);
		assert.equal((await read("contacts", "second@customer.example", "?idProperty=email")).id, a.id);
		await refused(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "second@customer.example" } }), 409, `Contact already exists. Existing ID: ${a.id}`);
		assert.equal((await mailIn(at.bellhop, "second@customer.example", "From the second address")).contactId, a.id);
		/* and it may become the first one */
		const swapped = await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${a.id}`, { properties: { email: "second@customer.example" } }), 200);
		assert.equal(swapped.properties.email, "second@customer.example");
	});

	test("a ticket that shows another contact now has a new version and an event of its own", async () => {
		const a = await newContact(at.call, "event.a@customer.example"), b = await newContact(at.call, "event.b@customer.example");
		const ticket = await newTicket(at.call, {}, [{ to: { id: b.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] }]);
		const version = () => sql(at.bellhop, `SELECT version FROM object WHERE id = ${ticket.id}`);
		const before = Number(await version());
		await expectStatus(merge("contacts", a.id, b.id), 200);
		assert.equal(Number(await version()), before + 1);
		assert.equal(await sql(at.bellhop, `SELECT contact_id FROM object WHERE id = ${ticket.id}`), a.id);
		assert.equal(await sql(at.bellhop, `SELECT count(*) FROM event WHERE kind = 'ticket.changed' AND about_id = ${ticket.id}`), "1");
	});

	test("a contact's tickets, links and companies move, each once; one company stays the primary one", async () => {
		const a = await newContact(at.call, "la@customer.example");
		const b = await newContact(at.call, "lb@customer.example");
		const [both, one, other] = [await newCompany(at.call, "Both"), await newCompany(at.call, "One"), await newCompany(at.call, "Other")];
		const ticket = await newTicket(at.call);
		await link("contacts", b.id, "tickets", ticket.id);
		await link("contacts", a.id, "contacts", b.id);
		for (const id of [a.id, b.id]) await link("contacts", id, "companies", both.id);
		const primary = (id: string, to: string) => expectStatus(at.call("PUT", `/crm/v4/objects/contacts/${id}/associations/companies/${to}`, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }]), 201);
		await primary(a.id, one.id);
		await primary(b.id, other.id);
		await expectStatus(merge("contacts", a.id, b.id), 200);
		const companies = (await linked("contacts", a.id, "companies")).map((l: any) => [l.toObjectId, l.associationTypes.map((t: any) => t.typeId).sort((x: number, y: number) => x - y)]);
		assert.deepEqual(companies, [[both.id, [279]], [one.id, [1, 279]], [other.id, [279]]]);
		for (const { id } of [both, one, other]) assert.deepEqual((await linked("companies", id, "contacts")).map((l: any) => l.toObjectId), [a.id]);
		assert.deepEqual(await linked("contacts", a.id, "contacts"), []);
		assert.deepEqual((await linked("tickets", ticket.id, "contacts")).map((l: any) => l.toObjectId), [a.id]);
		assert.equal((await expectStatus(at.call("GET", `/desk/v1/tickets/${ticket.id}`), 200)).contact.id, a.id);
	});

	test("tickets: conversations move, and answer where the ticket is", async () => {
		const a = await mailIn(at.bellhop, "first@customer.example", "First of two", "One.");
		const b = await mailIn(at.bellhop, "first@customer.example", "Second of two", "Two.");
		await expectStatus(merge("tickets", a.id, b.id), 200);
		const { results } = await expectStatus(at.call("GET", `/desk/v1/tickets/${a.id}/messages`), 200);
		assert.deepEqual(results.map((m: any) => [m.ticketId, m.text.trim()]), [[a.id, "One."], [a.id, "Two."]]);
		const threads = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${a.id}`), 200);
		assert.equal(threads.results.length, 2);
		const open = await expectStatus(at.call("GET", "/desk/v1/views/open/tickets?limit=100"), 200);
		const rows = open.results.filter((row: any) => [a.id, b.id].includes(row.id));
		assert.deepEqual(rows.map((row: any) => [row.id, row.preview]), [[a.id, "Two."]]);
		assert.equal((await read("tickets", b.id)).id, a.id);
		await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${a.id}`, { properties: { hs_pipeline_stage: "4" } }), 200);
		const closed = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${a.id}`), 200);
		assert.deepEqual(closed.results.map((t: any) => t.status), ["CLOSED", "CLOSED"]);
	});

	test("what was merged may be merged on: every old id leads to the last one", async () => {
		const [a, b, d] = [await newCompany(at.call, "A"), await newCompany(at.call, "B"), await newCompany(at.call, "D")];
		await expectStatus(merge("companies", b.id, a.id), 200);
		const last = await expectStatus(merge("companies", d.id, b.id), 200);
		assert.deepEqual(last.properties.hs_merged_object_ids.split(";").sort(), [a.id, b.id].sort());
		for (const { id } of [a, b]) assert.equal((await read("companies", id)).id, d.id);
		await expectStatus(at.call("DELETE", `${OBJECTS}/companies/${d.id}`), 204);
		for (const { id } of [a, b, d]) await refused(at.call("GET", `${OBJECTS}/companies/${id}`), 404);
	});

	test("refused: itself, what is not there, one that is this one already, types that do not merge", async () => {
		const a = await newTicket(at.call);
		const b = await newTicket(at.call);
		const contact = await newContact(at.call, "other-type@customer.example");
		await refused(merge("tickets", a.id, a.id), 400);
		for (const [x, y] of [[a.id, "987654321"], ["987654321", a.id], [a.id, contact.id]]) await refused(merge("tickets", x, y), 404);
		await refused(merge("tickets", a.id, undefined), 400, /objectIdToMerge/);
		await refused(merge("tickets", undefined, a.id), 400, /primaryObjectId/);
		const note = await expectStatus(at.call("POST", `${OBJECTS}/notes`, { properties: { hs_timestamp: "2026-11-21T10:00:00Z" } }), 201);
		await refused(merge("notes", note.id, a.id), 400, "NOTE objects cannot be merged.");
		await expectStatus(merge("tickets", a.id, b.id), 200);
		await refused(merge("tickets", a.id, b.id), 400);
		assert.equal((await read("tickets", a.id, "?properties=hs_merged_object_ids")).properties.hs_merged_object_ids, b.id);
	});

	test("by the unmodified client", async () => {
		const { crm } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
		const make = () => crm.deals.basicApi.create({ properties: { dealname: "D", pipeline: "default", dealstage: "closedwon" }, associations: [] });
		const [a, b] = [await make(), await make()];
		assert.equal((await crm.deals.basicApi.merge({ primaryObjectId: a.id, objectIdToMerge: b.id })).id, a.id);
		assert.equal((await crm.deals.basicApi.getById(b.id)).id, a.id);
	});
});
