import { expect, test } from "vitest";
import { diffWords } from "./diff";

const both = (before: string, after: string) => {
	const parts = diffWords(before, after, "en");
	const of = (kind: string) =>
		parts
			.filter((p) => p.kind !== kind)
			.map((p) => p.text)
			.join("");
	expect(of("added")).toBe(before);
	expect(of("removed")).toBe(after);
	return parts.map((p) => `${{ same: "=", added: "+", removed: "-" }[p.kind]}${p.text}`);
};

test("words that were added and removed are told apart from those that stayed", () => {
	expect(both("Reset your password", "Reset your pass phrase")).toEqual(["=Reset your ", "-password", "+pass phrase"]);
	expect(both("a b c", "a b c")).toEqual(["=a b c"]);
	expect(both("", "new")).toEqual(["+new"]);
	expect(both("old", "")).toEqual(["-old"]);
	expect(both("say red apple now", "say green pear now")).toEqual(["=say ", "-red apple", "+green pear", "= now"]);
	expect(both("one two three four", "one three four five")).toEqual(["=one ", "-two ", "=three four", "+ five"]);
});

test("languages without blanks have words too", () => {
	expect(diffWords("入金の方法", "出金の方法", "ja").filter((p) => p.kind === "same").length).toBeGreaterThan(0);
});

test("any two texts come back out of their difference", () => {
	let seed = 7;
	const random = (n: number) => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return seed % n;
	};
	for (let i = 0; i < 200; i++) {
		const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)]).join(" ");
		both(text(), text());
	}
});

test("texts that have nothing in common are told in one piece", () => {
	const many = (word: string) => Array.from({ length: 4000 }, (_, i) => `${word}${i}`).join(" ");
	expect(both(many("x"), many("y")).length).toBeLessThan(8100);
});
