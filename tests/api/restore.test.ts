/* The recycle bin: out of it for 90 days, with all that hung on the object; after that it is gone for good. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, CONVERSATIONS, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const RESTORE = "/desk/v1/objects";
const DAY = 86_400_000;

forEachEngine((engine) => {
	const at = desk(engine);
	const restore = (type: string, id: string) => at.call("POST", `${RESTORE}/${type}/${id}/restore`);
	const archive = (type: string, id: string) => expectStatus(at.call("DELETE", `${OBJECTS}/${type}/${id}`), 204);
	const age = (id: string, days: number) => sql(at.bellhop, `UPDATE object SET archived_at = archived_at - ${days * DAY} WHERE id = ${id}`);

	describe("out of the recycle bin", () => {
		test("a ticket comes back as it was: values, links, threads; history and an event say so", async () => {
			const row = await mailIn(at.bellhop, "back@customer.example", "Come back");
			const url = `${OBJECTS}/tickets/${row.id}?properties=subject,hs_pipeline_stage&associations=contacts`;
			const before = await expectStatus(at.call("GET", url), 200);
			const threads = async () => (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?limit=500`), 200)).results.filter((t: any) => t.threadAssociations?.associatedTicketId === row.id).length;
			assert.equal(await threads(), 1);
			await archive("tickets", row.id);
			assert.equal(await threads(), 0);
			const inBin = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${row.id}?archived=true`), 200);
			assert.equal(inBin.archived, true);
			assert.ok(Date.parse(inBin.archivedAt) > 0);
			const listed = (await expectStatus(at.call("GET", `${OBJECTS}/tickets?archived=true`), 200)).results.find((o: any) => o.id === row.id);
			assert.equal(listed.archivedAt, inBin.archivedAt);

			const back = await expectStatus(restore("tickets", row.id), 200);
			assert.deepEqual([back.id, back.archived, back.archivedAt, back.properties.subject], [row.id, false, undefined, "Come back"]);
			const after = await expectStatus(at.call("GET", url), 200);
			assert.deepEqual([after.properties.subject, after.properties.hs_pipeline_stage, after.associations], [before.properties.subject, before.properties.hs_pipeline_stage, before.associations]);
			assert.equal(await threads(), 1);
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM event WHERE kind = 'ticket.restored' AND about_id = ${row.id}`), "1");
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM object_change WHERE source_type = 'RESTORE_OBJECTS' AND object_id = ${row.id}`), "1");
			const open = await expectStatus(at.call("GET", "/desk/v1/views/open/tickets?limit=100"), 200);
			assert.ok(open.results.some((t: any) => t.id === row.id));
			/* twice is no error */
			await expectStatus(restore("tickets", row.id), 200);
		});

		test("a thread that was archived by itself stays so", async () => {
			const row = await mailIn(at.bellhop, "own.thread@customer.example", "Own thread");
			const find = async (query: string) => (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?limit=500${query}`), 200)).results.find((t: any) => t.threadAssociations?.associatedTicketId === row.id);
			const thread = await find("");
			await expectStatus(at.call("DELETE", `${CONVERSATIONS}/threads/${thread.id}`), 204);
			await archive("tickets", row.id);
			await expectStatus(restore("tickets", row.id), 200);
			assert.equal(await find(""), undefined);
			assert.equal((await find("&archived=true")).id, thread.id);
		});

		test("whoever has its unique value meanwhile is named, and nothing changes", async () => {
			await expectStatus(at.call("POST", "/crm/v3/properties/contacts", { name: "badge", label: "Badge", type: "string", fieldType: "text", groupName: "contactinformation", hasUniqueValue: true }), 201);
			const a = await newContact(at.call, "taken@customer.example", { badge: "B1" });
			await archive("contacts", a.id);
			const b = await newContact(at.call, "taken@customer.example");
			await refused(restore("contacts", a.id), 409, `Contact already exists. Existing ID: ${b.id}`);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${b.id}`, { properties: { email: "other@customer.example", badge: "b1" } }), 200);
			const body = await refused(restore("contacts", a.id), 400, new RegExp(`${b.id} already has that value`));
			assert.equal(body.errors[0].code, "CONFLICTING_UNIQUE_VALUE");
			await refused(at.call("GET", `${OBJECTS}/contacts/${a.id}`), 404);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${b.id}`, { properties: { badge: "" } }), 200);
			await expectStatus(restore("contacts", a.id), 200);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/b1?idProperty=badge`), 200)).id, a.id);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/taken@customer.example?idProperty=email`), 200)).id, a.id);
		});

		test("a stage that is gone is replaced by the first one of its pipeline", async () => {
			const stage = await expectStatus(at.call("POST", "/crm/v3/pipelines/tickets/0/stages", { label: "Short-lived", displayOrder: 9, metadata: { ticketState: "OPEN" } }), 201);
			const ticket = await newTicket(at.call, { hs_pipeline_stage: stage.id });
			await archive("tickets", ticket.id);
			await expectStatus(at.call("DELETE", `/crm/v3/pipelines/tickets/0/stages/${stage.id}`), 204);
			await expectStatus(restore("tickets", ticket.id), 200);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}`), 200)).properties.hs_pipeline_stage, "1");
		});

		test("not what was merged, what was never there, or what is read only; an agent may", async () => {
			const a = await newCompany(at.call, "A"), b = await newCompany(at.call, "B");
			await expectStatus(at.call("POST", `${OBJECTS}/companies/merge`, { primaryObjectId: a.id, objectIdToMerge: b.id }), 200);
			await refused(restore("companies", b.id), 400, `Object ${b.id} was merged into ${a.id} and cannot be restored.`);
			await refused(restore("companies", "987654321"), 404);
			await refused(restore("companies", "x"), 404);
			await refused(restore("contacts", a.id), 404);
			await refused(restore("nowhere", a.id), 400);
			await refused(restore("feedback_submissions", "1"), 403);
			const note = await newTicket(at.call);
			await archive("tickets", note.id);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await expectStatus(call("POST", `${RESTORE}/tickets/${note.id}/restore`), 200);
		});

		test("many at once: what is not found is one entry beside the results", async () => {
			const a = await newTicket(at.call), b = await newTicket(at.call);
			for (const o of [a, b]) await archive("tickets", o.id);
			const body = await expectStatus(at.call("POST", `${RESTORE}/tickets/batch/restore`, { inputs: [{ id: a.id }, { id: "987654321" }, { id: b.id }] }), 207);
			assert.deepEqual([body.results.map((o: any) => o.id), body.errors[0].context.ids], [[a.id, b.id], ["987654321"]]);
			await expectStatus(at.call("POST", `${RESTORE}/tickets/batch/restore`, { inputs: [{ id: a.id }] }), 200);
			await refused(at.call("POST", `${RESTORE}/tickets/batch/restore`, { inputs: [] }), 400);
		});
	});

	describe("after 90 days", () => {
		const sweep = () => sql(at.bellhop, "UPDATE job SET run_at = 0, lease_until = 0 WHERE kind = 'desk.sweep'");
		const count = (table: string, where: string) => sql(at.bellhop, `SELECT count(*) FROM ${table} WHERE ${where}`);

		test("it cannot be restored, and the sweep removes it with all that hangs on it, and nothing else", async () => {
			const row = await mailIn(at.bellhop, "old@customer.example", "Long ago", "A text that only this mail has.");
			const kept = await mailIn(at.bellhop, "old@customer.example", "Still here", "Another text.");
			const contact = await expectStatus(at.call("GET", `${OBJECTS}/contacts/old@customer.example?idProperty=email`), 200);
			const blob = await sql(at.bellhop, `SELECT blob FROM mail_source WHERE message_id IN (SELECT id FROM message WHERE ticket_id = ${row.id})`);
			assert.equal(blob.length, 64);
			await archive("tickets", row.id);
			await age(row.id, 89);
			await sweep();
			await new Promise((done) => setTimeout(done, 300));
			await expectStatus(at.call("GET", `${OBJECTS}/tickets/${row.id}?archived=true`), 200);
			await age(row.id, 1);
			await refused(restore("tickets", row.id), 404);
			await sweep();
			await waitFor("the sweep", async () => (await count("object", `id = ${row.id}`)) === "0");
			for (const table of ["thread", "message", "attachment", "outbox"]) assert.equal(await count(table, `ticket_id = ${row.id}`), "0", table);
			assert.equal(await count("object_change", `object_id = ${row.id}`), "0");
			assert.equal(await count("association", `from_id = ${row.id} OR to_id = ${row.id}`), "0");
			assert.equal(await count("mail_source", `blob = '${blob}'`), "0");
			await waitFor("the blob", async () => !readdirSync(join(at.bellhop.dataDir, "blobs", blob.slice(0, 2))).includes(blob));
			await expectStatus(at.call("GET", `/desk/v1/tickets/${kept.id}`), 200);
			assert.equal((await expectStatus(at.call("GET", `/desk/v1/tickets/${kept.id}/messages`), 200)).results.length, 1);

			/* a contact that goes leaves its tickets, which show nobody */
			await archive("contacts", contact.id);
			await age(contact.id, 91);
			await sweep();
			await waitFor("the contact", async () => (await count("object", `id = ${contact.id}`)) === "0");
			assert.equal(await sql(at.bellhop, `SELECT contact_id FROM object WHERE id = ${kept.id}`), "0");
			await expectStatus(at.call("GET", `/desk/v1/tickets/${kept.id}`), 200);
		});

		test("the id of what was merged leads on when its own row is gone", async () => {
			const a = await newCompany(at.call, "Stays"), b = await newCompany(at.call, "Goes");
			await expectStatus(at.call("POST", `${OBJECTS}/companies/merge`, { primaryObjectId: a.id, objectIdToMerge: b.id }), 200);
			await age(b.id, 91);
			await sweep();
			await waitFor("the row", async () => (await count("object", `id = ${b.id}`)) === "0");
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/companies/${b.id}`), 200)).id, a.id);
		});

		test("more than one transaction takes", async () => {
			const ids: string[] = [];
			for (let i = 0; i < 45; i++) ids.push((await newCompany(at.call, `Many ${i}`)).id);
			await expectStatus(at.call("POST", `${OBJECTS}/companies/batch/archive`, { inputs: ids.map((id) => ({ id })) }), 204);
			await sql(at.bellhop, `UPDATE object SET archived_at = 1 WHERE id IN (${ids.join()})`);
			await sweep();
			await waitFor("the sweep", async () => (await count("object", `id IN (${ids.join()})`)) === "0");
		});
	});
});
