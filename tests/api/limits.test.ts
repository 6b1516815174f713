/* Rate limits: off unless they are set; then with the bodies that clients wait by. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, OBJECTS, refused, signIn } from "./help.ts";

const NAMES = ["max", "remaining", "interval-milliseconds", "daily", "daily-remaining"];

forEachEngine((engine) => {
	const at = desk(engine);
	const headersOf = (answer: { headers: Headers }) => NAMES.map((name) => answer.headers.get(`x-hubspot-ratelimit-${name}`));

	test("without limits there are no headers, and nobody is refused", async () => {
		const answers = await Promise.all(Array.from({ length: 150 }, () => at.call("GET", `${OBJECTS}/tickets?limit=1`)));
		for (const answer of answers) assert.deepEqual([answer.status, ...headersOf(answer)], [200, null, null, null, null, null]);
	});

	test("in ten seconds: 429 with the policy that clients look for, each token for itself, and not who signed in", async () => {
		await at.bellhop.restart(["--rate-10s", "5"]);
		const call = at.token("admin@desk.example", "*");
		for (let left = 4; left >= 0; left--) {
			const answer = await call("GET", `${OBJECTS}/tickets?limit=1`);
			assert.deepEqual([answer.status, ...headersOf(answer)], [200, "5", String(left), "10000", null, null]);
		}
		const answer = await call("GET", `${OBJECTS}/tickets?limit=1`);
		const body = await refused(answer, 429, "You have reached your ten_secondly_rolling limit.");
		assert.deepEqual([body.policyName, body.errorType, body.category, answer.headers.get("retry-after"), headersOf(answer)[1]], ["TEN_SECONDLY_ROLLING", "RATE_LIMIT", "RATE_LIMITS", "10", "0"]);
		await refused(call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "1" } }), 429);
		await expectStatus(at.token("admin@desk.example", "*")("GET", `${OBJECTS}/tickets?limit=1`), 200);
		const person = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		for (let i = 0; i < 10; i++) await expectStatus(person("GET", `${OBJECTS}/tickets?limit=1`), 200);
		const search = await call("POST", `${OBJECTS}/tickets/search`, {});
		assert.deepEqual([search.status, ...headersOf(search)], [200, null, null, null, null, null]);
		await new Promise((resolve) => setTimeout(resolve, 11_000));
		await expectStatus(call("GET", `${OBJECTS}/tickets?limit=1`), 200);
	});

	test("searches in a second are counted together, with the sentence that clients look for", async () => {
		await at.bellhop.restart(["--rate-search", "3"]);
		const calls = [at.token("admin@desk.example", "*"), at.token(agent.email, "*")];
		const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => (calls[i % 2] as any)("POST", `${OBJECTS}/tickets/search`, {})));
		const late = answers.filter((answer) => answer.status === 429);
		assert.ok(late.length >= 6, String(late.length)); /* two seconds at most */
		for (const answer of late) {
			const body = await refused(answer, 429, "You have reached your secondly limit.");
			assert.deepEqual([body.policyName, answer.headers.get("retry-after"), headersOf(answer)], ["SECONDLY", "1", [null, null, null, null, null]]);
		}
		const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token, numberOfApiCallRetries: 3 });
		await new Promise((resolve) => setTimeout(resolve, 1100));
		const search = () => client.crm.tickets.searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1, after: "0", query: "" } as any);
		assert.ok((await Promise.all(Array.from({ length: 5 }, search))).every((answer) => typeof answer.total === "number"));
	});

	test("in a day: 429 until midnight, also after a restart", async () => {
		await at.bellhop.restart(["--rate-day", "4"]);
		const call = caller(api(at.bellhop.url, at.bellhop.command("token", "create", "--user", agent.email).trim()));
		for (let left = 3; left >= 0; left--) {
			const answer = await call("GET", `${OBJECTS}/tickets?limit=1`);
			assert.deepEqual([answer.status, ...headersOf(answer)], [200, null, null, null, "4", String(left)]);
		}
		const answer = await call("GET", `${OBJECTS}/tickets?limit=1`);
		assert.equal((await refused(answer, 429, "You have reached your daily limit.")).policyName, "DAILY");
		assert.ok(Number(answer.headers.get("retry-after")) <= 24 * 3600);
		await at.bellhop.restart();
		assert.equal((await refused(call("GET", `${OBJECTS}/tickets?limit=1`), 429)).policyName, "DAILY");
		const usage = await expectStatus(byCookie(at.bellhop, await signIn(at.bellhop, agent))("GET", "/account-info/v3/api-usage/daily/private-apps"), 200);
		assert.equal(usage.results[0].usageLimit, 4);
	});

	test("the flags take numbers only", async () => {
		await at.bellhop.stop();
		for (const flag of ["--rate-10s", "--rate-day", "--rate-search"]) assert.throws(() => at.bellhop.command("serve", flag, "many"), /takes a number/);
		await at.bellhop.restart([]);
	});
});
