import assert from "node:assert/strict";
import { thrown } from "./driven.ts";
import type { At } from "./flows.ts";

export async function lists(at: At): Promise<void> {
	const { listsApi, membershipsApi } = at.client.crm.lists;
	const contacts = await Promise.all([1, 2, 3].map((n) => at.client.crm.contacts.basicApi.create({ properties: { email: `member${n}@lists.example` }, associations: [] })));
	const [one, two, three] = contacts.map((contact) => contact.id) as [string, string, string];
	const { list } = await listsApi.create({ name: "Sample", objectTypeId: "0-1", processingType: "MANUAL" });
	assert.deepEqual([list.name, list.objectTypeId, list.processingType], ["Sample", "0-1", "MANUAL"]);
	assert.equal((await listsApi.getById(list.listId)).list.name, "Sample");
	assert.equal((await listsApi.getByName("Sample", "0-1")).list.listId, list.listId);
	assert.deepEqual((await listsApi.getAll([list.listId])).lists.map((each) => each.listId), [list.listId]);
	assert.equal((await listsApi.updateName(list.listId, "Renamed")).updatedList?.name, "Renamed");
	assert.ok((await listsApi.doSearch({ query: "renam", offset: 0, count: 20 })).lists.some((each) => each.listId === list.listId));

	assert.deepEqual(((await membershipsApi.add(list.listId, [one, two])).recordsIdsAdded ?? []).map(String).sort(), [one, two].sort());
	const changed = await membershipsApi.addAndRemove(list.listId, { recordIdsToAdd: [three], recordIdsToRemove: [one] });
	assert.deepEqual([(changed.recordsIdsAdded ?? []).map(String), (changed.recordIdsRemoved ?? []).map(String)], [[three], [one]]);
	assert.deepEqual((await membershipsApi.getPage(list.listId)).results.map((member) => member.recordId).sort(), [two, three].sort());
	assert.deepEqual((await membershipsApi.getLists("0-1", two)).results.map((each) => each.listId), [list.listId]);
	await membershipsApi.remove(list.listId, [two]);
	await membershipsApi.removeAll(list.listId);
	assert.deepEqual((await membershipsApi.getPage(list.listId)).results, []);

	await listsApi.remove(list.listId);
	await thrown(listsApi.getById(list.listId), 404);
	await listsApi.restore(list.listId);
	assert.equal((await listsApi.getById(list.listId)).list.name, "Renamed");
}
