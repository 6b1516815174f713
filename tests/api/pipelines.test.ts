/* Pipelines and their stages under /crm/v3/pipelines: all fourteen operations, and what they may not do to tickets. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newTicket, OBJECTS, refused, signIn } from "./help.ts";

const PIPELINES = "/crm/v3/pipelines/tickets";
const stage = (label: string, displayOrder: number, ticketState = "OPEN", stageId?: string) => ({ label, displayOrder, metadata: { ticketState }, stageId });

forEachEngine((engine) => {
	const at = desk(engine);
	const make = (label: string, more: object = {}) => expectStatus(at.call("POST", PIPELINES, { label, displayOrder: 1, stages: [stage("New", 0), stage("Done", 1, "CLOSED")], ...more }), 201);
	const put = (pipeline: any, index: number, more: object = {}) => newTicket(at.call, { hs_pipeline: pipeline.id, hs_pipeline_stage: pipeline.stages[index].id, ...more });

	describe("pipelines", () => {
		test("made 201, read, changed and replaced 200, archived 204; ids are made", async () => {
			const made = await make("Returns");
			assert.match(made.id, /^\d+$/);
			assert.deepEqual([made.label, made.displayOrder, made.archived], ["Returns", 1, false]);
			assert.deepEqual(made.stages.map((s: any) => [s.label, s.displayOrder, s.metadata, s.archived]), [
				["New", 0, { ticketState: "OPEN", isClosed: "false" }, false],
				["Done", 1, { ticketState: "CLOSED", isClosed: "true" }, false],
			]);
			assert.equal(new Set([made.id, ...made.stages.map((s: any) => s.id)]).size, 3);
			assert.deepEqual(await expectStatus(at.call("GET", `${PIPELINES}/${made.id}`), 200), made);
			const changed = await expectStatus(at.call("PATCH", `${PIPELINES}/${made.id}`, { label: "Repairs" }), 200);
			assert.deepEqual([changed.label, changed.displayOrder, changed.stages], ["Repairs", 1, made.stages]);
			const [first] = made.stages;
			const replaced = await expectStatus(at.call("PUT", `${PIPELINES}/${made.id}`, { label: "Repairs", displayOrder: 5, stages: [stage("Ready", 0, "CLOSED", "ready"), { ...first, label: "Arrived", displayOrder: 1, stageId: first.id }] }), 200);
			assert.deepEqual([replaced.displayOrder, replaced.stages.map((s: any) => [s.id, s.label])], [5, [["ready", "Ready"], [first.id, "Arrived"]]]);
			assert.ok((await expectStatus(at.call("GET", PIPELINES), 200)).results.some((p: any) => p.id === made.id));
			await expectStatus(at.call("DELETE", `${PIPELINES}/${made.id}`), 204);
			await refused(at.call("GET", `${PIPELINES}/${made.id}`), 404);
			await refused(at.call("PATCH", `${PIPELINES}/${made.id}`, { label: "x" }), 404);
			const back = await expectStatus(at.call("PATCH", `${PIPELINES}/${made.id}`, { archived: false }), 200);
			assert.deepEqual(back.stages.map((s: any) => s.id), ["ready", first.id]);
		});

		test("ids may be chosen; ids and labels are unique", async () => {
			const made = await make("Chosen", { pipelineId: "chosen", stages: [stage("New", 0, "OPEN", "chosen-new")] });
			assert.deepEqual([made.id, made.stages[0].id], ["chosen", "chosen-new"]);
			await refused(at.call("POST", PIPELINES, { label: "Other", displayOrder: 1, stages: [], pipelineId: "chosen" }), 409);
			await refused(at.call("POST", PIPELINES, { label: "chosen", displayOrder: 1, stages: [] }), 409);
			await refused(at.call("POST", PIPELINES, { label: "Other", displayOrder: 1, stages: [stage("New", 0, "OPEN", "chosen-new")] }), 409);
			await refused(at.call("POST", PIPELINES, { label: "Other", displayOrder: 1, stages: [stage("Same", 0), stage("Same", 1)] }), 409);
			assert.ok(!(await expectStatus(at.call("GET", PIPELINES), 200)).results.some((p: any) => p.label === "Other"), "nothing of what was refused stays");
		});

		test("what may not be is refused", async () => {
			await refused(at.call("POST", PIPELINES, { displayOrder: 1, stages: [] }), 400, /Some required fields were not set: \[label\]/);
			await refused(at.call("POST", PIPELINES, { label: "No stages", displayOrder: 1 }), 400, /\[stages\]/);
			await refused(at.call("POST", PIPELINES, { label: "Bad", stages: [], pipelineId: "a b" }), 400);
			await refused(at.call("POST", PIPELINES, { label: "Bad", stages: [stage("X", 0, "AJAR")] }), 400, /OPEN or CLOSED/);
			const many = Array.from({ length: 101 }, (_, i) => stage(`s${i}`, i));
			await refused(at.call("POST", PIPELINES, { label: "Many", stages: many }), 400, /at most 100/);
			const full = await make("Full", { stages: many.slice(1) });
			await refused(at.call("POST", `${PIPELINES}/${full.id}/stages`, stage("One more", 0)), 400, /at most 100/);
			await refused(at.call("POST", "/crm/v3/pipelines/contacts", { label: "Contacts", stages: [] }), 400);
			await refused(at.call("GET", `${PIPELINES}/nope`), 404);
			await refused(at.call("PATCH", `${PIPELINES}/0`, { archived: true }), 400);
		});

		test("one that is in use, and the default one, stay", async () => {
			const made = await make("Used");
			const a = await put(made, 0);
			const b = await put(made, 1);
			const body = await refused(at.call("DELETE", `${PIPELINES}/${made.id}?validateReferencesBeforeDelete=true`), 400);
			assert.deepEqual([body.category, body.subCategory], ["VALIDATION_ERROR", "PipelineError.STAGE_ID_IN_USE"]);
			assert.deepEqual(body.context, { stageIds: made.stages.map((s: any) => s.id), objectIds: [a.id, b.id] });
			await refused(at.call("PUT", `${PIPELINES}/${made.id}`, { label: "Used", displayOrder: 0, stages: [] }), 400);
			for (const { id } of [a, b]) await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${id}`), 204);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${made.id}`), 204);
			await refused(at.call("DELETE", `${PIPELINES}/0`), 400);
			await expectStatus(at.call("GET", `${PIPELINES}/0`), 200);
		});

		test("agents read them; only administrators change them", async () => {
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await expectStatus(call("GET", `${PIPELINES}/0/stages`), 200);
			await refused(call("POST", PIPELINES, { label: "Mine", stages: [] }), 403);
			await refused(call("PATCH", `${PIPELINES}/0/stages/1`, { label: "Mine" }), 403);
		});
	});

	describe("stages", () => {
		test("made 201, listed, read, changed and replaced 200, archived 204", async () => {
			const { id } = await make("Staged");
			const at1 = `${PIPELINES}/${id}/stages`;
			const made = await expectStatus(at.call("POST", at1, { ...stage("Checking", 2), metadata: { ticketState: "OPEN", colour: "red" } }), 201);
			assert.deepEqual(made.metadata, { ticketState: "OPEN", isClosed: "false", colour: "red" });
			assert.deepEqual(await expectStatus(at.call("GET", `${at1}/${made.id}`), 200), made);
			assert.deepEqual((await expectStatus(at.call("GET", at1), 200)).results.map((s: any) => s.label), ["New", "Done", "Checking"]);
			assert.equal((await expectStatus(at.call("PATCH", `${at1}/${made.id}`, { displayOrder: 1 }), 200)).label, "Checking");
			const replaced = await expectStatus(at.call("PUT", `${at1}/${made.id}`, stage("Checked", 3, "CLOSED")), 200);
			assert.deepEqual([replaced.label, replaced.metadata], ["Checked", { ticketState: "CLOSED", isClosed: "true" }]);
			await refused(at.call("PATCH", `${at1}/${made.id}`, { label: "new" }), 409);
			await refused(at.call("PUT", `${at1}/${made.id}`, { displayOrder: 1 }), 400, /\[label\]/);
			await expectStatus(at.call("DELETE", `${at1}/${made.id}`), 204);
			await refused(at.call("GET", `${at1}/${made.id}`), 404);
			await refused(at.call("GET", `${PIPELINES}/0/stages/nope`), 404);
			assert.equal((await expectStatus(at.call("PATCH", `${at1}/${made.id}`, { archived: false }), 200)).archived, false);
		});

		test("a new stage takes tickets at once and closes them; an archived one takes none", async () => {
			const { id } = await make("Quick");
			const made = await expectStatus(at.call("POST", `${PIPELINES}/${id}/stages`, stage("Shut", 2, "CLOSED")), 201);
			const ticket = await newTicket(at.call, { hs_pipeline: id, hs_pipeline_stage: made.id });
			assert.ok(ticket.properties.closed_date);
			const body = await refused(at.call("DELETE", `${PIPELINES}/${id}/stages/${made.id}`), 400);
			assert.deepEqual([body.subCategory, body.context], ["PipelineError.STAGE_ID_IN_USE", { stageIds: [made.id], objectIds: [ticket.id] }]);
			await refused(at.call("PATCH", `${PIPELINES}/${id}/stages/${made.id}`, { metadata: { ticketState: "OPEN" } }), 400);
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${ticket.id}`), 204);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${id}/stages/${made.id}`), 204);
			const fault = await refused(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "Late", hs_pipeline: id, hs_pipeline_stage: made.id } }), 400);
			assert.equal(fault.errors[0].code, "INVALID_OPTION");
		});

		test("the stage where an inbox puts its tickets stays", async () => {
			for (const { id } of (await expectStatus(at.call("GET", `${OBJECTS}/tickets?limit=100`), 200)).results) await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${id}`), 204);
			const body = await refused(at.call("DELETE", `${PIPELINES}/0/stages/1`), 400);
			assert.deepEqual([body.subCategory, body.context], ["PipelineError.STAGE_ID_IN_USE", { stageIds: ["1"] }]);
		});

		test("tickets that come while a stage is archived are either in it or refused, never lost in between", async () => {
			const { id } = await make("Race");
			for (let i = 0; i < 8; i++) {
				const made = await expectStatus(at.call("POST", `${PIPELINES}/${id}/stages`, stage(`Race ${i}`, 2)), 201);
				const come = Array.from({ length: 4 }, () => at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "Race", hs_pipeline: id, hs_pipeline_stage: made.id } }));
				const gone = at.call("DELETE", `${PIPELINES}/${id}/stages/${made.id}`);
				const statuses = (await Promise.all(come)).map((answer) => answer.status);
				const { status } = await gone;
				if (status === 204) assert.ok(statuses.every((s) => s === 400), `archived, and yet ${statuses}`);
				else assert.ok(status === 400 && statuses.includes(201), `${status}, ${statuses}`);
			}
		});
	});

	describe("audit", () => {
		test("every change is told, newest first, with who did it; the literal {pipelineId} means any pipeline", async () => {
			const made = await make("Audited");
			const [first] = made.stages;
			await expectStatus(at.call("PATCH", `${PIPELINES}/${made.id}`, { label: "Audited twice" }), 200);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${made.id}/stages/${first.id}`, { label: "Newest" }), 200);
			const { results } = await expectStatus(at.call("GET", `${PIPELINES}/${made.id}/audit`), 200);
			assert.deepEqual(results.map((r: any) => [r.identifier, r.action, r.rawObject.label]), [[made.id, "UPDATE", "Audited twice"], [made.id, "CREATE", "Audited"]]);
			assert.ok(results.every((r: any) => r.portalId === 1 && r.fromUserId > 0 && !Number.isNaN(Date.parse(r.timestamp))));
			for (const pipeline of [made.id, "%7BpipelineId%7D"]) {
				const ofStage = await expectStatus(at.call("GET", `${PIPELINES}/${pipeline}/stages/${first.id}/audit`), 200);
				assert.deepEqual(ofStage.results.map((r: any) => [r.identifier, r.action, r.rawObject.label]), [[first.id, "UPDATE", "Newest"], [first.id, "CREATE", "New"]]);
			}
		});
	});
});
