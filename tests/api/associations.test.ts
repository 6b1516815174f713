/* Links between objects: v4 with labels, the single link of v3, and the types of both. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

const spec = (associationTypeId: number) => ({ associationCategory: "HUBSPOT_DEFINED", associationTypeId });

forEachEngine((engine) => {
	const at = desk(engine);
	let n = 0;
	const v4 = (type: string, id: string, rest: string) => `/crm/v4/objects/${type}/${id}/associations/${rest}`;
	const links = async (type: string, id: string, to: string) =>
		(await expectStatus(at.call("GET", v4(type, id, to)), 200)).results.map((r: any) => [r.toObjectId, r.associationTypes.map((t: any) => t.typeId).sort((x: number, y: number) => x - y)]);
	const three = async () => ({
		ticket: (await newTicket(at.call)).id as string,
		contact: (await newContact(at.call, `links${++n}@customer.example`)).id as string,
		company: (await newCompany(at.call, `Links ${n}`)).id as string,
	});

	test("the default link is 200, told in both directions, and read from both ends", async () => {
		const { ticket, contact } = await three();
		const body = await expectStatus(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 200);
		assert.equal(body.status, "COMPLETE");
		assert.ok(body.startedAt && body.completedAt);
		assert.deepEqual(body.results, [
			{ from: { id: ticket }, to: { id: contact }, associationSpec: spec(16) },
			{ from: { id: contact }, to: { id: ticket }, associationSpec: spec(15) },
		]);
		const read = await expectStatus(at.call("GET", v4("tickets", ticket, "contacts")), 200);
		assert.deepEqual(read, { results: [{ toObjectId: contact, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 16, label: null }] }] });
		assert.deepEqual(await links("contacts", contact, "tickets"), [[ticket, [15]]]);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 200);
		assert.deepEqual(await links("tickets", ticket, "contacts"), [[contact, [16]]], "linking twice is one link");
		assert.equal((await expectStatus(at.call("GET", `/desk/v1/tickets/${ticket}`), 200)).contact.id, contact);
	});

	test("a labelled link is 201, and brings the unlabelled one in both directions", async () => {
		const { ticket, company } = await three();
		const body = await expectStatus(at.call("PUT", v4("ticket", ticket, `company/${company}`), [spec(26)]), 201);
		assert.deepEqual(body, { fromObjectTypeId: "0-5", fromObjectId: ticket, toObjectTypeId: "0-2", toObjectId: company, labels: ["Primary"] });
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [26, 339]]]);
		assert.deepEqual(await links("companies", company, "tickets"), [[ticket, [25, 340]]]);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(339)]), 201);
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [339]]], "a PUT replaces the labels");
		assert.deepEqual(await links("companies", company, "tickets"), [[ticket, [340]]]);
	});

	test("only one company is the primary one", async () => {
		const { ticket, company } = await three();
		const second = (await newCompany(at.call, "Second")).id;
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26)]), 201);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${second}`), [spec(26)]), 201);
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [339]], [second, [26, 339]]]);
		assert.deepEqual(await links("companies", company, "tickets"), [[ticket, [340]]]);
		/* a company may be the primary one of many tickets, said from its side too */
		const other = (await newTicket(at.call)).id;
		await expectStatus(at.call("PUT", v4("companies", second, `tickets/${other}`), [spec(25)]), 201);
		assert.deepEqual(await links("companies", second, "tickets"), [[ticket, [25, 340]], [other, [25, 340]]]);
	});

	test("DELETE removes every type in both directions, twice is 204, and the ticket forgets its contact", async () => {
		const { ticket, contact, company } = await three();
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26), spec(339)]), 201);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 200);
		for (const _ of [1, 2]) await expectStatus(at.call("DELETE", v4("companies", company, `tickets/${ticket}`)), 204);
		assert.deepEqual(await links("tickets", ticket, "companies"), []);
		assert.deepEqual(await links("companies", company, "tickets"), []);
		await expectStatus(at.call("DELETE", v4("contacts", contact, `tickets/${ticket}`)), 204);
		assert.equal("contact" in (await expectStatus(at.call("GET", `/desk/v1/tickets/${ticket}`), 200)), false);
	});

	test("a type in the wrong direction, unknown types and unknown ids are refused, and change nothing", async () => {
		const { ticket, contact, company } = await three();
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26)]), 201);
		await refused(at.call("PUT", v4("tickets", ticket, `contacts/${contact}`), [spec(15)]), 400, "invalid from object type 0-5 for associations to be created. expected: 0-1");
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(16)]), 400, "invalid to object type 0-2 for associations to be created. expected: 0-1");
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(4711)]), 400, /4711/);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), []), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), { a: 1 }), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [{}]), 400, /associationTypeId/);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [1]), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`)), 400);
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [26, 339]]]);
		const missing = await refused(at.call("PUT", v4("tickets", ticket, "default/contacts/999999")), 400, "One or more associations are invalid");
		assert.deepEqual(missing.context, { INVALID_OBJECT_IDS: ["CONTACT=999999 is not valid"] });
		await refused(at.call("PUT", v4("tickets", ticket, "contacts/999999"), [spec(16)]), 400, "One or more associations are invalid");
		await refused(at.call("PUT", v4("tickets", "999999", `default/contacts/${contact}`)), 404);
		await refused(at.call("PUT", v4("tickets", ticket, `default/contacts/${company}`)), 400, "One or more associations are invalid");
		await refused(at.call("GET", v4("tickets", "999999", "contacts")), 404);
		await refused(at.call("GET", v4("tickets", ticket, "foo")), 400, "Unable to infer object type from: foo");
	});

	test("an archived object is in nobody's links", async () => {
		const { ticket, contact } = await three();
		await expectStatus(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 200);
		await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${contact}`), 204);
		assert.deepEqual(await links("tickets", ticket, "contacts"), []);
		const read = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket}?associations=contacts`), 200);
		assert.equal(read.associations?.contacts, undefined);
		await refused(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 400, "One or more associations are invalid");
	});

	test("links page to the end, a link with several types counts once", async () => {
		const company = (await newCompany(at.call, "Many")).id;
		const tickets: string[] = [];
		for (let i = 0; i < 7; i++) {
			tickets.push((await newTicket(at.call)).id);
			await expectStatus(at.call("PUT", v4("companies", company, `tickets/${tickets[i]}`), [spec(25)]), 201);
		}
		for (const path of [v4("companies", company, "tickets"), `${OBJECTS}/companies/${company}/associations/tickets`]) {
			const found: string[] = [];
			let after: string | undefined;
			do {
				const page: any = await expectStatus(at.call("GET", `${path}?limit=3${after ? `&after=${after}` : ""}`), 200);
				found.push(...page.results.map((r: any) => r.toObjectId ?? r.id));
				after = page.paging?.next.after;
				assert.ok(found.length < 50);
			} while (after);
			assert.deepEqual([...new Set(found)], tickets, path);
			if (path.includes("/v4/")) assert.equal(found.length, tickets.length);
			else assert.equal(found.length, 2 * tickets.length, "v3 has an entry for each type");
		}
		await refused(at.call("GET", `${v4("companies", company, "tickets")}?limit=501`), 400);
	});

	test("v3: one link by its type, listed with its name, and taken away", async () => {
		const { ticket, contact, company } = await three();
		const path = `${OBJECTS}/tickets/${ticket}/associations`;
		const put = await expectStatus(at.call("PUT", `${path}/contacts/${contact}/16`), 200);
		assert.equal(put.id, ticket);
		assert.deepEqual(await expectStatus(at.call("GET", `${path}/contacts`), 200), { results: [{ id: contact, type: "ticket_to_contact" }] });
		await expectStatus(at.call("PUT", `${path}/companies/${company}/26`), 200);
		const names = async () => (await expectStatus(at.call("GET", `${path}/companies`), 200)).results.map((r: any) => r.type).sort();
		assert.deepEqual(await names(), ["ticket_to_company", "ticket_to_company_unlabeled"]);
		await expectStatus(at.call("DELETE", `${path}/companies/${company}/26`), 204);
		assert.deepEqual(await names(), ["ticket_to_company_unlabeled"], "a label goes alone");
		await expectStatus(at.call("PUT", `${path}/companies/${company}/26`), 200);
		await expectStatus(at.call("DELETE", `${path}/companies/${company}/339`), 204);
		assert.deepEqual(await names(), [], "the unlabelled type is the link");
		await expectStatus(at.call("DELETE", `${path}/contacts/${contact}/16`), 204);
		assert.deepEqual((await expectStatus(at.call("GET", `${path}/contacts`), 200)).results, []);
		await refused(at.call("PUT", `${path}/contacts/${contact}/15`), 400, /invalid from object type/);
		await refused(at.call("PUT", `${path}/contacts/${contact}/abc`), 400);
		await refused(at.call("PUT", `${path}/contacts/${contact}/contact_to_ticket`), 400, /invalid from object type/);
		await expectStatus(at.call("PUT", `${path}/contacts/${contact}/ticket_to_contact`), 200);
		await expectStatus(at.call("DELETE", `${path}/contacts/${contact}/ticket_to_contact`), 204);
		assert.deepEqual((await expectStatus(at.call("GET", `${path}/contacts`), 200)).results, []);
		await refused(at.call("PUT", `${path}/contacts/999999/16`), 400, "One or more associations are invalid");
	});

	test("the types between two kinds of objects are those of the wire", async () => {
		const types = async (from: string, to: string) =>
			(await expectStatus(at.call("GET", `/crm/v4/associations/${from}/${to}/labels`), 200)).results.map((t: any) => [t.typeId, t.label, t.category]).sort((x: any, y: any) => x[0] - y[0]);
		assert.deepEqual(await types("tickets", "contacts"), [[16, null, "HUBSPOT_DEFINED"]]);
		assert.deepEqual(await types("contacts", "tickets"), [[15, null, "HUBSPOT_DEFINED"]]);
		assert.deepEqual(await types("tickets", "companies"), [[26, "Primary", "HUBSPOT_DEFINED"], [339, null, "HUBSPOT_DEFINED"]]);
		assert.deepEqual(await types("companies", "tickets"), [[25, "Primary", "HUBSPOT_DEFINED"], [340, null, "HUBSPOT_DEFINED"]]);
		assert.deepEqual(await types("contacts", "companies"), [[1, "Primary", "HUBSPOT_DEFINED"], [279, null, "HUBSPOT_DEFINED"]]);
		assert.deepEqual((await types("companies", "contacts")).map((t: any) => t[0]), [2, 280]);
		assert.deepEqual((await types("companies", "companies")).map((t: any) => t[0]), [13, 14, 450]);
		assert.deepEqual((await types("tickets", "tickets")).map((t: any) => t[0]), [452]);
		assert.deepEqual((await types("contacts", "contacts")).map((t: any) => t[0]), [449]);
	});

	test("objects of one type are linked with each other, parent and child each from its side", async () => {
		const [parent, child] = [(await newCompany(at.call, "Parent")).id, (await newCompany(at.call, "Child")).id];
		await expectStatus(at.call("PUT", v4("companies", parent, `companies/${child}`), [spec(13)]), 201);
		assert.deepEqual(await links("companies", parent, "companies"), [[child, [13, 450]]]);
		assert.deepEqual(await links("companies", child, "companies"), [[parent, [14, 450]]]);
		const { ticket } = await three();
		await refused(at.call("PUT", v4("tickets", ticket, `default/tickets/${ticket}`)), 400);
	});

	const V4 = "/crm/v4/associations";
	const V3 = "/crm/v3/associations";
	const client = () => new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
	const id = (value: string) => ({ id: value });
	const link = (from: string, to: string, ...types: number[]) => ({ _from: id(from), to: id(to), types: types.map(spec) }) as any;
	/* What was announced about links since then, oldest first. */
	const newest = async () => Number(await sql(at.bellhop, "SELECT coalesce(max(id), 0) FROM event"));
	const announced = async (since: number) =>
		(await sql(at.bellhop, `SELECT about_id || ' ' || body FROM event WHERE kind = 'association.changed' AND id > ${since} ORDER BY id`)).split("\n").filter(Boolean).map((line) => ({ from: line.split(" ", 1)[0], ...JSON.parse(line.slice(line.indexOf(" "))) }));

	test("v4 batches: create with labels, read, remove a label, remove all, by the client", async () => {
		const { batchApi } = client().crm.associations.v4;
		const [one, two] = [await three(), await three()];
		const made: any = await batchApi.create("tickets", "companies", { inputs: [link(one.ticket, one.company, 26), link(two.ticket, two.company, 339)] });
		assert.deepEqual([made.status, made.results.length, made.numErrors], ["COMPLETE", 2, undefined]);
		assert.ok(made.startedAt instanceof Date && made.completedAt instanceof Date);
		assert.deepEqual({ ...made.results[0] }, { fromObjectTypeId: "0-5", fromObjectId: one.ticket, toObjectTypeId: "0-2", toObjectId: one.company, labels: ["Primary"] });
		const read: any = await batchApi.getPage("tickets", "companies", { inputs: [id(one.ticket), id(two.ticket)] });
		assert.deepEqual(read.results.map((r: any) => [r._from.id, r.to.map((t: any) => [t.toObjectId, t.associationTypes.map((x: any) => [x.typeId, x.label, x.category])])]), [
			[one.ticket, [[one.company, [[26, "Primary", "HUBSPOT_DEFINED"], [339, null, "HUBSPOT_DEFINED"]]]]],
			[two.ticket, [[two.company, [[339, null, "HUBSPOT_DEFINED"]]]]],
		]);
		await batchApi.archiveLabels("tickets", "companies", { inputs: [link(one.ticket, one.company, 26), link(two.ticket, "999999", 26)] });
		assert.deepEqual(await links("tickets", one.ticket, "companies"), [[one.company, [339]]]);
		await batchApi.archiveLabels("tickets", "companies", { inputs: [link(one.ticket, one.company, 339)] });
		assert.deepEqual(await links("companies", one.company, "tickets"), [], "the unlabelled type is the link");
		await batchApi.archive("tickets", "companies", { inputs: [{ _from: id(two.ticket), to: [id(two.company), id("999999"), id(one.company)] }, { _from: id("999999"), to: [id(two.company)] }] });
		assert.deepEqual(await links("companies", two.company, "tickets"), []);
	});

	test("v4 default batch answers both directions, and the errors of those that cannot be", async () => {
		const { ticket, contact, company } = await three();
		const made: any = await client().crm.associations.v4.batchApi.createDefault("tickets", "contacts", { inputs: [{ _from: id(ticket), to: id(contact) }, { _from: id(ticket), to: id(company) }] });
		assert.deepEqual(made.results.map((r: any) => [r._from.id, r.to.id, r.associationSpec.associationTypeId]), [[ticket, contact, 16], [contact, ticket, 15]]);
		assert.deepEqual([made.status, made.numErrors, made.errors[0].message], ["COMPLETE", 1, "One or more associations are invalid"]);
	});

	test("a batch tells what is missing or of the wrong direction with 207, and the others stand", async () => {
		const { ticket, contact } = await three();
		const inputs = [link("999999", contact, 16), link(ticket, "888888", 16), link(ticket, contact, 15), link(ticket, contact, 4711), link("x", contact, 16), { ...link(ticket, contact), types: [] }, link(ticket, contact, 16)];
		const answer: any = await client().crm.associations.v4.batchApi.create("tickets", "contacts", { inputs });
		assert.deepEqual([answer.results.length, answer.numErrors, answer.status], [1, 6, "COMPLETE"]);
		for (const error of answer.errors) for (const key of ["status", "category", "message", "context", "links", "errors"]) assert.ok(key in error, key);
		assert.deepEqual(answer.errors.map((e: any) => [e.category, e.message]), [
			["VALIDATION_ERROR", "One or more associations are invalid"],
			["VALIDATION_ERROR", "One or more associations are invalid"],
			["VALIDATION_ERROR", "invalid from object type 0-5 for associations to be created. expected: 0-1"],
			["VALIDATION_ERROR", "Association type 4711 does not exist."],
			["VALIDATION_ERROR", "One or more associations are invalid"],
			["VALIDATION_ERROR", "Invalid input JSON on line 1, column 1. Some required fields were not set: [types]"],
		]);
		assert.deepEqual(answer.errors.slice(0, 2).map((e: any) => e.context), [{ INVALID_OBJECT_IDS: ["TICKET=999999 is not valid"] }, { INVALID_OBJECT_IDS: ["CONTACT=888888 is not valid"] }]);
		assert.deepEqual(await links("tickets", ticket, "contacts"), [[contact, [16]]]);
	});

	test("a batch read answers who has none with 207, and pages each input by its own after", async () => {
		const company = (await newCompany(at.call, "Hub")).id;
		const { ticket } = await three();
		const ids = (await expectStatus(at.call("POST", `${OBJECTS}/tickets/batch/create`, { inputs: Array.from({ length: 100 }, (_, i) => ({ properties: { subject: `T${i}`, hs_pipeline_stage: "1" } })) }), 201)).results.map((t: any) => t.id as string);
		const rest: string[] = [];
		for (let i = 1; i < 6; i++) rest.push(...(await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/create`, { inputs: Array.from({ length: 100 }, (_, k) => ({ properties: { email: `hub${i}-${k}@customer.example` } })) }), 201)).results.map((t: any) => t.id as string));
		const contact = rest.shift() as string;
		const batchApi = client().crm.associations.v4.batchApi;
		await batchApi.createDefault("companies", "tickets", { inputs: ids.map((t: string) => ({ _from: id(company), to: id(t) })) });
		await batchApi.createDefault("companies", "contacts", { inputs: [contact, ...rest].map((t) => ({ _from: id(company), to: id(t) })) });
		const all: any = await batchApi.getPage("companies", "tickets", { inputs: [id(company)] });
		assert.deepEqual([all.results[0].to.length, all.results[0].paging], [100, undefined]);
		const later: any = await batchApi.getPage("companies", "tickets", { inputs: [{ id: company, after: ids[59] as string }] });
		assert.deepEqual(later.results[0].to.map((t: any) => t.toObjectId), ids.slice(60));
		const exact: any = await batchApi.getPage("companies", "contacts", { inputs: [id(company)] });
		assert.deepEqual([exact.results[0].to.length, exact.results[0].paging], [500, undefined], "a full page that is the last one has no next");
		const more = (await newContact(at.call, "hub-more@customer.example")).id;
		await expectStatus(at.call("PUT", v4("companies", company, `default/contacts/${more}`)), 200);
		const first: any = await batchApi.getPage("companies", "contacts", { inputs: [id(company)] });
		assert.equal(first.results[0].to.length, 500);
		const second: any = await batchApi.getPage("companies", "contacts", { inputs: [{ id: company, after: first.results[0].paging.next.after }] });
		assert.deepEqual(second.results[0].to.map((t: any) => t.toObjectId), [more]);
		const mixed: any = await batchApi.getPage("tickets", "companies", { inputs: [id(ticket), id(ids[0] as string), id("999999")] });
		assert.deepEqual([mixed.results.length, mixed.numErrors], [1, 2]);
		assert.deepEqual([mixed.errors[0].category, mixed.errors[0].subCategory, mixed.errors[0].message], ["OBJECT_NOT_FOUND", "crm.associations.NO_ASSOCIATIONS_FOUND", `No company is associated with ticket ${ticket}.`]);
		assert.deepEqual(mixed.errors[0].context, { fromObjectId: [ticket], fromObjectType: ["ticket"], toObjectType: ["company"] });
		await refused(at.call("POST", `${V4}/tickets/companies/batch/read`, { inputs: [{ id: ticket, after: "x" }] }), 400, /after/);
		const inside = (await expectStatus(at.call("GET", `${OBJECTS}/companies/${company}?associations=contacts,tickets,deals`), 200)).associations;
		assert.deepEqual([inside.contacts.results.length, inside.tickets.results.length, inside.deals, inside.contacts.paging], [501, 100, undefined, undefined]);
	});

	test("v3 batches: create by the names of types, read, archive, and the types, by the client", async () => {
		const api = client().crm.associations;
		const { ticket, contact, company } = await three();
		const named = (from: string, to: string, type: string) => ({ _from: id(from), to: id(to), type }) as any;
		const made: any = await api.batchApi.create("tickets", "contacts", { inputs: [named(ticket, contact, "ticket_to_contact")] });
		assert.deepEqual([made.status, made.results[0]._from.id, made.results[0].to.id, made.results[0].type], ["COMPLETE", ticket, contact, "ticket_to_contact"]);
		await api.batchApi.create("ticket", "company", { inputs: [named(ticket, company, "ticket_to_company")] });
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [26, 339]]]);
		const read: any = await api.batchApi.read("tickets", "companies", { inputs: [id(ticket)] });
		assert.deepEqual(read.results.map((r: any) => [r._from.id, r.to.map((t: any) => [t.id, t.type])]), [[ticket, [[company, "ticket_to_company"], [company, "ticket_to_company_unlabeled"]]]]);
		const bad: any = await api.batchApi.create("tickets", "contacts", { inputs: [named(ticket, contact, "contact_to_ticket"), named(ticket, contact, "nonsense"), named(ticket, "999999", "ticket_to_contact")] });
		assert.deepEqual([bad.results.length, bad.numErrors], [0, 3]);
		assert.deepEqual(bad.errors.map((e: any) => e.message), ["invalid from object type 0-5 for associations to be created. expected: 0-1", 'Association type "nonsense" does not exist.', "One or more associations are invalid"]);
		await api.batchApi.archive("tickets", "companies", { inputs: [named(ticket, company, "ticket_to_company")] });
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [339]]], "a label goes alone");
		await api.batchApi.archive("tickets", "companies", { inputs: [named(ticket, company, "ticket_to_company_unlabeled")] });
		const none: any = await api.batchApi.read("tickets", "companies", { inputs: [id(ticket)] });
		assert.deepEqual([none.results, none.numErrors], [[], 1]);
		const types: any = await api.schema.typesApi.getAll("tickets", "companies");
		assert.deepEqual(types.results.map((t: any) => [t.id, t.name]), [["26", "ticket_to_company"], ["339", "ticket_to_company_unlabeled"]]);
	});

	test("batches answer under their dated and swapped addresses too", async () => {
		const { ticket, contact } = await three();
		const inputs = [{ from: { id: ticket }, to: { id: contact }, types: [{ associationTypeId: 16 }] }];
		await expectStatus(at.call("POST", "/crm/associations/2026-03/0-5/0-1/batch/create", { inputs }), 201);
		for (const path of ["/crm/associations/v4/tickets/contacts", "/crm/v4/associations/ticket/contact", "/crm/associations/2026-09/tickets/contacts"]) assert.equal((await expectStatus(at.call("POST", `${path}/batch/read`, { inputs: [{ id: Number(ticket) }] }), 200)).results[0].to[0].toObjectId, contact, path);
	});

	test("batches that are empty, too large or of another form are refused as a whole", async () => {
		const { ticket, contact } = await three();
		for (const path of [`${V4}/tickets/contacts/batch/read`, `${V4}/tickets/contacts/batch/create`, `${V4}/tickets/contacts/batch/associate/default`, `${V4}/tickets/contacts/batch/archive`, `${V4}/tickets/contacts/batch/labels/archive`, `${V3}/tickets/contacts/batch/read`, `${V3}/tickets/contacts/batch/create`, `${V3}/tickets/contacts/batch/archive`]) {
			for (const body of [undefined, {}, { inputs: [] }, { inputs: {} }, { inputs: [1] }, { inputs: [null] }, { inputs: [{}] }, []]) await refused(at.call("POST", path, body), 400);
			await refused(at.call("POST", path, { inputs: Array.from({ length: 2001 }, () => ({ id: "1", from: { id: "1" }, to: { id: "1" } })) }), 400, /2001 objects, \d+ are the most/);
			await refused(at.call("POST", path.replace("contacts", "foo"), { inputs: [{}] }), 400, "Unable to infer object type from: foo");
		}
		await refused(at.call("POST", `${V4}/tickets/contacts/batch/read`, { inputs: Array.from({ length: 1001 }, () => ({ id: "1" })) }), 400);
		await refused(at.call("POST", `${V4}/tickets/contacts/batch/archive`, { inputs: [{ from: { id: "1" }, to: Array.from({ length: 2001 }, () => ({ id: "1" })) }] }), 400, /2000/);
		await refused(at.call("POST", `${V4}/tickets/contacts/batch/labels/archive`, { inputs: [{ from: { id: ticket }, to: { id: contact }, types: [{ associationTypeId: 15 }] }] }), 400, /invalid from object type/);
	});

	test("2,000 links are made in one call, and 1,000 objects are read in one", async () => {
		const company = (await newCompany(at.call, "Thousands")).id;
		const ids: string[] = [];
		for (let i = 0; i < 20; i++) ids.push(...(await expectStatus(at.call("POST", `${OBJECTS}/notes/batch/create`, { inputs: Array.from({ length: 100 }, () => ({ properties: { hs_note_body: "x", hs_timestamp: "2026-11-21T10:00:00Z" } })) }), 201)).results.map((t: any) => t.id));
		const made: any = await client().crm.associations.v4.batchApi.create("notes", "companies", { inputs: ids.map((note) => link(note, company, 190)) });
		assert.deepEqual([made.results.length, made.numErrors], [2000, undefined]);
		const read: any = await client().crm.associations.v4.batchApi.getPage("notes", "companies", { inputs: ids.slice(0, 1000).map(id) });
		assert.equal(read.results.length, 1000);
	});

	test("every link made and removed is announced once, with who, whom and how", async () => {
		const { ticket, company } = await three();
		const second = (await newCompany(at.call, "Successor")).id;
		let since = await newest();
		const what = (from: string, toId: string, typeId: number, inverseId: number, isRemoved: boolean, isPrimary: boolean) => ({ from, fromType: "5", toType: "2", toId, typeId: `${typeId}`, inverseId: `${inverseId}`, isRemoved: `${isRemoved}`, isPrimary: `${isPrimary}` });
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26)]), 201);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26)]), 201);
		await expectStatus(at.call("PUT", v4("tickets", ticket, `default/companies/${company}`)), 200);
		assert.deepEqual(await announced(since), [what(ticket, company, 339, 340, false, false), what(ticket, company, 26, 25, false, true)]);
		since = await newest();
		await expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${second}`), [spec(26)]), 201);
		assert.deepEqual(await announced(since), [what(ticket, second, 339, 340, false, false), what(ticket, company, 26, 25, true, true), what(ticket, second, 26, 25, false, true)]);
		since = await newest();
		await expectStatus(at.call("DELETE", v4("tickets", ticket, `companies/${second}`)), 204);
		await expectStatus(at.call("DELETE", v4("tickets", ticket, `companies/${second}`)), 204);
		assert.deepEqual(await announced(since), [what(ticket, second, 26, 25, true, true), what(ticket, second, 339, 340, true, false)]);
	});

	test("two who link and unlink the same pair leave a whole link or none", async () => {
		const { ticket, contact, company } = await three();
		for (let round = 0; round < 25; round++) {
			const calls = [1, 2, 3].flatMap(() => [
				at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(26)]),
				at.call("DELETE", v4("companies", company, `tickets/${ticket}`)),
				at.call("PUT", v4("companies", company, `default/tickets/${ticket}`)),
				at.call("DELETE", `${OBJECTS}/tickets/${ticket}/associations/companies/${company}/26`),
				at.call("PUT", v4("contacts", contact, `default/tickets/${ticket}`)),
				at.call("DELETE", v4("tickets", ticket, `contacts/${contact}`)),
			]);
			for (const answer of await Promise.all(calls)) assert.ok([200, 201, 204].includes(answer.status), answer.text);
			const there = await links("tickets", ticket, "companies");
			const back = await links("companies", company, "tickets");
			const inverse: Record<number, number> = { 26: 25, 339: 340 };
			assert.deepEqual(back, there.map(([, types]: any) => [ticket, types.map((type: number) => inverse[type])]));
			for (const [, types] of there as any) assert.ok(types.includes(339), "no label without its link");
			const asks = (await expectStatus(at.call("GET", `/desk/v1/tickets/${ticket}`), 200)).contact?.id;
			assert.deepEqual(await links("tickets", ticket, "contacts"), asks ? [[contact, [16]]] : []);
		}
	});

	test("two who each name a primary company leave one", async () => {
		const { ticket, company } = await three();
		const second = (await newCompany(at.call, "Rival")).id;
		for (let round = 0; round < 10; round++) {
			await Promise.all([company, second].map((one) => expectStatus(at.call("PUT", v4("tickets", ticket, `companies/${one}`), [spec(26)]), 201)));
			const primary = (await links("tickets", ticket, "companies")).filter(([, types]: any) => types.includes(26));
			assert.equal(primary.length, 1);
		}
	});
});
