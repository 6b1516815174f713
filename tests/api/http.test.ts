/* What lies under every route: addresses, methods, media types, bodies, limits, and the two documents that need no sign-in. */
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newContact, newTicket, OBJECTS, raw, refused, routes, sql } from "./help.ts";

const TICKET = { properties: { subject: "x", hs_pipeline_stage: "1" } };

forEachEngine((engine) => {
	const at = desk(engine);

	describe("addresses", () => {
		test("a slash at the end, two slashes and an encoded letter mean the same", async () => {
			const { id } = await newTicket(at.call);
			for (const path of [`${OBJECTS}/tickets/${id}/`, `/${OBJECTS}/tickets/${id}`, `${OBJECTS}//tickets//${id}`, `/crm/v3/%6fbjects/tickets/${id}`, `//crm/v3/objects/tickets/${id}/?properties=subject`]) {
				const answer = await raw(at.bellhop, [`GET ${path} HTTP/1.1`]);
				assert.equal(answer.status, 200, `${path}: ${answer.text}`);
				assert.equal(JSON.parse(answer.text).id, id);
			}
			const owners = await expectStatus(at.call("GET", "/crm/v3/owners/?limit=10&archived=false"), 200);
			assert.deepEqual(owners, await expectStatus(at.call("GET", "/crm/v3/owners?limit=10"), 200));
		});

		test("segments are decoded after the path is cut, so %2F stays inside of one", async () => {
			await refused(at.call("GET", `${OBJECTS}/contacts/a%2Fb%40customer.example?idProperty=email`), 404, "resource not found");
			const made = await newContact(at.call, "plus+tag@customer.example");
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/plus+tag%40customer.example?idProperty=email`), 200)).id, made.id);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/contacts/plus%2Btag%40customer.example?idProperty=email`), 200)).id, made.id);
		});

		test("what is not well-formed is 400: broken escapes, bytes that are no text, NUL", async () => {
			for (const path of [`${OBJECTS}/tickets/%zz`, `${OBJECTS}/tickets/%`, `${OBJECTS}/tickets/1?properties=%g1`]) {
				const answer = await raw(at.bellhop, [`GET ${path} HTTP/1.1`]);
				assert.equal(answer.status, 400, path);
				assert.equal(JSON.parse(answer.text).category, "VALIDATION_ERROR");
			}
			for (const path of [`${OBJECTS}/contacts/%ff%fe?idProperty=email`, `${OBJECTS}/contacts/%00?idProperty=email`, `${OBJECTS}/tickets/%00`, `${OBJECTS}/%00`, `/crm/v3/owners?email=%00`, `/crm/v3/owners?email=%ff`]) {
				const answer = await raw(at.bellhop, [`GET ${path} HTTP/1.1`]);
				assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
				assert.equal(JSON.parse(answer.text).status, "error");
			}
		});

		test("an unknown address is 404 in JSON, a wrong method 405 with those that it answers", async () => {
			for (const path of ["/crm/v3/nothing", "/crm", "/conversations/v3/conversations/nothing", "/desk/v1/nothing", `${OBJECTS}/tickets/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17`]) {
				const answer = await at.call("GET", path);
				assert.ok([400, 404].includes(answer.status), path);
			}
			const put = await at.call("PUT", `${OBJECTS}/tickets/1`);
			assert.equal((await refused(put, 405)).category, "METHOD_NOT_ALLOWED");
			assert.deepEqual(put.headers.get("allow")?.split(", ").sort(), ["DELETE", "GET", "PATCH"]);
			await refused(at.call("DELETE", "/crm/v3/owners"), 405);
			await refused(at.call("POST", "/healthz"), 405);
			assert.equal((await raw(at.bellhop, [`BREW ${OBJECTS}/tickets HTTP/1.1`])).status, 405);
		});

		test("HEAD is GET without the body", async () => {
			const { id } = await newTicket(at.call);
			const answer = await raw(at.bellhop, [`HEAD ${OBJECTS}/tickets/${id} HTTP/1.1`]);
			assert.deepEqual([answer.status, answer.text], [200, ""]);
			assert.ok(Number(answer.headers["content-length"]) > 100);
		});

		test("OPTIONS and TRACE are methods like others that an address does not answer: 405, with Allow, and nothing for other sites", async () => {
			for (const method of ["OPTIONS", "TRACE"]) {
				const answer = await raw(at.bellhop, [`${method} ${OBJECTS}/tickets HTTP/1.1`, "Origin: https://evil.example", "Access-Control-Request-Method: POST"]);
				assert.equal(answer.status, 405, answer.text);
				assert.deepEqual(answer.headers.allow?.split(", ").sort(), ["GET", "POST"]);
				assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith("access-control")), []);
			}
			assert.ok([400, 404, 405].includes((await raw(at.bellhop, ["OPTIONS * HTTP/1.1"])).status));
		});

		test("a head larger than allowed is 431", async () => {
			/* line by line, and none once the answer is there, so that closing does not overtake it */
			const socket = createConnection(at.bellhop.httpPort, "127.0.0.1");
			let got = "";
			socket.on("data", (chunk) => (got += chunk)).on("error", () => {});
			socket.write(`GET ${OBJECTS}/tickets HTTP/1.1\r\nHost: 127.0.0.1\r\n`);
			for (let i = 0; i < 60 && got === ""; i++) {
				socket.write(`X-Long-${i}: ${"a".repeat(500)}\r\n`);
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			socket.destroy();
			assert.match(got, /^HTTP\/1\.1 431 /);
		});

		test("lists come repeated, by commas, and mixed", async () => {
			const { id } = await newTicket(at.call, { hs_ticket_priority: "HIGH", content: "Words" });
			const read = async (query: string) => Object.keys((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}?${query}`), 200)).properties).sort();
			const wanted = await read("properties=content&properties=hs_ticket_priority&properties=subject");
			assert.ok(["content", "hs_ticket_priority", "subject"].every((name) => wanted.includes(name)));
			for (const query of ["properties=content,hs_ticket_priority,subject", "properties=content%2Chs_ticket_priority&properties=subject", "properties=%20content%20,,subject&&properties=hs_ticket_priority,subject"]) assert.deepEqual(await read(query), wanted, query);
		});

		test("the log has the correlation id of every refusal, and nothing of what was sent", async () => {
			const answer = await at.call("GET", "/crm/v3/objects/contacts/nobody.known@refused.example?idProperty=email");
			const { correlationId } = await refused(answer, 404);
			assert.match(at.bellhop.log, new RegExp(`info ${correlationId} GET /crm/v3/objects/\\{\\w+\\}/\\{\\w+\\}: ERR_NOT_FOUND\\n`));
			const bad = await refused(at.call("POST", "/crm/v3/objects/contacts", { properties: { email: "not an address, refused.example" } }), 400);
			assert.match(at.bellhop.log, new RegExp(`info ${bad.correlationId} POST [^:]+: ERR_\\w+\\n`));
			assert.doesNotMatch(at.bellhop.log, /refused\.example/);
		});

		test("every answer has a correlation id; the log has that of a failure", async () => {
			const ids = new Set<string>();
			for (const [method, path, status] of [["GET", "/healthz", 200], ["GET", "/crm/v3/nothing", 404], ["POST", `${OBJECTS}/tickets`, 400], ["GET", `${OBJECTS}/tickets/999999`, 404], ["PUT", "/healthz", 405]] as const) {
				const answer = await at.call(method, path, method === "POST" ? {} : undefined);
				assert.equal(answer.status, status);
				ids.add(answer.headers.get("x-hubspot-correlation-id") ?? "");
			}
			assert.equal(ids.size, 5);
			await sql(at.bellhop, "ALTER TABLE team RENAME TO team_that_was");
			const answer = await at.call("GET", "/desk/v1/teams");
			await sql(at.bellhop, "ALTER TABLE team_that_was RENAME TO team");
			await refused(answer, 500, "Something went wrong on our side. The log has the details.");
			assert.match(at.bellhop.log, new RegExp(`${answer.body.correlationId} GET /desk/v1/teams: ERR_INTERNAL: `));
			await expectStatus(at.call("GET", "/desk/v1/teams"), 200);
			const early = await raw(at.bellhop, [`GET ${OBJECTS}/tickets HTTP/1.1`, "Content-Length: 5", "Transfer-Encoding: chunked"]);
			assert.equal(early.headers["x-hubspot-correlation-id"], JSON.parse(early.text).correlationId);
		});

		test("an address longer than allowed is 414", async () => {
			const answer = await raw(at.bellhop, [`GET ${OBJECTS}/tickets?properties=${"a".repeat(9000)} HTTP/1.1`]);
			assert.equal(answer.status, 414, answer.text);
			assert.equal(JSON.parse(answer.text).category, "URI_TOO_LONG");
		});
	});

	describe("bodies", () => {
		test("a body in chunks is read as one", async () => {
			const body = Buffer.from(JSON.stringify({ properties: { subject: "In ä chunks", hs_pipeline_stage: "1" } }));
			const chunks = [...body].map((byte) => Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]));
			const answer = await raw(at.bellhop, [`POST ${OBJECTS}/tickets HTTP/1.1`, "Content-Type: application/json", "Transfer-Encoding: chunked"], Buffer.concat([...chunks, Buffer.from("0\r\n\r\n")]));
			assert.equal(answer.status, 201, answer.text);
			assert.equal(JSON.parse(answer.text).properties.subject, "In ä chunks");
		});

		test("JSON by its name, with a charset, or +json is taken; other media types are 415", async () => {
			const send = (type: string) => at.call("POST", `${OBJECTS}/tickets`, JSON.stringify(TICKET), { "content-type": type });
			for (const type of ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8", "application/merge-patch+json"]) await expectStatus(send(type), 201);
			for (const type of ["text/plain", "text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
				assert.equal((await refused(send(type), 415)).category, "UNSUPPORTED_MEDIA_TYPE");
		});

		test("JSON that is none is refused with the line and the column", async () => {
			const post = (text: string) => at.call("POST", `${OBJECTS}/tickets`, text);
			await refused(post("{"), 400, /^Invalid input JSON on line 1, column [12]:/);
			await refused(post('{\n  "properties": {\n    "subject": nonsense\n  }\n}'), 400, /^Invalid input JSON on line 3, column \d+:/);
			for (const text of ["{} {}", "[1,]", '{"a":1,"a":2}', "\u{feff}{}", "NaN", "'a'", '{"properties":{"subject":"\\ud800"}}', "{\"properties\":{\"subject\":\"\\u0000\"}}", '{"properties":{"subject":"\u0000"}}', "1e999"])
				await refused(post(text), 400, /^Invalid input JSON on line 1, column \d+/);
			for (const text of ["null", "1", '"text"', "[]", "true"]) await refused(post(text), 400);
			const bytes = await raw(at.bellhop, [`POST ${OBJECTS}/tickets HTTP/1.1`, "Content-Type: application/json", "Content-Length: 33"], Buffer.from('{"properties":{"subject":"\xff\xfeabc"}', "latin1"));
			assert.equal(bytes.status, 400, bytes.text);
		});

		test("brackets too deep, and values too many, are refused and harm nobody", async () => {
			const post = (text: string) => at.call("POST", `${OBJECTS}/tickets`, text);
			await refused(post("[".repeat(100_000)), 400, /JSON/);
			await refused(post(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`), 400, /JSON/);
			const many = await post(`[${"1,".repeat(600_000)}1]`);
			assert.ok([400, 413].includes(many.status), many.text);
			await expectStatus(at.call("GET", "/healthz"), 200);
		});

		test("more properties, and more links, than one write may have are refused", async () => {
			const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, "x"]));
			const answer = await at.call("POST", `${OBJECTS}/tickets`, { properties });
			assert.ok([400, 413].includes(answer.status));
			await refused(at.call("POST", `${OBJECTS}/tickets`, { ...TICKET, associations: Array(600).fill({ to: { id: 1 }, types: [] }) }), 413, /500 associations/);
		});

		test("a body of 40 MB is 413, by its announced length and in chunks", async () => {
			const long = await raw(at.bellhop, [`POST ${OBJECTS}/tickets HTTP/1.1`, "Content-Type: application/json", `Content-Length: ${40 << 20}`], Buffer.alloc(1 << 20, 32));
			assert.equal(long.status, 413, long.text);
			assert.equal(JSON.parse(long.text).category, "TOO_LARGE");
			const piece = Buffer.concat([Buffer.from("400000\r\n"), Buffer.alloc(4 << 20, 32), Buffer.from("\r\n")]);
			const chunked = await raw(at.bellhop, [`POST ${OBJECTS}/tickets HTTP/1.1`, "Content-Type: application/json", "Transfer-Encoding: chunked"], Buffer.concat(Array(10).fill(piece)));
			assert.equal(chunked.status, 413, chunked.text);
		});

		test("framing that two parties could read differently is refused", async () => {
			for (const lines of [["Content-Length: 5", "Transfer-Encoding: chunked"], ["Content-Length: 5", "Content-Length: 6"], ["Transfer-Encoding: gzip, chunked"]]) {
				const answer = await raw(at.bellhop, [`POST ${OBJECTS}/tickets HTTP/1.1`, "Content-Type: application/json", ...lines], "0\r\n\r\n");
				assert.equal(answer.status, 400, lines.join());
			}
		});
	});

	describe("compression", () => {
		const get = (path: string, headers: string[] = [], method = "GET") => raw(at.bellhop, [`${method} ${path} HTTP/1.1`, ...headers]);
		const fetched = async (path: string, encoding: string) => {
			const answer = await fetch(`${at.bellhop.url}${path}`, { headers: { authorization: `Bearer ${at.bellhop.token}`, "accept-encoding": encoding } });
			return { answer, text: await answer.text() };
		};

		test("a long answer of a read is gzip for who takes it, and says that it varies", async () => {
			for (let i = 0; i < 10; i++) await newTicket(at.call, { subject: `Long ${i} ${"words ".repeat(30)}` });
			const path = `${OBJECTS}/tickets?limit=10`;
			const plain = await get(path);
			assert.deepEqual([plain.headers["content-encoding"], plain.headers.vary], [undefined, "Accept-Encoding"]);
			const packed = await get(path, ["Accept-Encoding: deflate, gzip;q=0.8"]);
			assert.deepEqual([packed.headers["content-encoding"], packed.headers.vary, packed.headers["content-type"]], ["gzip", "Accept-Encoding", "application/json;charset=utf-8"]);
			assert.ok(Number(packed.headers["content-length"]) < Number(plain.headers["content-length"]) / 3);
			const { answer, text } = await fetched(path, "gzip");
			assert.equal(answer.headers.get("content-encoding"), "gzip");
			assert.equal(text, plain.text);
			const head = await get(path, ["Accept-Encoding: gzip"], "HEAD");
			assert.deepEqual([head.headers["content-encoding"], head.headers["content-length"], head.text], ["gzip", packed.headers["content-length"], ""]);
			for (const no of ["identity", "gzip;q=0", "br"]) assert.equal((await get(path, [`Accept-Encoding: ${no}`])).headers["content-encoding"], undefined, no);
			const search = await raw(at.bellhop, [`POST ${OBJECTS}/tickets/search HTTP/1.1`, "Content-Type: application/json", "Accept-Encoding: gzip", "Content-Length: 2"], "{}");
			assert.equal(search.headers["content-encoding"], "gzip");
		});

		test("what is short, has an ETag, is a write, shows a secret, or is a live stream stays as it is", async () => {
			const { id } = await newTicket(at.call, { content: "long ".repeat(500) });
			const gzip = { "accept-encoding": "gzip" };
			const answers = [
				await at.call("GET", "/desk/v1/session", undefined, gzip),
				await at.call("GET", `${OBJECTS}/tickets/${id}?properties=content`, undefined, gzip),
				await at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { content: "longer ".repeat(500) } }, gzip),
				await at.call("POST", "/desk/v1/tokens", { name: "x", scopes: Array.from({ length: 200 }, (_, i) => `scope.${i}`) }, gzip),
			];
			for (const answer of answers) assert.equal(answer.headers.get("content-encoding"), null, answer.text.slice(0, 80));
			const stream = new AbortController();
			const live = await fetch(`${at.bellhop.url}/desk/v1/stream`, { headers: { ...gzip, authorization: `Bearer ${at.bellhop.token}` }, signal: stream.signal });
			assert.equal(live.headers.get("content-encoding"), null);
			stream.abort();
		});
	});

	describe("documents without sign-in", () => {
		test("GET /healthz tells version, database, queues and mailboxes, and no secret", async () => {
			const answer = await fetch(`${at.bellhop.url}/healthz`);
			assert.equal(answer.status, 200);
			assert.equal(answer.headers.get("content-type"), "application/json;charset=utf-8");
			const text = await answer.text();
			const health = JSON.parse(text);
			assert.equal(health.status, "ok");
			assert.match(health.version, /^\d+\.\d+/);
			assert.match(JSON.stringify(health.database), new RegExp(engine));
			for (const name of ["queueDepth", "quarantined"]) assert.equal(typeof health[name], "number");
			assert.deepEqual(Object.keys(health.outbox).sort(), ["failed", "queued", "waiting"]);
			assert.ok(Array.isArray(health.mailboxes));
			assert.equal(/password|postgres:\/\//.test(text), false);
		});

		test("GET /openapi.json is OpenAPI 3.1: every reference resolves, every path parameter is described, every route is there", async () => {
			const doc = (await (await fetch(`${at.bellhop.url}/openapi.json`)).json()) as any;
			assert.match(doc.openapi, /^3\.1\.\d+$/);
			assert.ok(doc.info.title && doc.info.version);
			const problems: string[] = [];
			const walk = (value: any, where: string): void => {
				if (value === null) problems.push(`${where} is null`);
				if (typeof value !== "object" || value === null) return;
				if (typeof value.$ref === "string") {
					let target = doc;
					for (const part of value.$ref.replace(/^#\//, "").split("/")) target = target?.[part];
					if (target === undefined) problems.push(`${where}: ${value.$ref}`);
				}
				for (const [key, inner] of Object.entries(value)) walk(inner, `${where}/${key}`);
			};
			walk(doc, "#");
			const found: string[] = [];
			for (const [path, item] of Object.entries<any>(doc.paths)) {
				if (!path.startsWith("/")) problems.push(path);
				const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
				for (const [method, operation] of Object.entries<any>(item)) {
					found.push(`${method.toUpperCase()} ${path}`);
					const described = operation.parameters.filter((p: any) => p.in === "path").map((p: any) => p.name);
					if (wanted.join() !== described.join()) problems.push(`${method} ${path}: ${described}`);
					if (Object.keys(operation.responses).length === 0) problems.push(`${method} ${path}: no responses`);
					for (const response of Object.values<any>(operation.responses)) if (typeof response.description !== "string") problems.push(`${method} ${path}: a response without description`);
				}
			}
			for (const [name, schema] of Object.entries<any>(doc.components.schemas)) {
				for (const required of schema.required ?? []) if (!(required in schema.properties)) problems.push(`${name}: ${required}`);
			}
			assert.deepEqual(problems, []);
			assert.deepEqual(found.sort(), routes().map(({ method, path }) => `${method} ${path}`).sort());
		});
	});
});
