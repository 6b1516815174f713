/* Inboxes and channel accounts, made and changed by administrators; and every filter of the list of threads. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, lmtpSend, waitFor } from "../harness/index.ts";
import { agent, byCookie, CONVERSATIONS, desk, expectStatus, mailIn, refused, signIn } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const get = (path: string) => expectStatus(at.call("GET", CONVERSATIONS + path), 200);
	const deliver = (to: string, subject: string) => lmtpSend(at.bellhop.lmtpPort, { from: "ann@customer.example", to: [to], data: `From: ann@customer.example\nTo: ${to}\nSubject: ${subject}\nMessage-ID: <${Math.random()}@customer.example>\n\nHello\n` });
	const make = (name: string): Promise<any> => expectStatus(at.call("POST", "/desk/v1/inboxes", { name }), 201);
	const account = (inboxId: string, address: string, more: object = {}): Promise<any> => expectStatus(at.call("POST", "/desk/v1/channel-accounts", { inboxId, address, ...more }), 201);

	describe("inboxes", () => {
		test("made, renamed and archived; its mail makes tickets in it", async () => {
			const inbox = await make("Sales");
			assert.deepEqual([inbox.name, inbox.type, inbox.archived], ["Sales", "HELP_DESK", false]);
			assert.deepEqual(await get(`/inboxes/${inbox.id}`), inbox);
			assert.equal((await get("/inboxes")).total, 2);
			const made = await account(inbox.id, "Sales@desk.example", { name: "Sales team" });
			assert.deepEqual([made.channelId, made.name, made.inboxId, made.active, made.deliveryIdentifier.value], ["1002", "Sales team", inbox.id, true, "sales@desk.example"]);
			assert.equal((await deliver("sales@desk.example", "To sales")).replies[0]?.code, 250);
			const row = await waitFor("the ticket", async () => (await at.bellhop.api.get("/desk/v1/views/open/tickets?limit=100")).results.find((r: any) => r.subject === "To sales"));
			const [thread] = (await get(`/threads?inboxId=${inbox.id}`)).results;
			assert.deepEqual([thread.inboxId, thread.originalChannelAccountId, thread.threadAssociations.associatedTicketId], [inbox.id, made.id, row.id]);
			assert.equal((await expectStatus(at.call("PATCH", `/desk/v1/inboxes/${inbox.id}`, { name: "Revenue" }), 200)).name, "Revenue");
			await refused(at.call("DELETE", `/desk/v1/inboxes/${inbox.id}`), 409, /still has the channel account/);
			await expectStatus(at.call("DELETE", `/desk/v1/channel-accounts/${made.id}`), 204);
			assert.notEqual((await deliver("sales@desk.example", "Too late")).replies[0]?.code, 250);
			/* an answer leaves from an address that is still there */
			const reply = await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "From support" }), 201);
			assert.equal(reply.senderAddress, at.bellhop.inbox);
			await expectStatus(at.call("DELETE", `/desk/v1/inboxes/${inbox.id}`), 204);
			assert.equal((await get("/inboxes")).total, 1);
			await refused(at.call("PATCH", `/desk/v1/inboxes/${inbox.id}`, { name: "x" }), 404);
			assert.equal((await get(`/threads?inboxId=${inbox.id}`)).results.length, 1, "its threads stay");
			const [last] = (await get("/inboxes")).results;
			await refused(at.call("DELETE", `/desk/v1/inboxes/${last.id}`), 409, /last inbox/);
		});

		test("accounts change name, address, inbox and where tickets begin", async () => {
			const [one, two] = [await make("One"), await make("Two")];
			const made = await account(one.id, "one@desk.example", { pipelineId: "0", stageId: "2" });
			const patch = (body: object) => at.call("PATCH", `/desk/v1/channel-accounts/${made.id}`, body);
			assert.deepEqual((await expectStatus(patch({ inboxId: two.id, name: "Moved" }), 200)).inboxId, two.id);
			assert.equal((await get(`/channel-accounts?inboxId=${two.id}`)).total, 1);
			assert.equal((await expectStatus(patch({ address: "two@desk.example" }), 200)).deliveryIdentifier.value, "two@desk.example");
			await deliver("two@desk.example", "Stage two");
			const row = await waitFor("the ticket", async () => (await at.bellhop.api.get("/desk/v1/views/open/tickets?limit=100")).results.find((r: any) => r.subject === "Stage two"));
			assert.equal((await expectStatus(at.call("GET", `/crm/v3/objects/tickets/${row.id}?properties=hs_pipeline_stage`), 200)).properties.hs_pipeline_stage, "2");
			assert.equal((await expectStatus(patch({ active: false }), 200)).active, false);
			await refused(patch({ inboxId: "999999" }), 400);
			await refused(patch({ stageId: "nope" }), 400);
			await refused(patch({ address: "nobody" }), 400);
			await refused(patch({ address: at.bellhop.inbox }), 409);
			await refused(patch({ colour: "red" }), 400);
			await refused(at.call("PATCH", "/desk/v1/channel-accounts/999999", { name: "x" }), 404);
		});

		test("what may not be is refused", async () => {
			await make("Taken");
			await refused(at.call("POST", "/desk/v1/inboxes", { name: "taken" }), 409);
			for (const body of [{}, { name: "" }, { name: " " }, { name: "x".repeat(201) }, { name: "Typed", type: "OTHER" }]) await refused(at.call("POST", "/desk/v1/inboxes", body), 400);
			await refused(at.call("POST", "/desk/v1/channel-accounts", { address: "x@desk.example" }), 400, /inboxId/);
			await refused(at.call("POST", "/desk/v1/channel-accounts", { inboxId: "1" }), 400, /address/);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await refused(call("POST", "/desk/v1/inboxes", { name: "Mine" }), 403);
			await refused(call("DELETE", "/desk/v1/channel-accounts/1"), 403);
		});

		test("the command line makes one too", async () => {
			const line = at.bellhop.command("inbox", "add", "--name", "By command", "--inbox", "command@desk.example");
			assert.match(line, /^inbox \d+ {2}command@desk\.example$/m);
			assert.ok((await get("/inboxes")).results.some((i: any) => i.name === "By command"));
			assert.throws(() => at.bellhop.command("inbox", "add", "--name", "By command", "--inbox", "other@desk.example"), /There is an inbox/);
		});
	});

	describe("threads", () => {
		test("every filter and order of the list", async () => {
			const rows: any[] = [];
			for (const name of ["f1", "f2", "f3"]) rows.push(await mailIn(at.bellhop, `${name}@customer.example`, `Filter ${name}`));
			const of = async (row: any) => (await get(`/threads?associatedTicketId=${row.id}`)).results[0];
			const threads = [await of(rows[0]), await of(rows[1]), await of(rows[2])];
			const list = async (query: string) => (await get(`/threads?${query}`)).results.map((t: any) => t.id).filter((id: string) => threads.some((t) => t.id === id));
			const ids = threads.map((t) => t.id);
			assert.deepEqual(await list("limit=500"), ids);
			assert.deepEqual(await list(`associatedContactId=${threads[1].associatedContactId}`), [ids[1]]);
			await expectStatus(at.call("PATCH", `${CONVERSATIONS}/threads/${ids[0]}`, { status: "CLOSED" }), 200);
			assert.deepEqual(await list("threadStatus=CLOSED"), [ids[0]]);
			assert.deepEqual(await list("threadStatus=OPEN&association=TICKET&property=spam"), [ids[1], ids[2]]);
			await expectStatus(at.call("POST", `${CONVERSATIONS}/threads/${ids[1]}/messages`, { type: "COMMENT", text: "newest" }), 201);
			assert.deepEqual(await list(`sort=latestMessageTimestamp&latestMessageTimestampAfter=${Date.parse(threads[0].latestMessageTimestamp) - 1}`), [ids[0], ids[2], ids[1]]);
			assert.deepEqual(await list(`sort=id&latestMessageTimestampAfter=${Date.parse(threads[2].latestMessageTimestamp)}`), [ids[1]]);
			await expectStatus(at.call("DELETE", `${CONVERSATIONS}/threads/${ids[2]}`), 204);
			assert.deepEqual(await list("archived=true"), [ids[2]]);
			assert.deepEqual(await list("archived=false"), [ids[0], ids[1]]);
			for (const query of ["sort=name", "sort=latestMessageTimestamp", "association=CONTACT", "threadStatus=AJAR", "limit=501", "limit=0", "archived=perhaps", "after=x", `inboxId=x`, "latestMessageTimestampAfter=soon"]) await refused(at.call("GET", `${CONVERSATIONS}/threads?${query}`), 400);
		});
	});
});
