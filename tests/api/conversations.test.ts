/* Pipelines, owners, and conversations in the forms of the wire. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, CONVERSATIONS, desk, expectStatus, mailIn, newTicket, OBJECTS, refused } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	let n = 0;
	const get = (path: string, status = 200) => expectStatus(at.call("GET", path), status);
	/* A mail's thread, as the wire has it. */
	const thread = async (from = `visitor${n + 1}@customer.example`) => {
		const row = await mailIn(at.bellhop, from, `Conversation ${++n}`);
		return (await get(`${CONVERSATIONS}/threads?associatedTicketId=${row.id}`)).results[0];
	};

	describe("pipelines and owners", () => {
		test("tickets have the default pipeline with its four stages; contacts have none", async () => {
			for (const type of ["tickets", "ticket", "0-5"]) {
				const { results } = await get(`/crm/v3/pipelines/${type}`);
				assert.equal(results.length, 1);
				const [pipeline] = results;
				assert.deepEqual([pipeline.id, pipeline.label, pipeline.displayOrder, pipeline.archived], ["0", "Support Pipeline", 0, false]);
				assert.deepEqual(pipeline.stages.map((s: any) => [s.id, s.label, s.displayOrder, s.metadata.ticketState, s.metadata.isClosed]), [
					["1", "New", 0, "OPEN", "false"],
					["2", "Waiting on contact", 1, "OPEN", "false"],
					["3", "Waiting on us", 2, "OPEN", "false"],
					["4", "Closed", 3, "CLOSED", "true"],
				]);
				for (const s of pipeline.stages) assert.deepEqual([s.createdAt, s.archived, s.writePermissions], ["1970-01-01T00:00:00.000Z", false, "CRM_PERMISSIONS_ENFORCEMENT"]);
			}
			assert.deepEqual((await get("/crm/v3/pipelines/contacts")).results, []);
			await refused(at.call("GET", "/crm/v3/pipelines/foo"), 400, "Unable to infer object type from: foo");
		});

		test("owners are found by owner id, by user id and by email, and page", async () => {
			const { results } = await get("/crm/v3/owners");
			assert.deepEqual(results.map((o: any) => o.email), ["admin@desk.example", agent.email]);
			const [, owner] = results;
			assert.match(owner.id, /^\d+$/);
			assert.equal(typeof owner.userId, "number");
			assert.notEqual(owner.id, String(owner.userId), "an owner's id is not a user's");
			assert.deepEqual([owner.firstName, owner.lastName, owner.type, owner.archived, owner.userIdIncludingInactive], ["Aino", "Agent", "PERSON", false, owner.userId]);
			assert.deepEqual(await get(`/crm/v3/owners/${owner.id}`), owner);
			assert.deepEqual(await get(`/crm/v3/owners/${owner.id}?idProperty=id`), owner);
			assert.deepEqual(await get(`/crm/v3/owners/${owner.userId}?idProperty=userId`), owner);
			assert.deepEqual((await get("/crm/v3/owners?email=AGENT%40desk.example")).results, [owner]);
			assert.deepEqual((await get("/crm/v3/owners?email=nobody%40desk.example")).results, []);
			assert.deepEqual((await get("/crm/v3/owners?archived=true")).results, []);
			const first = await get("/crm/v3/owners?limit=1");
			const second = await get(`/crm/v3/owners?limit=1&after=${first.paging.next.after}`);
			assert.deepEqual([...first.results, ...second.results], results);
			assert.equal("paging" in second, false);
			await refused(at.call("GET", "/crm/v3/owners/999999"), 404, "resource not found");
			await refused(at.call("GET", "/crm/v3/owners/x"), 404);
			await refused(at.call("GET", "/crm/v3/owners?limit=501"), 400);
		});
	});

	describe("inboxes and channels", () => {
		test("the inbox, its channel account and the channels are listed and read", async () => {
			const inboxes = await get(`${CONVERSATIONS}/inboxes`);
			assert.equal(inboxes.total, 1);
			const [inbox] = inboxes.results;
			assert.deepEqual([inbox.type, inbox.archived], ["HELP_DESK", false]);
			assert.deepEqual(await get(`${CONVERSATIONS}/inboxes/${inbox.id}`), inbox);
			const channels = await get(`${CONVERSATIONS}/channels`);
			assert.ok(channels.results.some((c: any) => c.id === "1002"));
			assert.equal((await get(`${CONVERSATIONS}/channels/1002`)).name, "Email");
			const accounts = await get(`${CONVERSATIONS}/channel-accounts?channelId=1002&inboxId=${inbox.id}`);
			assert.equal(accounts.total, 1);
			const [account] = accounts.results;
			assert.deepEqual([account.channelId, account.inboxId, account.active, account.authorized], ["1002", inbox.id, true, true]);
			assert.deepEqual(account.deliveryIdentifier, { type: "HS_EMAIL_ADDRESS", value: at.bellhop.inbox });
			assert.deepEqual(await get(`${CONVERSATIONS}/channel-accounts/${account.id}`), account);
			assert.equal((await get(`${CONVERSATIONS}/channel-accounts?channelId=1000`)).total, 0);
			for (const path of ["inboxes", "channels", "channel-accounts", "threads"]) await refused(at.call("GET", `${CONVERSATIONS}/${path}/999999`), 404);
		});
	});

	describe("threads", () => {
		test("a mail's thread has every member of the wire", async () => {
			const t = await thread("shape@customer.example");
			assert.deepEqual(await get(`${CONVERSATIONS}/threads/${t.id}`), t);
			assert.deepEqual(Object.keys(t).sort(), ["archived", "associatedContactId", "createdAt", "id", "inboxId", "latestMessageReceivedTimestamp", "latestMessageTimestamp", "originalChannelAccountId", "originalChannelId", "spam", "status", "threadAssociations"]);
			assert.deepEqual([t.status, t.originalChannelId, t.spam, t.archived], ["OPEN", "1002", false, false]);
			const contact = await get(`${OBJECTS}/contacts/shape%40customer.example?idProperty=email`);
			assert.equal(t.associatedContactId, contact.id);
			assert.ok(await get(`${OBJECTS}/tickets/${t.threadAssociations.associatedTicketId}`));
		});

		test("lists are filtered by inbox, contact, ticket and status, ascending, and page both ways of sorting", async () => {
			const mine = [await thread("lists@customer.example"), await thread("lists@customer.example"), await thread("lists@customer.example")];
			await thread();
			const ids = mine.map((t) => t.id);
			const list = async (query: string) => (await get(`${CONVERSATIONS}/threads?${query}`)).results.map((t: any) => t.id);
			const contact = `associatedContactId=${mine[0].associatedContactId}`;
			assert.deepEqual(await list(contact), ids);
			assert.deepEqual(await list(`${contact}&inboxId=${mine[0].inboxId}`), ids);
			assert.deepEqual(await list(`inboxId=999999`), []);
			assert.deepEqual(await list(`associatedTicketId=${mine[1].threadAssociations.associatedTicketId}`), [ids[1]]);
			await expectStatus(at.call("PATCH", `${CONVERSATIONS}/threads/${ids[1]}`, { status: "CLOSED" }), 200);
			assert.deepEqual(await list(`${contact}&threadStatus=CLOSED`), [ids[1]]);
			assert.deepEqual(await list(`${contact}&threadStatus=OPEN`), [ids[0], ids[2]]);
			for (const sort of ["sort=id", "sort=latestMessageTimestamp&latestMessageTimestampAfter=2020-01-01T00%3A00%3A00Z"]) {
				const found: string[] = [];
				let after: string | undefined;
				do {
					const page: any = await get(`${CONVERSATIONS}/threads?${contact}&${sort}&limit=1${after ? `&after=${encodeURIComponent(after)}` : ""}`);
					found.push(...page.results.map((t: any) => t.id));
					after = page.paging?.next.after;
					assert.ok(found.length < 10);
				} while (after);
				assert.deepEqual(found, ids, sort);
			}
			assert.deepEqual(await list(`${contact}&sort=latestMessageTimestamp&latestMessageTimestampAfter=${Date.now() + 1000}`), []);
			const bad = ["sort=-id", "sort=latestMessageTimestamp", "threadStatus=open", "limit=501", "limit=0", "after=x", "inboxId=x", "latestMessageTimestampAfter=x", "archived=x"];
			for (const query of bad) await refused(at.call("GET", `${CONVERSATIONS}/threads?${query}`), 400);
		});

		test("closing a thread closes its ticket, and the other way round", async () => {
			const t = await thread();
			const stage = async () => (await get(`${OBJECTS}/tickets/${t.threadAssociations.associatedTicketId}`)).properties.hs_pipeline_stage;
			const closed = await expectStatus(at.call("PATCH", `${CONVERSATIONS}/threads/${t.id}`, { status: "CLOSED" }), 200);
			assert.deepEqual([closed.status, await stage()], ["CLOSED", "4"]);
			assert.ok(closed.closedAt);
			const open = await expectStatus(at.call("PATCH", `${CONVERSATIONS}/threads/${t.id}`, { status: "OPEN" }), 200);
			assert.deepEqual([open.status, open.closedAt, await stage()], ["OPEN", undefined, "1"]);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${t.threadAssociations.associatedTicketId}`, { properties: { hs_pipeline_stage: "4" } }), 200);
			assert.equal((await get(`${CONVERSATIONS}/threads/${t.id}`)).status, "CLOSED");
			await refused(at.call("PATCH", `${CONVERSATIONS}/threads/${t.id}`, { status: "AJAR" }), 400);
		});

		test("a thread goes into the trash and comes back", async () => {
			const t = await thread();
			const url = `${CONVERSATIONS}/threads/${t.id}`;
			await expectStatus(at.call("DELETE", url), 204);
			await refused(at.call("GET", url), 404);
			assert.equal((await get(`${url}?archived=true`)).archived, true);
			const list = async (query: string) => (await get(`${CONVERSATIONS}/threads?associatedContactId=${t.associatedContactId}${query}`)).results.length;
			assert.deepEqual([await list(""), await list("&archived=true")], [0, 1]);
			await refused(at.call("PATCH", url, { status: "CLOSED" }), 404);
			assert.equal((await expectStatus(at.call("PATCH", `${url}?archived=true`, { archived: false }), 200)).archived, false);
			assert.equal((await get(url)).archived, false);
		});

		test("the assignee is a user's actor, and the ticket's owner", async () => {
			const t = await thread();
			const owner = (await get(`/crm/v3/owners?email=${encodeURIComponent(agent.email)}`)).results[0];
			const url = `${CONVERSATIONS}/threads/${t.id}`;
			const ticket = `${OBJECTS}/tickets/${t.threadAssociations.associatedTicketId}`;
			const owned = async () => (await get(`${ticket}?properties=hubspot_owner_id`)).properties.hubspot_owner_id;
			for (const method of ["PUT", "POST"]) {
				const assigned = await expectStatus(at.call(method, `${url}/assignee`, { actorId: `A-${owner.userId}` }), 200);
				assert.equal(assigned.assignedTo, `A-${owner.userId}`);
				assert.equal(await owned(), owner.id);
				await expectStatus(at.call("DELETE", `${url}/assignee`), 204);
				assert.equal((await get(url)).assignedTo, undefined);
				assert.equal(await owned(), null);
			}
			await expectStatus(at.call("PATCH", ticket, { properties: { hubspot_owner_id: owner.id } }), 200);
			assert.equal((await get(url)).assignedTo, `A-${owner.userId}`, "an owner set on the ticket is the thread's assignee");
			for (const actorId of ["A-999999", "V-1", "A-", "1", 1, null, "S-hubspot"]) await refused(at.call("PUT", `${url}/assignee`, { actorId }), 400);
			await refused(at.call("PUT", `${url}/assignee`), 400);
		});
	});

	describe("messages", () => {
		test("a mail's message has every member of the wire, and its content in full", async () => {
			const t = await thread("letter@customer.example");
			const url = `${CONVERSATIONS}/threads/${t.id}/messages`;
			const { results } = await get(url);
			assert.equal(results.length, 1);
			const [m] = results;
			assert.deepEqual([m.type, m.direction, m.channelId, m.channelAccountId, m.conversationsThreadId, m.archived, m.truncationStatus], ["MESSAGE", "INCOMING", "1002", t.originalChannelAccountId, t.id, false, "NOT_TRUNCATED"]);
			assert.deepEqual(m.status, { statusType: "RECEIVED" });
			assert.equal(m.createdBy, `V-${t.associatedContactId}`);
			assert.deepEqual(m.senders[0].deliveryIdentifier, { type: "HS_EMAIL_ADDRESS", value: "letter@customer.example" });
			assert.deepEqual(m.recipients.map((r: any) => [r.recipientField, r.deliveryIdentifier.value]), [["TO", at.bellhop.inbox]]);
			assert.match(m.text, /Please help/);
			assert.deepEqual(m.attachments, []);
			assert.deepEqual(await get(`${url}/${m.id}`), m);
			assert.match((await get(`${url}/${m.id}/original-content`)).text, /Please help/);
			const other = await thread();
			await refused(at.call("GET", `${CONVERSATIONS}/threads/${other.id}/messages/${m.id}`), 404);
			await refused(at.call("GET", `${url}/999999`), 404);
			await refused(at.call("GET", `${url}/x`), 404);
			await refused(at.call("GET", `${CONVERSATIONS}/threads/999999/messages`), 404);
		});

		test("a message that is sent goes out as mail; a comment is kept and goes nowhere", async () => {
			const sink = await startSmtpSink();
			const t = await thread("outside@customer.example");
			const url = `${CONVERSATIONS}/threads/${t.id}/messages`;
			const user = (await get("/crm/v3/owners")).results[0].userId;
			const comment = await expectStatus(at.call("POST", url, { type: "COMMENT", text: "Secret: he is in a bad mood" }), 201);
			assert.deepEqual([comment.type, comment.text, comment.createdBy], ["COMMENT", "Secret: he is in a bad mood", `A-${user}`]);
			assert.equal("direction" in comment, false);
			const message = await expectStatus(
				at.call("POST", url, {
					type: "MESSAGE", text: "We are on it", richText: "<p>We are <b>on it</b><script>alert(1)</script></p>", senderActorId: `A-${user}`, channelId: "1002", channelAccountId: t.originalChannelAccountId,
					recipients: [{ recipientField: "TO", deliveryIdentifiers: [{ type: "HS_EMAIL_ADDRESS", value: "outside@customer.example" }] }, { recipientField: "CC", deliveryIdentifiers: [{ type: "HS_EMAIL_ADDRESS", value: "boss@customer.example" }] }],
				}),
				201,
			);
			assert.deepEqual([message.type, message.direction, message.client.clientType, message.createdBy], ["MESSAGE", "OUTGOING", "INTEGRATION", `A-${user}`]);
			assert.doesNotMatch(message.richText, /script|alert/);
			assert.deepEqual(message.recipients.map((r: any) => [r.recipientField, r.deliveryIdentifier.value]), [["TO", "outside@customer.example"], ["CC", "boss@customer.example"]]);
			await expectStatus(at.call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
			/* The agents' own notifications wait for a relay too, and may quote a comment. */
			const toCustomers = () => sink.mails.filter((mail) => mail.to.some((to) => to.endsWith("@customer.example")));
			await waitFor("both mails", () => new Set(toCustomers().flatMap((mail) => mail.to)).size === 2);
			for (const mail of toCustomers()) {
				assert.match(mail.text, /on it/);
				assert.doesNotMatch(mail.text, /bad mood/);
			}
			const list = (await get(url)).results.map((m: any) => m.type + (m.direction ?? ""));
			assert.deepEqual(list, ["MESSAGEINCOMING", "COMMENT", "MESSAGEOUTGOING"], "oldest first");
			const pages = [await get(`${url}?limit=2`)];
			pages.push(await get(`${url}?limit=2&after=${pages[0].paging.next.after}`));
			assert.deepEqual(pages.flatMap((p) => p.results.map((m: any) => m.id)), (await get(url)).results.map((m: any) => m.id));
			assert.equal("paging" in pages[1], false);
			await waitFor("the message to be sent", async () => (await get(`${url}/${message.id}`)).status.statusType === "SENT");
			await sink.stop();
		});

		test("what cannot be sent is refused and leaves nothing behind", async () => {
			const t = await thread("careful@customer.example");
			const url = `${CONVERSATIONS}/threads/${t.id}/messages`;
			const to = (value: unknown) => [{ recipientField: "TO", deliveryIdentifiers: [{ type: "HS_EMAIL_ADDRESS", value }] }];
			const bad: Record<string, unknown>[] = [
				{}, { type: "SHOUT", text: "x" }, { type: "MESSAGE" }, { type: "MESSAGE", text: "" }, { type: "COMMENT" }, { type: "COMMENT", text: " " },
				{ type: "MESSAGE", text: "x", recipients: to("no address") }, { type: "MESSAGE", text: "x", recipients: to("a@b.example\r\nBcc: d@e.example") },
				{ type: "MESSAGE", text: "x", recipients: [{ recipientField: "TO" }] }, { type: "MESSAGE", text: "x", subject: "a\r\nBcc: d@e.example", recipients: to("a@b.example\n") },
				{ type: "MESSAGE", text: "x", recipients: Array(101).fill(to("a@b.example")[0]) }, { type: "MESSAGE", text: "x", channelAccountId: "999999" }, { type: "MESSAGE", text: "x", inReplyToId: "999999" },
			];
			for (const body of bad) {
				const answer = await at.call("POST", url, body);
				assert.ok([400, 404].includes(answer.status), `${JSON.stringify(body).slice(0, 200)}: ${answer.status} ${answer.text.slice(0, 300)}`);
			}
			await refused(at.call("POST", url), 400);
			await refused(at.call("POST", `${CONVERSATIONS}/threads/999999/messages`, { type: "COMMENT", text: "x" }), 404);
			assert.equal((await get(url)).results.length, 1);
		});

		test("first mails of one stranger at once are tickets of one contact", async () => {
			const rows = await Promise.all(Array.from({ length: 6 }, (_, i) => mailIn(at.bellhop, "crowd@customer.example", `Crowd ${i}`)));
			assert.equal(new Set(rows.map((row) => row.contactId)).size, 1);
			assert.equal((await get("/healthz")).quarantined, 0);
		});

		test("a ticket made over the API has no thread, and its contact's mail makes another ticket", async () => {
			const ticket = await newTicket(at.call);
			assert.deepEqual((await get(`${CONVERSATIONS}/threads?associatedTicketId=${ticket.id}`)).results, []);
		});
	});
});
