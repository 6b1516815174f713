import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import type { At } from "./flows.ts";

type Values = Record<string, string>;

/* What a new one of the type needs, and a change of it. */
const now = "2026-03-04T05:06:07.089Z";
const samples: Record<string, { make: Values; change: [string, string] }> = {
	contacts: { make: { email: "sample@customer.example", firstname: "Sam" }, change: ["firstname", "Samuel"] },
	companies: { make: { name: "Sample Ltd", domain: "sample.example" }, change: ["city", "Turku"] },
	deals: { make: { dealname: "Sample", dealstage: "appointmentscheduled", pipeline: "default" }, change: ["amount", "12.50"] },
	tickets: { make: { subject: "Sample", hs_pipeline_stage: "1" }, change: ["hs_ticket_priority", "HIGH"] },
	products: { make: { name: "Sample", price: "9.90" }, change: ["description", "Changed"] },
	lineItems: { make: { name: "Sample", quantity: "2", price: "9.90" }, change: ["quantity", "3"] },
	quotes: { make: { hs_title: "Sample", hs_expiration_date: "2027-01-01" }, change: ["hs_title", "Changed"] },
	"objects.calls": { make: { hs_timestamp: now, hs_call_title: "Sample" }, change: ["hs_call_title", "Changed"] },
	"objects.communications": { make: { hs_timestamp: now, hs_communication_channel_type: "SMS", hs_communication_body: "Sample" }, change: ["hs_communication_body", "Changed"] },
	"objects.emails": { make: { hs_timestamp: now, hs_email_direction: "EMAIL", hs_email_subject: "Sample" }, change: ["hs_email_subject", "Changed"] },
	"objects.meetings": { make: { hs_timestamp: now, hs_meeting_title: "Sample" }, change: ["hs_meeting_title", "Changed"] },
	"objects.notes": { make: { hs_timestamp: now, hs_note_body: "Sample" }, change: ["hs_note_body", "Changed"] },
	"objects.tasks": { make: { hs_timestamp: now, hs_task_subject: "Sample" }, change: ["hs_task_subject", "Changed"] },
};

const part = (at: At, path: string): any => path.split(".").reduce((client: any, name) => client[name], at.client.crm);
const without = (values: Values, name: string): Values => Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));

export async function objects(at: At): Promise<void> {
	for (const [path, sample] of Object.entries(samples)) await oneType(at, path, sample);
}

async function oneType(at: At, path: string, { make, change: [name, value] }: { make: Values; change: [string, string] }): Promise<void> {
	const { basicApi, batchApi, searchApi } = part(at, path);
	const made = await basicApi.create({ properties: make, associations: [] });
	for (const [key, sent] of Object.entries(make)) assert.ok(made.properties[key]?.startsWith(sent), `${path} ${key}: ${made.properties[key]}`);
	const changed = await basicApi.update(made.id, { properties: { [name]: value } });
	assert.equal(changed.properties[name], value);
	const read = await basicApi.getById(made.id, [name, ...Object.keys(make)], [name], undefined, false);
	assert.equal(read.properties[name], value);
	assert.deepEqual(read.propertiesWithHistory[name].map((one: any) => one.value)[0], value);
	assert.ok((await basicApi.getPage(100, undefined, [name])).results.some((one: any) => one.id === made.id));

	const second = without(make, "email");
	const batch = await batchApi.create({ inputs: [1, 2].map((n) => ({ properties: "email" in make ? { ...second, email: `sample${n}@customer.example` } : second, associations: [] })) });
	const ids: string[] = batch.results.map((one: any) => one.id);
	assert.equal(new Set(ids).size, 2);
	const updated = await batchApi.update({ inputs: ids.map((id) => ({ id, properties: { [name]: value } })) });
	assert.deepEqual(updated.results.map((one: any) => one.properties[name]), [value, value]);
	const some = await batchApi.read({ inputs: [{ id: ids[0] }, { id: "999999999999" }], properties: [name], propertiesWithHistory: [] });
	assert.deepEqual([some.results.length, some.numErrors, some.errors[0].category], [1, 1, "OBJECT_NOT_FOUND"]);
	await upsert(at, path, batchApi, ids[0] as string, name, value);

	const found = await searchApi.doSearch({ filterGroups: [{ filters: [{ propertyName: name, operator: "EQ", value }] }], properties: [name], limit: 100, after: "0", sorts: [] });
	for (const id of [made.id, ...ids]) assert.ok(found.results.some((one: any) => one.id === id), `${path} ${id}`);
	await batchApi.archive({ inputs: ids.map((id) => ({ id })) });
	await basicApi.archive(made.id);
	await basicApi.archive(made.id);
	await thrown(basicApi.getById(made.id), 404);
	const gone = await basicApi.getById(made.id, undefined, undefined, undefined, true);
	assert.deepEqual([gone.archived, gone.archivedAt instanceof Date], [true, true]);
}

/* By a unique value: contacts have one from the start, the others get a property for it. */
async function upsert(at: At, path: string, batchApi: any, id: string, name: string, value: string): Promise<void> {
	const type = path.replace("objects.", "").replace("lineItems", "line_items");
	let key = "email";
	if (type !== "contacts") {
		key = "sample_key";
		const { results } = await at.client.crm.properties.groupsApi.getAll(type);
		await at.client.crm.properties.coreApi.create(type, { name: key, label: "Key", type: "string" as any, fieldType: "text" as any, groupName: results[0]?.name as string, hasUniqueValue: true });
		await part(at, path).basicApi.update(id, { properties: { [key]: "one@key.example" } });
	} else await part(at, path).basicApi.update(id, { properties: { email: "one@key.example" } });
	const { make } = samples[path] as { make: Values };
	const both = await batchApi.upsert({ inputs: ["one@key.example", "two@key.example"].map((unique) => ({ id: unique, idProperty: key, properties: { ...without(make, "email"), [name]: value } })) });
	assert.deepEqual(both.results.map((one: any) => one._new), [false, true]);
	assert.equal(both.results[0].id, id);
}

