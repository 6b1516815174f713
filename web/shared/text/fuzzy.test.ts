import { describe, expect, it } from "vitest";
import { folded, fuzzyScore, fuzzySort } from "./fuzzy";

describe("fuzzy search", () => {
	it("finds words in any order, by their beginnings first", () => {
		const list = ["Show all open", "Open the ticket", "Reopen"];
		expect(fuzzySort(list, "open", (s) => s)).toEqual(["Open the ticket", "Show all open", "Reopen"]);
		expect(fuzzyScore("Go to Assigned to me", "me assigned")).toBeGreaterThan(0);
		expect(fuzzyScore("Go to Closed", "snooze")).toBe(0);
	});

	it("finds first letters of words, and not letters from anywhere", () => {
		expect(fuzzyScore("Go to Closed", "gtc")).toBeGreaterThan(0);
		expect(fuzzyScore("Create a ticket", "cat")).toBeGreaterThan(0);
		expect(fuzzyScore("Create a ticket", "rkt")).toBe(0);
	});

	it("does not ask for accents, case, width or the kind of kana", () => {
		expect(folded("Żółć GROSSE Straße Ｆｕｌｌ")).toBe("zolc grosse strasse full");
		expect(fuzzyScore("Zgłoszenia zamknięte", "zamkniete")).toBeGreaterThan(0);
		expect(fuzzyScore("チケットを作成", "ちけっと")).toBeGreaterThan(0);
		expect(fuzzyScore("顯示未指派的工單", "工單")).toBeGreaterThan(0);
	});

	it("keeps the order of a list when nothing is asked", () => {
		expect(fuzzySort(["b", "a"], "  ", (s) => s)).toEqual(["b", "a"]);
	});
});
