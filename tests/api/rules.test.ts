/* What pipelines and properties ask of people, and what they never ask of the desk itself; the rows of section K. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { forEachEngine, lmtpSend, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const PIPELINES = "/crm/v3/pipelines/tickets";
const stage = (label: string, displayOrder: number, ticketState = "OPEN") => ({ label, displayOrder, metadata: { ticketState } });

forEachEngine((engine) => {
	const at = desk(engine);
	let person: Call | undefined;
	const asAgent = async () => (person ??= byCookie(at.bellhop, await signIn(at.bellhop, agent)));
	const rules = (pipelineId: string, body?: object) => (body ? at.call("PUT", `/desk/v1/pipelines/tickets/${pipelineId}/rules`, body) : at.call("GET", `/desk/v1/pipelines/tickets/${pipelineId}/rules`));
	const addRule = (body: object) => expectStatus(at.call("POST", "/desk/v1/property-rules/tickets", body), 201);
	const patch = (call: Call, id: string, properties: object) => call("PATCH", `${OBJECTS}/tickets/${id}`, { properties });
	const make = (call: Call, properties: object) => call("POST", `${OBJECTS}/tickets`, { properties: { subject: "s", ...properties } });
	const missing = async (answer: Promise<any>) => (await refused(answer, 400, /Some required properties were not set\.$/)).context.properties;
	const detail = (id: string, call = at.call) => expectStatus(call("GET", `/desk/v1/tickets/${id}`), 200);
	let serial = 0;
	const pipeline = (...states: string[]) => expectStatus(at.call("POST", PIPELINES, { label: `Ruled ${++serial}`, displayOrder: 9, stages: states.map((s, i) => stage(`S${i}`, i, s)) }), 201);
	const free = { entryStageIds: [], forbidsSkipping: false, forbidsGoingBack: false, stages: [] };

	describe("what a stage requires", () => {
		after(async () => void (await rules("0", free)));

		test("K-10: nobody closes a ticket before what the stage requires is set, neither by the API nor with a reply; both happen or neither", async () => {
			const set = await expectStatus(rules("0", { stages: [{ stageId: "4", requiredProperties: ["hs_resolution", "hs_ticket_category", "hs_resolution"] }] }), 200);
			assert.deepEqual(set.stages.map((s: any) => [s.stageId, s.requiredProperties]), [["1", []], ["2", []], ["3", []], ["4", ["hs_resolution", "hs_ticket_category"]]]);
			const row = await mailIn(at.bellhop, "k10@customer.example", "K-10");
			for (const call of [at.call, await asAgent()]) assert.deepEqual(await missing(patch(call, row.id, { hs_pipeline_stage: "4" })), ["hs_resolution", "hs_ticket_category"]);
			assert.deepEqual(await missing(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Bye.", stageId: "4" })), ["hs_resolution", "hs_ticket_category"]);
			const still = await detail(row.id);
			assert.deepEqual([still.ticket.stageId, still.ticket.ownerId, (await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200)).results.length], ["1", undefined, 1]);
			assert.deepEqual(await missing(patch(at.call, row.id, { hs_pipeline_stage: "4", hs_resolution: "ISSUE_FIXED" })), ["hs_ticket_category"]);
			await expectStatus(patch(at.call, row.id, { hs_resolution: "ISSUE_FIXED" }), 200);
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "No status." }), 201);
			await expectStatus(patch(at.call, row.id, { hs_ticket_category: "BILLING_ISSUE" }), 200);
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Bye.", stageId: "4" }), 201);
			assert.deepEqual(await missing(patch(at.call, row.id, { hs_resolution: "" })), ["hs_resolution"]);
			await expectStatus(patch(at.call, row.id, { hs_pipeline_stage: "1", hs_resolution: "" }), 200);
		});

		test("K-10: who begins there, in a batch too, and who sets the status of a thread, is asked the same", async () => {
			assert.deepEqual(await missing(make(at.call, { hs_pipeline_stage: "4", hs_resolution: "" })), ["hs_resolution", "hs_ticket_category"]);
			const inputs = [{ objectWriteTraceId: "a", properties: { subject: "a", hs_pipeline_stage: "4" } }, { objectWriteTraceId: "b", properties: { subject: "b", hs_pipeline_stage: "1" } }];
			const batch = await expectStatus(at.call("POST", `${OBJECTS}/tickets/batch/create`, { inputs }), 207);
			assert.deepEqual([batch.results.length, batch.errors[0].context.properties], [1, ["hs_resolution", "hs_ticket_category"]]);
			const row = await mailIn(at.bellhop, "k10.thread@customer.example", "K-10 thread");
			const [thread] = (await expectStatus(at.call("GET", `/conversations/v3/conversations/threads?associatedTicketId=${row.id}`), 200)).results;
			assert.deepEqual(await missing(at.call("PATCH", `/conversations/v3/conversations/threads/${thread.id}`, { status: "CLOSED" })), ["hs_resolution", "hs_ticket_category"]);
		});

		test("K-10: the ticket says beforehand where what is missing", async () => {
			const ticket = await newTicket(at.call, { hs_resolution: "ISSUE_FIXED" });
			const { stages } = await detail(ticket.id, await asAgent());
			assert.deepEqual(stages.map((s: any) => [s.id, s.label, s.isClosed, s.mayMove, s.requiredProperties, s.missingProperties]), [
				["1", "New", false, true, [], []],
				["2", "Waiting on contact", false, true, [], []],
				["3", "Waiting on us", false, true, [], []],
				["4", "Closed", true, true, ["hs_resolution", "hs_ticket_category"], ["hs_ticket_category"]],
			]);
		});

		test("K-10: mail that comes in reopens and opens tickets whatever stages require", async () => {
			const row = await mailIn(at.bellhop, "k10.mail@customer.example", "K-10 mail");
			await expectStatus(patch(at.call, row.id, { hs_pipeline_stage: "4", hs_resolution: "ISSUE_FIXED", hs_ticket_category: "BILLING_ISSUE" }), 200);
			await expectStatus(rules("0", { stages: [{ stageId: "1", requiredProperties: ["tags"] }] }), 200);
			const { results } = await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200);
			assert.equal(results.length, 1);
			const opened = await mailIn(at.bellhop, "k10.open@customer.example", "K-10 open");
			assert.equal(opened.stageId, "1");
			const reply = await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Closed." }), 201);
			assert.ok(reply.id);
			const to = (await detail(row.id)).replyTo.from.address;
			const mailIds = await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200);
			assert.ok(to && mailIds.results.length === 2);
			await reopenByMail(row.id);
			assert.equal((await detail(row.id)).ticket.isClosed, false);
			await expectStatus(rules("0", free), 200);
		});

		/* An answer from the customer to the first message of the ticket, which names it. */
		async function reopenByMail(ticketId: string) {
			const source = (await expectStatus(at.call("GET", `/desk/v1/tickets/${ticketId}/messages`), 200)).results[0];
			const references = await threadReference(source.threadId);
			const data = `From: ${source.senderAddress}\nTo: ${at.bellhop.inbox}\nSubject: Re: K-10 mail\nMessage-ID: <again${++serial}@customer.example>\nIn-Reply-To: <${references}>\nReferences: <${references}>\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n\nStill broken.\n`;
			const sent = await lmtpSend(at.bellhop.lmtpPort, { from: source.senderAddress, to: [at.bellhop.inbox], data });
			assert.equal(sent.replies[0]?.code, 250);
			await waitFor("the answer", async () => (await at.call("GET", `/desk/v1/tickets/${ticketId}/messages`)).body.results.length === 3);
		}
		async function threadReference(threadId: string): Promise<string> {
			return sql(at.bellhop, `SELECT mail_id FROM mail_ref WHERE thread_id = ${threadId} AND message_id <> 0 ORDER BY message_id LIMIT 1`);
		}

		test("a property that is archived is required no more", async () => {
			await expectStatus(at.call("POST", "/crm/v3/properties/tickets", { name: "serial_number", label: "Serial number", type: "string", fieldType: "text", groupName: "ticketinformation" }), 201);
			await expectStatus(rules("0", { stages: [{ stageId: "3", requiredProperties: ["serial_number"] }] }), 200);
			const ticket = await newTicket(at.call);
			assert.deepEqual(await missing(patch(at.call, ticket.id, { hs_pipeline_stage: "3" })), ["serial_number"]);
			await expectStatus(at.call("DELETE", "/crm/v3/properties/tickets/serial_number"), 204);
			assert.deepEqual((await expectStatus(rules("0"), 200)).stages[2].requiredProperties, []);
			await expectStatus(patch(at.call, ticket.id, { hs_pipeline_stage: "3" }), 200);
		});

		test("what cannot be required is refused, and nothing of it stays", async () => {
			const before = await expectStatus(rules("0"), 200);
			const field = async (body: unknown) => (await refused(rules("0", body as object), 400)).errors[0].in;
			assert.equal(await field({ stages: [{ stageId: "4", requiredProperties: ["no_such"] }] }), "requiredProperties");
			assert.equal(await field({ stages: [{ stageId: "4", requiredProperties: ["hs_object_id"] }] }), "requiredProperties");
			assert.equal(await field({ stages: [{ stageId: "4", requiredProperties: "subject" }] }), "requiredProperties");
			assert.equal(await field({ stages: [{ stageId: "nope", requiredProperties: [] }] }), "stages");
			assert.equal(await field({ stages: [{ stageId: "4", requiredProperties: Array(51).fill("subject") }] }), "requiredProperties");
			assert.equal(await field({ entryStageIds: ["9"] }), "entryStageIds");
			assert.equal(await field({ entryStageIds: [{}] }), "entryStageIds");
			assert.equal(await field({ forbidsSkipping: "maybe" }), "forbidsSkipping");
			await refused(rules("0", [1] as any), 400);
			await refused(rules("nope", free), 404);
			await refused(rules("nope"), 404);
			await refused((await asAgent())("PUT", "/desk/v1/pipelines/tickets/0/rules", free), 403);
			assert.deepEqual(await expectStatus((await asAgent())("GET", "/desk/v1/pipelines/tickets/0/rules"), 200), before);
		});
	});

	describe("properties that depend on another one", () => {
		test("K-11: a value shows and requires others; a write that touches neither is left alone", async () => {
			const old = await newTicket(at.call, { hs_ticket_priority: "URGENT" });
			const rule = await addRule({ property: "hs_ticket_priority", values: ["HIGH", "URGENT"], shownProperties: ["source_ref"], requiredProperties: ["content"] });
			assert.deepEqual([rule.property, rule.values, rule.shownProperties, rule.requiredProperties], ["hs_ticket_priority", ["HIGH", "URGENT"], ["source_ref", "content"], ["content"]]);
			assert.deepEqual((await expectStatus((await asAgent())("GET", "/desk/v1/property-rules/tickets"), 200)).results, [rule]);
			assert.deepEqual(await missing(make(at.call, { hs_pipeline_stage: "1", hs_ticket_priority: "HIGH" })), ["content"]);
			await expectStatus(make(at.call, { hs_pipeline_stage: "1", hs_ticket_priority: "HIGH", content: "why" }), 201);
			await expectStatus(patch(at.call, old.id, { subject: "It was so before" }), 200);
			assert.deepEqual(await missing(patch(at.call, old.id, { hs_ticket_priority: "HIGH" })), ["content"]);
			await expectStatus(patch(at.call, old.id, { hs_ticket_priority: "LOW" }), 200);
			await expectStatus(patch(at.call, old.id, { hs_ticket_priority: "HIGH", content: "now" }), 200);
			assert.deepEqual(await missing(patch(await asAgent(), old.id, { content: "" })), ["content"]);
			await expectStatus(patch(at.call, old.id, { hs_ticket_priority: "", content: "" }), 200);
			await expectStatus(at.call("PUT", `/desk/v1/property-rules/tickets/${rule.id}`, { property: "hs_ticket_category", values: ["BILLING_ISSUE"], requiredProperties: ["content"] }), 200);
			await expectStatus(patch(at.call, old.id, { hs_ticket_priority: "HIGH" }), 200);
			assert.deepEqual(await missing(patch(at.call, old.id, { hs_ticket_category: "PRODUCT_ISSUE;BILLING_ISSUE" })), ["content"]);
			await expectStatus(at.call("DELETE", `/desk/v1/property-rules/tickets/${rule.id}`), 204);
			await expectStatus(patch(at.call, old.id, { hs_ticket_category: "BILLING_ISSUE" }), 200);
			await refused(at.call("DELETE", `/desk/v1/property-rules/tickets/${rule.id}`), 404);
		});

		test("K-11: mail opens tickets whatever it lacks", async () => {
			const rule = await addRule({ property: "source_type", values: ["EMAIL"], requiredProperties: ["tags"] });
			assert.ok((await mailIn(at.bellhop, "k11@customer.example", "K-11")).id);
			await expectStatus(at.call("DELETE", `/desk/v1/property-rules/tickets/${rule.id}`), 204);
		});

		test("K-11: contacts have rules too, and rules of one type are not those of another", async () => {
			const made = await expectStatus(at.call("POST", "/desk/v1/property-rules/contacts", { property: "lifecyclestage", values: ["customer"], requiredProperties: ["company"] }), 201);
			const contact = await newContact(at.call, "k11.contact@customer.example");
			assert.deepEqual(await missing(at.call("PATCH", `${OBJECTS}/contacts/${contact.id}`, { properties: { lifecyclestage: "customer" } })), ["company"]);
			await refused(at.call("DELETE", `/desk/v1/property-rules/tickets/${made.id}`), 404);
			assert.deepEqual((await expectStatus(at.call("GET", "/desk/v1/property-rules/tickets"), 200)).results, []);
			await expectStatus(at.call("DELETE", `/desk/v1/property-rules/contacts/${made.id}`), 204);
		});

		test("what is no rule is refused", async () => {
			const field = async (body: object) => (await refused(at.call("POST", "/desk/v1/property-rules/tickets", { property: "hs_ticket_priority", values: ["HIGH"], requiredProperties: ["content"], ...body }), 400)).errors[0].in;
			assert.equal(await field({ property: "no_such" }), "property");
			assert.equal(await field({ property: undefined }), "property");
			assert.equal(await field({ values: [] }), "values");
			assert.equal(await field({ values: [""] }), "values");
			const option = await refused(at.call("POST", "/desk/v1/property-rules/tickets", { property: "hs_ticket_priority", values: ["SOMETIMES"], requiredProperties: ["content"] }), 400);
			assert.deepEqual([option.errors[0].code, option.errors[0].context.propertyName], ["INVALID_OPTION", ["hs_ticket_priority"]]);
			assert.equal(await field({ values: "HIGH" }), "values");
			assert.equal(await field({ requiredProperties: ["no_such"] }), "requiredProperties");
			assert.equal(await field({ requiredProperties: ["time_to_close"] }), "requiredProperties");
			assert.equal(await field({ requiredProperties: ["hs_ticket_priority"] }), "property");
			assert.equal(await field({ requiredProperties: [] }), "shownProperties");
			await refused(at.call("POST", "/desk/v1/property-rules/nothings", {}), 400, /Unable to infer object type/);
			await refused((await asAgent())("POST", "/desk/v1/property-rules/tickets", {}), 403);
			assert.deepEqual((await expectStatus(at.call("GET", "/desk/v1/property-rules/tickets"), 200)).results, []);
		});
	});

	describe("the way through a pipeline", () => {
		test("K-12 D-11: agents begin in the given stages only, by session and by token; administrators begin anywhere", async () => {
			const { id, stages } = await pipeline("OPEN", "OPEN", "CLOSED");
			await expectStatus(rules(id, { entryStageIds: [stages[0].id] }), 200);
			const token = at.token(agent.email, "*");
			for (const call of [await asAgent(), token]) {
				const fault = await refused(make(call, { hs_pipeline: id, hs_pipeline_stage: stages[1].id }), 400);
				assert.deepEqual([fault.errors[0].code, fault.errors[0].context.propertyName], ["STAGE_NOT_ALLOWED", ["hs_pipeline_stage"]]);
				await expectStatus(make(call, { hs_pipeline: id, hs_pipeline_stage: stages[0].id }), 201);
			}
			await expectStatus(make(at.call, { hs_pipeline: id, hs_pipeline_stage: stages[2].id }), 201);
			const elsewhere = await newTicket(at.call);
			await refused(patch(await asAgent(), elsewhere.id, { hs_pipeline: id, hs_pipeline_stage: stages[1].id }), 400);
			await expectStatus(patch(await asAgent(), elsewhere.id, { hs_pipeline: id, hs_pipeline_stage: stages[0].id }), 200);
		});

		test("K-12: no stage is skipped and none goes back, for agents; administrators do as they need", async () => {
			const { id, stages } = await pipeline("OPEN", "OPEN", "OPEN", "CLOSED");
			const [a, b, c, d] = stages.map((s: any) => s.id);
			await expectStatus(rules(id, { forbidsSkipping: true }), 200);
			const call = await asAgent();
			const ticket = await newTicket(call, { hs_pipeline: id, hs_pipeline_stage: a });
			await refused(patch(call, ticket.id, { hs_pipeline_stage: c }), 400, /skip no stage/);
			assert.deepEqual((await detail(ticket.id, call)).stages.map((s: any) => s.mayMove), [true, true, false, false]);
			assert.deepEqual((await detail(ticket.id)).stages.map((s: any) => s.mayMove), [true, true, true, true]);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: b }), 200);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: a }), 200);
			await expectStatus(rules(id, { forbidsGoingBack: true }), 200);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: c }), 200);
			await refused(patch(call, ticket.id, { hs_pipeline_stage: b }), 400, /do not go back/);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: c, subject: "Stays" }), 200);
			assert.deepEqual((await detail(ticket.id, call)).stages.map((s: any) => s.mayMove), [false, false, true, true]);
			await expectStatus(patch(at.call, ticket.id, { hs_pipeline_stage: a }), 200);
			await expectStatus(rules(id, { forbidsSkipping: true, forbidsGoingBack: true }), 200);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${id}/stages/${b}`), 204);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: c }), 200);
			await expectStatus(patch(call, ticket.id, { hs_pipeline_stage: d }), 200);
		});

		test("K-12: mail reopens a closed ticket of a pipeline where agents do not go back; an entry stage that is gone restricts nobody", async () => {
			await expectStatus(rules("0", { forbidsGoingBack: true, forbidsSkipping: true, entryStageIds: ["2"] }), 200);
			const row = await mailIn(at.bellhop, "k12@customer.example", "K-12 mail");
			assert.equal(row.stageId, "1");
			await expectStatus(rules("0", free), 200);
			const { id, stages } = await pipeline("OPEN", "OPEN");
			await expectStatus(rules(id, { entryStageIds: [stages[0].id] }), 200);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${id}/stages/${stages[0].id}`), 204);
			assert.deepEqual((await expectStatus(rules(id), 200)).entryStageIds, []);
			await expectStatus(make(await asAgent(), { hs_pipeline: id, hs_pipeline_stage: stages[1].id }), 201);
		});

		test("rules stay when stages and pipelines are changed otherwise", async () => {
			const { id, stages } = await pipeline("OPEN", "CLOSED");
			const set = await expectStatus(rules(id, { entryStageIds: [stages[0].id], forbidsSkipping: true, forbidsGoingBack: true, stages: [{ stageId: stages[1].id, requiredProperties: ["content"] }] }), 200);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${id}`, { label: `Renamed ${serial}` }), 200);
			await expectStatus(at.call("PATCH", `${PIPELINES}/${id}/stages/${stages[1].id}`, { label: "Renamed" }), 200);
			assert.deepEqual(await expectStatus(rules(id), 200), set);
			assert.equal((await expectStatus(at.call("GET", `${PIPELINES}/${id}/audit`), 200)).results.length, 3);
		});
	});

	describe("types that users define", () => {
		test("their stages require properties and have times, and their rules go with them", async () => {
			const text = (name: string) => ({ name, label: name, type: "string", fieldType: "text" });
			await expectStatus(at.call("POST", "/crm-object-schemas/v3/schemas", { name: "boat", labels: { singular: "Boat", plural: "Boats" }, requiredProperties: ["title"], properties: [text("title"), text("crew")], associatedObjects: [], primaryDisplayProperty: "title" }), 201);
			const made = await expectStatus(at.call("POST", "/crm/v3/pipelines/boat", { label: "Voyages", displayOrder: 0, stages: [stage("Port", 0), stage("Sea", 1)] }), 201);
			const [port, sea] = made.stages.map((s: any) => s.id);
			await expectStatus(at.call("PUT", `/desk/v1/pipelines/boat/${made.id}/rules`, { stages: [{ stageId: sea, requiredProperties: ["crew"] }] }), 200);
			await expectStatus(at.call("POST", "/desk/v1/property-rules/boat", { property: "title", values: ["Titanic"], requiredProperties: ["crew"] }), 201);
			const properties = (await expectStatus(at.call("GET", "/crm/v3/properties/boat"), 200)).results.map((p: any) => p.name);
			assert.ok(properties.includes(`hs_v2_date_entered_${sea}`));
			const create = (more: object) => at.call("POST", `${OBJECTS}/boat`, { properties: { hs_pipeline: made.id, hs_pipeline_stage: port, ...more } });
			assert.deepEqual(await missing(create({ title: "Titanic" })), ["crew"]);
			const boat = await expectStatus(create({ title: "Fram" }), 201);
			const move = (more: object) => at.call("PATCH", `${OBJECTS}/boat/${boat.id}`, { properties: { hs_pipeline_stage: sea, ...more } });
			assert.deepEqual(await missing(move({})), ["crew"]);
			await expectStatus(move({ crew: "13" }), 200);
			const read = await expectStatus(at.call("GET", `${OBJECTS}/boat/${boat.id}?properties=hs_v2_date_entered_${sea},hs_v2_date_exited_${port}`), 200);
			assert.equal(read.properties[`hs_v2_date_entered_${sea}`], read.properties[`hs_v2_date_exited_${port}`]);
			const other = await expectStatus(at.call("POST", "/crm-object-schemas/v3/schemas", { name: "raft", labels: { singular: "Raft", plural: "Rafts" }, requiredProperties: [], properties: [text("title"), text("crew")], associatedObjects: [] }), 201);
			assert.ok(other.id);
			await expectStatus(at.call("POST", "/desk/v1/property-rules/raft", { property: "title", values: ["x"], requiredProperties: ["crew"] }), 201);
			await expectStatus(at.call("DELETE", "/crm-object-schemas/v3/schemas/raft"), 204);
			await expectStatus(at.call("DELETE", "/crm-object-schemas/v3/schemas/raft?archived=true"), 204);
		});
	});

	describe("pipelines and statuses", () => {
		test("K-1: a stage belongs to one pipeline, a pipeline has a stage, and there is always a ticket pipeline", async () => {
			await refused(at.call("POST", PIPELINES, { label: "Empty", displayOrder: 1, stages: [] }), 400, /at least one stage/);
			const { id, stages } = await pipeline("OPEN");
			await refused(at.call("DELETE", `${PIPELINES}/${id}/stages/${stages[0].id}`), 400, /at least one stage/);
			await refused(at.call("PUT", `${PIPELINES}/${id}`, { label: "Emptied", displayOrder: 1, stages: [] }), 400, /at least one stage/);
			await refused(at.call("POST", PIPELINES, { label: "Thief", displayOrder: 1, stages: [{ ...stage("S", 0), stageId: stages[0].id }] }), 409);
			await refused(at.call("DELETE", `${PIPELINES}/0`), 400);
		});

		test("K-2: a stage has a label, an order, and is OPEN or CLOSED", async () => {
			const { id, stages } = await pipeline("OPEN", "CLOSED");
			assert.deepEqual(stages.map((s: any) => [s.label, s.displayOrder, s.metadata.ticketState]), [["S0", 0, "OPEN"], ["S1", 1, "CLOSED"]]);
			await refused(at.call("POST", `${PIPELINES}/${id}/stages`, stage("S", 2, "AJAR")), 400);
			await refused(at.call("POST", `${PIPELINES}/${id}/stages`, { displayOrder: 2, metadata: { ticketState: "OPEN" } }), 400);
		});

		test("K-3 D-10: the default pipeline is used when none is named", async () => {
			const ticket = await newTicket(at.call, { hs_pipeline_stage: "2" });
			assert.equal(ticket.properties.hs_pipeline, "0");
			await refused(make(at.call, { hs_pipeline_stage: (await pipeline("OPEN")).stages[0].id }), 400);
		});

		test("K-4: administrators make, rename, reorder and delete them; agents do not", async () => {
			const { id, stages } = await pipeline("OPEN", "CLOSED");
			await expectStatus(at.call("PATCH", `${PIPELINES}/${id}/stages/${stages[0].id}`, { label: "Moved", displayOrder: 5 }), 200);
			assert.deepEqual((await expectStatus(at.call("GET", `${PIPELINES}/${id}/stages`), 200)).results.map((s: any) => s.label), ["S1", "Moved"]);
			for (const [method, path, body] of [["PATCH", `${PIPELINES}/${id}`, { label: "x" }], ["DELETE", `${PIPELINES}/${id}`, undefined], ["POST", PIPELINES, {}]] as const) await refused((await asAgent())(method, path, body), 403);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${id}`), 204);
		});

		test("K-5: a stage that holds tickets is deleted once they have moved", async () => {
			const { id, stages } = await pipeline("OPEN", "OPEN");
			const ticket = await newTicket(at.call, { hs_pipeline: id, hs_pipeline_stage: stages[0].id });
			assert.deepEqual((await refused(at.call("DELETE", `${PIPELINES}/${id}/stages/${stages[0].id}`), 400)).context.objectIds, [ticket.id]);
			await refused(at.call("DELETE", `${PIPELINES}/${id}`), 400);
			await expectStatus(patch(at.call, ticket.id, { hs_pipeline_stage: stages[1].id }), 200);
			await expectStatus(at.call("DELETE", `${PIPELINES}/${id}/stages/${stages[0].id}`), 204);
		});

		test("K-6: who moves a ticket to another pipeline chooses a stage there", async () => {
			const { id, stages } = await pipeline("OPEN", "CLOSED");
			const ticket = await newTicket(at.call);
			const fault = await refused(patch(at.call, ticket.id, { hs_pipeline: id }), 400);
			assert.deepEqual([fault.errors[0].code, fault.errors[0].context.propertyName], ["INVALID_OPTION", ["hs_pipeline_stage"]]);
			const moved = await expectStatus(patch(at.call, ticket.id, { hs_pipeline: id, hs_pipeline_stage: stages[1].id }), 200);
			assert.ok(moved.properties.closed_date);
		});
	});
});
