/* The forms that values of each type may have, what is kept of them, and what becomes of values whose options change. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newContact, newTicket, OBJECTS, refused } from "./help.ts";

const PROPERTIES = "/crm/v3/properties/tickets";
const option = (value: string) => ({ value, label: value.toUpperCase() });

forEachEngine((engine) => {
	const at = desk(engine);
	const define = (name: string, type: string, fieldType: string, options?: object[]) => expectStatus(at.call("POST", PROPERTIES, { name, label: name, type, fieldType, groupName: "ticketinformation", options }), 201);
	const patch = (id: string, properties: object) => at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties });
	const read = async (id: string, name: string) => (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?properties=${name}`), 200)).properties[name];

	test("dates, times, numbers, booleans, options and texts: each form is kept in one, or refused with its code", async () => {
		await define("v_date", "date", "date");
		await define("v_time", "datetime", "date");
		await define("v_number", "number", "number");
		await define("v_bool", "bool", "booleancheckbox");
		await define("v_one", "enumeration", "select", [option("a"), option("b")]);
		await define("v_many", "enumeration", "checkbox", [option("a"), option("b"), option("c")]);
		await define("v_text", "string", "text");
		await define("v_phone", "phone_number", "phonenumber");
		const day = Date.UTC(2024, 7, 15);
		const kept: [string, unknown, string | null][] = [
			["v_date", "2024-08-15", "2024-08-15"], ["v_date", day, "2024-08-15"], ["v_date", String(day), "2024-08-15"], ["v_date", "2024-08-15T00:00:00Z", "2024-08-15"],
			["v_date", "2024-08-15T02:00:00+02:00", "2024-08-15"], ["v_date", "", null], ["v_date", null, null],
			["v_time", "2024-08-15T17:09:13.648Z", "2024-08-15T17:09:13.648Z"], ["v_time", day + 1, "2024-08-15T00:00:00.001Z"], ["v_time", "2024-08-15", "2024-08-15T00:00:00.000Z"],
			["v_time", "2024-08-15T19:09:13+02:00", "2024-08-15T17:09:13.000Z"], ["v_time", "-1", "1969-12-31T23:59:59.999Z"],
			["v_number", 17, "17"], ["v_number", "17.50", "17.50"], ["v_number", 17.5, "17.5"], ["v_number", "-0.07", "-0.07"], ["v_number", "1e3", "1e3"], ["v_number", "", null],
			["v_bool", true, "true"], ["v_bool", "FALSE", "false"], ["v_bool", "", null],
			["v_one", "b", "b"], ["v_many", "c;a;c;", "c;a"], ["v_many", ";", "c;a"], ["v_many", "b", "b"],
			["v_text", true, "true"], ["v_text", 12.5, "12.5"], ["v_text", "  as it is ", "  as it is "], ["v_text", "\u{1F600}".repeat(65536), "\u{1F600}".repeat(65536)], ["v_text", ";x", ";x"],
			["v_phone", "+49 30 1234", "+49 30 1234"],
		];
		const ticket = await newTicket(at.call);
		for (const [name, value, want] of kept) {
			await expectStatus(patch(ticket.id, { [name]: value }), 200);
			assert.equal(await read(ticket.id, name), want, `${name} ${String(value).slice(0, 40)}`);
		}
		const no: [string, unknown, string][] = [
			["v_date", "15.08.2024", "INVALID_DATE"], ["v_date", day + 3_600_000, "INVALID_DATE"], ["v_date", "2024-08-15T23:00:00Z", "INVALID_DATE"], ["v_date", "2024-02-30", "INVALID_DATE"], ["v_date", true, "INVALID_DATE"],
			["v_time", "yesterday", "INVALID_DATE"], ["v_time", "2024-08-15T25:00:00Z", "INVALID_DATE"], ["v_time", "99999999999999999999", "INVALID_DATE"],
			["v_number", "many", "INVALID_LONG"], ["v_number", "1,5", "INVALID_LONG"], ["v_number", " 5", "INVALID_LONG"], ["v_number", "0x10", "INVALID_LONG"], ["v_number", "NaN", "INVALID_LONG"], ["v_number", true, "INVALID_LONG"],
			["v_bool", "yes", "INVALID_BOOLEAN"], ["v_bool", 1, "INVALID_BOOLEAN"],
			["v_one", "c", "INVALID_OPTION"], ["v_one", "a;b", "INVALID_OPTION"], ["v_one", "A", "INVALID_OPTION"], ["v_many", "a;d", "INVALID_OPTION"], ["v_many", ";d", "INVALID_OPTION"],
			["v_many", Array.from({ length: 1001 }, () => "a").join(";"), "INVALID_LENGTH"],
			["v_text", "x".repeat(65537), "INVALID_LENGTH"], ["v_text", "ä".repeat(65537), "INVALID_LENGTH"], ["v_text", ["a"], "INVALID_TYPE"], ["v_text", { a: 1 }, "INVALID_TYPE"],
		];
		for (const [name, value, code] of no) {
			const before = await read(ticket.id, name);
			const body = await refused(patch(ticket.id, { [name]: value }), 400);
			assert.deepEqual([body.category, body.errors[0].code, body.errors[0].context.propertyName], ["VALIDATION_ERROR", code, [name]], `${name} ${String(value).slice(0, 40)}`);
			assert.equal(await read(ticket.id, name), before);
		}
	});

	test("a value of checkboxes that begins with a semicolon adds to those that are there", async () => {
		const ticket = await newTicket(at.call, { hs_ticket_category: ";PRODUCT_ISSUE" });
		const append = async (value: string) => (await expectStatus(patch(ticket.id, { hs_ticket_category: value }), 200)).properties.hs_ticket_category;
		assert.equal(await read(ticket.id, "hs_ticket_category"), "PRODUCT_ISSUE");
		assert.equal(await append(";BILLING_ISSUE"), "PRODUCT_ISSUE;BILLING_ISSUE");
		assert.equal(await append(";PRODUCT_ISSUE;GENERAL_INQUIRY"), "PRODUCT_ISSUE;BILLING_ISSUE;GENERAL_INQUIRY");
		assert.equal(await append("FEATURE_REQUEST"), "FEATURE_REQUEST");
		const { propertiesWithHistory } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}?propertiesWithHistory=hs_ticket_category`), 200);
		assert.deepEqual(propertiesWithHistory.hs_ticket_category.map((h: any) => h.value), ["FEATURE_REQUEST", "PRODUCT_ISSUE;BILLING_ISSUE;GENERAL_INQUIRY", "PRODUCT_ISSUE;BILLING_ISSUE", "PRODUCT_ISSUE"]);
	});

	describe("options that change", () => {
		test("an object keeps the value of an option that is gone; nobody can choose it again; other writes and merges go on", async () => {
			await define("v_gone", "enumeration", "select", [option("old"), option("new")]);
			const ticket = await newTicket(at.call, { v_gone: "old" });
			await expectStatus(at.call("PATCH", `${PROPERTIES}/v_gone`, { options: [option("new"), option("newer")] }), 200);
			assert.equal(await read(ticket.id, "v_gone"), "old");
			await expectStatus(patch(ticket.id, { subject: "Another" }), 200);
			assert.equal((await refused(patch(ticket.id, { v_gone: "old" }), 400)).errors[0].code, "INVALID_OPTION");
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { filterGroups: [{ filters: [{ propertyName: "v_gone", operator: "EQ", value: "old" }] }] }), 200);
			assert.deepEqual(found.results.map((o: any) => o.id), [ticket.id]);
			const into = await newTicket(at.call);
			await expectStatus(at.call("POST", `${OBJECTS}/tickets/merge`, { primaryObjectId: into.id, objectIdToMerge: ticket.id }), 200);
			assert.equal(await read(into.id, "v_gone"), "old");
			await expectStatus(patch(into.id, { v_gone: "newer" }), 200);
		});

		test("at most 1,000 options, each once; a hidden one is still a value", async () => {
			const many = Array.from({ length: 1001 }, (_, i) => option(`o${i}`));
			await define("v_full", "enumeration", "select", many.slice(1));
			await refused(at.call("PATCH", `${PROPERTIES}/v_full`, { options: many }), 400, /at most 1000/);
			await refused(at.call("PATCH", `${PROPERTIES}/v_full`, { options: [option("a"), option("a")] }), 400, /comes twice/);
			await expectStatus(at.call("PATCH", `${PROPERTIES}/v_full`, { options: [{ ...option("a"), hidden: true }] }), 200);
			assert.equal(await read((await newTicket(at.call, { v_full: "a" })).id, "v_full"), "a");
		});

		test("a life cycle whose stages were changed still goes forward only", async () => {
			const path = "/crm/v3/properties/contacts/lifecyclestage";
			const { options } = await expectStatus(at.call("GET", path), 200);
			const contact = await newContact(at.call, "cycle@customer.example", { lifecyclestage: "opportunity" });
			await expectStatus(at.call("PATCH", path, { options: [{ label: "First", value: "first" }, ...options] }), 200);
			const set = async (lifecyclestage: string) => {
				await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${contact.id}`, { properties: { lifecyclestage } }), 200);
				return (await expectStatus(at.call("GET", `${OBJECTS}/contacts/${contact.id}?properties=lifecyclestage`), 200)).properties.lifecyclestage;
			};
			assert.equal(await set("first"), "opportunity");
			assert.equal(await set("customer"), "customer");
		});
	});
});
