/* What lies under every route: addresses, methods, media types, bodies, limits, and the two documents that need no sign-in. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { desk, expectStatus, newContact, newTicket, OBJECTS, raw, refused, routes } from "./help.ts";

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
