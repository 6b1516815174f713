/* Settings and subscriptions of webhooks under /webhooks/v3, by the unmodified client with a developer key, and by administrators. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { SubscriptionCreateRequestEventTypeEnum as Type } from "@hubspot/api-client/lib/codegen/webhooks/models/SubscriptionCreateRequest.js";
import { api, forEachEngine } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, refused, signIn } from "./help.ts";

interface App {
	id: string;
	clientSecret: string;
	developerKey: string;
}

forEachEngine((engine) => {
	const at = desk(engine);
	const newApp = (name: string): Promise<App> => expectStatus(at.call("POST", "/desk/v1/apps", { name }), 201);
	const open = (key: string) => new Client({ basePath: at.bellhop.url, developerApiKey: key }).webhooks;
	const thrown = async (call: Promise<unknown>): Promise<any> => {
		const error: any = await call.then(() => assert.fail("it did not throw"), (e) => e);
		assert.equal(error.body?.status, "error", String(error));
		return error;
	};
	let app: App;
	before(async () => {
		app = await newApp("Tests");
	});
	const path = (rest: string, id = app.id) => `/webhooks/v3/${id}${rest}`;

	describe("webhooks", () => {
		test("the client sets, reads and clears settings", async () => {
			const { settingsApi } = open(app.developerKey);
			const id = Number(app.id);
			assert.equal((await thrown(settingsApi.getAll(id))).code, 404);
			const set = await settingsApi.configure(id, { targetUrl: "https://app.example/hooks?x=1", throttling: { maxConcurrentRequests: 6 } });
			assert.deepEqual([set.targetUrl, set.throttling.maxConcurrentRequests], ["https://app.example/hooks?x=1", 6]);
			assert.ok(set.createdAt instanceof Date && set.updatedAt instanceof Date);
			assert.deepEqual(await settingsApi.getAll(id), set);
			const changed = await settingsApi.configure(id, { targetUrl: "http://other.example/", throttling: { maxConcurrentRequests: 10 } });
			assert.deepEqual([changed.targetUrl, changed.createdAt], ["http://other.example/", set.createdAt]);
			await settingsApi.clear(id);
			await settingsApi.clear(id);
			assert.equal((await thrown(settingsApi.getAll(id))).code, 404);
		});

		test("the client makes, reads, switches, batch-updates and ends subscriptions", async () => {
			const { subscriptionsApi } = open(app.developerKey);
			const id = Number(app.id);
			const made = await subscriptionsApi.create(id, { eventType: Type.TicketPropertyChange, propertyName: "subject" });
			assert.match(made.id, /^\d+$/);
			assert.deepEqual([made.eventType, made.propertyName, made.active, made.objectTypeId], ["ticket.propertyChange", "subject", false, undefined]);
			assert.ok(made.createdAt instanceof Date && made.updatedAt instanceof Date);
			assert.deepEqual(await subscriptionsApi.getById(Number(made.id), id), made);
			const other = await subscriptionsApi.create(id, { eventType: Type.ObjectCreation, objectTypeId: "tickets", active: true });
			assert.deepEqual([other.objectTypeId, other.active, other.propertyName], ["0-5", true, undefined]);
			assert.deepEqual((await subscriptionsApi.getAll(id)).results, [made, other]);
			assert.equal((await subscriptionsApi.update(Number(made.id), id, { active: true })).active, true);
			assert.equal((await subscriptionsApi.update(Number(made.id), id, {})).active, true);
			const batch = await subscriptionsApi.updateBatch(id, { inputs: [{ id: Number(made.id), active: false }, { id: Number(other.id), active: false }] });
			assert.deepEqual([batch.status, batch.results.map((s) => s.active), (batch as any).numErrors], ["COMPLETE", [false, false], undefined]);
			assert.ok(batch.startedAt instanceof Date && batch.completedAt instanceof Date);
			const some: any = await subscriptionsApi.updateBatch(id, { inputs: [{ id: 999999, active: true }, { id: Number(other.id), active: true }] });
			assert.deepEqual([some.results.map((s: any) => s.id), some.numErrors, some.errors[0].context.ids], [[other.id], 1, ["999999"]]);
			for (const { id: one } of [made, other]) await subscriptionsApi.archive(Number(one), id);
			await subscriptionsApi.archive(Number(made.id), id);
			assert.equal((await thrown(subscriptionsApi.getById(Number(made.id), id))).code, 404);
			assert.deepEqual((await subscriptionsApi.getAll(id)).results, []);
		});

		test("every event type of the client can be subscribed to, once", async () => {
			const { id } = await newApp("All");
			const create = (body: object) => at.call("POST", path("/subscriptions", id), body);
			for (const eventType of Object.values(Type)) {
				const propertyName = eventType.endsWith("propertyChange") ? (eventType.startsWith("conversation") ? "status" : eventType.startsWith("ticket") ? "subject" : "createdate") : undefined;
				const objectTypeId = eventType.startsWith("object.") ? "0-1" : undefined;
				const made = await expectStatus(create({ eventType, propertyName, objectTypeId }), 201);
				assert.equal((await refused(create({ eventType, propertyName, objectTypeId }), 409)).message, `There is a subscription for this already. Existing ID: ${made.id}`);
			}
			await expectStatus(create({ eventType: "object.creation", objectTypeId: "0-2" }), 201);
			await expectStatus(create({ eventType: "ticket.propertyChange", propertyName: "content" }), 201);
		});

		test("what may not be is refused, and the field is named", async () => {
			const field = async (body: object) => (await refused(at.call("POST", path("/subscriptions"), body), 400)).errors[0].in;
			assert.equal(await field({}), "eventType");
			for (const eventType of ["ticket", "ticket.", "ticket.newMessage", "product.associationChange", "contact.PropertyChange", "quote.creation", "company.privacyDeletion", "x.creation", "conversation.merge"]) assert.equal(await field({ eventType }), "eventType", eventType);
			assert.equal(await field({ eventType: "ticket.propertyChange" }), "propertyName");
			assert.equal(await field({ eventType: "ticket.propertyChange", propertyName: "no_such" }), "propertyName");
			assert.equal(await field({ eventType: "ticket.propertyChange", propertyName: "hs_lastmodifieddate" }), "propertyName");
			assert.equal(await field({ eventType: "conversation.propertyChange", propertyName: "subject" }), "propertyName");
			assert.equal(await field({ eventType: "object.creation" }), "objectTypeId");
			assert.equal(await field({ eventType: "object.creation", objectTypeId: "0-999" }), "objectTypeId");
			assert.equal(await field({ eventType: "ticket.creation", active: "yes" }), "active");
			const url = async (targetUrl: unknown) => (await refused(at.call("PUT", path("/settings"), { targetUrl, throttling: { maxConcurrentRequests: 10 } }), 400)).errors[0].in;
			for (const bad of ["", "x", "ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example/ b", "https://a.example/#x", `https://a.example/${"a".repeat(2000)}`, 5]) assert.equal(await url(bad), "targetUrl", String(bad));
			for (const maxConcurrentRequests of [0, 101, -1, "10", 1.5]) assert.equal((await refused(at.call("PUT", path("/settings"), { targetUrl: "https://a.example/", throttling: { maxConcurrentRequests } }), 400)).errors[0].in, "maxConcurrentRequests");
			await refused(at.call("POST", path("/subscriptions/batch/update"), { inputs: [] }), 400);
			await refused(at.call("POST", path("/subscriptions/batch/update"), { inputs: Array(101).fill({ id: 1, active: true }) }), 400);
			await refused(at.call("POST", path("/subscriptions", "abc"), { eventType: "ticket.creation" }), 404);
			await refused(at.call("GET", path("/subscriptions", "999999")), 404);
		});

		test("a developer key opens the webhooks of its app and nothing else", async () => {
			const nobody = caller(api(at.bellhop.url));
			const other = await newApp("Other");
			const by = (key: string, rest: string, id?: string) => nobody("GET", `${path(rest, id)}?hapikey=${key}`);
			await expectStatus(by(app.developerKey, "/subscriptions"), 200);
			await refused(by(other.developerKey, "/subscriptions"), 403);
			await refused(by(app.developerKey, "/subscriptions", "999999"), 403);
			await refused(by("bellhop_dev_wrong", "/subscriptions"), 401, "The API key provided is invalid.");
			await refused(nobody("GET", path("/subscriptions")), 401);
			for (const elsewhere of ["/crm/v3/objects/tickets", "/desk/v1/apps", "/crm/v3/owners"]) await refused(nobody("GET", `${elsewhere}?hapikey=${app.developerKey}`), 401);
			await expectStatus(at.call("POST", `/desk/v1/apps/${other.id}/rotate`, { what: "developerKey" }), 200);
			await refused(by(other.developerKey, "/subscriptions", other.id), 401);
			await expectStatus(at.call("DELETE", `/desk/v1/apps/${other.id}`), 204);
			await refused(at.call("GET", path("/subscriptions", other.id)), 404);
		});

		test("administrators care for every app's, agents for none", async () => {
			const admin = byCookie(at.bellhop, await signIn(at.bellhop, at.bellhop.admin));
			await expectStatus(admin("PUT", path("/settings"), { targetUrl: "https://app.example/" }), 200);
			await expectStatus(admin("GET", path("/settings")), 200);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await refused(call("GET", path("/settings")), 403);
			await refused(at.token("admin@desk.example", "tickets")("GET", path("/settings")), 403);
			await expectStatus(at.token("admin@desk.example", "settings")("GET", path("/settings")), 200);
		});

		test("one app does not see or change the subscriptions of another", async () => {
			const other = await newApp("Neighbour");
			const made = await expectStatus(at.call("POST", path("/subscriptions", other.id), { eventType: "deal.creation" }), 201);
			await refused(at.call("GET", path(`/subscriptions/${made.id}`)), 404);
			await refused(at.call("PATCH", path(`/subscriptions/${made.id}`), { active: true }), 404);
			await expectStatus(at.call("DELETE", path(`/subscriptions/${made.id}`)), 204);
			await expectStatus(at.call("GET", path(`/subscriptions/${made.id}`, other.id)), 200);
		});
	});
});
