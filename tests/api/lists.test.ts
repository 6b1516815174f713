/* Static lists, who is on them, and their folders: through every method that the unmodified client has for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const LISTS = "/crm/v3/lists";

forEachEngine((engine) => {
	const at = desk(engine);
	const lists = () => new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm.lists;
	let n = 0;
	const make = async (name = `List ${++n}`, objectTypeId = "0-1") => (await lists().listsApi.create({ name, objectTypeId, processingType: "MANUAL" })).list;
	const contacts = async (count: number): Promise<string[]> => {
		const ids: string[] = [];
		for (let i = 0; i < count; i += 100) {
			const inputs = Array.from({ length: Math.min(100, count - i) }, () => ({ properties: { email: `member${++n}@customer.example` } }));
			ids.push(...(await expectStatus(at.call("POST", `${OBJECTS}/contacts/batch/create`, { inputs }), 201)).results.map((c: any) => c.id));
		}
		return ids;
	};
	const members = async (id: string) => (await lists().membershipsApi.getPage(id, undefined, undefined, 250)).results.map((m) => m.recordId);
	const size = async (id: string) => (await lists().listsApi.getById(id)).list.size;
	const thrown = async (call: Promise<unknown>): Promise<any> => call.then(() => assert.fail("it did not throw"), (e) => e);

	test("a list is made, read by id and by name, renamed, and has every member that the client declares", async () => {
		const list = await make("Customers of note");
		assert.match(list.listId, /^\d+$/);
		assert.deepEqual([list.name, list.objectTypeId, list.processingType, list.processingStatus, list.size, list.listVersion], ["Customers of note", "0-1", "MANUAL", "COMPLETE", 0, 1]);
		assert.ok(list.createdAt instanceof Date && list.updatedAt instanceof Date);
		assert.match(list.createdById ?? "", /^\d+$/);
		assert.deepEqual((await lists().listsApi.getById(list.listId)).list.name, "Customers of note");
		assert.deepEqual((await lists().listsApi.getByName("customers OF note", "0-1")).list.listId, list.listId);
		const renamed = (await lists().listsApi.updateName(list.listId, "Customers")).updatedList;
		assert.deepEqual([renamed?.name, renamed?.listVersion], ["Customers", 2]);
		const gone = await thrown(lists().listsApi.getByName("Customers of note", "0-1"));
		assert.deepEqual([gone.code, gone.body.subCategory], [404, "ILS.LIST_NOT_FOUND"]);
		const none = await thrown(lists().listsApi.getById("999999"));
		assert.deepEqual([none.code, none.body.message, none.body.subCategory], [404, "List does not exist with ID 999999.", "ILS.LIST_NOT_FOUND"]);
		await refused(at.call("GET", `${LISTS}/abc`), 404);
		const some = await lists().listsApi.getAll([list.listId, "999999"]);
		assert.deepEqual(some.lists.map((l) => l.listId), [list.listId]);
		assert.ok((await expectStatus(at.call("GET", LISTS), 200)).lists.length >= 1);
	});

	test("a name is taken once for each type of objects, in whatever case", async () => {
		await make("Twice");
		const twice = await thrown(lists().listsApi.create({ name: "TWICE", objectTypeId: "0-1", processingType: "MANUAL" }));
		assert.deepEqual([twice.code, twice.body.subCategory], [400, "ILS.DUPLICATE_LIST_NAMES"]);
		await make("Twice", "0-5");
		const other = await make("Other");
		assert.equal((await thrown(lists().listsApi.updateName(other.listId, "twice"))).code, 400);
		assert.equal((await lists().listsApi.updateName(other.listId, "OTHER")).updatedList?.name, "OTHER", "its own name is free to it");
	});

	test("what a static list is not is refused with the field at fault", async () => {
		const good = { name: "x", objectTypeId: "0-1", processingType: "MANUAL" };
		const filterBranch = { filterBranchType: "OR", filterBranchOperator: "OR", filterBranches: [], filters: [] };
		const bad: [Record<string, unknown>, string][] = [
			[{ processingType: "DYNAMIC" }, "processingType"], [{ processingType: "SNAPSHOT" }, "processingType"], [{ processingType: "manual" }, "processingType"], [{ filterBranch }, "filterBranch"],
			[{ listPermissions: { usersWithEditAccess: [1], teamsWithEditAccess: [] } }, "listPermissions"], [{ membershipSettings: { includeUnassigned: true } }, "membershipSettings"], [{ customProperties: { a: "b" } }, "customProperties"],
			[{ name: " " }, "name"], [{ name: "x".repeat(256) }, "name"], [{ listFolderId: 4711 }, "listFolderId"], [{ listFolderId: "x" }, "listFolderId"],
		];
		for (const [change, field] of bad) {
			const body = await refused(at.call("POST", LISTS, { ...good, ...change }), 400);
			assert.equal(body.errors?.[0].in, field, JSON.stringify(change));
		}
		for (const field of ["name", "objectTypeId", "processingType"]) await refused(at.call("POST", LISTS, { ...good, [field]: undefined }), 400, new RegExp(`\\[${field}\\]`));
		await refused(at.call("POST", LISTS, { ...good, objectTypeId: "foo" }), 400, "Unable to infer object type from: foo");
		for (const body of [undefined, [], 1]) await refused(at.call("POST", LISTS, body), 400);
		const list = await make();
		const filters = await thrown(lists().listsApi.updateListFilters(list.listId, { filterBranch } as any));
		assert.deepEqual([filters.code, filters.body.errors[0].in], [400, "filterBranch"]);
		assert.equal((await thrown(lists().listsApi.updateName(list.listId, ""))).code, 400);
		assert.equal((await lists().listsApi.getConversionDetails(list.listId)).listId, list.listId);
		const convert = await thrown(lists().listsApi.scheduleOrUpdateConversion(list.listId, { conversionType: "CONVERSION_DATE", year: 2027, month: 1, day: 1 } as any));
		assert.deepEqual([convert.code, convert.body.errors[0].in], [400, "conversionType"]);
		await lists().listsApi.cancelConversion(list.listId);
		assert.equal((await thrown(lists().listsApi.getConversionDetails("999999"))).code, 404);
	});

	test("objects are put on it and taken off it; twice changes nothing; who does not exist is told", async () => {
		const { listId } = await make();
		const [a, b, c] = (await contacts(3)) as [string, string, string];
		const ticket = (await newTicket(at.call)).id;
		const added = await lists().membershipsApi.add(listId, [a, b, "999999", ticket]);
		assert.deepEqual({ ...added }, { recordsIdsAdded: [a, b], recordIdsRemoved: [], recordIdsMissing: [ticket, "999999"].sort((x, y) => Number(x) - Number(y)) });
		assert.deepEqual({ ...(await lists().membershipsApi.add(listId, [b, a, a, b])) }, { recordsIdsAdded: [], recordIdsRemoved: [], recordIdsMissing: [] });
		assert.equal(await size(listId), 2);
		const both = await lists().membershipsApi.addAndRemove(listId, { recordIdsToAdd: [c], recordIdsToRemove: [a, c] });
		assert.deepEqual([both.recordsIdsAdded, both.recordIdsRemoved], [[c], [a]]);
		assert.deepEqual(await members(listId), [b, c]);
		const removed = await lists().membershipsApi.remove(listId, [b, a, "999999"]);
		assert.deepEqual([removed.recordIdsRemoved, removed.recordIdsMissing], [[b], ["999999"]]);
		assert.deepEqual([await members(listId), await size(listId)], [[c], 1]);
		await lists().membershipsApi.removeAll(listId);
		await lists().membershipsApi.removeAll(listId);
		assert.deepEqual([await members(listId), await size(listId)], [[], 0]);
		for (const body of [undefined, {}, ["x"], [null], [[]], [{ id: a }]]) for (const verb of ["add", "remove"]) await refused(at.call("PUT", `${LISTS}/${listId}/memberships/${verb}`, body), 400);
		await refused(at.call("PUT", `${LISTS}/${listId}/memberships/add-and-remove`, []), 400);
		await refused(at.call("PUT", `${LISTS}/${listId}/memberships/add-and-remove`, { recordIdsToAdd: "x" }), 400, /recordIdsToAdd/);
		await refused(at.call("PUT", `${LISTS}/999999/memberships/add`, [a]), 404);
		await refused(at.call("PUT", `${LISTS}/${listId}/memberships/add`, Array.from({ length: 100001 }, (_, i) => `${i + 1}`)), 400, /100000/);
	});

	test("members page forwards and backwards, by id and in the order of joining", async () => {
		const { listId } = await make();
		const ids = await contacts(7);
		for (const id of [...ids].reverse()) {
			await lists().membershipsApi.add(listId, [id]);
			await new Promise((done) => setTimeout(done, 2)); /* times are in milliseconds */
		}
		const joined = [...ids].reverse();
		for (const [call, wanted] of [
			[(after?: string, before?: string) => lists().membershipsApi.getPage(listId, after, before, 3), ids],
			[(after?: string, before?: string) => lists().membershipsApi.getPageOrderedByAddedToListDate(listId, after, before, 3), joined],
		] as const) {
			const pages = [await call()];
			while (pages.at(-1)?.paging?.next) pages.push(await call(pages.at(-1)?.paging?.next?.after));
			assert.deepEqual(pages.flatMap((page) => page.results.map((m) => m.recordId)), wanted);
			assert.deepEqual(pages.map((page) => [page.results.length, page.total, !!page.paging?.prev]), [[3, 7, false], [3, 7, true], [1, 7, true]]);
			assert.ok(pages[0]?.results[0]?.membershipTimestamp instanceof Date);
			const back = await call(undefined, pages[2]?.paging?.prev?.before);
			assert.deepEqual(back.results.map((m) => m.recordId), wanted.slice(3, 6));
			const first = await call(undefined, back.paging?.prev?.before);
			assert.deepEqual([first.results.map((m) => m.recordId), first.paging?.prev], [wanted.slice(0, 3), undefined]);
		}
		for (const query of ["limit=0", "limit=251", "after=x", "before=-", "after=1&before=2"]) await refused(at.call("GET", `${LISTS}/${listId}/memberships?${query}`), 400);
		await refused(at.call("GET", `${LISTS}/${listId}/memberships/join-order?after=17`), 400);
	});

	test("an object tells which lists it is on", async () => {
		const [one, two] = [await make(), await make()];
		const [a] = (await contacts(1)) as [string];
		await lists().membershipsApi.add(one.listId, [a]);
		await lists().membershipsApi.add(two.listId, [a]);
		const on = await lists().membershipsApi.getLists("0-1", a);
		assert.deepEqual(on.results.map((r) => [r.listId, r.listVersion]), [[one.listId, 1], [two.listId, 1]]);
		assert.ok(on.results[0]?.firstAddedTimestamp instanceof Date && on.results[0]?.lastAddedTimestamp instanceof Date);
		await lists().listsApi.remove(one.listId);
		assert.deepEqual((await lists().membershipsApi.getLists("contacts", a)).results.map((r) => r.listId), [two.listId]);
		await refused(at.call("GET", `${LISTS}/records/0-1/999999/memberships`), 404);
	});

	test("who is on one list is put on another; not where the types differ", async () => {
		const [from, to, tickets] = [await make(), await make(), await make(undefined, "0-5")];
		const [a, b] = (await contacts(2)) as [string, string];
		await lists().membershipsApi.add(from.listId, [a, b]);
		await lists().membershipsApi.add(to.listId, [b]);
		await lists().membershipsApi.addAllFromList(to.listId, from.listId);
		assert.deepEqual([await members(to.listId), await size(to.listId)], [[a, b], 2]);
		const wrong = await thrown(lists().membershipsApi.addAllFromList(tickets.listId, from.listId));
		assert.deepEqual([wrong.code, wrong.body.errors[0].in], [400, "sourceListId"]);
		assert.equal((await thrown(lists().membershipsApi.addAllFromList(to.listId, "999999"))).code, 404);
	});

	test("an archived list is gone, and comes back with everybody; after ninety days it does not", async () => {
		const list = await make("Comes back");
		const [a] = (await contacts(1)) as [string];
		await lists().membershipsApi.add(list.listId, [a]);
		await lists().listsApi.remove(list.listId);
		await lists().listsApi.remove(list.listId);
		assert.equal((await thrown(lists().listsApi.getById(list.listId))).code, 404);
		assert.equal((await thrown(lists().membershipsApi.add(list.listId, [a]))).code, 404);
		assert.equal((await thrown(lists().membershipsApi.getPage(list.listId))).code, 404);
		await lists().listsApi.restore(list.listId);
		await lists().listsApi.restore(list.listId);
		assert.deepEqual([await members(list.listId), await size(list.listId)], [[a], 1]);
		await lists().listsApi.remove(list.listId);
		const heir = await make("Comes back");
		assert.equal((await thrown(lists().listsApi.restore(list.listId))).body.subCategory, "ILS.DUPLICATE_LIST_NAMES");
		await lists().listsApi.remove(heir.listId);
		await sql(at.bellhop, `UPDATE object_list SET archived_at = ${Date.now() - 91 * 86_400_000} WHERE id = ${list.listId}`);
		assert.equal((await thrown(lists().listsApi.restore(list.listId))).code, 404);
		assert.equal((await thrown(lists().listsApi.restore("999999"))).code, 404);
	});

	test("an object in the recycle bin is on no list; one that was merged leaves its place to the other", async () => {
		const [one, two] = [await make(), await make()];
		const [a, b, c] = (await contacts(3)) as [string, string, string];
		await lists().membershipsApi.add(one.listId, [a, b, c]);
		await lists().membershipsApi.add(two.listId, [b]);
		await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${c}`), 204);
		assert.deepEqual([await members(one.listId), await size(one.listId)], [[a, b], 2]);
		const { recordIdsMissing } = await lists().membershipsApi.add(one.listId, [c]);
		assert.deepEqual(recordIdsMissing, [c]);
		await expectStatus(at.call("POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: a, objectIdToMerge: b }), 200);
		assert.deepEqual([await members(one.listId), await size(one.listId)], [[a], 1]);
		assert.deepEqual([await members(two.listId), await size(two.listId)], [[a], 1]);
	});

	test("lists are found by words of their names, sorted, a page at a time", async () => {
		for (const name of ["Harbour gulls", "Harbour cats", "harbour Dogs"]) await make(name);
		const cats = (await lists().listsApi.getByName("harbour cats", "0-1")).list;
		await lists().membershipsApi.add(cats.listId, await contacts(2));
		const search = async (body: Record<string, unknown>) => lists().listsApi.doSearch(body as any);
		const found = await search({ query: "HARBOUR", sort: "HS_LIST_NAME" });
		assert.deepEqual([found.total, found.hasMore, found.lists.map((l) => l.name)], [3, false, ["Harbour cats", "harbour Dogs", "Harbour gulls"]]);
		assert.deepEqual([found.lists[0]?.processingType, found.lists[0]?.additionalProperties.hs_list_size], ["MANUAL", "2"]);
		assert.equal((await search({ query: "harbour", sort: "-HS_LIST_SIZE" })).lists[0]?.name, "Harbour cats");
		const page = await search({ query: "harbour", count: 2 });
		assert.deepEqual([page.lists.length, page.hasMore, page.offset, page.total], [2, true, 2, 3]);
		assert.deepEqual((await search({ query: "harbour", count: 2, offset: page.offset })).lists.map((l) => l.name), ["harbour Dogs"]);
		assert.deepEqual((await search({ listIds: [cats.listId] })).lists.map((l) => l.listId), [cats.listId]);
		assert.equal((await search({ processingTypes: ["DYNAMIC"] })).total, 0);
		assert.ok((await search({})).total >= 3);
		for (const [body, field] of [[{ count: 0 }, "count"], [{ count: 501 }, "count"], [{ offset: -1 }, "offset"], [{ sort: "x" }, "sort"]] as const) assert.equal((await refused(at.call("POST", `${LISTS}/search`, body), 400)).errors[0].in, field);
	});

	test("folders: made, read as a tree, renamed, moved, emptied, removed", async () => {
		const { foldersApi, listsApi } = lists();
		const outer = (await foldersApi.create({ name: "Outer" })).folder;
		const inner = (await foldersApi.create({ name: "Inner", parentFolderId: String(outer.id) })).folder;
		assert.deepEqual([outer.parentFolderId, inner.parentFolderId, inner.childNodes, inner.childLists], [0, outer.id, [], []]);
		const list = (await listsApi.create({ name: "In the folder", objectTypeId: "0-1", processingType: "MANUAL", listFolderId: inner.id })).list;
		const tree = (await foldersApi.getAll()).folder;
		const node = tree.childNodes.find((f) => f.id === outer.id);
		assert.deepEqual([tree.id, node?.name, node?.childNodes[0]?.name, node?.childNodes[0]?.childLists], [0, "Outer", "Inner", [Number(list.listId)]]);
		assert.equal((await foldersApi.rename(String(inner.id), "Innermost")).folder.name, "Innermost");
		const self = await thrown(foldersApi.move(String(outer.id), String(inner.id)));
		assert.deepEqual([self.code, self.body.message], [400, self.body.message]);
		assert.equal((await foldersApi.move(String(inner.id), "0")).folder.parentFolderId, 0);
		await foldersApi.remove(String(outer.id));
		assert.equal((await thrown(foldersApi.remove(String(inner.id)))).code, 400, "a list is in it");
		await foldersApi.moveList({ listId: list.listId, newFolderId: "0" });
		assert.ok((await foldersApi.getAll("0")).folder.childLists.includes(Number(list.listId)));
		await foldersApi.remove(String(inner.id));
		assert.equal((await thrown(foldersApi.getAll(String(inner.id)))).code, 404);
		assert.equal((await thrown(foldersApi.rename("999999", "x"))).code, 404);
		assert.equal((await thrown(foldersApi.moveList({ listId: list.listId, newFolderId: "999999" }))).code, 404);
		let parent = "0";
		for (let depth = 0; depth < 5; depth++) parent = String((await foldersApi.create({ name: `Deep ${depth}`, parentFolderId: parent })).folder.id);
		assert.equal((await thrown(foldersApi.create({ name: "Too deep", parentFolderId: parent }))).body.errors[0].in, "parentFolderId");
		for (const body of [{}, { name: "" }, { name: "x", parentFolderId: "y" }, { name: "x", parentFolderId: "-1" }]) await refused(at.call("POST", `${LISTS}/folders`, body), 400);
	});

	test("ids of an older API are those of here", async () => {
		const { listId } = await make();
		assert.deepEqual({ ...(await lists().mappingApi.translateLegacyListIdToListId(listId)) }, { listId, legacyListId: listId });
		assert.equal((await thrown(lists().mappingApi.translateLegacyListIdToListId("999999"))).code, 404);
		const many: any = await lists().mappingApi.translateLegacyListIdToListIdBatch([listId, "999999"]);
		assert.deepEqual([many.legacyListIdsToIdsMapping.map((m: any) => m.listId), many.missingLegacyListIds], [[listId], ["999999"]]);
	});

	test("two who add and remove the same objects leave a size that is true", async () => {
		const { listId } = await make();
		const ids = await contacts(20);
		for (let round = 0; round < 6; round++) {
			const calls = [0, 5, 10].flatMap((first) => [at.call("PUT", `${LISTS}/${listId}/memberships/add`, ids.slice(first, first + 10)), at.call("PUT", `${LISTS}/${listId}/memberships/remove`, ids.slice(first + 3, first + 7))]);
			for (const answer of await Promise.all(calls)) assert.equal(answer.status, 200, answer.text);
			assert.equal(await size(listId), (await members(listId)).length);
		}
	});

	test("lists and who is on them are announced, and need their own scopes", async () => {
		const since = await sql(at.bellhop, "SELECT coalesce(max(id), 0) FROM event");
		const { listId } = await make();
		const [a] = (await contacts(1)) as [string];
		for (const _ of [1, 2]) await lists().membershipsApi.add(listId, [a]);
		await lists().listsApi.remove(listId);
		const kinds = (await sql(at.bellhop, `SELECT kind FROM event WHERE id > ${since} AND kind LIKE 'list.%' AND about_id = ${listId} ORDER BY id`)).split("\n");
		assert.deepEqual(kinds, ["list.created", "list.members", "list.deleted"]);
		const reader = at.token(agent.email, "crm.lists.read");
		await expectStatus(reader("GET", LISTS), 200);
		await expectStatus(reader("POST", `${LISTS}/search`, {}), 200);
		assert.equal((await refused(reader("POST", LISTS, {}), 403)).category, "MISSING_SCOPES");
		await refused(at.token(agent.email, "crm.objects.contacts.read")("GET", LISTS), 403);
		await expectStatus(byCookie(at.bellhop, await signIn(at.bellhop, agent))("POST", LISTS, { name: "An agent's", objectTypeId: "0-1", processingType: "MANUAL" }), 200);
	});

	test("lists answer under their dated and swapped addresses too", async () => {
		const { listId } = await make();
		for (const path of [`/crm/lists/v3/${listId}`, `/crm/lists/2026-03/${listId}`, `${LISTS}/${listId}/`]) assert.equal((await expectStatus(at.call("GET", path), 200)).list.listId, listId);
	});

	test("a thousand objects are put on a list in one call", async () => {
		const { listId } = await make();
		const ids = await contacts(1000);
		const added = await lists().membershipsApi.add(listId, ids);
		assert.deepEqual([added.recordsIdsAdded.length, await size(listId)], [1000, 1000]);
		const again = await newContact(at.call, "one-more@customer.example");
		assert.deepEqual((await lists().membershipsApi.add(listId, [...ids, again.id])).recordsIdsAdded, [again.id]);
	});
});
