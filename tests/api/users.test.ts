/* Users as the wire knows them: provisioned, changed, deactivated; their roles, and the invitation by which they get a password. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine, openStream, readMail, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, caller, CONVERSATIONS, desk, expectStatus, mailIn, newTicket, OBJECTS, raw, refused, said, signIn, sql } from "./help.ts";

const USERS = "/settings/v3/users";
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

forEachEngine((engine) => {
	const at = desk(engine);
	let count = 0;
	const provision = (more: object = {}) => expectStatus(at.call("POST", `${USERS}/`, { email: `user${++count}@desk.example`, ...more }), 201);
	const idOf = async (email: string) => (await expectStatus(at.call("GET", `${USERS}/${encodeURIComponent(email)}?idProperty=EMAIL`), 200)).id;
	/* Invites, and sets a password by the link. */
	const activate = async (id: string, password = "words and words") => {
		const { url } = await expectStatus(at.call("POST", `/desk/v1/users/${id}/invitation`), 201);
		assert.equal((await submit(url, password)).status, 200);
	};
	const submit = (url: string, password: string, again = password, headers: Record<string, string> = { origin: at.bellhop.url }) =>
		fetch(`${at.bellhop.url}/invitation`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: form({ token: new URL(url).searchParams.get("token") ?? "", password, again }) });

	describe("the wire", () => {
		test("the client provisions, reads by id and email, lists, replaces and archives", async () => {
			const { usersApi, rolesApi } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).settings.users;
			const roles = (await rolesApi.getAll()).results;
			assert.deepEqual(roles.map((r) => r.name).sort(), ["Admin", "Agent", "View only"]);
			for (const role of roles) assert.deepEqual([typeof role.id, role.requiresBillingWrite], ["string", false]);
			const roleId = roles.find((r) => r.name === "Agent")?.id as string;
			const made = await usersApi.create({ email: "Client@Desk.example", firstName: "Cleo", lastName: "Client", roleId, sendWelcomeEmail: false });
			assert.deepEqual([made.email, made.firstName, made.lastName, made.roleId, made.roleIds, made.superAdmin, made.secondaryTeamIds, made.primaryTeamId], ["client@desk.example", "Cleo", "Client", roleId, [roleId], false, [], undefined]);
			assert.match(made.id, /^\d+$/);
			assert.equal((await usersApi.getById(made.id)).email, made.email);
			assert.equal((await usersApi.getById("client@desk.example", "EMAIL")).id, made.id);
			assert.ok((await usersApi.getPage(100)).results.some((u) => u.id === made.id));
			const page = await usersApi.getPage(1);
			assert.equal(page.results.length, 1);
			assert.notEqual((await usersApi.getPage(1, page.paging?.next?.after)).results[0]?.id, page.results[0]?.id);
			const viewer = roles.find((r) => r.name === "View only")?.id as string;
			const changed = await usersApi.replace("client@desk.example", { roleId: viewer, lastName: "Changed" }, "EMAIL");
			assert.deepEqual([changed.roleId, changed.firstName, changed.lastName], [viewer, "Cleo", "Changed"]);
			await usersApi.archive(made.id);
			const gone: any = await usersApi.getById(made.id).catch((e) => e);
			assert.equal(gone.code, 404);
		});

		test("what is not valid is refused, with the field; nobody comes twice", async () => {
			for (const [body, field] of [
				[{}, "email"], [{ email: "no address" }, "email"], [{ email: "a@x.example", roleId: "2" }, "roleId"], [{ email: "a@x.example", roleId: "77" }, "roleId"], [{ email: "a@x.example", roleId: "x" }, "roleId"],
				[{ email: "a@x.example", primaryTeamId: "999" }, "primaryTeamId"], [{ email: "a@x.example", secondaryTeamIds: ["999"] }, "secondaryTeamIds"], [{ email: "a@x.example", secondaryTeamIds: "1" }, "secondaryTeamIds"],
				[{ email: "a@x.example", secondaryTeamIds: ["x"] }, "secondaryTeamIds"], [{ email: "a@x.example", secondaryTeamIds: Array(400).fill(1) }, "secondaryTeamIds"], [{ email: "a@x.example", firstName: "x".repeat(201) }, "firstName"],
				[{ email: "a@x.example", superAdmin: true, roleId: "1" }, "roleId"], [{ email: "a@x.example", nonsense: 1 }, "nonsense"],
			] as const) assert.equal((await refused(at.call("POST", USERS, body), 400)).errors[0].in, field, JSON.stringify(body));
			assert.equal((await refused(at.call("POST", USERS, { email: agent.email.toUpperCase() }), 409)).category, "CONFLICT");
			await refused(at.call("GET", `${USERS}/999999`), 404);
			await refused(at.call("GET", `${USERS}/x`), 404);
			await refused(at.call("GET", `${USERS}/nobody%40desk.example?idProperty=EMAIL`), 404);
			await refused(at.call("GET", `${USERS}/1?idProperty=NAME`), 400);
			await refused(at.call("PUT", `${USERS}/999999`, {}), 404);
			await refused(at.call("DELETE", `${USERS}/999999`), 404);
		});

		test("the same by swapped and dated addresses", async () => {
			for (const path of ["/settings/users/v3", "/settings/users/2026-03", "/settings/v3/users/"]) assert.ok((await expectStatus(at.call("GET", path), 200)).results.length > 0, path);
		});

		test("tokens need the scopes, and writes a super admin", async () => {
			const reader = at.token("admin@desk.example", "settings.users.read");
			await expectStatus(reader("GET", USERS), 200);
			assert.equal((await refused(reader("POST", USERS, { email: "x@desk.example" }), 403)).category, "MISSING_SCOPES");
			assert.equal((await refused(reader("GET", `${USERS}/teams`), 403)).category, "MISSING_SCOPES");
			await refused(at.token(agent.email, "*")("POST", USERS, { email: "x@desk.example" }), 403, "Only super admins may do this.");
		});
	});

	describe("who leaves", () => {
		test("deactivation archives the owner, keeps his name on his tickets, and ends sessions, tokens and streams", async () => {
			const made = await provision({ firstName: "Leo", lastName: "Leaves", roleId: "1" });
			await activate(made.id);
			const cookie = await signIn(at.bellhop, { email: made.email, password: "words and words" });
			const call = byCookie(at.bellhop, cookie);
			const token = at.bellhop.command("token", "create", "--user", made.email).trim();
			const owner = await expectStatus(at.call("GET", `/crm/v3/owners/${made.id}?idProperty=userId`), 200);
			assert.deepEqual([owner.userId, owner.archived], [Number(made.id), false]);
			const ticket = await newTicket(at.call, { hubspot_owner_id: owner.id });
			const stream = await openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie });
			const other = await openStream(`${at.bellhop.url}/desk/v1/stream`, { authorization: `Bearer ${token}` });
			assert.deepEqual([stream.status, other.status], [200, 200]);
			await expectStatus(at.call("DELETE", `${USERS}/${made.id}`), 204);
			await Promise.all([stream.ended, other.ended]);
			await refused(call("GET", "/desk/v1/session"), 401);
			await refused(caller(api(at.bellhop.url, token))("GET", `${OBJECTS}/tickets`), 401);
			await refused(caller(api(at.bellhop.url))("POST", "/desk/v1/session", { email: made.email, password: "words and words" }), 401);
			const archived = await expectStatus(at.call("GET", `/crm/v3/owners/${owner.id}`), 200);
			assert.deepEqual([archived.userId, archived.userIdIncludingInactive, archived.archived, archived.lastName], [null, Number(made.id), true, "Leaves"]);
			assert.ok((await expectStatus(at.call("GET", "/crm/v3/owners?archived=true"), 200)).results.some((o: any) => o.id === owner.id));
			assert.ok(!(await expectStatus(at.call("GET", "/crm/v3/owners"), 200)).results.some((o: any) => o.id === owner.id));
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${ticket.id}?properties=hubspot_owner_id`), 200)).properties.hubspot_owner_id, owner.id);
			await refused(at.call("DELETE", `${USERS}/${made.id}`), 404);

			const back = await expectStatus(at.call("POST", USERS, { email: made.email }), 201);
			assert.deepEqual([back.id, back.lastName, back.roleId], [made.id, "Leaves", "3"]);
			assert.equal((await expectStatus(at.call("GET", `/crm/v3/owners/${owner.id}`), 200)).archived, false);
			await refused(caller(api(at.bellhop.url, token))("GET", `${OBJECTS}/tickets`), 401);
			await refused(caller(api(at.bellhop.url))("POST", "/desk/v1/session", { email: made.email, password: "words and words" }), 401);
		});

		test("the last super admin can be neither removed nor demoted, also not by two at once", async () => {
			const first = await idOf("admin@desk.example");
			await refused(at.call("DELETE", `${USERS}/${first}`), 409, /last super admin/);
			await refused(at.call("PUT", `${USERS}/${first}`, { superAdmin: false }), 409, /last super admin/);
			await refused(at.call("PUT", `${USERS}/${first}`, { roleId: "1" }), 409, /last super admin/);
			const second = await provision({ superAdmin: true });
			assert.deepEqual([second.superAdmin, second.roleIds, second.roleId], [true, [], undefined]);
			const answers = await Promise.all([at.call("PUT", `${USERS}/${second.id}`, { roleId: "1" }), at.call("PUT", `${USERS}/${second.id}`, { superAdmin: false }), at.call("PUT", `${USERS}/${first}`, { superAdmin: true })]);
			assert.ok(answers.every((a) => a.status === 200), answers.map((a) => a.text).join());
			await refused(at.call("DELETE", `${USERS}/${first}`), 409);
			assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM desk_user WHERE role = 2 AND is_active = 1"), "1");
		});
	});

	describe("roles", () => {
		test("B-2 B-3 B-4 a viewer sees tickets and comments, an agent changes them, an admin also settings, a super admin also people", async () => {
			const row = await mailIn(at.bellhop, "roles@customer.example", `Roles ${engine}`);
			const people: Record<string, ReturnType<typeof byCookie>> = {};
			for (const [name, roleId] of [["viewer", "3"], ["agent", "1"], ["admin", "4"]] as const) {
				const user = await provision({ roleId });
				await activate(user.id);
				people[name] = byCookie(at.bellhop, await signIn(at.bellhop, { email: user.email, password: "words and words" }));
				assert.equal((await expectStatus(people[name]("GET", "/desk/v1/session"), 200)).user.role, name);
			}
			const detail = await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}`), 200);
			const thread = detail.threads?.[0]?.id ?? (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads`), 200)).results.find((t: any) => t.associatedTicketId === row.id)?.id ?? detail.conversationId;
			const tries: [string, (call: ReturnType<typeof byCookie>) => Promise<any>, string][] = [
				["see a ticket", (call) => call("GET", `/desk/v1/tickets/${row.id}`), "viewer agent admin"],
				["search", (call) => call("POST", `${OBJECTS}/tickets/search`, {}), "viewer agent admin"],
				["change a ticket", (call) => call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { subject: "Roles" } }), "agent admin"],
				["make a contact", (call) => call("POST", `${OBJECTS}/contacts`, { properties: { firstname: "x" } }), "agent admin"],
				["reply", (call) => call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Hello" }), "agent admin"],
				["see the outbox", (call) => call("GET", "/desk/v1/outbox"), "admin"],
				["make a property", (call) => call("POST", "/crm/v3/properties/tickets", { name: `p${Math.random().toString(36).slice(2)}`, label: "x", type: "string", fieldType: "text", groupName: "ticketinformation" }), "admin"],
				["see users", (call) => call("GET", USERS), "viewer agent admin"],
				["make a user", (call) => call("POST", USERS, { email: "made@desk.example" }), ""],
				["make a team", (call) => call("POST", "/desk/v1/teams", { name: "made" }), ""],
				["make a token", (call) => call("POST", "/desk/v1/tokens", { name: "made", scopes: ["*"] }), ""],
			];
			if (thread) tries.push(["comment", (call) => call("POST", `${CONVERSATIONS}/threads/${thread}/messages`, { type: "COMMENT", text: "I look on" }), "viewer agent admin"]);
			for (const [what, go, who] of tries)
				for (const [name, call] of Object.entries(people)) {
					const answer = await go(call);
					if (who.split(" ").includes(name)) assert.ok(answer.status < 300, `${name} may ${what}: ${answer.text}`);
					else assert.deepEqual([answer.status, answer.body?.category], [403, "NOT_ALLOWED"], `${name} may not ${what}: ${answer.text}`);
				}
			const abilities = async (name: string) => (await expectStatus((people[name] as any)("GET", `/desk/v1/tickets/${row.id}`), 200)).abilities.sort();
			assert.deepEqual(await abilities("viewer"), ["comment", "view"]);
			assert.deepEqual(await abilities("admin"), ["administer", "comment", "customise", "delete", "edit", "reply", "view"]);
		});

		test("a change of role counts at once, and ends the streams that were opened before", async () => {
			const made = await provision({ roleId: "4" });
			await activate(made.id);
			const cookie = await signIn(at.bellhop, { email: made.email, password: "words and words" });
			const call = byCookie(at.bellhop, cookie);
			await expectStatus(call("GET", "/desk/v1/outbox"), 200);
			const stream = await openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie });
			await expectStatus(at.call("PUT", `${USERS}/${made.id}`, { roleId: "3" }), 200);
			await stream.ended;
			await refused(call("GET", "/desk/v1/outbox"), 403);
			await expectStatus(call("GET", "/desk/v1/session"), 200);
		});

		test("the command line knows the roles, and refuses others", async () => {
			for (const role of ["viewer", "admin"]) at.bellhop.command("user", "add", "--email", `the-${role}@desk.example`, "--password", "words and words", "--role", role);
			assert.throws(() => at.bellhop.command("user", "add", "--email", "x@desk.example", "--password", "words and words", "--role", "king"), /--role takes/);
		});
	});

	describe("invitations", () => {
		test("without a mail server the admin gets the link; the form works once, without scripts, and says what is wrong", async () => {
			const made = await provision({ sendWelcomeEmail: true });
			const { state, url, expiresAt } = await expectStatus(at.call("POST", `/desk/v1/users/${made.id}/invitation`), 201);
			assert.equal(state, "LINK");
			assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 72 * 3600_000) < 60_000);
			assert.match(url, new RegExp(`^${at.bellhop.url}/invitation\\?token=[\\w-]{43}$`));
			assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM invitation WHERE token_hash = '${new URL(url).searchParams.get("token")}'`), "0");
			for (let i = 0; i < 2; i++) {
				const page = await fetch(url);
				const html = await page.text();
				assert.equal(page.status, 200, html);
				assert.match(html, new RegExp(made.email));
				assert.doesNotMatch(html, /<script/);
				assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'.*form-action 'self'/);
				assert.equal(page.headers.get("cache-control"), "no-store");
			}
			for (const [password, again, why] of [["short", "short", /at least 8/], ["long enough words", "other words here", /not the same/]] as const) {
				const answer = await submit(url, password, again);
				assert.equal(answer.status, 400);
				const html = await answer.text();
				assert.match(html, why);
				assert.doesNotMatch(html, /long enough words/);
			}
			assert.equal((await submit(url, "long enough words", undefined, { origin: "https://evil.example" })).status, 403);
			assert.equal((await submit(url, "long enough words", undefined, {})).status, 403);
			assert.equal((await submit(url, "long enough words")).status, 200);
			await signIn(at.bellhop, { email: made.email, password: "long enough words" });
			assert.equal((await submit(url, "other words entirely")).status, 404);
			assert.equal((await fetch(url)).status, 404);
			assert.equal((await fetch(`${at.bellhop.url}/invitation`)).status, 404);
			assert.equal((await raw(at.bellhop, ["DELETE /invitation HTTP/1.1"])).status, 405);
			const big = await raw(at.bellhop, ["POST /invitation HTTP/1.1", "Content-Type: application/x-www-form-urlencoded", `Origin: ${at.bellhop.url}`, "Content-Length: 70000"], "x".repeat(70000));
			assert.equal(big.status, 413);
		});

		test("the form is in the language of who reads it: his own choice, else his browser's; what is wrong too", async () => {
			const made = await provision();
			const { url } = await expectStatus(at.call("POST", `/desk/v1/users/${made.id}/invitation`), 201);
			const read = async (language: string, answer: Response) => {
				const html = await answer.text();
				assert.match(html, new RegExp(`<html lang="${language}"`));
				return html;
			};
			const german = await read("de", await fetch(url, { headers: { "accept-language": "de-AT,de;q=0.9" } }));
			for (const words of [said("de", "invitation.title"), said("de", "invitation.password", { n: "8" }), said("de", "invitation.save")]) assert.ok(german.includes(words), words);
			const short = await submit(url, "short", "short", { origin: at.bellhop.url, "accept-language": "fi" });
			assert.ok((await read("fi", short)).includes(said("fi", "invitation.tooShort", { n: "8" })));
			await sql(at.bellhop, `INSERT INTO user_preference (user_id, name, value, updated_at) VALUES (${made.id}, 'language', '"ja"', 0)`);
			assert.ok((await read("ja", await fetch(url, { headers: { "accept-language": "de" } }))).includes(said("ja", "invitation.title")));
			const gone = await fetch(`${at.bellhop.url}/invitation?token=nonsense&lang=pl`);
			assert.equal(gone.status, 404);
			assert.ok((await read("pl", gone)).includes(said("pl", "invitation.gone")));
		});

		test("two who bring the same link at once: one sets the password; a newer link ends the older; none outlives its time", async () => {
			const made = await provision();
			const invite = async () => (await expectStatus(at.call("POST", `/desk/v1/users/${made.id}/invitation`), 201)).url;
			const url = await invite();
			const both = await Promise.all(["the first words", "the other words"].map((words) => submit(url, words)));
			assert.deepEqual(both.map((a) => a.status).sort(), [200, 404]);
			const [older, newer] = [await invite(), await invite()];
			assert.equal((await submit(older, "words and words")).status, 404);
			await sql(at.bellhop, `UPDATE invitation SET expires_at = ${Date.now() - 1000}`);
			assert.equal((await submit(newer, "words and words")).status, 404);
			assert.equal((await fetch(newer)).status, 404);
		});

		test("setting a password anew signs out who was signed in; the command line invites, too", async () => {
			const made = await provision();
			await activate(made.id);
			const call = byCookie(at.bellhop, await signIn(at.bellhop, { email: made.email, password: "words and words" }));
			const url = at.bellhop.command("user", "invite", "--email", made.email, "--http", `127.0.0.1:${at.bellhop.httpPort}`).trim();
			await expectStatus(call("GET", "/desk/v1/session"), 200);
			assert.equal((await submit(url, "newer words here")).status, 200);
			await refused(call("GET", "/desk/v1/session"), 401);
			await signIn(at.bellhop, { email: made.email, password: "newer words here" });
			assert.throws(() => at.bellhop.command("user", "invite", "--email", "nobody@desk.example"));
		});

		test("with a mail server the welcome mail has the link, and the answer has not", async () => {
			const sink = await startSmtpSink();
			await at.bellhop.restart(["--smtp", sink.url]);
			const made = await provision({ sendWelcomeEmail: true });
			const mail = await waitFor("the invitation", () => sink.mails.find((m) => m.to[0] === made.email));
			assert.match(mail.header("Subject") ?? "", /invitation/i);
			assert.equal(mail.header("Auto-Submitted"), "auto-generated");
			assert.match(mail.from, /^support@/);
			const url = /http:\/\/\S+\/invitation\?token=[\w-]+/.exec(mail.text.replace(/=\r?\n/g, "").replace(/=3D/g, "="))?.[0] as string;
			assert.ok(url, mail.text);
			assert.equal((await submit(url, "words and words")).status, 200);
			await signIn(at.bellhop, { email: made.email, password: "words and words" });
			await expectStatus(byCookie(at.bellhop, await signIn(at.bellhop, { email: made.email, password: "words and words" }))("PATCH", "/desk/v1/preferences", { language: "pl" }), 200);
			const again = await expectStatus(at.call("POST", `/desk/v1/users/${made.id}/invitation`), 201);
			assert.deepEqual([again.state, again.url], ["MAILED", undefined]);
			const polish = await waitFor("the second one", () => sink.mails.filter((m) => m.to[0] === made.email)[1]);
			const until = new Intl.DateTimeFormat("pl", { dateStyle: "long", timeZone: "UTC" }).format(Date.parse(again.expiresAt));
			assert.ok(readMail(polish.data).text.includes(until), readMail(polish.data).text);
			assert.ok(readMail(polish.data).text.startsWith(said("pl", "invitation.mail").split("\n")[0] as string));
			await waitFor("no job is left that holds a link", async () => (await sql(at.bellhop, "SELECT COUNT(*) FROM job WHERE kind = 'mail.invite'")) === "0");
			await at.bellhop.restart([]);
			await sink.stop();
		});
	});
});
