/* A week's hours as people type them: times of day; an end at or before its beginning is on the next day. */
import type { WorkingHours } from "../../data/meetings";

export const DAY = 1440;
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/* 540 is "09:00"; what passes midnight is shown as the time of the next day. */
export const timeText = (minute: number) =>
	`${String(Math.floor((minute % DAY) / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export function minuteOf(text: string): number | undefined {
	const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
	if (!found) return undefined;
	const minute = Number(found[1]) * 60 + Number(found[2]);
	return minute < DAY && Number(found[2]) < 60 ? minute : undefined;
}

export interface Span {
	from: string;
	to: string;
}

export const spansOf = (hours: readonly WorkingHours[]): Span[][] =>
	WEEKDAYS.map((weekday) =>
		hours.filter((h) => h.weekday === weekday).map((h) => ({ from: timeText(h.fromMinute), to: timeText(h.toMinute) })),
	);

/* undefined: a time is none. */
export function hoursOf(week: readonly (readonly Span[])[]): WorkingHours[] | undefined {
	const hours: WorkingHours[] = [];
	for (const [weekday, spans] of week.entries())
		for (const span of spans) {
			const fromMinute = minuteOf(span.from);
			const to = minuteOf(span.to);
			if (fromMinute === undefined || to === undefined) return undefined;
			hours.push({ weekday, fromMinute, toMinute: to <= fromMinute ? to + DAY : to });
		}
	return hours;
}

/* Monday to Sunday in the words of a language. */
export function weekdayNames(locale: string): string[] {
	const f = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
	return WEEKDAYS.map((d) => f.format(Date.UTC(2026, 10, 23 + d)));
}
