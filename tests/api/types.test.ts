/* Every built-in type is a row: the same calls, its own required and default properties, its association types. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

interface Type {
	plural: string;
	singular: string;
	id: string;
	required: string[];
	properties: Record<string, string>;
	defaults: string[];
}

const now = "2026-11-21T10:00:00.250Z";
const engagement = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"];
const types: Type[] = [
	{ plural: "deals", singular: "deal", id: "0-3", required: ["dealname", "dealstage", "pipeline"], properties: { dealname: "Big", dealstage: "qualifiedtobuy", pipeline: "default", amount: "12.5" }, defaults: ["dealname", "amount", "closedate", "pipeline", "dealstage", "createdate", "hs_lastmodifieddate", "hs_object_id"] },
	{ plural: "products", singular: "product", id: "0-7", required: [], properties: { name: "Lamp", price: "9.90", recurringbillingfrequency: "monthly" }, defaults: ["name", "description", "price", "createdate", "hs_lastmodifieddate", "hs_object_id"] },
	{ plural: "line_items", singular: "line_item", id: "0-8", required: [], properties: { name: "Lamp", quantity: "2", hs_product_id: "7" }, defaults: ["quantity", "amount", "price", "createdate", "hs_lastmodifieddate", "hs_object_id"] },
	{ plural: "quotes", singular: "quote", id: "0-14", required: [], properties: { hs_title: "Offer", hs_status: "DRAFT", hs_sender_firstname: "Ann" }, defaults: ["hs_expiration_date", "hs_public_url_key", "hs_status", "hs_title", ...engagement] },
	{ plural: "communications", singular: "communication", id: "0-18", required: ["hs_timestamp", "hs_communication_channel_type"], properties: { hs_timestamp: now, hs_communication_channel_type: "SMS", hs_communication_logged_from: "CRM", hs_communication_body: "Hello" }, defaults: engagement },
	{ plural: "tasks", singular: "task", id: "0-27", required: ["hs_timestamp"], properties: { hs_timestamp: now, hs_task_subject: "Call back", hs_task_status: "NOT_STARTED", hs_task_priority: "HIGH" }, defaults: engagement },
	{ plural: "notes", singular: "note", id: "0-46", required: ["hs_timestamp"], properties: { hs_timestamp: now, hs_note_body: "<p>Seen</p>", hs_attachment_ids: "1;2" }, defaults: engagement },
	{ plural: "meetings", singular: "meeting", id: "0-47", required: ["hs_timestamp"], properties: { hs_timestamp: now, hs_meeting_title: "Demo", hs_meeting_outcome: "SCHEDULED" }, defaults: engagement },
	{ plural: "calls", singular: "call", id: "0-48", required: ["hs_timestamp"], properties: { hs_timestamp: now, hs_call_title: "Ring", hs_call_direction: "INBOUND", hs_call_duration: "3800" }, defaults: engagement },
	{ plural: "emails", singular: "email", id: "0-49", required: ["hs_timestamp", "hs_email_direction"], properties: { hs_timestamp: now, hs_email_direction: "EMAIL", hs_email_subject: "Re: Lamp", hs_email_status: "SENT" }, defaults: engagement },
];

/* A, B, A to B, B to A, and the label where it has one. */
const links: [string, string, number, number, string?][] = [
	["tickets", "contacts", 16, 15], ["tickets", "companies", 339, 340], ["tickets", "companies", 26, 25, "Primary"], ["tickets", "deals", 28, 27], ["tickets", "tickets", 452, 452],
	["tickets", "notes", 227, 228], ["tickets", "emails", 223, 224], ["tickets", "calls", 219, 220], ["tickets", "tasks", 229, 230], ["tickets", "meetings", 225, 226],
	["tickets", "communications", 84, 83], ["tickets", "feedback_submissions", 99, 100],
	["contacts", "companies", 279, 280], ["contacts", "companies", 1, 2, "Primary"], ["contacts", "deals", 4, 3], ["contacts", "contacts", 449, 449], ["contacts", "notes", 201, 202],
	["contacts", "emails", 197, 198], ["contacts", "calls", 193, 194], ["contacts", "tasks", 203, 204], ["contacts", "meetings", 199, 200], ["contacts", "communications", 82, 81],
	["contacts", "feedback_submissions", 97, 98], ["contacts", "quotes", 70, 69],
	["companies", "companies", 450, 450], ["companies", "notes", 189, 190], ["companies", "emails", 185, 186], ["companies", "calls", 181, 182], ["companies", "tasks", 191, 192],
	["companies", "meetings", 187, 188], ["companies", "communications", 88, 87], ["companies", "quotes", 72, 71],
	["deals", "companies", 341, 342], ["deals", "companies", 5, 6, "Primary"], ["deals", "line_items", 19, 20], ["deals", "quotes", 63, 64], ["quotes", "line_items", 67, 68],
	["deals", "notes", 213, 214], ["deals", "emails", 209, 210], ["deals", "calls", 205, 206], ["deals", "tasks", 215, 216], ["deals", "meetings", 211, 212],
];

