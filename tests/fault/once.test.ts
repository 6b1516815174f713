/* Idempotency-Key when the process dies: what is sent again with its key is done once, whatever became of the first try. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApiAnswer, forEachEngine, waitFor } from "../harness/index.ts";
import { desk, expectStatus, newTicket, OBJECTS, sql } from "../api/help.ts";

const ROUNDS = 3;
const CONNECTIONS = 8;
const WRITES = 160;

interface Write {
	key: string;
	method: string;
	path: string;
	body: unknown;
	/* what it makes */
	labels: string[];
	status: number;
}

forEachEngine((engine) => {
	const at = desk(engine);

	const send = (write: Write): Promise<ApiAnswer> => at.call(write.method, write.path, write.body, { "idempotency-key": write.key });

	function writes(round: number, patched: string): Write[] {
		return Array.from({ length: WRITES }, (_, i) => {
			const name = `once-${round}-${i}`, ticket = (subject: string) => ({ properties: { subject, hs_pipeline_stage: "1" } });
			if (i % 4 === 1) return { key: name, method: "POST", path: `${OBJECTS}/tickets/batch/create`, body: { inputs: [ticket(`${name}-a`), ticket(`${name}-b`)] }, labels: [`${name}-a`, `${name}-b`], status: 201 };
			if (i % 4 === 3) return { key: name, method: "PATCH", path: `${OBJECTS}/tickets/${patched}`, body: { properties: { content: name } }, labels: [], status: 200 };
			return { key: name, method: "POST", path: `${OBJECTS}/tickets`, body: ticket(name), labels: [name], status: 201 };
		});
	}

	const keptN = async () => Number(await sql(at.bellhop, "SELECT count(*) FROM kept_answer"));
	const labels = async (round: number) => (await sql(at.bellhop, `SELECT label FROM object WHERE label LIKE 'once-${round}-%'`)).split("\n").sort();

	/* The changes that were made, by its history: the newest of them. */
	async function patchesOf(id: string): Promise<string[]> {
		const ticket = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?propertiesWithHistory=content`), 200);
		return (ticket.propertiesWithHistory.content ?? []).map((entry: any) => entry.value).filter((value: string) => value.startsWith("once-"));
	}

	test(`killed ${ROUNDS} times amid writes with keys: sent again, an acknowledged one answers as before, and all are done once`, async () => {
		let doneUnheard = 0, answered = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const keptBefore = await keptN();
			const { id } = await newTicket(at.call, { subject: "Patched" });
			const all = writes(round, id), waiting = [...all].reverse();
			const before = new Map<string, string>();
			const killAfter = 1 + Math.floor(((round + Math.random()) / ROUNDS) * (WRITES - 4 * CONNECTIONS));
			let killed: Promise<void> | undefined;
			await Promise.all(
				Array.from({ length: CONNECTIONS }, async () => {
					for (let write = waiting.pop(); write && !killed; write = waiting.pop()) {
						const answer = await send(write).catch(() => undefined);
						if (!answer) return;
						await expectStatus(answer, write.status);
						before.set(write.key, answer.text);
						if (before.size >= killAfter) killed ??= at.bellhop.kill9();
					}
				}),
			);
			assert.ok(killed, "it was not killed");
			await killed;
			assert.ok(before.size < WRITES, "all was done before it was killed");
			await at.bellhop.restart();
			/* a database server may still be busy with what the dead process had asked for */
			if (engine === "postgresql") await waitFor("its transactions to end", async () => (await sql(at.bellhop, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'")) === "0");
			/* a write and its answer are there together, or neither is */
			const there = await labels(round), patches = await patchesOf(id);
			const keys = new Set(all.filter((write) => (write.labels.length > 0 ? write.labels.some((label) => there.includes(label)) : patches.includes(write.key))).map((write) => write.key));
			assert.equal((await keptN()) - keptBefore, keys.size);
			assert.deepEqual([...before.keys()].filter((key) => !keys.has(key)), [], "acknowledged, but not done");
			doneUnheard += keys.size - before.size;
			answered += before.size;
			for (const pass of [1, 2])
				await Promise.all(
					Array.from({ length: CONNECTIONS }, async (_, k) => {
						for (const write of all.filter((_, i) => i % CONNECTIONS === k)) {
							const answer = await send(write);
							await expectStatus(answer, write.status);
							if (before.has(write.key)) assert.equal(answer.text, before.get(write.key), `${write.key}, pass ${pass}`);
							if (keys.has(write.key) || pass === 2) assert.equal(answer.headers.get("idempotency-replayed"), "true", write.key);
							before.set(write.key, answer.text);
						}
					}),
				);
			assert.deepEqual(await labels(round), all.flatMap((write) => write.labels).sort());
			const values = await patchesOf(id);
			assert.equal(new Set(values).size, values.length, "a change was made twice");
		}
		assert.ok(answered > 0);
		process.stdout.write(`# ${engine}: ${answered} answered, ${doneUnheard} done whose answer nobody heard\n`);
	});
});
