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

const BACK = "https://app.example/back";

/* As a browser does it: the user signs in, reads the page and consents; the code stands in the address it is sent to. */
async function consent(at: At, clientId: string): Promise<string> {
	const session = await fetch(`${at.url}/desk/v1/session`, {
		method: "POST",
		headers: { "content-type": "application/json", origin: at.url },
		body: JSON.stringify(at.admin),
	});
	const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] as string;
	const page = `${at.url}/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: BACK, scope: "tickets", state: "x" })}`;
	const html = await (await fetch(page, { headers: { cookie } })).text();
	const answer = await fetch(page, {
		method: "POST",
		redirect: "manual",
		headers: { cookie, origin: at.url, "content-type": "application/x-www-form-urlencoded" },
		body: new URLSearchParams({ do: "allow", word: /name="word" value="([\w-]+)"/.exec(html)?.[1] ?? "" }),
	});
	return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

export async function oauth(at: At): Promise<void> {
	const { tokensApi, accessTokensApi, refreshTokensApi } = at.client.oauth;
	const app = await own(at, "POST", "/desk/v1/apps", { name: "Sample", redirectUris: [BACK], scopes: ["tickets"] }, 201);
	const first = await tokensApi.create("authorization_code", await consent(at, app.clientId), BACK, app.clientId, app.clientSecret);
	assert.equal((await accessTokensApi.get(first.accessToken)).user, at.admin.email);
	assert.ok((await at.open({ accessToken: first.accessToken }).crm.tickets.basicApi.getPage(1)).results);
	await thrown(at.open({ accessToken: first.accessToken }).crm.companies.basicApi.getPage(1), 403);
	assert.equal((await refreshTokensApi.get(first.refreshToken)).clientId, app.clientId);
	const second = await tokensApi.create("refresh_token", undefined, undefined, app.clientId, app.clientSecret, first.refreshToken);
	assert.notEqual(second.accessToken, first.accessToken);
	await refreshTokensApi.archive(second.refreshToken);
	await thrown(tokensApi.create("refresh_token", undefined, undefined, app.clientId, app.clientSecret, second.refreshToken), 400);
}
