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

	test("batches: create, read, update, upsert, archive", async () => {
		const { batchApi } = open().crm.contacts;
		const input = (email: string, objectWriteTraceId?: string) => ({ properties: { email }, associations: [], objectWriteTraceId });
		const made = await batchApi.create({ inputs: [input("b1@customer.example"), input("b2@customer.example")] });
		assert.deepEqual([made.status, made.results.length, (made as any).numErrors], ["COMPLETE", 2, undefined]);
		assert.ok(made.startedAt instanceof Date && made.completedAt instanceof Date);
		const [one, two] = made.results.map((o) => o.id) as [string, string];
		/* a partial failure resolves; a whole one throws */
		const partly: any = await batchApi.create({ inputs: [input("b3@customer.example", "t3"), input("b1@customer.example", "t1")] });
		assert.deepEqual([partly.results.length, partly.numErrors, partly.errors[0].category, partly.errors[0].context.objectWriteTraceId], [1, 1, "CONFLICT", ["t1"]]);
		assert.equal((await thrown(batchApi.create({ inputs: [input("b1@customer.example")] }))).code, 409);

		const read: any = await batchApi.read({ inputs: [{ id: one }, { id: "987654321" }], properties: ["email"], propertiesWithHistory: [] });
		assert.deepEqual([read.results.map((o: any) => o.properties.email), read.numErrors, read.errors[0].context.ids], [["b1@customer.example"], 1, ["987654321"]]);
		const byEmail = await batchApi.read({ idProperty: "email", inputs: [{ id: "b2@customer.example" }], properties: [], propertiesWithHistory: [] });
		assert.deepEqual(byEmail.results.map((o) => o.id), [two]);
		const changed = await batchApi.update({ inputs: [{ id: two, properties: { firstname: "Two" } }] });
		assert.equal(changed.results[0]?.properties.firstname, "Two");
		const upserted = await batchApi.upsert({ inputs: [{ id: "b1@customer.example", idProperty: "email", properties: { firstname: "One" } }, { id: "b4@customer.example", idProperty: "email", properties: { firstname: "Four" } }] });
		assert.deepEqual(upserted.results.map((o) => o._new), [false, true]);
		await batchApi.archive({ inputs: [{ id: one }, { id: two }] });
		assert.equal((await thrown(open().crm.contacts.basicApi.getById(one))).code, 404);
	});

	test("the other types by their own clients", async () => {
		const { crm } = open();
		const deal = await crm.deals.basicApi.create({ properties: { dealname: "Big", pipeline: "default", dealstage: "closedwon" }, associations: [] });
		const stamp = { hs_timestamp: "2026-11-21T10:00:00Z" };
		const note = await crm.objects.notes.basicApi.create({ properties: { ...stamp, hs_note_body: "Seen" }, associations: [{ to: { id: deal.id }, types: [{ associationCategory: "HUBSPOT_DEFINED" as any, associationTypeId: 214 }] }] });
		const read = await crm.deals.basicApi.getById(deal.id, undefined, undefined, ["notes"]);
		assert.deepEqual(read.associations?.notes?.results.map((r) => [r.id, r.type]), [[note.id, "deal_to_note"]]);
		for (const api of [crm.products, crm.lineItems, crm.quotes]) assert.ok((await api.basicApi.create({ properties: {}, associations: [] })).id);
		for (const api of [crm.objects.tasks, crm.objects.meetings, crm.objects.calls]) assert.ok((await api.batchApi.create({ inputs: [{ properties: stamp, associations: [] }] })).results[0]?.id);
		await crm.objects.emails.basicApi.create({ properties: { ...stamp, hs_email_direction: "EMAIL" }, associations: [] });
		await crm.objects.communications.basicApi.create({ properties: { ...stamp, hs_communication_channel_type: "SMS" }, associations: [] });
		assert.deepEqual((await crm.objects.feedbackSubmissions.basicApi.getPage()).results, []);
		assert.deepEqual((await crm.pipelines.pipelinesApi.getAll("deals")).results[0]?.stages.length, 7);
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
