/* Booking pages: who makes and sees them, which times are free, the public page and the booking's own, mails with calendars, and that
 * nobody is booked twice. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { forEachEngine, readMail, type SmtpSink, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";
import { calendarTime, readCalendar } from "./ical.ts";

const PAGES = "/desk/v1/booking-pages";
const ALWAYS = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
const viewer = { email: "viewer@desk.example", password: "viewers have words" };
const other = { email: "other@desk.example", password: "others have words" };

forEachEngine((engine) => {
	const at = desk(engine);
	let sink: SmtpSink;
	let ada: Call;
	let olga: Call;
	let watcher: Call;
	let ids: Record<string, string>;
	let page: any;

	before(async () => {
		sink = await startSmtpSink();
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
		at.bellhop.command("user", "add", "--email", other.email, "--password", other.password, "--first-name", "Otso", "--last-name", "Other");
		at.bellhop.command("user", "add", "--email", viewer.email, "--password", viewer.password);
		await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${viewer.email}'`);
		ada = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		olga = byCookie(at.bellhop, await signIn(at.bellhop, other));
		watcher = byCookie(at.bellhop, await signIn(at.bellhop, viewer));
		const owners = (await expectStatus(at.call("GET", "/crm/v3/owners?limit=100"), 200)).results;
		ids = Object.fromEntries(owners.map((o: any) => [o.email, String(o.userId)]));
		for (const call of [ada, olga]) await expectStatus(call("PUT", "/desk/v1/availability", { timeZone: "Europe/Berlin", hours: ALWAYS, daysOff: [] }), 200);
		page = await expectStatus(ada("POST", PAGES, { title: "Call with Aino", lengths: [30], noticeMinutes: 0, location: "Room 1; left, back", confirmation: "See you!" }), 201);
	});
	after(() => sink?.stop());

	const slots = async (id = page.id, from = new Date(Date.now() + 2 * 86400e3), call = ada) => (await expectStatus(call("GET", `${PAGES}/${id}/slots?from=${from.toISOString()}&days=2`), 200)).results.map((s: any) => s.startAt as string);
	const get = (path: string, headers: Record<string, string> = {}) => fetch(at.bellhop.url + path, { headers, redirect: "manual" });
	const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
		fetch(at.bellhop.url + path, { method: "POST", redirect: "manual", headers: { origin: at.bellhop.url, ...headers }, body: new URLSearchParams(fields) });
	const person = (name: string) => ({ name, email: `${name.toLowerCase().replace(/\W+/g, ".")}@customer.example` });
	const book = (start: string, who: Record<string, string>, path = `/meet/${page.slug}`, headers = {}) =>
		post(path, { start: String(Date.parse(start)), minutes: "30", zone: "Europe/Berlin", ...who }, headers);
	/* The address of the new booking. */
	async function booked(start: string, who: Record<string, string>, path?: string, headers?: Record<string, string>): Promise<string> {
		const answer = await book(start, who, path, headers);
		assert.equal(answer.status, 303, await answer.text());
		const location = answer.headers.get("location") ?? "";
		assert.match(location, /^\/booking\/[A-Za-z0-9_-]{24}\?done=1/);
		return location.replace(/\?.*/, "");
	}
	const upcoming = async (call = ada, query = "") => (await expectStatus(call("GET", `/desk/v1/bookings${query}`), 200)).results;
	const mailTo = (to: string, fits: (m: any) => boolean = () => true) => sink.waitForMail(`a mail to ${to}`, (m) => m.to.includes(to) && fits(m));
	const calendarOf = (mail: { data: Buffer }) => {
		const part = readMail(mail.data).parts.find((p) => p.type === "text/calendar");
		assert.ok(part, "a part with a calendar");
		const calendar = readCalendar(part.bytes);
		assert.match(part.headers.get("content-type") ?? "", new RegExp(`method=${calendar.method}\\b`));
		return calendar;
	};

	const sequence = (mail: { data: Buffer }) => calendarOf(mail).one("SEQUENCE");

	test("N-40: an agent makes a booking page of his own; what is not valid is refused by field, and its address is one's own", async () => {
		assert.deepEqual([page.slug, page.url, page.hostName, page.mayEdit, page.isActive, page.lengths], ["call-with-aino", `${at.bellhop.url}/meet/call-with-aino`, "Aino Agent", true, true, [30]]);
		for (const [field, value] of Object.entries({ title: "", slug: "Call with Aino", lengths: [7], bufferBefore: -1, bufferAfter: 9999, noticeMinutes: -1, aheadDays: 0, maxPerDay: 1000, description: "x".repeat(5000), location: "x".repeat(501) })) {
			const error = await refused(ada("POST", PAGES, { title: "X", [field]: value }), 400);
			assert.equal(error.errors[0].in, field, JSON.stringify(error));
		}
		await refused(ada("POST", PAGES, { title: "X", slug: page.slug }), 400);
		const twin = await expectStatus(ada("POST", PAGES, { title: "Call with Aino" }), 201);
		assert.equal(twin.slug, "call-with-aino-2");
		assert.match((await expectStatus(ada("POST", PAGES, { title: "通話" }), 201)).slug, /^meeting-\d+$/);
		const changed = await expectStatus(ada("PATCH", `${PAGES}/${twin.id}`, { bufferBefore: 10, isActive: false }), 200);
		assert.deepEqual([changed.bufferBefore, changed.bufferAfter, changed.isActive, changed.title], [10, 0, false, "Call with Aino"]);
		await expectStatus(ada("DELETE", `${PAGES}/${twin.id}`), 204);
		await refused(ada("GET", `${PAGES}/${twin.id}`), 404);
		assert.equal((await expectStatus(ada("POST", `${PAGES}/${twin.id}/restore`), 200)).slug, "call-with-aino-2");
	});

	test("pages of others do not exist for an agent, a team's is seen by its members and changed by administrators", async () => {
		assert.deepEqual((await expectStatus(olga("GET", PAGES), 200)).results, []);
		for (const call of [olga, watcher]) {
			await refused(call("GET", `${PAGES}/${page.id}`), 404);
			await refused(call("PATCH", `${PAGES}/${page.id}`, { title: "Mine" }), 404);
			await refused(call("DELETE", `${PAGES}/${page.id}`), 404);
		}
		await refused(watcher("POST", PAGES, { title: "Mine" }), 403);
		await refused(watcher("PUT", "/desk/v1/availability", { hours: [] }), 403);
		await refused(ada("GET", `/desk/v1/availability?userId=${ids[other.email]}`), 403);
		await refused(ada("POST", PAGES, { title: "Team", teamId: "1" }), 403);
		const team = await expectStatus(at.call("POST", "/desk/v1/teams", { name: "Front desk", userIds: [ids[agent.email], ids[other.email]] }), 201);
		const shared = await expectStatus(at.call("POST", PAGES, { title: "Front desk", teamId: team.id }), 201);
		assert.equal(shared.hostName, "Front desk");
		assert.deepEqual((await expectStatus(olga("GET", PAGES), 200)).results.map((p: any) => [p.id, p.mayEdit]), [[shared.id, false]]);
		await refused(olga("PATCH", `${PAGES}/${shared.id}`, { title: "Mine" }), 403);
		await refused(watcher("GET", `${PAGES}/${shared.id}`), 404);
	});

	test("free times follow working hours, days off, notice, buffers and what is booked", async () => {
		const own = await expectStatus(olga("POST", PAGES, { title: "Olga", lengths: [60, 30], noticeMinutes: 0, bufferAfter: 15, maxPerDay: 2 }), 201);
		const hours = { timeZone: "Asia/Kathmandu", hours: ALWAYS.map((h) => ({ ...h, fromMinute: 540, toMinute: 660 })), daysOff: [] as string[] };
		await expectStatus(olga("PUT", "/desk/v1/availability", hours), 200);
		const day = new Date(Date.now() + 3 * 86400e3).toISOString().slice(0, 10);
		const midnight = new Date(Date.parse(`${day}T00:00:00Z`) - 345 * 60e3);
		const of = async (more = "") => (await expectStatus(olga("GET", `${PAGES}/${own.id}/slots?from=${midnight.toISOString()}&days=1${more}`), 200)).results.map((s: any) => (Date.parse(s.startAt) - midnight.getTime()) / 60e3);
		assert.deepEqual(await of(), [540, 570, 600, 630]);
		assert.deepEqual(await of("&minutes=60"), [540, 570, 600]);
		const start = new Date(midnight.getTime() + 540 * 60e3).toISOString();
		const path = await booked(start, person("Buffer One"), `/meet/${own.slug}`);
		assert.deepEqual(await of(), [600, 630]); /* 9:30 lies in the buffer */
		for (const [minutes, status] of [[570, 409], [545, 409], [700, 409], [480, 409]] as const) {
			const answer = await book(new Date(midnight.getTime() + minutes * 60e3).toISOString(), person("Buffer Two"), `/meet/${own.slug}`);
			assert.equal(answer.status, status);
		}
		await booked(new Date(midnight.getTime() + 600 * 60e3).toISOString(), person("Buffer Two"), `/meet/${own.slug}`);
		assert.deepEqual(await of(), []); /* two a day */
		assert.equal((await post(`${path}/cancel`, {})).status, 303);
		assert.deepEqual(await of(), [540]);
		await expectStatus(olga("PUT", "/desk/v1/availability", { daysOff: [day] }), 200);
		assert.deepEqual(await of(), []);
		assert.deepEqual((await expectStatus(olga("GET", "/desk/v1/availability"), 200)).daysOff, [day]);
		await expectStatus(olga("PATCH", `${PAGES}/${own.id}`, { noticeMinutes: 60 * 24 * 30 }), 200);
		await expectStatus(olga("PUT", "/desk/v1/availability", { timeZone: "Europe/Berlin", hours: ALWAYS, daysOff: [] }), 200);
		assert.deepEqual(await of(), []);
		for (const bad of [{ timeZone: "Mars/Base" }, { hours: [{ weekday: 0, fromMinute: 60, toMinute: 60 }] }, { hours: [{ weekday: 7, fromMinute: 0, toMinute: 60 }] }, { hours: {} }, { daysOff: ["soon"] }, { daysOff: "x" }])
			assert.equal((await refused(olga("PUT", "/desk/v1/availability", bad), 400)).errors[0].in, Object.keys(bad)[0]);
	});

	test("N-40: a customer books; both get an invitation that a strict reader takes, and a meeting is on his contact and the ticket", async () => {
		const ticket = await newTicket(at.call, { subject: "Lamp is broken" });
		const { url } = (await expectStatus(ada("GET", `${PAGES}?ticketId=${ticket.id}`), 200)).results.find((p: any) => p.id === page.id);
		const [start = ""] = await slots();
		const address = new URL(url);
		const zoe = { name: 'Zoë "Z" Müller', email: "Zoe@customer.example", note: "Broken; again, it seems\nline two" };
		const path = await booked(start, zoe, address.pathname + address.search, { "accept-language": "de" });
		const [booking] = (await upcoming()).filter((b: any) => b.startAt === start);
		assert.deepEqual([booking.name, booking.email, booking.ticketId, booking.pageTitle, booking.hostName, booking.mayChange], [zoe.name, "zoe@customer.example", ticket.id, page.title, "Aino Agent", true]);

		const meeting = await expectStatus(at.call("GET", `${OBJECTS}/meetings/${booking.meetingId}?properties=hs_meeting_title,hs_meeting_start_time,hs_meeting_end_time,hs_meeting_outcome,hs_meeting_location,hs_meeting_body&associations=contacts,tickets`), 200);
		assert.deepEqual([meeting.properties.hs_meeting_outcome, meeting.properties.hs_meeting_location], ["SCHEDULED", page.location]);
		assert.equal(Date.parse(meeting.properties.hs_meeting_start_time), Date.parse(start));
		assert.equal(Date.parse(meeting.properties.hs_meeting_end_time) - Date.parse(start), 30 * 60e3);
		assert.equal(meeting.associations.contacts.results[0].id, booking.contactId);
		assert.equal(meeting.associations.tickets.results[0].id, ticket.id);
		const contact = await expectStatus(at.call("GET", `${OBJECTS}/contacts/${booking.contactId}?properties=email,firstname`), 200);
		assert.deepEqual([contact.properties.email, contact.properties.firstname], ["zoe@customer.example", "Zoë"]);
		const timeline = await expectStatus(ada("GET", `/desk/v1/objects/tickets/${ticket.id}/timeline`), 200);
		assert.equal(Boolean(JSON.stringify(timeline).includes(booking.meetingId)), true);

		const invitation = await mailTo("zoe@customer.example");
		const calendar = calendarOf(invitation);
		assert.deepEqual([calendar.method, calendar.one("DTSTART"), calendar.one("SEQUENCE"), calendar.one("STATUS"), calendar.one("LOCATION")], ["REQUEST", calendarTime(start), "0", "CONFIRMED", page.location]);
		assert.equal(calendar.one("DTEND"), calendarTime(new Date(Date.parse(start) + 30 * 60e3).toISOString()));
		assert.deepEqual(calendar.all("ATTENDEE").map((a) => [a.value, a.parameters.CN]), [["mailto:zoe@customer.example", "Zoë 'Z' Müller"]]);
		assert.equal(calendar.all("ORGANIZER")[0]?.value, `mailto:${at.bellhop.inbox}`);
		assert.equal(Boolean(calendar.one("DESCRIPTION").includes(`${at.bellhop.url}${path}`) && calendar.one("DESCRIPTION").includes("Broken; again, it seems\nline two")), true);
		assert.equal(invitation.from, at.bellhop.inbox);
		const agents = calendarOf(await mailTo(agent.email, (m) => m.data.includes("zoe@customer.example")));
		assert.equal(agents.one("UID"), calendar.one("UID"));
		assert.deepEqual(agents.all("ATTENDEE").map((a) => a.value), ["mailto:zoe@customer.example", `mailto:${agent.email}`]);
		assert.ok(!agents.one("DESCRIPTION").includes(path), "the customer's address is his own");

		const told = async () => (await expectStatus(ada("GET", "/desk/v1/notifications"), 200)).results.filter((n: any) => n.ticketId === booking.meetingId).map((n: any) => `${n.topic} ${n.happening} ${n.subject}`);
		assert.deepEqual(await told(), [`MEETING MEETING_BOOKED Call with Aino: ${zoe.name}`]);

		/* moved by the customer */
		const later = (await slots()).at(-1) ?? "";
		assert.equal((await post(`${path}/move`, { start: String(Date.parse(later)) })).status, 303);
		const moved = calendarOf(await mailTo("zoe@customer.example", (m) => sequence(m) === "1"));
		assert.deepEqual([moved.method, moved.one("UID"), moved.one("DTSTART"), moved.one("SEQUENCE")], ["REQUEST", calendar.one("UID"), calendarTime(later), "1"]);
		assert.ok((await slots()).includes(start), "the old time is free again");
		const outcome = async () => (await expectStatus(at.call("GET", `${OBJECTS}/meetings/${booking.meetingId}?properties=hs_meeting_outcome,hs_meeting_start_time`), 200)).properties;
		assert.equal((await outcome()).hs_meeting_outcome, "RESCHEDULED");
		assert.equal(Date.parse((await outcome()).hs_meeting_start_time), Date.parse(later));

		/* canceled by the agent */
		assert.equal((await expectStatus(ada("POST", `/desk/v1/bookings/${booking.id}/cancel`), 200)).state, "CANCELED");
		const canceled = calendarOf(await mailTo("zoe@customer.example", (m) => sequence(m) === "2"));
		assert.deepEqual([canceled.method, canceled.one("STATUS"), canceled.one("UID"), canceled.one("SEQUENCE")], ["CANCEL", "CANCELLED", calendar.one("UID"), "2"]);
		calendarOf(await mailTo(agent.email, (m) => sequence(m) === "2"));
		assert.equal((await outcome()).hs_meeting_outcome, "CANCELED");
		assert.equal((await told()).length, 2, "of what one did oneself one is not told");
		assert.equal(Boolean((await slots()).includes(later)), true);
	});

	test("a card of a booking page that is closed holds the reply back, in one sentence that names it", async () => {
		const ticket = await newTicket(at.call, { subject: "Card" });
		const own = await expectStatus(ada("POST", PAGES, { title: "Shut" }), 201);
		const { url } = await expectStatus(ada("GET", `${PAGES}/${own.id}?ticketId=${ticket.id}`), 200);
		const html = `<div data-card="meeting"><a href="${url}">Shut</a></div>`;
		const comment = (text: string) => ada("POST", `/desk/v1/tickets/${ticket.id}/comments`, { html: text });
		await expectStatus(comment(html), 201);
		await expectStatus(ada("PATCH", `${PAGES}/${own.id}`, { isActive: false }), 200);
		const error = await refused(comment(html), 400, /booking page “Shut” takes no bookings/);
		assert.deepEqual([error.errors[0].in, error.errors[0].code], ["html", "CARD_NOT_AVAILABLE"]);
		await refused(comment(html.replaceAll(own.slug, "nobody")), 400);
		await refused(ada("GET", `${PAGES}/${own.id}?ticketId=999999`), 404);
		await refused(ada("GET", `${PAGES}?ticketId=x`), 400);
	});

	test("of fifty who book one time at the same moment exactly one gets it, and the buffers around it are taken too", async () => {
		const own = await expectStatus(ada("POST", PAGES, { title: "Rush", lengths: [30], noticeMinutes: 0, bufferBefore: 60, bufferAfter: 60 }), 201);
		const start = (await slots(own.id, new Date(Date.now() + 6 * 86400e3)))[4] ?? "";
		const shifted = (i: number) => new Date(Date.parse(start) + ((i % 3) - 1) * 30 * 60e3).toISOString();
		const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => book(shifted(i), person(`Rush ${i}`), `/meet/${own.slug}`)));
		const won = answers.filter((a) => a.status === 303);
		assert.deepEqual([won.length, answers.filter((a) => a.status === 409).length], [1, 49]);
		const around = (await upcoming()).filter((b: any) => Math.abs(Date.parse(b.startAt) - Date.parse(start)) <= 60 * 60e3);
		assert.equal(around.length, 1);
		const meetings = await sql(at.bellhop, "SELECT count(*) FROM object WHERE object_type = 47 AND label LIKE 'Rush: %'");
		assert.equal(meetings.trim(), "1", "who did not get it left no meeting");
		assert.equal((await sql(at.bellhop, "SELECT count(*) FROM object WHERE object_type = 1 AND unique_key LIKE 'rush.%'")).trim(), "1", "and no contact");
	});

	test("a time that was taken a second before: one sentence, what was typed stays, other times are offered", async () => {
		const [start = "", next = ""] = await slots(page.id, new Date(Date.now() + 9 * 86400e3));
		await booked(start, person("First Come"));
		const answer = await book(start, { ...person("Second"), name: "Second <b>", note: "I typed & this" });
		assert.equal(answer.status, 409);
		const html = await answer.text();
		assert.equal(html.match(/role="alert"/g)?.length, 1);
		assert.match(html, /This time is not free any more\. Please choose another one\./);
		assert.match(html, /value="Second &lt;b&gt;"/);
		assert.match(html, /I typed &amp; this<\/textarea>/);
		assert.deepEqual([start, next].map((t) => html.includes(`value="${Date.parse(t)}"`)), [false, true]);
		for (const [fields, status, sentence] of [
			[{ ...person("X"), name: "" }, 400, /Write your name/],
			[{ ...person("X"), email: "nobody" }, 400, /Write an email address/],
			[{ ...person("X"), start: "" }, 400, /Choose a time first/],
			[{ ...person("X"), website: "spam.example" }, 400, /empty field/],
		] as const) {
			const refusal = await book(next, fields as Record<string, string>);
			assert.equal(refusal.status, status);
			assert.match(await refusal.text(), sentence);
		}
	});

	test("the public page is in the visitor's language and on his clock", async () => {
		const html = await (await get(`/meet/${page.slug}?zone=Asia/Kathmandu&lang=en`)).text();
		assert.match(html, /<option selected>Asia\/Kathmandu<\/option>/);
		assert.match(html, /<legend>\w+,? \d+ \w+ \d{4}<\/legend>/);
		const first = Number(/name="start" required value="(\d+)"/.exec(html)?.[1]);
		const shown = /name="start" required value="\d+"><span>(\d\d:\d\d)</.exec(html)?.[1];
		assert.equal(shown, new Date(first).toLocaleTimeString("en-GB", { timeZone: "Asia/Kathmandu", hour: "2-digit", minute: "2-digit" }));
		const answer = await get(`/meet/${page.slug}`);
		assert.match(answer.headers.get("content-security-policy") ?? "", /script-src 'self'/);
		assert.match(await answer.text(), /noindex/);
	});

	test("public addresses: guessed, mistyped, closed and archived ones, and other people's bookings", async () => {
		for (const path of ["/meet/", "/meet/nobody", "/meet/call-with-aino/x", "/meet/%2e%2e%2f", "/booking/", "/booking/x", `/booking/${"A".repeat(24)}`, `/booking/${"A".repeat(24)}/move`, `/booking/${"A".repeat(24)}/calendar`, "/booking/1"]) {
			const answer = await get(path);
			assert.equal(answer.status, 404, path);
			assert.doesNotMatch(await answer.text(), /Aino|Call/);
		}
		for (const action of ["cancel", "move", "x", ""]) assert.equal((await post(`/booking/${"A".repeat(24)}/${action}`, { start: "1" })).status, 404, action);
		const own = await expectStatus(ada("POST", PAGES, { title: "Closed soon", noticeMinutes: 0 }), 201);
		const [start = ""] = await slots(own.id, new Date(Date.now() + 11 * 86400e3));
		const path = await booked(start, person("Early Bird"), `/meet/${own.slug}`);
		await expectStatus(ada("PATCH", `${PAGES}/${own.id}`, { isActive: false }), 200);
		const closed = await get(`/meet/${own.slug}`);
		assert.equal(closed.status, 410);
		assert.doesNotMatch(await closed.text(), /Closed soon|Aino/);
		assert.equal((await book(start, person("Late"), `/meet/${own.slug}`)).status, 410);
		assert.equal((await get(path)).status, 200);
		await expectStatus(ada("DELETE", `${PAGES}/${own.id}`), 204);
		assert.equal((await get(`/meet/${own.slug}`)).status, 410);
		/* what was booked stays, and can be canceled once and looked at after that */
		assert.match(await (await get(path)).text(), /Early|Closed soon/);
		assert.equal((await get(`${path}/calendar`)).headers.get("content-type"), "text/calendar; charset=utf-8");
		assert.equal(readCalendar(Buffer.from(await (await get(`${path}/calendar`)).arrayBuffer())).method, "REQUEST");
		assert.equal((await post(`${path}/cancel`, {}, { origin: "https://evil.example" })).status, 403);
		assert.equal((await post(`${path}/cancel`, {})).status, 303);
		assert.equal((await post(`${path}/cancel`, {})).status, 303);
		assert.match(await (await get(path)).text(), /This meeting was canceled/);
		assert.equal((await post(`${path}/move`, { start: String(Date.parse(start) + 864e5) })).status, 409);
	});

	test("bookings of others are not seen, moved or canceled by agents who are not in them", async () => {
		const [start = "", next = ""] = await slots(page.id, new Date(Date.now() + 12 * 86400e3));
		const path = await booked(start, person("Private Person"));
		const [booking] = (await upcoming()).filter((b: any) => b.startAt === start);
		assert.equal(Boolean(!(await upcoming(olga)).some((b: any) => b.id === booking.id)), true);
		for (const call of [olga, watcher]) {
			await refused(call("POST", `/desk/v1/bookings/${booking.id}/cancel`), 404);
			await refused(call("POST", `/desk/v1/bookings/${booking.id}/move`, { startAt: next }), 404);
			await refused(call("GET", `/desk/v1/bookings/${booking.id}/slots`), 404);
			await refused(call("GET", `/desk/v1/bookings?bookingPageId=${page.id}`), 404);
		}
		assert.equal(Boolean((await upcoming(at.call)).some((b: any) => b.id === booking.id)), true);
		const free = (await expectStatus(ada("GET", `/desk/v1/bookings/${booking.id}/slots?from=${start}&days=1`), 200)).results;
		assert.equal(Boolean(free.some((s: any) => s.startAt === next)), true);
		assert.equal((await expectStatus(ada("POST", `/desk/v1/bookings/${booking.id}/move`, { startAt: next }), 200)).startAt, next);
		await refused(ada("POST", `/desk/v1/bookings/${booking.id}/move`, { startAt: "2020-01-01T00:00:00Z" }), 409);
		await refused(ada("POST", `/desk/v1/bookings/${booking.id}/move`, { startAt: "soon" }), 400);
		/* one that has begun stays as it is */
		await sql(at.bellhop, `UPDATE booking SET start_at = 1, end_at = 2 WHERE id = ${booking.id}`);
		assert.equal((await post(`${path}/cancel`, {})).status, 410);
		assert.match(await (await get(path)).text(), /has begun/);
	});

	test("a team takes turns: who has fewest bookings before him, then who was booked longest ago", async () => {
		await sql(at.bellhop, "DELETE FROM booking");
		const team = (await expectStatus(at.call("GET", PAGES), 200)).results.find((p: any) => p.teamId);
		await expectStatus(at.call("PATCH", `${PAGES}/${team.id}`, { noticeMinutes: 0 }), 200);
		const free = await slots(team.id, new Date(Date.now() + 5 * 86400e3), at.call);
		const hosts = [];
		for (const i of [0, 1, 4, 5]) {
			await booked(free[i] ?? "", person(`Turn ${i}`), `/meet/${team.slug}`);
			hosts.push((await upcoming(at.call)).find((b: any) => b.startAt === free[i]).hostName);
		}
		assert.equal(new Set(hosts.slice(0, 2)).size, 2);
		assert.equal(new Set(hosts.slice(2)).size, 2);
		assert.equal(hosts[2], hosts[0], "whose turn was longest ago");
		/* both at one time, and no third */
		await booked(free[10] ?? "", person("Twin A"), `/meet/${team.slug}`);
		await booked(free[10] ?? "", person("Twin B"), `/meet/${team.slug}`);
		assert.equal((await book(free[10] ?? "", person("Twin C"), `/meet/${team.slug}`)).status, 409);
	});

	test("somebody books no more than five meetings ahead, and nobody more than 200 an hour from one place", async () => {
		const free = await slots(page.id, new Date(Date.now() + 14 * 86400e3));
		for (let i = 0; i < 5; i++) await booked(free[i] ?? "", person("Busy Bee"));
		const answer = await book(free[6] ?? "", person("Busy Bee"));
		assert.equal(answer.status, 429);
		assert.match(await answer.text(), /many bookings by you/);
		await sql(at.bellhop, "UPDATE sign_in_failure SET failure_n = 200 WHERE subject LIKE 'booking:%'");
		assert.equal((await book(free[7] ?? "", person("Fresh Face"))).status, 429);
		await sql(at.bellhop, "DELETE FROM sign_in_failure");
		await booked(free[7] ?? "", person("Fresh Face"));
	});

	test("a name is one line that shows something, counted in characters; times out of reach and the desk's own addresses are no bookings", async () => {
		const free = await slots(page.id, new Date(Date.now() + 20 * 86400e3));
		const made = await booked(free[0] ?? "", { name: "Eve\r\nBcc: x@y.example\u202e", email: "eve@customer.example" });
		assert.match(await (await get(`${made}/calendar`)).text(), /SUMMARY:Call with Aino: Aino Agent and Eve Bcc: x@y\.example\r\n/);
		await booked(free[1] ?? "", { name: "山田".repeat(100), email: "yamada@customer.example" });
		for (const name of ["山".repeat(201), " \u00a0\u200b "]) {
			const answer = await book(free[2] ?? "", { name, email: "blank@customer.example" });
			assert.equal(answer.status, 400);
			assert.match(await answer.text(), /Write your name/);
		}
		const own = await book(free[2] ?? "", { name: "Loop", email: at.bellhop.inbox.toUpperCase() });
		assert.equal(own.status, 400);
		assert.match(await own.text(), /Write an email address/);
		for (const start of ["9223372036854775807", "99999999999999999", "253402300800000", "1"]) {
			const fields = { start, minutes: "30", zone: "Europe/Berlin", ...person("Far Away") };
			assert.equal((await post(`/meet/${page.slug}`, fields)).status, 409, start);
			assert.equal((await post(`${made}/move`, { start })).status, 409, start);
		}
		const { results } = await expectStatus(ada("GET", "/desk/v1/notifications?limit=5"), 200);
		assert.deepEqual(results.slice(0, 2).map((n: any) => [n.happening, n.actorName]), [["MEETING_BOOKED", "山田".repeat(100)], ["MEETING_BOOKED", "Eve Bcc: x@y.example"]]);
	});

	test("an invitation waits for an outgoing mail server, and leaves when there is one", async () => {
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: "" }), 200);
		const [start] = await slots();
		assert.equal((await book(start as string, person("Patient Pia"))).status, 303);
		await new Promise((done) => setTimeout(done, 1500));
		assert.equal(sink.mails.filter((m) => m.to.includes("patient.pia@customer.example")).length, 0);
		await expectStatus(at.call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
		const mail = await sink.waitForMail("the invitation", (m) => m.to.includes("patient.pia@customer.example"));
		assert.match(String(mail.data), /method=REQUEST/i);
	});

	test("when a person is erased, what he booked goes too", async () => {
		const free = await slots(page.id, new Date(Date.now() + 16 * 86400e3));
		const path = await booked(free[0] ?? "", person("Gone Soon"));
		const [booking] = (await upcoming()).filter((b: any) => b.email === "gone.soon@customer.example");
		await expectStatus(at.call("POST", `${OBJECTS}/contacts/gdpr-delete`, { objectId: booking.contactId }), 204);
		await waitFor("the booking to be gone", async () => (await get(path)).status === 404);
		assert.equal((await sql(at.bellhop, "SELECT count(*) FROM booking WHERE email LIKE 'gone.soon%'")).trim(), "0");
	});
});
