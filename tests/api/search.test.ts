/* POST /crm/v3/objects/{type}/search: every operator, every form of a body, and what is refused, the same on both engines. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { agent, desk, expectStatus, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

/* What one engine answered, for the other one. */
const answers = new Map<number, string>();

forEachEngine((engine) => {
	const at = desk(engine);
	const search = (type: string, body: unknown) => expectStatus(at.call("POST", `${OBJECTS}/${type}/search`, body), 200);
	const denied = (type: string, body: unknown, message?: RegExp) => refused(at.call("POST", `${OBJECTS}/${type}/search`, body), 400, message);
	const filter = (propertyName: string, operator: string, rest: Record<string, unknown> = {}) => ({ filterGroups: [{ filters: [{ propertyName, operator, ...rest }] }] });
	/* The names of the companies that one filter finds. */
	const names = async (propertyName: string, operator: string, rest: Record<string, unknown> = {}) =>
		(await search("companies", { ...filter(propertyName, operator, rest), properties: ["name"], limit: 200 })).results.map((o: any) => o.properties.name).join(" ");

	before(async () => {
		const company = (properties: Record<string, unknown>) => expectStatus(at.call("POST", `${OBJECTS}/companies`, { properties }), 201);
		await company({ name: "Alpha", city: "Turku", numberofemployees: 9, annualrevenue: "12.5", type: "PARTNER", domain: "alpha.example", description: "Lamps and more lamps" });
		await company({ name: "beta", city: "TURKU", numberofemployees: 10, annualrevenue: "1e3", type: "VENDOR", domain: "shop.beta.example", description: "Cables, sockets; lamp-posts" });
		await company({ name: "Gamma", city: "Ähtäri", numberofemployees: 100, annualrevenue: "-3", type: "PARTNER", description: "請求書の再発行 を承ります" });
		await company({ name: "delta" });
		const archived = await company({ name: "Archived", city: "Turku" });
		await expectStatus(at.call("DELETE", `${OBJECTS}/companies/${archived.id}`), 204);
	});

	describe("operators", () => {
		const table: [string, string, Record<string, unknown>, string][] = [
			["city", "EQ", { value: "turku" }, "Alpha beta"],
			["city", "EQ", { value: "äHTÄRI" }, "Gamma"],
			["name", "EQ", { value: "ALPHA" }, "Alpha"],
			["type", "EQ", { value: "PARTNER" }, "Alpha Gamma"],
			["type", "EQ", { value: "partner" }, ""],
			["type", "EQ", { value: "NO_SUCH" }, ""],
			["city", "NEQ", { value: "TURKU" }, "Gamma"],
			["numberofemployees", "EQ", { value: 10 }, "beta"],
			["numberofemployees", "EQ", { value: "10.0" }, "beta"],
			["numberofemployees", "LT", { value: "10" }, "Alpha"],
			["numberofemployees", "LTE", { value: "10" }, "Alpha beta"],
			["numberofemployees", "GT", { value: "10" }, "Gamma"],
			["numberofemployees", "GTE", { value: "10" }, "beta Gamma"],
			["numberofemployees", "NEQ", { value: 9 }, "beta Gamma"],
			["annualrevenue", "GT", { value: -4 }, "Alpha beta Gamma"],
			["annualrevenue", "BETWEEN", { value: -3, highValue: "12.5" }, "Alpha Gamma"],
			["annualrevenue", "EQ", { value: 1000 }, "beta"],
			["name", "GT", { value: "BETA" }, "Gamma delta"],
			["name", "BETWEEN", { value: "beta", highValue: "DELTA" }, "beta delta"],
			["name", "IN", { values: ["alpha", "delta", "nobody"] }, "Alpha delta"],
			["numberofemployees", "IN", { values: [9, "100"] }, "Alpha Gamma"],
			["type", "NOT_IN", { values: ["PARTNER", "OTHER"] }, "beta"],
			["city", "HAS_PROPERTY", {}, "Alpha beta Gamma"],
			["city", "NOT_HAS_PROPERTY", {}, "delta"],
			["description", "CONTAINS_TOKEN", { value: "LAMPS" }, "Alpha"],
			["description", "CONTAINS_TOKEN", { value: "lamp" }, "beta"],
			["description", "CONTAINS_TOKEN", { value: "lamp*" }, "Alpha beta"],
			["description", "CONTAINS_TOKEN", { value: "*ocket*" }, "beta"],
			["description", "CONTAINS_TOKEN", { value: "c*s" }, "beta"],
			["description", "CONTAINS_TOKEN", { value: "more lamps" }, "Alpha"],
			["description", "CONTAINS_TOKEN", { value: "請求書" }, "Gamma"],
			["description", "CONTAINS_TOKEN", { value: "*" }, "Alpha beta Gamma"],
			["description", "NOT_CONTAINS_TOKEN", { value: "lamps" }, "beta Gamma"],
			["domain", "CONTAINS_TOKEN", { value: "*.example" }, "Alpha beta"],
			["domain", "CONTAINS_TOKEN", { value: "beta.example" }, "beta"],
			["domain", "CONTAINS_TOKEN", { value: "beta?example" }, ""],
			["domain", "CONTAINS_TOKEN", { value: "%.example" }, ""],
			["domain", "CONTAINS_TOKEN", { value: "(beta|alpha)[.]\\w+$" }, ""],
		];
		for (const [property, operator, rest, want] of table)
			test(`${property} ${operator} ${JSON.stringify(rest)}`, async () => assert.equal(await names(property, operator, rest), want));

		test("times compare as ISO 8601, as epoch milliseconds, and as dates", async () => {
			const { results } = await search("companies", { limit: 1 });
			const created = results[0].createdAt;
			for (const value of [created, String(Date.parse(created)), Date.parse(created)]) {
				assert.ok((await names("createdate", "LTE", { value })).startsWith("Alpha"));
				assert.ok(!(await names("createdate", "LT", { value })).includes("Alpha"));
				assert.ok((await names("createdate", "BETWEEN", { value, highValue: value })).startsWith("Alpha"));
			}
			const { id } = await newTicket(at.call, { hs_feedback_last_survey_date: "2026-02-03T04:05:06Z" });
			const found = async (operator: string, value: unknown) => (await search("tickets", filter("hs_feedback_last_survey_date", operator, { value }))).results.map((o: any) => o.id);
			assert.deepEqual(await found("EQ", Date.UTC(2026, 1, 3, 4, 5, 6)), [id]);
			assert.deepEqual(await found("GT", "2026-02-03"), [id]);
			assert.deepEqual(await found("LT", "2026-02-03"), []);
		});

		test("columns of tickets: owner, stage, priority, closed date, id", async () => {
			const me = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${agent.email}`), 200)).results[0].id;
			const mine = await newTicket(at.call, { subject: "Owned", hubspot_owner_id: me, hs_ticket_priority: "HIGH" });
			const closed = await newTicket(at.call, { subject: "Done", hs_pipeline_stage: "4" });
			const ids = async (property: string, operator: string, rest = {}) => (await search("tickets", { ...filter(property, operator, rest), limit: 200 })).results.map((o: any) => o.id);
			assert.deepEqual(await ids("hubspot_owner_id", "EQ", { value: me }), [mine.id]);
			assert.deepEqual(await ids("hubspot_owner_id", "HAS_PROPERTY"), [mine.id]);
			assert.deepEqual(await ids("hs_ticket_priority", "IN", { values: ["HIGH", "URGENT"] }), [mine.id]);
			assert.deepEqual(await ids("closed_date", "HAS_PROPERTY"), [closed.id]);
			assert.deepEqual(await ids("hs_pipeline_stage", "EQ", { value: "4" }), [closed.id]);
			assert.deepEqual(await ids("hs_object_id", "EQ", { value: closed.id }), [closed.id]);
			assert.deepEqual(await ids("hs_ticket_id", "CONTAINS_TOKEN", { value: closed.id }), [closed.id]);
			assert.ok((await ids("hs_last_message_from_visitor", "EQ", { value: false })).includes(mine.id));
		});

		test("associations.contacts finds the tickets of contacts, with EQ and IN", async () => {
			const ann = await newContact(at.call, "ann@links.example");
			const bob = await newContact(at.call, "bob@links.example");
			const one = await newTicket(at.call, { subject: "One" }, [{ to: { id: ann.id }, types: [] }]);
			const two = await newTicket(at.call, { subject: "Two" }, [{ to: { id: ann.id }, types: [] }, { to: { id: bob.id }, types: [] }]);
			const of = async (operator: string, rest: object) => (await search("tickets", filter("associations.contacts", operator, rest as any))).results.map((o: any) => o.id);
			assert.deepEqual(await of("EQ", { value: ann.id }), [one.id, two.id]);
			assert.deepEqual(await of("EQ", { value: Number(bob.id) }), [two.id]);
			assert.deepEqual(await of("IN", { values: [bob.id, "999999"] }), [two.id]);
			assert.deepEqual((await search("tickets", filter("associations.companies", "EQ", { value: ann.id }))).results, []);
			await denied("tickets", filter("associations.contacts", "NEQ", { value: ann.id }));
			await denied("tickets", filter("associations.contacts", "EQ", { value: "x" }));
			await denied("tickets", filter("associations.nothing", "EQ", { value: "1" }), /Unable to infer object type from: nothing/);
			const only = at.token(agent.email, "tickets");
			await refused(only("POST", `${OBJECTS}/tickets/search`, filter("associations.contacts", "EQ", { value: ann.id })), 403);
			await expectStatus(only("POST", `${OBJECTS}/tickets/search`, {}), 200);
			await refused(only("POST", `${OBJECTS}/contacts/search`, {}), 403);
		});
	});

	describe("bodies", () => {
		const found = async (body: object) => (await search("companies", { properties: ["name"], ...body })).results.map((o: any) => o.properties.name).join(" ");
		const city = { propertyName: "city", operator: "EQ", value: "turku" };
		const many = { propertyName: "numberofemployees", operator: "GTE", value: 10 };

		test("{} is all that is not archived, oldest first", async () => assert.equal(await found({}), "Alpha beta Gamma delta"));
		test("filters of a group hold together, one group is enough, filters may stand alone", async () => {
			assert.equal(await found({ filterGroups: [{ filters: [city, many] }] }), "beta");
			assert.equal(await found({ filterGroups: [{ filters: [city] }, { filters: [many] }] }), "Alpha beta Gamma");
			assert.equal(await found({ filters: [city, many] }), "beta");
			assert.equal(await found({ filterGroups: [{ filters: [] }], filters: null, sorts: null, query: null, after: "" }), "Alpha beta Gamma delta");
		});
		test("sorts in every form; without a value comes last either way", async () => {
			assert.equal(await found({ sorts: ["name"] }), "Alpha beta delta Gamma");
			assert.equal(await found({ sorts: ["-name"] }), "Gamma delta beta Alpha");
			assert.equal(await found({ sorts: [{ propertyName: "name", direction: "DESCENDING" }] }), "Gamma delta beta Alpha");
			assert.equal(await found({ sorts: [{ propertyName: "numberofemployees", direction: "ASCENDING" }] }), "Alpha beta Gamma delta");
			assert.equal(await found({ sorts: [{ propertyName: "numberofemployees", direction: "DESCENDING" }] }), "Gamma beta Alpha delta");
			assert.equal(await found({ sorts: ["-createdate"] }), "delta Gamma beta Alpha");
			assert.equal(await found({ sorts: [] }), "Alpha beta Gamma delta");
		});
		test("properties: the defaults, or those asked for with the three that always come", async () => {
			const [plain] = (await search("companies", { limit: 1 })).results;
			assert.deepEqual(Object.keys(plain.properties).sort(), ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"]);
			const [some] = (await search("companies", { limit: 1, properties: ["city", "zip", "no_such"] })).results;
			assert.deepEqual(Object.keys(some.properties).sort(), ["city", "createdate", "hs_lastmodifieddate", "hs_object_id", "zip"]);
			assert.equal(some.properties.zip, null);
			assert.equal(some.archived, false);
		});
		test("query finds what begins with each of its words, in the texts of the type", async () => {
			assert.equal(await found({ query: "ALPHA" }), "Alpha");
			assert.equal(await found({ query: "bet" }), "beta");
			assert.equal(await found({ query: "eta" }), "");
			assert.equal(await found({ query: "alpha shop" }), "");
			assert.equal(await found({ query: "shop bet" }), "beta");
			assert.equal(await found({ query: "turku" }), "");
			assert.equal(await found({ query: "  " }), "Alpha beta Gamma delta");
			assert.equal(await found({ query: "a", filters: [many] }), "");
			const { id } = await newTicket(at.call, { subject: "再発行 Überraschung", content: "Le café d'été" });
			for (const query of ["再発", "überr", "CAFÉ", "été", id]) assert.ok((await search("tickets", { query, limit: 200 })).results.some((o: any) => o.id === id), query);
			await newContact(at.call, "Maria@Find.example", { firstname: "Maria", lastname: "Müller" });
			for (const query of ["maria@find.example", "MÜLL", "mari müller", "find.example"]) assert.equal((await search("contacts", { query })).total, 1, query);
		});
	});

	describe("paging", () => {
		test("total, paging.next.after as text or number, absent on the last page", async () => {
			const first = await search("companies", { limit: 3 });
			assert.deepEqual([first.total, first.results.length, first.paging], [4, 3, { next: { after: "3" } }]);
			for (const after of ["3", 3]) {
				const rest = await search("companies", { limit: 3, after });
				assert.deepEqual([rest.total, rest.results.length, "paging" in rest], [4, 1, false]);
			}
			const exact = await search("companies", { limit: 4 });
			assert.deepEqual([exact.total, "paging" in exact], [4, false]);
			const beyond = await search("companies", { limit: 2, after: 100 });
			assert.deepEqual([beyond.total, beyond.results, "paging" in beyond], [4, [], false]);
		});
		test("10,000 can be reached and are counted, no more", async () => {
			const columns = "object_type, version, created_at, updated_at, archived_at, label, is_closed, owner_id, activity_at, closed_at, contact_id, is_last_from_visitor, props";
			const numbers = engine === "sqlite" ? "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050) SELECT i FROM n)" : "generate_series(1, 10050) AS g(i)";
			await sql(at.bellhop, `INSERT INTO object (${columns}) SELECT 1, 1, 1, 1, 0, 'many', 0, 0, 1, 0, 0, 0, '{"lastname":"Many"}' FROM ${numbers}`);
			await sql(at.bellhop, "INSERT INTO search_due (is_again, kind, about_id) SELECT 0, 0, id FROM object WHERE label = 'many'");
			const many = filter("lastname", "EQ", { value: "many" });
			const page = await search("contacts", { ...many, limit: 200, after: 9600 });
			assert.deepEqual([page.total, page.results.length, page.paging.next.after], [10000, 200, "9800"]);
			const last = await search("contacts", { ...many, limit: 200, after: 9800 });
			assert.deepEqual([last.total, last.results.length, "paging" in last], [10000, 200, false]);
			await denied("contacts", { ...many, limit: 200, after: 9801 }, /10000/);
		});
	});

	describe("values that no column holds are found by the index of words", () => {
		const ids = async (...filters: object[]) => (await search("tickets", { filters, limit: 200 })).results.map((o: any) => o.id);
		const eq = (propertyName: string, value: unknown) => ({ propertyName, operator: "EQ", value });

		test("at once after they were written, changed and cleared", async () => {
			const { id } = await newTicket(at.call, { subject: "Found by its source", source_ref: "Order-4711/A", hs_ticket_category: "BILLING_ISSUE" });
			const other = await newTicket(at.call, { subject: "Another one", source_ref: "order-4711/b" });
			assert.deepEqual(await ids(eq("source_ref", "ORDER-4711/a")), [id]);
			assert.deepEqual(await ids(eq("source_ref", "order-4711/a"), eq("hs_ticket_category", "BILLING_ISSUE")), [id]);
			assert.deepEqual(await ids(eq("source_ref", "order-4711/a"), eq("hs_ticket_category", "FEATURE_REQUEST")), []);
			assert.deepEqual(await ids({ propertyName: "source_ref", operator: "IN", values: ["order-4711/a", "Order-4711/B", "none"] }), [id, other.id]);
			assert.deepEqual(await ids(eq("source_ref", "order-4711")), []);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { source_ref: "Order-4712" } }), 200);
			assert.deepEqual(await ids(eq("source_ref", "order-4711/a")), []);
			assert.deepEqual(await ids(eq("source_ref", "order-4712")), [id]);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { source_ref: "" } }), 200);
			assert.deepEqual(await ids(eq("source_ref", "order-4712")), []);
		});
		test("numbers by what they are, texts of any script, long ones, and those that are archived not at all", async () => {
			const made: Record<string, string> = {};
			for (const [name, properties] of Object.entries({ number: { created_by: "10" }, umlaut: { source_ref: "ÄPFEL" }, kanji: { source_ref: "請求書" }, kelvin: { source_ref: "300 \u212a" }, long: { source_ref: "x".repeat(3000) }, gone: { source_ref: "gone" } }))
				made[name] = (await newTicket(at.call, { subject: name, ...properties })).id;
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${made.gone}`), 204);
			for (const value of [10, "10.0", "1e1"]) assert.deepEqual(await ids(eq("created_by", value)), [made.number]);
			assert.deepEqual(await ids(eq("source_ref", "äpfel")), [made.umlaut]);
			assert.deepEqual(await ids(eq("source_ref", "請求書")), [made.kanji]);
			assert.deepEqual(await ids(eq("source_ref", "300 k")), [made.kelvin]);
			assert.deepEqual(await ids(eq("source_ref", "300 \u212a")), [made.kelvin]);
			assert.deepEqual(await ids(eq("source_ref", "X".repeat(2500))), []);
			assert.deepEqual(await ids(eq("source_ref", "gone")), []);
		});
	});

	test("the unmodified client searches, and learns what was wrong", async () => {
		const { searchApi } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm.companies;
		const request = (operator: any, value: string) => ({ filterGroups: [{ filters: [{ propertyName: "city", operator, value }] }], sorts: ["-name"], properties: ["name"], limit: 1 });
		const found = await searchApi.doSearch(request("EQ", "turku"));
		assert.deepEqual([found.total, found.results[0]?.properties.name, found.paging?.next?.after], [2, "beta", "1"]);
		assert.ok(found.results[0]?.createdAt instanceof Date);
		assert.equal((await searchApi.doSearch({ query: "gamma" })).results[0]?.properties.name, "Gamma");
		await assert.rejects(searchApi.doSearch(request("LIKE", "x")), (e: any) => e.code === 400 && /LIKE/.test(e.body.message));
	});

	/* Always the same numbers, so that a failure comes again. */
	test("bodies made by chance are answered or refused, by both engines alike", async () => {
		let seed = 20261121;
		const below = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
		const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
		const values = [null, "", "turku", "*", "a*", "***:x", "(?i)x", "[", "\\", "\\u", "$1", "?", "'", "\"", "%", "_", "\u0001", "\ufffd", "😀*", "請求*", "e\u0301", "1e308", "-1e-308", "9007199254740993", "99999999999999999999", "NaN", 0, -1, 1.5, true, [], {}, "2026-01-01", "0001-01-01", "8640000000000001"];
		const names = ["city", "name", "numberofemployees", "annualrevenue", "type", "description", "domain", "createdate", "hubspot_owner_id", "associations.tickets", "no_such", "", 7, "$.x", "x\"]"];
		const operators = ["EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN", "eq", "X", 1];
		/* one time in twenty anything, else the first of the list, which make sense */
		const some = <T>(list: readonly T[], n: number) => (below(20) ? pick(list.slice(0, n)) : pick(list));
		const word = () => some(["turku", "100", "a*", "*a*", "PARTNER", "9", "Ä*", "lamp", "10.5", "-3", "請求*", "m", ...values], 12);
		const list = <T>(most: number, make: () => T) => Array.from({ length: below(most + 1) }, make);
		const chance = () => ({ propertyName: some(names, 7), operator: some(operators, 13), value: word(), highValue: word(), values: [word(), ...list(2, word)] });
		const count = { 200: 0, 400: 0 } as Record<number, number>;
		for (let i = 0; i < 600; i++) {
			const body = {
				filterGroups: below(20) ? list(2, () => ({ filters: list(2, chance) })) : pick(values),
				query: below(4) ? undefined : word(),
				sorts: below(2) ? undefined : [some(["-name", "city", "-annualrevenue", { propertyName: "description", direction: "DESCENDING" }, ...names], 4)],
				after: below(20) ? undefined : pick(values),
			};
			const answer = await at.call("POST", `${OBJECTS}/companies/search`, body);
			const what = `${JSON.stringify(body)}: ${answer.status} ${answer.text}`;
			assert.ok(answer.status in count, what);
			count[answer.status]!++;
			const found = JSON.stringify(answer.body.results?.map((o: any) => o.properties.name) ?? answer.body.message);
			const other = answers.get(i);
			answers.set(i, found);
			if (other && !JSON.stringify(body).includes("createdate")) assert.equal(found, other, what);
		}
		assert.ok(count[200]! > 200 && count[400]! > 50, JSON.stringify(count));
	});

	describe("what is refused, and how", () => {
		const one = { propertyName: "city", operator: "HAS_PROPERTY" };
		const groups = (...sizes: number[]) => ({ filterGroups: sizes.map((n) => ({ filters: Array(n).fill(one) })) });
		const bad: [string, unknown, RegExp?][] = [
			["an unknown property", filter("no_such", "EQ", { value: "x" }), /no_such/],
			["an unknown operator", filter("city", "LIKE", { value: "x" }), /LIKE/],
			["no operator", { filters: [{ propertyName: "city", value: "x" }] }, /operator/],
			["no property", { filters: [{ operator: "EQ", value: "x" }] }, /propertyName/],
			["no value", filter("city", "EQ")],
			["no high value", filter("city", "BETWEEN", { value: "a" }), /highValue/],
			["no values", filter("city", "IN", { values: [] }), /values/],
			["a value that is no text", filter("city", "EQ", { value: { a: 1 } })],
			["values that are no texts", filter("city", "IN", { values: [["a"]] })],
			["a number that is none", filter("numberofemployees", "GT", { value: "many" })],
			["a number beyond all numbers", filter("numberofemployees", "GT", { value: "1e999" })],
			["a time that is none", filter("createdate", "GT", { value: "yesterday" })],
			["an owner that is no id", filter("hubspot_owner_id", "EQ", { value: "me" })],
			["words in a time", filter("createdate", "CONTAINS_TOKEN", { value: "2026*" })],
			["words that are none", filter("city", "CONTAINS_TOKEN", { value: " " })],
			["a word of wildcards", filter("city", "CONTAINS_TOKEN", { value: "a*".repeat(11) })],
			["a long word", filter("city", "CONTAINS_TOKEN", { value: "a".repeat(201) })],
			["6 groups", groups(1, 1, 1, 1, 1, 1), /5/],
			["7 filters in a group", groups(7), /6/],
			["19 filters", groups(6, 6, 6, 1), /18/],
			["101 values", filter("city", "IN", { values: Array(101).fill("a") }), /100/],
			["two sorts", { sorts: ["name", "city"] }],
			["a sort by an unknown property", { sorts: ["-no_such"] }],
			["a direction that is none", { sorts: [{ propertyName: "name", direction: "UP" }] }],
			["a sort without a name", { sorts: [{ direction: "ASCENDING" }] }],
			["a sort that is a number", { sorts: [1] }],
			["limit 201", { limit: 201 }],
			["limit 0", { limit: 0 }],
			["limit -1", { limit: -1 }],
			["a limit that is no number", { limit: "ten" }],
			["an after that is no number", { after: "abc" }],
			["after 10,000", { after: 10000 }],
			["filters that are no array", { filters: {} }],
			["groups that are no array", { filterGroups: "x" }],
			["groups that are no objects", { filterGroups: [1] }],
			["an array as body", []],
			["3,001 characters", { query: "x".repeat(3001) }, /3000/],
			["33 words", { query: "x ".repeat(33) }],
		];
		for (const [what, body, message] of bad)
			test(what, async () => {
				const error = await denied("companies", body, message);
				assert.equal(error.category, "VALIDATION_ERROR");
			});
		test("the most that is allowed is taken", async () => {
			assert.equal((await search("companies", groups(6, 6, 6))).total, 3);
			assert.equal((await search("companies", groups(6, 3, 3, 3, 3))).total, 3);
			assert.equal((await search("companies", filter("city", "IN", { values: Array(100).fill("turku") }))).total, 2);
			const ranges = { filters: Array(6).fill({ propertyName: "numberofemployees", operator: "BETWEEN", value: 9, highValue: 10 }) };
			assert.equal((await search("companies", { filterGroups: [ranges, ranges, ranges], sorts: ["-annualrevenue"], query: "alpha" })).total, 1);
			assert.equal((await search("companies", { query: `a${"*".repeat(10)}` })).total, 1);
		});
		test("an unknown type and one who is nobody", async () => {
			await denied("things", {}, /Unable to infer object type from: things/);
		});
	});
});
