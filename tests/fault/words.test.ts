/* The index of words after any end of the process: what is there is found, what is found is there, each once; and two processes that
 * index one database together. */
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { api, type Bellhop, forEachEngine, startBellhop, tempDir, waitFor } from "../harness/index.ts";
import { type Call, caller, desk, expectStatus, newTicket, OBJECTS, sql } from "../api/help.ts";

const ROUNDS = 3;
const WRITERS = 3;
const BATCH = 20;
/* so that the index has something to do: each has words of its own */
const filling = (word: string) => Array.from({ length: 300 }, (_, i) => `${word}w${i}`).join(" ");

/* Changes that wait to be indexed; on a copy of the files, so that it is the program that recovers them. */
async function dueN(stopped: Bellhop): Promise<number> {
	let where = stopped;
	if (!stopped.db) {
		where = { ...stopped, dataDir: join(tempDir("copy"), "data") };
		cpSync(stopped.dataDir, where.dataDir, { recursive: true });
	}
	return Number(await sql(where, "SELECT count(*) FROM search_due"));
}

forEachEngine((engine) => {
	const at = desk(engine);

	async function found(call: Call, query: string): Promise<string[]> {
		const ids: string[] = [];
		for (let after: string | undefined; ; ) {
			const page = await expectStatus(call("POST", `${OBJECTS}/tickets/search`, { query, limit: 200, after, properties: ["subject"] }), 200);
			ids.push(...page.results.map((ticket: any) => ticket.properties.subject));
			after = page.paging?.next?.after;
			if (!after) return ids.sort();
		}
	}

	const labels = async (prefix: string) => (await sql(at.bellhop, `SELECT label FROM object WHERE label LIKE '${prefix}%'`)).split("\n").sort();

	const indexed = (bellhop: Bellhop) => waitFor("the index", async () => (await sql(bellhop, "SELECT count(*) FROM search_due")) === "0", { timeoutMs: 30_000 });

	/* One row of words for each object that may be searched, and an index that says what they say. */
	async function indexIsWhole(): Promise<void> {
		assert.equal(await sql(at.bellhop, "SELECT count(*) FROM object o LEFT JOIN object_words w ON w.id = o.id WHERE o.object_type = 5 AND o.archived_at = 0 AND w.id IS NULL"), "0", "tickets without words");
		assert.equal(await sql(at.bellhop, "SELECT count(*) FROM object_words w LEFT JOIN object o ON o.id = w.id WHERE o.id IS NULL"), "0", "words without an object");
		/* it throws where the index and the rows differ */
		if (engine === "sqlite") await sql(at.bellhop, "INSERT INTO object_index (object_index) VALUES ('integrity-check')");
	}

	test(`killed ${ROUNDS} times while words wait to be indexed: every ticket that is there is found by its word, and check finds nothing`, async () => {
		let waitedN = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const flock = `flock${round}z`;
			const acknowledged: string[] = [];
			let killed: Promise<void> | undefined;
			await Promise.all(
				Array.from({ length: WRITERS }, async (_, writer) => {
					for (let batch = 0; !killed && batch < 100; batch++) {
						const subjects = Array.from({ length: BATCH }, (_, i) => `${flock} own${round}x${writer}x${batch}x${i}z`);
						const inputs = subjects.map((subject) => ({ properties: { subject, content: filling(subject.split(" ")[1]!), hs_pipeline_stage: "1" } }));
						const answer = await at.call("POST", `${OBJECTS}/tickets/batch/create`, { inputs }).catch(() => undefined);
						if (!answer) return;
						await expectStatus(answer, 201);
						acknowledged.push(...subjects);
						if (acknowledged.length >= (round + 1) * 2 * BATCH) killed ??= at.bellhop.kill9();
					}
				}),
			);
			assert.ok(killed, "it was not killed");
			await killed;
			waitedN += await dueN(at.bellhop);
			await at.bellhop.restart();
			await indexed(at.bellhop);
			const there = await labels(flock);
			assert.deepEqual(acknowledged.filter((subject) => !there.includes(subject)), [], "acknowledged, but gone");
			assert.deepEqual(await found(at.call, flock), there);
			for (const subject of there) assert.deepEqual(await found(at.call, subject.split(" ")[1]!), [subject]);
			await indexIsWhole();
		}
		assert.ok(waitedN > 0, "nothing was due when it was killed: this test showed nothing");
		await at.bellhop.stop();
		const said = at.bellhop.command("check");
		assert.doesNotMatch(said, /BAD/);
		await at.bellhop.restart();
	});

	test("two processes index one database together: each finds the other's, the last words count, each is there once", { skip: engine === "sqlite" ? "skipped: SQLite has one process" : false }, async () => {
		const twin = await startBellhop({ engine, dataDir: at.bellhop.dataDir, db: at.bellhop.db });
		try {
			const calls = [at.call, caller(api(twin.url, at.bellhop.token))];
			const make = async (call: Call, who: string) => {
				const made: any[] = [];
				for (let i = 0; i < 40; i++) made.push(await newTicket(call, { subject: `herd first${who}q${i}z`, content: filling(`${who}q${i}z`) }));
				return made;
			};
			const made = await Promise.all([make(calls[0]!, "one"), make(calls[1]!, "two")]);
			/* each changes what the other has made, at the same time, and twice */
			for (const pass of ["second", "third"])
				await Promise.all(calls.map(async (call, k) => {
					for (const [i, ticket] of made[1 - k]!.entries()) await expectStatus(call("PATCH", `${OBJECTS}/tickets/${ticket.id}`, { properties: { subject: `herd ${pass}by${k}q${i}z` } }), 200);
				}));
			await indexed(at.bellhop);
			const there = await labels("herd");
			assert.equal(there.length, 80);
			for (const call of calls) {
				assert.deepEqual(await found(call, "herd"), there);
				for (let i = 0; i < 40; i++) {
					for (const k of [0, 1]) assert.deepEqual(await found(call, `thirdby${k}q${i}z`), [`herd thirdby${k}q${i}z`]);
					for (const old of [`firstoneq${i}z`, `firsttwoq${i}z`, `secondby0q${i}z`, `secondby1q${i}z`]) assert.deepEqual(await found(call, old), [], `${old} is nobody's word any more`);
				}
			}
			await indexIsWhole();
			/* what one leaves behind the other indexes */
			const left = Promise.all(Array.from({ length: 20 }, (_, i) => newTicket(calls[1]!, { subject: `orphan${i}`, content: filling(`orphan${i}`) }).catch(() => undefined)));
			await left;
			await twin.kill9();
			await indexed(at.bellhop);
			assert.deepEqual(await found(at.call, "orphan7"), ["orphan7"]);
			assert.equal((await labels("orphan")).length, 20);
			await indexIsWhole();
		} finally {
			await twin.kill9();
		}
	});
});
