/* Sending: held replies, scheduled ones, status in one step, and what pipelines do by themselves. Rows E-40 to E-50, L-1 to L-10. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { forEachEngine, lmtpSend, type SmtpSink, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const me = {} as { call: Call; admin: Call; sink: SmtpSink };
	before(async () => {
		me.call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		me.admin = byCookie(at.bellhop, await signIn(at.bellhop, at.bellhop.admin));
		me.sink = await startSmtpSink();
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: me.sink.url }), 200);
	});
	const hold = (id: string, body: object, call = me.call) => call("POST", `/desk/v1/tickets/${id}/held-replies`, { text: "Held words", undoSeconds: 30, ...body });
	const held = async (id: string, call = me.call) => (await expectStatus(call("GET", `/desk/v1/tickets/${id}/held-replies`), 200)).results;
	const messages = async (id: string) => (await expectStatus(at.call("GET", `/desk/v1/tickets/${id}/messages`), 200)).results;
	const ticket = async (id: string) => (await expectStatus(at.call("GET", `/desk/v1/tickets/${id}`), 200)).ticket;
	const draft = (id: string, call = me.call) => expectStatus(call("GET", `/desk/v1/tickets/${id}/drafts/reply`), 200);
	const mailsOf = (address: string) => me.sink.mails.filter((m) => m.to.includes(address));
	const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
	const automation = (body?: object) => (body ? at.call("PUT", "/desk/v1/pipelines/tickets/0/automation", body) : at.call("GET", "/desk/v1/pipelines/tickets/0/automation"));
	const answerOf = async (id: string, from: string, text: string, headers: string[] = []) => {
		const sent = (await messages(id)).find((m: any) => m.direction === "OUTGOING");
		const [row] = (await sql(at.bellhop, `SELECT mail_id FROM message WHERE id = ${sent.id}`)).split("\n");
		const data = [`From: ${from}`, `To: ${at.bellhop.inbox}`, "Subject: Re: it", `Message-ID: <${Math.random()}@c.example>`, `In-Reply-To: <${row}>`, ...headers, "", text, ""].join("\r\n");
		await lmtpSend(at.bellhop.lmtpPort, { from, to: [at.bellhop.inbox], data });
		return waitFor("the answer", async () => (await messages(id)).find((m: any) => m.text.includes(text)));
	};

	describe("held to be undone", () => {
		test("E-49 a held reply is no message yet: no mail, no preview, no owner, no status; then it is sent once, with all of it", async () => {
			const row = await mailIn(at.bellhop, "e49@customer.example", "E-49");
			await expectStatus(me.call("PUT", `/desk/v1/tickets/${row.id}/drafts/reply`, { text: "Held words", html: "<p>Held words</p>" }), 200);
			const h = await expectStatus(hold(row.id, { undoSeconds: 2, stageId: "2" }), 201);
			assert.deepEqual([h.state, h.ticketId, h.stageId, h.mayChange, h.to[0].address, h.text], ["HELD", row.id, "2", true, "e49@customer.example", "Held words"]);
			assert.equal((await draft(row.id)).version, 0, "the draft is gone");
			const still = await ticket(row.id);
			assert.deepEqual([still.stageId, still.ownerId, still.preview, (await messages(row.id)).length], ["1", undefined, "Please help.", 1]);
			assert.deepEqual((await held(row.id, me.admin)).map((x: any) => [x.id, x.mayChange]), [[h.id, false]], "a colleague sees it, and cannot undo it");
			await refused(me.admin("DELETE", `/desk/v1/held-replies/${h.id}`), 403);
			await me.sink.waitForMail("the mail", (m) => m.to.includes("e49@customer.example"));
			const now = await ticket(row.id);
			assert.deepEqual([now.stageId, now.preview, (await held(row.id)).length], ["2", "Held words", 0]);
			assert.notEqual(now.ownerId, undefined, "E-48: whoever answers takes it");
			const [, sent] = await messages(row.id);
			assert.deepEqual([sent.senderName, sent.text, sent.direction], ["Aino Agent", "Held words", "OUTGOING"]);
			await refused(me.call("DELETE", `/desk/v1/held-replies/${h.id}`), 404);
			assert.equal(mailsOf("e49@customer.example").length, 1);
		});

		test("E-49 undo brings text, recipients, subject, sender and files back into the draft, and nothing is ever sent", async () => {
			const row = await mailIn(at.bellhop, "undo@customer.example", "Undo");
			const file = await upload("undo.txt");
			const h = await expectStatus(hold(row.id, { html: "<p>Held <b>words</b></p>", to: ["undo@customer.example"], cc: ["c@x.example"], bcc: ["b@x.example"], subject: "Other", attachments: [{ fileId: file, type: "FILE", name: "undo.txt" }], undoSeconds: 2 }), 201);
			const back = await expectStatus(me.call("DELETE", `/desk/v1/held-replies/${h.id}`), 200);
			const again = await draft(row.id);
			assert.deepEqual(again, back);
			assert.deepEqual([again.text, again.html, again.subject, again.recipients, again.attachments], ["Held words", "<p>Held <b>words</b></p>", "Other", { to: ["undo@customer.example"], cc: ["c@x.example"], bcc: ["b@x.example"] }, [{ fileId: file, type: "FILE", name: "undo.txt" }]]);
			await new Promise((resolve) => setTimeout(resolve, 3500));
			assert.deepEqual([mailsOf("undo@customer.example").length, (await messages(row.id)).length], [0, 1]);
		});

		test("E-49 of an undo and a send at once one wins; send now sends at once and once", async () => {
			const row = await mailIn(at.bellhop, "race@customer.example", "Race");
			for (let i = 0; i < 4; i++) {
				const h = await expectStatus(hold(row.id, { text: `race ${i}` }), 201);
				const answers = await Promise.all([me.call("DELETE", `/desk/v1/held-replies/${h.id}`), me.call("POST", `/desk/v1/held-replies/${h.id}/send`), me.call("POST", `/desk/v1/held-replies/${h.id}/send`)]);
				assert.deepEqual(answers.map((a) => a.status).filter((s) => s < 300).length, 1, answers.map((a) => a.text).join());
				assert.equal((await messages(row.id)).filter((m: any) => m.text === `race ${i}`).length, answers[0]?.status === 200 ? 0 : 1);
			}
		});

		test("E-49 kill -9 while it is held: it is sent after the restart, exactly once", async () => {
			const row = await mailIn(at.bellhop, "kill@customer.example", "Kill");
			await expectStatus(hold(row.id, { undoSeconds: 1 }), 201);
			await at.bellhop.kill9();
			await at.bellhop.restart();
			await me.sink.waitForMail("the mail", (m) => m.to.includes("kill@customer.example"), 30_000);
			await new Promise((resolve) => setTimeout(resolve, 1500));
			assert.deepEqual([mailsOf("kill@customer.example").length, (await messages(row.id)).filter((m: any) => m.direction === "OUTGOING").length], [1, 1]);
		});

		test("what cannot be sent is refused when it is held, with the words of a reply", async () => {
			const row = await mailIn(at.bellhop, "bad@customer.example", "Bad");
			const field = async (body: object) => (await refused(hold(row.id, body), 400)).errors[0].in;
			assert.equal(await field({ to: ["nonsense"] }), "to");
			assert.equal(await field({ text: " " }), "text");
			assert.equal(await field({ attachments: [{ fileId: "999999" }] }), "attachments");
			assert.equal(await field({ undoSeconds: 0 }), "undoSeconds");
			assert.equal(await field({ undoSeconds: 61 }), "undoSeconds");
			assert.equal(await field({ sendAt: inMs(-1000) }), "sendAt");
			assert.equal(await field({ sendAt: inMs(400 * 86_400_000) }), "sendAt");
			assert.equal(await field({ properties: ["x"] }), "properties");
			assert.equal((await refused(hold(row.id, { stageId: "nope" }), 400)).errors.length, 1);
			assert.equal((await refused(hold(row.id, { lastSeenMessageId: "1" }), 409)).category, "NEWER_MESSAGES");
			await refused(hold("999999", {}), 404);
			await refused(at.token("admin@desk.example", "nothing")("POST", `/desk/v1/tickets/${row.id}/held-replies`, { text: "x", undoSeconds: 5 }), 403);
			assert.equal((await held(row.id)).length, 0);
		});

		test("E-47 what has changed by the time it is sent makes it fail and say so; tried again it is sent", async () => {
			const row = await mailIn(at.bellhop, "late@customer.example", "Late");
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [] }), 200);
			const h = await expectStatus(hold(row.id, { undoSeconds: 2, stageId: "4" }), 201);
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] }), 200);
			const failed = await waitFor("the failure", async () => (await held(row.id)).find((x: any) => x.state === "FAILED"));
			assert.match(failed.problem, /required properties/);
			assert.deepEqual([(await ticket(row.id)).stageId, (await messages(row.id)).length], ["1", 1], "neither");
			await refused(me.call("POST", `/desk/v1/held-replies/${h.id}/send`), 400);
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [] }), 200);
			await expectStatus(me.call("POST", `/desk/v1/held-replies/${h.id}/send`), 201);
			assert.equal((await ticket(row.id)).stageId, "4");
		});
	});

	describe("scheduled", () => {
		test("a scheduled reply is sent at its time, can be moved and taken back, also by a colleague, and is its writer's draft again", async () => {
			const row = await mailIn(at.bellhop, "later@customer.example", "Later");
			const h = await expectStatus(hold(row.id, { undoSeconds: undefined, sendAt: inMs(86_400_000) }), 201);
			assert.equal(h.state, "SCHEDULED");
			const moved = await expectStatus(me.admin("PATCH", `/desk/v1/held-replies/${h.id}`, { sendAt: inMs(2 * 86_400_000) }), 200);
			assert.ok(moved.sendAt > h.sendAt);
			await refused(me.call("PATCH", `/desk/v1/held-replies/${h.id}`, {}), 400);
			await refused(me.call("PATCH", `/desk/v1/held-replies/${h.id}`, { sendAt: "soon" }), 400);
			const back = await expectStatus(me.admin("DELETE", `/desk/v1/held-replies/${h.id}`), 200);
			assert.equal(back.text, undefined, "whoever takes it back does not get another one's draft");
			assert.equal((await draft(row.id)).text, "Held words");
			assert.equal((await draft(row.id, me.admin)).version, 0);
			await expectStatus(hold(row.id, { text: "at its time", sendAt: inMs(1500), undoSeconds: undefined }), 201);
			await me.sink.waitForMail("the mail", (m) => m.to.includes("later@customer.example"));
			assert.equal(mailsOf("later@customer.example").length, 1);
		});

		test("when the customer writes before that, it waits for somebody to look", async () => {
			const row = await mailIn(at.bellhop, "before@customer.example", "Before");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "first" }), 201);
			const h = await expectStatus(hold(row.id, { text: "follow-up", sendAt: inMs(4000), undoSeconds: undefined }), 201);
			await answerOf(row.id, "before@customer.example", "Solved, thanks!");
			assert.deepEqual((await held(row.id)).map((x: any) => x.state), ["PAUSED"]);
			await new Promise((resolve) => setTimeout(resolve, 5000));
			assert.equal((await messages(row.id)).some((m: any) => m.text === "follow-up"), false);
			await expectStatus(me.call("POST", `/desk/v1/held-replies/${h.id}/send`), 201);
			assert.equal((await messages(row.id)).at(-1).text, "follow-up");
		});
	});

	describe("status in one step", () => {
		test("E-43 E-44 E-47 a conditional status with its properties in the reply: both or neither", async () => {
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] }), 200);
			const row = await mailIn(at.bellhop, "e44@customer.example", "E-44");
			const reply = (body: object) => me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Bye", stageId: "4", ...body });
			assert.deepEqual((await refused(reply({}), 400)).context.properties, ["hs_resolution"]);
			assert.deepEqual((await refused(hold(row.id, { stageId: "4" }), 400)).context.properties, ["hs_resolution"]);
			await refused(reply({ properties: { hs_resolution: "NOT_ONE" } }), 400);
			assert.deepEqual([(await ticket(row.id)).stageId, (await messages(row.id)).length], ["1", 1]);
			await expectStatus(reply({ properties: { hs_resolution: "ISSUE_FIXED" } }), 201);
			const now = await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}`), 200);
			assert.deepEqual([now.ticket.stageId, now.properties.hs_resolution], ["4", "ISSUE_FIXED"]);
			const other = await mailIn(at.bellhop, "e44b@customer.example", "E-44 held");
			await expectStatus(hold(other.id, { undoSeconds: 1, stageId: "4", properties: { hs_resolution: "ISSUE_FIXED" } }), 201);
			await waitFor("closed", async () => (await ticket(other.id)).stageId === "4");
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [] }), 200);
		});

		test("E-42 a status of another pipeline is refused, and nothing is sent", async () => {
			const made = await expectStatus(at.call("POST", "/crm/v3/pipelines/tickets", { label: "E-42", displayOrder: 5, stages: [{ label: "One", displayOrder: 0, metadata: { ticketState: "OPEN" } }] }), 201);
			const row = await mailIn(at.bellhop, "e42@customer.example", "E-42");
			await refused(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "x", stageId: made.stages[0].id }), 400);
			assert.equal((await messages(row.id)).length, 1);
		});
	});

	describe("what a pipeline does by itself", () => {
		test("L-1 L-3 the setting exists, is an administrator's to change, and names only stages of its pipeline", async () => {
			assert.deepEqual(await expectStatus(automation(), 200), { pipelineId: "0", sentStageId: "", receivedStageId: "", keepsCloseDate: false });
			assert.equal((await refused(automation({ sentStageId: "nope" }), 400)).errors[0].in, "sentStageId");
			assert.equal((await refused(automation({ receivedStageId: "nope" }), 400)).errors[0].in, "receivedStageId");
			await refused(me.call("PUT", "/desk/v1/pipelines/tickets/0/automation", {}), 403);
			await refused(at.call("GET", "/desk/v1/pipelines/deals/default/automation"), 400);
			await refused(at.call("GET", "/desk/v1/pipelines/tickets/nope/automation"), 404);
			assert.deepEqual(await expectStatus(automation({ sentStageId: "2", receivedStageId: "3" }), 200), { pipelineId: "0", sentStageId: "2", receivedStageId: "3", keepsCloseDate: false });
			/* the other settings of the pipeline leave it alone */
			await expectStatus(at.call("PUT", "/desk/v1/pipelines/tickets/0/rules", { stages: [] }), 200);
			await expectStatus(at.call("PATCH", "/crm/v3/pipelines/tickets/0", { label: "Support Pipeline" }), 200);
			assert.equal((await expectStatus(automation(), 200)).sentStageId, "2");
		});

		test("L-1 L-4 a plain send moves the ticket, the customer's answer moves it on, and opens what was closed", async () => {
			const row = await mailIn(at.bellhop, "l4@customer.example", "L-4");
			assert.equal((await ticket(row.id)).stageId, "1", "a new ticket is where its inbox puts it");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Which one?" }), 201);
			assert.equal((await ticket(row.id)).stageId, "2");
			await answerOf(row.id, "l4@customer.example", "The red one");
			await waitFor("on us", async () => (await ticket(row.id)).stageId === "3");
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { hs_pipeline_stage: "4" } }), 200);
			await answerOf(row.id, "l4@customer.example", "One more thing");
			await waitFor("open again", async () => (await ticket(row.id)).stageId === "3");
			const { propertiesWithHistory } = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${row.id}?propertiesWithHistory=hs_pipeline_stage`), 200);
			assert.deepEqual(propertiesWithHistory.hs_pipeline_stage.map((v: any) => [v.value, v.sourceType]).slice(0, 4), [["3", "AUTOMATION_PLATFORM"], ["4", "INTEGRATION"], ["3", "AUTOMATION_PLATFORM"], ["2", "AUTOMATION_PLATFORM"]]);
		});

		test("E-45 E-46 L-2 a status chosen with the send is never overwritten, also where it is the one it has, nor when it was held", async () => {
			const row = await mailIn(at.bellhop, "e45@customer.example", "E-45");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "stays", stageId: "1" }), 201);
			assert.equal((await ticket(row.id)).stageId, "1");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "closed", stageId: "4" }), 201);
			assert.equal((await ticket(row.id)).stageId, "4");
			await expectStatus(hold(row.id, { text: "held with a status", undoSeconds: 1, stageId: "3" }), 201);
			await waitFor("sent", async () => (await messages(row.id)).some((m: any) => m.text === "held with a status"));
			assert.equal((await ticket(row.id)).stageId, "3");
			await expectStatus(hold(row.id, { text: "held and plain", undoSeconds: 1 }), 201);
			await waitFor("sent", async () => (await messages(row.id)).some((m: any) => m.text === "held and plain"));
			assert.equal((await ticket(row.id)).stageId, "2", "a plain one does");
		});

		test("L-10 machines and changes of status move nothing by themselves", async () => {
			const row = await mailIn(at.bellhop, "l10@customer.example", "L-10");
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Hello" }), 201);
			await answerOf(row.id, "l10@customer.example", "I am away", ["Auto-Submitted: auto-replied"]);
			assert.equal((await ticket(row.id)).stageId, "2");
			const before = me.sink.mails.length;
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { hs_pipeline_stage: "3" } }), 200);
			assert.deepEqual([(await ticket(row.id)).stageId, me.sink.mails.length], ["3", before]);
		});

		test("L-5 closing sets the close date; opening again clears it, or keeps it where the pipeline says so", async () => {
			const closed = async (id: string) => (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?properties=closed_date`), 200)).properties.closed_date;
			const move = (id: string, stage: string) => expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: stage } }), 200);
			const { id } = await newTicket(at.call);
			await move(id, "4");
			assert.match(await closed(id), /Z$/);
			await move(id, "1");
			assert.equal((await closed(id)) ?? "", "");
			await expectStatus(automation({ keepsCloseDate: true }), 200);
			await move(id, "4");
			const first = await closed(id);
			await move(id, "1");
			assert.equal(await closed(id), first);
			await move(id, "4");
			assert.ok((await closed(id)) >= first);
			await expectStatus(automation({}), 200);
		});
	});

	describe("who has seen it", () => {
		test("E-72 a new message is unread for all but its writer; seeing it and marking it unread are live, and no change of the ticket", async () => {
			const row = await mailIn(at.bellhop, "e72@customer.example", "E-72");
			const ids = async () => ((await ticket(row.id)).seenBy as string).split(" ").filter(Boolean);
			const [mine, admins] = await Promise.all([me.call, me.admin].map(async (call) => (await expectStatus(call("GET", "/desk/v1/session"), 200)).user.id));
			assert.deepEqual(await ids(), []);
			const { version } = await ticket(row.id);
			for (let i = 0; i < 2; i++) await expectStatus(me.call("PUT", `/desk/v1/tickets/${row.id}/seen`), 204);
			assert.deepEqual(await ids(), [mine]);
			await expectStatus(me.admin("PUT", `/desk/v1/tickets/${row.id}/seen`), 204);
			assert.deepEqual((await ids()).sort(), [mine, admins].sort());
			await expectStatus(me.call("DELETE", `/desk/v1/tickets/${row.id}/seen`), 204);
			assert.deepEqual([await ids(), (await ticket(row.id)).version], [[admins], version]);
			await expectStatus(me.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Seen by me" }), 201);
			assert.deepEqual(await ids(), [mine]);
			await sql(at.bellhop, `UPDATE object SET seen_by = '*' WHERE id = ${row.id}`);
			await expectStatus(me.call("DELETE", `/desk/v1/tickets/${row.id}/seen`), 204);
			assert.deepEqual(await ids(), ["*", `-${mine}`]);
			await expectStatus(me.call("PUT", `/desk/v1/tickets/${row.id}/seen`), 204);
			assert.deepEqual(await ids(), ["*"]);
			await refused(me.call("PUT", "/desk/v1/tickets/999999/seen"), 404);
		});
	});

	async function upload(name: string): Promise<string> {
		const form = new FormData();
		form.set("file", new Blob(["some bytes"]), name);
		form.set("options", JSON.stringify({ access: "PRIVATE" }));
		form.set("folderPath", "/sending");
		const answer = await fetch(`${at.bellhop.url}/files/v3/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${at.bellhop.token}` } });
		assert.equal(answer.status, 201, await answer.clone().text());
		return ((await answer.json()) as { id: string }).id;
	}
});
