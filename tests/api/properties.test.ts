/* Definitions of properties under /crm/v3/properties: made, changed and archived while the desk runs, and at once good for objects. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { api, forEachEngine, startBellhop, waitFor } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, newTicket, OBJECTS, refused, signIn } from "./help.ts";

const PROPERTIES = "/crm/v3/properties";
const text = (name: string, more: object = {}) => ({ name, label: `The ${name}`, type: "string", fieldType: "text", groupName: "ticketinformation", ...more });
const codes = (body: any) => body.errors.map((e: any) => [e.code, e.in]);

forEachEngine((engine) => {
	const at = desk(engine);
	const make = (body: object, type = "tickets") => at.call("POST", `${PROPERTIES}/${type}`, body);

	describe("one property", () => {
		test("made 201, read, changed 200, archived 204; then it is found among the archived only", async () => {
			const made = await expectStatus(make(text("serial", { description: "On the back", formField: true, displayOrder: 3 })), 201);
			const { createdAt, updatedAt, ...rest } = made;
			assert.equal(createdAt, updatedAt);
			assert.deepEqual(rest, {
				name: "serial", label: "The serial", type: "string", fieldType: "text", description: "On the back", groupName: "ticketinformation",
				options: [], displayOrder: 3, calculated: false, externalOptions: false, hasUniqueValue: false, hidden: false, hubspotDefined: false,
				formField: true, dataSensitivity: "non_sensitive", archived: false,
				modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
			});
			assert.deepEqual(await expectStatus(at.call("GET", `${PROPERTIES}/0-5/serial`), 200), made);
			const changed = await expectStatus(at.call("PATCH", `${PROPERTIES}/tickets/serial`, { label: "Serial number", fieldType: "textarea", hidden: true }), 200);
			assert.deepEqual([changed.label, changed.fieldType, changed.hidden, changed.description], ["Serial number", "textarea", true, "On the back"]);
			await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/serial`), 204);
			await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/serial`), 204);
			await refused(at.call("GET", `${PROPERTIES}/tickets/serial`), 404);
			assert.equal((await expectStatus(at.call("GET", `${PROPERTIES}/tickets/serial?archived=true`), 200)).archived, true);
			const list = await expectStatus(at.call("GET", `${PROPERTIES}/tickets?archived=true`), 200);
			assert.deepEqual(list.results.map((p: any) => p.name), ["serial"]);
		});

		test("the list is not paged, has the built-in ones too, and may be narrowed by name", async () => {
			const all = await expectStatus(at.call("GET", `${PROPERTIES}/contacts`), 200);
			assert.equal(all.paging, undefined);
			assert.ok(all.results.some((p: any) => p.name === "email" && p.hubspotDefined && !p.modificationMetadata.archivable));
			const two = await expectStatus(at.call("GET", `${PROPERTIES}/contacts?properties=email&properties=phone`), 200);
			assert.deepEqual(two.results.map((p: any) => p.name).sort(), ["email", "phone"]);
		});

		test("what may not be is refused, and says which field", async () => {
			await refused(make({ name: "x", label: "X" }), 400, "Invalid input JSON on line 1, column 1. Some required fields were not set: [groupName, type, fieldType]");
			for (const name of ["Upper", "9x", "a-b", "", "ü", "a".repeat(101)]) assert.deepEqual(codes(await refused(make(text(name)), 400)), [["INVALID_NAME", "name"]], name);
			const cases: [object, [string, string]][] = [
				[text("hs_mine"), ["RESERVED_NAME", "name"]],
				[text("x", { type: "colour" }), ["INVALID_OPTION", "type"]],
				[text("x", { fieldType: "select" }), ["INVALID_OPTION", "fieldType"]],
				[text("x", { groupName: "nowhere" }), ["GROUP_DOESNT_EXIST", "groupName"]],
				[text("x", { label: " " }), ["INVALID_LENGTH", "label"]],
				[text("x", { fieldType: "textarea", hasUniqueValue: true }), ["INVALID_TYPE", "hasUniqueValue"]],
				[text("x", { options: [{ label: "A", value: "a" }] }), ["INVALID_OPTION", "options"]],
				[text("x", { type: "enumeration", fieldType: "select", options: [{ label: "A", value: "a" }, { label: "B", value: "a" }] }), ["DUPLICATE_OPTION", "options"]],
				[text("x", { type: "enumeration", fieldType: "select", options: [{ label: "A" }] }), ["INVALID_OPTION", "options"]],
				[text("x", { type: "enumeration", fieldType: "checkbox", options: [{ label: "A", value: "a;b" }] }), ["INVALID_OPTION", "options"]],
				[text("x", { type: "bool", fieldType: "booleancheckbox", options: [{ label: "Yes", value: "yes" }] }), ["INVALID_OPTION", "options"]],
			];
			for (const [body, fault] of cases) assert.deepEqual(codes(await refused(make(body), 400)), [fault], JSON.stringify(body));
			await expectStatus(make(text("twice")), 201);
			await refused(make(text("twice")), 409, "A property named 'twice' already exists.");
			await refused(make(text("x"), "foo"), 400, "Unable to infer object type from: foo");
			assert.equal((await refused(at.call("PATCH", `${PROPERTIES}/tickets/no_such`, { label: "X" }), 404)).category, "OBJECT_NOT_FOUND");
			await refused(at.call("DELETE", `${PROPERTIES}/tickets/no_such`), 404);
		});

		test("a built-in one can be labelled anew, but not archived nor given another type", async () => {
			await refused(at.call("DELETE", `${PROPERTIES}/tickets/subject`), 400);
			assert.deepEqual(codes(await refused(at.call("PATCH", `${PROPERTIES}/tickets/subject`, { type: "number" }), 400)), [["READ_ONLY_DEFINITION", "type"]]);
			assert.deepEqual(codes(await refused(at.call("PATCH", `${PROPERTIES}/tickets/hs_pipeline_stage`, { options: [] }), 400)), [["READ_ONLY_OPTIONS", "options"]]);
			assert.equal((await expectStatus(at.call("PATCH", `${PROPERTIES}/tickets/subject`, { label: "Matter", type: "string" }), 200)).label, "Matter");
			const { options } = await expectStatus(at.call("GET", `${PROPERTIES}/tickets/hs_ticket_category`), 200);
			await expectStatus(at.call("PATCH", `${PROPERTIES}/tickets/hs_ticket_category`, { options: [...options, { label: "Praise", value: "PRAISE" }] }), 200);
			assert.equal((await newTicket(at.call, { hs_ticket_category: "PRAISE" })).properties.hs_ticket_category ?? "PRAISE", "PRAISE");
		});

		test("agents read definitions; only administrators change them", async () => {
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await expectStatus(call("GET", `${PROPERTIES}/tickets/subject`), 200);
			await refused(call("POST", `${PROPERTIES}/tickets`, text("mine")), 403);
			await refused(call("PATCH", `${PROPERTIES}/tickets/subject`, { label: "Mine" }), 403);
			await refused(call("DELETE", `${PROPERTIES}/tickets/subject`), 403);
		});
	});

	describe("values of a new property", () => {
		const read = (id: string, name: string) => at.call("GET", `${OBJECTS}/tickets/${id}?properties=${name}&propertiesWithHistory=${name}`);

		test("are kept, checked, shown and remembered as soon as its making is answered", async () => {
			for (let i = 0; i < 10; i++) {
				const name = `quick_${i}`;
				await expectStatus(make(text(name, { type: "number", fieldType: "number" })), 201);
				const { id } = await newTicket(at.call, { [name]: 17 });
				await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { [name]: "18.5" } }), 200);
				const got = await expectStatus(read(id, name), 200);
				assert.equal(got.properties[name], "18.5");
				assert.deepEqual(got.propertiesWithHistory[name].map((h: any) => h.value), ["18.5", "17"]);
				const body = await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { [name]: "many" } }), 400);
				assert.equal(body.errors[0].code, "INVALID_LONG");
			}
		});

		test("of an enumeration are one of its options, and follow them when they change", async () => {
			const kind = { type: "enumeration", fieldType: "select", options: [{ label: "Red", value: "red" }] };
			await expectStatus(make(text("colour", kind)), 201);
			const { id } = await newTicket(at.call, { colour: "red" });
			const set = (value: string) => at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { colour: value } });
			assert.equal((await refused(set("blue"), 400)).errors[0].code, "INVALID_OPTION");
			await expectStatus(at.call("PATCH", `${PROPERTIES}/tickets/colour`, { options: [{ label: "Blue", value: "blue", description: "Like the sea" }] }), 200);
			await expectStatus(set("blue"), 200);
			await refused(set("red"), 400);
			await expectStatus(make(text("empty_list", { type: "enumeration", fieldType: "select" })), 201);
			await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { empty_list: "x" } }), 400);
		});

		test("are refused once it is archived, and are there again when it is made anew", async () => {
			await expectStatus(make(text("phoenix")), 201);
			const { id } = await newTicket(at.call, { phoenix: "ash" });
			await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/phoenix`), 204);
			assert.equal((await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { phoenix: "x" } }), 400)).errors[0].code, "PROPERTY_DOESNT_EXIST");
			assert.equal("phoenix" in (await expectStatus(read(id, "phoenix"), 200)).properties, false);
			await expectStatus(make(text("phoenix", { label: "Anew" })), 201);
			assert.equal((await expectStatus(read(id, "phoenix"), 200)).properties.phoenix, "ash");
		});
	});

	/* SQLite has one process */
	describe("two processes on one database", { skip: engine === "sqlite" }, () => {
		test("the other one takes values of a new property at once, and soon shows them", async () => {
			const other = await startBellhop({ engine, dataDir: at.bellhop.dataDir, db: at.bellhop.db });
			try {
				const there = caller(api(other.url, at.bellhop.token));
				for (let i = 0; i < 5; i++) {
					const name = `shared_${i}`;
					await expectStatus(there("GET", `${OBJECTS}/tickets?limit=1`), 200);
					await expectStatus(make(text(name)), 201);
					const { id } = await newTicket(there, { [name]: "x" });
					await waitFor(`${name} in the other process`, async () => (await expectStatus(there("GET", `${OBJECTS}/tickets/${id}?properties=${name}`), 200)).properties[name] === "x");
					await expectStatus(at.call("DELETE", `${PROPERTIES}/tickets/${name}`), 204);
					await refused(there("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { [name]: "y" } }), 400);
				}
			} finally {
				await other.stop();
			}
		});
	});

	describe("batches", () => {
		test("create 201, read 200, archive 204; 207 where some are refused", async () => {
			const made = await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/create`, { inputs: ["one", "two"].map((name) => text(name, { groupName: "companyinformation" })) }), 201);
			assert.deepEqual([made.status, made.results.map((p: any) => p.name), made.numErrors], ["COMPLETE", ["one", "two"], undefined]);
			const some = await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/create`, { inputs: [text("two", { groupName: "companyinformation" }), text("three", { groupName: "companyinformation" }), {}] }), 207);
			assert.deepEqual([some.results.map((p: any) => p.name), some.numErrors, some.errors.map((e: any) => e.category)], [["three"], 2, ["CONFLICT", "VALIDATION_ERROR"]]);
			const read = await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/read`, { inputs: [{ name: "one" }, { name: "three" }] }), 200);
			assert.deepEqual(read.results.map((p: any) => p.name), ["one", "three"]);
			assert.equal((await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/read`, { inputs: [{ name: "one" }, { name: "nope" }] }), 207)).numErrors, 1);
			await refused(at.call("POST", `${PROPERTIES}/companies/batch/archive`, { inputs: [{ name: "one" }, { name: "domain" }] }), 400);
			await expectStatus(at.call("GET", `${PROPERTIES}/companies/one`), 200);
			await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/archive`, { inputs: [{ name: "one" }, { name: "two" }] }), 204);
			const archived = await expectStatus(at.call("POST", `${PROPERTIES}/companies/batch/read`, { archived: true, inputs: [{ name: "one" }] }), 200);
			assert.equal(archived.results[0].archived, true);
			await refused(at.call("POST", `${PROPERTIES}/companies/batch/read`, { inputs: [] }), 400, "Batch input provided should have at least one object.");
		});
	});

	describe("groups", () => {
		test("made 201, listed, changed 200, archived 204 once they are empty", async () => {
			const made = await expectStatus(at.call("POST", `${PROPERTIES}/contacts/groups`, { name: "shoes", label: "Shoes", displayOrder: 2 }), 201);
			assert.deepEqual(made, { name: "shoes", label: "Shoes", displayOrder: 2, archived: false });
			await refused(at.call("POST", `${PROPERTIES}/contacts/groups`, { name: "shoes", label: "Again" }), 409);
			assert.equal((await expectStatus(at.call("PATCH", `${PROPERTIES}/contacts/groups/shoes`, { label: "Footwear" }), 200)).label, "Footwear");
			assert.ok((await expectStatus(at.call("GET", `${PROPERTIES}/contacts/groups`), 200)).results.some((g: any) => g.name === "contactinformation"));
			await expectStatus(make(text("shoe_size", { groupName: "shoes" }), "contacts"), 201);
			await refused(at.call("DELETE", `${PROPERTIES}/contacts/groups/shoes`), 400);
			await expectStatus(at.call("DELETE", `${PROPERTIES}/contacts/shoe_size`), 204);
			await expectStatus(at.call("DELETE", `${PROPERTIES}/contacts/groups/shoes`), 204);
			await refused(at.call("GET", `${PROPERTIES}/contacts/groups/shoes`), 404);
			assert.equal((await expectStatus(at.call("POST", `${PROPERTIES}/contacts/groups`, { name: "shoes", label: "Back" }), 201)).label, "Back");
		});
	});
});
