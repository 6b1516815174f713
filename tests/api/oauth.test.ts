/* OAuth: a user consents at our page, the app gets a code at an address of its own, and tokens for the code. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine, openStream } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, newTicket, OBJECTS, refused, said, signIn, sql } from "./help.ts";

const BACK = "https://app.example/back?from=desk";
const REDIRECTS = [BACK, "http://localhost:3000/cb"];

forEachEngine((engine) => {
	const at = desk(engine);
	const made = new Map<string, any>();
	const app = async (name = "Shop") => {
		let found = made.get(name);
		if (!found) made.set(name, (found = await expectStatus(at.call("POST", "/desk/v1/apps", { name, redirectUris: REDIRECTS, scopes: ["tickets", "crm.objects.contacts.read", "settings"] }), 201)));
		return found;
	};
	const address = (query: Record<string, string>) => `${at.bellhop.url}/oauth/authorize?${new URLSearchParams(query)}`;
	const ask = async (more: Record<string, string> = {}) => address({ client_id: (await app()).clientId, redirect_uri: BACK, scope: "tickets crm.objects.contacts.read", state: "s&t=a te", ...more });
	const get = (url: string, cookie = "") => fetch(url, { redirect: "manual", headers: cookie ? { cookie } : {} });
	const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
		fetch(url, { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", origin: at.bellhop.url, ...headers }, body: new URLSearchParams(fields) });
	const wordOf = (html: string) => /name="word" value="([\w-]+)"/.exec(html)?.[1] ?? "";
	const place = (answer: Response) => new URL(answer.headers.get("location") ?? "", at.bellhop.url);
	/* Signs in as the agent, consents, and gives the code. */
	const consent = async (who: { email: string; password: string } = agent, url?: string) => {
		const cookie = await signIn(at.bellhop, who);
		const target = url ?? (await ask());
		const answer = await post(target, { do: "allow", word: wordOf(await (await get(target, cookie)).text()) }, { cookie });
		assert.equal(answer.status, 303);
		return place(answer).searchParams.get("code") ?? "";
	};
	const token = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
		const answer = await fetch(`${at.bellhop.url}/oauth/v1/token`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: new URLSearchParams(fields) });
		return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
	};
	const redeem = async (code: string, more: Record<string, string> = {}) => {
		const { clientId, clientSecret } = await app();
		return token({ grant_type: "authorization_code", code, redirect_uri: BACK, client_id: clientId, client_secret: clientSecret, ...more });
	};
	const tokens = async () => {
		const { status, body } = await redeem(await consent());
		assert.equal(status, 200, JSON.stringify(body));
		return body as { access_token: string; refresh_token: string };
	};
	const use = (accessToken: string) => caller(api(at.bellhop.url, accessToken));

	describe("the page", () => {
		test("whoever is not signed in signs in there, without scripts, and comes back to the question", async () => {
			const url = await ask();
			const page = await get(url);
			const html = await page.text();
			assert.equal(page.status, 200);
			assert.match(html, /Shop.* asks for access/);
			assert.doesNotMatch(html, /<script/);
			const wrong = await post(url, { do: "sign-in", email: agent.email, password: "wrong" });
			assert.equal(wrong.status, 401);
			assert.match(await wrong.text(), /The email address or the password is wrong/);
			const right = await post(url, { do: "sign-in", ...agent });
			assert.equal(right.status, 303);
			assert.equal(place(right).href, url);
			assert.match(right.headers.get("set-cookie") ?? "", /^bellhop_session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax/);
			const asked = await get(url, (right.headers.get("set-cookie") ?? "").split(";")[0]);
			const question = await asked.text();
			for (const words of ["Shop", "agent@desk.example", "<li>tickets<li>crm.objects.contacts.read", "app.example"]) assert.ok(question.includes(words), words);
			assert.match(asked.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'; form-action 'self' https:\/\/app\.example:443$/);
			assert.equal(asked.headers.get("x-frame-options"), "DENY");
		});

		test("it is in the language of who reads it: his browser's before he signs in, his own choice afterwards; what is wrong too", async () => {
			const url = await ask();
			const page = await (await fetch(url, { headers: { "accept-language": "fr-CA" } })).text();
			for (const words of ['<html lang="fr"', said("fr", "consent.asks", { app: "Shop" }), said("fr", "consent.password")]) assert.ok(page.includes(words), words);
			const wrong = await (await post(url, { do: "sign-in", email: agent.email, password: "wrong" }, { "accept-language": "fr" })).text();
			assert.ok(wrong.includes(said("fr", "consent.wrong")));
			const cookie = await signIn(at.bellhop, agent);
			await expectStatus(byCookie(at.bellhop, cookie)("PATCH", "/desk/v1/preferences", { language: "zh-TW" }), 200);
			const question = await (await get(url, cookie)).text();
			for (const words of ['<html lang="zh-TW"', said("zh-TW", "consent.acts", { app: "Shop", email: agent.email }), said("zh-TW", "consent.allow")]) assert.ok(question.includes(words), words);
			await expectStatus(byCookie(at.bellhop, cookie)("PATCH", "/desk/v1/preferences", { language: null }), 200);
			const unknown = await fetch(await ask({ client_id: "nobody" }), { headers: { "accept-language": "es" } });
			const html = await unknown.text();
			assert.equal(unknown.status, 400);
			for (const words of ['<html lang="es"', said("es", "consent.badApp"), "No app of this desk has this client_id."]) assert.ok(html.includes(words), words);
		});

		test("yes gives a code and the state, byte for byte; no gives access_denied", async () => {
			const url = await ask();
			const cookie = await signIn(at.bellhop, agent);
			const word = wordOf(await (await get(url, cookie)).text());
			const yes = await post(url, { do: "allow", word }, { cookie });
			assert.equal(yes.status, 303);
			const to = place(yes);
			assert.equal(`${to.origin}${to.pathname}`, "https://app.example/back");
			assert.deepEqual([to.searchParams.get("from"), to.searchParams.get("state")], ["desk", "s&t=a te"]);
			assert.match(to.searchParams.get("code") ?? "", /^[\w-]{43}$/);
			const no = place(await post(url, { do: "deny", word }, { cookie }));
			assert.deepEqual([no.searchParams.get("error"), no.searchParams.get("state"), no.searchParams.get("code")], ["access_denied", "s&t=a te", null]);
			const bare = place(await post(await ask({ state: "" }), { do: "deny", word: wordOf(await (await get(await ask({ state: "" }), cookie)).text()) }, { cookie }));
			assert.equal(bare.searchParams.get("state"), "");
		});

		test("nobody is sent to an address that is not registered, byte for byte, whatever else is wrong", async () => {
			const cookie = await signIn(at.bellhop, agent);
			for (const redirect of ["", "https://evil.example/", "https://app.example/back", `${BACK}&x=1`, `${BACK}#x`, BACK.toUpperCase(), "https://app.example/back?from=desk ", "http://localhost:3000/cb/..", "http://localhost:3001/cb", "javascript:alert(1)"]) {
				for (const more of [{}, { scope: "nonsense" }, { response_type: "token" }] as Record<string, string>[]) {
					const answer = await get(await ask({ redirect_uri: redirect, ...more }), cookie);
					assert.deepEqual([answer.status, answer.headers.get("location")], [400, null], redirect);
				}
			}
			for (const url of [await ask({ client_id: "nobody" }), `${at.bellhop.url}/oauth/authorize`, await ask({ state: "x".repeat(2001) })]) assert.equal((await get(url, cookie)).status, 400);
		});

		test("what else is wrong is told to the app: a scope it may not have, another response type", async () => {
			for (const [more, error] of [[{ scope: "tickets files" }, "invalid_scope"], [{ scope: "" }, "invalid_scope"], [{ scope: "*" }, "invalid_scope"], [{ response_type: "token" }, "unsupported_response_type"]] as const) {
				const answer = await get(await ask(more));
				assert.equal(answer.status, 303);
				assert.deepEqual([place(answer).origin, place(answer).searchParams.get("error"), place(answer).searchParams.get("state")], ["https://app.example", error, "s&t=a te"]);
			}
			const optional = await (await get(await ask({ optional_scope: "files settings" }), await signIn(at.bellhop, agent))).text();
			assert.match(optional, /<li>settings/);
			assert.doesNotMatch(optional, /<li>files/);
		});

		test("no other site can press the button: origin, word of this session and this request, not by GET", async () => {
			const url = await ask();
			const cookie = await signIn(at.bellhop, agent);
			const word = wordOf(await (await get(url, cookie)).text());
			for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: at.bellhop.url, "sec-fetch-site": "cross-site" }] as Record<string, string>[]) assert.equal((await post(url, { do: "allow", word }, { cookie, ...headers })).status, 403);
			const other = await signIn(at.bellhop, at.bellhop.admin);
			for (const [target, fields, as] of [[url, { do: "allow" }, cookie], [url, { do: "allow", word: "x" }, cookie], [url, { do: "allow", word }, other], [await ask({ scope: "tickets" }), { do: "allow", word }, cookie], [await ask({ state: "x" }), { do: "allow", word }, cookie]] as const) {
				const answer = await post(target, fields as Record<string, string>, { cookie: as });
				assert.deepEqual([answer.status, answer.headers.get("location")], [403, null]);
			}
			const before = await sql(at.bellhop, "SELECT COUNT(*) FROM app_grant");
			await get(`${url}&do=allow&word=${word}`, cookie);
			const signedOut = await post(url, { do: "allow", word });
			assert.match(await signedOut.text(), /Please sign in again/);
			assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM app_grant"), before);
		});

		test("names of apps and what comes in the address cannot write HTML", async () => {
			const evil = await expectStatus(at.call("POST", "/desk/v1/apps", { name: '<script>alert("x")</script>', redirectUris: REDIRECTS, scopes: ["tickets"] }), 201);
			const html = await (await get(address({ client_id: evil.clientId, redirect_uri: BACK, scope: "tickets", state: '"><script>alert(1)</script>' }), await signIn(at.bellhop, agent))).text();
			assert.doesNotMatch(html, /<script/);
		});
	});

	describe("tokens", () => {
		test("the client makes tokens of a code, acts within the scopes and the user's rights, and refreshes", async () => {
			const { clientId, clientSecret } = await app();
			const client = new Client({ basePath: at.bellhop.url });
			const first = await client.oauth.tokensApi.create("authorization_code", await consent(), BACK, clientId, clientSecret);
			assert.deepEqual([first.expiresIn, first.tokenType], [1800, "bearer"]);
			const call = use(first.accessToken);
			await newTicket(call);
			assert.equal((await refused(call("GET", `${OBJECTS}/companies`), 403)).category, "MISSING_SCOPES");
			const broad = await redeem(await consent(agent, await ask({ scope: "settings" })));
			assert.equal((await refused(use(broad.body.access_token)("GET", "/desk/v1/outbox"), 403)).category, "NOT_ALLOWED");
			assert.equal((await expectStatus(call("GET", "/desk/v1/session"), 200)).user.email, agent.email);
			const second = await client.oauth.tokensApi.create("refresh_token", undefined, undefined, clientId, clientSecret, first.refreshToken);
			assert.equal(second.refreshToken, first.refreshToken);
			assert.notEqual(second.accessToken, first.accessToken);
			await expectStatus(use(second.accessToken)("GET", `${OBJECTS}/tickets`), 200);
			await expectStatus(call("GET", `${OBJECTS}/tickets`), 200);

			const info = await client.oauth.accessTokensApi.get(second.accessToken);
			const user = await expectStatus(at.call("GET", `/settings/v3/users/${agent.email}?idProperty=EMAIL`), 200);
			assert.deepEqual([info.token, info.user, info.hubId, info.userId, info.appId, info.tokenType, info.scopes, info.hubDomain], [second.accessToken, agent.email, 1, Number(user.id), Number((await app()).id), "access", ["tickets", "crm.objects.contacts.read"], "127.0.0.1"]);
			assert.ok(info.expiresIn > 1700 && info.expiresIn <= 1800);
			const refresh = await client.oauth.refreshTokensApi.get(first.refreshToken);
			assert.deepEqual([refresh.clientId, refresh.tokenType, refresh.userId, refresh.scopes], [clientId, "refresh", Number(user.id), info.scopes]);
			await client.oauth.refreshTokensApi.archive(first.refreshToken);
			const gone = [() => client.oauth.refreshTokensApi.get(first.refreshToken), () => client.oauth.refreshTokensApi.archive(first.refreshToken), () => client.oauth.accessTokensApi.get(second.accessToken)];
			for (const call404 of gone) await assert.rejects(call404 as () => Promise<unknown>, (error: any) => error.code === 404);
			await refused(use(second.accessToken)("GET", `${OBJECTS}/tickets`), 401);
			assert.equal((await token({ grant_type: "refresh_token", refresh_token: first.refreshToken, client_id: clientId, client_secret: clientSecret })).body.error, "invalid_grant");
		});

		test("a code works once; the second time what was made from it ends, and its streams", async () => {
			const code = await consent();
			const { body } = await redeem(code);
			const stream = await openStream(`${at.bellhop.url}/desk/v1/stream`, { authorization: `Bearer ${body.access_token}` });
			assert.equal(stream.status, 200);
			const again = await redeem(code);
			assert.deepEqual([again.status, again.body.error, again.body.status], [400, "invalid_grant", "error"]);
			await stream.ended;
			await refused(use(body.access_token)("GET", `${OBJECTS}/tickets`), 401);
			const { clientId, clientSecret } = await app();
			assert.equal((await token({ grant_type: "refresh_token", refresh_token: body.refresh_token, client_id: clientId, client_secret: clientSecret })).body.error, "invalid_grant");
		});

		test("of ten who bring the same code at once none keeps a token, or one was first and the others ended it", async () => {
			const code = await consent();
			const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(code)));
			const winners = answers.filter((answer) => answer.status === 200);
			assert.equal(winners.length, 1);
			await refused(use(winners[0]?.body.access_token)("GET", `${OBJECTS}/tickets`), 401);
		});

		test("a code is for its app, its address and ten minutes", async () => {
			const other = await app("Other");
			const bad = async (code: string, more: Record<string, string>, error = "invalid_grant") => assert.deepEqual([(await redeem(code, more)).body.error], [error], JSON.stringify(more));
			const code = await consent();
			await bad(code, { redirect_uri: REDIRECTS[1] as string });
			await bad(code, { redirect_uri: "" }, "invalid_request");
			await bad(code, { client_id: other.clientId, client_secret: other.clientSecret });
			await bad(code, { client_secret: other.clientSecret }, "invalid_client");
			await bad(code, { client_secret: "" }, "invalid_client");
			await bad(code, { client_id: "nobody" }, "invalid_client");
			await bad(code, { grant_type: "password" }, "unsupported_grant_type");
			await bad(code, { grant_type: "" }, "invalid_request");
			await bad("", {}, "invalid_request");
			assert.equal((await redeem(code)).status, 200);
			const late = await consent();
			await sql(at.bellhop, `UPDATE app_grant SET code_expires_at = ${Date.now() - 1000}`);
			await bad(late, {});
			const mine = await tokens();
			assert.equal((await token({ grant_type: "refresh_token", refresh_token: mine.refresh_token, client_id: other.clientId, client_secret: other.clientSecret })).body.error, "invalid_grant");
		});

		test("an access token ends after half an hour and says so, in the words of the wire", async () => {
			const { access_token, refresh_token } = await tokens();
			const at30 = Date.now() - 75_000;
			await sql(at.bellhop, `UPDATE app_access SET expires_at = ${at30}`);
			const answer = await use(access_token)("GET", `${OBJECTS}/tickets`);
			const body = await refused(answer, 401, /^The OAuth token used to make this call expired 7[5-9] second\(s\) ago\.$/);
			assert.equal(body.category, "EXPIRED_AUTHENTICATION");
			assert.deepEqual(body.context["expire time"], [new Date(at30).toISOString()]);
			const { clientId, clientSecret } = await app();
			const fresh = await token({ grant_type: "refresh_token", refresh_token, client_id: clientId, client_secret: clientSecret });
			await expectStatus(use(fresh.body.access_token)("GET", `${OBJECTS}/tickets`), 200);
		});

		test("nothing is kept but hashes, and no token stands in the log", async () => {
			const code = await consent();
			const { body } = await redeem(code);
			const rows = `${await sql(at.bellhop, "SELECT * FROM app_grant")}${await sql(at.bellhop, "SELECT * FROM app_access")}`;
			for (const secret of [code, body.access_token, body.refresh_token]) assert.ok(!rows.includes(secret));
			await refused(caller(api(at.bellhop.url))("GET", `/oauth/v1/access-tokens/${body.access_token}x`), 404);
			assert.ok(!at.bellhop.log.includes(body.access_token));
		});

		test("the client may say who it is by Basic; parameters come once; errors are told in both forms", async () => {
			const { clientId, clientSecret } = await app();
			const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` });
			const fields = { grant_type: "authorization_code", redirect_uri: BACK };
			const good = await token({ ...fields, code: await consent() }, basic(clientId, clientSecret));
			assert.equal(good.status, 200);
			assert.deepEqual([good.headers.get("cache-control"), good.headers.get("pragma"), good.headers.get("content-encoding")], ["no-store", "no-cache", null]);
			const bad = await token({ ...fields, code: "x" }, basic(clientId, "wrong"));
			assert.deepEqual([bad.status, bad.body.error, bad.headers.get("www-authenticate")], [401, "invalid_client", 'Basic realm="oauth"']);
			assert.deepEqual([bad.body.status, bad.body.message, bad.body.error_description, bad.body.correlationId], ["error", bad.body.error_description, bad.body.message, bad.headers.get("x-hubspot-correlation-id")]);
			assert.equal((await token({ ...fields, code: "x", client_secret: clientSecret }, basic(clientId, clientSecret))).body.error, "invalid_request");
			assert.equal((await token({ ...fields, code: "x" }, { authorization: "Basic %%%" })).body.error, "invalid_request");
			const twice = await fetch(`${at.bellhop.url}/oauth/v1/token`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `grant_type=refresh_token&client_id=${clientId}&client_id=${clientId}` });
			assert.deepEqual([twice.status, ((await twice.json()) as any).error], [400, "invalid_request"]);
			await refused(caller(api(at.bellhop.url))("POST", "/oauth/v1/token", { grant_type: "refresh_token" }), 415);
			await refused(caller(api(at.bellhop.url))("POST", "/oauth/v1/token", "a=%zz", { "content-type": "application/x-www-form-urlencoded" }), 400);
		});

		test("they end with the user, and with the app", async () => {
			const leaving = { email: "leaving@desk.example", password: "words and words" };
			at.bellhop.command("user", "add", "--email", leaving.email, "--password", leaving.password);
			const { body } = await redeem(await consent(leaving));
			const code = await consent(leaving);
			const user = await expectStatus(at.call("GET", `/settings/v3/users/${leaving.email}?idProperty=EMAIL`), 200);
			await expectStatus(at.call("DELETE", `/settings/v3/users/${user.id}`), 204);
			await refused(use(body.access_token)("GET", `${OBJECTS}/tickets`), 401);
			assert.equal((await redeem(code)).body.error, "invalid_grant");
			await expectStatus(at.call("POST", "/settings/v3/users", { email: leaving.email }), 201);
			await refused(use(body.access_token)("GET", `${OBJECTS}/tickets`), 401);
			const mine = await tokens();
			await expectStatus(at.call("DELETE", `/desk/v1/apps/${(await app()).id}`), 204);
			await refused(use(mine.access_token)("GET", `${OBJECTS}/tickets`), 401);
			made.delete("Shop");
		});

		test("of many consents to one app the newest twenty hold", async () => {
			const first = await tokens();
			for (let i = 0; i < 20; i++) await consent();
			await refused(use(first.access_token)("GET", `${OBJECTS}/tickets`), 401);
			assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM app_grant WHERE revoked_at = 0 AND app_id = ${(await app()).id}`), "20");
		});
	});

	test("an app cannot register an address that only begins as one of this machine", async () => {
		for (const uri of ["http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "https://user:pass@app.example/", "http://app.example/"])
			assert.equal((await refused(at.call("POST", "/desk/v1/apps", { name: "x", redirectUris: [uri], scopes: ["tickets"] }), 400)).errors[0].in, "redirectUris", uri);
	});
});
