import { expect, it } from "vitest";
import { fileSize } from "./bytes";
import { listTime, messageTime, spokenTime } from "./relative";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const before = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

it("a list shows relative time below 24 hours, then the day, then the year too", () => {
	expect(listTime(before(0), NOW, "en")).toBe("now");
	expect(listTime(before(5), NOW, "en")).toMatch(/^5/);
	expect(listTime(before(23 * 60), NOW, "en")).toMatch(/^23/);
	expect(listTime(before(3 * 24 * 60), NOW, "en")).toBe("Nov 18");
	expect(listTime("2024-02-03T10:00:00Z", NOW, "en")).toBe("Feb 3, 2024");
});

it("a clock that runs ahead reads as now, not as the future", () => {
	expect(listTime(before(-3), NOW, "en")).toBe("now");
});

it("a broken time shows nothing instead of Invalid Date", () => {
	expect([listTime("x", NOW, "en"), messageTime("", NOW, "en"), spokenTime("?", NOW, "en")]).toEqual(["", "", ""]);
});

it("the next try is spoken in the reader's language", () => {
	expect(spokenTime(before(-4), NOW, "en")).toBe("in 4 minutes");
	expect(spokenTime(before(-4), NOW, "fr")).toBe("dans 4 minutes");
});

it("file sizes use the reader's numbers", () => {
	expect(fileSize(2310, "en")).toBe("2.3 kB");
	expect(fileSize(2310, "de")).toBe("2,3 kB");
	expect(fileSize(1893221, "en")).toBe("1.8 MB");
	expect(fileSize(0, "en")).toBe("0 bytes");
});
