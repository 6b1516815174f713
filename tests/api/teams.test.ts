/* Teams: read by the wire, made and changed by the desk's own routes; seen at users and owners. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { agent, desk, expectStatus, newTicket, OBJECTS, refused } from "./help.ts";

const TEAMS = "/desk/v1/teams";
const USERS = "/settings/v3/users";

forEachEngine((engine) => {
	const at = desk(engine);
	let count = 0;
	const user = async (more: object = {}) => (await expectStatus(at.call("POST", USERS, { email: `member${++count}@desk.example`, ...more }), 201)).id as string;
	const team = (more: object = {}) => expectStatus(at.call("POST", TEAMS, { name: `Team ${++count}`, ...more }), 201);

	test("made 201, read and changed 200, removed 204; the client lists them with their users", async () => {
		const [a, b, c] = [await user(), await user(), await user()];
		const made = await team({ userIds: [a, Number(b)], secondaryUserIds: [c] });
		assert.deepEqual([made.userIds, made.secondaryUserIds], [[a, b], [c]]);
		const { teamsApi, usersApi } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).settings.users;
		const listed = (await teamsApi.getAll()).results.find((t) => t.id === made.id);
		assert.deepEqual([listed?.name, listed?.userIds, listed?.secondaryUserIds], [made.name, [a, b], [c]]);
		assert.deepEqual([(await usersApi.getById(a)).primaryTeamId, (await usersApi.getById(c)).secondaryTeamIds], [made.id, [made.id]]);
		const owner = await expectStatus(at.call("GET", `/crm/v3/owners/${a}?idProperty=userId`), 200);
		assert.deepEqual(owner.teams, [{ id: made.id, name: made.name, primary: true }]);
		const inList = (await expectStatus(at.call("GET", "/crm/v3/owners?limit=500"), 200)).results.find((o: any) => o.userId === Number(c));
		assert.deepEqual(inList.teams, [{ id: made.id, name: made.name, primary: false }]);

		const changed = await expectStatus(at.call("PATCH", `${TEAMS}/${made.id}`, { name: "Night shift", userIds: [b], secondaryUserIds: [a, c] }), 200);
		assert.deepEqual([changed.name, changed.userIds, changed.secondaryUserIds], ["Night shift", [b], [a, c]]);
		assert.deepEqual(await expectStatus(at.call("PATCH", `${TEAMS}/${made.id}`, {}), 200), changed);
		assert.deepEqual(await expectStatus(at.call("GET", `${TEAMS}/${made.id}`), 200), changed);
		await expectStatus(at.call("DELETE", `${TEAMS}/${made.id}`), 204);
		await refused(at.call("GET", `${TEAMS}/${made.id}`), 404);
		await refused(at.call("DELETE", `${TEAMS}/${made.id}`), 404);
		assert.equal((await expectStatus(at.call("GET", `${USERS}/${b}`), 200)).primaryTeamId, undefined);
		await team({ name: "Night shift" });
	});

	test("a user names his teams himself: what is left out stays, null leaves, a list replaces", async () => {
		const [one, two, three] = [await team(), await team(), await team()];
		const id = await user({ primaryTeamId: one.id, secondaryTeamIds: [two.id] });
		const put = (body: object) => expectStatus(at.call("PUT", `${USERS}/${id}`, body), 200).then((u) => [u.primaryTeamId, u.secondaryTeamIds]);
		assert.deepEqual(await put({ firstName: "X" }), [one.id, [two.id]]);
		assert.deepEqual(await put({ primaryTeamId: three.id }), [three.id, [two.id]]);
		assert.deepEqual(await put({ primaryTeamId: two.id }), [two.id, []]);
		assert.deepEqual(await put({ secondaryTeamIds: [one.id, three.id, one.id] }), [two.id, [one.id, three.id]]);
		assert.deepEqual(await put({ primaryTeamId: null, secondaryTeamIds: [] }), [undefined, []]);
		await refused(at.call("PUT", `${USERS}/${id}`, { secondaryTeamIds: ["999"] }), 400);
	});

	test("what cannot be is refused, and says which field", async () => {
		const [a, b] = [await user(), await user()];
		const made = await team({ userIds: [a] });
		for (const [body, field] of [
			[{}, "name"], [{ name: " " }, "name"], [{ name: "x".repeat(201) }, "name"], [{ name: "n", userIds: ["999999"] }, "userIds"], [{ name: "n", userIds: [a] }, "userIds"], [{ name: "n", userIds: "1" }, "userIds"],
			[{ name: "n", secondaryUserIds: [0] }, "secondaryUserIds"], [{ name: "n", userIds: [b], secondaryUserIds: [b] }, "secondaryUserIds"],
		] as const) assert.equal((await refused(at.call("POST", TEAMS, body), 400)).errors[0].in, field, JSON.stringify(body));
		await refused(at.call("POST", TEAMS, { name: made.name.toUpperCase() }), 409);
		assert.equal((await expectStatus(at.call("GET", TEAMS), 200)).results.some((t: any) => t.name === "n"), false);
		await refused(at.call("PATCH", `${TEAMS}/999999`, { name: "x" }), 404);
		const leaving = await user({ primaryTeamId: made.id });
		await expectStatus(at.call("DELETE", `${USERS}/${leaving}`), 204);
		assert.deepEqual((await expectStatus(at.call("GET", `${TEAMS}/${made.id}`), 200)).userIds, [a]);
		await refused(at.call("POST", TEAMS, { name: "gone", userIds: [leaving] }), 400);
	});

	test("the team of a ticket follows the primary team of its owner, unless another was chosen in the same breath", async () => {
		const [one, two] = [await team(), await team()];
		const owner = async (primaryTeamId?: string) => (await expectStatus(at.call("GET", `/crm/v3/owners/${await user({ primaryTeamId })}?idProperty=userId`), 200)).id;
		const [a, b, none] = [await owner(one.id), await owner(two.id), await owner()];
		const { id } = await newTicket(at.call, { hubspot_owner_id: a });
		const teamOf = async () => (await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?properties=hubspot_team_id`), 200)).properties.hubspot_team_id;
		const give = async (hubspot_owner_id: string) => {
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hubspot_owner_id } }), 200);
			return teamOf();
		};
		assert.equal(await teamOf(), one.id);
		assert.deepEqual([await give(b), await give(none), await give(a), await give("")], [two.id, null, one.id, null]);
	});

	test("who is no super admin reads teams only", async () => {
		const call = at.token(agent.email, "*");
		await expectStatus(call("GET", TEAMS), 200);
		await expectStatus(call("GET", `${USERS}/teams`), 200);
		await refused(call("POST", TEAMS, { name: "x" }), 403, "Only super admins may do this.");
		await refused(at.token("admin@desk.example", "settings.users.teams.read")("POST", TEAMS, { name: "x" }), 403);
	});
});
