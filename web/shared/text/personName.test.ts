import { expect, it } from "vitest";
import { personName, splitName } from "./personName";

it.each([
	["Ada King Lovelace", "Ada", "King Lovelace", "Ada King Lovelace"],
	["Ada", "Ada", "", "Ada"],
	["佐藤 美咲", "美咲", "佐藤", "佐藤 美咲"],
	["佐藤\u3000美咲", "美咲", "佐藤", "佐藤 美咲"],
	["김 민준", "민준", "김", "김 민준"],
	["王小明", "王小明", "", "王小明"],
	["Misaki 佐藤", "Misaki", "佐藤", "Misaki 佐藤"],
	["Wójcik, Aleksandra M.", "Aleksandra M.", "Wójcik", "Aleksandra M. Wójcik"],
	["van der Berg, Anna", "Anna", "van der Berg", "Anna van der Berg"],
	["Acme, Inc.", "Acme,", "Inc.", "Acme, Inc."],
	["Support Team, Acme", "Support", "Team, Acme", "Support Team, Acme"],
	["", "", "", ""],
])("%s is a first and a last name as its script writes them", (full, first, last, shown) => {
	expect(splitName(full)).toEqual({ first, last });
	expect(personName(first, last)).toBe(shown);
});
