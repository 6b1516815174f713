/* What a newcomer does: `make run`, sign in with what it prints, `make mail`. */
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { api, binary, freePort, run, type Server, startServer, tempDir, waitFor } from "./harness/index.ts";

const tool = (name: string) => fileURLToPath(new URL(`../tools/${name}`, import.meta.url));

test("the first start makes a demo desk and tells how to get in, a first email becomes a ticket, and the second start finds it", {
	skip: existsSync(binary) ? false : `skipped: no ${binary}`,
}, async () => {
	const data = join(tempDir("run"), "data");
	const [http, lmtp] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
	const env = { BELLHOP_DATA: data, BELLHOP_HTTP: http, BELLHOP_LMTP: lmtp, BELLHOP_DB: undefined };
	const start = async (): Promise<Server> => {
		const server = startServer("make run", [tool("run")], { env });
		await waitFor("an answer", async () => {
			assert.equal(server.ended, undefined, server.log);
			return (await fetch(`http://${http}/healthz`)).ok;
		});
		return server;
	};

	let server = await start();
	assert.match(server.log, new RegExp(`http://${http}`));
	const [, email, password] = /Sign in with +(\S+) +password (\S+)/.exec(server.log) ?? [];
	assert.equal(statSync(join(data, "sign-in")).mode & 0o777, 0o600);
	const session = await api(`http://${http}`).request("POST", "/desk/v1/session", { email, password }, { origin: `http://${http}` });
	assert.equal(session.status, 201, session.text);
	const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
	const desk = api(`http://${http}`, undefined, { cookie });
	const subjects = async () => (await desk.get("/desk/v1/views/open/tickets?limit=50")).results.map((row: { subject: string }) => row.subject);
	assert.ok((await subjects()).length >= 4, "the demo tickets");

	run([tool("mail")], { env: { ...env, SUBJECT: "Valo välkkyy" } });
	await waitFor("the ticket", async () => (await subjects()).includes("Valo välkkyy"));
	await server.stop();
	assert.equal(server.ended, "exit 0", server.log);

	server = await start();
	assert.match(server.log, new RegExp(`password ${password}`));
	assert.ok((await subjects()).includes("Valo välkkyy"));
	await server.stop();
});
