import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import { own, type At } from "./flows.ts";

export async function webhooks(at: At): Promise<void> {
	const app = await own(at, "POST", "/desk/v1/apps", { name: "Sample" }, 201);
	const id = Number(app.id);
	const { settingsApi, subscriptionsApi } = at.open({ developerApiKey: app.developerKey }).webhooks;
	const settings = await settingsApi.configure(id, { targetUrl: "https://hooks.example/in", throttling: { maxConcurrentRequests: 5 } } as any);
	assert.equal(settings.targetUrl, "https://hooks.example/in");
	assert.equal((await settingsApi.getAll(id)).throttling.maxConcurrentRequests, 5);
	const made = await subscriptionsApi.create(id, { eventType: "ticket.propertyChange" as any, propertyName: "subject", active: false });
	assert.deepEqual([made.active, made.propertyName], [false, "subject"]);
	assert.equal((await subscriptionsApi.update(Number(made.id), id, { active: true })).active, true);
	assert.equal((await subscriptionsApi.getById(Number(made.id), id)).active, true);
	assert.deepEqual((await subscriptionsApi.getAll(id)).results.map((one) => one.id), [made.id]);
	const batch = await subscriptionsApi.updateBatch(id, { inputs: [{ id: Number(made.id), active: false }] });
	assert.deepEqual(batch.results.map((one) => one.active), [false]);
	await subscriptionsApi.archive(Number(made.id), id);
	await thrown(subscriptionsApi.getById(Number(made.id), id), 404);
	await settingsApi.clear(id);
}
