/* The library: snippets and templates, who sees and changes them, how they are found, and their folders. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, newCompany, newContact, OBJECTS, refused, signIn, sql } from "./help.ts";

const SNIPPETS = "/desk/v1/snippets";
const TEMPLATES = "/desk/v1/templates";
const FOLDERS = "/desk/v1/library/folders";
const item = (id: string) => `/desk/v1/library/items/${id}`;

forEachEngine((engine) => {
	const at = desk(engine);
	let ada: Call;
	let bo: Call;
	let viewer: Call;
	let seatless: Call;
	let team: string;
	const person = async (email: string, role = "agent") => {
		const password = "people who have words";
		at.bellhop.command("user", "add", "--email", email, "--password", password);
		if (role !== "agent") await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${email}'`);
		return byCookie(at.bellhop, await signIn(at.bellhop, { email, password }));
	};
	before(async () => {
		ada = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		bo = await person("bo@desk.example");
		viewer = await person("viewer@desk.example", "viewer");
		seatless = await person("seatless@desk.example");
		await sql(at.bellhop, "UPDATE desk_user SET seat = 3 WHERE email = 'seatless@desk.example'");
		const boId = (await expectStatus(bo("GET", "/desk/v1/session"), 200)).user.id;
		team = (await expectStatus(at.call("POST", "/desk/v1/teams", { name: "Bo's", userIds: [boId] }), 201)).id;
	});
	const make = async (call: Call, body: object, path = SNIPPETS) => expectStatus(call("POST", path, { html: "<p>Text</p>", audience: "EVERYONE", ...body }), 201);
	const names = async (call: Call, query = "", path = SNIPPETS) => (await expectStatus(call("GET", `${path}?limit=100${query && `&${query}`}`), 200)).results.map((r: any) => r.name);

	test("N-10 N-12 a snippet has name, shortcut, text, folder and audience, and comes back as it was written, made harmless", async () => {
		const folder = await expectStatus(ada("POST", FOLDERS, { kind: "snippet", name: "Greetings" }), 201);
		const made = await make(ada, { name: "Thanks", shortcut: "#Danke", html: '<p>Thank you, <b>{{contact.firstname}}</b><script>alert(1)</script><img src=x onerror="alert(1)"></p>', folderId: folder.id, audience: "PRIVATE" });
		assert.equal(made.shortcut, "danke");
		assert.equal(made.html.includes("script") || made.html.includes("onerror"), false, made.html);
		assert.match(made.html, /Thank you, <b>\{\{contact\.firstname\}\}<\/b>/);
		const read = await expectStatus(ada("GET", `${SNIPPETS}/${made.id}`), 200);
		assert.deepEqual(read, made);
		assert.deepEqual([read.kind, read.folderId, read.audience, read.isMine, read.mayEdit, read.useCount, read.usedAt, read.excerpt], ["snippet", folder.id, "PRIVATE", true, true, 0, undefined, "Thank you, {{contact.firstname}}"]);
		const changed = await expectStatus(ada("PATCH", `${SNIPPETS}/${made.id}`, { name: "Thank you", folderId: null }), 200);
		assert.deepEqual([changed.name, changed.shortcut, changed.folderId, changed.html], ["Thank you", "danke", undefined, made.html]);
		await refused(ada("GET", `${TEMPLATES}/${made.id}`), 404);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("N-20 a template has a subject, and placeholders, which a snippet has not", async () => {
		const html = "<p>Order {{placeholder.Order number}} of {{contact.firstname}}</p>";
		const made = await make(ada, { name: "Order", subject: "Your order {{placeholder.Order number}}", html }, TEMPLATES);
		assert.deepEqual([made.kind, made.subject, made.html, made.shortcut], ["template", "Your order {{placeholder.Order number}}", html, undefined]);
		await refused(ada("POST", SNIPPETS, { name: "x", html, audience: "PRIVATE" }), 400, /Placeholders are for templates only/);
		await refused(ada("POST", TEMPLATES, { name: "x", html: "<p>x</p>", subject: "two\nlines" }), 400, /one line/);
		await refused(ada("POST", TEMPLATES, { name: "x", html: `<p>${"{{placeholder.x}} ".repeat(21)}</p>` }), 400, /at most 20 placeholders/);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("one sees what everybody has, what is his team's, and his own; others' private ones are nobody else's, not even an administrator's", async () => {
		const all = await make(ada, { name: "For all" });
		const teams = await make(ada, { name: "For the team", audience: "TEAMS", teamIds: [team] });
		const own = await make(ada, { name: "Ada's own", audience: "PRIVATE" });
		assert.deepEqual(await names(ada), ["Ada's own", "For all", "For the team"]);
		assert.deepEqual(await names(bo), ["For all", "For the team"]);
		assert.deepEqual(await names(at.call), ["For all"]);
		assert.deepEqual(await names(viewer), ["For all"]);
		for (const [call, id, status] of [[bo, teams.id, 200], [at.call, teams.id, 404], [bo, own.id, 404], [at.call, own.id, 404], [viewer, all.id, 200]] as [Call, string, number][])
			await expectStatus(call("GET", `${SNIPPETS}/${id}`), status);
		/* seeing is not changing: his own, and an administrator what he sees */
		for (const method of ["PATCH", "DELETE"] as const) {
			const path = method === "PATCH" ? `${SNIPPETS}/${all.id}` : item(all.id);
			await refused(bo(method, path, method === "PATCH" ? { name: "Mine now" } : undefined), 403, /changed by who made it/);
			await refused(viewer(method, path, method === "PATCH" ? { name: "Mine now" } : undefined), 403);
			await refused(at.call(method, method === "PATCH" ? `${SNIPPETS}/${own.id}` : item(own.id), method === "PATCH" ? { name: "Mine now" } : undefined), 404);
		}
		await refused(viewer("POST", SNIPPETS, { name: "x", html: "<p>x</p>" }), 403);
		assert.equal((await expectStatus(at.call("PATCH", `${SNIPPETS}/${all.id}`, { name: "For all of us" }), 200)).name, "For all of us");
		await refused(at.call("PATCH", `${SNIPPETS}/${all.id}`, { audience: "PRIVATE" }), 400, /Only who made it/);
		assert.equal((await expectStatus(bo("GET", `${SNIPPETS}/${all.id}`), 200)).mayEdit, false);
		await refused(bo("POST", `${item(own.id)}/use`, {}), 404);
		for (const one of [all, teams, own]) await expectStatus(ada("DELETE", item(one.id)), 204);
	});

	test("N-11 N-20 N-30 without a seat one sees the first three snippets and the first five templates of the desk, and makes none", async () => {
		const ids: string[] = [];
		for (let n = 1; n <= 6; n++) for (const path of [SNIPPETS, TEMPLATES]) ids.push((await make(ada, { name: `No ${n}` }, path)).id);
		assert.deepEqual(await names(seatless), ["No 1", "No 2", "No 3"]);
		assert.deepEqual(await names(seatless, "", TEMPLATES), ["No 1", "No 2", "No 3", "No 4", "No 5"]);
		assert.equal((await names(bo)).length, 6);
		await refused(seatless("GET", `${SNIPPETS}/${ids.at(-2)}`), 404);
		await refused(seatless("POST", SNIPPETS, { name: "x", html: "<p>x</p>" }), 403);
		for (const id of ids) await expectStatus(ada("DELETE", item(id)), 204);
	});

	test("E-15 N-12 a shortcut is one snippet's only, among those that one sees, whatever its case; the sentence names the other", async () => {
		const first = await make(ada, { name: "Danke", shortcut: "GRÜSSE" });
		const body = await refused(bo("POST", SNIPPETS, { name: "x", shortcut: "grüße", html: "<p>x</p>" }), 400, /#grüsse is the shortcut of "Danke"/);
		assert.equal(body.errors[0].in, "shortcut");
		const hidden = await make(ada, { name: "Hidden", shortcut: "mine", audience: "PRIVATE" });
		const same = await make(bo, { name: "Another", shortcut: "mine", audience: "PRIVATE" });
		await expectStatus(ada("PATCH", `${SNIPPETS}/${hidden.id}`, { shortcut: "mine" }), 200);
		/* brought back to one that took its place */
		await expectStatus(ada("DELETE", item(first.id)), 204);
		const second = await make(bo, { name: "Second", shortcut: "grüsse" });
		await refused(ada("POST", `${item(first.id)}/restore`, {}), 400, /is the shortcut of "Second"/);
		await expectStatus(bo("PATCH", `${SNIPPETS}/${second.id}`, { shortcut: "" }), 200);
		await expectStatus(ada("POST", `${item(first.id)}/restore`, {}), 204);
		for (const bad of ["two words", "a.b", "x".repeat(31), "{{x}}"]) await refused(ada("POST", SNIPPETS, { name: "x", shortcut: bad, html: "<p>x</p>" }), 400, /A shortcut has at most 30/);
		for (const [call, id] of [[ada, first.id], [ada, hidden.id], [bo, same.id], [bo, second.id]] as [Call, string][]) await expectStatus(call("DELETE", item(id)), 204);
	});

	test("they are found by parts of words of name, shortcut and text, in any language; sorted, by folder, one's own, page by page", async () => {
		const folder = await expectStatus(ada("POST", FOLDERS, { kind: "snippet", name: "Search" }), 201);
		const rows: [Call, object][] = [
			[ada, { name: "Password reset", shortcut: "pw", html: "<p>Open the settings</p>", folderId: folder.id }],
			[ada, { name: "Größe ändern", html: "<p>100% sicher</p>" }],
			[bo, { name: "返金", html: "<p>ご返金の手続きについて</p>" }],
			[bo, { name: "Hyvää päivää", html: "<p>Kiitos yhteydenotosta</p>" }],
		];
		const ids: string[] = [];
		for (const [call, body] of rows) ids.push((await make(call, body)).id);
		const found = (q: string, more = "") => names(ada, `q=${encodeURIComponent(q)}${more}`);
		assert.deepEqual(await found("sett"), ["Password reset"]);
		assert.deepEqual(await found("word"), ["Password reset"]);
		assert.deepEqual(await found("PW reset"), ["Password reset"]);
		assert.deepEqual(await found("grosse"), ["Größe ändern"]);
		assert.deepEqual(await found("手続き"), ["返金"]);
		assert.deepEqual(await found("kiitos"), ["Hyvää päivää"]);
		for (const nothing of ["%", "_", "!", "nothing", "password sicher"]) assert.deepEqual(await found(nothing), [], nothing);
		assert.deepEqual(await names(ada, `folderId=${folder.id}`), ["Password reset"]);
		assert.deepEqual((await names(ada, "folderId=none")).length, 3);
		assert.deepEqual(await names(bo, "mine=true"), ["Hyvää päivää", "返金"]);
		await expectStatus(bo("POST", `${item(ids[1]!)}/use`, {}), 204);
		const used = await expectStatus(ada("GET", `${SNIPPETS}?sort=used&limit=1`), 200);
		assert.deepEqual([used.results[0].name, used.results[0].useCount, typeof used.results[0].usedAt], ["Größe ändern", 1, "string"]);
		assert.deepEqual((await names(ada, "q=p&sort=match"))[0], "Password reset");
		for (const sort of ["name", "used", "updated"]) {
			const seen: string[] = [];
			for (let after = "", n = 0; n < 6; n++) {
				const page = await expectStatus(ada("GET", `${SNIPPETS}?sort=${sort}&limit=1${after && `&after=${after}`}`), 200);
				seen.push(...page.results.map((r: any) => r.name));
				after = page.paging?.next.after ?? "";
				if (!after) break;
			}
			assert.deepEqual(seen, await names(ada, `sort=${sort}`), sort);
			assert.equal(seen.length, 4);
		}
		for (const bad of ["sort=oddly", "folderId=x", "limit=0", "limit=101", "after=x", "mine=maybe", `q=${"x".repeat(401)}`, "sort=match&after=1"]) await refused(ada("GET", `${SNIPPETS}?${bad}`), 400);
		/* a folder that goes leaves what was in it */
		await expectStatus(ada("DELETE", `${FOLDERS}/${folder.id}`), 204);
		assert.equal((await names(ada, "folderId=none")).length, 4);
		for (const [n, id] of ids.entries()) await expectStatus(rows[n]![0]("DELETE", item(id)), 204);
	});

	test("folders are everybody's; who made one, or an administrator, renames and removes it; its name is there once", async () => {
		const folder = await expectStatus(ada("POST", FOLDERS, { kind: "template", name: "Billing" }), 201);
		await refused(bo("POST", FOLDERS, { kind: "template", name: "BILLING" }), 400, /There is a folder "Billing"/);
		await expectStatus(bo("POST", FOLDERS, { kind: "video", name: "Billing" }), 201);
		assert.deepEqual((await expectStatus(bo("GET", `${FOLDERS}?kind=template`), 200)).results.map((f: any) => [f.name, f.mayEdit]), [["Billing", false]]);
		await refused(bo("PATCH", `${FOLDERS}/${folder.id}`, { name: "x" }), 403);
		await refused(bo("DELETE", `${FOLDERS}/${folder.id}`), 403);
		await refused(viewer("POST", FOLDERS, { kind: "template", name: "x" }), 403);
		assert.equal((await expectStatus(at.call("PATCH", `${FOLDERS}/${folder.id}`, { name: "Invoices" }), 200)).name, "Invoices");
		await refused(ada("POST", SNIPPETS, { name: "x", html: "<p>x</p>", folderId: folder.id }), 400, /There is no folder/);
		for (const bad of [{ kind: "quote", name: "x" }, { kind: "snippet", name: " " }, { kind: "snippet", name: "x".repeat(101) }, { kind: "snippet" }]) await refused(ada("POST", FOLDERS, bad), 400);
		await refused(ada("GET", `${FOLDERS}?kind=quote`), 400);
		await expectStatus(ada("DELETE", `${FOLDERS}/${folder.id}`), 204);
		await refused(ada("DELETE", `${FOLDERS}/${folder.id}`), 404);
	});

	test("what is archived is out of lists until it is restored; uses are counted", async () => {
		const made = await make(ada, { name: "Away" });
		for (let n = 0; n < 3; n++) await expectStatus(bo("POST", `${item(made.id)}/use`, {}), 204);
		await expectStatus(ada("DELETE", item(made.id)), 204);
		await expectStatus(ada("DELETE", item(made.id)), 204);
		assert.deepEqual(await names(ada, "q=Away"), []);
		assert.deepEqual(await names(ada, "q=Away&archived=true"), ["Away"]);
		assert.deepEqual(await names(bo, "q=Away&archived=true"), [], "of others only administrators see what is archived");
		await refused(bo("GET", `${SNIPPETS}/${made.id}`), 404);
		await refused(bo("POST", `${item(made.id)}/use`, {}), 404);
		await refused(bo("POST", `${item(made.id)}/restore`, {}), 404);
		await refused(ada("PATCH", `${SNIPPETS}/${made.id}`, { name: "x" }), 409, /in the archive/);
		await expectStatus(ada("POST", `${item(made.id)}/restore`, {}), 204);
		assert.equal((await expectStatus(ada("GET", `${SNIPPETS}/${made.id}`), 200)).useCount, 3);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("N-13 tokens are filled from a record as from a ticket; a subject with a missing value goes nowhere", async () => {
		const contact = await newContact(at.call, "carla@customer.example", { firstname: "Carla" });
		const company = await newCompany(at.call, "Lamps & Co");
		await expectStatus(at.call("PUT", `/crm/v4/objects/contacts/${contact.id}/associations/default/companies/${company.id}`), 200);
		const tokens = async (type: string, id: string) => Object.fromEntries((await expectStatus(ada("GET", `/desk/v1/objects/${type}/${id}/tokens?names=contact.firstname,contact.phone,company.name,ticket.subject,sender.email,nobody.knows`), 200)).results.map((t: any) => [t.name, t.value]));
		assert.deepEqual(await tokens("contacts", contact.id), { "contact.firstname": "Carla", "contact.phone": "", "company.name": "Lamps & Co", "ticket.subject": "", "sender.email": agent.email });
		assert.deepEqual(await tokens("companies", company.id), { "contact.firstname": "Carla", "contact.phone": "", "company.name": "Lamps & Co", "ticket.subject": "", "sender.email": agent.email });
		await refused(ada("GET", `/desk/v1/objects/contacts/999999/tokens?names=contact.firstname`), 404);
		const ticket = await mailIn(at.bellhop, "dan@customer.example", "A subject");
		const body = await refused(ada("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Hello", subject: "Order [[MISSING ORDER NUMBER]]" }), 400, /A value is missing: ORDER NUMBER/);
		assert.equal(body.errors[0].code, "MISSING_TOKEN");
		const { total } = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "MISSING" }), 200);
		await refused(ada("POST", `/desk/v1/objects/contacts/${contact.id}/emails`, { to: ["carla@customer.example"], subject: "[[MISSING X]]", text: "Hello" }), 400, /A value is missing: X/);
		assert.equal((await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "MISSING" }), 200)).total, total, "no ticket was opened for it");
	});

	test("who writes over what somebody else changed meanwhile is told, and writes over it only when he says so", async () => {
		const seen = await expectStatus(ada("POST", SNIPPETS, { name: "Twice", html: "<p>First</p>" }), 201);
		const theirs = await expectStatus(ada("PATCH", `${SNIPPETS}/${seen.id}`, { html: "<p>Theirs</p>", updatedAt: seen.updatedAt }), 200);
		await refused(ada("PATCH", `${SNIPPETS}/${seen.id}`, { html: "<p>Mine</p>", updatedAt: seen.updatedAt }), 412, /changed it meanwhile/);
		assert.equal((await expectStatus(ada("GET", `${SNIPPETS}/${seen.id}`), 200)).html, "<p>Theirs</p>");
		await refused(ada("PATCH", `${SNIPPETS}/${seen.id}`, { html: "<p>Mine</p>", updatedAt: "yesterday" }), 400);
		await expectStatus(ada("POST", `${item(seen.id)}/use`, {}), 204);
		await expectStatus(ada("PATCH", `${SNIPPETS}/${seen.id}`, { html: "<p>Mine</p>", updatedAt: theirs.updatedAt }), 200);
		await expectStatus(ada("PATCH", `${SNIPPETS}/${seen.id}`, { html: "<p>Again</p>" }), 200);
		await expectStatus(ada("DELETE", item(seen.id)), 204);
	});

	test("N-12 a name that nobody could see is none; marks that turn the direction go", async () => {
		await refused(ada("POST", SNIPPETS, { name: "\u200b\ufeff", html: "<p>x</p>" }), 400, /needs a name/);
		const made = await expectStatus(ada("POST", SNIPPETS, { name: "abc\u202egpj", html: "<p>x</p>" }), 201);
		assert.equal(made.name, "abcgpj");
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("N-13 what a token stands for is written as people read it: labels of stages, pipelines, owners and options, and dates", async () => {
		await expectStatus(at.call("POST", "/crm/v3/properties/tickets", { name: "wishes", label: "Wishes", groupName: "ticketinformation", type: "enumeration", fieldType: "checkbox", options: [{ label: "In red", value: "r", displayOrder: 0, hidden: false }, { label: "In blue", value: "b", displayOrder: 1, hidden: false }] }), 201);
		await expectStatus(at.call("POST", "/crm/v3/properties/tickets", { name: "wanted_on", label: "Wanted on", groupName: "ticketinformation", type: "date", fieldType: "date" }), 201);
		const { id } = await mailIn(at.bellhop, "eva@customer.example", "As people read it");
		const owner = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${encodeURIComponent(agent.email)}`), 200)).results[0];
		const ticket = await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}?properties=hs_pipeline`, { properties: { wishes: "r;b", wanted_on: "2026-12-24", hubspot_owner_id: owner.id } }), 200);
		const pipeline = await expectStatus(at.call("GET", `/crm/v3/pipelines/tickets/${ticket.properties.hs_pipeline}`), 200);
		const names = ["hs_pipeline", "hs_pipeline_stage", "hubspot_owner_id", "wishes", "wanted_on", "createdate"].map((n) => `ticket.${n}`);
		const got = Object.fromEntries((await expectStatus(ada("GET", `/desk/v1/tickets/${id}/tokens?names=${names}`), 200)).results.map((t: any) => [t.name, t.value]));
		assert.equal(got["ticket.hs_pipeline"], pipeline.label);
		assert.equal(got["ticket.hs_pipeline_stage"], "New");
		assert.equal(got["ticket.hubspot_owner_id"], `${owner.firstName} ${owner.lastName}`.trim() || agent.email);
		assert.equal(got["ticket.wishes"], "In red, In blue");
		assert.equal(got["ticket.wanted_on"], "24 December 2026");
		assert.match(got["ticket.createdate"], /^\d{1,2} [A-Z][a-z]+ \d{4}$/);
	});

	test("what is wrong is refused in a sentence that names the field", async () => {
		const rows: [object, string][] = [
			[{ name: "" }, "name"], [{ name: "x".repeat(101) }, "name"], [{ name: "a\nb" }, "name"], [{ html: "" }, "html"], [{ html: "<p> </p>" }, "html"], [{ html: "x".repeat(70000) }, "html"],
			[{ audience: "NOBODY" }, "audience"], [{ audience: "TEAMS" }, "teamIds"], [{ audience: "TEAMS", teamIds: ["99999"] }, "teamIds"], [{ audience: "TEAMS", teamIds: "x" }, "teamIds"],
			[{ folderId: "99999" }, "folderId"], [{ folderId: "x" }, "folderId"],
		];
		for (const [bad, field] of rows) {
			const body = await refused(ada("POST", SNIPPETS, { name: "x", html: "<p>x</p>", audience: "EVERYONE", ...bad }), 400);
			assert.equal(body.errors?.[0]?.in, field, JSON.stringify([bad, body]));
		}
		await refused(ada("POST", SNIPPETS, { name: "x", html: "<p>x</p>", userId: "1" }), 400);
		await refused(ada("POST", SNIPPETS, { name: "x", html: "<p>x</p>", useCount: 7 }), 400);
	});
});
