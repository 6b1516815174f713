import { describe, expect, test } from "vitest";
import { matchBefore, type SuggestSource } from "./source";

const source = (trigger: string, more: Partial<SuggestSource> = {}): SuggestSource => ({
	trigger,
	label: trigger,
	find: () => [],
	pick: () => {},
	...more,
});
const sources = [
	source("@", { hasBlanks: true }),
	source(":", { minLetters: 2 }),
	source("/", { isAtLineStart: true }),
	source("#"),
];
const match = (text: string) => {
	const hit = matchBefore(text, sources);
	return hit && `${hit.source.trigger}${hit.query}`;
};

describe("what is typed calls for a list", () => {
	test("at the beginning, behind a blank, behind a bracket or an object", () => {
		expect(match("@")).toBe("@");
		expect(match("Hello @an")).toBe("@an");
		expect(match("(#thanks")).toBe("#thanks");
		expect(match("\uFFFC@a")).toBe("@a");
	});
	test("in languages that write no blanks, behind any word", () => {
		expect(match("はい。#返")).toBe("#返");
		expect(match("お客様#返")).toBe("#返");
		expect(match("您好@李")).toBe("@李");
	});
	test("not within an address, a time or a word", () => {
		expect(match("me@example")).toBeUndefined();
		expect(match("at 10:30")).toBeUndefined();
		expect(match("C#sharp")).toBeUndefined();
		expect(match("and/or")).toBeUndefined();
	});
	test("a name may have one blank between its words, others none", () => {
		expect(match("@Ada Lo")).toBe("@Ada Lo");
		expect(match("@Ada  Lo")).toBeUndefined();
		expect(match("@ then")).toBeUndefined();
		expect(match("#one two")).toBeUndefined();
	});
	test("a colon alone is punctuation; a slash counts at the line's start only", () => {
		expect(match("so :")).toBeUndefined();
		expect(match("so :sm")).toBe(":sm");
		expect(match("/")).toBe("/");
		expect(match("see /x")).toBeUndefined();
	});
	test("the nearest trigger wins; a long text calls for none", () => {
		expect(match("@Ada #th")).toBe("#th");
		expect(match(`@${"a".repeat(60)}`)).toBeUndefined();
	});
});
