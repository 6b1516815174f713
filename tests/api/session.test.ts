/* Sessions, tokens with scopes, and who may call which route at all. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ApiAnswer, api, forEachEngine } from "../harness/index.ts";
import { agent, byCookie, type Call, caller, CONVERSATIONS, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, type Route, routes, signIn, sql } from "./help.ts";

const SESSION = "/desk/v1/session";
const WRONG = "The email address or the password is wrong.";

forEachEngine((engine) => {
	const at = desk(engine);

	describe("signing in", () => {
		test("sign-in gives the user and an HttpOnly, SameSite=Lax cookie that works until sign-out", async () => {
			const answer = await caller(api(at.bellhop.url))("POST", SESSION, { email: "AGENT@desk.example", password: agent.password });
			const { user } = await expectStatus(answer, 201);
			assert.deepEqual([user.email, user.role, user.firstName, user.lastName, typeof user.id, typeof user.ownerId], [agent.email, "agent", "Aino", "Agent", "string", "string"]);
			const set = answer.headers.get("set-cookie") ?? "";
			assert.match(set, /^bellhop_session=[A-Za-z0-9_-]{40,}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
			assert.equal(answer.headers.get("cache-control"), "no-store");
			const call = byCookie(at.bellhop, set.split(";")[0] ?? "");
			assert.deepEqual((await expectStatus(call("GET", SESSION), 200)).user, user);
			const out = await call("DELETE", SESSION);
			await expectStatus(out, 204);
			assert.match(out.headers.get("set-cookie") ?? "", /^bellhop_session=; .*Max-Age=0/);
			await refused(call("GET", SESSION), 401);
			await refused(call("GET", `${OBJECTS}/tickets`), 401);
		});

		test("a wrong password and an unknown address get the same answer", async () => {
			const call = caller(api(at.bellhop.url));
			const wrong = await refused(call("POST", SESSION, { email: "admin@desk.example", password: "wrong" }), 401, WRONG);
			const unknown = await refused(call("POST", SESSION, { email: "nobody@desk.example", password: "wrong" }), 401, WRONG);
			for (const body of [wrong, unknown]) delete body.correlationId;
			assert.deepEqual(wrong, unknown);
			await refused(call("POST", SESSION, { email: "a\u0000b", password: "x" }), 400);
			const missing = await refused(call("POST", SESSION, { email: "admin@desk.example" }), 400);
			assert.equal(missing.errors[0].in, "password");
			await refused(call("POST", SESSION), 400);
			await refused(call("POST", SESSION, { email: "x".repeat(255), password: "x" }), 400);
		});

		test("after ten failures an account waits, even with the right password, and others do not", async () => {
			const call = caller(api(at.bellhop.url));
			const victim = { email: "victim@desk.example", password: "victims have words" };
			at.bellhop.command("user", "add", "--email", victim.email, "--password", victim.password);
			for (let i = 0; i < 10; i++) await refused(call("POST", SESSION, { ...victim, password: `wrong ${i}` }), 401, WRONG);
			const answer = await call("POST", SESSION, victim);
			assert.equal((await refused(answer, 429, /wait 15 minutes/)).category, "RATE_LIMITS");
			assert.ok(Number(answer.headers.get("retry-after")) > 0);
			await refused(call("POST", SESSION, { ...victim, email: victim.email.toUpperCase() }), 429);
			await signIn(at.bellhop, agent);
			await sql(at.bellhop, "DELETE FROM sign_in_failure");
			await signIn(at.bellhop, victim);
		});

		test("an expired session is refused and says so, and does not keep anybody from signing in again", async () => {
			const cookie = await signIn(at.bellhop, agent);
			const call = byCookie(at.bellhop, cookie);
			await expectStatus(call("GET", SESSION), 200);
			await sql(at.bellhop, `UPDATE session SET expires_at = ${Date.now() - 1000}`);
			assert.equal((await refused(call("GET", SESSION), 401)).category, "EXPIRED_AUTHENTICATION");
			await refused(call("GET", `${OBJECTS}/tickets`), 401);
			await expectStatus(call("POST", SESSION, agent), 201);
		});

		test("under a public address with https the cookie is __Host- and Secure", async () => {
			await at.bellhop.restart(["--public-url", "https://desk.example"]);
			const answer = await caller(api(at.bellhop.url))("POST", SESSION, agent);
			assert.match(answer.headers.get("set-cookie") ?? "", /^__Host-bellhop_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
			await at.bellhop.restart([]);
		});

		test("a write by cookie from another site, or from nowhere, is refused; the same with a token is not", async () => {
			const cookie = await signIn(at.bellhop, agent);
			const plain = caller(api(at.bellhop.url, undefined, { cookie }));
			const body = { properties: { subject: "From elsewhere", hs_pipeline_stage: "1" } };
			const evil: Record<string, string>[] = [
				{}, { origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "cross-site", origin: at.bellhop.url },
				{ origin: `${at.bellhop.url}.evil.example` }, { origin: `http://127.0.0.1:${at.bellhop.httpPort + 1}` },
			];
			for (const headers of evil) assert.equal((await refused(plain("POST", `${OBJECTS}/tickets`, body, headers), 403)).category, "NOT_ALLOWED", JSON.stringify(headers));
			await refused(plain("DELETE", SESSION, undefined, { origin: "https://evil.example" }), 403);
			await refused(plain("POST", `${OBJECTS}/tickets`, JSON.stringify(body), { origin: at.bellhop.url, "content-type": "text/plain" }), 415);
			const own: Record<string, string>[] = [{ origin: at.bellhop.url }, { "sec-fetch-site": "same-origin" }];
			for (const headers of own) await expectStatus(plain("POST", `${OBJECTS}/tickets`, body, headers), 201);
			await expectStatus(plain("GET", `${OBJECTS}/tickets`, undefined, { "sec-fetch-site": "cross-site" }), 200);
			await expectStatus(at.call("POST", `${OBJECTS}/tickets`, body, { origin: "https://evil.example" }), 201);
		});

		test("broken credentials are 401, with what would help", async () => {
			for (const headers of [{}, { authorization: "Bearer nonsense" }, { authorization: "Bearer " }, { authorization: "Basic YTpi" }, { cookie: "bellhop_session=nonsense" }, { cookie: "bellhop_session=" }] as Record<string, string>[]) {
				const answer = await caller(api(at.bellhop.url))("GET", `${OBJECTS}/tickets`, undefined, headers);
				assert.equal((await refused(answer, 401)).category, "INVALID_AUTHENTICATION", JSON.stringify(headers));
				assert.equal(answer.headers.get("www-authenticate"), "Bearer");
			}
		});
	});

	describe("tokens with scopes", () => {
		const missing = async (answer: Promise<ApiAnswer>, scope: string) => {
			const body = await refused(answer, 403);
			assert.equal(body.category, "MISSING_SCOPES");
			assert.deepEqual(body.errors[0].context.requiredGranularScopes, [scope]);
		};

		test("a token for tickets reads and writes tickets, by every name of the type, and nothing else", async () => {
			const call = at.token("admin@desk.example", "tickets");
			const contact = await newContact(at.call, "scoped@customer.example");
			const { id } = await newTicket(call);
			await expectStatus(call("PATCH", `${OBJECTS}/0-5/${id}`, { properties: { subject: "x" } }), 200);
			await expectStatus(call("GET", "/crm/v3/pipelines/tickets"), 200);
			for (const type of ["contacts", "contact", "0-1"]) await missing(call("GET", `${OBJECTS}/${type}/${contact.id}`), "crm.objects.contacts.read");
			await missing(call("POST", `${OBJECTS}/contacts`, { properties: { firstname: "x" } }), "crm.objects.contacts.write");
			await missing(call("DELETE", `${OBJECTS}/companies/1`), "crm.objects.companies.write");
			await missing(call("GET", "/crm/v3/owners"), "crm.objects.owners.read");
			await missing(call("GET", `${CONVERSATIONS}/threads`), "conversations.read");
			await missing(call("GET", "/desk/v1/outbox"), "settings");
			await missing(call("GET", `${OBJECTS}/tickets/${id}?associations=contacts`), "crm.objects.contacts.read");
			await expectStatus(call("DELETE", `${OBJECTS}/tickets/${id}`), 204);
		});

		test("read and write are two scopes", async () => {
			const reader = at.token(agent.email, "crm.objects.contacts.read, crm.objects.companies.read");
			const { id } = await newContact(at.call, "readonly@customer.example");
			await expectStatus(reader("GET", `${OBJECTS}/contacts/${id}`), 200);
			await expectStatus(reader("GET", `/crm/v4/objects/contacts/${id}/associations/companies`), 200);
			await missing(reader("PATCH", `${OBJECTS}/contacts/${id}`, { properties: { firstname: "x" } }), "crm.objects.contacts.write");
			await missing(reader("DELETE", `${OBJECTS}/contacts/${id}`), "crm.objects.contacts.write");
			const writer = at.token(agent.email, "crm.objects.contacts.write");
			await expectStatus(writer("PATCH", `${OBJECTS}/contacts/${id}`, { properties: { firstname: "x" } }), 200);
			await missing(writer("GET", `${OBJECTS}/contacts/${id}`), "crm.objects.contacts.read");
		});

		test("a link needs the scopes of both ends, in every way it can be made", async () => {
			const call = at.token("admin@desk.example", "tickets,crm.objects.companies.write");
			const contact = await newContact(at.call, "ends@customer.example");
			const company = await newCompany(at.call, "Ends");
			const ticket = await newTicket(call);
			const link = (to: string, associationTypeId: number) => [{ to: { id: to }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] }];
			const body = (associations: unknown) => ({ properties: { subject: "x", hs_pipeline_stage: "1" }, associations });
			await expectStatus(call("POST", `${OBJECTS}/tickets`, body(link(company.id, 26))), 201);
			await missing(call("POST", `${OBJECTS}/tickets`, body(link(contact.id, 16))), "crm.objects.contacts.write");
			await missing(call("POST", `${OBJECTS}/tickets`, body([{ to: { id: contact.id } }])), "crm.objects.contacts.write");
			await missing(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${contact.id}`), "crm.objects.contacts.write");
			await missing(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/contacts/${contact.id}`, [{ associationTypeId: 16 }]), "crm.objects.contacts.write");
			await missing(call("DELETE", `/crm/v4/objects/tickets/${ticket.id}/associations/contacts/${contact.id}`), "crm.objects.contacts.write");
			await missing(call("PUT", `${OBJECTS}/tickets/${ticket.id}/associations/contacts/${contact.id}/16`), "crm.objects.contacts.write");
			await missing(call("GET", `${OBJECTS}/tickets/${ticket.id}/associations/contacts`), "crm.objects.contacts.read");
			await missing(call("GET", "/crm/v4/associations/tickets/contacts/labels"), "crm.objects.contacts.read");
			await expectStatus(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/default/companies/${company.id}`), 200);
		});

		test("all scopes do not make an agent an administrator, and no scope is no access", async () => {
			const all = at.token(agent.email, "*");
			await expectStatus(all("GET", `${OBJECTS}/tickets`), 200);
			assert.equal((await refused(all("GET", "/desk/v1/outbox"), 403, "Only admins may do this.")).category, "NOT_ALLOWED");
			await missing(at.token("admin@desk.example", "ticket")("GET", `${OBJECTS}/tickets`), "tickets");
		});
	});

	/* Every route, asked by everybody. What is expected comes from what this table says about a route, so a route that is in the
	 * program and not here fails. "own": it needs no scope that a limited token lacks. */
	describe("who may call what", () => {
		type Area = "public" | "own" | "crm" | "lists" | "list changes" | "conversations" | "owners" | "desk" | "settings" | "files" | "links" | "definitions" | "definition changes" | "schemas" | "schema changes" | "people" | "people changes" | "secrets" | "erasure" | "visitors" | "custom channels" | "channel messages" | "articles" | "publishing" | "quotes";
		const areas: [RegExp, Area][] = [
			[/^GET \/healthz$/, "public"],
			[/^GET \/openapi\.json$/, "public"],
			[/^GET \/docs\/api$/, "public"],
			[/^POST \/desk\/v1\/session$/, "public"],
			[/^(GET|DELETE) \/desk\/v1\/session$/, "own"],
			[/^GET \/(account-info\/v3\/|desk\/v1\/account$)/, "own"],
			[/^(GET|PATCH) \/desk\/v1\/preferences$/, "own"],
			[/^GET \/desk\/v1\/notification-settings$/, "own"],
			[/^\w+ \/desk\/v1\/(comments|notifications)(\/|$)/, "desk"],
			[/^PUT \/desk\/v1\/notification-defaults$/, "settings"],
			[/^PATCH \/desk\/v1\/account$/, "settings"],
			[/^GET \/desk\/v1\/forms\/create-ticket$/, "desk"],
			[/^PUT \/desk\/v1\/forms\/create-ticket$/, "settings"],
			[/^POST \/crm\/v3\/objects\/\{objectType\}\/gdpr-delete$/, "erasure"],
			[/^\w+ \/crm\/v3\/objects\/\{objectType\}(\/|$)/, "crm"],
			[/^\w+ \/crm\/v4\/objects\/\{objectType\}\/\{objectId\}\/associations\//, "crm"],
			[/^POST \/crm\/v4\/associations\/usage\/high-usage-report\/\{userId\}$/, "own"],
			[/^GET \/desk\/v1\/association-reports$/, "desk"],
			[/^GET \/crm\/v4\/associations\/definitions\/configurations\/all$/, "own"],
			[/^(GET \/crm\/v3\/lists|POST \/crm\/v3\/lists\/(search|idmapping)$)/, "lists"],
			[/^\w+ \/crm\/v3\/lists/, "list changes"],
			[/^GET \/crm\/v4\/associations\/definitions\/configurations\/\{/, "crm"],
			[/^POST \/crm\/v4\/associations\/definitions\/configurations\/\{/, "definition changes"],
			[/^(POST|PUT|DELETE) \/crm\/v4\/associations\/\{fromObjectType\}\/\{toObjectType\}\/labels/, "definition changes"],
			[/^GET \/crm\/v[34]\/associations\/\{fromObjectType\}\/\{toObjectType\}\/(labels|types)$/, "crm"],
			[/^POST \/crm\/v[34]\/associations\/\{fromObjectType\}\/\{toObjectType\}\/batch\//, "crm"],
			[/^(GET \/crm\/v3\/(properties|pipelines)\/\{objectType\}(\/|$)|POST \/crm\/v3\/properties\/\{objectType\}\/batch\/read$)/, "definitions"],
			[/^\w+ \/crm\/v3\/(properties|pipelines)\/\{objectType\}/, "definition changes"],
			[/^\w+ \/desk\/v1\/objects\/\{objectType\}\//, "crm"],
			[/^GET \/desk\/v1\/(pipelines|property-rules)\/\{objectType\}(\/|$)/, "definitions"],
			[/^\w+ \/desk\/v1\/(pipelines|property-rules)\/\{objectType\}(\/|$)/, "definition changes"],
			[/^GET \/crm-object-schemas\//, "schemas"],
			[/^\w+ \/crm-object-schemas\//, "schema changes"],
			[/^GET \/crm\/v3\/owners(\/\{ownerId\})?$/, "owners"],
			[/^GET \/(settings\/v3\/users|desk\/v1\/teams)(\/|$)/, "people"],
			[/^\w+ \/(settings\/v3\/users|desk\/v1\/(users|teams))(\/|$)/, "people changes"],
			[/^\w+ \/desk\/v1\/pipeline-access\//, "people changes"],
			[/^\w+ \/desk\/v1\/profile(\/|$)/, "own"],
			[/^\w+ \/desk\/v1\/tokens(\/|$)/, "secrets"],
			[/^\w+ \/oauth\/v1\//, "public"],
			[/^POST \/visitor-identification\//, "visitors"],
			[/^\w+ \/conversations\/v3\/conversations\//, "conversations"],
			[/^\w+ \/desk\/v1\/(views|library|snippets|templates|videos|documents|share-links|share-visits|tickets|ticket-acts|ticket-bulks|recycle-bin|blocked-senders|search|attachments|stream|senders|drafts|held-replies)(\/|$)/, "desk"],
			[/^\w+ \/desk\/v1\/(booking-pages|bookings|availability|time-zones)(\/|$)/, "desk"],
			[/^\w+ \/webhooks\/v3\/\{appId\}\//, "settings"],
			[/^\w+ \/desk\/v1\/(outbox|mailboxes|relay|company-association|quarantine|apps|webhook-targets|webhook-deliveries|inboxes|channel-accounts|channel-account-staging-tokens|custom-channels)(\/|$)/, "settings"],
			[/^\w+ \/desk\/v1\/quotes(\/|$)/, "quotes"],
			[/^\w+ \/(files\/v3|desk\/v1\/files)(\/|$)/, "files"],
			[/^\w+ \/desk\/v1\/articles\/\{articleId\}\/texts\/\{lang\}\/(un)?publish$/, "publishing"],
			[/^(POST|PATCH|DELETE) \/desk\/v1\/article-categories/, "publishing"],
			[/^\w+ \/desk\/v1\/(articles|article-images|article-categories)(\/|$)/, "articles"],
			[/^GET \/files\/(signed|public)\//, "links"],
			[/^\w+ \/conversations\/v3\/custom-channels\/\{channelId\}\/messages/, "channel messages"],
			[/^\w+ \/conversations\/v3\/custom-channels/, "custom channels"],
		];
		const wantedRow: Record<Area, [Route["who"], RegExp]> = {
			public: ["anybody", /^-$/],
			own: ["agent", /^-$/],
			crm: ["agent", /^\{objectType\}$/],
			lists: ["agent", /^crm\.lists\.read$/],
			"list changes": ["agent", /^crm\.lists\.write$/],
			owners: ["agent", /^crm\.objects\.owners\.read$/],
			conversations: ["agent", /^conversations\.(read|write)$/],
			desk: ["agent", /^tickets$/],
			settings: ["admin", /^settings$/],
			people: ["agent", /^settings\.users\.(teams\.)?read$/],
			"people changes": ["super admin", /^settings\.users\.(teams\.)?write$/],
			secrets: ["super admin", /^settings$/],
			erasure: ["super admin", /^\{objectType\}$/],
			quotes: ["agent", /^crm\.objects\.quotes\.(read|write)$/],
			visitors: ["agent", /^conversations\.visitor_identification\.tokens\.create$/],
			files: ["agent", /^files$/],
			links: ["anybody", /^-$/],
			"channel messages": ["agent", /^conversations\.custom_channels\.(read|write)$/],
			"custom channels": ["admin", /^conversations\.custom_channels\.(read|write)$/],
			definitions: ["agent", /^\{objectType\}$/],
			"definition changes": ["admin", /^\{objectType\}$/],
			articles: ["agent", /^content$/],
			publishing: ["agent", /^content$/],
			schemas: ["agent", /^crm\.schemas\.custom\.read$/],
			"schema changes": ["admin", /^crm\.schemas\.custom\.write$/],
		};
		const areaOf = ({ method, path }: Route) => areas.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
		const name = (route: Route) => `${route.method} ${route.path}`;

		test("every route has an expectation, and its row in the table says the same", () => {
			for (const route of routes()) {
				const area = areaOf(route);
				assert.ok(area, `${name(route)} has no expectation here`);
				assert.equal(route.who, wantedRow[area][0], name(route));
				assert.match(route.scope, wantedRow[area][1], name(route));
				if (area === "conversations") assert.equal(route.scope, route.method === "GET" || route.path.endsWith("/batch/read") ? "conversations.read" : "conversations.write", name(route));
			}
		});

		test("every route answers each caller with the status that is his", async () => {
			/* ids that nothing has: who is let in gets an answer about the request, never 401 or 403, and nothing is destroyed */
			const fill = (path: string) => path.replace(/\{(\w*[oO]bjectType)\}/g, "contacts").replace("{viewId}", "open").replace(/\{\w+\}/g, "999999");
			const callers: Record<string, () => Promise<Call>> = {
				anonymous: async () => caller(api(at.bellhop.url)),
				agent: async () => byCookie(at.bellhop, await signIn(at.bellhop, agent)),
				admin: async () => byCookie(at.bellhop, await signIn(at.bellhop, at.bellhop.admin)),
				/* who sees his own tickets only: what is refused to him is refused by the object, not by the route */
				narrow: async () => {
					const who = { email: "narrow@desk.example", password: "narrow people have words" };
					at.bellhop.command("user", "add", "--email", who.email, "--password", who.password);
					await sql(at.bellhop, `UPDATE desk_user SET ticket_view = 2, ticket_edit = 2, ticket_delete = 3, ticket_communicate = 2 WHERE email = '${who.email}'`);
					return byCookie(at.bellhop, await signIn(at.bellhop, who));
				},
				limited: async () => at.token("admin@desk.example", "nothing"),
			};
			const problems: string[] = [];
			for (const route of routes()) {
				const area = areaOf(route) as Area;
				if (["/desk/v1/stream", "/docs/api"].includes(route.path)) continue; /* no JSON: see stream.test.ts and docs.test.ts */
				for (const [who, make] of Object.entries(callers)) {
					if (name(route) === "DELETE /desk/v1/session" && who !== "anonymous") continue;
					let call = made.get(who);
					if (!call) made.set(who, (call = await make()));
					const wantsBody = ["POST", "PUT", "PATCH"].includes(route.method);
					const { status } = await call(route.method, fill(route.path), wantsBody ? {} : undefined);
					const refusedBy = area === "public" ? undefined : who === "anonymous" ? 401 : who === "limited" && area !== "own" ? 403 : ["agent", "narrow"].includes(who) && (area === "publishing" || ["admin", "super admin"].includes(wantedRow[area][0])) ? 403 : undefined;
					/* without the right signature or key nobody gets anything */
					const isRight = area === "links" ? [403, 404].includes(status) : refusedBy ? status === refusedBy : ![401, 403].includes(status) && status < 500;
					if (!isRight) problems.push(`${name(route)} for ${who}: ${status}`);
				}
			}
			assert.deepEqual(problems, []);
		});
		const made = new Map<string, Call>();

		test("an agent works on tickets and answers mail; a retry, a mailbox or a source is not for him", async () => {
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			const row = await mailIn(at.bellhop, "rights@customer.example", "Rights");
			const ticket = await expectStatus(call("GET", `/desk/v1/tickets/${row.id}`), 200);
			assert.deepEqual(ticket.abilities.sort(), ["comment", "customise", "delete", "edit", "reply", "view"]);
			assert.equal((await expectStatus(call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Hello" }), 201)).state, "WAITING");
			await refused(call("PUT", "/desk/v1/relay", { url: "smtp://evil.example" }), 403);
			await refused(call("POST", "/desk/v1/outbox/1/retry"), 403);
			await refused(call("GET", "/desk/v1/quarantine/1/source"), 403);
			assert.ok((await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}`), 200)).abilities.includes("administer"));
		});
	});
});
