/* When a snoozed ticket may come back, in the time zone of who snoozes. */
const MORNING_HOUR = 9;
const LATER_HOURS = 3;
/* Later than this, "later today" is no help. */
const LAST_HOUR = 20;

export type SnoozeWhen = "later" | "tomorrow" | "nextWeek";

function morning(now: Date, days: number) {
	const d = new Date(now);
	d.setDate(d.getDate() + days);
	d.setHours(MORNING_HOUR, 0, 0, 0);
	return d;
}

export function snoozeTimes(now: Date): { when: SnoozeWhen; at: Date }[] {
	const later = new Date(now);
	later.setHours(later.getHours() + LATER_HOURS, 0, 0, 0);
	/* Monday is day 1; on a Monday the next one is meant. */
	const toMonday = (8 - now.getDay()) % 7 || 7;
	return [
		...(now.getHours() < LAST_HOUR ? [{ when: "later" as const, at: later }] : []),
		{ when: "tomorrow", at: morning(now, 1) },
		{ when: "nextWeek", at: morning(now, toMonday) },
	];
}
