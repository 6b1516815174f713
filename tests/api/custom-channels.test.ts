/* C-53: the program of a message service registers a channel, publishes what comes in, and is given what agents answer. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, CONVERSATIONS, desk, expectStatus, newContact, OBJECTS, refused, signIn, sql } from "./help.ts";

const CHANNELS = "/conversations/v3/custom-channels";
const opaque = (value: string) => ({ type: "CHANNEL_SPECIFIC_OPAQUE_ID", value });

forEachEngine((engine) => {
	const at = desk(engine, { args: ["--allow-internal", "127.0.0.1"] });
	/* The other program: answers with status, and keeps what it got. */
	const got: { body: any; headers: any; raw: string }[] = [];
	let status = 200;
	let server: Server;
	let url: string;
	before(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on("data", (chunk) => chunks.push(chunk));
			request.on("end", () => {
				const raw = Buffer.concat(chunks).toString();
				got.push({ body: JSON.parse(raw), headers: request.headers, raw });
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	after(() => server?.close());

	let n = 0;
	const capabilities = { deliveryIdentifierTypes: ["CHANNEL_SPECIFIC_OPAQUE_ID", "HS_EMAIL_ADDRESS", "HS_PHONE_NUMBER"], threadingModel: "INTEGRATION_THREAD_ID", richText: ["BOLD"], allowOutgoingMessages: true };
	const channel = async (more: object = { webhookUrl: url }, query = ""): Promise<any> => expectStatus(at.call("POST", CHANNELS + query, { name: `Chat ${++n}`, capabilities, ...more }), 201);
	const inbox = async () => (await expectStatus(at.call("GET", `${CONVERSATIONS}/inboxes`), 200)).results[0].id;
	const account = async (channelId: string, more: object = {}): Promise<any> => expectStatus(at.call("POST", `${CHANNELS}/${channelId}/channel-accounts`, { inboxId: await inbox(), name: "Team", authorized: true, deliveryIdentifier: opaque(`team-${++n}`), ...more }), 201);
	const connected = async (more?: object, query?: string) => {
		const made = await channel(more, query);
		return { channel: made, account: await account(made.id) };
	};
	const message = (to: any, more: object = {}) => ({ channelAccountId: to.account.id, messageDirection: "INCOMING", text: "Hello there", senders: [{ name: "Cora Caller", deliveryIdentifier: opaque("cora-1") }], recipients: [{ deliveryIdentifier: to.account.deliveryIdentifier }], integrationThreadId: "t1", ...more });
	const publish = (to: any, more: object = {}, code = 201): Promise<any> => expectStatus(at.call("POST", `${CHANNELS}/${to.channel.id}/messages`, message(to, more)), code);
	const thread = (id: string) => expectStatus(at.call("GET", `${CONVERSATIONS}/threads/${id}`), 200);
	const answer = (threadId: string, more: object = {}): Promise<any> => expectStatus(at.call("POST", `${CONVERSATIONS}/threads/${threadId}/messages`, { type: "MESSAGE", text: "An answer", ...more }), 201);

	describe("channels and accounts", () => {
		test("made 201, listed, read, changed 200, archived 204, in both orders of the path", async () => {
			const made = await channel({ webhookUrl: url, channelDescription: "A bridge", channelLogoUrl: "https://bridge.example/logo.png", channelAccountConnectionRedirectUrl: "https://bridge.example/connect" });
			assert.match(made.id, /^\d+$/);
			assert.deepEqual([made.capabilities, made.webhookUrl, made.channelDescription], [capabilities, url, "A bridge"]);
			assert.ok(Date.parse(made.createdAt) > 0);
			const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
			const swapped: any = await (await client.apiRequest({ method: "GET", path: `/conversations/custom-channels/v3/${made.id}` })).json();
			assert.deepEqual(swapped, made);
			assert.deepEqual(await expectStatus(at.call("GET", `/conversations/custom-channels/2026-03/${made.id}`), 200), made);
			const changed = await expectStatus(at.call("PATCH", `${CHANNELS}/${made.id}`, { name: "Renamed", channelLogoUrl: null }), 200);
			assert.deepEqual([changed.name, changed.channelLogoUrl, changed.webhookUrl], ["Renamed", undefined, url]);
			const all = await expectStatus(at.call("GET", CHANNELS), 200);
			assert.equal(all.results.length, all.total);
			assert.ok((await expectStatus(at.call("GET", `${CONVERSATIONS}/channels`), 200)).results.some((c: any) => c.id === made.id && c.name === "Renamed"));
			const bound = await account(made.id);
			await expectStatus(at.call("DELETE", `${CHANNELS}/${made.id}`), 204);
			await refused(at.call("GET", `${CHANNELS}/${made.id}`), 404);
			await refused(at.call("GET", `${CHANNELS}/${made.id}/channel-accounts/${bound.id}`), 404);
		});

		test("accounts: made, listed, read, renamed, no longer authorized", async () => {
			const { channel: c, account: a } = await connected();
			assert.deepEqual([a.channelId, a.active, a.authorized, a.archived, a.deliveryIdentifier.type], [c.id, true, true, false, "CHANNEL_SPECIFIC_OPAQUE_ID"]);
			assert.deepEqual(await expectStatus(at.call("GET", `${CHANNELS}/${c.id}/channel-accounts/${a.id}`), 200), a);
			const bare = [await account(c.id, { deliveryIdentifier: undefined }), await account(c.id, { deliveryIdentifier: undefined })];
			assert.deepEqual(bare.map((one) => one.deliveryIdentifier), [undefined, undefined]);
			assert.equal((await expectStatus(at.call("GET", `${CHANNELS}/${c.id}/channel-accounts`), 200)).total, 3);
			assert.ok((await expectStatus(at.call("GET", `${CONVERSATIONS}/channel-accounts?channelId=${c.id}`), 200)).total === 3);
			const off = await expectStatus(at.call("PATCH", `${CHANNELS}/${c.id}/channel-accounts/${a.id}`, { name: "Gone", authorized: false }), 200);
			assert.deepEqual([off.name, off.authorized, off.active], ["Gone", false, false]);
			await publish({ channel: c, account: a }, {}, 400);
			const twice = await refused(at.call("POST", `${CHANNELS}/${c.id}/channel-accounts`, { inboxId: await inbox(), name: "x", deliveryIdentifier: a.deliveryIdentifier }), 409);
			assert.match(twice.message, new RegExp(`Existing ID: ${a.id}$`));
		});

		test("a staging token becomes an account once, by the other program", async () => {
			const c = await channel();
			const staged = await expectStatus(at.call("POST", "/desk/v1/channel-account-staging-tokens", { channelId: c.id, inboxId: await inbox() }), 201);
			assert.equal(staged.genericChannelId, Number(c.id));
			const path = `${CHANNELS}/${c.id}/channel-account-staging-tokens/${staged.accountToken}`;
			const done = await expectStatus(at.call("PATCH", path, { accountName: "Connected", deliveryIdentifier: opaque("staged-1") }), 200);
			assert.deepEqual([done.accountToken, done.accountName, done.deliveryIdentifier], [staged.accountToken, "Connected", opaque("staged-1")]);
			const { results } = await expectStatus(at.call("GET", `${CHANNELS}/${c.id}/channel-accounts`), 200);
			assert.deepEqual(results.map((a: any) => [a.name, a.deliveryIdentifier.value]), [["Connected", "staged-1"]]);
			await refused(at.call("PATCH", path, { accountName: "Again" }), 404);
			const late = await expectStatus(at.call("POST", "/desk/v1/channel-account-staging-tokens", { channelId: c.id, inboxId: await inbox() }), 201);
			await sql(at.bellhop, `UPDATE channel_staging SET created_at = 1 WHERE token = '${late.accountToken}'`);
			await refused(at.call("PATCH", `${CHANNELS}/${c.id}/channel-account-staging-tokens/${late.accountToken}`, { accountName: "Late" }), 404);
		});

		test("what may not be is refused; agents publish, administrators connect", async () => {
			for (const body of [{ capabilities }, { name: "x" }, { name: "x", capabilities: "y" }, { name: "x", capabilities: { deliveryIdentifierTypes: ["PIGEON"] } }, { name: "x", capabilities: { threadingModel: "NONE" } }, { name: "x", capabilities, webhookUrl: "ftp://x" }, { name: "x", capabilities, webhookUrl: "javascript:alert(1)" }]) await refused(at.call("POST", CHANNELS, body), 400);
			await refused(at.call("POST", `${CHANNELS}?appId=999999`, { name: "x", capabilities }), 400);
			const to = await connected();
			await refused(at.call("POST", `${CHANNELS}/${to.channel.id}/channel-accounts`, { inboxId: "999999", name: "x" }), 400);
			await refused(at.call("POST", `${CHANNELS}/999999/channel-accounts`, { inboxId: await inbox(), name: "x" }), 404);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await refused(call("POST", CHANNELS, { name: "x", capabilities }), 403);
			await expectStatus(call("POST", `${CHANNELS}/${to.channel.id}/messages`, message(to)), 201);
			const limited = at.token("admin@desk.example", "conversations.custom_channels.read");
			await refused(limited("POST", `${CHANNELS}/${to.channel.id}/messages`, message(to)), 403);
		});
	});

	describe("what comes in", () => {
		test("C-53: a message opens a ticket with a contact; the next of the same conversation joins it", async () => {
			const to = await connected();
			const first = await publish(to, { text: "My lamp is broken", integrationThreadId: "lamp" });
			assert.deepEqual([first.type, first.direction, first.text, first.channelId, first.channelAccountId, first.status.statusType, first.client.clientType], ["MESSAGE", "INCOMING", "My lamp is broken", to.channel.id, to.account.id, "RECEIVED", "INTEGRATION"]);
			assert.deepEqual(first.senders.map((s: any) => [s.name, s.deliveryIdentifier]), [["Cora Caller", opaque("cora-1")]]);
			assert.deepEqual(first.recipients.map((r: any) => r.deliveryIdentifier), [to.account.deliveryIdentifier]);
			const t = await thread(first.conversationsThreadId);
			assert.deepEqual([t.originalChannelId, t.originalChannelAccountId, t.inboxId, t.status], [to.channel.id, to.account.id, to.account.inboxId, "OPEN"]);
			assert.equal(first.createdBy, `V-${t.associatedContactId}`);
			const contact = await expectStatus(at.call("GET", `${OBJECTS}/contacts/${t.associatedContactId}`), 200);
			assert.deepEqual([contact.properties.firstname, contact.properties.lastname], ["Cora", "Caller"]);
			const ticket = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${t.threadAssociations.associatedTicketId}?properties=subject,source_type,hs_pipeline_stage`), 200);
			assert.deepEqual([ticket.properties.subject, ticket.properties.source_type, ticket.properties.hs_pipeline_stage], ["My lamp is broken", "CHAT", "1"]);
			const second = await publish(to, { text: "Still broken", integrationThreadId: "lamp" });
			assert.equal(second.conversationsThreadId, first.conversationsThreadId);
			const other = await publish(to, { text: "Another matter", integrationThreadId: "chair" });
			assert.notEqual(other.conversationsThreadId, first.conversationsThreadId);
			assert.equal((await thread(other.conversationsThreadId)).associatedContactId, t.associatedContactId, "the same visitor");
			/* a closed ticket opens again */
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${ticket.id}`, { properties: { hs_pipeline_stage: "4" } }), 200);
			await publish(to, { text: "Not solved", integrationThreadId: "lamp" });
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}?properties=hs_pipeline_stage`), 200)).properties.hs_pipeline_stage, "1");
			/* a deleted one is followed by a new one */
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${ticket.id}`), 204);
			assert.notEqual((await publish(to, { integrationThreadId: "lamp" })).conversationsThreadId, first.conversationsThreadId);
		});

		test("an integrationIdempotencyId is published once, also when it comes many times at once", async () => {
			const to = await connected();
			const answers = await Promise.all(Array.from({ length: 8 }, () => publish(to, { integrationIdempotencyId: "once", integrationThreadId: "race" })));
			assert.equal(new Set(answers.map((m) => m.id)).size, 1);
			const { results } = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads/${answers[0].conversationsThreadId}/messages`), 200);
			assert.equal(results.length, 1);
			assert.notEqual((await publish(to, { integrationIdempotencyId: "twice", integrationThreadId: "race" })).id, answers[0].id);
			const elsewhere = await connected();
			assert.notEqual((await publish(elsewhere, { integrationIdempotencyId: "once" })).id, answers[0].id, "another channel has its own ids");
		});

		test("who is who: by email address, phone number, opaque id, or as the program says", async () => {
			const to = await connected();
			const contactOf = async (more: object) => (await thread((await publish(to, more)).conversationsThreadId)).associatedContactId;
			const known = await newContact(at.call, `known-${engine}@customer.example`);
			const by = (type: string, value: string, name?: string) => ({ senders: [{ name, deliveryIdentifier: { type, value } }], integrationThreadId: `w${++n}` });
			assert.equal(await contactOf(by("HS_EMAIL_ADDRESS", `Known-${engine}@customer.example`)), known.id);
			const phone = await contactOf(by("HS_PHONE_NUMBER", "+358401234567", "Pekka"));
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/${phone}?properties=phone,firstname`), 200)).properties.phone, "+358401234567");
			assert.equal(await contactOf(by("HS_PHONE_NUMBER", "+358401234567")), phone);
			const id = await contactOf(by("CHANNEL_SPECIFIC_OPAQUE_ID", "x-9"));
			assert.equal(await contactOf(by("CHANNEL_SPECIFIC_OPAQUE_ID", "x-9")), id);
			assert.equal(await contactOf({ ...by("CHANNEL_SPECIFIC_OPAQUE_ID", "x-10"), associateWithContactId: Number(known.id) }), known.id);
			/* without an id of the conversation, the visitor is the conversation */
			const alone = { ...by("CHANNEL_SPECIFIC_OPAQUE_ID", "x-11"), integrationThreadId: undefined };
			assert.equal((await publish(to, alone)).conversationsThreadId, (await publish(to, alone)).conversationsThreadId);
		});

		test("rich text is cleaned; times of before are kept; what is wrong is refused by name", async () => {
			const to = await connected();
			const m = await publish(to, { text: undefined, richText: "<b>Hi</b><script>alert(1)</script><img src=x onerror=alert(1)>", timestamp: "2026-11-20T10:00:00Z" });
			assert.doesNotMatch(m.richText, /script|onerror/);
			assert.deepEqual([m.text.trim(), m.createdAt], ["Hi", "2026-11-20T10:00:00.000Z"]);
			const wrong = async (more: object, field: string) => assert.equal((await refused(at.call("POST", `${CHANNELS}/${to.channel.id}/messages`, message(to, more)), 400)).errors[0].in, field);
			await wrong({ channelAccountId: undefined }, "channelAccountId");
			await wrong({ channelAccountId: "999999" }, "channelAccountId");
			await wrong({ senders: [] }, "senders");
			await wrong({ senders: [{ name: "x" }] }, "senders");
			await wrong({ senders: [{ deliveryIdentifier: { type: "PIGEON", value: "x" } }] }, "senders");
			await wrong({ recipients: [] }, "recipients");
			await wrong({ recipients: [{ deliveryIdentifier: { type: "HS_EMAIL_ADDRESS", value: "nobody" } }] }, "recipients");
			await wrong({ text: "", richText: undefined }, "text");
			await wrong({ messageDirection: "SIDEWAYS" }, "messageDirection");
			await wrong({ timestamp: "yesterday" }, "timestamp");
			await wrong({ integrationThreadId: "x".repeat(501) }, "integrationThreadId");
			await wrong({ associateWithContactId: 99999999 }, "associateWithContactId");
			await wrong({ attachments: [{ fileId: "99999999", type: "FILE" }] }, "attachments");
			await refused(at.call("POST", `${CHANNELS}/999999/messages`, message(to)), 404);
		});

		test("what the team said on the other side is published as outgoing, and sent to nobody", async () => {
			const to = await connected();
			const first = await publish(to, { integrationThreadId: "both" });
			const before = got.length;
			const said = await publish(to, { messageDirection: "OUTGOING", text: "Said over there", integrationThreadId: "both", senders: [{ senderActorId: "A-1", deliveryIdentifier: to.account.deliveryIdentifier }], recipients: [{ deliveryIdentifier: opaque("cora-1") }] });
			assert.deepEqual([said.direction, said.status.statusType, said.createdBy, said.conversationsThreadId], ["OUTGOING", "SENT", "A-1", first.conversationsThreadId]);
			assert.equal(got.length, before);
		});
	});

	describe("what goes out", () => {
		test("C-53: an answer is posted to the webhook, signed, and the program says what became of it", async () => {
			const app = await expectStatus(at.call("POST", "/desk/v1/apps", { name: `Bridge ${++n}` }), 201);
			const to = await connected(undefined, `?appId=${app.id}`);
			const first = await publish(to, { integrationThreadId: "out" });
			const form = new FormData();
			form.set("file", new Blob(["the bytes"]), "note.txt");
			const file: any = await (await fetch(`${at.bellhop.url}/files/v3/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${at.bellhop.token}` } })).json();
			const sent = await answer(first.conversationsThreadId, { text: "We send a new one", attachments: [{ fileId: file.id, type: "FILE" }] });
			assert.deepEqual([sent.direction, sent.channelId, sent.recipients.map((r: any) => r.deliveryIdentifier), sent.senders[0].deliveryIdentifier], ["OUTGOING", to.channel.id, [opaque("cora-1")], to.account.deliveryIdentifier]);
			const { body, headers, raw } = await waitFor("the webhook", async () => got.find((g) => g.body.message.id === sent.id));
			assert.deepEqual([body.type, body.channelId, body.channelAccountId, body.channelIntegrationThreadIds], ["OUTGOING_CHANNEL_MESSAGE_CREATED", to.channel.id, to.account.id, ["out"]]);
			assert.deepEqual([body.message.text, body.message.direction, body.message.recipients[0].deliveryIdentifier, body.message.inReplyToId], ["We send a new one", "OUTGOING", opaque("cora-1"), first.id]);
			assert.equal(await (await fetch(body.message.attachments[0].url)).text(), "the bytes");
			const stamp = headers["x-hubspot-request-timestamp"];
			assert.equal(headers["x-hubspot-signature-v3"], createHmac("sha256", app.clientSecret).update(`POST${url}${raw}${stamp}`).digest("base64"));
			const path = `${CHANNELS}/${to.channel.id}/messages/${sent.id}`;
			await waitFor("the outbox", async () => (await expectStatus(at.call("GET", `/desk/v1/custom-channels/${to.channel.id}/outbox?state=SENT`), 200)).results.length === 1);
			assert.equal((await expectStatus(at.call("GET", path), 200)).status.statusType, "SENT");
			assert.equal((await expectStatus(at.call("PATCH", path, { statusType: "READ" }), 200)).status.statusType, "READ");
			const failed = await expectStatus(at.call("PATCH", path, { statusType: "FAILED", errorMessage: "The visitor left" }), 200);
			assert.deepEqual(failed.status, { statusType: "FAILED", failureDetails: { errorMessage: "The visitor left" } });
			await refused(at.call("PATCH", path, { statusType: "EATEN" }), 400);
			await refused(at.call("PATCH", `${CHANNELS}/${to.channel.id}/messages/${first.id}`, { statusType: "SENT" }), 400);
			const elsewhere = await channel();
			await refused(at.call("GET", `${CHANNELS}/${elsewhere.id}/messages/${sent.id}`), 404);
		});

		test("a webhook that fails is tried again; nothing is lost", async () => {
			const to = await connected();
			const first = await publish(to, { integrationThreadId: "retry" });
			status = 500;
			const sent = await answer(first.conversationsThreadId);
			const row = await waitFor("the first try", async () => (await expectStatus(at.call("GET", `/desk/v1/custom-channels/${to.channel.id}/outbox?state=QUEUED`), 200)).results.find((r: any) => r.tries === 1));
			assert.deepEqual([row.messageId, row.lastError], [sent.id, "The webhook answered 500."]);
			status = 204;
			await sql(at.bellhop, `UPDATE job SET run_at = 0 WHERE kind = 'channel.send'`);
			await publish(to, { integrationThreadId: "wake" }); /* a commit wakes the runner */
			await waitFor("the second try", async () => (await expectStatus(at.call("GET", `/desk/v1/custom-channels/${to.channel.id}/outbox?state=SENT`), 200)).results.length === 1);
			assert.equal(got.filter((g) => g.body.message.id === sent.id).length, 2);
			status = 200;
		});

		test("without a webhook answers wait to be fetched; an address inside of the network is never called", async () => {
			const to = await connected({});
			const first = await publish(to, { integrationThreadId: "fetch" });
			const sent = await answer(first.conversationsThreadId);
			const waiting = await expectStatus(at.call("GET", `/desk/v1/custom-channels/${to.channel.id}/outbox`), 200);
			assert.deepEqual(waiting.results.map((r: any) => [r.messageId, r.state]), [[sent.id, "WAITING"]]);
			await expectStatus(at.call("PATCH", `${CHANNELS}/${to.channel.id}/messages/${sent.id}`, { statusType: "SENT" }), 200);
			assert.deepEqual((await expectStatus(at.call("GET", `/desk/v1/custom-channels/${to.channel.id}/outbox`), 200)).results, []);
			const inside = await connected({ webhookUrl: "http://169.254.169.254/latest/meta-data" });
			const asked = await publish(inside, { integrationThreadId: "inside" });
			await answer(asked.conversationsThreadId);
			const row = await waitFor("the refusal", async () => (await expectStatus(at.call("GET", `/desk/v1/custom-channels/${inside.channel.id}/outbox?state=FAILED`), 200)).results[0]);
			assert.equal(row.tries, 1);
		});

		test("the workspace answers the same way; a channel that takes no answers says so", async () => {
			const to = await connected();
			const first = await publish(to, { integrationThreadId: "workspace" });
			const ticket = (await thread(first.conversationsThreadId)).threadAssociations.associatedTicketId;
			const before = got.length;
			const reply = await expectStatus(at.call("POST", `/desk/v1/tickets/${ticket}/replies`, { text: "From the workspace" }), 201);
			await waitFor("the webhook", async () => got.slice(before).find((g) => g.body.message.id === reply.id));
			const silent = await connected({ webhookUrl: url, capabilities: { ...capabilities, allowOutgoingMessages: false } });
			const heard = await publish(silent, { integrationThreadId: "silent" });
			await refused(at.call("POST", `${CONVERSATIONS}/threads/${heard.conversationsThreadId}/messages`, { type: "MESSAGE", text: "x" }), 400, /takes no answers/);
			await expectStatus(at.call("POST", `${CONVERSATIONS}/threads/${heard.conversationsThreadId}/messages`, { type: "COMMENT", text: "inside" }), 201);
		});
	});
});
