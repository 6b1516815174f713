import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import type { At } from "./flows.ts";

const DEFINED = "HUBSPOT_DEFINED" as any;
const USER_DEFINED = "USER_DEFINED" as any;

async function pair(at: At, name: string): Promise<{ ticket: string; contact: string }> {
	const ticket = await at.client.crm.tickets.basicApi.create({ properties: { subject: name, hs_pipeline_stage: "1" }, associations: [] });
	const contact = await at.client.crm.contacts.basicApi.create({ properties: { email: `${name}@links.example` }, associations: [] });
	return { ticket: ticket.id, contact: contact.id };
}

export async function associations(at: At): Promise<void> {
	await single(at);
	await batchV4(at);
	await batchV3(at);
	const types = await at.client.crm.associations.schema.typesApi.getAll("tickets", "contacts");
	assert.ok(types.results.some((type) => type.id === "16" && type.name === "ticket_to_contact"));
	const [owner] = (await at.client.crm.owners.ownersApi.getPage()).results;
	await at.client.crm.associations.v4.reportApi.request(owner?.userId as number);
}

async function single(at: At): Promise<void> {
	const { basicApi } = at.client.crm.associations.v4;
	const { ticket, contact } = await pair(at, "single");
	await basicApi.createDefault("tickets", ticket, "contacts", contact);
	const page = await basicApi.getPage("tickets", ticket, "contacts");
	assert.deepEqual(page.results.map((one) => [one.toObjectId, one.associationTypes.map((type) => type.typeId)]), [[contact, [16]]]);
	const back = await basicApi.getPage("contacts", contact, "tickets");
	assert.deepEqual(back.results.map((one) => [one.toObjectId, one.associationTypes.map((type) => type.typeId)]), [[ticket, [15]]]);
	await basicApi.archive("tickets", ticket, "contacts", contact);
	assert.deepEqual((await basicApi.getPage("tickets", ticket, "contacts")).results, []);

	const company = await at.client.crm.companies.basicApi.create({ properties: { name: "Single" }, associations: [] });
	const made = await basicApi.create("tickets", ticket, "companies", company.id, [{ associationCategory: DEFINED, associationTypeId: 26 }]);
	assert.deepEqual([made.fromObjectId, made.toObjectId], [ticket, company.id]);
	const types = (await basicApi.getPage("tickets", ticket, "companies")).results[0]?.associationTypes.map((type) => type.typeId);
	assert.deepEqual(types?.sort((a, b) => a - b), [26, 339]);
	await thrown(basicApi.create("tickets", ticket, "companies", company.id, [{ associationCategory: DEFINED, associationTypeId: 25 }]), 400);
}

async function batchV4(at: At): Promise<void> {
	const { batchApi } = at.client.crm.associations.v4;
	const one = await pair(at, "batch-one");
	const two = await pair(at, "batch-two");
	const input = (link: { ticket: string; contact: string }) => ({ _from: { id: link.ticket }, to: { id: link.contact } });
	const types = [{ associationCategory: DEFINED, associationTypeId: 16 }];
	const made = await batchApi.create("tickets", "contacts", { inputs: [one, two].map((link) => ({ ...input(link), types })) });
	assert.deepEqual(made.results.map((link) => link.toObjectId).sort(), [one.contact, two.contact].sort());
	const defaults = await batchApi.createDefault("tickets", "contacts", { inputs: [input({ ticket: one.ticket, contact: two.contact })] });
	assert.ok(defaults.results.length >= 1);
	const read = await batchApi.getPage("tickets", "contacts", { inputs: [{ id: one.ticket }, { id: two.ticket }] });
	assert.deepEqual(read.results.map((each) => [each._from.id, each.to.length]).sort(), [[one.ticket, 2], [two.ticket, 1]].sort());
	await batchApi.archive("tickets", "contacts", { inputs: [{ _from: { id: one.ticket }, to: [{ id: one.contact }, { id: two.contact }] }] });
	const left: any = await batchApi.getPage("tickets", "contacts", { inputs: [{ id: one.ticket }, { id: two.ticket }] });
	assert.deepEqual(left.results.map((each: any) => each._from.id), [two.ticket]);
}

async function batchV3(at: At): Promise<void> {
	const { batchApi } = at.client.crm.associations;
	const { ticket, contact } = await pair(at, "batch-three");
	const inputs = [{ _from: { id: ticket }, to: { id: contact }, type: "ticket_to_contact" }];
	const made = await batchApi.create("tickets", "contacts", { inputs });
	assert.deepEqual(made.results.map((link) => [link._from.id, link.to.id, link.type]), [[ticket, contact, "ticket_to_contact"]]);
	const read = await batchApi.read("tickets", "contacts", { inputs: [{ id: ticket }] });
	assert.deepEqual(read.results.map((each) => [each._from.id, each.to.map((to) => to.id)]), [[ticket, [contact]]]);
	await batchApi.archive("tickets", "contacts", { inputs });
	assert.deepEqual((await at.client.crm.associations.v4.basicApi.getPage("tickets", ticket, "contacts")).results, []);
}

export async function labels(at: At): Promise<void> {
	const { basicApi, batchApi, schema } = at.client.crm.associations.v4;
	const { ticket, contact } = await pair(at, "labels");
	const made = await schema.definitionsApi.create("tickets", "contacts", { label: "Reporter", name: "reporter", inverseLabel: "Reported" });
	const id = made.results.find((type) => type.label === "Reporter")?.typeId as number;
	assert.ok(id > 0);
	await basicApi.create("tickets", ticket, "contacts", contact, [{ associationCategory: USER_DEFINED, associationTypeId: id }]);
	const seen = async () => (await basicApi.getPage("tickets", ticket, "contacts")).results[0]?.associationTypes.map((type) => type.label ?? null);
	assert.deepEqual((await seen())?.sort(), [null, "Reporter"].sort());
	const back = (await basicApi.getPage("contacts", contact, "tickets")).results[0]?.associationTypes.map((type) => type.label ?? null);
	assert.deepEqual(back?.sort(), [null, "Reported"].sort());
	await schema.definitionsApi.update("tickets", "contacts", { associationTypeId: id, label: "Finder" });
	assert.ok((await schema.definitionsApi.getAll("tickets", "contacts")).results.some((type) => type.typeId === id && type.label === "Finder"));
	await batchApi.archiveLabels("tickets", "contacts", { inputs: [{ _from: { id: ticket }, to: { id: contact }, types: [{ associationCategory: USER_DEFINED, associationTypeId: id }] }] });
	assert.deepEqual(await seen(), [null]);
	await schema.definitionsApi.remove("tickets", "contacts", id);
	assert.ok(!(await schema.definitionsApi.getAll("tickets", "contacts")).results.some((type) => type.typeId === id));
}
