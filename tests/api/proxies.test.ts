/* Who asks, behind a proxy: limits by network address go by the customer's own where the proxy is trusted, and by the proxy's where it is
 * not. The test is the proxy. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { forEachEngine, startBellhop } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, signIn, sql } from "./help.ts";

const ALWAYS = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

forEachEngine((engine) => {
	const at = desk(engine);
	const signInVia = (forwarded: string) =>
		fetch(`${at.bellhop.url}/desk/v1/session`, {
			method: "POST",
			headers: { origin: at.bellhop.url, "content-type": "application/json", "x-forwarded-for": forwarded },
			body: JSON.stringify({ email: agent.email, password: "not these words" }),
		}).then((answer) => answer.status);
	/* As if so many sign-ins had failed from there. */
	const failures = (peer: string, n = 100) =>
		sql(at.bellhop, `INSERT INTO sign_in_failure (subject, failure_n, window_ends_at) VALUES ('peer:${peer}', ${n}, ${Date.now() + 600_000})`);
	beforeEach(() => sql(at.bellhop, "DELETE FROM sign_in_failure"));

	describe("without trusted proxies", () => {
		test("no forwarding header is believed: who claims to be somebody else is held to his own limit", async () => {
			await failures("127.0.0.1");
			assert.equal(await signInVia("9.9.9.9"), 429);
			await sql(at.bellhop, "DELETE FROM sign_in_failure");
			await failures("9.9.9.9");
			assert.equal(await signInVia("9.9.9.9"), 401);
			assert.equal(await sql(at.bellhop, "SELECT failure_n FROM sign_in_failure WHERE subject = 'peer:127.0.0.1'"), "1");
		});
	});

	describe("with the proxy trusted", () => {
		let slug: string;
		let free: string[];
		before(async () => {
			await at.bellhop.restart(["--trusted-proxies", "127.0.0.1,10.0.0.0/8"]);
			const aino = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await expectStatus(aino("PUT", "/desk/v1/availability", { timeZone: "UTC", hours: ALWAYS, daysOff: [] }), 200);
			const page = await expectStatus(aino("POST", "/desk/v1/booking-pages", { title: "Talk", lengths: [30], noticeMinutes: 0 }), 201);
			slug = page.slug;
			free = (await expectStatus(aino("GET", `/desk/v1/booking-pages/${page.id}/slots?from=${new Date(Date.now() + 86400e3).toISOString()}&days=1`), 200)).results.map((s: any) => s.startAt);
		});
		after(() => at.bellhop.restart([]));

		test("failed sign-ins of one customer shut out nobody else, and nobody gets around his limit by what he claims", async () => {
			await failures("9.9.9.9");
			assert.equal(await signInVia("9.9.9.9"), 429);
			assert.equal(await signInVia("8.8.8.8, 9.9.9.9"), 429);
			assert.equal(await signInVia("8.8.8.8, 9.9.9.9, 10.1.2.3"), 429);
			assert.equal(await signInVia("9.9.9.9, 8.8.8.8"), 401);
			assert.equal(await signInVia("2001:db8::7"), 401);
			assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM sign_in_failure WHERE subject IN ('peer:8.8.8.8', 'peer:2001:db8::7')"), "2");
		});

		test("bookings are counted by the customer's address", async () => {
			const book = (start: string | undefined, forwarded: string) =>
				fetch(`${at.bellhop.url}/meet/${slug}`, {
					method: "POST",
					redirect: "manual",
					headers: { origin: at.bellhop.url, "x-forwarded-for": forwarded },
					body: new URLSearchParams({ start: String(Date.parse(start ?? "")), minutes: "30", zone: "UTC", name: "Cora", email: "cora@customer.example" }),
				}).then((answer) => answer.status);
			assert.equal(await book(free[0], "9.9.9.9"), 303);
			await sql(at.bellhop, "UPDATE sign_in_failure SET failure_n = 200 WHERE subject = 'booking:9.9.9.9'");
			assert.equal(await book(free[2], "9.9.9.9"), 429);
			assert.equal(await book(free[2], "8.8.8.8"), 303);
		});
	});

	test("what is no network is refused at the start, in one line", async () => {
		await assert.rejects(startBellhop({ engine, args: ["--trusted-proxies", "proxy.example"] }), /"proxy\.example" is not an address or network/);
	});
});