/* The same through the client's generic part, by plural, singular and type id. */
export async function generic(at: At): Promise<void> {
	const { basicApi, batchApi, searchApi } = at.client.crm.objects;
	const made = await basicApi.create("tickets", { properties: { subject: "Generic", hs_pipeline_stage: "1" }, associations: [] });
	assert.equal((await basicApi.update("0-5", made.id, { properties: { subject: "Generic 2" } })).properties.subject, "Generic 2");
	assert.equal((await basicApi.getById("ticket", made.id, ["subject"])).properties.subject, "Generic 2");
	assert.ok((await basicApi.getPage("tickets", 10)).results.length > 0);
	const batch = await batchApi.create("contact", { inputs: [{ properties: { email: "generic@customer.example" }, associations: [] }] });
	const id = batch.results[0]?.id as string;
	await batchApi.update("0-1", { inputs: [{ id, properties: { lastname: "Generic" } }] });
	const read = await batchApi.read("contacts", { inputs: [{ id: "generic@customer.example" }], idProperty: "email", properties: ["lastname"], propertiesWithHistory: ["lastname"] });
	assert.equal(read.results[0]?.properties.lastname, "Generic");
	assert.equal(read.results[0]?.propertiesWithHistory?.lastname?.[0]?.value, "Generic");
	await batchApi.upsert("contacts", { inputs: [{ id: "generic@customer.example", idProperty: "email", properties: { lastname: "Again" } }] });
	const found = await searchApi.doSearch("contacts", { query: "generic", limit: 10, after: "0", sorts: [], properties: [], filterGroups: [] });
	assert.deepEqual(found.results.map((one) => one.id), [id]);
	await batchApi.archive("contacts", { inputs: [{ id }] });
	await basicApi.archive("tickets", made.id);
}

export async function feedback(at: At): Promise<void> {
	const { basicApi, batchApi, searchApi } = at.client.crm.objects.feedbackSubmissions;
	const [one] = (await basicApi.getPage()).results;
	const id = one?.id as string;
	assert.equal((await basicApi.getById(id)).id, id);
	await thrown(basicApi.getById("999999999"), 404);
	assert.deepEqual((await searchApi.doSearch({ limit: 1, after: "0", sorts: [], properties: [], filterGroups: [] })).total, 1);
	const some: any = await batchApi.read({ inputs: [{ id }, { id: "999999999" }], properties: [], propertiesWithHistory: [] });
	assert.deepEqual([some.results.length, some.numErrors], [1, 1]);
}

export async function search(at: At): Promise<void> {
	const { basicApi, searchApi } = at.client.crm.tickets;
	for (const subject of ["Printer on fire", "Printer out of paper", "Login fails"]) await basicApi.create({ properties: { subject, hs_pipeline_stage: "1", content: "searched" }, associations: [] });
	const filter = { propertyName: "subject", operator: "CONTAINS_TOKEN" as any, value: "printer" };
	const first = await searchApi.doSearch({ filterGroups: [{ filters: [filter] }], sorts: ["-createdate"], properties: ["subject"], limit: 1, after: "0" });
	assert.deepEqual([first.total, first.results[0]?.properties.subject], [2, "Printer out of paper"]);
	const next = await searchApi.doSearch({ filterGroups: [{ filters: [filter] }], sorts: ["-createdate"], properties: ["subject"], limit: 1, after: first.paging?.next?.after as string });
	assert.deepEqual([next.results[0]?.properties.subject, next.paging], ["Printer on fire", undefined]);
	assert.equal((await searchApi.doSearch({ query: "login", limit: 10, after: "0", sorts: [], properties: [], filterGroups: [] })).total, 1);
	const body = await thrown(searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 201, after: "0" }), 400);
	assert.equal(body.category, "VALIDATION_ERROR");
}

export async function merges(at: At): Promise<void> {
	for (const type of ["contacts", "companies", "deals", "tickets"]) {
		const { basicApi } = part(at, type);
		const { make } = samples[type] as { make: Values };
		const primary = await basicApi.create({ properties: { ...make, ...("email" in make ? { email: "merge1@customer.example" } : {}) }, associations: [] });
		const other = await basicApi.create({ properties: { ...make, ...("email" in make ? { email: "merge2@customer.example" } : {}) }, associations: [] });
		const merged = await basicApi.merge({ primaryObjectId: primary.id, objectIdToMerge: other.id });
		assert.equal(merged.id, primary.id);
		assert.equal((await basicApi.getById(other.id)).id, primary.id, type);
	}
}

export async function purge(at: At): Promise<void> {
	const { basicApi } = at.client.crm.contacts;
	const made = await basicApi.create({ properties: { email: "erase.me@customer.example", firstname: "Eva" }, associations: [] });
	await basicApi.purge({ objectId: made.id });
	await thrown(basicApi.getById(made.id), 404);
	await thrown(basicApi.getById(made.id, undefined, undefined, undefined, true), 404);
}
