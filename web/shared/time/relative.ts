/* Times as people read them. Formatters are made once per language: making one costs more than using it a thousand times. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Formatters {
	time: Intl.DateTimeFormat;
	day: Intl.DateTimeFormat;
	dayYear: Intl.DateTimeFormat;
	full: Intl.DateTimeFormat;
	narrow: Intl.RelativeTimeFormat;
	long: Intl.RelativeTimeFormat;
}

const made = new Map<string, Formatters>();

function formatters(locale: string): Formatters {
	let f = made.get(locale);
	if (!f) {
		f = {
			time: new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }),
			day: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }),
			dayYear: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }),
			full: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }),
			narrow: new Intl.RelativeTimeFormat(locale, { style: "narrow", numeric: "auto" }),
			long: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
		};
		made.set(locale, f);
	}
	return f;
}

/* For a list: relative below 24 hours, then the day, then the day with its year. A clock that runs ahead reads as "now". */
export function listTime(iso: string, now: number, locale: string): string {
	const at = Date.parse(iso);
	if (Number.isNaN(at)) return "";
	const f = formatters(locale);
	const age = now - at;
	if (age < MINUTE) return f.narrow.format(0, "second");
	if (age < HOUR) return f.narrow.format(-Math.floor(age / MINUTE), "minute");
	if (age < DAY) return f.narrow.format(-Math.floor(age / HOUR), "hour");
	return new Date(at).getFullYear() === new Date(now).getFullYear() ? f.day.format(at) : f.dayYear.format(at);
}

/* For a message: the clock today, day and clock before. */
export function messageTime(iso: string, now: number, locale: string): string {
	const at = Date.parse(iso);
	if (Number.isNaN(at)) return "";
	const f = formatters(locale);
	const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
	if (sameDay) return f.time.format(at);
	const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	return `${(sameYear ? f.day : f.dayYear).format(at)}, ${f.time.format(at)}`;
}

/* For "next try": in 4 minutes, 2 minutes ago. */
export function spokenTime(iso: string, now: number, locale: string): string {
	const at = Date.parse(iso);
	if (Number.isNaN(at)) return "";
	const f = formatters(locale);
	const diff = at - now;
	const size = Math.abs(diff);
	if (size < MINUTE) return f.long.format(Math.round(diff / 1000), "second");
	if (size < HOUR) return f.long.format(Math.round(diff / MINUTE), "minute");
	if (size < DAY) return f.long.format(Math.round(diff / HOUR), "hour");
	return f.long.format(Math.round(diff / DAY), "day");
}

export function fullTime(iso: string, locale: string): string {
	const at = Date.parse(iso);
	return Number.isNaN(at) ? "" : formatters(locale).full.format(at);
}

export function dayTime(iso: string, locale: string): string {
	const at = Date.parse(iso);
	return Number.isNaN(at) ? "" : formatters(locale).dayYear.format(at);
}
