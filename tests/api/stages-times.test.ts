/* When objects came to their stages, when they left, and how long they stayed: seven properties for each stage, which come and go
 * with it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { desk, expectStatus, mailIn, newTicket, OBJECTS, refused } from "./help.ts";

const FAMILY = ["hs_date_entered", "hs_date_exited", "hs_time_in", "hs_v2_date_entered", "hs_v2_date_exited", "hs_v2_latest_time_in", "hs_v2_cumulative_time_in"];
const stage = (label: string, displayOrder: number, ticketState = "OPEN") => ({ label, displayOrder, metadata: { ticketState } });

forEachEngine((engine) => {
	const at = desk(engine);
	const get = async (type: string, id: string, stageId: string): Promise<Record<string, string | null>> => {
		const { properties } = await expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}?properties=${FAMILY.map((f) => `${f}_${stageId}`).join(",")}`), 200);
		return Object.fromEntries(FAMILY.map((f) => [f, properties[`${f}_${stageId}`]]));
	};
	const move = (type: string, id: string, properties: object) => expectStatus(at.call("PATCH", `${OBJECTS}/${type}/${id}`, { properties }), 200);
	const defined = async (type: string) => new Map<string, any>((await expectStatus(at.call("GET", `/crm/v3/properties/${type}`), 200)).results.map((p: any) => [p.name, p]));
	const aMomentLater = () => new Promise((resolve) => setTimeout(resolve, 15));

	describe("times in stages", () => {
		test("every default stage of tickets and deals has seven properties that callers only read", async () => {
			for (const [type, stages] of [["tickets", ["1", "2", "3", "4"]], ["deals", ["appointmentscheduled", "closedwon"]]] as [string, string[]][]) {
				const all = await defined(type);
				for (const s of stages) for (const f of FAMILY) {
					const p = all.get(`${f}_${s}`);
					assert.ok(p, `${f}_${s}`);
					assert.deepEqual([p.calculated, p.hubspotDefined, p.modificationMetadata.readOnlyValue], [true, true, true]);
					assert.equal(p.type, f.includes("date") ? "datetime" : "number");
				}
			}
			const fault = await refused(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "s", hs_pipeline_stage: "1", hs_date_entered_4: "2026-01-01" } }), 400);
			assert.equal(fault.errors[0].code, "READ_ONLY_VALUE");
		});

		test("come, gone, and come back: the newest stay and the sum of all", async () => {
			const ticket = await newTicket(at.call);
			const first = await get("tickets", ticket.id, "1");
			assert.ok(first.hs_date_entered && first.hs_date_entered === first.hs_v2_date_entered);
			assert.equal(first.hs_date_exited, null);
			assert.deepEqual(Object.values(await get("tickets", ticket.id, "2")), FAMILY.map(() => null));
			await aMomentLater();
			await move("tickets", ticket.id, { hs_pipeline_stage: "2" });
			const left = await get("tickets", ticket.id, "1");
			const stay = Date.parse(left.hs_date_exited!) - Date.parse(left.hs_date_entered!);
			assert.ok(stay >= 15);
			assert.deepEqual(left, { ...first, hs_date_exited: left.hs_date_exited, hs_v2_date_exited: left.hs_date_exited, hs_time_in: String(stay), hs_v2_latest_time_in: String(stay), hs_v2_cumulative_time_in: String(stay) });
			assert.equal((await get("tickets", ticket.id, "2")).hs_date_entered, left.hs_date_exited);
			await move("tickets", ticket.id, { hs_pipeline_stage: "1" });
			await aMomentLater();
			await move("tickets", ticket.id, { hs_pipeline_stage: "4" });
			const again = await get("tickets", ticket.id, "1");
			const second = Date.parse(again.hs_date_exited!) - Date.parse(again.hs_date_entered!);
			assert.deepEqual([again.hs_v2_latest_time_in, again.hs_v2_cumulative_time_in, again.hs_time_in], [String(second), String(stay + second), String(stay + second)]);
		});

		test("a stay that goes on grows by itself; a write that moves nothing ends none", async () => {
			const ticket = await newTicket(at.call);
			const before = await get("tickets", ticket.id, "1");
			await move("tickets", ticket.id, { subject: "Another", hs_pipeline_stage: "1" });
			await aMomentLater();
			const after = await get("tickets", ticket.id, "1");
			assert.deepEqual([after.hs_v2_date_entered, after.hs_v2_date_exited], [before.hs_v2_date_entered, null]);
			assert.ok(Number(after.hs_v2_latest_time_in) >= Number(before.hs_v2_latest_time_in) + 15);
			assert.ok(Number(after.hs_v2_cumulative_time_in) >= 15);
		});

		test("replies with a status and mails that reopen move them too", async () => {
			const row = await mailIn(at.bellhop, "stages@customer.example", "Stages");
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Done.", stageId: "4" }), 201);
			const closed = await get("tickets", row.id, "4");
			assert.ok(closed.hs_v2_date_entered);
			assert.equal((await get("tickets", row.id, "1")).hs_v2_date_exited, closed.hs_v2_date_entered);
			await move("tickets", row.id, { hs_pipeline_stage: "2" });
			assert.ok((await get("tickets", row.id, "4")).hs_v2_date_exited);
		});

		test("deals too", async () => {
			const deal = await expectStatus(at.call("POST", `${OBJECTS}/deals`, { properties: { dealname: "d", pipeline: "default", dealstage: "contractsent" } }), 201);
			await move("deals", deal.id, { dealstage: "closedlost" });
			const left = await get("deals", deal.id, "contractsent");
			assert.equal((await get("deals", deal.id, "closedlost")).hs_date_entered, left.hs_date_exited);
		});

		test("searches find and sort by them", async () => {
			const old = await newTicket(at.call, { subject: "search old" });
			const young = await newTicket(at.call, { subject: "search young" });
			for (const { id } of [young, old]) {
				await aMomentLater();
				await move("tickets", id, { hs_pipeline_stage: "3" });
			}
			const body = { filterGroups: [{ filters: [{ propertyName: "hs_v2_date_entered_3", operator: "HAS_PROPERTY" }, { propertyName: "subject", operator: "CONTAINS_TOKEN", value: "search" }] }], sorts: ["hs_date_entered_3"] };
			await waitFor("both", async () => (await at.call("POST", `${OBJECTS}/tickets/search`, body)).body.total === 2);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, body), 200);
			assert.deepEqual(found.results.map((o: any) => o.id), [young.id, old.id]);
		});
	});

	describe("stages that come and go", () => {
		test("a new stage brings its properties, a new name names them, archiving takes them away, restoring brings them back", async () => {
			const PIPELINES = "/crm/v3/pipelines/tickets";
			const pipeline = await expectStatus(at.call("POST", PIPELINES, { label: "Timed", displayOrder: 3, stages: [stage("First", 0), stage("Last", 1, "CLOSED")] }), 201);
			const added = await expectStatus(at.call("POST", `${PIPELINES}/${pipeline.id}/stages`, stage("Between", 2)), 201);
			for (const s of [...pipeline.stages, added]) for (const f of FAMILY) assert.ok((await defined("tickets")).has(`${f}_${s.id}`));
			const ticket = await newTicket(at.call, { hs_pipeline: pipeline.id, hs_pipeline_stage: added.id });
			const name = `hs_v2_date_entered_${added.id}`;
			assert.ok((await get("tickets", ticket.id, added.id)).hs_v2_date_entered);
			assert.match((await defined("tickets")).get(name).label, /"Between \(Timed\)"/);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${pipeline.id}/stages/${added.id}`, { label: "Amid" }), 200);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${pipeline.id}`, { label: "Clocked" }), 200);
			assert.match((await defined("tickets")).get(name).label, /"Amid \(Clocked\)"/);
			await move("tickets", ticket.id, { hs_pipeline_stage: pipeline.stages[0].id });
			const left = await get("tickets", ticket.id, added.id);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${pipeline.id}/stages/${added.id}`), 204);
			assert.ok(!(await defined("tickets")).has(name));
			await refused(at.call("GET", `/crm/v3/properties/tickets/${name}`), 404);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${pipeline.id}/stages/${added.id}`, { archived: false }), 200);
			assert.deepEqual(await get("tickets", ticket.id, added.id), left);
			await refused(at.call("DELETE", `/crm/v3/properties/tickets/${name}`), 400);
		});
	});
});
