/* Up to a hundred objects in one request: exact codes, all or nothing, and what is reported beside the results. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

function checkBatch(body: any): void {
	assert.equal(body.status, "COMPLETE");
	assert.match(body.startedAt, ISO);
	assert.match(body.completedAt, ISO);
	assert.ok(Array.isArray(body.results));
	assert.equal(body.numErrors, body.errors?.length);
	for (const error of body.errors ?? []) {
		assert.equal(error.status, "error");
		assert.ok(error.category && error.message && error.context);
	}
}

forEachEngine((engine) => {
	const at = desk(engine);
	const batch = (type: string, verb: string, body: unknown, query = "") => at.call("POST", `${OBJECTS}/${type}/batch/${verb}${query}`, body);
	const rows = async (table: string) => Number(await sql(at.bellhop, `SELECT count(*) FROM ${table}`));
	const all = async () => [await rows("object"), await rows("object_change"), await rows("association"), await rows("event")];
	const ticket = (subject: string, more = {}) => ({ properties: { subject, hs_pipeline_stage: "1" }, ...more });

	describe("create", () => {
		test("201 with the objects in the order of the inputs, their associations and trace ids", async () => {
			const contact = await newContact(at.call, "batch@customer.example");
			const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }];
			const body = await expectStatus(batch("tickets", "create", { inputs: [ticket("One", { associations: [{ to: { id: contact.id }, types }] }), ticket("Two", { objectWriteTraceId: "t2" })] }), 201);
			checkBatch(body);
			assert.deepEqual(body.results.map((o: any) => [o.properties.subject, o.properties.hs_pipeline, o.objectWriteTraceId]), [["One", "0", undefined], ["Two", "0", "t2"]]);
			const read = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${body.results[0].id}?associations=contacts`), 200);
			assert.deepEqual(read.associations.contacts.results, [{ id: contact.id, type: "ticket_to_contact" }]);
		});

		test("a hundred go, a hundred and one and none do not", async () => {
			const many = (n: number) => ({ inputs: Array.from({ length: n }, (_, i) => ({ properties: { email: `many${i}@customer.example` } })) });
			await refused(batch("contacts", "create", many(101)), 400, /100/);
			for (const body of [{ inputs: [] }, {}, { inputs: {} }]) await refused(batch("contacts", "create", body), 400, "Batch input provided should have at least one object.");
			await refused(batch("contacts", "create", { inputs: [1] }), 400);
			assert.equal((await expectStatus(batch("contacts", "create", many(100)), 201)).results.length, 100);
		});

		test("one bad input without a trace id, and nothing at all is written", async () => {
			const before = await all();
			const contact = (email: string) => ({ properties: { email }, objectWriteTraceId: email });
			const bads: [unknown, number, RegExp][] = [
				[{ properties: { no_such: "x" } }, 400, /no_such/],
				[{ properties: {} }, 400, /^Error creating CONTACT/],
				[{ properties: { email: "many0@customer.example" } }, 409, /^Contact already exists\. Existing ID: \d+$/],
				[{ properties: { email: "ALL1@customer.example" } }, 409, /^Contact already exists/],
				[{ properties: { email: "free@customer.example" }, associations: [{ to: { id: "999999" }, types: [] }] }, 400, /^One or more associations/],
			];
			for (const [bad, status, message] of bads) await refused(batch("contacts", "create", { inputs: [contact("all1@customer.example"), bad, contact("all2@customer.example")] }), status, message);
			assert.deepEqual(await all(), before);
		});

		test("207 where each bad input has a trace id: the good ones are written, of the bad ones nothing", async () => {
			const { id } = await newContact(at.call, "taken@customer.example");
			const target = await newTicket(at.call);
			const before = await rows("object");
			const input = (objectWriteTraceId: string, properties: unknown, associations?: unknown) => ({ objectWriteTraceId, properties, associations });
			const body = await expectStatus(
				batch("contacts", "create", {
					inputs: [
						input("a", { email: "a207@customer.example" }, [{ to: { id: target.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 15 }] }]),
						input("b", { email: "Taken@customer.example" }),
						input("c", { no_such: "1", nor_this: "2" }),
						input("d", { email: "d207@customer.example" }, [{ to: { id: target.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] }]),
						input("e", { email: "a207@customer.example" }),
						input("f", { email: "f207@customer.example" }),
					],
				}),
				207,
			);
			checkBatch(body);
			assert.deepEqual(body.results.map((o: any) => [o.objectWriteTraceId, o.properties.email]), [["a", "a207@customer.example"], ["f", "f207@customer.example"]]);
			assert.equal(body.numErrors, 4);
			assert.deepEqual(body.errors.map((e: any) => [e.context.objectWriteTraceId, e.category]), [[["b"], "CONFLICT"], [["c"], "VALIDATION_ERROR"], [["d"], "VALIDATION_ERROR"], [["e"], "CONFLICT"]]);
			assert.equal(body.errors[0].message, `Contact already exists. Existing ID: ${id}`);
			assert.deepEqual(body.errors[1].errors.map((e: any) => e.context.propertyName[0]), ["no_such", "nor_this"]);
			assert.deepEqual(body.errors[3].errors, []);
			assert.equal(await rows("object"), before + 2);
		});
	});

	describe("read", () => {
		test("by id with properties, null for what is not set; 207 with one entry for all that are missing", async () => {
			const one = await newTicket(at.call, { subject: "Read me" });
			const other = await newTicket(at.call, { subject: "Me too" });
			const gone = await newTicket(at.call);
			await at.call("DELETE", `${OBJECTS}/tickets/${gone.id}`);
			const plain = await expectStatus(batch("tickets", "read", { inputs: [{ id: other.id }, { id: Number(one.id) }], properties: ["subject", "content", "no_such"], propertiesWithHistory: ["subject"] }), 200);
			checkBatch(plain);
			assert.deepEqual(plain.results.map((o: any) => [o.id, o.properties.subject, o.properties.content]), [[other.id, "Me too", null], [one.id, "Read me", null]]);
			assert.equal(plain.results[0].propertiesWithHistory.subject[0].value, "Me too");
			assert.ok(!("no_such" in plain.results[0].properties) && !("numErrors" in plain));

			const some = await expectStatus(batch("tickets", "read", { inputs: [{ id: one.id }, { id: gone.id }, { id: "none" }, { id: "987654321" }] }), 207);
			checkBatch(some);
			assert.deepEqual(some.results.map((o: any) => o.id), [one.id]);
			assert.equal(some.numErrors, 1);
			assert.deepEqual(some.errors[0], {
				status: "error",
				category: "OBJECT_NOT_FOUND",
				message: "Could not get some TICKET objects, they may be deleted or not exist. Check that ids are valid.",
				context: { ids: [gone.id, "none", "987654321"] },
				errors: [],
				links: {},
			});
			const none = await expectStatus(batch("tickets", "read", { inputs: [{ id: "987654321" }] }), 207);
			assert.deepEqual([none.results, none.numErrors], [[], 1]);
			const archived = await expectStatus(batch("tickets", "read", { inputs: [{ id: gone.id }] }, "?archived=true"), 200);
			assert.equal(archived.results[0].archived, true);
		});

		test("by a unique property, whatever its case; another property is refused", async () => {
			const { id } = await newContact(at.call, "unique@customer.example");
			const body = await expectStatus(batch("contacts", "read", { idProperty: "email", inputs: [{ id: "Unique@customer.example" }, { id: "nobody@customer.example" }], properties: ["email"] }), 207);
			assert.deepEqual([body.results.map((o: any) => o.id), body.errors[0].context.ids], [[id], ["nobody@customer.example"]]);
			await refused(batch("contacts", "read", { idProperty: "firstname", inputs: [{ id: "Ann" }] }), 400);
		});
	});

	describe("update", () => {
		test("200, by id or by a unique property of each input", async () => {
			const a = await newContact(at.call, "ua@customer.example");
			const b = await newContact(at.call, "ub@customer.example");
			const body = await expectStatus(batch("contacts", "update", { inputs: [{ id: b.id, properties: { firstname: "Bo" } }, { id: "UA@customer.example", idProperty: "email", properties: { firstname: "Ann" } }] }), 200);
			checkBatch(body);
			assert.deepEqual(body.results.map((o: any) => [o.id, o.properties.firstname]), [[b.id, "Bo"], [a.id, "Ann"]]);
		});

		test("all or nothing without trace ids, 207 with them", async () => {
			const a = await newContact(at.call, "va@customer.example");
			const b = await newContact(at.call, "vb@customer.example");
			const first = { id: a.id, properties: { firstname: "Changed" } };
			const before = await all();
			await refused(batch("contacts", "update", { inputs: [first, { id: b.id, properties: { email: "va@customer.example" } }] }), 409, `Contact already exists. Existing ID: ${a.id}`);
			await refused(batch("contacts", "update", { inputs: [first, { id: b.id, properties: {} }] }), 400, /^No properties found/);
			assert.deepEqual(await all(), before);
			const body = await expectStatus(batch("contacts", "update", { inputs: [first, { id: "987654321", properties: { firstname: "x" }, objectWriteTraceId: "gone" }] }), 207);
			checkBatch(body);
			assert.deepEqual([body.results[0].properties.firstname, body.errors[0].context, body.errors[0].category], ["Changed", { objectWriteTraceId: ["gone"] }, "OBJECT_NOT_FOUND"]);
		});
	});

	describe("what an update does not find", () => {
		test("is one entry for all such ids beside the results, 207, and the others are written", async () => {
			const a = await newContact(at.call, "wa@customer.example");
			const body = await expectStatus(batch("contacts", "update", { inputs: [{ id: "987654321", properties: { firstname: "x" } }, { id: a.id, properties: { firstname: "Changed" } }, { id: "nobody@customer.example", idProperty: "email", properties: { firstname: "x" } }, { id: "no number", properties: { firstname: "x" } }] }), 207);
			checkBatch(body);
			assert.deepEqual(body.results.map((o: any) => [o.id, o.properties.firstname]), [[a.id, "Changed"]]);
			assert.deepEqual([body.numErrors, body.errors[0].category, body.errors[0].message, body.errors[0].context.ids.sort()], [1, "OBJECT_NOT_FOUND", "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.", ["987654321", "no number", "nobody@customer.example"]]);
			/* another fault still refuses all */
			await refused(batch("contacts", "update", { inputs: [{ id: "987654321", properties: { firstname: "x" } }, { id: a.id, properties: { no_such: "x" } }] }), 400);
		});
	});

	describe("upsert", () => {
		test("changes what exists and creates the rest, and says which", async () => {
			const { id } = await newContact(at.call, "old@customer.example");
			const inputs = [
				{ id: "Old@customer.example", idProperty: "email", properties: { firstname: "Old" } },
				{ id: "new@customer.example", idProperty: "email", properties: { firstname: "New" } },
				{ id: "new@customer.example", idProperty: "email", properties: { lastname: "Twice" } },
			];
			const body = await expectStatus(batch("contacts", "upsert", { inputs }), 200);
			checkBatch(body);
			assert.deepEqual(body.results.map((o: any) => o.new), [false, true, false]);
			assert.deepEqual([body.results[0].id, body.results[1].id], [id, body.results[2].id]);
			assert.equal(body.results[1].properties.email, "new@customer.example");
			assert.deepEqual((await expectStatus(batch("contacts", "upsert", { inputs }), 200)).results.map((o: any) => o.new), [false, false, false]);
		});

		test("a property that is not unique is refused, an id that nothing has is not found", async () => {
			await refused(batch("contacts", "upsert", { inputs: [{ id: "x", idProperty: "firstname", properties: { lastname: "x" } }] }), 400);
			await refused(batch("contacts", "upsert", { inputs: [{ id: "987654321", properties: { lastname: "x" } }] }), 404);
			await refused(batch("contacts", "upsert", { inputs: [{ idProperty: "email", properties: { lastname: "x" } }] }), 400, /\[id\]/);
			const body = await expectStatus(batch("contacts", "upsert", { inputs: [{ id: "no address", idProperty: "email", properties: {}, objectWriteTraceId: "u1" }] }), 207);
			assert.deepEqual([body.results, body.errors[0].context.objectWriteTraceId, body.errors[0].errors[0].code], [[], ["u1"], "INVALID_EMAIL"]);
		});
	});

	test("archive: 204, also for what is gone already", async () => {
		const a = await newTicket(at.call);
		const b = await newTicket(at.call);
		for (let i = 0; i < 2; i++) await expectStatus(batch("tickets", "archive", { inputs: [{ id: a.id }, { id: b.id }, { id: "987654321" }] }), 204);
		for (const { id } of [a, b]) await refused(at.call("GET", `${OBJECTS}/tickets/${id}`), 404);
	});

	test("a token needs the scope of the type: to read for read, to write for the others", async () => {
		const reader = at.token(at.bellhop.admin.email, "crm.objects.contacts.read");
		const { id } = await newContact(at.call, "scoped@customer.example");
		await expectStatus(reader("POST", `${OBJECTS}/contacts/batch/read`, { inputs: [{ id }] }), 200);
		for (const verb of ["create", "update", "upsert", "archive"]) await refused(reader("POST", `${OBJECTS}/contacts/batch/${verb}`, { inputs: [{ id, properties: { firstname: "x" } }] }), 403);
	});

	test("batches that touch the same contacts in opposite orders both end", async () => {
		const ids = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await newContact(at.call, `order${i}@customer.example`)).id));
		const go = (order: string[], firstname: string) => batch("contacts", "update", { inputs: order.map((id) => ({ id, properties: { firstname } })) });
		await Promise.all(Array.from({ length: 6 }, (_, i) => expectStatus(go(i % 2 ? ids : [...ids].reverse(), `n${i}`), 200)));
		const names = await expectStatus(batch("contacts", "read", { inputs: ids.map((id) => ({ id })), properties: ["firstname"] }), 200);
		assert.equal(new Set(names.results.map((o: any) => o.properties.firstname)).size, 1);
	});
});
