import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import type { At } from "./flows.ts";

const PRIVATE = JSON.stringify({ access: "PRIVATE" });
const file = (name: string, text: string) => ({ data: Buffer.from(text), name });

export async function files(at: At): Promise<void> {
	const { filesApi } = at.client.files;
	const made = await filesApi.upload(file("hello.txt", "hello"), undefined, "/samples", "hello.txt", undefined, PRIVATE);
	assert.deepEqual(at.contract.differencesFrom("files", "ModelFile", dates(made)), []);
	assert.deepEqual([made.name, made.extension, Number(made.size)], ["hello", "txt", 5]);
	assert.equal((await filesApi.getById(made.id)).id, made.id);
	const link = await filesApi.getSignedUrl(made.id, undefined, 60);
	assert.equal(await (await fetch(link.url)).text(), "hello");
	await filesApi.updateProperties(made.id, { name: "renamed" });
	assert.equal((await filesApi.getMetadata("/samples/renamed.txt")).file?.id, made.id);
	await filesApi.replace(made.id, file("hello.txt", "hello again"), undefined, PRIVATE);
	assert.equal(await (await fetch((await filesApi.getSignedUrl(made.id)).url)).text(), "hello again");
	assert.ok((await filesApi.doSearch(undefined, undefined, undefined, 10)).results.some((one: any) => one.id === made.id));
	await filesApi.archive(made.id);
	await thrown(filesApi.getById(made.id), 404);
	const second = await filesApi.upload(file("gone.txt", "gone"), undefined, "/samples", undefined, undefined, PRIVATE);
	await filesApi._delete(second.id);
	await thrown(filesApi.getById(second.id), 404);
}

/* The generated model of a file is declared, but its method gives "any": dates stay strings. */
const dates = (made: any): any => Object.fromEntries(Object.entries(made).map(([key, value]) => [key, /At$/.test(key) && typeof value === "string" ? new Date(value) : value]));

export async function folders(at: At): Promise<void> {
	const { foldersApi } = at.client.files;
	const top = await foldersApi.create({ name: "top" });
	const below = await foldersApi.create({ name: "below", parentFolderId: top.id });
	assert.equal(below.path, "/top/below");
	assert.equal((await foldersApi.getById(below.id)).path, "/top/below");
	assert.equal((await foldersApi.getByPath("top/below")).id, below.id);
	assert.equal((await foldersApi.updateProperties(below.id, { name: "under" })).path, "/top/under");
	const task = await foldersApi.updatePropertiesRecursively({ id: top.id, name: "roof" });
	let state = await foldersApi.checkUpdateStatus(task.id);
	for (let tries = 0; state.status !== "COMPLETE" && tries < 100; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		state = await foldersApi.checkUpdateStatus(task.id);
	}
	assert.equal(state.status, "COMPLETE");
	assert.equal((await foldersApi.getById(below.id)).path, "/roof/under");
	assert.ok((await foldersApi.doSearch()).results.some((one) => one.id === below.id));
	await foldersApi.archiveByPath("roof/under");
	await foldersApi.archive(top.id);
	await thrown(foldersApi.getById(top.id), 404);
}

export async function imports(at: At): Promise<void> {
	const { filesApi } = at.client.files;
	const { id } = await filesApi.importFromUrl({ url: `${at.listener}/some.txt`, name: "imported", folderPath: "/imported", access: "PRIVATE" as any });
	let state = await filesApi.checkImport(id);
	for (let tries = 0; state.status !== "COMPLETE" && state.status !== "CANCELED" && tries < 100; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		state = await filesApi.checkImport(id);
	}
	assert.equal(state.status, "COMPLETE", JSON.stringify(state));
}
