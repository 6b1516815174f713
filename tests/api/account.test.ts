/* The account: what the wire tells of it, how admins set it, and how often it was called today. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, OBJECTS, refused, signIn, sql } from "./help.ts";

const USAGE = "/account-info/v3/api-usage/daily/private-apps";

forEachEngine((engine) => {
	const at = desk(engine);

	test("details by the client: every member of the wire, with the offset of the time zone", async () => {
		const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
		const details = async () => (await (await client.apiRequest({ method: "GET", path: "/account-info/v3/details" })).json()) as any;
		assert.deepEqual(await details(), { portalId: 1, accountType: "STANDARD", timeZone: "UTC", companyCurrency: "EUR", additionalCurrencies: [], utcOffset: "+00:00", utcOffsetMilliseconds: 0, uiDomain: "127.0.0.1", dataHostingLocation: "self" });
		for (const [timeZone, utcOffset, ms] of [["Asia/Kolkata", "+05:30", 19800000], ["America/Phoenix", "-07:00", -25200000], ["Pacific/Marquesas", "-09:30", -34200000], ["UTC", "+00:00", 0]] as const) {
			await expectStatus(at.call("PATCH", "/desk/v1/account", { timeZone }), 200);
			const now = await details();
			assert.deepEqual([now.timeZone, now.utcOffset, now.utcOffsetMilliseconds], [timeZone, utcOffset, ms]);
		}
	});

	test("an admin sets name, time zone, currency and language; what is left out stays; nonsense is refused by its field", async () => {
		const set = await expectStatus(at.call("PATCH", "/desk/v1/account", { name: "Lamps & Co", timeZone: "Europe/Helsinki", currency: "USD", language: "pt-BR" }), 200);
		assert.deepEqual(set, { name: "Lamps & Co", timeZone: "Europe/Helsinki", currency: "USD", language: "pt-BR" });
		assert.deepEqual(await expectStatus(at.call("PATCH", "/desk/v1/account", {}), 200), set);
		await at.bellhop.restart();
		assert.deepEqual(await expectStatus(at.call("GET", "/desk/v1/account"), 200), set);
		for (const [body, field] of [
			[{ name: "" }, "name"], [{ timeZone: "Mars/Base" }, "timeZone"], [{ timeZone: "../../../etc/passwd" }, "timeZone"], [{ timeZone: "/etc/passwd" }, "timeZone"], [{ timeZone: "Europe" }, "timeZone"], [{ timeZone: "" }, "timeZone"], [{ timeZone: "zone.tab" }, "timeZone"],
			[{ currency: "eur" }, "currency"], [{ currency: "EURO" }, "currency"], [{ language: "x" }, "language"], [{ language: "en_US" }, "language"], [{ nonsense: 1 }, "nonsense"],
		] as const) assert.equal((await refused(at.call("PATCH", "/desk/v1/account", body), 400)).errors[0].in, field, JSON.stringify(body));
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		assert.equal((await expectStatus(call("GET", "/desk/v1/account"), 200)).name, "Lamps & Co");
		await refused(call("PATCH", "/desk/v1/account", { name: "x" }), 403);
	});

	test("usage counts the calls of tokens today, over a restart, and not those of people who signed in", async () => {
		const usage = async () => (await expectStatus(at.call("GET", USAGE), 200)).results[0];
		const before = await usage();
		assert.deepEqual([before.name, before.usageLimit, before.fetchStatus], ["private-apps-api-calls-daily", null, "SUCCESS"]);
		assert.ok(Date.parse(before.resetsAt) > Date.now() && Date.parse(before.resetsAt) <= Date.now() + 24 * 3600_000);
		const other = caller(api(at.bellhop.url, at.bellhop.command("token", "create", "--user", agent.email).trim()));
		for (let i = 0; i < 7; i++) await expectStatus(other("GET", `${OBJECTS}/tickets?limit=1`), 200);
		await refused(other("GET", "/desk/v1/outbox"), 403);
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		for (let i = 0; i < 5; i++) await expectStatus(call("GET", "/desk/v1/account"), 200);
		assert.equal((await usage()).currentUsage, before.currentUsage + 9);
		await at.bellhop.restart();
		assert.equal((await usage()).currentUsage, before.currentUsage + 10);
		assert.equal(await sql(at.bellhop, "SELECT SUM(call_n) FROM api_usage"), String(before.currentUsage + 9));
	});
});
