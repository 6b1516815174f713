/* Folders under /files/v3/folders: by id and by path, moved with all that is in them, never in circles. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { desk, expectStatus, refused, sql } from "./help.ts";

const FOLDERS = "/files/v3/folders";

forEachEngine((engine) => {
	const at = desk(engine);
	const make = (name: string, more: object = {}): Promise<any> => expectStatus(at.call("POST", FOLDERS, { name, ...more }), 201);
	const put = async (folderId: string, name: string) => {
		const form = new FormData();
		form.set("file", new Blob([name]), name);
		form.set("folderId", folderId);
		const answer = await fetch(`${at.bellhop.url}/files/v3/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${at.bellhop.token}` } });
		assert.equal(answer.status, 201);
		return (await answer.json()) as any;
	};
	const pathOf = async (id: string) => (await expectStatus(at.call("GET", `/files/v3/files/${id}`), 200)).path;

	describe("the unmodified client", () => {
		test("every method of foldersApi", async () => {
			const { foldersApi } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).files;
			const made = await foldersApi.create({ name: "By the client" });
			assert.match(made.id, /^\d+$/);
			assert.ok(made.createdAt instanceof Date && made.updatedAt instanceof Date);
			assert.deepEqual([made.name, made.path, made.archived, made.parentFolderId], ["By the client", "/By the client", false, undefined]);
			const below = await foldersApi.create({ name: "below", parentPath: "/By the client" });
			assert.equal(below.parentFolderId, made.id);
			assert.deepEqual(await foldersApi.getById(below.id), below);
			assert.deepEqual(await foldersApi.getByPath("By the client/below"), below);
			assert.equal((await foldersApi.getById(below.id, ["name"])).path, undefined);
			assert.deepEqual((await foldersApi.doSearch(undefined, undefined, undefined, 10, ["-name"], undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, "/By the client/below")).results, [below]);
			const changed = await foldersApi.updateProperties(made.id, { name: "Changed" });
			assert.equal(changed.path, "/Changed");
			const task = await foldersApi.updatePropertiesRecursively({ id: below.id, name: "deeper" });
			assert.match(task.links.status as string, new RegExp(`/tasks/${task.id}/status$`));
			const done = await waitFor("the task", async () => {
				const status = await foldersApi.checkUpdateStatus(task.id);
				assert.equal(status.taskId, task.id);
				assert.ok(status.startedAt instanceof Date && status.completedAt instanceof Date);
				return status.status === "COMPLETE" ? status : undefined;
			});
			assert.deepEqual([done.result?.path, done.numErrors], ["/Changed/deeper", undefined]);
			await foldersApi.archiveByPath("Changed/deeper");
			await foldersApi.archive(made.id);
			const gone: any = await foldersApi.getById(made.id).then(() => assert.fail("it is still there"), (error) => error);
			assert.deepEqual([gone.code, gone.body.message], [404, "resource not found"]);
		});
	});

	test("digits are an id, unless only a folder of that name is there", async () => {
		const made = await make("4711");
		assert.equal((await expectStatus(at.call("GET", `${FOLDERS}/4711`), 200)).id, made.id);
		const named = await make(made.id);
		assert.equal((await expectStatus(at.call("GET", `${FOLDERS}/${made.id}`), 200)).id, made.id);
		assert.equal((await expectStatus(at.call("GET", `${FOLDERS}/%2F${made.id}`), 200)).id, named.id);
		await refused(at.call("GET", `${FOLDERS}/nowhere%2Fat%20all`), 404);
		await refused(at.call("DELETE", `${FOLDERS}/99999999`), 404);
	});

	test("a move takes along what is below, and only that", async () => {
		const a = await make("a");
		const ab = await make("ab");
		const b = await make("b", { parentFolderId: a.id });
		const c = await make("c", { parentFolderId: Number(b.id) });
		const file = await put(c.id, "x.txt");
		const other = await put(ab.id, "y.txt");
		assert.equal(file.path, "/a/b/c/x.txt");
		const target = await make("target %_'");
		const moved = await expectStatus(at.call("PATCH", `${FOLDERS}/${a.id}`, { parentFolderId: target.id, name: "A" }), 200);
		assert.equal(moved.path, "/target %_'/A");
		assert.equal((await expectStatus(at.call("GET", `${FOLDERS}/${c.id}`), 200)).path, "/target %_'/A/b/c");
		assert.equal(await pathOf(file.id), "/target %_'/A/b/c/x.txt");
		assert.equal(await pathOf(other.id), "/ab/y.txt");
		assert.equal((await expectStatus(at.call("PATCH", `${FOLDERS}/${a.id}`, { parentFolderId: "0" }), 200)).path, "/A");
		await refused(at.call("PATCH", `${FOLDERS}/${a.id}`, { parentFolderId: a.id }), 400, /inside of itself/);
		await refused(at.call("PATCH", `${FOLDERS}/${a.id}`, { parentFolderId: c.id }), 400, /inside of itself/);
		await refused(at.call("PATCH", `${FOLDERS}/${a.id}`, { parentFolderId: "99999999" }), 400);
		await refused(at.call("PATCH", `${FOLDERS}/${a.id}`, { name: "ab" }), 409, new RegExp(`Existing ID: ${ab.id}$`));
		/* the same, later: the task says what was wrong */
		const task = await expectStatus(at.call("POST", `${FOLDERS}/update/async`, { id: a.id, parentFolderId: Number(c.id) }), 202);
		const done = await waitFor("the task", async () => {
			const status = await expectStatus(at.call("GET", `${FOLDERS}/update/async/tasks/${task.id}/status`), 200);
			return status.status === "COMPLETE" && status;
		});
		assert.deepEqual([done.result, done.numErrors, done.errors[0].message], [undefined, 1, "A folder cannot be inside of itself."]);
		await refused(at.call("POST", `${FOLDERS}/update/async`, { id: "99999999" }), 404);
		await refused(at.call("POST", `${FOLDERS}/update/async`, { name: "x" }), 400);
		await refused(at.call("GET", `${FOLDERS}/update/async/tasks/99999999/status`), 404);
	});

	test("a folder goes with all that is in it, and its name is free again", async () => {
		const top = await make("going");
		const below = await make("below", { parentFolderId: top.id });
		const beside = await make("going on");
		const file = await put(below.id, "x.txt");
		const stays = await put(beside.id, "x.txt");
		await expectStatus(at.call("DELETE", `${FOLDERS}/${top.id}`), 204);
		await refused(at.call("GET", `${FOLDERS}/${below.id}`), 404);
		await refused(at.call("GET", `/files/v3/files/${file.id}`), 404);
		assert.equal(await pathOf(stays.id), "/going on/x.txt");
		assert.notEqual((await make("going")).id, top.id);
	});

	test("what may not be is refused", async () => {
		const made = await make("wrong");
		await refused(at.call("POST", FOLDERS, { name: "wrong" }), 409, new RegExp(`Existing ID: ${made.id}$`));
		for (const name of ["", " ", "a/b", "a\\b", "..", ".", "a\u0007b", "x".repeat(256)]) assert.equal((await refused(at.call("POST", FOLDERS, { name }), 400)).errors[0].in, "name");
		await refused(at.call("POST", FOLDERS, {}), 400);
		await refused(at.call("POST", FOLDERS, { name: "x", parentFolderId: "y" }), 400);
		await refused(at.call("POST", FOLDERS, { name: "x", parentFolderId: "99999999" }), 400);
		await refused(at.call("POST", FOLDERS, { name: "x", parentFolderId: made.id, parentPath: "/wrong" }), 400);
		await refused(at.call("GET", `${FOLDERS}/search?sort=size`), 400);
	});

	test("depth, length and number have maxima, also for what is moved", async () => {
		let id = "0";
		for (let i = 0; i < 20; i++) id = (await make("d", { parentFolderId: id })).id;
		await refused(at.call("POST", FOLDERS, { name: "d", parentFolderId: id }), 400, /at most 20 deep/);
		const top = await make("top of two");
		await make("second", { parentFolderId: top.id });
		const nineteenth = await expectStatus(at.call("GET", `${FOLDERS}/${Array(19).fill("d").join("%2F")}`), 200);
		await refused(at.call("PATCH", `${FOLDERS}/${top.id}`, { parentFolderId: nineteenth.id }), 400, /at most 20 deep/);
		await refused(at.call("POST", FOLDERS, { name: "x", parentPath: Array(5).fill("é".repeat(110)).join("/") }), 400, /at most 1000 bytes/);
		const n = Number(await sql(at.bellhop, "SELECT COUNT(*) FROM folder WHERE archived_at = 0"));
		await sql(at.bellhop, `INSERT INTO folder (parent_id, name, path, created_at, updated_at, archived_at) WITH RECURSIVE many(i) AS (SELECT ${n} UNION ALL SELECT i + 1 FROM many WHERE i < 9998) SELECT 0, 'many' || i, '/many' || i, 1, 1, 0 FROM many`);
		await make("the last one");
		await refused(at.call("POST", FOLDERS, { name: "one too many" }), 400, /at most 10000 folders/);
		const page = await expectStatus(at.call("GET", `${FOLDERS}/search?after=9990&limit=20&sort=-createdAt`), 200);
		assert.deepEqual([page.results.length, page.paging], [10, { prev: { before: "9990" } }]);
	});
});
