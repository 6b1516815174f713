/* D1: what was acknowledged is there after any end of the process, once. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Bellhop, expect, forEachEngine, isRoot, LineClient, lmtpDeliver, startBellhop, tempDir, waitFor } from "../harness/index.ts";
import { deliver, give, mail, messages, noErrors, settled, sql, ticketNamed } from "../mail/desk.ts";

const MAILS = 500;
const CONNECTIONS = 8;

/* A mail server that delivers until every mail has its 250, as a real one does: what got none is tried again. */
class Sender {
	readonly acknowledged = new Set<string>();
	#waiting: string[];

	constructor(
		readonly desk: Bellhop,
		canaries: string[],
	) {
		this.#waiting = canaries;
	}

	/* Over as many connections, until all is delivered or the server is gone. */
	async run(onAcknowledged: () => void): Promise<void> {
		await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#connection(onAcknowledged)));
	}

	get isDone(): boolean {
		return this.#waiting.length === 0;
	}

	async #connection(onAcknowledged: () => void): Promise<void> {
		const client = await LineClient.open(this.desk.lmtpPort).catch(() => undefined);
		if (!client) return;
		let canary: string | undefined;
		try {
			await expect(client.reply(), 220);
			await expect(client.command("LHLO mx.test.example"), 250);
			while ((canary = this.#waiting.pop()) !== undefined) {
				/* the same bytes at every try */
				const data = mail({ Subject: canary, "Message-ID": `<${canary}@mx.test.example>`, From: `sender${canary.length}@customer.example` }, `${canary}\n${"filling\n".repeat(200)}`);
				const { replies } = await lmtpDeliver(client, { from: "a@customer.example", to: [this.desk.inbox], data });
				if (replies[0]?.code !== 250) throw new Error(`${replies[0]?.code} ${replies[0]?.text}`);
				this.acknowledged.add(canary);
				canary = undefined;
				onAcknowledged();
			}
		} catch {
			if (canary !== undefined) this.#waiting.push(canary);
		} finally {
			client.close();
		}
	}
}

/* Tickets by subject, and messages, that begin with prefix. */
async function countByCanary(desk: Bellhop, prefix: string): Promise<Map<string, number>> {
	const rows = await sql(desk, `SELECT o.label, count(*) FROM object o JOIN message m ON m.ticket_id = o.id WHERE o.label LIKE '${prefix}%' GROUP BY o.id, o.label`);
	const counts = new Map<string, number>();
	for (const row of rows) {
		const [label = "", n] = row.split("|");
		counts.set(label, (counts.get(label) ?? 0) + Number(n));
	}
	return counts;
}

forEachEngine((engine) => {
	const kills = engine === "sqlite" ? 10 : 3;
	let desk: Bellhop;
	after(() => desk?.stop());

	test(`D1: ${kills} times killed while ${MAILS} mails come in over ${CONNECTIONS} connections: each acknowledged mail is one ticket`, async () => {
		desk = await startBellhop({ engine });
		for (let round = 0; round < kills; round++) {
			const prefix = `canary-${round}-`;
			const sender = new Sender(desk, Array.from({ length: MAILS }, (_, i) => `${prefix}${i}`));
			/* the moment differs from round to round: from almost the first to almost the last mail */
			const killAfter = 1 + Math.floor(((round + Math.random()) / kills) * (MAILS - 20));
			let killed: Promise<void> | undefined;
			await sender.run(() => {
				if (sender.acknowledged.size >= killAfter) killed ??= desk.kill9();
			});
			assert.ok(killed, "it was not killed");
			await killed;
			assert.ok(!sender.isDone, "all was delivered before it was killed");
			const before = [...sender.acknowledged];
			await desk.restart();
			/* on PostgreSQL a lease that the dead process left runs out by itself; the first round waits for that */
			if (round > 0) await sql(desk, "UPDATE job SET lease_until = 1 WHERE lease_until > 1");
			await settled(desk, 60_000);
			const counts = await countByCanary(desk, prefix);
			assert.deepEqual(before.filter((canary) => counts.get(canary) !== 1), [], `round ${round}: of ${before.length} acknowledged`);

			/* the sender tries the rest again, and with it some that had arrived without its knowing */
			await sender.run(() => {});
			assert.ok(sender.isDone);
			await settled(desk, 60_000);
			const all = await countByCanary(desk, prefix);
			assert.equal(all.size, MAILS);
			assert.deepEqual([...all].filter(([, n]) => n !== 1), []);
			noErrors(desk);
		}
		assert.equal((await desk.api.get("/healthz")).quarantined, 0);
		await desk.stop();
		const said = desk.command("check");
		assert.match(said, /ok +stored mails: \d+ there, 0 missing/);
		assert.doesNotMatch(said, /BAD/);
		await desk.restart();
	});

	test("SIGTERM finishes the mail that is coming in, and takes no other", async () => {
		const client = await LineClient.open(desk.lmtpPort);
		await expect(client.reply(), 220);
		for (const line of ["LHLO test", "MAIL FROM:<a@customer.example>", `RCPT TO:<${desk.inbox}>`]) await expect(client.command(line), 250);
		await expect(client.command("DATA"), 354);
		client.send("Subject: In flight\r\nFrom: a@customer.example\r\n\r\nfirst half\r\n");
		const stopped = desk.stop();
		await waitFor("the end of new connections", () => LineClient.open(desk.lmtpPort).then((c) => (c.close(), false), () => true));
		client.send("second half\r\n.\r\n");
		await expect(client.reply(), 250);
		await stopped;
		client.close();
		await desk.restart();
		const row = await ticketNamed(desk, "In flight");
		assert.match((await messages(desk, row.id))[0]?.text ?? "", /first half\nsecond half/);
	});

	const noTmpfs = isRoot ? (process.platform === "linux" ? false : "skipped: tmpfs is of Linux") : "skipped: mounting a small file system needs root";
	test("E1: on a full disk mail is refused for now (452), reading goes on, and mail comes in again when there is room", { skip: engine === "sqlite" ? noTmpfs : "skipped: the database is elsewhere" }, async (t) => {
		const dir = join(tempDir("full"), "disk");
		mkdirSync(dir);
		const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", dir]);
		if (mounted.status !== 0) {
			t.skip(`skipped: ${mounted.stderr}`);
			return;
		}
		const dataDir = join(dir, "data");
		try {
			const init = await startBellhop({ engine });
			await init.stop();
			spawnSync("cp", ["-a", init.dataDir, dataDir]);
			const small = await startBellhop({ engine, dataDir });
			await give(small, mail({ Subject: "While there is room" }));
			await settled(small);
			writeFileSync(join(dir, "filler"), "");
			assert.notEqual(spawnSync("dd", ["if=/dev/zero", `of=${join(dir, "filler")}`, "bs=64k"]).status, 0, "the disk is not full");
			for (let i = 0; i < 20; i++) {
				const { replies } = await deliver(small, mail({ Subject: `Full ${i}` }, "x".repeat(70_000)));
				assert.equal(replies[0]?.code, 452, replies[0]?.text);
				assert.match(replies[0]?.text ?? "", /^4\.3\.1 /);
			}
			assert.equal((await fetch(`${small.url}/healthz`)).status, 200);
			rmSync(join(dir, "filler"));
			await waitFor("mail to come in again", async () => (await deliver(small, mail({ Subject: "Room again" }))).replies[0]?.code === 250, { timeoutMs: 5000 });
			await settled(small);
			await small.stop();
			assert.match(small.command("check"), /ok +database/);
		} finally {
			spawnSync("umount", ["-l", dir]);
		}
	});
});
