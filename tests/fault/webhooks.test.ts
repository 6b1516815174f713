/* Webhooks on their way to real receivers: what they say and how they are signed, and what becomes of them when a receiver is away,
 * slow or broken, or when we are killed (D8, D9). */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Signature } from "@hubspot/api-client";
import { agent, CONVERSATIONS, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, sql } from "../api/help.ts";
import { forEachEngine, freePort, type Receiver, sleep, startBellhop, startReceiver, waitFor } from "../harness/index.ts";

const LET_IN = ["--allow-internal", "127.0.0.1"];
const DELIVERIES = "/desk/v1/webhook-deliveries";

forEachEngine((engine) => {
	const at = desk(engine, { args: LET_IN });
	const receivers: Receiver[] = [];
	after(async () => {
		for (const receiver of receivers) await receiver.stop();
	});

	interface App {
		id: string;
		clientSecret: string;
		subscriptions: string[];
	}

	/* An app that is told of these at url: "ticket.propertyChange subject", "object.creation 0-1". */
	async function connect(name: string, url: string, ...types: string[]): Promise<App> {
		const app = await expectStatus(at.call("POST", "/desk/v1/apps", { name }), 201);
		await expectStatus(at.call("PUT", `/webhooks/v3/${app.id}/settings`, { targetUrl: url, throttling: { maxConcurrentRequests: 10 } }), 200);
		const subscriptions: string[] = [];
		for (const type of types) {
			const [eventType, ...details] = type.split(" ");
			const objectTypeId = eventType?.startsWith("object.") ? details.shift() : undefined;
			const body = { eventType, active: true, objectTypeId, propertyName: details[0] };
			subscriptions.push((await expectStatus(at.call("POST", `/webhooks/v3/${app.id}/subscriptions`, body), 201)).id);
		}
		return { ...app, subscriptions };
	}

	async function receiver(port?: number): Promise<Receiver> {
		const started = await startReceiver(port);
		receivers.push(started);
		return started;
	}

	const deliveries = async (app: App, more = ""): Promise<any[]> => (await expectStatus(at.call("GET", `${DELIVERIES}?appId=${app.id}&limit=200${more}`), 200)).results;
	const target = async (app: App) => (await expectStatus(at.call("GET", "/desk/v1/webhook-targets"), 200)).results.find((t: any) => t.appId === app.id);
	const retryNow = (app: App) => sql(at.bellhop, `UPDATE webhook_batch SET next_try_at = 0 WHERE app_id = ${app.id} AND state = 'WAITING' AND lease_until = 0`);
	const end = (app: App) => expectStatus(at.call("DELETE", `/desk/v1/apps/${app.id}`), 204);
	const bodyWithoutAttempt = (body: string) => body.replace(/"attemptNumber":\d+/g, "");

	describe("webhooks", () => {
		test("a change reaches the app, signed in all three ways", async () => {
			const to = await receiver();
			const app = await connect("Signed", to.url, "ticket.creation", "ticket.propertyChange subject");
			const ticket = await newTicket(at.call, { subject: "Grüße, 你好 <b>" });
			await waitFor("both events", () => to.events.length === 2);
			for (const { body, headers, url, method } of to.requests) {
				const options = { clientSecret: app.clientSecret, requestBody: body, url, method };
				assert.equal(url, to.url);
				assert.equal(headers["content-type"], "application/json");
				assert.ok(Signature.isValid({ ...options, signatureVersion: "v1", signature: String(headers["x-hubspot-signature"]) }));
				assert.equal(headers["x-hubspot-signature-version"], "v1");
				assert.ok(Signature.isValid({ ...options, signatureVersion: "v2", signature: String(headers["x-hubspot-signature-v2"]) }));
				const timestamp = Number(headers["x-hubspot-request-timestamp"]);
				assert.ok(Math.abs(timestamp - Date.now()) < 60_000);
				assert.ok(Signature.isValid({ ...options, signatureVersion: "v3", signature: String(headers["x-hubspot-signature-v3"]), timestamp }));
				assert.ok(!Signature.isValid({ ...options, clientSecret: "other", signatureVersion: "v3", signature: String(headers["x-hubspot-signature-v3"]), timestamp }));
			}
			const [created, subject] = app.subscriptions;
			const creation = to.events.find((e) => e.subscriptionType === "ticket.creation");
			const { eventId, occurredAt, sourceId, ...rest } = creation;
			assert.deepEqual(rest, { subscriptionId: Number(created), portalId: 1, appId: Number(app.id), subscriptionType: "ticket.creation", attemptNumber: 0, objectId: Number(ticket.id), changeSource: "INTEGRATION", changeFlag: "CREATED" });
			assert.ok(Number.isInteger(eventId) && Math.abs(occurredAt - Date.now()) < 60_000);
			assert.match(sourceId, /^userId:\d+$/);
			const change = to.events.find((e) => e.subscriptionType === "ticket.propertyChange");
			assert.deepEqual([change.subscriptionId, change.propertyName, change.propertyValue, change.objectId, change.eventId], [Number(subject), "subject", "Grüße, 你好 <b>", Number(ticket.id), eventId]);
			await end(app);
		});

		test("what happens to objects: changed, linked, unlinked, merged, deleted", async () => {
			const to = await receiver();
			const app = await connect("Objects", to.url, "contact.propertyChange firstname", "contact.deletion", "contact.associationChange", "ticket.associationChange", "object.associationChange 0-5", "contact.merge", "object.deletion 0-2", "object.propertyChange 0-2 phone");
			/* requests travel side by side: the order is in eventId */
			const of = (type: string) => to.events.filter((e) => e.subscriptionType === type).sort((a, b) => a.eventId - b.eventId);
			const one = await newContact(at.call, "one@customer.example", { firstname: "Ann" });
			const two = await newContact(at.call, "two@customer.example", { lastname: "Two" });
			const ticket = await newTicket(at.call);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${one.id}`, { properties: { firstname: "Bea", lastname: "Bee" } }), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${one.id}`, { properties: { firstname: "" } }), 200);
			await waitFor("three first names", () => of("contact.propertyChange").length === 3);
			assert.deepEqual(of("contact.propertyChange").map((e) => e.propertyValue), ["Ann", "Bea", ""], "in order; clearing is an empty value");
			const link = `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${one.id}`;
			await expectStatus(at.call("PUT", link), 200);
			await expectStatus(at.call("DELETE", `/crm/v4/objects/tickets/${ticket.id}/associations/contacts/${one.id}`), 204);
			await waitFor("four ends of links", () => of("contact.associationChange").length === 2 && of("ticket.associationChange").length === 2);
			const ends = (type: string) => of(type).map((e) => [e.fromObjectId, e.toObjectId, e.associationType, e.associationRemoved, e.isPrimaryAssociation]);
			const [t, c] = [Number(ticket.id), Number(one.id)];
			assert.deepEqual(ends("ticket.associationChange"), [[t, c, "TICKET_TO_CONTACT", false, false], [t, c, "TICKET_TO_CONTACT", true, false]]);
			assert.deepEqual(ends("contact.associationChange"), [[c, t, "CONTACT_TO_TICKET", false, false], [c, t, "CONTACT_TO_TICKET", true, false]]);
			const [generic] = await waitFor("the generic one", () => (of("object.associationChange").length === 2 ? of("object.associationChange") : undefined));
			assert.deepEqual([generic.fromObjectTypeId, generic.toObjectTypeId, generic.associationTypeId, generic.associationCategory, generic.fromObjectId], ["0-5", "0-1", 16, "HUBSPOT_DEFINED", t]);
			await expectStatus(at.call("POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: one.id, objectIdToMerge: two.id }), 200);
			const [merge] = await waitFor("the merge", () => (of("contact.merge").length === 1 ? of("contact.merge") : undefined));
			assert.deepEqual([merge.objectId, merge.primaryObjectId, merge.mergedObjectIds, merge.newObjectId], [c, c, [Number(two.id)], c]);
			assert.equal(typeof merge.numberOfPropertiesMoved, "number");
			await waitFor("the merged one's deletion", () => of("contact.deletion").some((e) => e.objectId === Number(two.id)));
			const company = await newCompany(at.call, "Gone soon");
			await expectStatus(at.call("PATCH", `${OBJECTS}/companies/${company.id}`, { properties: { phone: "1" } }), 200);
			await expectStatus(at.call("DELETE", `${OBJECTS}/companies/${company.id}`), 204);
			const [gone] = await waitFor("the deletion", () => (of("object.deletion").length === 1 ? of("object.deletion") : undefined));
			assert.deepEqual([gone.objectId, gone.objectTypeId, gone.changeFlag, gone.changeSource], [Number(company.id), "0-2", "DELETED", "INTEGRATION"]);
			assert.deepEqual(of("object.propertyChange").map((e) => [e.propertyName, e.propertyValue, e.objectTypeId]), [["phone", "1", "0-2"]]);
			await end(app);
		});

		test("what comes back from the recycle bin, and who is erased", async () => {
			const to = await receiver();
			const app = await connect("Bin", to.url, "contact.restore", "object.restore 0-2", "contact.privacyDeletion", "contact.propertyChange firstname");
			const of = (type: string) => to.events.filter((e) => e.subscriptionType === type);
			const contact = await newContact(at.call, "bin@customer.example", { firstname: "Canary Erased" });
			const company = await newCompany(at.call, "Back again");
			for (const path of [`contacts/${contact.id}`, `companies/${company.id}`]) {
				await expectStatus(at.call("DELETE", `${OBJECTS}/${path}`), 204);
				await expectStatus(at.call("POST", `/desk/v1/objects/${path}/restore`), 200);
			}
			await waitFor("both", () => of("contact.restore").length === 1 && of("object.restore").length === 1);
			assert.deepEqual([of("contact.restore")[0].objectId, of("object.restore")[0].objectId], [Number(contact.id), Number(company.id)]);
			await waitFor("the name", () => of("contact.propertyChange").length === 1);
			await expectStatus(at.call("POST", `${OBJECTS}/contacts/gdpr-delete`, { objectId: contact.id }), 204);
			const [erased] = await waitFor("the erasure", () => (of("contact.privacyDeletion").length === 1 ? of("contact.privacyDeletion") : undefined));
			assert.equal(erased.objectId, Number(contact.id));
			assert.equal(await sql(at.bellhop, "SELECT count(*) FROM webhook_delivery WHERE body LIKE '%Canary Erased%'"), "0", "the log forgets him");
			await end(app);
		});

		test("each conversation that an erased person was in is told of, his own and others'", async () => {
			const to = await receiver();
			const app = await connect("Forgetful", to.url, "conversation.privacyDeletion", "conversation.deletion");
			const theirs = await mailIn(at.bellhop, "forgetful@customer.example", `Forget ${engine}`);
			const other = await mailIn(at.bellhop, "other@customer.example", `Remember ${engine}`, "Talk to forgetful@customer.example about it.");
			const untouched = await mailIn(at.bellhop, "third@customer.example", `Untouched ${engine}`);
			const threadOf = async (row: any) => Number(await sql(at.bellhop, `SELECT id FROM thread WHERE ticket_id = ${row.id}`));
			await sql(at.bellhop, `INSERT INTO participant (thread_id, address) SELECT ${await threadOf(other)}, 'forgetful@customer.example'`);
			const [mine, shared, third] = [await threadOf(theirs), await threadOf(other), await threadOf(untouched)];
			await expectStatus(at.call("POST", `${OBJECTS}/contacts/gdpr-delete`, { objectId: "forgetful@customer.example", idProperty: "email" }), 204);
			await waitFor("both", () => to.events.length >= 2);
			await sleep(300);
			const told = to.events.map((e) => [e.subscriptionType, e.objectId, e.changeFlag]).sort((a, b) => a[1] - b[1]);
			assert.deepEqual(told, [mine, shared].sort((a, b) => a - b).map((id) => ["conversation.privacyDeletion", id, "DELETED"]));
			assert.ok(!told.some(([, id]) => id === third));
			assert.doesNotMatch(to.requests.map((r) => r.body).join(), /forgetful/);
			await end(app);
		});

		test("what happens to conversations: begun, written to, assigned, closed, deleted", async () => {
			const to = await receiver();
			const app = await connect("Talks", to.url, "conversation.creation", "conversation.newMessage", "conversation.propertyChange status", "conversation.propertyChange assignedTo", "conversation.propertyChange isArchived", "conversation.deletion");
			const of = (type: string) => to.events.filter((e) => e.subscriptionType === `conversation.${type}`).sort((a, b) => a.eventId - b.eventId);
			const row = await mailIn(at.bellhop, "hooks@customer.example", `Hooks ${engine}`);
			await waitFor("the message", () => of("newMessage").length === 1 && of("creation").length === 1);
			const thread = of("creation")[0].objectId;
			const [message] = of("newMessage");
			assert.deepEqual([message.objectId, message.messageType, message.changeFlag], [thread, "MESSAGE", "NEW_MESSAGE"]);
			const path = `${CONVERSATIONS}/threads/${thread}`;
			assert.equal((await expectStatus(at.call("GET", `${path}/messages/${message.messageId}`), 200)).id, message.messageId);
			const me = await expectStatus(at.call("GET", "/desk/v1/session"), 200);
			const userId = me.user?.id ?? me.userId ?? me.id;
			await expectStatus(at.call("PUT", `${path}/assignee`, { actorId: `A-${userId}` }), 200);
			await expectStatus(at.call("PATCH", path, { status: "CLOSED" }), 200);
			await expectStatus(at.call("DELETE", path), 204);
			await waitFor("the deletion", () => of("deletion").length === 1 && of("propertyChange").length === 3);
			assert.deepEqual(of("propertyChange").map((e) => [e.objectId, e.propertyName, e.propertyValue]), [[thread, "assignedTo", `A-${userId}`], [thread, "status", "CLOSED"], [thread, "isArchived", "true"]]);
			assert.ok(row.id);
			await end(app);
		});

		test("what is off hears nothing, nor of what happened before it was switched on", async () => {
			const to = await receiver();
			const app = await connect("Switched", to.url, "company.creation");
			const [id] = app.subscriptions;
			const path = `/webhooks/v3/${app.id}/subscriptions/${id}`;
			await expectStatus(at.call("PATCH", path, { active: false }), 200);
			await newCompany(at.call, "unheard");
			await expectStatus(at.call("PATCH", path, { active: true }), 200);
			const heard = await newCompany(at.call, "heard");
			await waitFor("the second", () => to.events.length > 0);
			await sleep(200);
			assert.deepEqual(to.events.map((e) => e.objectId), [Number(heard.id)]);
			await end(app);
			await newCompany(at.call, "after the end");
			await sleep(300);
			assert.equal(to.events.length, 1);
		});

		test("a 500 is tried again with the same body but for attemptNumber; all of it is in the log", async () => {
			const to = await receiver();
			to.answer = () => (to.requests.length <= 2 ? 500 : 204);
			const app = await connect("Stumbles", to.url, "ticket.creation", "ticket.propertyChange subject");
			await newTicket(at.call, { subject: "Again" });
			await waitFor("the failure", async () => (await target(app)).isFailing);
			const [waiting] = await deliveries(app, "&state=WAITING");
			assert.equal(waiting.attempts.length, 1);
			assert.deepEqual([waiting.attempts[0].status, waiting.attempts[0].answer, waiting.attempts[0].error], [500, "answered 500", "The answer was 500."]);
			const next = Number(await sql(at.bellhop, `SELECT max(next_try_at) FROM webhook_batch WHERE app_id = ${app.id}`));
			assert.ok(next > Date.now() + 50_000 && next < Date.now() + 70_000, "a minute later");
			for (const n of [2, 3]) {
				await retryNow(app);
				await waitFor(`request ${n}`, () => to.requests.length >= n);
				await waitFor("its note", async () => (await deliveries(app)).every((d) => d.attempts.length >= n || d.state === "SENT"));
			}
			await waitFor("the end", async () => (await deliveries(app)).every((d) => d.state === "SENT"));
			const bodies = to.requests.map((r) => r.body).filter((b) => b.includes("ticket.creation"));
			assert.ok(bodies.length >= 2);
			assert.equal(new Set(bodies.map(bodyWithoutAttempt)).size, 1, "the same body");
			assert.deepEqual(to.requests.filter((r) => r.body.includes("ticket.creation")).map((r) => r.events[0].attemptNumber), bodies.map((_, i) => i));
			const health = await target(app);
			assert.deepEqual([health.isFailing, health.failingSince, health.waiting], [false, undefined, 0]);
			assert.ok(health.lastGoodAt);
			await end(app);
		});

		test("after ten tries again it is put aside, shown, and can be replayed", async () => {
			const to = await receiver();
			to.answer = () => 404;
			const app = await connect("Never", to.url, "ticket.creation");
			await newTicket(at.call);
			for (let n = 1; n <= 11; n++) {
				await waitFor(`request ${n}`, () => to.requests.length === n);
				await waitFor("its note", async () => (await deliveries(app))[0].attempts.length === n);
				await retryNow(app);
			}
			await sleep(1200);
			assert.equal(to.requests.length, 11);
			assert.deepEqual(to.events.map((e) => e.attemptNumber), Array.from({ length: 11 }, (_, i) => i));
			const [row] = await deliveries(app, "&state=PUT_ASIDE");
			assert.deepEqual([row.state, row.why], ["PUT_ASIDE", "The answer was 404."]);
			to.answer = () => 200;
			await refused(at.call("POST", `${DELIVERIES}/999999/replay`), 404);
			assert.equal((await expectStatus(at.call("POST", `${DELIVERIES}/${row.id}/replay`), 200)).state, "WAITING");
			await waitFor("the replay", () => to.requests.length === 12);
			assert.equal(bodyWithoutAttempt(to.requests[11]?.body ?? ""), bodyWithoutAttempt(to.requests[0]?.body ?? ""));
			await waitFor("its note", async () => (await expectStatus(at.call("GET", `${DELIVERIES}/${row.id}`), 200)).state === "SENT");
			await end(app);
		});

		test("a receiver that is down, then up, gets what happened meanwhile, together", async () => {
			const port = await freePort();
			const app = await connect("Down", `http://127.0.0.1:${port}/`, "ticket.creation");
			const ids = [Number((await newTicket(at.call)).id)];
			const health = await waitFor("the failure", async () => ((await target(app)).isFailing ? target(app) : undefined));
			assert.ok(health.failingSince && health.lastError && !health.lastGoodAt);
			assert.ok((await at.bellhop.api.get("/healthz")).webhooksFailing >= 1);
			await sql(at.bellhop, `UPDATE webhook_target SET failing_since = 1 WHERE app_id = ${app.id}`);
			for (let i = 0; i < 150; i++) ids.push(Number((await newTicket(at.call)).id));
			assert.equal(await waitFor("all to be recorded", async () => ((await target(app)).waiting === 151 ? 151 : undefined)), 151);
			assert.equal((await deliveries(app)).filter((d) => d.attempts.length > 0).length, 1, "it is not asked for each of them");
			const to = await receiver(port);
			await sql(at.bellhop, `UPDATE webhook_target SET last_try_at = 1 WHERE app_id = ${app.id}`);
			await waitFor("those that gathered", () => to.events.length === 150);
			assert.deepEqual(to.requests.map((r) => r.events.length), [99, 51]);
			await retryNow(app);
			await waitFor("the first", () => to.events.length === 151);
			assert.deepEqual(to.events.map((e) => e.objectId).sort((a, b) => a - b), ids);
			await waitFor("the end", async () => (await target(app)).waiting === 0);
			assert.equal((await target(app)).isFailing, false);
			await end(app);
		});

		test("D9 receivers that hang hold up neither other apps nor mail, and have an end", async () => {
			const slow = await receiver();
			const quick = await receiver();
			slow.answer = () => "hang";
			const apps = [];
			for (let i = 0; i < 90; i++) apps.push(await connect(`Slow ${i}`, slow.url, "ticket.creation", "ticket.propertyChange subject"));
			const healthy = await connect("Healthy", quick.url, "ticket.creation");
			for (let i = 0; i < 10; i++) {
				const before = Date.now();
				const ticket = await newTicket(at.call, { subject: `Isolation ${i}`, content: "x" });
				await waitFor("the healthy one", () => quick.events.some((e) => e.objectId === Number(ticket.id)));
				assert.ok(Date.now() - before < 5000, `${Date.now() - before} ms`);
			}
			await mailIn(at.bellhop, "slow@customer.example", `While others hang ${engine}`);
			assert.ok(slow.requests.length > 90, "several on their way to some, one to each");
			const first = apps[0] as App;
			const [row] = await waitFor("its end", async () => {
				const rows = (await deliveries(first)).filter((d) => d.attempts.length > 0);
				return rows.length > 0 ? rows : undefined;
			});
			assert.equal(row.attempts[0].error, "No answer in time.");
			assert.ok(row.attempts[0].durationMs >= 4900 && row.attempts[0].durationMs < 7000, `${row.attempts[0].durationMs} ms`);
			for (const app of [...apps, healthy]) await end(app);
		});

		test("an app's requests on their way are as many as its settings say", async () => {
			const slow = await receiver();
			slow.answer = () => "hang";
			const app = await connect("Three", slow.url, "ticket.creation");
			await expectStatus(at.call("PUT", `/webhooks/v3/${app.id}/settings`, { targetUrl: slow.url, throttling: { maxConcurrentRequests: 3 } }), 200);
			for (let i = 0; i < 8; i++) {
				await newTicket(at.call);
				await sleep(50);
			}
			await waitFor("three", () => slow.requests.length === 3);
			await sleep(500);
			assert.equal(slow.requests.length, 3);
			await end(app);
		});

		test("a stop does not wait for receivers that hang, and what was on its way goes out after the start", async () => {
			const to = await receiver();
			to.answer = () => "hang";
			const app = await connect("Stopped", to.url, "ticket.creation");
			const ticket = await newTicket(at.call);
			await waitFor("the request", () => to.requests.length === 1);
			const before = Date.now();
			await at.bellhop.stop();
			assert.ok(Date.now() - before < 4000, `${Date.now() - before} ms`);
			to.answer = () => 204;
			await at.bellhop.restart();
			await waitFor("it again", () => to.requests.length === 2);
			assert.deepEqual(to.events.map((e) => [e.objectId, e.attemptNumber]), [[Number(ticket.id), 0], [Number(ticket.id), 0]]);
			assert.equal(to.requests[0]?.body, to.requests[1]?.body);
			await waitFor("its note", async () => (await deliveries(app))[0].state === "SENT");
			await end(app);
		});

		test("D8 killed again and again, none is lost and none recorded twice", async () => {
			const to = await receiver();
			to.answer = () => (Math.random() < 0.2 ? 503 : 204);
			const app = await connect("Killed", to.url, "ticket.creation", "object.creation 0-5");
			const ids: number[] = [];
			for (let round = 0; round < 4; round++) {
				const making = (async () => {
					for (let i = 0; i < 60; i++) {
						const made = await at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: `Killed ${round}.${i}`, hs_pipeline_stage: "1" } }).catch(() => undefined);
						if (made?.status === 201) ids.push(Number(made.body.id));
					}
				})();
				await sleep(100 + 100 * round);
				await at.bellhop.kill9();
				await making;
				await at.bellhop.restart();
			}
			to.answer = () => 204;
			assert.ok(ids.length > 20);
			await sql(at.bellhop, "UPDATE webhook_batch SET lease_until = 0");
			await waitFor("all of them", async () => {
				await retryNow(app);
				return Number(await sql(at.bellhop, `SELECT count(*) FROM webhook_delivery WHERE app_id = ${app.id} AND state <> 'SENT'`)) === 0 && ids.every((id) => to.events.some((e) => e.objectId === id));
			}, { timeoutMs: 40_000, everyMs: 300 });
			const made = Number(await sql(at.bellhop, "SELECT count(*) FROM object WHERE object_type = 5 AND label LIKE 'Killed %'"));
			assert.equal(Number(await sql(at.bellhop, `SELECT count(*) FROM webhook_delivery WHERE app_id = ${app.id}`)), 2 * made, "one for each event and subscription");
			const heard = (id: number) => new Set(to.events.filter((e) => e.objectId === id).map((e) => e.subscriptionId)).size;
			assert.deepEqual(ids.filter((id) => heard(id) !== 2), []);
			await end(app);
		});

		test("a queue has an end: the oldest are put aside, and say so", async () => {
			const app = await connect("Full", `http://127.0.0.1:${await freePort()}/`, "ticket.creation");
			await sql(at.bellhop, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050) INSERT INTO webhook_delivery (app_id, subscription_id, event_id, event_type, object_id, body, state, batch_id, created_at, settled_at) SELECT ${app.id}, ${app.subscriptions[0]}, -i, 'ticket.creation', 1, '{}', 'WAITING', 0, ${Date.now()}, 0 FROM n`);
			await newTicket(at.call);
			await waitFor("the cut", async () => Number(await sql(at.bellhop, `SELECT count(*) FROM webhook_delivery WHERE app_id = ${app.id} AND state = 'PUT_ASIDE'`)) >= 51);
			assert.ok((await target(app)).waiting <= 10_000);
			const [row] = await deliveries(app, "&state=PUT_ASIDE");
			assert.equal(row.why, "More was waiting for this app than is kept.");
			await end(app);
			const [ended] = await deliveries(app);
			assert.deepEqual([ended.state, ended.why], ["PUT_ASIDE", "The app was removed."]);
		});

		test("the log pages, filters, and refuses what it does not know", async () => {
			const to = await receiver();
			const app = await connect("Paged", to.url, "ticket.creation", "ticket.propertyChange subject");
			for (let i = 0; i < 3; i++) await newTicket(at.call);
			await waitFor("all", async () => (await deliveries(app, "&state=SENT")).length === 6);
			const first = await expectStatus(at.call("GET", `${DELIVERIES}?appId=${app.id}&limit=4`), 200);
			const rest = await expectStatus(at.call("GET", `${DELIVERIES}?appId=${app.id}&limit=4&before=${first.paging.next.before}`), 200);
			assert.deepEqual([first.results.length, rest.results.length, rest.paging], [4, 2, undefined]);
			const one = await expectStatus(at.call("GET", `${DELIVERIES}?subscriptionId=${app.subscriptions[1]}`), 200);
			assert.deepEqual(one.results.map((d: any) => d.eventType), Array(3).fill("ticket.propertyChange"));
			assert.equal(one.results[0].event.propertyName, "subject");
			await refused(at.call("GET", `${DELIVERIES}?state=LOST`), 400);
			await refused(at.call("GET", `${DELIVERIES}?appId=x`), 400);
			await refused(at.call("GET", `${DELIVERIES}?limit=201`), 400);
			await refused(at.token(agent.email, "*")("GET", DELIVERIES), 403);
			await end(app);
		});
	});

	test("without leave an internal target is not called, and the log says why", async () => {
		const canary = await receiver();
		const strict = await startBellhop({ engine });
		try {
			const app = await strict.api.post("/desk/v1/apps", { name: "Inside" });
			for (const targetUrl of [canary.url, canary.url.replace("127.0.0.1", "2130706433"), canary.url.replace("127.0.0.1", "[::ffff:127.0.0.1]"), canary.url.replace("127.0.0.1", "localhost")]) {
				await strict.api.request("PUT", `/webhooks/v3/${app.id}/settings`, { targetUrl });
				await strict.api.request("POST", `/webhooks/v3/${app.id}/subscriptions`, { eventType: "ticket.creation", active: true });
				const ticket = await strict.api.post(`${OBJECTS}/tickets`, { properties: { subject: "Inside", hs_pipeline_stage: "1" } });
				const row = await waitFor("the refusal", async () => (await strict.api.get(`${DELIVERIES}?appId=${app.id}`)).results.find((d: any) => d.objectId === ticket.id && d.attempts.length > 0));
				assert.equal(row.attempts[0].error, "The address is internal or reserved, and may not be called.");
			}
			assert.equal(canary.requests.length, 0);
		} finally {
			await strict.stop();
		}
	});

	test("two processes on one database record each event once", { skip: engine === "postgresql" ? false : "SQLite has one process" }, async () => {
		const to = await receiver();
		const app = await connect("Twins", to.url, "ticket.creation");
		const twin = await startBellhop({ engine, dataDir: at.bellhop.dataDir, db: at.bellhop.db, args: LET_IN });
		try {
			for (let i = 0; i < 40; i++) await newTicket(at.call);
			await waitFor("all", async () => Number(await sql(at.bellhop, `SELECT count(*) FROM webhook_delivery WHERE app_id = ${app.id} AND state = 'SENT'`)) === 40);
			await sleep(300);
			assert.equal(Number(await sql(at.bellhop, `SELECT count(*) FROM webhook_delivery WHERE app_id = ${app.id}`)), 40);
			assert.equal(to.events.length, 40);
		} finally {
			await twin.stop();
		}
		await end(app);
	});
});
