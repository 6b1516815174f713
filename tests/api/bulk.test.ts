/* One thing done to all tickets of a list, however long: by a job that says how far it is, can be stopped, survives a kill, and tells
 * which tickets refused and why. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const BULKS = "/desk/v1/ticket-bulks";

forEachEngine((engine) => {
	const at = desk(engine);
	let call: Call;
	let made = 0;

	before(async () => {
		call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
	});

	/* So many tickets whose names nothing else has, and the filter that finds them. */
	async function tickets(n: number, properties: object = {}): Promise<{ ids: string[]; filters: object[] }> {
		const subject = `batch${++made}`;
		const ids: string[] = [];
		for (let left = n; left > 0; left -= 100) {
			const inputs = Array.from({ length: Math.min(left, 100) }, () => ({ properties: { subject, hs_pipeline_stage: "1", ...properties }, associations: [] }));
			ids.push(...(await expectStatus(call("POST", `${OBJECTS}/tickets/batch/create`, { inputs }), 201)).results.map((r: any) => r.id));
		}
		return { ids, filters: [{ propertyName: "subject", operator: "EQ", value: subject }] };
	}
	const begin = (body: object, by = call) => expectStatus(by("POST", BULKS, { viewId: "open", ...body }), 202);
	const read = (id: string, by = call) => expectStatus(by("GET", `${BULKS}/${id}`), 200);
	const ended = (id: string, by = call) => waitFor("the bulk to end", async () => ((b) => (b.state === "RUNNING" ? undefined : b))(await read(id, by)), { timeoutMs: 60_000 });
	const failures = async (id: string) => (await expectStatus(call("GET", `${BULKS}/${id}/failures`), 200)).results;
	const total = async (view: string, filters: object[]) => (await expectStatus(call("GET", `/desk/v1/views/${view}/tickets?offset=0&limit=1&filters=${encodeURIComponent(JSON.stringify(filters))}`), 200)).total;
	const property = async (id: string, name: string) => (await expectStatus(call("GET", `${OBJECTS}/tickets/${id}?properties=${name}`), 200)).properties[name] || null;

	test("H-16 all tickets that match are changed, also those behind the first page, and up to 500 of them are put back", async () => {
		const { ids, filters } = await tickets(230);
		const other = await newTicket(call);
		const begun = await begin({ action: "set", properties: { hs_ticket_priority: "HIGH" }, filters });
		assert.deepEqual([begun.action, begun.total, begun.done, begun.failed, begun.actIds], ["set", 230, 0, 0, []]);
		const done = await ended(begun.id);
		assert.deepEqual([done.state, done.done, done.failed, done.actIds.length], ["DONE", 230, 0, 3]);
		assert.ok(done.endedAt >= done.createdAt);
		assert.equal(await total("open", [...filters, { propertyName: "hs_ticket_priority", operator: "EQ", value: "HIGH" }]), 230);
		assert.equal(await property(other.id, "hs_ticket_priority"), null);
		for (const actId of done.actIds) await expectStatus(call("POST", `/desk/v1/ticket-acts/${actId}/undo`), 200);
		assert.equal(await total("open", [...filters, { propertyName: "hs_ticket_priority", operator: "HAS_PROPERTY" }]), 0);
		assert.equal(await property(ids[229] as string, "hs_ticket_priority"), null);
	});

	test("a view of its own, a built-in one without filters and one in its order are worked through alike", async () => {
		const { filters } = await tickets(3, { hs_ticket_category: "BILLING_ISSUE" });
		const view = await expectStatus(call("POST", "/desk/v1/views", { name: "Batch", filterGroups: [{ filters }], audience: "PRIVATE" }), 201);
		assert.equal((await ended((await begin({ viewId: view.id, action: "follow" })).id)).done, 3);
		const following = await expectStatus(call("GET", "/desk/v1/views/following/tickets?offset=0&limit=10"), 200);
		assert.equal(following.total, 3);
		const done = await ended((await begin({ viewId: "following", action: "snooze", until: new Date(Date.now() + 86_400_000).toISOString() })).id);
		assert.deepEqual([done.state, done.done], ["DONE", 3]);
		assert.equal((await ended((await begin({ viewId: "snoozed", action: "wake" })).id)).done, 3);
		assert.equal((await ended((await begin({ viewId: "following", action: "unfollow" })).id)).done, 3);
	});

	test("close gives each ticket the closing status of its own pipeline", async () => {
		const pipeline = await expectStatus(at.call("POST", "/crm/v3/pipelines/tickets", { label: "Second", displayOrder: 1, stages: [{ label: "In", displayOrder: 0, metadata: { ticketState: "OPEN" } }, { label: "Out", displayOrder: 1, metadata: { ticketState: "CLOSED" } }, { label: "Gone", displayOrder: 2, metadata: { ticketState: "CLOSED" } }] }), 201);
		const [first, closing] = pipeline.stages;
		const { ids, filters } = await tickets(2);
		const elsewhere = await newTicket(call, { subject: `batch${made}`, hs_pipeline: pipeline.id, hs_pipeline_stage: first.id });
		const done = await ended((await begin({ action: "close", filters })).id);
		assert.deepEqual([done.done, done.failed], [3, 0]);
		assert.equal(await property(ids[0] as string, "hs_pipeline_stage"), "4");
		assert.equal(await property(elsewhere.id, "hs_pipeline_stage"), closing.id);
		await expectStatus(call("POST", `/desk/v1/ticket-acts/${done.actIds[0]}/undo`), 200);
		assert.equal(await property(elsewhere.id, "hs_pipeline_stage"), first.id);
	});

	test("K-10 tickets without what a status demands are refused by name, or get it where it is sent along; others keep theirs", async () => {
		await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] }), 200);
		const { ids, filters } = await tickets(3);
		await expectStatus(call("PATCH", `${OBJECTS}/tickets/${ids[1]}`, { properties: { hs_resolution: "ISSUE_FIXED" } }), 200);
		const first = await ended((await begin({ action: "set", properties: { hs_pipeline_stage: "4" }, filters })).id);
		assert.deepEqual([first.state, first.done, first.failed], ["DONE", 1, 2]);
		const why = await failures(first.id);
		assert.deepEqual(why.map((f: any) => [f.ticketId, f.subject, f.status]), [[ids[0], `batch${made}`, 400], [ids[2], `batch${made}`, 400]]);
		assert.match(why[0].message, /resolution/i);
		const second = await ended((await begin({ action: "set", properties: { hs_pipeline_stage: "4" }, lackingProperties: { hs_resolution: "REFUND_APPLIED" }, filters })).id);
		assert.deepEqual([second.done, second.failed], [2, 0]);
		assert.equal(await property(ids[1] as string, "hs_resolution"), "ISSUE_FIXED");
		assert.equal(await property(ids[2] as string, "hs_resolution"), "REFUND_APPLIED");
		await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [] }), 200);
	});

	test("it may be stopped, and goes on after a kill: each ticket once", async () => {
		const { filters } = await tickets(1500);
		const first = await begin({ action: "set", properties: { hs_ticket_priority: "LOW" }, filters });
		await waitFor("a part is done", async () => (await read(first.id)).done > 0);
		const stopped = await expectStatus(call("POST", `${BULKS}/${first.id}/stop`), 200);
		assert.ok(stopped.state === "STOPPED" || stopped.done === 1500, JSON.stringify(stopped));
		assert.equal(await total("open", [...filters, { propertyName: "hs_ticket_priority", operator: "EQ", value: "LOW" }]), stopped.done);
		assert.deepEqual((await expectStatus(call("POST", `${BULKS}/${first.id}/stop`), 200)).state, stopped.state);

		const second = await begin({ action: "set", properties: { hs_ticket_priority: "URGENT" }, filters });
		await waitFor("a part is done", async () => (await read(second.id)).done > 0);
		await at.bellhop.kill9();
		await at.bellhop.restart();
		const done = await ended(second.id);
		assert.deepEqual([done.state, done.done, done.failed, done.actIds], ["DONE", 1500, 0, []]);
		assert.equal(await total("open", [...filters, { propertyName: "hs_ticket_priority", operator: "EQ", value: "URGENT" }]), 1500);
		const changes = await sql(at.bellhop, `SELECT count(*) FROM ticket_act_row r JOIN ticket_act a ON a.id = r.act_id WHERE r.body LIKE '%URGENT%'`);
		assert.equal(Number(changes), 1500);
	});

	test("S-1 who is given many tickets at once finds them in his list, and gets neither mails nor pop-ups for each; for a few he does", async () => {
		const users = (await expectStatus(at.call("GET", "/desk/v1/users"), 200)).results;
		const him = users.find((u: any) => u.email === agent.email);
		const owner = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${agent.email}`), 200)).results[0];
		const told = (subject: string) => sql(at.bellhop, `SELECT count(*) || ' ' || coalesce(sum(n.in_bell), 0) || ' ' || coalesce(sum(n.as_popup), 0) FROM notification n JOIN object o ON o.id = n.ticket_id WHERE n.user_id = ${him.id} AND o.label = '${subject}'`);
		const give = async (n: number) => {
			const { filters } = await tickets(n);
			const done = await ended((await begin({ action: "set", properties: { hubspot_owner_id: owner.id }, filters }, at.call)).id, at.call);
			assert.equal(done.done, n);
			return told(`batch${made}`);
		};
		assert.equal(await give(12), "12 12 0");
		assert.equal(await give(3), "3 3 3");
		const { ids } = await tickets(12);
		await expectStatus(at.call("POST", "/desk/v1/tickets/bulk", { action: "set", ticketIds: ids, properties: { hubspot_owner_id: owner.id } }), 200);
		assert.equal(await told(`batch${made}`), "12 12 0");
	});

	test("only one's own are seen and stopped; what cannot be done is refused with its name", async () => {
		const { filters } = await tickets(1);
		const mine = await begin({ action: "set", properties: { hs_ticket_priority: "LOW" }, filters });
		await ended(mine.id);
		for (const [method, path] of [["GET", ""], ["POST", "/stop"], ["GET", "/failures"]] as const) await refused(at.call(method, `${BULKS}/${mine.id}${path}`), 404);
		assert.ok((await expectStatus(at.call("GET", BULKS), 200)).results.every((b: any) => b.id !== mine.id));
		assert.equal((await expectStatus(call("GET", BULKS), 200)).results[0].id, mine.id);
		const bad = (body: object, message: RegExp, status = 400) => refused(call("POST", BULKS, body), status, message);
		await bad({ viewId: "open", action: "merge", intoId: "1" }, /not done to all/);
		await bad({ viewId: "open", action: "restore" }, /not done to all/);
		await bad({ viewId: "open", action: "dance" }, /no action called dance/);
		await bad({ viewId: "open", action: "set" }, /properties has the values/);
		await bad({ viewId: "open", action: "snooze", until: "2001-01-01T00:00:00Z" }, /still to come/);
		await bad({ viewId: "open", action: "move", inboxId: "999999" }, /no inbox/);
		await bad({ action: "spam" }, /viewId/);
		await bad({ viewId: "nowhere", action: "spam" }, /no view called/, 404);
		await bad({ viewId: "open", action: "follow", filters: [{ propertyName: "subject", operator: "EQ", value: "nobody called it so" }] }, /No ticket/);
		await bad({ viewId: "open", action: "follow", filters: [{ propertyName: "nonsense", operator: "EQ", value: "1" }] }, /nonsense/);
		await bad({ viewId: "open", action: "set", properties: { hs_ticket_priority: "LOW" }, lackingProperties: 7 }, /lackingProperties/);
	});

	test("rights count ticket by ticket, and those that he has when it is done; whoever is gone does nothing more", async () => {
		const { filters, ids } = await tickets(4);
		const user = (await expectStatus(at.call("GET", "/desk/v1/users"), 200)).results.find((u: any) => u.email === agent.email);
		const owner = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${agent.email}`), 200)).results[0];
		const rights = (change: object) => expectStatus(at.call("PATCH", `/desk/v1/users/${user.id}`, change), 200);
		await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${ids[0]}`, { properties: { hubspot_owner_id: owner.id } }), 200);
		await rights({ ticketEdit: "OWNED" });
		const mine = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		const done = await ended((await begin({ action: "set", properties: { hs_ticket_priority: "HIGH" }, filters }, mine)).id, mine);
		assert.deepEqual([done.state, done.done, done.failed], ["DONE", 1, 3]);
		assert.deepEqual((await expectStatus(mine("GET", `${BULKS}/${done.id}/failures`), 200)).results.map((f: any) => f.status), [403, 403, 403]);
		await rights({ ticketEdit: "EVERYTHING" });

		const long = await tickets(1500);
		call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		const begun = await begin({ action: "set", properties: { hs_ticket_priority: "HIGH" }, filters: long.filters });
		await expectStatus(at.call("DELETE", `/settings/v3/users/${user.id}`), 204);
		const state = await waitFor("it ends", async () => ((text) => (text.startsWith("RUNNING") ? undefined : text))(await sql(at.bellhop, `SELECT state || ' ' || coalesce(problem, '') FROM ticket_bulk WHERE id = ${begun.id}`)));
		assert.match(state, /^(FAILED .*not active|DONE)/);
	});
});
