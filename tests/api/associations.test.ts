/* Links between objects: v4 with labels, the single link of v3, and the types of both. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused } from "./help.ts";

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
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(16)]), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [spec(4711)]), 400, /4711/);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), []), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), { a: 1 }), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [{}]), 400, /associationTypeId/);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`), [1]), 400);
		await refused(at.call("PUT", v4("tickets", ticket, `companies/${company}`)), 400);
		assert.deepEqual(await links("tickets", ticket, "companies"), [[company, [26, 339]]]);
		await refused(at.call("PUT", v4("tickets", ticket, "default/contacts/999999")), 404);
		await refused(at.call("PUT", v4("tickets", "999999", `default/contacts/${contact}`)), 404);
		await refused(at.call("PUT", v4("tickets", ticket, `default/contacts/${company}`)), 404);
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
		await refused(at.call("PUT", v4("tickets", ticket, `default/contacts/${contact}`)), 404);
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
		await refused(at.call("PUT", `${path}/contacts/999999/16`), 404);
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
});
