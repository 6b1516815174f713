import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import { own, type At } from "./flows.ts";

export async function owners(at: At): Promise<void> {
	const { ownersApi } = at.client.crm.owners;
	const [first] = (await ownersApi.getPage(undefined, undefined, 100, false)).results;
	assert.ok(first?.email !== undefined);
	assert.deepEqual((await ownersApi.getPage(first.email)).results.map((one) => one.id), [first.id]);
	assert.equal((await ownersApi.getById(Number(first.id))).id, first.id);
	assert.equal((await ownersApi.getById(first.userId as number, "userId")).id, first.id);
}

export async function users(at: At): Promise<void> {
	const { usersApi, rolesApi, teamsApi } = at.client.settings.users;
	await rolesApi.getAll();
	await teamsApi.getAll();
	const made = await usersApi.create({ email: "new.agent@desk.example", firstName: "New", lastName: "Agent", sendWelcomeEmail: false });
	assert.equal(made.email, "new.agent@desk.example");
	assert.ok((await usersApi.getPage(100)).results.some((user) => user.id === made.id));
	assert.equal((await usersApi.getById("new.agent@desk.example", "EMAIL")).id, made.id);
	assert.equal((await usersApi.replace(made.id, { firstName: "Newer" }, "USER_ID")).firstName, "Newer");
	await usersApi.archive(made.id);
	await thrown(usersApi.getById(made.id), 404);
}

export async function visitor(at: At): Promise<void> {
	const { token } = await at.client.conversations.visitorIdentification.generateApi.generateToken({ email: "visitor@customer.example", firstName: "Vi" });
	assert.ok(token.length > 20);
	await thrown(at.client.conversations.visitorIdentification.generateApi.generateToken({ email: "no address" }), 400);
}

export async function oauth(at: At): Promise<void> {
	const app = await own(at, "POST", "/desk/v1/apps", { name: "Sample", redirectUris: ["https://app.example/back"], scopes: ["tickets"] }, 201);
	void app;
}
