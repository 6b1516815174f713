/* Tickets, contacts and companies under /crm/v3/objects: what the wire promises to clients that check nothing themselves. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused } from "./help.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

/* An object as section 5 of the wire has it: ids and values are strings. */
function checkObject(object: any): void {
	assert.match(object.id, /^[1-9][0-9]*$/);
	assert.equal(object.properties.hs_object_id, object.id);
	assert.match(object.createdAt, ISO);
	assert.match(object.updatedAt, ISO);
	assert.equal(typeof object.archived, "boolean");
	for (const [name, value] of Object.entries(object.properties)) assert.ok(value === null || typeof value === "string", `${name} is ${typeof value}`);
}

const faults = (body: any) => body.errors.map((e: any) => [e.code, e.context.propertyName[0]]);

forEachEngine((engine) => {
	const at = desk(engine);

	describe("create, read, update, archive", () => {
		const kinds = [
			["tickets", { subject: "Lamp", hs_pipeline_stage: "1" }, { subject: "Two lamps" }, "hs_lastmodifieddate"],
			["contacts", { email: "crud@customer.example", firstname: "Ann" }, { lastname: "Lee" }, "lastmodifieddate"],
			["companies", { name: "Lamps Ltd", domain: "lamps.example" }, { city: "Turku" }, "hs_lastmodifieddate"],
		] as const;
		for (const [type, properties, change, modified] of kinds)
			test(`${type}: 201, 200, 200, 204, then 404 and found among the archived`, async () => {
				const answer = await at.call("POST", `${OBJECTS}/${type}`, { properties });
				const made = await expectStatus(answer, 201);
				checkObject(made);
				assert.equal(made.archived, false);
				assert.equal(answer.headers.get("location"), `${OBJECTS}/${type}/${made.id}`);
				for (const [name, value] of Object.entries(properties)) assert.equal(made.properties[name], value);
				for (const name of ["createdate", modified, "hs_object_id"]) assert.ok(made.properties[name], name);

				const read = await expectStatus(at.call("GET", `${OBJECTS}/${type}/${made.id}`), 200);
				checkObject(read);
				assert.equal(read.properties.createdate, made.createdAt);
				const changed = await expectStatus(at.call("PATCH", `${OBJECTS}/${type}/${made.id}`, { properties: change }), 200);
				checkObject(changed);
				const [name, value] = Object.entries(change)[0] as [string, string];
				assert.equal(changed.properties[name], value);
				assert.ok(changed.updatedAt >= made.updatedAt);

				await expectStatus(at.call("DELETE", `${OBJECTS}/${type}/${made.id}`), 204);
				await expectStatus(at.call("DELETE", `${OBJECTS}/${type}/${made.id}`), 204);
				await refused(at.call("GET", `${OBJECTS}/${type}/${made.id}`), 404, "resource not found");
				await refused(at.call("PATCH", `${OBJECTS}/${type}/${made.id}`, { properties: change }), 404);
				const archived = await expectStatus(at.call("GET", `${OBJECTS}/${type}/${made.id}?archived=true`), 200);
				assert.equal(archived.archived, true);
				assert.match(archived.archivedAt, ISO);
				const list = await expectStatus(at.call("GET", `${OBJECTS}/${type}?archived=true&limit=100`), 200);
				assert.ok(list.results.some((o: any) => o.id === made.id));
				assert.ok(list.results.every((o: any) => o.archived));
			});

		test("a ticket's answer to its creation has the automatic properties", async () => {
			const { properties } = await newTicket(at.call);
			for (const name of ["createdate", "hs_helpdesk_sort_timestamp", "hs_last_message_from_visitor", "hs_lastmodifieddate", "hs_object_id", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_id"])
				assert.ok(properties[name], `${name} in ${JSON.stringify(properties)}`);
			assert.equal(properties.hs_pipeline, "0");
			assert.equal(properties.hs_last_message_from_visitor, "false");
		});

		test("archiving what never was is 204 too", async () => {
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/999999`), 204);
		});

		test("the type may be plural, singular, or its id", async () => {
			const { id } = await newTicket(at.call, { subject: "Aliases" });
			for (const type of ["tickets", "ticket", "0-5"]) assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}`), 200)).properties.subject, "Aliases");
			const made = await expectStatus(at.call("POST", `${OBJECTS}/0-1`, { properties: { firstname: "Alias" } }), 201);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contact/${made.id}`), 200)).id, made.id);
			await refused(at.call("GET", `${OBJECTS}/foo`), 400, "Unable to infer object type from: foo");
		});

		test("an id of another type, an unknown one and one that is no number are 404, each in its words", async () => {
			const ticket = await newTicket(at.call);
			const other = await refused(at.call("GET", `${OBJECTS}/contacts/${ticket.id}`), 404, "resource not found");
			assert.equal(other.category, undefined);
			const unknown = await refused(at.call("GET", `${OBJECTS}/tickets/999999`), 404, "resource not found");
			assert.equal(unknown.category, undefined);
			for (const id of ["abc", "-1", "0", "1.5", "99999999999999999999"]) {
				const bad = await refused(at.call("GET", `${OBJECTS}/tickets/${id}`), 404, "Object not found.  objectId are usually numeric.");
				assert.equal(bad.category, "OBJECT_NOT_FOUND");
				assert.deepEqual(bad.context, { id: [id] });
			}
		});
	});

	describe("what is read", () => {
		test("without properties the defaults come, with null for what is unset", async () => {
			const { id } = await newTicket(at.call);
			const { properties } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200);
			assert.deepEqual(Object.keys(properties).sort(), ["content", "createdate", "hs_lastmodifieddate", "hs_object_id", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_priority", "subject"]);
			assert.equal(properties.content, null);
			assert.equal(properties.hs_ticket_priority, null);
		});

		test("properties may be repeated and separated by commas; unknown names are left out; three always come", async () => {
			const { id } = await newTicket(at.call, { content: "It flickers", hs_ticket_priority: "HIGH" });
			for (const query of ["properties=content&properties=closed_date&properties=no_such", "properties=content,closed_date,no_such", "properties=content%2Cclosed_date&properties=no_such"]) {
				const { properties } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?${query}`), 200);
				assert.deepEqual(Object.keys(properties).sort(), ["closed_date", "content", "createdate", "hs_lastmodifieddate", "hs_object_id"]);
				assert.equal(properties.content, "It flickers");
				assert.equal(properties.closed_date, null);
			}
		});

		test("propertiesWithHistory has every value, newest first, and who set it", async () => {
			const { id } = await newTicket(at.call, { subject: "First" });
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject: "Second" } }), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { content: "x" } }), 200);
			const read = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?propertiesWithHistory=subject,hs_ticket_priority,no_such`), 200);
			assert.deepEqual(Object.keys(read.propertiesWithHistory).sort(), ["hs_ticket_priority", "subject"]);
			const history = read.propertiesWithHistory.subject;
			assert.deepEqual(history.map((h: any) => h.value), ["Second", "First"]);
			assert.deepEqual(read.propertiesWithHistory.hs_ticket_priority, []);
			assert.equal(read.properties.subject, "Second");
			for (const h of history) {
				assert.match(h.timestamp, ISO);
				assert.equal(h.sourceType, "INTEGRATION");
				assert.equal(h.updatedByUserId, 1);
			}
		});

		test("values go in as strings, numbers or booleans and come out as strings; \"\" and null clear", async () => {
			const company = await expectStatus(at.call("POST", `${OBJECTS}/companies`, { properties: { name: "Types", numberofemployees: 17, annualrevenue: 12.5, founded_year: true } }), 201);
			const url = `${OBJECTS}/companies/${company.id}`;
			const read = async () => (await expectStatus(at.call("GET", `${url}?properties=numberofemployees,annualrevenue,founded_year,city`), 200)).properties;
			assert.deepEqual([(await read()).numberofemployees, (await read()).annualrevenue, (await read()).founded_year], ["17", "12.5", "true"]);
			await expectStatus(at.call("PATCH", url, { properties: { numberofemployees: "", annualrevenue: null } }), 200);
			const cleared = await read();
			assert.ok([null, ""].includes(cleared.numberofemployees) && [null, ""].includes(cleared.annualrevenue), JSON.stringify(cleared));
			assert.equal(cleared.city, null);
		});

		test("text of every script, quotes and long values come back as they went in", async () => {
			const subject = "お問い合わせ – „Zażółć” \\ \"gęślą\" 🛎\u{10FFFF} <b>&amp;</b>\t\u0001";
			const content = "ä".repeat(32_000);
			const { id } = await newTicket(at.call, { subject, content });
			const { properties } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200);
			assert.equal(properties.subject, subject);
			assert.equal(properties.content, content);
			const body = await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { content: "x".repeat(65_537) } }), 400);
			assert.deepEqual(faults(body), [["INVALID_LENGTH", "content"]]);
		});

		test("dates go in as ISO 8601 or epoch milliseconds and come out as ISO in UTC", async () => {
			const set = async (value: unknown) => {
				const ticket = await newTicket(at.call, { hs_feedback_last_survey_date: value });
				return (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}?properties=hs_feedback_last_survey_date`), 200)).properties.hs_feedback_last_survey_date;
			};
			const iso = new Date(1723741753648).toISOString();
			for (const value of [1723741753648, "1723741753648", iso, "2024-08-15T20:09:13.648+03:00"]) assert.equal(await set(value), iso, String(value));
		});

		test("lists page by id to the end, and the last page has no paging", async () => {
			for (let i = 0; i < 7; i++) await newContact(at.call, `page${i}@customer.example`);
			const all: string[] = [];
			let after: string | undefined;
			let pages = 0;
			do {
				const page = await expectStatus(at.call("GET", `${OBJECTS}/contacts?limit=3${after ? `&after=${after}` : ""}`), 200);
				page.results.forEach(checkObject);
				all.push(...page.results.map((o: any) => o.id));
				assert.ok(page.results.length <= 3);
				after = page.paging?.next.after;
				if (after === undefined) assert.equal("paging" in page, false);
				else assert.equal(typeof after, "string");
				assert.ok(++pages < 100);
			} while (after);
			assert.deepEqual(all, [...new Set(all)].sort((x, y) => Number(x) - Number(y)));
			const whole = await expectStatus(at.call("GET", `${OBJECTS}/contacts?limit=100`), 200);
			assert.deepEqual(whole.results.map((o: any) => o.id), all);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets`), 200)).results.length, 10);
			const exact = await expectStatus(at.call("GET", `${OBJECTS}/contacts?limit=${all.length}`), 200);
			assert.equal("paging" in exact, false, "a full last page is the last page");
		});

		test("a limit that is none, or beyond 100, is refused by its name", async () => {
			for (const query of ["limit=0", "limit=101", "limit=-1", "limit=ten", "after=x", "archived=perhaps"]) {
				const body = await refused(at.call("GET", `${OBJECTS}/tickets?${query}`), 400);
				assert.equal(body.category, "VALIDATION_ERROR");
				assert.equal(body.errors[0].in, query.split("=")[0]);
			}
		});
	});

	describe("contacts by email", () => {
		test("idProperty=email finds an encoded address in any case, for reading and changing", async () => {
			const made = await newContact(at.call, "Ann.Example@Customer.Example");
			assert.equal(made.properties.email, "ann.example@customer.example");
			for (const id of ["ann.example%40customer.example", "ANN.EXAMPLE%40CUSTOMER.EXAMPLE", "ann.example@customer.example"])
				assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/${id}?idProperty=email`), 200)).id, made.id);
			const changed = await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/ann.example%40customer.example?idProperty=email`, { properties: { firstname: "Ann" } }), 200);
			assert.equal(changed.id, made.id);
			await refused(at.call("GET", `${OBJECTS}/contacts/nobody%40customer.example?idProperty=email`), 404);
			await refused(at.call("GET", `${OBJECTS}/contacts/x?idProperty=firstname`), 400, /firstname.*unique/);
			await refused(at.call("GET", `${OBJECTS}/contacts/x?idProperty=no_such`), 400);
			await refused(at.call("GET", `${OBJECTS}/tickets/x?idProperty=subject`), 400);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/${made.id}?idProperty=hs_object_id`), 200)).id, made.id);
		});

		test("a second contact of an address is 409 and says which one exists, in any case of letters", async () => {
			const made = await newContact(at.call, "twice@customer.example");
			for (const email of ["twice@customer.example", "TWICE@customer.EXAMPLE", " twice@customer.example "]) {
				const body = await refused(at.call("POST", `${OBJECTS}/contacts`, { properties: { email } }), 409, `Contact already exists. Existing ID: ${made.id}`);
				assert.equal(body.category, "CONFLICT");
			}
			const other = await newContact(at.call, "thrice@customer.example");
			await refused(at.call("PATCH", `${OBJECTS}/contacts/${other.id}`, { properties: { email: "Twice@customer.example" } }), 409, `Contact already exists. Existing ID: ${made.id}`);
			assert.equal((await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${made.id}`, { properties: { email: "TWICE@customer.example" } }), 200)).id, made.id);
		});

		test("two clients that create the same contact at once make one", async () => {
			const answers = await Promise.all(Array.from({ length: 8 }, () => at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "race@customer.example" } })));
			assert.deepEqual(answers.map((a) => a.status).sort(), [201, ...Array(7).fill(409)]);
			const id = answers.find((a) => a.status === 201)?.body.id;
			for (const a of answers) if (a.status === 409) assert.equal(a.body.message, `Contact already exists. Existing ID: ${id}`);
		});

		test("an archived contact is not found by email, and its address is free again", async () => {
			const first = await newContact(at.call, "again@customer.example");
			await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${first.id}`), 204);
			await refused(at.call("GET", `${OBJECTS}/contacts/again%40customer.example?idProperty=email`), 404);
			const second = await newContact(at.call, "again@customer.example");
			assert.notEqual(second.id, first.id);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/again%40customer.example?idProperty=email`), 200)).id, second.id);
		});
	});

	describe("values that are not accepted", () => {
		const post = (properties: unknown, type = "tickets") => at.call("POST", `${OBJECTS}/${type}`, { properties });

		test("an unknown property is told by name, in the message and as an error", async () => {
			const body = await refused(post({ subject: "x", hs_pipeline_stage: "1", colour: "red" }), 400);
			assert.equal(body.category, "VALIDATION_ERROR");
			const list = JSON.parse(body.message.replace("Property values were not valid: ", ""));
			assert.deepEqual([list[0].isValid, list[0].error, list[0].name, list[0].message], [false, "PROPERTY_DOESNT_EXIST", "colour", 'Property "colour" does not exist']);
			assert.deepEqual(body.errors, [{ message: 'Property "colour" does not exist', code: "PROPERTY_DOESNT_EXIST", context: { propertyName: ["colour"] } }]);
		});

		const cases: [string, Record<string, unknown>, string, string, RegExp][] = [
			["tickets", { hs_ticket_priority: "high" }, "INVALID_OPTION", "hs_ticket_priority", /^high was not one of the allowed options: \[LOW, MEDIUM, HIGH, URGENT\]$/],
			["tickets", { hs_ticket_category: "BILLING_ISSUE;NOPE" }, "INVALID_OPTION", "hs_ticket_category", /^NOPE was not one of the allowed options/],
			["tickets", { hs_inbox_id: "seven" }, "INVALID_LONG", "hs_inbox_id", /seven/],
			["tickets", { hs_feedback_last_survey_date: "yesterday" }, "INVALID_DATE", "hs_feedback_last_survey_date", /yesterday/],
			["tickets", { hs_read_only: "maybe" }, "INVALID_BOOLEAN", "hs_read_only", /maybe/],
			["tickets", { hs_object_id: "1" }, "READ_ONLY_VALUE", "hs_object_id", /^"hs_object_id" is a read only property; its value cannot be set\.$/],
			["tickets", { time_to_close: "1" }, "READ_ONLY_VALUE", "time_to_close", /^"time_to_close" is a calculated property; its value cannot be set\.$/],
			["tickets", { hubspot_owner_id: "4711" }, "INVALID_OWNER_ID", "hubspot_owner_id", /4711/],
			["tickets", { hubspot_owner_id: "Aino" }, "INVALID_OWNER_ID", "hubspot_owner_id", /Aino/],
			["tickets", { content: { a: 1 } }, "INVALID_TYPE", "content", /./],
			["tickets", { content: ["a"] }, "INVALID_TYPE", "content", /./],
			["contacts", { email: "not an address" }, "INVALID_EMAIL", "email", /^Email address not an address is invalid$/],
			["contacts", { email: "a@b.example\r\nBcc: c@d.example" }, "INVALID_EMAIL", "email", /./],
			["contacts", { lifecyclestage: "Lead" }, "INVALID_OPTION", "lifecyclestage", /^Lead was not one/],
			["companies", { numberofemployees: "1e" }, "INVALID_LONG", "numberofemployees", /1e/],
		];
		for (const [type, properties, code, name, message] of cases)
			test(`${type}: ${JSON.stringify(properties)} is ${code}`, async () => {
				const good = type === "tickets" ? { subject: "x", hs_pipeline_stage: "1" } : type === "contacts" ? { firstname: "x" } : { name: "x" };
				const body = await refused(post({ ...good, ...properties }, type), 400);
				assert.equal(body.category, "VALIDATION_ERROR");
				assert.deepEqual(faults(body), [[code, name]]);
				assert.match(body.errors[0].message, message);
				const made = await expectStatus(post(good, type), 201);
				assert.deepEqual(faults(await refused(at.call("PATCH", `${OBJECTS}/${type}/${made.id}`, { properties }), 400)), [[code, name]]);
			});

		test("several faults are told at once, and nothing is written", async () => {
			const { id } = await newTicket(at.call, { subject: "Stays" });
			const body = await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject: "Gone", colour: "red", hs_ticket_priority: "x", hs_object_id: "3" } }), 400);
			assert.deepEqual(faults(body), [["PROPERTY_DOESNT_EXIST", "colour"], ["INVALID_OPTION", "hs_ticket_priority"], ["READ_ONLY_VALUE", "hs_object_id"]]);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200)).properties.subject, "Stays");
		});

		test("what is required and missing is listed", async () => {
			const body = await refused(post({ content: "x" }), 400, "Error creating TICKET. Some required properties were not set.");
			assert.deepEqual(body.context.properties.sort(), ["hs_pipeline_stage", "subject"]);
			assert.deepEqual((await refused(post({ subject: " ", hs_pipeline_stage: "1" }), 400)).context.properties, ["subject"]);
			const contact = await refused(post({ phone: "1" }, "contacts"), 400, "Error creating CONTACT. Some required properties were not set.");
			assert.deepEqual(contact.context.properties, ["email", "firstname", "lastname"]);
			assert.deepEqual((await refused(post({}, "companies"), 400)).context.properties, ["name", "domain"]);
			await refused(at.call("POST", `${OBJECTS}/tickets`, {}), 400, /required properties/);
			for (const only of [{ email: "only@customer.example" }, { firstname: "Only" }, { lastname: "Only" }]) await expectStatus(post(only, "contacts"), 201);
			await expectStatus(post({ domain: "only.example" }, "companies"), 201);
		});

		test("a change without properties is refused", async () => {
			const { id } = await newTicket(at.call);
			for (const body of [{}, { properties: {} }, { properties: null }])
				await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, body), 400, "No properties found to update, please provide at least one.");
			await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: [] }), 400);
			await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`, []), 400);
			await refused(at.call("PATCH", `${OBJECTS}/tickets/${id}`), 400);
		});

		test("a ticket's stage cannot be cleared, and a cleared pipeline is the default one", async () => {
			const { id } = await newTicket(at.call);
			assert.equal((await at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "" } })).status, 400);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline: "" } }), 200);
			const { properties } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200);
			assert.deepEqual([properties.hs_pipeline, properties.hs_pipeline_stage], ["0", "1"]);
		});
	});

	describe("status of a ticket", () => {
		test("stage and pipeline have to match", async () => {
			const stage = await refused(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "5" } }), 400);
			assert.deepEqual(faults(stage), [["INVALID_OPTION", "hs_pipeline_stage"]]);
			assert.match(stage.errors[0].message, /^5 was not one of the allowed options: \[1, 2, 3, 4\]$/);
			const pipeline = await refused(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline: "7", hs_pipeline_stage: "1" } }), 400);
			assert.deepEqual(faults(pipeline), [["INVALID_OPTION", "hs_pipeline"]]);
		});

		test("closing sets the close date and the time it took; reopening clears them and says when", async () => {
			const names = "closed_date,time_to_close,hs_ticket_reopened_at,hs_last_closed_date,hs_pipeline_stage";
			const { id } = await newTicket(at.call);
			const read = async () => (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?properties=${names}`), 200)).properties;
			assert.equal((await read()).closed_date, null);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "4" } }), 200);
			const closed = await read();
			assert.match(closed.closed_date, ISO);
			assert.match(closed.time_to_close, /^[0-9]+$/);
			assert.equal(closed.hs_last_closed_date, closed.closed_date);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "4", subject: "again" } }), 200);
			assert.equal((await read()).closed_date, closed.closed_date, "closing twice changes nothing");
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "2" } }), 200);
			const open = await read();
			assert.deepEqual([open.closed_date, open.time_to_close], [null, null]);
			assert.match(open.hs_ticket_reopened_at, ISO);
			assert.equal(open.hs_last_closed_date, closed.closed_date);
		});

		test("a ticket may be born closed", async () => {
			const { properties } = await newTicket(at.call, { hs_pipeline_stage: "4" });
			assert.match(properties.closed_date, ISO);
		});

		test("an owner is set by owner id, dated, and taken away by \"\"", async () => {
			const owner = (await expectStatus(at.call("GET", "/crm/v3/owners?email=agent@desk.example"), 200)).results[0];
			const { id } = await newTicket(at.call, { hubspot_owner_id: owner.id });
			const url = `${OBJECTS}/tickets/${id}?properties=hubspot_owner_id,hubspot_owner_assigneddate`;
			const owned = (await expectStatus(at.call("GET", url), 200)).properties;
			assert.equal(owned.hubspot_owner_id, owner.id);
			assert.match(owned.hubspot_owner_assigneddate, ISO);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hubspot_owner_id: "" } }), 200);
			const free = (await expectStatus(at.call("GET", url), 200)).properties;
			assert.deepEqual([free.hubspot_owner_id, free.hubspot_owner_assigneddate], [null, null]);
		});
	});

	describe("writing what somebody else may have changed", () => {
		test("If-Match with the version that was read succeeds once, then it is 412", async () => {
			const { id } = await newTicket(at.call);
			const url = `${OBJECTS}/tickets/${id}`;
			const etag = (await at.call("GET", url)).headers.get("etag") ?? "";
			assert.match(etag, /^"[0-9]+"$/);
			const write = (version: string, subject: string) => at.call("PATCH", url, { properties: { subject } }, { "if-match": version });
			const first = await write(etag, "First");
			await expectStatus(first, 200);
			const stale = await refused(write(etag, "Second"), 412);
			assert.equal(stale.category, "STALE");
			assert.notEqual(first.headers.get("etag"), etag);
			await expectStatus(write(first.headers.get("etag") ?? "", "Third"), 200);
			await expectStatus(write("*", "Fourth"), 200);
			await refused(write("W/\"zzz\"", "Fifth"), 412);
			assert.equal((await expectStatus(at.call("GET", url), 200)).properties.subject, "Fourth");
		});

		test("of many writers with one version exactly one wins", async () => {
			const { id } = await newTicket(at.call);
			const url = `${OBJECTS}/tickets/${id}`;
			const etag = (await at.call("GET", url)).headers.get("etag") ?? "";
			const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => at.call("PATCH", url, { properties: { subject: `Writer ${i}` } }, { "if-match": etag })));
			assert.deepEqual(answers.map((a) => a.status).sort(), [200, ...Array(7).fill(412)]);
		});

		test("writers without a version all succeed, and the history has each of them", async () => {
			const { id } = await newTicket(at.call);
			const url = `${OBJECTS}/tickets/${id}`;
			const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => at.call("PATCH", url, { properties: { content: `Writer ${i}` } })));
			assert.deepEqual(answers.map((a) => a.status), Array(8).fill(200));
			const read = await expectStatus(at.call("GET", `${url}?propertiesWithHistory=content`), 200);
			assert.equal(read.propertiesWithHistory.content.length, 8);
			assert.equal(read.propertiesWithHistory.content[0].value, read.properties.content);
		});
	});

	describe("associations in create and read", () => {
		test("a ticket is created with links, and shows those that are asked for", async () => {
			const contact = await newContact(at.call, "linked@customer.example");
			const company = await newCompany(at.call, "Linked");
			const link = (id: unknown, associationTypeId: number) => ({ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] });
			const ticket = await newTicket(at.call, {}, [link(contact.id, 16), link(Number(company.id), 26)]);
			const read = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}?associations=contacts&associations=companies,tickets`), 200);
			assert.deepEqual(Object.keys(read.associations).sort(), ["companies", "contacts"], "types without links are left out");
			assert.deepEqual(read.associations.contacts, { results: [{ id: contact.id, type: "ticket_to_contact" }] });
			assert.deepEqual(read.associations.companies.results.map((r: any) => r.type).sort(), ["ticket_to_company", "ticket_to_company_unlabeled"]);
			const back = await expectStatus(at.call("GET", `${OBJECTS}/contacts/${contact.id}?associations=tickets`), 200);
			assert.deepEqual(back.associations.tickets.results, [{ id: ticket.id, type: "contact_to_ticket" }]);
			assert.equal("associations" in (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}`), 200)), false);
			const list = await expectStatus(at.call("GET", `${OBJECTS}/contacts?limit=100&associations=tickets`), 200);
			assert.deepEqual(list.results.find((o: any) => o.id === contact.id).associations.tickets.results.length, 1);
		});

		test("a link that cannot be made makes no object", async () => {
			const contact = await newContact(at.call, "unlinked@customer.example");
			const count = async () => (await expectStatus(at.call("GET", "/desk/v1/views/open/tickets?limit=100"), 200)).results.filter((r: any) => r.subject === "Not to be").length;
			const create = (associations: unknown) => at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "Not to be", hs_pipeline_stage: "1" }, associations });
			await refused(create([{ to: { id: "999999" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] }]), 400, "One or more associations are invalid");
			await refused(create([{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 15 }] }]), 400, "invalid from object type 0-5 for associations to be created. expected: 0-1");
			await refused(create([{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 9999 }] }]), 400);
			await refused(create([{ types: [] }]), 400, /required fields were not set: \[to\]/);
			assert.equal(await count(), 0);
		});
	});
});
