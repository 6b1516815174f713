/* The API describes itself: a page for people whose commands work as they stand there, and OpenAPI that says what each route takes
 * and gives. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { binary, forEachEngine, run } from "../harness/index.ts";
import { desk } from "./help.ts";

const plain = (html: string) => html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");

forEachEngine((engine) => {
	const at = desk(engine);

	test("every command of the API page works as it stands there, in order", async (t) => {
		const page = await (await fetch(`${at.bellhop.url}/docs/api`)).text();
		const examples = [...page.matchAll(/<pre class="example" data-status="(\d+)">([^]*?)<\/pre>/g)];
		assert.ok(examples.length >= 12);
		for (const [, status, command] of examples) {
			await t.test(plain(command as string).split("\n")[0] as string, async () => {
				const { stdout } = await promisify(execFile)("sh", ["-c", plain(command as string).replace("curl ", 'curl -sS -w "\\n%{http_code}" ')], {
					env: { ...process.env, DESK: at.bellhop.url, TOKEN: at.bellhop.token },
				});
				const body = stdout.slice(0, stdout.lastIndexOf("\n"));
				assert.equal(stdout.slice(stdout.lastIndexOf("\n") + 1), status, body);
				JSON.parse(body);
			});
		}
	});

	test("the API page names every route and every model that one takes or gives", async () => {
		const answer = await fetch(`${at.bellhop.url}/docs/api`);
		assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
		assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/);
		const page = plain(await answer.text());
		for (const line of run([binary, "routes"]).trim().split("\n")) {
			const [method, path] = line.split(/\s+/);
			assert.ok(page.includes(`<b>${method}</b> <code>${path}</code>`), line);
		}
		for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(page.includes(`id="${anchor}"`), anchor);
	});

	test("OpenAPI describes the body and the answer of every route, with names that exist and are used", async () => {
		const spec = (await at.bellhop.api.request("GET", "/openapi.json")).body;
		assert.equal(spec.openapi, "3.1.0");
		const ids = new Set<string>();
		const loose: string[] = [];
		for (const [path, item] of Object.entries<any>(spec.paths)) {
			for (const [method, operation] of Object.entries<any>(item)) {
				ids.add(operation.operationId);
				const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
				assert.deepEqual(operation.parameters.filter((one: any) => one.in === "path").map((one: any) => one.name), inPath);
				for (const [status, answer] of Object.entries<any>(operation.responses)) {
					if (status !== "204" && !describes(answer)) loose.push(`${method} ${path}: the answer ${status}`);
				}
				if (["post", "put", "patch"].includes(method) && operation.requestBody && !describes(operation.requestBody)) loose.push(`${method} ${path}: the body`);
			}
		}
		const operations = Object.values<any>(spec.paths).flatMap((item) => Object.keys(item)).length;
		assert.equal(ids.size, operations);
		assert.deepEqual(loose, []);
		const text = JSON.stringify(spec);
		for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(spec.components.schemas[name as string], name);
		for (const name of Object.keys(spec.components.schemas)) assert.ok(text.includes(`"#/components/schemas/${name}"`), `${name} is used by nothing`);
	});
});

/* Does it say more than "an object"? What this description is, its own standard says. */
function describes(body: any): boolean {
	if (body.description === "This description.") return true;
	return Object.entries<any>(body.content ?? {}).some(([type, { schema }]) => type !== "application/json" || schema.type === "array" || JSON.stringify(schema).includes("$ref"));
}
