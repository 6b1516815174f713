/* Properties with unique values: nobody else has the value, whoever comes at the same time, and objects are found by it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

const PROPERTIES = "/crm/v3/properties";
const groups: Record<string, string> = { contacts: "contactinformation", tickets: "ticketinformation", companies: "companyinformation", deals: "dealinformation" };

forEachEngine((engine) => {
	const at = desk(engine);
	const define = (type: string, name: string, more: object = {}) => at.call("POST", `${PROPERTIES}/${type}`, { name, label: name, type: "string", fieldType: "text", groupName: groups[type], hasUniqueValue: true, ...more });
	const taken = async (answer: any, property: string, id: string) => {
		const body = await refused(answer, 400);
		assert.deepEqual([body.category, body.errors[0].code, body.errors[0].context.propertyName], ["VALIDATION_ERROR", "CONFLICTING_UNIQUE_VALUE", [property]]);
		assert.match(body.message, new RegExp(`${id} already has that value`));
	};

	describe("one value", () => {
		test("is one object's: on create and update, without case and outer blanks; clearing and archiving free it", async () => {
			assert.equal((await expectStatus(define("contacts", "erp_id"), 201)).hasUniqueValue, true);
			const ann = await newContact(at.call, "ann@unique.example", { erp_id: "E-1" });
			await taken(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "bob@unique.example", erp_id: " e-1 " } }), "erp_id", ann.id);
			const bob = await newContact(at.call, "bob@unique.example", { erp_id: "E-2" });
			await taken(at.call("PATCH", `${OBJECTS}/contacts/${bob.id}`, { properties: { erp_id: "E-1" } }), "erp_id", ann.id);
			/* his own value, in another form, is no conflict */
			assert.equal((await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${ann.id}`, { properties: { erp_id: "e-1" } }), 200)).properties.erp_id, "e-1");
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${ann.id}`, { properties: { erp_id: "" } }), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${bob.id}`, { properties: { erp_id: "E-1" } }), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${ann.id}`, { properties: { erp_id: "E-2" } }), 200);
			await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${bob.id}`), 204);
			await newContact(at.call, "carl@unique.example", { erp_id: "E-1" });
		});

		test("of tickets that come at the same time, one gets it", async () => {
			await expectStatus(define("tickets", "serial"), 201);
			for (let round = 0; round < 5; round++) {
				const answers = await Promise.all(Array.from({ length: 8 }, () => at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "1", serial: `S${round}` } })));
				assert.deepEqual(answers.map((a) => a.status).sort(), [201, 400, 400, 400, 400, 400, 400, 400]);
				const id = answers.find((a) => a.status === 201)?.body.id;
				for (const answer of answers) if (answer.status === 400) assert.match(answer.body.message, new RegExp(`${id} already has that value`));
			}
			assert.equal(await sql(at.bellhop, "SELECT count(*) FROM unique_value WHERE property = 'serial'"), "5");
		});

		test("two values at once: writers in either order do not wait for each other for ever", async () => {
			await expectStatus(define("deals", "left_key"), 201);
			await expectStatus(define("deals", "right_key"), 201);
			const deal = (properties: object) => at.call("POST", `${OBJECTS}/deals`, { properties: { dealname: "D", dealstage: "qualifiedtobuy", pipeline: "default", ...properties } });
			for (let i = 0; i < 5; i++) {
				const answers = await Promise.all([deal({ left_key: `a${i}`, right_key: `b${i}` }), deal({ right_key: `b${i}`, left_key: `a${i}` }), deal({ left_key: `b${i}`, right_key: `a${i}` })]);
				assert.deepEqual(answers.map((a) => a.status).sort(), [201, 201, 400]);
			}
		});

		test("a merge moves it; numbers may be unique too", async () => {
			await expectStatus(define("companies", "vat", { type: "number", fieldType: "number" }), 201);
			const a = await newCompany(at.call, "A"), b = await expectStatus(at.call("POST", `${OBJECTS}/companies`, { properties: { name: "B", vat: 77 } }), 201);
			await expectStatus(at.call("POST", `${OBJECTS}/companies/merge`, { primaryObjectId: a.id, objectIdToMerge: b.id }), 200);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/companies/77?idProperty=vat`), 200)).id, a.id);
			await taken(at.call("POST", `${OBJECTS}/companies`, { properties: { name: "C", vat: 77 } }), "vat", a.id);
		});

		test("what cannot be one is refused: long texts, other types, an eleventh property, a value too long", async () => {
			const code = async (answer: any) => (await refused(answer, 400)).errors[0].code;
			assert.equal(await code(define("contacts", "bad", { fieldType: "textarea" })), "INVALID_TYPE");
			assert.equal(await code(define("contacts", "bad", { type: "enumeration", fieldType: "select" })), "INVALID_TYPE");
			assert.equal(await code(define("contacts", "bad", { type: "datetime", fieldType: "date" })), "INVALID_TYPE");
			await expectStatus(define("contacts", "plain", { hasUniqueValue: false }), 201);
			assert.equal(await code(at.call("PATCH", `${PROPERTIES}/contacts/plain`, { hasUniqueValue: true })), "READ_ONLY_DEFINITION");
			for (let i = 2; i <= 10; i++) await expectStatus(define("contacts", `key_${i}`), 201);
			assert.equal(await code(define("contacts", "key_11")), "LIMIT_EXCEEDED");
			assert.equal(await code(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "long@unique.example", erp_id: "x".repeat(1001) } })), "INVALID_LENGTH");
			await newContact(at.call, "long@unique.example", { erp_id: "x".repeat(1000) });
		});

		test("a property that comes back as a unique one is refused while two objects have the same value from before", async () => {
			await expectStatus(define("tickets", "old_key", { hasUniqueValue: false }), 201);
			const one = await newTicket(at.call, { old_key: "k" }), two = await newTicket(at.call, { old_key: "K" });
			await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/old_key`), 204);
			await refused(define("tickets", "old_key"), 409, new RegExp(`as that of object ${two.id}`));
			await refused(at.call("GET", `${PROPERTIES}/tickets/old_key`), 404);
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${two.id}`), 204);
			await expectStatus(define("tickets", "old_key"), 201);
			await taken(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "1", old_key: "k" } }), "old_key", one.id);
			/* and once more as a common one */
			await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/old_key`), 204);
			assert.equal((await expectStatus(define("tickets", "old_key", { hasUniqueValue: false }), 201)).hasUniqueValue, false);
			await newTicket(at.call, { old_key: "k" });
		});
	});

	describe("idProperty", () => {
		test("reads, updates, batch reads and upserts by any unique property", async () => {
			const made = await newContact(at.call, "dora@unique.example", { erp_id: "D 1" });
			const by = "idProperty=erp_id";
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/d%201?${by}`), 200)).id, made.id);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/D%201?${by}`, { properties: { firstname: "Dora" } }), 200);
			await refused(at.call("GET", `${OBJECTS}/contacts/nobody?${by}`), 404, "resource not found");
			await refused(at.call("GET", `${OBJECTS}/contacts/x?idProperty=firstname`), 400, 'Property "firstname" is not a unique property of contacts.');
			const read = await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/read`, { idProperty: "erp_id", properties: ["firstname"], inputs: [{ id: "d 1" }, { id: "nobody" }] }), 207);
			assert.deepEqual([read.results[0].properties.firstname, read.errors[0].context.ids], ["Dora", ["nobody"]]);
			const up = await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/upsert`, { inputs: [{ id: "D 1", idProperty: "erp_id", properties: { lastname: "Z" } }, { id: "D 2", idProperty: "erp_id", properties: { email: "d2@unique.example" } }] }), 200);
			assert.deepEqual(up.results.map((o: any) => o.new), [false, true]);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/d%202?${by}`), 200)).properties.email, "d2@unique.example");
			const changed = await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/update`, { inputs: [{ id: "D 2", idProperty: "erp_id", properties: { erp_id: "D 3" } }] }), 200);
			assert.equal(changed.results[0].properties.erp_id, "D 3");
			await refused(at.call("GET", `${OBJECTS}/contacts/d%202?${by}`), 404);
		});

		test("upserts of the same new values at the same time make each object once", async () => {
			const inputs = (order: number[]) => ({ inputs: order.map((i) => ({ id: `U${i}`, idProperty: "erp_id", properties: { lastname: "U" } })) });
			const answers = await Promise.all([[1, 2, 3], [3, 2, 1], [2, 1, 3], [3, 1, 2]].map((order) => at.call("POST", `${OBJECTS}/contacts/batch/upsert`, inputs(order))));
			const ids = new Set<string>();
			let made = 0;
			for (const answer of answers) for (const o of (await expectStatus(answer, 200)).results) { ids.add(o.id); made += o.new ? 1 : 0; }
			assert.deepEqual([ids.size, made], [3, 3]);
		});

		test("a batch create with a taken value is all or nothing, or says which with objectWriteTraceId", async () => {
			const input = (erp_id: string, objectWriteTraceId?: string) => ({ properties: { email: `${erp_id}-${Math.random()}@unique.example`, erp_id }, objectWriteTraceId });
			await refused(at.call("POST", `${OBJECTS}/contacts/batch/create`, { inputs: [input("B1"), input("b1")] }), 400, /already has that value/);
			await refused(at.call("GET", `${OBJECTS}/contacts/b1?idProperty=erp_id`), 404);
			const some = await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/create`, { inputs: [input("B1", "one"), input("b1", "two")] }), 207);
			assert.deepEqual([some.results.length, some.errors[0].context.objectWriteTraceId], [1, ["two"]]);
		});

		test("companies by domain: several may have one, and the oldest is found", async () => {
			const company = (name: string, domain: string) => expectStatus(at.call("POST", `${OBJECTS}/companies`, { properties: { name, domain } }), 201);
			const first = await company("First", "Shared.example"), second = await company("Second", "shared.example");
			const find = () => at.call("GET", `${OBJECTS}/companies/shared.example?idProperty=domain`);
			assert.equal((await expectStatus(find(), 200)).id, first.id);
			await expectStatus(at.call("DELETE", `${OBJECTS}/companies/${first.id}`), 204);
			assert.equal((await expectStatus(find(), 200)).id, second.id);
			await expectStatus(at.call("PATCH", `${OBJECTS}/companies/${second.id}`, { properties: { domain: "other.example" } }), 200);
			await refused(find(), 404);
			const up = await expectStatus(at.call("POST", `${OBJECTS}/companies/batch/upsert`, { inputs: [{ id: "other.example", idProperty: "domain", properties: { name: "Renamed" } }, { id: "new.example", idProperty: "domain", properties: { name: "New" } }] }), 200);
			assert.deepEqual(up.results.map((o: any) => [o.id === second.id, o.new]), [[true, false], [false, true]]);
		});

		test("the client finds by a unique property", async () => {
			const { contacts } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm;
			const made = await contacts.basicApi.create({ properties: { email: "eve@unique.example", erp_id: "EVE" }, associations: [] });
			assert.equal((await contacts.basicApi.getById("eve", undefined, undefined, undefined, false, "erp_id")).id, made.id);
			const up = await contacts.batchApi.upsert({ inputs: [{ id: "EVE", idProperty: "erp_id", properties: { firstname: "Eve" } }] } as any);
			assert.deepEqual(up.results.map((o) => [o.id, o._new]), [[made.id, false]]);
		});
	});
});