forEachEngine((engine) => {
	const at = desk(engine);
	const create = (type: string, properties: unknown, associations?: unknown) => at.call("POST", `${OBJECTS}/${type}`, { properties, associations });

	for (const type of types)
		test(`${type.plural}: all calls, required and default properties, names`, async () => {
			const made = await expectStatus(create(type.plural, type.properties), 201);
			for (const [name, value] of Object.entries(type.properties)) assert.equal(made.properties[name], value, name);
			for (const name of [type.plural, type.singular, type.id]) {
				const read = await expectStatus(at.call("GET", `${OBJECTS}/${name}/${made.id}`), 200);
				assert.deepEqual(Object.keys(read.properties).sort(), [...type.defaults].sort(), name);
			}
			for (const missing of type.required) {
				const rest = Object.fromEntries(Object.entries(type.properties).filter(([name]) => name !== missing));
				const body = await refused(create(type.plural, rest), 400, `Error creating ${type.singular.toUpperCase()}. Some required properties were not set.`);
				assert.deepEqual(body.context.properties, [missing]);
			}
			const changed = await expectStatus(at.call("PATCH", `${OBJECTS}/${type.plural}/${made.id}`, { properties: { hubspot_owner_id: "" } }), 200);
			assert.equal(changed.id, made.id);
			const batch = await expectStatus(at.call("POST", `${OBJECTS}/${type.id}/batch/read`, { inputs: [{ id: made.id }], properties: Object.keys(type.properties) }), 200);
			for (const [name, value] of Object.entries(type.properties)) assert.equal(batch.results[0].properties[name], value, name);
			assert.ok((await expectStatus(at.call("GET", `${OBJECTS}/${type.plural}`), 200)).results.some((o: any) => o.id === made.id));
			await expectStatus(at.call("DELETE", `${OBJECTS}/${type.plural}/${made.id}`), 204);
			await refused(at.call("GET", `${OBJECTS}/${type.plural}/${made.id}`), 404, "resource not found");
		});

	test("values that are no option are refused, with the options", async () => {
		const bad = await refused(create("emails", { hs_timestamp: now, hs_email_direction: "UP" }), 400);
		assert.deepEqual([bad.errors[0].code, bad.errors[0].message], ["INVALID_OPTION", "UP was not one of the allowed options: [EMAIL, INCOMING_EMAIL, FORWARDED_EMAIL]"]);
		assert.equal((await refused(create("calls", { hs_timestamp: "yesterday" }), 400)).errors[0].code, "INVALID_DATE");
		assert.equal((await refused(create("notes", { hs_timestamp: now, hs_createdate: now }), 400)).errors[0].code, "READ_ONLY_VALUE");
	});

	describe("deals", () => {
		test("the default pipeline has seven stages, each with its probability", async () => {
			const { results } = await expectStatus(at.call("GET", "/crm/v3/pipelines/deals"), 200);
			assert.deepEqual(results.map((p: any) => [p.id, p.label]), [["default", "Sales Pipeline"]]);
			assert.deepEqual(results[0].stages.map((s: any) => [s.id, s.displayOrder, s.metadata.probability, s.metadata.isClosed]), [
				["appointmentscheduled", 0, "0.2", "false"], ["qualifiedtobuy", 1, "0.4", "false"], ["presentationscheduled", 2, "0.6", "false"], ["decisionmakerboughtin", 3, "0.8", "false"],
				["contractsent", 4, "0.9", "false"], ["closedwon", 5, "1.0", "true"], ["closedlost", 6, "0.0", "true"],
			]);
			const tickets = await expectStatus(at.call("GET", "/crm/v3/pipelines/tickets"), 200);
			assert.deepEqual(tickets.results[0].stages.map((s: any) => [s.id, s.displayOrder, s.metadata.ticketState]), [["1", 0, "OPEN"], ["2", 1, "OPEN"], ["3", 2, "OPEN"], ["4", 3, "CLOSED"]]);
		});

		test("the stage says whether one is closed, won, and how likely; stage and pipeline have to fit", async () => {
			const { id } = await expectStatus(create("deals", { dealname: "D", pipeline: "default", dealstage: "contractsent" }), 201);
			const state = async () => {
				const { properties: p } = await expectStatus(at.call("GET", `${OBJECTS}/deals/${id}?properties=hs_is_closed,hs_is_closed_won,hs_deal_stage_probability`), 200);
				return [p.hs_is_closed, p.hs_is_closed_won, p.hs_deal_stage_probability];
			};
			assert.deepEqual(await state(), ["false", "false", "0.9"]);
			for (const [dealstage, expected] of [["closedwon", ["true", "true", "1.0"]], ["closedlost", ["true", "false", "0.0"]], ["qualifiedtobuy", ["false", "false", "0.4"]]]) {
				await expectStatus(at.call("PATCH", `${OBJECTS}/deals/${id}`, { properties: { dealstage } }), 200);
				assert.deepEqual(await state(), expected);
			}
			const stage = await refused(at.call("PATCH", `${OBJECTS}/deals/${id}`, { properties: { dealstage: "1" } }), 400, /appointmentscheduled, qualifiedtobuy/);
			assert.equal(stage.errors[0].context.propertyName[0], "dealstage");
			const pipeline = await refused(create("deals", { dealname: "D", pipeline: "0", dealstage: "closedwon" }), 400, /\[default\]/);
			assert.equal(pipeline.errors[0].context.propertyName[0], "pipeline");
		});
	});

	test("feedback submissions can be read, not written", async () => {
		for (const properties of [{}, { hs_content: "Good" }]) await refused(create("feedback_submissions", properties), 403, "FEEDBACK_SUBMISSION objects are read only.");
		await sql(at.bellhop, `INSERT INTO object (id, object_type, version, created_at, updated_at, archived_at, label, is_closed, owner_id, activity_at, closed_at, contact_id, is_last_from_visitor, props) VALUES (900001, 19, 1, 1700000000000, 1700000000000, 0, 'CSAT', 0, 0, 0, 0, 0, 0, '{"hs_content":"Good","hs_value":"5"}')`);
		const path = `${OBJECTS}/feedback_submissions`;
		const read = await expectStatus(at.call("GET", `${path}/900001?properties=hs_submission_name,hs_content,hs_value`), 200);
		assert.deepEqual([read.properties.hs_submission_name, read.properties.hs_content, read.properties.hs_value], ["CSAT", "Good", "5"]);
		assert.equal((await expectStatus(at.call("GET", path), 200)).results.length, 1);
		assert.equal((await expectStatus(at.call("POST", `${path}/batch/read`, { inputs: [{ id: "900001" }] }), 200)).results.length, 1);
		await refused(at.call("PATCH", `${path}/900001`, { properties: { hs_content: "Bad" } }), 403);
		await refused(at.call("DELETE", `${path}/900001`), 403);
		for (const verb of ["create", "update", "archive"]) await refused(at.call("POST", `${path}/batch/${verb}`, { inputs: [{ id: "900001", properties: { hs_content: "Bad" } }] }), 403);
	});

	test("every association type has its number in both directions", async () => {
		const seen = new Map<string, any[]>();
		const labels = async (a: string, b: string) => {
			const path = `/crm/v4/associations/${a}/${b}/labels`;
			if (!seen.has(path)) seen.set(path, (await expectStatus(at.call("GET", path), 200)).results);
			return seen.get(path) as any[];
		};
		for (const [a, b, there, back, label = null] of links) {
			assert.deepEqual((await labels(a, b)).find((t) => t.typeId === there), { category: "HUBSPOT_DEFINED", typeId: there, label }, `${a} to ${b}`);
			assert.deepEqual((await labels(b, a)).find((t) => t.typeId === back), { category: "HUBSPOT_DEFINED", typeId: back, label }, `${b} to ${a}`);
		}
	});

	test("a note hangs on a ticket, a contact, a company and a deal, and is found from each", async () => {
		const ends: [string, any, number][] = [
			["tickets", await newTicket(at.call), 228],
			["contacts", await newContact(at.call, "noted@customer.example"), 202],
			["companies", await newCompany(at.call, "Noted"), 190],
			["deals", await expectStatus(create("deals", { dealname: "Noted", pipeline: "default", dealstage: "closedwon" }), 201), 214],
		];
		const associations = ends.map(([, { id }, associationTypeId]) => ({ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] }));
		const note = await expectStatus(create("notes", { hs_timestamp: now, hs_note_body: "Seen" }, associations), 201);
		for (const [type, { id }] of ends) {
			const singular = { tickets: "ticket", contacts: "contact", companies: "company", deals: "deal" }[type];
			const read = await expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}?associations=notes`), 200);
			assert.deepEqual(read.associations.notes.results, [{ id: note.id, type: `${singular}_to_note` }]);
		}
		await refused(create("notes", { hs_timestamp: now }, [{ to: { id: ends[1]?.[1].id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 228 }] }]), 400);
	});
});
