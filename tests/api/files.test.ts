/* Files under /files/v3/files: uploads that never stand in memory, links, public addresses, and what is gone. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createConnection } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine, startBellhop, waitFor } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, newTicket, refused, signIn, sql } from "./help.ts";

export const FILES = "/files/v3/files";
const png = (width: number, height: number, more = "") => {
	const head = Buffer.alloc(33);
	Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(head);
	head.writeUInt32BE(width, 16);
	head.writeUInt32BE(height, 20);
	return Buffer.concat([head, Buffer.from(more)]);
};

forEachEngine((engine) => {
	const at = desk(engine, { args: ["--allow-internal", "127.0.0.1"] });
	const client = () => new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
	/* A form as any HTTP client sends it. */
	const send = async (method: string, path: string, content: Buffer | string | undefined, fields: Record<string, unknown> = {}, fileName = "cat.png", headers: Record<string, string> = { authorization: `Bearer ${at.bellhop.token}` }) => {
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.set(name, typeof value === "string" ? value : JSON.stringify(value));
		if (content !== undefined) form.set("file", new Blob([content as any]), fileName);
		const answer = await fetch(at.bellhop.url + path, { method, body: form, headers });
		const text = await answer.text();
		return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : undefined };
	};
	const upload = (content: Buffer | string, fields: Record<string, unknown> = {}, fileName?: string): Promise<any> => expectStatus(send("POST", FILES, content, { options: { access: "PRIVATE" }, ...fields }, fileName), 201);
	const bytesOf = async (url: string, headers: Record<string, string> = {}, method = "GET") => {
		const answer = await fetch(url, { method, headers });
		return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
	};
	/* The bytes that are on disk, and uploads that are not finished. */
	const blobs = () => readdirSync(join(at.bellhop.dataDir, "blobs")).flatMap((dir) => readdirSync(join(at.bellhop.dataDir, "blobs", dir)));
	const drafts = () => readdirSync(join(at.bellhop.dataDir, "drafts"));
	const sweep = async () => {
		await sql(at.bellhop, "UPDATE job SET run_at = 0 WHERE kind = 'desk.sweep'");
		await newTicket(at.call); /* a commit wakes the runner */
	};

	describe("the unmodified client", () => {
		test("every method of filesApi", async () => {
			const { filesApi } = client().files;
			const content = png(64, 48, "by the client");
			const made: any = await filesApi.upload({ data: content, name: "client.png" } as any, undefined, "/by/client", undefined, undefined, JSON.stringify({ access: "PUBLIC_NOT_INDEXABLE" }));
			assert.match(made.id, /^\d+$/);
			for (const key of ["access", "createdAt", "archived", "updatedAt"]) assert.ok(key in made, key);
			assert.deepEqual([made.name, made.extension, made.type, made.encoding, made.size, made.width, made.height, made.path, made.access, made.archived, made.isUsableInContent], ["client", "png", "IMG", "png", content.length, 64, 48, "/by/client/client.png", "PUBLIC_NOT_INDEXABLE", false, true]);
			assert.deepEqual(await filesApi.getById(made.id), made);
			assert.deepEqual(Object.keys((await filesApi.getById(made.id, ["name"])) as any).sort(), ["access", "archived", "createdAt", "id", "name", "updatedAt"]);
			assert.equal(((await filesApi.getMetadata("/by/client/client.png")).file as any).id, made.id);
			assert.equal((await filesApi.getMetadata("by/client")).folder?.id, made.parentFolderId);
			const found = await filesApi.doSearch(undefined, undefined, undefined, 10, ["-createdAt"], undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, "client");
			assert.deepEqual(found.results.map((f: any) => f.id), [made.id]);
			const changed: any = await filesApi.updateProperties(made.id, { name: "renamed", access: "PRIVATE" as any });
			assert.deepEqual([changed.name, changed.extension, changed.access], ["renamed", "png", "PRIVATE"]);
			const replaced: any = await filesApi.replace(made.id, { data: png(10, 20), name: "other.png" } as any, undefined, JSON.stringify({ access: "PRIVATE" }));
			assert.deepEqual([replaced.id, replaced.name, replaced.width, replaced.height], [made.id, "renamed", 10, 20]);
			const link = await filesApi.getSignedUrl(made.id, undefined, 60);
			assert.deepEqual([link.name, link.extension, link.type, link.size, link.width, link.height], ["renamed", "png", "IMG", 33, 10, 20]);
			assert.ok(link.expiresAt instanceof Date && Math.abs(link.expiresAt.getTime() - Date.now() - 60000) < 5000);
			assert.deepEqual((await bytesOf(link.url)).bytes, png(10, 20));
			await filesApi.archive(made.id);
			const gone: any = await filesApi.getById(made.id).then(() => assert.fail("it is still there"), (error) => error);
			assert.deepEqual([gone.code, gone.body.message], [404, "resource not found"]);
			await filesApi._delete(made.id);
		});
	});

	describe("uploads", () => {
		test("folders are made on the way; the name may be another; types come from the bytes and the name", async () => {
			const made = await upload("a,b\n", { folderPath: "/library//cats/", fileName: "list" }, "table.csv");
			assert.deepEqual([made.path, made.type, made.size, made.width], ["/library/cats/list.csv", "DOCUMENT", 4, undefined]);
			const inId = await upload("x", { folderId: made.parentFolderId }, "C:\\temp\\note.TXT");
			assert.deepEqual([inId.path, inId.parentFolderId, inId.type], ["/library/cats/note.txt", made.parentFolderId, "TEXT"]);
			const root = await upload("no extension", {}, "Makefile");
			assert.deepEqual([root.path, root.extension, root.parentFolderId, root.type], ["/Makefile", undefined, undefined, "OTHER"]);
			const disguised = await upload(png(3, 4), {}, "picture.exe");
			assert.deepEqual([disguised.type, disguised.encoding, disguised.width], ["IMG", "png", 3]);
			assert.equal((await upload("", {}, "empty.bin")).size, 0);
		});

		test("a name that is taken gets a number, or is overwritten where that is asked for", async () => {
			const one = await upload("one", { folderPath: "same" }, "a.txt");
			const two = await upload("two", { folderPath: "same" }, "a.txt");
			assert.deepEqual([one.name, two.name], ["a", "a-1"]);
			const over = await upload("three", { folderPath: "same", options: { access: "PRIVATE", overwrite: true } }, "a.txt");
			assert.deepEqual([over.id, over.size], [one.id, 5]);
		});

		test("duplicates are kept, refused or answered, in a folder or everywhere", async () => {
			const options = (duplicateValidationStrategy: string, duplicateValidationScope = "ENTIRE_PORTAL") => ({ options: { access: "PRIVATE", duplicateValidationStrategy, duplicateValidationScope } });
			const first = await upload("duplicate", { folderPath: "d1" }, "d.txt");
			assert.notEqual((await upload("duplicate", { folderPath: "d1", ...options("NONE") }, "d.txt")).id, first.id);
			await refused(send("POST", FILES, "duplicate", { folderPath: "d2", ...options("REJECT") }, "e.txt"), 409, new RegExp(`Existing ID: ${first.id}$`));
			assert.equal((await upload("duplicate", { folderPath: "d2", ...options("RETURN_EXISTING") }, "e.txt")).id, first.id);
			const other = await upload("duplicate", { folderPath: "d2", ...options("REJECT", "EXACT_FOLDER") }, "e.txt");
			assert.equal((await upload("duplicate", { folderPath: "d2", ...options("RETURN_EXISTING", "EXACT_FOLDER") }, "f.txt")).id, other.id);
		});

		test("what is wrong with a form is said, and nothing of it stays", async () => {
			const before = blobs().length;
			const wrong = async (fields: Record<string, unknown>, status: number, field: string | undefined, content: string | undefined = "wrong", name = "w.txt") => {
				const body = await refused(send("POST", FILES, content, fields, name), status);
				if (field) assert.equal(body.errors?.[0]?.in, field, JSON.stringify(body));
			};
			await wrong({ options: { access: "EVERYBODY" } }, 400, "access");
			await wrong({ options: "{no json" }, 400, undefined);
			await wrong({ options: { access: "PRIVATE", ttl: "soon" } }, 400, "ttl");
			await wrong({ options: { access: "PRIVATE", ttl: "P2Y" } }, 400, "ttl");
			await wrong({ options: { access: "PRIVATE", ttl: "PT5M" } }, 400, "ttl");
			await wrong({ options: { access: "PRIVATE", duplicateValidationStrategy: "MAYBE" } }, 400, "duplicateValidationStrategy");
			await wrong({ folderId: "999999" }, 400, "folderId");
			await wrong({ folderId: "x" }, 400, "folderId");
			await wrong({ folderId: "1", folderPath: "x" }, 400, "folderPath");
			await wrong({ folderPath: "../../etc" }, 400, "name");
			await wrong({ folderPath: Array.from({ length: 21 }, () => "deep").join("/") }, 400, "parentFolderId");
			await wrong({ fileName: "a/b.txt" }, 400, "fileName");
			await wrong({ fileName: `${"x".repeat(256)}.txt` }, 400, "fileName");
			const noFile = await refused(send("POST", FILES, undefined, { fileName: "x" }), 400);
			assert.equal(noFile.errors[0].in, "file");
			await refused(at.call("POST", FILES, { file: "x" }), 415);
			await refused(fetchForm("multipart/form-data", "x"), 415);
			await refused(fetchForm("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\ncut off"), 400);
			await refused(fetchForm("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno file\r\n--b--"), 400);
			const twice = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nx\r\n";
			await refused(fetchForm("multipart/form-data; boundary=b", `${twice}${twice}--b--`), 400);
			await waitFor("what was refused to go", async () => blobs().length === before && drafts().length === 0);
		});
		const fetchForm = async (type: string, body: string) => {
			const answer = await fetch(at.bellhop.url + FILES, { method: "POST", body, headers: { authorization: `Bearer ${at.bellhop.token}`, "content-type": type } });
			const text = await answer.text();
			return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
		};

		test("who may not is told before he has sent it all", async () => {
			await refused(send("POST", FILES, "x", {}, "x.txt", {}), 401);
			const call = at.token("admin@desk.example", "tickets");
			await refused(call("GET", `${FILES}/search`), 403, /scopes/);
			/* a page of another site, with the cookie of somebody who is signed in */
			const cookie = await signIn(at.bellhop, agent);
			await refused(send("POST", FILES, "x", {}, "x.txt", { cookie, origin: "https://evil.example" }), 403);
			assert.equal((await send("POST", FILES, "x", {}, "x.txt", { cookie, origin: at.bellhop.url })).status, 201);
			const answer = await sendSlowly(["POST /files/v3/files HTTP/1.1", "Host: x", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 100000000"], Buffer.from("--b\r\n"), "end");
			assert.match(answer, /^HTTP\/1\.1 401 /);
		});
		/* Sends a head and the beginning of a body; then waits for the end of the connection, or breaks it. */
		const sendSlowly = (head: string[], body: Buffer, then: "end" | "break") =>
			new Promise<string>((resolve, reject) => {
				const socket = createConnection(at.bellhop.httpPort, "127.0.0.1");
				let text = "";
				socket.on("data", (chunk) => (text += chunk));
				socket.on("close", () => resolve(text));
				socket.on("error", (error) => (text ? resolve(text) : reject(error)));
				socket.write(`${head.join("\r\n")}\r\n\r\n`);
				socket.write(body, () => {
					if (then === "break") setTimeout(() => socket.destroy(), 50);
				});
			});

		test("100 MB pass in flat memory, chunked, and come out as they went in", async () => {
			const memory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${at.bellhop.pid}/status`, "utf8"))?.[1]) / 1024;
			await upload("warm", {}, "warm.bin");
			const before = memory();
			const piece = Buffer.alloc(1 << 20, "0123456789abcdef-");
			const hash = createHash("sha256");
			async function* body() {
				yield Buffer.from("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"big.bin\"\r\n\r\n");
				for (let i = 0; i < 100; i++) {
					hash.update(piece);
					yield piece;
				}
				yield Buffer.from("\r\n--b--\r\n");
			}
			const answer = await fetch(at.bellhop.url + FILES, { method: "POST", body: body() as any, duplex: "half", headers: { authorization: `Bearer ${at.bellhop.token}`, "content-type": "multipart/form-data; boundary=b" } } as any);
			const made: any = await answer.json();
			assert.deepEqual([answer.status, made.size], [201, 100 << 20]);
			const more = memory() - before;
			assert.ok(more < 16, `${more.toFixed(1)} MB more at the peak`);
			const link = await expectStatus(at.call("GET", `${FILES}/${made.id}/signed-url`), 200);
			const out = await fetch(link.url);
			const back = createHash("sha256");
			for await (const chunk of out.body as any) back.update(chunk);
			assert.equal(back.digest("hex"), hash.digest("hex"));
			assert.ok(memory() - before < 16, "also when it is sent");
			const n = blobs().length;
			await expectStatus(at.call("DELETE", `${FILES}/${made.id}/gdpr-delete`), 204);
			await waitFor("the bytes to go", async () => blobs().length === n - 1);
		});

		test("an upload that breaks off leaves nothing", async () => {
			const before = blobs().length;
			const head = ["POST /files/v3/files HTTP/1.1", "Host: x", `Authorization: Bearer ${at.bellhop.token}`, "Content-Type: multipart/form-data; boundary=b", "Content-Length: 5000000"];
			const body = Buffer.concat([Buffer.from("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.bin\"\r\n\r\n"), Buffer.alloc(3000000, "x")]);
			const broken = sendSlowly(head, body, "break");
			await waitFor("the upload to be on its way", async () => drafts().length === 1);
			await broken;
			await waitFor("the upload to be gone", async () => drafts().length === 0);
			assert.equal(blobs().length, before);
		});
	});

	describe("from an address", () => {
		let server: Server;
		let base: string;
		before(async () => {
			server = createServer((request, response) => {
				if (request.url === "/picture.png?v=1") return response.writeHead(200, { "content-type": "image/png" }).end(png(7, 8));
				if (request.url === "/moved") return response.writeHead(302, { location: "/picture.png?v=1" }).end();
				if (request.url === "/inside") return response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
				response.writeHead(404).end();
			});
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
			base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		});
		after(() => server?.close());
		const fetched = async (input: object): Promise<any> => {
			const { filesApi } = client().files;
			const task = await filesApi.importFromUrl({ access: "PRIVATE", ...input } as any);
			assert.match(task.links.status as string, new RegExp(`/tasks/${task.id}/status$`));
			return waitFor("the task", async () => {
				const status = await filesApi.checkImport(task.id);
				assert.ok(status.startedAt instanceof Date && status.completedAt instanceof Date);
				return status.status === "COMPLETE" ? status : undefined;
			}, { timeoutMs: 40_000 });
		};

		test("a file is fetched as a task, also behind a redirect; name and folder may be chosen", async () => {
			const one = await fetched({ url: `${base}/picture.png?v=1`, folderPath: "/fetched" });
			assert.deepEqual([one.result.path, one.result.width, one.result.access, one.numErrors], ["/fetched/picture.png", 7, "PRIVATE", undefined]);
			const two = await fetched({ url: `${base}/moved`, name: "chosen.png", folderId: one.result.parentFolderId, access: "PUBLIC_INDEXABLE" });
			assert.deepEqual([two.result.path, two.result.access], ["/fetched/chosen.png", "PUBLIC_INDEXABLE"]);
			const same = await fetched({ url: `${base}/moved`, name: "again.png", duplicateValidationStrategy: "RETURN_EXISTING", duplicateValidationScope: "EXACT_FOLDER", folderPath: "/fetched" });
			assert.equal(same.result.id, one.result.id);
		});

		test("what is not there, and what is inside of the network, is said by the task", async () => {
			const missing = await fetched({ url: `${base}/nothing` });
			assert.deepEqual([missing.result, missing.numErrors, missing.errors[0].message], [undefined, 1, "The server answered 404."]);
			for (const url of ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/x", `${base}/inside`, "http://[::ffff:10.0.0.1]/", "http://0x0a000001/"]) {
				const refusal = await fetched({ url });
				assert.deepEqual([refusal.result, refusal.numErrors], [undefined, 1], url);
			}
			const rejected = await fetched({ url: `${base}/picture.png?v=1`, duplicateValidationStrategy: "REJECT" });
			assert.match(rejected.errors[0].message, /Existing ID/);
			const ask = (body: object) => at.call("POST", `${FILES}/import-from-url/async`, { access: "PRIVATE", url: `${base}/x`, ...body });
			for (const body of [{ url: "file:///etc/passwd" }, { url: undefined }, { access: undefined }, { access: "MINE" }, { ttl: "soon" }, { folderId: "99999999" }, { folderId: "1", folderPath: "x" }, { name: "a/b" }]) await refused(ask(body), 400);
			await refused(at.call("GET", `${FILES}/import-from-url/async/tasks/99999999/status`), 404);
		});
	});

	describe("bytes", () => {
		/* reliability.md V2 */
		test("V2 only raster images are shown, by their bytes; nothing of strangers runs", async () => {
			const svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
			const cases: [string | Buffer, string, string, boolean][] = [
				[png(1, 1), "a.png", "image/png", true],
				[Buffer.from("ffd8ffe000104a4649460001", "hex"), "a.jpg", "image/jpeg", true],
				[Buffer.from("GIF89a\x01\0\x01\0"), "a.gif", "image/gif", true],
				[Buffer.from("RIFF\0\0\0\0WEBPVP8 "), "a.webp", "image/webp", true],
			];
			for (const name of ["a.svg", "a.png", "a.html", "a.xml", "a.pdf", "a.js", "a.jpg", "a.txt", "a"]) cases.push([svg, name, "application/octet-stream", false], [`<html>${svg}`, name, "application/octet-stream", false]);
			for (const [content, name, type, isShown] of cases) {
				const made = await upload(content, { folderPath: "v2", options: { access: "PUBLIC_INDEXABLE" } }, name);
				const link = await expectStatus(at.call("GET", `${FILES}/${made.id}/signed-url`), 200);
				for (const url of [link.url, made.url]) {
					const { status, headers, bytes } = await bytesOf(url);
					assert.equal(status, 200);
					assert.deepEqual(bytes, Buffer.from(content));
					assert.equal(headers.get("content-type"), type, name);
					assert.match(headers.get("content-disposition") ?? "", isShown ? /^inline;/ : /^attachment;/);
					assert.equal(headers.get("x-content-type-options"), "nosniff");
					assert.equal(headers.get("content-security-policy"), "default-src 'none'; sandbox");
				}
			}
		});

		test("names of any kind survive the headers", async () => {
			for (const name of ["日本語 ☃.txt", "a\"b;c.txt", "semi;colon=.txt", "percent%41.txt"]) {
				const made = await upload("x", { folderPath: "names", fileName: name }, "x.txt");
				assert.equal(`${made.name}.${made.extension}`, name);
				const { url } = await expectStatus(at.call("GET", `${FILES}/${made.id}/signed-url`), 200);
				const disposition = (await bytesOf(url)).headers.get("content-disposition") ?? "";
				assert.equal(decodeURIComponent(/filename\*=UTF-8''([^;]+)$/.exec(disposition)?.[1] ?? ""), name);
			}
		});

		test("a link works without signing in, in parts and as HEAD; altered or expired it does not", async () => {
			const made = await upload("0123456789", { folderPath: "links" }, "n.txt");
			const { url, expiresAt } = await expectStatus(at.call("GET", `${FILES}/${made.id}/signed-url?expirationSeconds=86400`), 200);
			assert.ok(Date.parse(expiresAt) <= Date.now() + 15 * 60000, "at most 15 minutes");
			const whole = await bytesOf(url);
			assert.deepEqual([whole.status, whole.bytes.toString(), whole.headers.get("accept-ranges")], [200, "0123456789", "bytes"]);
			const part = async (range: string) => {
				const { status, headers, bytes } = await bytesOf(url, { range });
				return [status, headers.get("content-range"), bytes.toString()];
			};
			assert.deepEqual(await part("bytes=2-4"), [206, "bytes 2-4/10", "234"]);
			assert.deepEqual(await part("bytes=7-"), [206, "bytes 7-9/10", "789"]);
			assert.deepEqual(await part("bytes=-3"), [206, "bytes 7-9/10", "789"]);
			assert.deepEqual(await part("bytes=-99"), [206, "bytes 0-9/10", "0123456789"]);
			assert.deepEqual(await part("bytes=8-99"), [206, "bytes 8-9/10", "89"]);
			assert.deepEqual(await part("bytes=10-"), [416, "bytes */10", ""]);
			assert.deepEqual(await part("bytes=-0"), [416, "bytes */10", ""]);
			for (const range of ["bytes=4-2", "bytes=", "bytes=a-b", "chars=1-2", "bytes=1-2,4-5", "bytes=--1"]) assert.deepEqual(await part(range), [200, null, "0123456789"], range);
			const etag = whole.headers.get("etag") as string;
			assert.equal((await bytesOf(url, { "if-none-match": etag })).status, 304);
			assert.equal((await bytesOf(url, { range: "bytes=0-1", "if-range": "\"other\"" })).status, 200);
			assert.equal((await bytesOf(url, { range: "bytes=0-1", "if-range": etag })).status, 206);
			const head = await bytesOf(url, {}, "HEAD");
			assert.deepEqual([head.status, head.headers.get("content-length"), head.bytes.length], [200, "10", 0]);
			/* RFC 9110 section 14.2: a part is asked for by GET only */
			const headOfPart = await bytesOf(url, { range: "bytes=2-4" }, "HEAD");
			assert.deepEqual([headOfPart.status, headOfPart.headers.get("content-length"), headOfPart.headers.get("content-range")], [200, "10", null]);
			assert.equal((await bytesOf(url, { "if-none-match": `"other", W/${etag}` })).status, 304);
			assert.equal((await bytesOf(url, { "if-match": "\"other\"" })).status, 412);
			assert.equal((await bytesOf(url, { "if-match": etag })).status, 200);
			assert.deepEqual(await part("bytes=99999999999999999999-"), [416, "bytes */10", ""]);

			const anybody = caller(api(at.bellhop.url));
			const path = new URL(url);
			const change = (name: string, value: string) => {
				const other = new URL(path);
				other.searchParams.set(name, value);
				return other.pathname + other.search;
			};
			await refused(anybody("GET", change("expires", String(Number(path.searchParams.get("expires")) + 60))), 403, /not valid/);
			await refused(anybody("GET", change("signature", "x".repeat(43))), 403, /not valid/);
			await refused(anybody("GET", change("signature", "")), 403, /not valid/);
			const other = await upload("other", { folderPath: "links" }, "o.txt");
			await refused(anybody("GET", (path.pathname + path.search).replace(made.id, other.id)), 403, /not valid/);
			await refused(anybody("GET", (path.pathname + path.search).replace(made.id, "99999999")), 403, /not valid/);
			const soon = await expectStatus(at.call("GET", `${FILES}/${made.id}/signed-url?expirationSeconds=1`), 200);
			await new Promise((resolve) => setTimeout(resolve, 1100));
			const late = new URL(soon.url);
			await refused(anybody("GET", late.pathname + late.search), 403, /expired/);
			/* other bytes are not what was signed */
			await expectStatus(send("PUT", `${FILES}/${made.id}`, "replaced", {}, "n.txt"), 200);
			await refused(anybody("GET", path.pathname + path.search), 403, /not valid/);
			await refused(at.call("GET", `${FILES}/${made.id}/signed-url?expirationSeconds=0`), 400);
			await refused(at.call("GET", `${FILES}/${made.id}/signed-url?size=huge`), 400);
		});

		test("public files have an address of their own; private ones ask who you are", async () => {
			const made = await upload("for all", { options: { access: "PUBLIC_NOT_INDEXABLE" } }, "all & sundry.txt");
			const first = await bytesOf(made.url);
			assert.deepEqual([first.status, first.bytes.toString(), first.headers.get("x-robots-tag")], [200, "for all", "noindex"]);
			const indexed = await expectStatus(at.call("PATCH", `${FILES}/${made.id}`, { access: "PUBLIC_INDEXABLE" }), 200);
			assert.equal((await bytesOf(indexed.url)).headers.get("x-robots-tag"), null);
			const hidden = await expectStatus(at.call("PATCH", `${FILES}/${made.id}`, { access: "PRIVATE" }), 200);
			assert.equal((await bytesOf(made.url)).status, 404);
			assert.equal((await bytesOf(hidden.url)).status, 401);
			assert.equal((await bytesOf(hidden.url, { authorization: `Bearer ${at.bellhop.token}` })).bytes.toString(), "for all");
			assert.deepEqual((await expectStatus(at.call("GET", `${FILES}/search?url=${encodeURIComponent(made.url)}`), 200)).results.map((f: any) => f.id), [made.id]);
		});
	});

	describe("what is gone", () => {
		test("the same bytes are there once, until the last file that has them is erased", async () => {
			const before = blobs().length;
			const content = `shared ${engine}`;
			const one = await upload(content, { folderPath: "gone" }, "1.txt");
			const two = await upload(content, { folderPath: "gone" }, "2.txt");
			assert.equal(blobs().length, before + 1);
			await expectStatus(at.call("DELETE", `${FILES}/${one.id}/gdpr-delete`), 204);
			await refused(at.call("GET", `${FILES}/${one.id}`), 404);
			await expectStatus(at.call("GET", `${FILES}/${two.id}/signed-url`), 200);
			const { url } = await expectStatus(at.call("GET", `${FILES}/${two.id}/signed-url`), 200);
			assert.equal((await bytesOf(url)).bytes.toString(), content);
			await expectStatus(at.call("DELETE", `${FILES}/${two.id}`), 204);
			assert.equal((await bytesOf(url)).status, 403);
			assert.equal(blobs().length, before + 1, "deleted is not erased");
			await expectStatus(at.call("DELETE", `${FILES}/${two.id}/gdpr-delete`), 204);
			await waitFor("the bytes to go", async () => blobs().length === before);
		});

		test("bytes that are replaced go too", async () => {
			const before = blobs().length;
			const made = await upload("first bytes", { folderPath: "gone" }, "r.txt");
			await expectStatus(send("PUT", `${FILES}/${made.id}`, "second bytes", {}, "r.txt"), 200);
			await waitFor("the first bytes to go", async () => blobs().length === before + 1);
			await refused(send("PUT", `${FILES}/${made.id}`, "third", {}, "r.png"), 400, /extension/);
			await refused(send("PUT", `${FILES}/99999999`, "third", {}, "r.txt"), 404);
			await waitFor("the third to go", async () => blobs().length === before + 1);
		});

		test("a file whose time is over is not found, and the sweep removes it; a deleted one after 90 days", async () => {
			const before = blobs().length;
			const made = await upload("for a day", { folderPath: "ttl", options: { access: "PUBLIC_INDEXABLE", ttl: "P1D" } }, "day.txt");
			assert.ok(Math.abs(made.expiresAt - Date.now() - 86400000) < 60000);
			const deleted = await upload("deleted", { folderPath: "ttl" }, "deleted.txt");
			await expectStatus(at.call("DELETE", `${FILES}/${deleted.id}`), 204);
			await sql(at.bellhop, `UPDATE file SET expires_at = 1000 WHERE id = ${made.id}`);
			await refused(at.call("GET", `${FILES}/${made.id}`), 404);
			assert.equal((await bytesOf(made.url)).status, 404);
			await sweep();
			await waitFor("the sweep", async () => blobs().length === before + 1);
			await sql(at.bellhop, `UPDATE file SET archived_at = ${Date.now() - 89 * 86400000} WHERE id = ${deleted.id}`);
			await sweep();
			await sql(at.bellhop, `UPDATE file SET archived_at = ${Date.now() - 91 * 86400000} WHERE id = ${deleted.id}`);
			assert.equal(blobs().length, before + 1);
			await sweep();
			await waitFor("the second sweep", async () => blobs().length === before);
		});
	});

	test("`bellhop check` finds a file whose bytes are missing; a note's hs_attachment_ids are ids of files", async () => {
		const made = await upload(`checked on ${engine}`, {}, "checked.txt");
		assert.match(at.bellhop.command("check"), /files.*0 missing/);
		const note = await expectStatus(at.call("POST", "/crm/v3/objects/notes", { properties: { hs_timestamp: "2026-11-21T10:00:00Z", hs_note_body: "See", hs_attachment_ids: made.id } }), 201);
		const read = await expectStatus(at.call("GET", `/crm/v3/objects/notes/${note.id}?properties=hs_attachment_ids`), 200);
		assert.equal((await expectStatus(at.call("GET", `${FILES}/${read.properties.hs_attachment_ids}`), 200)).id, made.id);
		await sql(at.bellhop, `UPDATE file SET size_bytes = 1 WHERE id = ${made.id}`);
		assert.throws(() => at.bellhop.command("check"), /1 missing/);
		await sql(at.bellhop, `UPDATE file SET size_bytes = ${made.size} WHERE id = ${made.id}`);
	});

	describe("changes and searches", () => {
		test("name, folder, access and expiry", async () => {
			const made = await upload("x", { folderPath: "change" }, "c.txt");
			const other = await upload("y", { folderPath: "change" }, "d.txt");
			const patch = (body: object) => at.call("PATCH", `${FILES}/${made.id}`, body);
			assert.equal((await expectStatus(patch({ name: "renamed.txt" }), 200)).path, "/change/renamed.txt");
			assert.equal((await expectStatus(patch({ name: "evil.exe" }), 200)).path, "/change/evil.exe.txt");
			assert.equal((await expectStatus(patch({ parentFolderPath: "/change/below" }), 200)).path, "/change/below/evil.exe.txt");
			assert.equal((await expectStatus(patch({ parentFolderId: "0" }), 200)).path, "/evil.exe.txt");
			assert.equal((await expectStatus(patch({ parentFolderId: other.parentFolderId, name: "c" }), 200)).path, "/change/c.txt");
			await refused(patch({ name: "d" }), 409, new RegExp(`Existing ID: ${other.id}$`));
			await refused(patch({ parentFolderId: "99999999" }), 400);
			await refused(patch({ access: "MINE" }), 400);
			await refused(patch({ expiresAt: "yesterday" }), 400);
			await refused(patch({ expiresAt: "2020-01-01T00:00:00Z" }), 400);
			const when = Date.now() + 86400000;
			assert.equal((await expectStatus(patch({ expiresAt: new Date(when).toISOString() }), 200)).expiresAt, when);
			assert.equal((await expectStatus(patch({ clearExpires: true, isUsableInContent: false }), 200)).expiresAt, undefined);
			assert.equal((await expectStatus(at.call("GET", `${FILES}/${made.id}`), 200)).isUsableInContent, false);
			await refused(at.call("PATCH", `${FILES}/99999999`, { name: "x" }), 404);
			await refused(at.call("GET", `${FILES}/stat/${encodeURIComponent("/change/nothing.txt")}`), 404);
		});

		test("searches filter, sort and page both ways", async () => {
			const made: any[] = [];
			for (let i = 0; i < 5; i++) made.push(await upload("s".repeat(i + 1), { folderPath: "search", options: { access: i % 2 ? "PUBLIC_INDEXABLE" : "PRIVATE" } }, `s${i}.${i < 3 ? "txt" : "log"}`));
			const folder = made[0].parentFolderId;
			const search = async (query: string) => (await expectStatus(at.call("GET", `${FILES}/search?parentFolderIds=${folder}&${query}`), 200)).results.map((f: any) => f.name).join(" ");
			assert.equal(await search(""), "s0 s1 s2 s3 s4");
			assert.equal(await search("sort=-size"), "s4 s3 s2 s1 s0");
			assert.equal(await search("sort=extension&sort=-name"), "s4 s3 s2 s1 s0");
			assert.equal(await search("sizeGte=2&sizeLte=3"), "s1 s2");
			assert.equal(await search("size=4"), "s3");
			assert.equal(await search("name=s3"), "s3");
			assert.equal(await search("path=/search/s3.log"), "s3");
			assert.equal(await search("extension=log"), "s3 s4");
			assert.equal(await search("type=TEXT&allowsAnonymousAccess=true"), "s1 s3");
			assert.equal(await search("allowsAnonymousAccess=false"), "s0 s2 s4");
			assert.equal(await search(`ids=${made[0].id}&ids=${made[4].id}`), "s0 s4");
			assert.equal(await search(`idGte=${made[3].id}`), "s3 s4");
			assert.equal(await search(`createdAtGte=${encodeURIComponent(made[2].createdAt)}&idLte=${made[3].id}`), "s2 s3");
			assert.equal(await search(`updatedAtLte=${Date.parse(made[0].updatedAt) - 1}`), "");
			assert.equal(await search("isUsableInContent=false"), "");
			assert.equal(await search("url=https://elsewhere.example/x"), "");
			assert.equal(await search("width=5"), "");
			const first = await expectStatus(at.call("GET", `${FILES}/search?parentFolderIds=${folder}&limit=2`), 200);
			assert.deepEqual(first.paging, { next: { after: "2" } });
			const second = await expectStatus(at.call("GET", `${FILES}/search?parentFolderIds=${folder}&limit=2&after=2`), 200);
			assert.deepEqual(second.paging, { next: { after: "4" }, prev: { before: "2" } });
			assert.deepEqual((await expectStatus(at.call("GET", `${FILES}/search?parentFolderIds=${folder}&limit=2&before=2`), 200)).results, first.results);
			assert.deepEqual((await expectStatus(at.call("GET", `${FILES}/search?parentFolderIds=${folder}&limit=2&after=4`), 200)).paging, { prev: { before: "4" } });
			for (const query of ["sort=colour", "limit=101", "limit=0", "after=10001", "sizeGte=x", "createdAt=x", "ids=x", "fileMd5=x", "isUsableInContent=perhaps"]) await refused(at.call("GET", `${FILES}/search?${query}`), 400);
		});

		test("an agent may; ids of nothing are 404", async () => {
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			const made = await upload("agent", {}, "agent.txt");
			await expectStatus(call("PATCH", `${FILES}/${made.id}`, { name: "by-agent" }), 200);
			await expectStatus(call("DELETE", `${FILES}/${made.id}`), 204);
			await refused(call("DELETE", `${FILES}/${made.id}`), 404);
			await refused(call("GET", `${FILES}/nonsense`), 404);
			assert.equal((await expectStatus(at.call("GET", `/files/2026-03/files/search?limit=1`), 200)).results.length, 1);
		});
	});
});

forEachEngine((engine) => {
	test("kill -9 in the middle of an upload leaves nothing once the sweep has run", async (t) => {
		const bellhop = await startBellhop({ engine });
		t.after(() => bellhop.stop());
		const drafts = () => readdirSync(join(bellhop.dataDir, "drafts"));
		/* a sweep that is cut off itself is leased for a while */
		await waitFor("the first sweep", async () => (await sql(bellhop, `SELECT COUNT(*) FROM job WHERE kind = 'desk.sweep' AND run_at > ${Date.now()} AND lease_until < ${Date.now()}`)).trim() === "1");
		const socket = createConnection(bellhop.httpPort, "127.0.0.1");
		socket.on("error", () => {});
		socket.write(`POST /files/v3/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bellhop.token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n${"x".repeat(1000000)}`);
		await waitFor("the upload to be on its way", async () => drafts().length === 1);
		await bellhop.kill9();
		assert.equal(drafts().length, 1);
		assert.ok(existsSync(join(bellhop.dataDir, "drafts", drafts()[0] as string)));
		await bellhop.restart();
		await waitFor("the sweep at the start", async () => drafts().length === 0);
	});

	test("the largest upload is a setting: one byte more is refused, and nothing of it stays", async (t) => {
		const bellhop = await startBellhop({ engine, env: { BELLHOP_MAX_UPLOAD_MB: "1" } });
		t.after(() => bellhop.stop());
		const send = async (bytes: number) => {
			const form = new FormData();
			form.set("file", new Blob([Buffer.alloc(bytes)]), "x.bin");
			return (await fetch(bellhop.url + FILES, { method: "POST", body: form, headers: { authorization: `Bearer ${bellhop.token}` } })).status;
		};
		assert.equal(await send(1 << 20), 201);
		assert.equal(await send((1 << 20) + 1), 413);
		assert.equal(await send(4 << 20), 413);
		assert.deepEqual(readdirSync(join(bellhop.dataDir, "drafts")), []);
	});
});
