/* Both versions of the unmodified client drive every method that a help desk is for; each answer has every field that the client's
 * own types say it has. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { api, forEachEngine } from "../harness/index.ts";
import { desk, sql } from "../api/help.ts";
import { packageDir } from "./contract.ts";
import { methods } from "./methods.ts";

const MAX_RUN_MS = 120_000;
const versions = { "@hubspot/api-client": 20, "hubspot-client-14": 22 };

/* Nobody makes feedback through the API: customers will. */
const FEEDBACK = `INSERT INTO object (object_type, version, created_at, updated_at, archived_at, label, is_closed, owner_id, activity_at, closed_at,
	contact_id, is_last_from_visitor, props) VALUES (19, 1, 1, 1, 0, '', 0, 0, 1, 0, 0, 0, '{}')`;

/* The Node.js that a version wants: ours where it is new enough, else the one that npm installed beside the tests. */
function nodeFor(major: number): string {
	if (Number(process.versions.node.split(".")[0]) >= major) return process.execPath;
	const newer = `${packageDir(`node-linux-${process.arch}`)}/bin/node`;
	assert.ok(existsSync(newer), `no Node.js ${major}`);
	return newer;
}

forEachEngine((engine) => {
	const listener = createServer((request, response) => {
		request.resume();
		response.writeHead(200, { "content-type": "text/plain" }).end("as you say");
	});
	before(() => new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve)));
	after(() => listener.close());

	for (const [name, major] of Object.entries(versions)) {
		test(`${name} drives every method`, async (t) => {
			const at = deskOf[name] as ReturnType<typeof desk>;
			await sql(at.bellhop, FEEDBACK);
			const { stdout } = await promisify(execFile)(nodeFor(major), ["--import", "tsx", `${import.meta.dirname}/run.ts`], {
				cwd: `${import.meta.dirname}/..`,
				timeout: MAX_RUN_MS,
				maxBuffer: 1 << 24,
				env: {
					...process.env,
					CLIENT: name,
					DESK_URL: at.bellhop.url,
					DESK_TOKEN: at.bellhop.token,
					DESK_ADMIN: JSON.stringify(at.bellhop.admin),
					DESK_LISTENER: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
				},
			});
			const { results, driven } = JSON.parse(stdout) as { results: { flow: string; error?: string }[]; driven: string[] };
			for (const { flow, error } of results) await t.test(flow, () => assert.ok(error === undefined, error));
			await t.test("none is left out", () => assert.deepEqual(methods.filter((method) => !driven.includes(method)), []));
			assert.equal((await api(at.bellhop.url).request("GET", "/healthz")).status, 200);
		});
	}
	/* a desk for each version: what one made is not there for the other */
	const deskOf: Record<string, ReturnType<typeof desk>> = Object.fromEntries(Object.keys(versions).map((name) => [name, desk(engine)]));
});
