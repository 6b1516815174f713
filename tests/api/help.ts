import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { after, before } from "node:test";
import { type ApiAnswer, type ApiClient, api, type Bellhop, type BellhopOptions, type Engine, binary, lmtpSend, run, startBellhop, startPostgres, waitFor } from "../harness/index.ts";

export const OBJECTS = "/crm/v3/objects";
export const CONVERSATIONS = "/conversations/v3/conversations";
export const agent = { email: "agent@desk.example", password: "agents have words" };

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiAnswer>;

/* Sends a request whose answer has to be a well-formed one of this API, whatever its status is. */
export function caller(client: ApiClient): Call {
	return async (method, path, body, headers) => {
		const answer = await client.request(method, path, body, headers);
		checkForm(answer, `${method} ${path}`);
		return answer;
	};
}

/* What holds for every answer: a body has a type, no body has none, and an error is the envelope with its id. */
export function checkForm(answer: ApiAnswer, what: string): void {
	const type = answer.headers.get("content-type");
	if (answer.status === 204 || answer.text === "") {
		assert.equal(answer.text, "", what);
		return;
	}
	assert.equal(type, "application/json;charset=utf-8", `${what}: ${answer.status} ${answer.text}`);
	const id = answer.headers.get("x-hubspot-correlation-id") ?? "";
	assert.match(id, /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/, what);
	if (answer.status < 400) return;
	assert.equal(answer.body.status, "error", what);
	assert.equal(answer.body.correlationId, id, what);
	assert.equal(typeof answer.body.message, "string", what);
	assert.notEqual(answer.body.message, "", what);
	for (const values of Object.values(answer.body.context ?? {})) assert.ok(Array.isArray(values) && values.every((value) => typeof value === "string"), what);
}

/* One running desk for all tests of a describe block, with an agent beside the administrator. */
export function desk(engine: Engine, options: Partial<BellhopOptions> = {}) {
	const at = {} as { bellhop: Bellhop; call: Call; token(user: string, scopes: string): Call };
	before(async () => {
		at.bellhop = await startBellhop({ engine, ...options });
		at.bellhop.command("user", "add", "--email", agent.email, "--password", agent.password, "--first-name", "Aino", "--last-name", "Agent");
		/* so that a mix-up of owners and users is seen */
		await sql(at.bellhop, "UPDATE owner SET id = id + 500");
		at.call = caller(at.bellhop.api);
		at.token = (user, scopes) => caller(api(at.bellhop.url, at.bellhop.command("token", "create", "--user", user, "--scopes", scopes).trim()));
	});
	after(() => at.bellhop?.stop());
	return at;
}

/* Changes the data behind the program's back. */
export async function sql(bellhop: Bellhop, statement: string): Promise<string> {
	if (bellhop.db) return (await startPostgres()).query(bellhop.db, statement);
	return run(["sqlite3", "-cmd", ".timeout 10000", join(bellhop.dataDir, "bellhop.db"), statement]).trimEnd();
}

/* What people outside read in a language (locales/public), with its {names} filled in; English where it is not translated yet. */
export function said(language: string, key: string, values: Record<string, string> = {}): string {
	const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(`../../locales/public/${name}.json`, import.meta.url), "utf8"));
	const text = read(language)[key] ?? read("en")[key];
	assert.ok(text, key);
	return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/* Signs in as a browser would; the cookie as it has to be sent back. */
export async function signIn(bellhop: Bellhop, who: { email: string; password: string }): Promise<string> {
	const answer = await api(bellhop.url).request("POST", "/desk/v1/session", who, { origin: bellhop.url });
	assert.equal(answer.status, 201, answer.text);
	return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

export function byCookie(bellhop: Bellhop, cookie: string): Call {
	return caller(api(bellhop.url, undefined, { cookie, origin: bellhop.url }));
}

/* The body of an answer that has to have this status. */
export async function expectStatus(answer: ApiAnswer | Promise<ApiAnswer>, status: number): Promise<any> {
	const got = await answer;
	assert.equal(got.status, status, got.text);
	return got.body;
}

/* An error that has to have this status; its sentence may be checked too. */
export async function refused(answer: ApiAnswer | Promise<ApiAnswer>, status: number, message?: RegExp | string): Promise<any> {
	const body = await expectStatus(answer, status);
	if (typeof message === "string") assert.equal(body.message, message);
	else if (message) assert.match(body.message, message);
	return body;
}

export async function newTicket(call: Call, properties: Record<string, unknown> = {}, associations?: unknown): Promise<any> {
	return expectStatus(call("POST", `${OBJECTS}/tickets`, { properties: { subject: "Broken lamp", hs_pipeline_stage: "1", ...properties }, associations }), 201);
}

export async function newContact(call: Call, email: string, properties: Record<string, unknown> = {}): Promise<any> {
	return expectStatus(call("POST", `${OBJECTS}/contacts`, { properties: { email, ...properties } }), 201);
}

export async function newCompany(call: Call, name: string): Promise<any> {
	return expectStatus(call("POST", `${OBJECTS}/companies`, { properties: { name } }), 201);
}

/* A mail to the desk's inbox; the ticket it opened. */
export async function mailIn(bellhop: Bellhop, from: string, subject: string, text = "Please help."): Promise<any> {
	const data = `From: ${from}\nTo: ${bellhop.inbox}\nSubject: ${subject}\nMessage-ID: <${Math.random().toString(36).slice(2)}@customer.example>\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n\n${text}\n`;
	const sent = await lmtpSend(bellhop.lmtpPort, { from, to: [bellhop.inbox], data });
	assert.equal(sent.replies[0]?.code, 250, sent.replies[0]?.text);
	return waitFor(`the ticket "${subject}"`, async () => (await bellhop.api.get("/desk/v1/views/open/tickets?limit=100")).results.find((row: any) => row.subject === subject));
}

export interface Route {
	method: string;
	path: string;
	who: "anybody" | "agent" | "admin" | "super admin";
	status: number;
	/* "-": none; "{objectType}": that of the types in the path. */
	scope: string;
}

/* The table of routes, as the program prints it. */
export function routes(): Route[] {
	return run([binary, "routes"])
		.trimEnd()
		.split("\n")
		.map((line) => {
			const [, method, path, who, status, scope] = /^(\w+) +(\S+) +(anybody|agent|admin|super admin) +(\d+) +(\S+) /.exec(line) ?? [];
			if (!scope) throw new Error(`not a route: ${line}`);
			return { method, path, who, status: Number(status), scope } as Route;
		});
}

export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/* Bytes as they are, for what fetch would tidy up; reads to the end of the connection. */
export function raw(bellhop: Bellhop, head: string[], body: string | Buffer = ""): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		const socket = createConnection(bellhop.httpPort, "127.0.0.1");
		const chunks: Buffer[] = [];
		let isDone = false;
		const finish = () => {
			if (isDone) return;
			isDone = true;
			const text = Buffer.concat(chunks).toString("utf8");
			const at = text.indexOf("\r\n\r\n");
			const [first = "", ...lines] = text.slice(0, at).split("\r\n");
			const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
			resolve({ status: Number(first.split(" ")[1]), headers, text: text.slice(at + 4) });
		};
		socket.on("data", (chunk) => chunks.push(chunk));
		socket.on("close", finish);
		/* a server that refuses early closes while we still send */
		socket.on("error", (error) => (chunks.length > 0 ? finish() : reject(error)));
		socket.write(`${head.join("\r\n")}\r\nHost: 127.0.0.1:${bellhop.httpPort}\r\nConnection: close\r\nAuthorization: Bearer ${bellhop.token}\r\n\r\n`);
		socket.write(body);
	});
}
