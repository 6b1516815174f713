import { expect, test } from "vitest";
import { hoursOf, minuteOf, spansOf, timeText, weekdayNames } from "./week";

test("hours come back as they were, also those over midnight and round the clock", () => {
	const hours = [
		{ weekday: 0, fromMinute: 540, toMinute: 1020 },
		{ weekday: 0, fromMinute: 1080, toMinute: 1200 },
		{ weekday: 4, fromMinute: 1320, toMinute: 1800 },
		{ weekday: 6, fromMinute: 0, toMinute: 1440 },
	];
	expect(hoursOf(spansOf(hours))).toEqual(hours);
});

test("a time is hours and minutes, and nothing else", () => {
	expect(["09:00", "9:05", "23:59", "24:00", "12:60", "", "noon"].map(minuteOf)).toEqual([
		540,
		545,
		1439,
		undefined,
		undefined,
		undefined,
		undefined,
	]);
	expect(hoursOf([[{ from: "", to: "10:00" }], [], [], [], [], [], []])).toBeUndefined();
	expect([0, 540, 1440, 1800].map(timeText)).toEqual(["00:00", "09:00", "00:00", "06:00"]);
});

test("the week begins on Monday", () => {
	expect(weekdayNames("en")[0]).toBe("Monday");
	expect(weekdayNames("de")[6]).toBe("Sonntag");
});
