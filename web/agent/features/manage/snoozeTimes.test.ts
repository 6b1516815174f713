import { expect, test } from "vitest";
import { snoozeTimes } from "./snoozeTimes";

const at = (text: string) =>
	snoozeTimes(new Date(text)).map((s) => `${s.when} ${s.at.toDateString()} ${s.at.getHours()}:${s.at.getMinutes()}`);

test("later today is three hours ahead, tomorrow and next week are mornings", () => {
	expect(at("2026-11-18T10:20:00")).toEqual([
		"later Wed Nov 18 2026 13:0",
		"tomorrow Thu Nov 19 2026 9:0",
		"nextWeek Mon Nov 23 2026 9:0",
	]);
});

test("in the evening there is no later today; on a Monday next week is the next Monday, on a Sunday it is tomorrow", () => {
	expect(at("2026-11-23T21:00:00")).toEqual(["tomorrow Tue Nov 24 2026 9:0", "nextWeek Mon Nov 30 2026 9:0"]);
	expect(at("2026-11-22T09:00:00").at(-1)).toBe("nextWeek Mon Nov 23 2026 9:0");
});
