/* The unmodified client of the wire API's maker, pointed at us: it throws on any other success code than the documented one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { desk } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const open = (basePath = at.bellhop.url) => new Client({ basePath, accessToken: at.bellhop.token });
	const ticket = (subject: string) => ({ properties: { subject, hs_pipeline_stage: "1" }, associations: [] });
	/* What the client throws for an error answer. */
	const thrown = async (call: Promise<unknown>): Promise<any> => {
		const error: any = await call.then(() => assert.fail("it did not throw"), (e) => e);
		assert.equal(error.body?.status, "error", String(error));
		return error;
	};

	test("tickets: create, read, list, update, archive", async () => {
		const { basicApi } = open().crm.tickets;
		const made = await basicApi.create(ticket("By the client"));
		assert.match(made.id, /^\d+$/);
		assert.ok(made.createdAt instanceof Date);
		const read = await basicApi.getById(made.id, ["subject", "hs_ticket_priority"], ["subject"], ["contacts"], false);
		assert.equal(read.properties.subject, "By the client");
		assert.equal(read.properties.hs_ticket_priority, null);
		assert.equal(read.propertiesWithHistory?.subject?.[0]?.value, "By the client");
		assert.ok((await basicApi.getPage(100)).results.some((t) => t.id === made.id));
		assert.equal((await basicApi.update(made.id, { properties: { subject: "Changed" } })).properties.subject, "Changed");
		await basicApi.archive(made.id);
		await basicApi.archive(made.id);
		const gone = await thrown(basicApi.getById(made.id));
		assert.deepEqual([gone.code, gone.body.message], [404, "resource not found"]);
		assert.equal((await basicApi.getById(made.id, undefined, undefined, undefined, true)).archived, true);
	});

	test("getAll ends, and finds every one", async () => {
		const { basicApi } = open().crm.companies;
		for (let i = 0; i < 120; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => basicApi.create({ properties: { name: `C${i + k}` }, associations: [] })));
		const all = await open().crm.companies.getAll(undefined, undefined, ["name"]);
		assert.equal(new Set(all.map((company) => company.properties.name)).size, 120);
	});

	test("contacts: by email, duplicates, and errors with their bodies", async () => {
		const { basicApi } = open().crm.contacts;
		const made = await basicApi.create({ properties: { email: "ann+client@customer.example", firstname: "Ann" }, associations: [] });
		assert.equal((await basicApi.getById("ann+client@customer.example", ["email"], undefined, undefined, false, "email")).id, made.id);
		const twice = await thrown(basicApi.create({ properties: { email: "Ann+Client@customer.example" }, associations: [] }));
		assert.deepEqual([twice.code, twice.body.message], [409, `Contact already exists. Existing ID: ${made.id}`]);
		const bad = await thrown(basicApi.update(made.id, { properties: { no_such: "x" } }));
		assert.deepEqual([bad.code, bad.body.errors[0].code], [400, "PROPERTY_DOESNT_EXIST"]);
		assert.equal(bad.headers["x-hubspot-correlation-id"], bad.body.correlationId);
	});

	test("associations v4: default, labelled, list, archive", async () => {
		const client = open();
		const api = client.crm.associations.v4.basicApi;
		const { id } = await client.crm.tickets.basicApi.create(ticket("Linked"));
		const contact = await client.crm.contacts.basicApi.create({ properties: { firstname: "Linked" }, associations: [] });
		const company = await client.crm.companies.basicApi.create({ properties: { name: "Linked" }, associations: [] });
		assert.equal((await api.createDefault("tickets", id, "contacts", contact.id)).status, "COMPLETE");
		const labelled = await api.create("tickets", id, "companies", company.id, [{ associationCategory: "HUBSPOT_DEFINED" as any, associationTypeId: 26 }]);
		assert.deepEqual([labelled.fromObjectId, labelled.toObjectId, labelled.labels], [id, company.id, ["Primary"]]);
		const page = await api.getPage("tickets", id, "companies");
		assert.deepEqual(page.results.map((r) => [r.toObjectId, r.associationTypes.map((t) => t.typeId).sort()]), [[company.id, [26, 339]]]);
		await api.archive("tickets", id, "companies", company.id);
		assert.deepEqual((await api.getPage("tickets", id, "companies")).results, []);
		assert.ok((await client.crm.associations.v4.schema.definitionsApi.getAll("tickets", "companies")).results.length >= 2);
		const made = await client.crm.tickets.basicApi.create({ ...ticket("With links"), associations: [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED" as any, associationTypeId: 16 }] }] });
		const read = await client.crm.tickets.basicApi.getById(made.id, undefined, undefined, ["contacts"]);
		assert.deepEqual(read.associations?.contacts?.results.map((r) => [r.id, r.type]), [[contact.id, "ticket_to_contact"]]);
	});

	test("owners, pipelines, and what the client has no method for", async () => {
		const client = open();
		const owners = await client.crm.owners.ownersApi.getPage();
		assert.equal(owners.results.length, 2);
		const owner = await client.crm.owners.ownersApi.getById(Number(owners.results[1]?.id));
		assert.equal((await client.crm.owners.ownersApi.getById(owner.userId as number, "userId")).id, owner.id);
		const pipelines = await client.crm.pipelines.pipelinesApi.getAll("tickets");
		assert.deepEqual(pipelines.results[0]?.stages.map((stage) => stage.label), ["New", "Waiting on contact", "Waiting on us", "Closed"]);
		const answer = await client.apiRequest({ method: "GET", path: "/conversations/v3/conversations/inboxes" });
		assert.equal(((await answer.json()) as any).total, 1);
	});

	test("a base path that ends in a slash, and a token that is none", async () => {
		const { results } = await open(`${at.bellhop.url}/`).crm.tickets.basicApi.getPage(1);
		assert.equal(results.length, 1);
		const refused = await thrown(new Client({ basePath: at.bellhop.url, accessToken: "nonsense" }).crm.tickets.basicApi.getPage());
		assert.deepEqual([refused.code, refused.body.category], [401, "INVALID_AUTHENTICATION"]);
	});
});
