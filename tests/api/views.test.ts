/* Views: which tickets they have, in what order, page by page, and how many. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newTicket, OBJECTS, refused, signIn, sql, type Call } from "./help.ts";

const VIEWS = "/desk/v1/views";
/* Those that this file is about. */
const OWN = ["unassigned", "mine", "open", "team", "closed"];

forEachEngine((engine) => {
	const at = desk(engine);
	const stage = { open: "1", closed: "4" };
	let ada: Call;
	let owner: string;
	before(async () => {
		ada = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		owner = (await expectStatus(at.call("GET", "/crm/v3/owners?limit=100"), 200)).results.find((o: any) => o.email === agent.email).id;
	});
	const list = async (call: Call, path: string) => expectStatus(call("GET", `${VIEWS}/${path}`), 200);
	const subjects = async (call: Call, path: string) => (await list(call, path)).results.map((r: any) => r.subject);
	const counts = async (call: Call) => Object.fromEntries((await expectStatus(call("GET", VIEWS), 200)).results.filter((v: any) => OWN.includes(v.id)).map((v: any) => [v.id, v.count]));
	/* At times of its own: tickets of one millisecond have no order that says anything. */
	const ticket = async (subject: string, n: number, more: object = {}) => {
		const { id } = await newTicket(at.call, { subject, hs_pipeline_stage: stage.open, ...more });
		await sql(at.bellhop, `UPDATE object SET activity_at = ${1_000_000 + n}, created_at = ${2_000_000 - n} WHERE id = ${id}`);
		return id as string;
	};

	test("B-40: unassigned, mine, open and closed filter by owner and status, and count the same", async () => {
		await ticket("nobody's", 1, { hs_ticket_priority: "LOW" });
		await ticket("ada's", 2, { hubspot_owner_id: owner, hs_ticket_priority: "URGENT" });
		await ticket("done", 3, { hs_pipeline_stage: stage.closed });
		await ticket("nobody's too", 4, { hs_ticket_priority: "HIGH" });
		assert.deepEqual(await subjects(ada, "unassigned/tickets"), ["nobody's too", "nobody's"]);
		assert.deepEqual(await subjects(ada, "mine/tickets"), ["ada's"]);
		assert.deepEqual(await subjects(at.call, "mine/tickets"), []);
		assert.deepEqual(await subjects(ada, "open/tickets"), ["nobody's too", "ada's", "nobody's"]);
		assert.deepEqual(await subjects(ada, "closed/tickets"), ["done"]);
		assert.deepEqual(await counts(ada), { unassigned: 2, mine: 1, open: 3, closed: 1 });
		assert.deepEqual(await counts(at.call), { unassigned: 2, mine: 0, open: 3, closed: 1 });
		await refused(ada("GET", `${VIEWS}/nothing/tickets`), 404);
	});

	test("each order has pages that join, by cursor and by place", async () => {
		const orders = {
			newest: ["nobody's too", "ada's", "nobody's"],
			oldest: ["nobody's", "ada's", "nobody's too"],
			priority: ["ada's", "nobody's too", "nobody's"],
			created: ["nobody's", "ada's", "nobody's too"],
			createdOldest: ["nobody's too", "ada's", "nobody's"],
		};
		for (const [sort, expected] of Object.entries(orders)) {
			assert.deepEqual(await subjects(ada, `open/tickets?sort=${sort}`), expected, sort);
			const seen: string[] = [];
			for (let after = "", n = 0; n < 4; n++) {
				const page = await list(ada, `open/tickets?sort=${sort}&limit=1${after && `&after=${after}`}`);
				seen.push(...page.results.map((r: any) => r.subject));
				after = page.paging?.next.after ?? "";
				if (!after) break;
			}
			assert.deepEqual(seen, expected, `${sort} by cursor`);
			const second = await list(ada, `open/tickets?sort=${sort}&limit=1&offset=1`);
			assert.deepEqual([second.total, second.results[0].subject], [3, expected[1]], `${sort} by place`);
		}
		assert.equal((await list(ada, "open/tickets?limit=1")).total, undefined);
	});

	test("B-43: my team's unassigned has what is assigned to my main team and to nobody, and is there for members only", async () => {
		const me = (await expectStatus(ada("GET", "/desk/v1/session"), 200)).id ?? (await expectStatus(at.call("GET", "/settings/v3/users"), 200)).results.find((u: any) => u.email === agent.email).id;
		const team = await expectStatus(at.call("POST", "/desk/v1/teams", { name: "Lamps", userIds: [String(me)] }), 201);
		await ticket("for the team", 5, { hs_assigned_team_ids: `77;${team.id}` });
		await ticket("for another", 6, { hs_assigned_team_ids: `${team.id}9` });
		await ticket("for the team, taken", 7, { hs_assigned_team_ids: team.id, hubspot_owner_id: owner });
		assert.deepEqual(await subjects(ada, "team/tickets"), ["for the team"]);
		assert.equal((await counts(ada)).team, 1);
		assert.equal((await counts(at.call)).team, undefined);
		assert.deepEqual(await subjects(at.call, "team/tickets"), []);
	});

	test("which of some tickets belong to a view: in its order, without the others", async () => {
		const all = (await list(ada, "open/tickets")).results.map((r: any) => r.id);
		const [closed] = (await list(ada, "closed/tickets")).results.map((r: any) => r.id);
		const some = [all[2], closed, all[0], "999999"];
		assert.deepEqual((await list(ada, `open/tickets?ids=${some.join(",")}`)).results.map((r: any) => r.id), [all[0], all[2]]);
		assert.deepEqual((await list(ada, `closed/tickets?ids=${some.join(",")}`)).results.map((r: any) => r.id), [closed]);
	});

	test("what is no page, order or id is refused with its name", async () => {
		const bad = { "sort=weight": "sort", "after=x": "after", "after=1-2": "after", "offset=-1": "offset", "offset=200001": "offset", "limit=0": "limit", "limit=101": "limit", "ids=x": "ids", [`ids=${Array.from({ length: 101 }, (_, i) => i + 1)}`]: "ids" };
		for (const [query, field] of Object.entries(bad)) {
			const body = await refused(ada("GET", `${VIEWS}/open/tickets?${query}`), 400);
			assert.match(JSON.stringify(body), new RegExp(field), query);
		}
	});

	/* Views that people make ------------------------------------------------------------------------------------------ */

	const make = (call: Call, body: object) => expectStatus(call("POST", VIEWS, { name: "A view", ...body }), 201);
	const one = (propertyName: string, operator: string, value?: string | string[], objectType?: string) => ({ propertyName, operator, ...(objectType && { objectType }), ...(Array.isArray(value) ? { values: value } : { value }) });
	const group = (...filters: object[]) => ({ filters });
	const found = async (call: Call, ...filterGroups: object[]) => {
		const view = await make(call, { filterGroups });
		const preview = await expectStatus(call("POST", `${VIEWS}/preview`, { filterGroups }), 200);
		const page = await list(call, `${view.id}/tickets?offset=0`);
		assert.deepEqual([view.count, preview.count, page.total], Array(3).fill(page.results.length), "list, count, preview and total agree");
		return page.results.map((r: any) => r.subject).sort();
	};

	test("B-46: AND within a group, OR between groups, me for who looks, and open or closed", async () => {
		await ticket("red lamp", 20, { hs_ticket_priority: "HIGH", hs_ticket_category: "BILLING_ISSUE" });
		await ticket("red chair", 21, { hs_ticket_priority: "HIGH", hubspot_owner_id: owner });
		await ticket("red sofa", 22, { hs_ticket_priority: "LOW", hubspot_owner_id: owner, hs_pipeline_stage: stage.closed });
		const red = one("subject", "CONTAINS_TOKEN", "red");
		assert.deepEqual(await found(ada, group(red)), ["red chair", "red lamp", "red sofa"]);
		assert.deepEqual(await found(ada, group(red, one("hs_ticket_priority", "EQ", "HIGH"))), ["red chair", "red lamp"]);
		assert.deepEqual(await found(ada, group(red, one("hs_ticket_priority", "EQ", "LOW")), group(red, one("hs_ticket_category", "EQ", "BILLING_ISSUE"))), ["red lamp", "red sofa"]);
		assert.deepEqual(await found(ada, group(red, one("ticketState", "EQ", "OPEN"))), ["red chair", "red lamp"]);
		assert.deepEqual(await found(ada, group(red, one("ticketState", "EQ", "CLOSED"))), ["red sofa"]);
		assert.deepEqual(await found(ada, group(red, one("hubspot_owner_id", "EQ", "me"))), ["red chair", "red sofa"]);
		assert.deepEqual(await found(at.call, group(red, one("hubspot_owner_id", "IN", ["me", owner]))), ["red chair", "red sofa"]);
		assert.deepEqual(await found(at.call, group(red, one("hubspot_owner_id", "EQ", "me"))), []);
		assert.deepEqual(await found(ada, group(red), group()), await found(ada), "a group without filters takes all");
	});

	test("B-46: properties of the contact and of the company filter too", async () => {
		const contact = await expectStatus(at.call("POST", `${OBJECTS}/contacts`, { properties: { email: "vip@filters.example", jobtitle: "Queen" } }), 201);
		const company = await expectStatus(at.call("POST", `${OBJECTS}/companies`, { properties: { name: "Blue Ltd", city: "Turku" } }), 201);
		const mine = await ticket("of the queen", 30);
		const theirs = await ticket("of blue", 31);
		await expectStatus(at.call("PUT", `/crm/v4/objects/tickets/${mine}/associations/default/contacts/${contact.id}`), 200);
		await expectStatus(at.call("PUT", `/crm/v4/objects/tickets/${theirs}/associations/default/companies/${company.id}`), 200);
		assert.deepEqual(await found(ada, group(one("jobtitle", "EQ", "queen", "contacts"))), ["of the queen"]);
		assert.deepEqual(await found(ada, group(one("email", "EQ", "VIP@filters.example", "contacts"), one("ticketState", "EQ", "OPEN"))), ["of the queen"]);
		assert.deepEqual(await found(ada, group(one("city", "CONTAINS_TOKEN", "turku", "companies"))), ["of blue"]);
		assert.deepEqual(await found(ada, group(one("jobtitle", "EQ", "queen", "contacts"), one("city", "EQ", "Turku", "companies"))), []);
	});

	test("B-45 B-47: private views are their maker's; teams' and everyone's are changed by all who see them; built-in ones by nobody", async () => {
		const call = at.call;
		const hers = await make(ada, { name: "  Hers  " });
		assert.deepEqual([hers.name, hers.audience, hers.mayEdit, hers.isMine], ["Hers", "PRIVATE", true, true]);
		const ids = async (who: Call) => (await expectStatus(who("GET", VIEWS), 200)).results.map((v: any) => v.id);
		assert.ok((await ids(ada)).includes(hers.id) && !(await ids(call)).includes(hers.id));
		for (const [method, path] of [["GET", "/tickets"], ["PATCH", ""], ["DELETE", ""], ["POST", "/restore"]] as const)
			await refused(call(method, `${VIEWS}/${hers.id}${path}`, method === "PATCH" ? { name: "Mine" } : undefined), 404);
		const team = (await expectStatus(call("GET", "/desk/v1/teams"), 200)).results[0].id;
		await expectStatus(ada("PATCH", `${VIEWS}/${hers.id}`, { audience: "TEAMS", teamIds: [team] }), 200);
		assert.ok((await ids(ada)).includes(hers.id) && !(await ids(call)).includes(hers.id));
		const shared = await expectStatus(ada("PATCH", `${VIEWS}/${hers.id}`, { audience: "EVERYONE" }), 200);
		assert.deepEqual(shared.teamIds, []);
		assert.equal((await expectStatus(call("PATCH", `${VIEWS}/${hers.id}`, { name: "Ours" }), 200)).isMine, false);
		await refused(call("PATCH", `${VIEWS}/${hers.id}`, { audience: "PRIVATE" }), 400);
		for (const id of ["open", "closed"]) {
			await refused(call("PATCH", `${VIEWS}/${id}`, { name: "x" }), 400);
			await refused(call("DELETE", `${VIEWS}/${id}`), 400);
		}
		await expectStatus(call("DELETE", `${VIEWS}/${hers.id}`), 204);
		assert.ok(!(await ids(ada)).includes(hers.id));
		await refused(ada("GET", `${VIEWS}/${hers.id}/tickets`), 404);
		assert.equal((await expectStatus(ada("POST", `${VIEWS}/${hers.id}/restore`), 200)).name, "Ours");
		assert.ok((await ids(ada)).includes(hers.id));
		await refused(ada("POST", `${VIEWS}/${hers.id}/restore`), 404);
	});

	test("filters on top of any view, orders by any property, and the values of columns", async () => {
		const view = await make(ada, { filterGroups: [group(one("subject", "CONTAINS_TOKEN", "red"))], sort: "-hs_ticket_priority", columns: ["hs_ticket_category"] });
		assert.deepEqual([view.sort, view.columns], ["-hs_ticket_priority", ["hs_ticket_category"]]);
		const q = (o: object) => encodeURIComponent(JSON.stringify([o]));
		assert.deepEqual(await subjects(ada, `${view.id}/tickets?filters=${q(one("hs_pipeline_stage", "EQ", stage.open))}&sort=subject`), ["red chair", "red lamp"]);
		assert.deepEqual(await subjects(ada, `${view.id}/tickets?sort=-subject`), ["red sofa", "red lamp", "red chair"]);
		assert.deepEqual((await subjects(ada, `${view.id}/tickets?sort=-hs_ticket_priority`)).at(-1), "red sofa", "LOW is the last priority");
		assert.deepEqual(await subjects(ada, `mine/tickets?filters=${q(one("subject", "CONTAINS_TOKEN", "red"))}`), ["red chair"]);
		assert.deepEqual(await subjects(ada, `unassigned/tickets?filters=${q(one("subject", "CONTAINS_TOKEN", "red"))}`), ["red lamp"]);
		assert.deepEqual(await subjects(ada, `team/tickets?filters=${q(one("subject", "CONTAINS_TOKEN", "team"))}`), ["for the team"]);
		assert.deepEqual(await subjects(ada, `team/tickets?filters=${q(one("subject", "CONTAINS_TOKEN", "red"))}`), []);
		const first = await list(ada, `${view.id}/tickets?sort=subject&limit=2&properties=hs_ticket_category,subject`);
		assert.deepEqual(first.results.map((r: any) => r.properties), [{ subject: "red chair" }, { hs_ticket_category: "BILLING_ISSUE", subject: "red lamp" }]);
		const second = await list(ada, `${view.id}/tickets?sort=subject&limit=2&after=${encodeURIComponent(first.paging.next.after)}`);
		assert.deepEqual([second.results.map((r: any) => r.subject), second.paging], [["red sofa"], undefined]);
		const all = (await list(ada, "open/tickets?limit=100")).results;
		const some = (await list(ada, `${view.id}/tickets?sort=oldest&ids=${all.map((r: any) => r.id).join(",")}`)).results;
		assert.deepEqual(some.map((r: any) => r.subject), ["red lamp", "red chair"]);
	});

	test("spam and what is snoozed stay out of views with filters, too", async () => {
		const [spam, asleep] = [await ticket("azure spam", 40), await ticket("azure nap", 41)];
		await ticket("azure moon", 42);
		await sql(at.bellhop, `UPDATE object SET spam_at = 5 WHERE id = ${spam}`);
		await sql(at.bellhop, `UPDATE object SET snoozed_until = 99999999999999 WHERE id = ${asleep}`);
		const blue = `filters=${encodeURIComponent(JSON.stringify([one("subject", "CONTAINS_TOKEN", "azure")]))}`;
		assert.deepEqual(await subjects(ada, `open/tickets?${blue}`), ["azure moon"]);
		assert.deepEqual(await subjects(ada, `snoozed/tickets?${blue}`), ["azure nap"]);
		assert.deepEqual(await subjects(ada, `spam/tickets?${blue}`), ["azure spam"]);
		assert.deepEqual(await found(ada, group(one("subject", "CONTAINS_TOKEN", "azure"))), ["azure moon", "azure nap"]);
	});

	test("what no view can have is refused with its name, and a view whose property is gone says that it is broken", async () => {
		const bad: [object, RegExp][] = [
			[{ name: "" }, /name/],
			[{ name: "x".repeat(101) }, /name/],
			[{ audience: "SOME" }, /audience/],
			[{ audience: "TEAMS" }, /teamIds/],
			[{ audience: "TEAMS", teamIds: ["999999"] }, /teamIds/],
			[{ sort: "nothing" }, /sort/],
			[{ columns: ["nothing"] }, /columns/],
			[{ columns: "subject" }, /columns/],
			[{ columns: Array(31).fill("subject") }, /columns/],
			[{ filterGroups: [group(one("nothing", "EQ", "1"))] }, /nothing/],
			[{ filterGroups: [group(one("subject", "NEAR", "1"))] }, /NEAR/],
			[{ filterGroups: [group(one("dealname", "EQ", "1", "deals"))] }, /contacts and companies/],
			[{ filterGroups: [group(one("ticketState", "EQ", "AJAR"))] }, /ticketState/],
			[{ filterGroups: Array(6).fill(group(one("subject", "EQ", "x"))) }, /groups/],
			[{ filterGroups: [group(...Array(7).fill(one("subject", "EQ", "x")))] }, /filters/],
			[{ filterGroups: [group(one("subject", "EQ", "x".repeat(9000)))] }, /filters/],
			[{ filterGroups: 7 }, /filterGroups/],
		];
		for (const [body, what] of bad) assert.match(JSON.stringify(await refused(ada("POST", VIEWS, { name: "Bad", ...body }), 400)), what, JSON.stringify(body).slice(0, 80));
		for (const query of ["filters=7", "filters=%7B", "filters=[7]", "after=1-2-3"]) await refused(ada("GET", `${VIEWS}/open/tickets?sort=subject&${query}`), 400);
		await expectStatus(at.call("POST", "/crm/v3/properties/tickets", { name: "shade", label: "Shade", type: "string", fieldType: "text", groupName: "ticketinformation" }), 201);
		const view = await make(ada, { filterGroups: [group(one("shade", "EQ", "red"))] });
		await expectStatus(at.call("DELETE", "/crm/v3/properties/tickets/shade"), 204);
		const listed = (await expectStatus(ada("GET", VIEWS), 200)).results.find((v: any) => v.id === view.id);
		assert.equal(listed.isBroken, true);
		await refused(ada("GET", `${VIEWS}/${view.id}/tickets`), 400);
	});

	test("B-44: who only views makes no views, and sees those for everyone", async () => {
		const shared = await make(ada, { name: "For all", audience: "EVERYONE" });
		const viewer = { email: "viewer@desk.example", password: "viewers have eyes" };
		at.bellhop.command("user", "add", "--email", viewer.email, "--password", viewer.password, "--first-name", "Vi", "--last-name", "Ewer");
		await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${viewer.email}'`);
		const vi = byCookie(at.bellhop, await signIn(at.bellhop, viewer));
		await refused(vi("POST", VIEWS, { name: "Mine" }), 403);
		await refused(vi("PATCH", `${VIEWS}/${shared.id}`, { name: "Mine" }), 403);
		const listed = (await expectStatus(vi("GET", VIEWS), 200)).results.find((v: any) => v.id === shared.id);
		assert.equal(listed.mayEdit, false);
	});
});
