/* What a user wants of one ticket for himself: reminders and mute; and when he wants to be left alone. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { forEachEngine, readMail, type SmtpSink, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, newTicket, OBJECTS, refused, said, signIn, sql } from "./help.ts";

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const clock = (at: number) => new Date(at).toISOString().slice(11, 16);

let sink: SmtpSink;
before(async () => {
	sink = await startSmtpSink();
});
after(() => sink?.stop());

forEachEngine((engine) => {
	const at = desk(engine);
	let admin: Call, aino: Call;
	const ids: Record<string, string> = {};

	before(async () => {
		sink.mails.length = 0;
		await at.bellhop.api.put("/desk/v1/relay", { url: sink.url });
		admin = byCookie(at.bellhop, await signIn(at.bellhop, at.bellhop.admin));
		aino = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		const { user } = await expectStatus(aino("GET", "/desk/v1/session"), 200);
		ids.aino = user.id;
		ids.ainoOwner = user.ownerId;
	});

	const ticket = (subject: string) => newTicket(at.call, { subject });
	const remind = (call: Call, id: string, when: string, note?: string) => call("PUT", `/desk/v1/tickets/${id}/reminder`, { at: when, note });
	const detail = (call: Call, id: string) => expectStatus(call("GET", `/desk/v1/tickets/${id}`), 200);
	const bell = async (call: Call, id: string): Promise<any[]> => (await expectStatus(call("GET", "/desk/v1/notifications"), 200)).results.filter((n: any) => n.ticketId === id);
	const told = (call: Call, id: string) => waitFor("the reminder", async () => (await bell(call, id)).find((n) => n.happening === "REMINDED"));
	const mention = () => `<p><span data-user-id="${ids.aino}">@Aino</span></p>`;
	const comment = (id: string, html = mention()) => expectStatus(admin("POST", `/desk/v1/tickets/${id}/comments`, { html }), 201);
	const prefer = (values: object) => expectStatus(aino("PATCH", "/desk/v1/preferences", values), 200);

	describe("S-4: reminders", () => {
		test("at its time one is told, in the bell and by mail, with what one wrote to oneself; then it is over, and nobody else saw it", async () => {
			const { id } = await ticket("Lamp to remember");
			const when = soon(1500);
			const set = await expectStatus(remind(aino, id, when, " call\nthe customer \u{1f4de} "), 200);
			assert.deepEqual([set.remindAt, set.reminderNote, set.isMuted], [when, "call the customer \u{1f4de}", false]);
			assert.equal((await detail(admin, id)).remindAt, undefined);
			const notice = await told(aino, id);
			assert.deepEqual([notice.topic, notice.excerpt, notice.subject, notice.asPopup, notice.inBrowser, notice.actorName, notice.stageId], ["REMINDER", "call the customer \u{1f4de}", "Lamp to remember", true, true, undefined, undefined]);
			assert.ok(Date.parse(notice.createdAt) >= Date.parse(when));
			assert.equal((await detail(aino, id)).remindAt, undefined);
			assert.deepEqual(await bell(admin, id), []);
			const mail = await sink.waitForMail("the mail", (m) => m.to.includes(agent.email) && /Lamp to remember/.test(m.data.toString()));
			assert.ok(readMail(mail.data).text.includes(said("en", "notice.remindedOf", { note: "call the customer \u{1f4de}" })));
		});

		test("a later wish takes the place of the earlier one, and one can let it be", async () => {
			const { id } = await ticket("Changed mind");
			await expectStatus(remind(aino, id, soon(1200), "first"), 200);
			const later = soon(3600_000);
			await expectStatus(remind(aino, id, later), 200);
			await new Promise((resolve) => setTimeout(resolve, 2500));
			assert.deepEqual([(await bell(aino, id)).length, (await detail(aino, id)).remindAt], [0, later]);
			assert.equal((await expectStatus(aino("DELETE", `/desk/v1/tickets/${id}/reminder`), 200)).remindAt, undefined);
			await expectStatus(aino("DELETE", `/desk/v1/tickets/${id}/reminder`), 200);
			assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM reminder WHERE ticket_id = ${id}`), "0");
		});

		test("what is no time to come, too long, or of a ticket that is not there is refused by field", async () => {
			const { id } = await ticket("Refused");
			for (const when of [soon(-1000), soon(731 * 86400e3), "tomorrow", "", undefined]) {
				const error = await refused(aino("PUT", `/desk/v1/tickets/${id}/reminder`, { at: when }), 400);
				assert.match(JSON.stringify(error), /"at"|\bat\b/);
			}
			await refused(remind(aino, id, soon(60_000), "x".repeat(201)), 400, /note/i);
			await expectStatus(remind(aino, id, soon(60_000), "山".repeat(200)), 200);
			await refused(remind(aino, "999999", soon(60_000)), 404);
			await refused(at.token(agent.email, "crm.objects.contacts.read")("PUT", `/desk/v1/tickets/${id}/reminder`, { at: soon(60_000) }), 403);
		});

		test("it comes after a restart, of a ticket that was merged away, and not of one that one may not see any more or that was deleted", async () => {
			const [kept, away, hidden, deleted] = [await ticket("Kept"), await ticket("Away"), await ticket("Hidden"), await ticket("Deleted")];
			for (const { id } of [away, hidden, deleted]) await expectStatus(remind(aino, id, soon(4000), "still"), 200);
			await expectStatus(admin("POST", `${OBJECTS}/tickets/merge`, { primaryObjectId: kept.id, objectIdToMerge: away.id }), 200);
			await expectStatus(admin("DELETE", `${OBJECTS}/tickets/${deleted.id}`), 204);
			assert.equal((await detail(aino, kept.id)).reminderNote, "still");
			await at.bellhop.restart();
			await sql(at.bellhop, `UPDATE desk_user SET ticket_view = 2 WHERE id = ${ids.aino}`);
			await expectStatus(admin("PATCH", `${OBJECTS}/tickets/${kept.id}`, { properties: { hubspot_owner_id: ids.ainoOwner } }), 200);
			assert.equal((await told(aino, kept.id)).excerpt, "still");
			await waitFor("all to be over", async () => (await sql(at.bellhop, `SELECT COUNT(*) FROM reminder WHERE note = 'still'`)) === "0");
			assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM notification WHERE happening = 'REMINDED' AND ticket_id IN (${hidden.id}, ${deleted.id})`), "0");
			await sql(at.bellhop, `UPDATE desk_user SET ticket_view = 0 WHERE id = ${ids.aino}`);
			await at.bellhop.restart();
		});
	});

	describe("S-8: one ticket is muted", () => {
		test("nothing is told of it, mentions neither, but that it became one's own, and the reminder; others hear of it", async () => {
			const { id } = await ticket("Loud lamp");
			await expectStatus(aino("PUT", `/desk/v1/tickets/${id}/follow`), 200);
			const muted = await expectStatus(aino("PUT", `/desk/v1/tickets/${id}/mute`), 200);
			assert.deepEqual([muted.isMuted, muted.isFollowing], [true, true]);
			assert.deepEqual([(await detail(admin, id)).isMuted, (await detail(admin, id)).followers.length], [false, 1]);
			await comment(id);
			const made = await comment(id, "<p>plain</p>");
			await expectStatus(admin("PATCH", `/desk/v1/comments/${made.id}`, { html: mention() }), 200);
			assert.deepEqual(await bell(aino, id), []);
			await expectStatus(admin("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hubspot_owner_id: ids.ainoOwner } }), 200);
			await expectStatus(admin("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "2" } }), 200);
			await expectStatus(remind(aino, id, soon(1000)), 200);
			await told(aino, id);
			assert.deepEqual((await bell(aino, id)).map((n) => n.happening), ["REMINDED", "ASSIGNED"]);
			await expectStatus(aino("DELETE", `/desk/v1/tickets/${id}/mute`), 200);
			await comment(id);
			assert.equal((await bell(aino, id))[0].topic, "MENTION");
		});

		test("who only muted a ticket does not follow it", async () => {
			const { id } = await ticket("Not followed");
			const muted = await expectStatus(aino("PUT", `/desk/v1/tickets/${id}/mute`), 200);
			assert.deepEqual([muted.isFollowing, muted.followers], [false, []]);
			await refused(aino("PUT", "/desk/v1/tickets/999999/mute"), 404);
		});
	});

	describe("quiet hours", () => {
		const quiet = (from: number, to: number, more: object = {}) => prefer({ quietHours: { isOn: true, from: clock(Date.now() + from), to: clock(Date.now() + to), timeZone: "UTC", ...more } });
		const latest = async (id: string) => {
			await comment(id);
			const [one] = await bell(aino, id);
			return [one.asPopup, one.inBrowser];
		};
		const HOUR = 3600_000;
		after(() => prefer({ quietHours: null }));

		test("what is told then waits in the bell without a pop-up; its mail goes when they are over; on one's own clock", async () => {
			const { id } = await ticket("Night lamp");
			await quiet(-HOUR, HOUR);
			assert.deepEqual(await latest(id), [false, false]);
			const runs = await waitFor("the mail to be put off", async () => {
				const at_ = Number(await sql(at.bellhop, `SELECT run_at FROM job WHERE kind = 'mail.notify' AND about_id = ${id}`));
				return at_ > Date.now() + 30 * 60_000 ? at_ : undefined;
			});
			assert.ok(runs <= Date.now() + HOUR && runs > Date.now() + HOUR - 2 * 60_000, String(runs - Date.now()));
			await expectStatus(remind(aino, id, soon(800)), 200);
			assert.equal((await told(aino, id)).asPopup, true);
			await quiet(-HOUR, HOUR, { timeZone: "Asia/Kolkata" });
			assert.deepEqual(await latest(id), [true, true]);
		});

		test("outside of them, switched off, or not well-formed, everything is loud", async () => {
			const { id } = await ticket("Day lamp");
			await quiet(HOUR, 2 * HOUR);
			assert.deepEqual(await latest(id), [true, true]);
			await quiet(2 * HOUR, -HOUR);
			assert.deepEqual(await latest(id), [true, true]);
			await quiet(-HOUR, HOUR, { isOn: false });
			assert.deepEqual(await latest(id), [true, true]);
			for (const more of [{ from: "25:00" }, { to: "7" }, { from: 5 }, { timeZone: "Nowhere/Land" }, { timeZone: "../../etc/passwd" }, { from: clock(0), to: clock(0) }]) {
				await quiet(-HOUR, HOUR, more);
				assert.deepEqual(await latest(id), [true, true], JSON.stringify(more));
			}
		});
	});

	test("S-6: the bell of what one asked for oneself cannot be switched off, by anybody", async () => {
		const settings = await expectStatus(admin("GET", "/desk/v1/notification-settings"), 200);
		assert.deepEqual([settings.fixed.REMINDER, settings.fixed.MENTION], [["bell"], []]);
		await refused(admin("PUT", "/desk/v1/notification-defaults", { REMINDER: { bell: false } }), 400, /bell of REMINDER cannot be switched off/);
		await expectStatus(admin("PUT", "/desk/v1/notification-defaults", { REMINDER: { popup: false } }), 200);
		await prefer({ notifications: { REMINDER: { bell: false, popup: false, browser: false, email: false } } });
		assert.deepEqual((await expectStatus(aino("GET", "/desk/v1/notification-settings"), 200)).channels.REMINDER, { bell: true, popup: false, browser: false, email: false });
		await prefer({ notifications: null });
		await expectStatus(admin("PUT", "/desk/v1/notification-defaults", { REMINDER: { popup: true } }), 200);
	});
});
