/* Views: which tickets they have, in what order, page by page, and how many. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newTicket, refused, signIn, sql, type Call } from "./help.ts";

const VIEWS = "/desk/v1/views";

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
	const counts = async (call: Call) => Object.fromEntries((await expectStatus(call("GET", VIEWS), 200)).results.map((v: any) => [v.id, v.count]));
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
});
