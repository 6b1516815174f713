import { expect, test } from "vitest";
import { findUsers } from "./mentionSource";

const people = [
	{ id: "1", name: "Zoé Ångström", email: "zoe@desk.example" },
	{ id: "2", name: "Ada Lovelace", email: "ada@desk.example" },
	{ id: "3", name: "Ada Lovelace", email: "lovelace.2@desk.example" },
	{ id: "4", name: "Bo Adams", email: "bo@desk.example" },
];
const found = (query: string) => findUsers(people, query).map((u) => u.id);

test("people are found by words of their names and addresses, without case and accents, first names first", () => {
	expect(found("zoe ang")).toEqual(["1"]);
	expect(found("ada")).toEqual(["2", "3", "4"]);
	expect(found("love ada")).toEqual(["2", "3"]);
	expect(found("lovelace.2")).toEqual(["3"]);
	expect(found("x")).toEqual([]);
	expect(found("")).toEqual(["1", "2", "3", "4"]);
});
