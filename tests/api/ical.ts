/* Reads a calendar strictly (RFC 5545): whatever a calendar program might take badly is refused here. */
import assert from "node:assert/strict";

export interface CalendarLine {
	name: string;
	parameters: Record<string, string>;
	value: string;
}

export interface Calendar {
	method: string;
	event: CalendarLine[];
	one(name: string): string;
	all(name: string): CalendarLine[];
}

const ONCE = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER"];
const TEXTS = ["UID", "SUMMARY", "DESCRIPTION", "LOCATION"];
const TIMES = ["DTSTAMP", "DTSTART", "DTEND"];

function readLine(line: string): CalendarLine {
	const found = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"\u0000-\u001f\u007f]*"|[^";:,\u0000-\u001f\u007f]*))*):(.*)$/su.exec(line);
	assert.ok(found, `no content line: ${JSON.stringify(line)}`);
	const [, name = "", parameters = "", value = ""] = found;
	const pairs = [...parameters.matchAll(/;([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))/g)].map(([, key, quoted, plain]) => [key, quoted ?? plain]);
	return { name, parameters: Object.fromEntries(pairs), value };
}

function unescape(text: string): string {
	assert.doesNotMatch(text, /(^|[^\\])(\\\\)*[;,]/, "a comma or semicolon stands for itself");
	assert.doesNotMatch(text.replace(/\\\\/g, ""), /\\[^;,nN]/, "an escape that there is not");
	return text.replace(/\\([\\;,nN])/g, (_, c) => (c === "n" || c === "N" ? "\n" : c));
}

export function readCalendar(bytes: Buffer): Calendar {
	const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	assert.ok(text.endsWith("\r\n"), "ends with a line end");
	assert.doesNotMatch(text.replace(/\r\n/g, ""), /[\r\n]/, "line ends are CRLF");
	for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `over 75 bytes: ${line}`);
	const lines = text.replace(/\r\n[ \t]/g, "").split("\r\n").slice(0, -1).map(readLine);
	const shown = (l: CalendarLine) => `${l.name}:${l.value}`;
	assert.equal(shown(lines[0] as CalendarLine), "BEGIN:VCALENDAR");
	assert.equal(shown(lines.at(-1) as CalendarLine), "END:VCALENDAR");
	const begin = lines.findIndex((l) => shown(l) === "BEGIN:VEVENT");
	const end = lines.findIndex((l) => shown(l) === "END:VEVENT");
	assert.ok(begin > 0 && end === lines.length - 2, "one event and nothing else");
	const head = Object.fromEntries(lines.slice(1, begin).map((l) => [l.name, l.value]));
	assert.equal(head.VERSION, "2.0");
	assert.ok(head.PRODID);
	const event = lines.slice(begin + 1, end).map((l) => (TEXTS.includes(l.name) ? { ...l, value: unescape(l.value) } : l));
	for (const name of ONCE) assert.ok(event.filter((l) => l.name === name).length <= 1, `${name} once`);
	for (const { name, value } of event) {
		assert.ok([...ONCE, "ATTENDEE"].includes(name), name);
		if (TIMES.includes(name)) assert.match(value, /^\d{8}T\d{6}Z$/);
		if (["ORGANIZER", "ATTENDEE"].includes(name)) assert.match(value, /^mailto:[^@\s]+@[^@\s]+$/);
	}
	const all = (name: string) => event.filter((l) => l.name === name);
	return { method: head.METHOD ?? "", event, all, one: (name) => all(name)[0]?.value ?? "" };
}

/* 2026-11-21T09:30:00.000Z as a calendar writes it. */
export const calendarTime = (iso: string) => iso.replace(/[-:]|\.\d{3}/g, "");
