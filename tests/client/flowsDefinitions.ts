import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import type { At } from "./flows.ts";

const STRING = { type: "string" as any, fieldType: "text" as any };

export async function properties(at: At): Promise<void> {
	const { coreApi, groupsApi, batchApi } = at.client.crm.properties;
	const group = await groupsApi.create("tickets", { name: "sample_group", label: "Sample", displayOrder: 7 });
	assert.equal(group.name, "sample_group");
	assert.equal((await groupsApi.update("tickets", "sample_group", { label: "Changed" })).label, "Changed");
	assert.equal((await groupsApi.getByName("tickets", "sample_group")).label, "Changed");
	assert.ok((await groupsApi.getAll("tickets")).results.some((one) => one.name === "sample_group"));

	await coreApi.create("tickets", { name: "sample_text", label: "Text", groupName: "sample_group", ...STRING });
	assert.equal((await coreApi.update("tickets", "sample_text", { label: "Other" })).label, "Other");
	assert.equal((await coreApi.getByName("tickets", "sample_text")).label, "Other");
	assert.ok((await coreApi.getAll("tickets", false)).results.length > 50);
	await coreApi.archive("tickets", "sample_text");
	await thrown(coreApi.getByName("tickets", "sample_text"), 404);

	const made = await batchApi.create("tickets", { inputs: ["sample_a", "sample_b"].map((name) => ({ name, label: name, groupName: "sample_group", ...STRING })) });
	assert.deepEqual(made.results.map((one) => one.name).sort(), ["sample_a", "sample_b"]);
	const read: any = await batchApi.read("tickets", { archived: false, inputs: [{ name: "sample_a" }, { name: "no_such" }] });
	assert.deepEqual([read.results.length, read.numErrors], [1, 1]);
	await batchApi.archive("tickets", { inputs: [{ name: "sample_a" }, { name: "sample_b" }] });
	await groupsApi.archive("tickets", "sample_group");
}

export async function pipelines(at: At): Promise<void> {
	const { pipelinesApi, pipelineStagesApi, pipelineAuditsApi, pipelineStageAuditsApi } = at.client.crm.pipelines;
	const stage = (label: string, displayOrder: number, ticketState: string) => ({ label, displayOrder, metadata: { ticketState } });
	const made = await pipelinesApi.create("tickets", { label: "Sample", displayOrder: 5, stages: [stage("In", 0, "OPEN"), stage("Out", 1, "CLOSED")] });
	assert.deepEqual(made.stages.map((one) => one.label), ["In", "Out"]);
	assert.ok((await pipelinesApi.getAll("tickets")).results.some((one) => one.id === made.id));
	assert.equal((await pipelinesApi.update("tickets", made.id, { label: "Renamed" })).label, "Renamed");
	const middle = await pipelineStagesApi.create("tickets", made.id, stage("Middle", 1, "OPEN"));
	assert.equal((await pipelineStagesApi.update("tickets", made.id, middle.id, { label: "Between", metadata: { ticketState: "OPEN" } })).label, "Between");
	assert.equal((await pipelineStagesApi.replace("tickets", made.id, middle.id, stage("Within", 1, "OPEN"))).label, "Within");
	assert.equal((await pipelineStagesApi.getById("tickets", made.id, middle.id)).label, "Within");
	assert.equal((await pipelineStagesApi.getAll("tickets", made.id)).results.length, 3);
	assert.ok((await pipelineStageAuditsApi.getAudit("tickets", middle.id)).results.length >= 3);

	const ticket = await at.client.crm.tickets.basicApi.create({ properties: { subject: "Used", hs_pipeline: made.id, hs_pipeline_stage: middle.id }, associations: [] });
	const used = await thrown(pipelineStagesApi.archive("tickets", made.id, middle.id), 400);
	assert.deepEqual([used.subCategory, used.context.objectIds], ["PipelineError.STAGE_ID_IN_USE", [ticket.id]]);
	await at.client.crm.tickets.basicApi.archive(ticket.id);
	await pipelineStagesApi.archive("tickets", made.id, middle.id);
	const replaced = await pipelinesApi.replace("tickets", made.id, { label: "Replaced", displayOrder: 5, stages: [stage("New in", 0, "OPEN"), stage("New out", 1, "CLOSED")] });
	assert.equal(replaced.label, "Replaced");
	assert.equal((await pipelinesApi.getById("tickets", made.id)).label, "Replaced");
	assert.ok((await pipelineAuditsApi.getAudit("tickets", made.id)).results.length >= 3);
	await pipelinesApi.archive("tickets", made.id);
	await thrown(pipelinesApi.getById("tickets", made.id), 404);
}

export async function schemas(at: At): Promise<void> {
	const { coreApi } = at.client.crm.schemas;
	const made = await coreApi.create({
		name: "sample_machine",
		labels: { singular: "Machine", plural: "Machines" },
		primaryDisplayProperty: "machine_name",
		requiredProperties: ["machine_name"],
		searchableProperties: ["machine_name"],
		secondaryDisplayProperties: [],
		properties: [
			{ name: "machine_name", label: "Name", ...STRING },
			{ name: "serial", label: "Serial number", ...STRING, hasUniqueValue: true },
		],
		associatedObjects: ["CONTACT"],
	});
	const type = made.objectTypeId as string;
	assert.match(type, /^2-\d+$/);
	assert.ok((await coreApi.getAll()).results.some((one) => one.name === "sample_machine"));
	await coreApi.update(type, { labels: { singular: "Device", plural: "Devices" } });
	assert.equal((await coreApi.getById(type)).labels.singular, "Device");
	const link = await coreApi.createAssociation(type, { fromObjectTypeId: type, toObjectTypeId: "0-5", name: "machine_to_ticket" });
	await coreApi.archiveAssociation(type, link.id);

	const { basicApi, searchApi } = at.client.crm.objects;
	const machine = await basicApi.create(type, { properties: { machine_name: "Lathe", serial: "L-1" }, associations: [] });
	await thrown(basicApi.create(type, { properties: { serial: "L-2" }, associations: [] }), 400);
	assert.equal((await basicApi.getById(type, "L-1", ["machine_name"], undefined, undefined, false, "serial")).id, machine.id);
	const found = await searchApi.doSearch(type, { query: "lathe", limit: 10, after: "0", sorts: [], properties: [], filterGroups: [] });
	assert.equal(found.total, 1);
	await basicApi.archive(type, machine.id);
	await coreApi.archive(type);
	await thrown(coreApi.getById(type), 404);
}
