/* Comments, who is mentioned in them, who follows, and what users are told. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { forEachEngine, headerText, readMail, type SmtpSink, startSmtpSink, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, CONVERSATIONS, desk, expectStatus, mailIn, newTicket, OBJECTS, refused, said, signIn, sql } from "./help.ts";

const VERA = { email: "vera@desk.example", password: "viewers have words" };
const SECRET = "xylocopa";

let sink: SmtpSink;
before(async () => {
	sink = await startSmtpSink();
});
after(() => sink?.stop());

forEachEngine((engine) => {
	const at = desk(engine);
	let admin: Call, aino: Call, vera: Call;
	const ids: Record<string, string> = {};

	before(async () => {
		sink.mails.length = 0;
		await at.bellhop.api.put("/desk/v1/relay", { url: sink.url });
		at.bellhop.command("user", "add", "--email", VERA.email, "--password", VERA.password, "--first-name", "Vera", "--last-name", "Viewer");
		admin = byCookie(at.bellhop, await signIn(at.bellhop, at.bellhop.admin));
		aino = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		vera = byCookie(at.bellhop, await signIn(at.bellhop, VERA));
		for (const [name, call] of Object.entries({ admin, aino, vera })) {
			const { user } = await expectStatus(call("GET", "/desk/v1/session"), 200);
			ids[name] = user.id;
			ids[`${name}Owner`] = user.ownerId;
		}
	});

	let n = 0;
	const ticket = async (subject = `Ticket ${++n}`): Promise<any> => mailIn(at.bellhop, "cora@customer.example", subject, "Please help.");
	const mention = (id: string, name = "somebody") => `<span data-user-id="${id}">@${name}</span>`;
	const comment = (call: Call, id: string, html: string, more: object = {}): Promise<any> => expectStatus(call("POST", `/desk/v1/tickets/${id}/comments`, { html, ...more }), 201);
	const bell = async (call: Call): Promise<any[]> => (await expectStatus(call("GET", "/desk/v1/notifications"), 200)).results;
	const ofTicket = async (call: Call, id: string) => (await bell(call)).filter((one) => one.ticketId === id).map((one) => `${one.topic} ${one.happening}`);
	const unread = async (call: Call) => (await expectStatus(call("GET", "/desk/v1/notifications/unread"), 200)).count;
	const readAll = async (call: Call) => {
		const [newest] = await bell(call);
		if (newest) await expectStatus(call("POST", "/desk/v1/notifications/read", { upToId: newest.id }), 200);
	};
	const own = (call: Call, id: string, ownerId: string) => expectStatus(call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hubspot_owner_id: ownerId } }), 200);

	describe("comments", () => {
		test("F-4: a comment is cleaned, has its mentions and files, and stands in the conversation of both APIs", async () => {
			const { id } = await ticket();
			const made = await comment(admin, id, `<p onclick=x>Hi ${mention(ids.aino ?? "", "Aino Agent")}, <b>look</b><script>x</script></p>`);
			assert.equal(made.type, "COMMENT");
			assert.equal(made.html, `<p>Hi <span data-user-id="${ids.aino}">@Aino Agent</span>, <b>look</b></p>`);
			assert.equal(made.text, "Hi @Aino Agent, look");
			assert.deepEqual(made.mentionUserIds, [ids.aino]);
			const { results } = await expectStatus(aino("GET", `/desk/v1/tickets/${id}/messages`), 200);
			assert.deepEqual(results.at(-1), made);
			const wire = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads/${made.threadId}/messages`), 200);
			assert.equal(wire.results.at(-1).type, "COMMENT");
		});

		test("F-3: only what the text names counts: numbers of nobody, of oneself and beside the text are told to nobody", async () => {
			const { id } = await ticket();
			await readAll(aino);
			const made = await comment(admin, id, `<p>${mention("999999")} ${mention(ids.admin ?? "")} <b data-user-id="${ids.aino}">x</b> &lt;span data-user-id="${ids.aino}"&gt;</p>`);
			assert.deepEqual(made.mentionUserIds, [ids.admin]);
			assert.equal(await unread(aino), 0);
			assert.deepEqual(await ofTicket(admin, id), []);
			await refused(admin("POST", `/desk/v1/tickets/${id}/comments`, { html: "<p>x</p>", mentionUserIds: [ids.aino] }), 400);
		});

		test("an empty comment, one on no ticket and one of a stranger are refused", async () => {
			const { id } = await ticket();
			assert.equal((await refused(admin("POST", `/desk/v1/tickets/${id}/comments`, { html: "<p> </p>" }), 400)).errors[0].code, "REQUIRED_FIELD");
			await refused(admin("POST", `/desk/v1/tickets/${id}/comments`, {}), 400);
			await refused(admin("POST", "/desk/v1/tickets/999999/comments", { text: "x" }), 404);
			await refused(at.token(agent.email, "files")("POST", `/desk/v1/tickets/${id}/comments`, { text: "x" }), 403);
		});

		test("F-9: who is mentioned is told the first time, not again when the comment is changed, and never of himself", async () => {
			const { id } = await ticket();
			const made = await comment(admin, id, `<p>${mention(ids.aino ?? "")} ${mention(ids.aino ?? "")}</p>`);
			assert.deepEqual(await ofTicket(aino, id), ["MENTION COMMENTED"]);
			const changed = await expectStatus(admin("PATCH", `/desk/v1/comments/${made.id}`, { html: `<p>Now ${mention(ids.aino ?? "")} and ${mention(ids.vera ?? "")}</p>` }), 200);
			assert.deepEqual(changed.mentionUserIds, [ids.aino, ids.vera].sort((a, b) => Number(a) - Number(b)));
			assert.ok(changed.editedAt);
			assert.deepEqual(await ofTicket(aino, id), ["MENTION COMMENTED"]);
			assert.deepEqual(await ofTicket(vera, id), ["MENTION COMMENTED"]);
			await comment(admin, id, `<p>${mention(ids.aino ?? "")}, once more</p>`);
			assert.equal((await ofTicket(aino, id)).length, 2);
		});

		test("its author changes a comment and takes it back; others do neither, administrators only the second", async () => {
			const { id } = await ticket();
			const made = await comment(aino, id, `<p>Wrong ${mention(ids.vera ?? "")}</p>`);
			await refused(vera("PATCH", `/desk/v1/comments/${made.id}`, { text: "x" }), 403);
			await refused(admin("PATCH", `/desk/v1/comments/${made.id}`, { text: "x" }), 403);
			await refused(vera("DELETE", `/desk/v1/comments/${made.id}`), 403);
			assert.equal((await ofTicket(vera, id)).length, 1);
			await expectStatus(aino("DELETE", `/desk/v1/comments/${made.id}`), 204);
			await refused(aino("DELETE", `/desk/v1/comments/${made.id}`), 404);
			await refused(aino("PATCH", `/desk/v1/comments/${made.id}`, { text: "x" }), 404);
			const { results } = await expectStatus(vera("GET", `/desk/v1/tickets/${id}/messages`), 200);
			assert.deepEqual([results.at(-1).state, results.at(-1).text, results.at(-1).mentionUserIds], ["DELETED", "", []]);
			assert.deepEqual(await ofTicket(vera, id), []);
			const other = await comment(aino, id, "<p>x</p>");
			await expectStatus(admin("DELETE", `/desk/v1/comments/${other.id}`), 204);
			await refused(admin("DELETE", `/desk/v1/comments/${results[0].id}`), 404);
		});

		test("a ticket without a conversation takes a comment too", async () => {
			const made = await newTicket(admin, { subject: "No conversation" });
			const first = await comment(admin, made.id, "<p>Just a thought</p>");
			const second = await comment(admin, made.id, "<p>And another</p>");
			assert.equal(first.threadId, second.threadId);
		});

		test("F-10: only users who may see the ticket and are still here can be mentioned; a query finds them by words", async () => {
			const { id } = await ticket();
			const all = await expectStatus(admin("GET", `/desk/v1/tickets/${id}/mentionable`), 200);
			assert.equal(all.isComplete, true);
			assert.ok(all.results.some((one: any) => one.id === ids.vera && one.name === "Vera Viewer"));
			const some = await expectStatus(admin("GET", `/desk/v1/tickets/${id}/mentionable?query=${encodeURIComponent("vi ve")}`), 200);
			assert.deepEqual(some.results.map((one: any) => one.id), [ids.vera]);
			await refused(admin("GET", "/desk/v1/tickets/999999/mentionable"), 404);
		});

		test("F-12: a comment is no answer: the times of replies and who spoke last stay", async () => {
			const { id } = await ticket();
			const before = (await expectStatus(admin("GET", `/desk/v1/tickets/${id}`), 200));
			const made = await comment(admin, id, "<p>Internal</p>");
			const now = await expectStatus(admin("GET", `/desk/v1/tickets/${id}`), 200);
			for (const name of ["first_agent_reply_date", "hs_last_message_sent_at", "last_reply_date", "hs_pipeline_stage"]) assert.equal(now.properties[name], before.properties[name], name);
			assert.equal(now.ticket.lastMessageFromVisitor, true);
			const thread = await expectStatus(at.call("GET", `${CONVERSATIONS}/threads/${made.threadId}`), 200);
			assert.equal(thread.latestMessageSentTimestamp, undefined);
		});

		test("F-6: on a ticket that a call began, comments are offered when an email went out", async () => {
			const { id } = await ticket();
			const offered = async () => (await expectStatus(admin("GET", `/desk/v1/tickets/${id}`), 200)).isCommentOffered;
			assert.equal(await offered(), true);
			await expectStatus(admin("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { source_type: "PHONE" } }), 200);
			assert.equal(await offered(), false);
			await expectStatus(admin("POST", `/desk/v1/tickets/${id}/replies`, { text: "Thanks for your call" }), 201);
			assert.equal(await offered(), true);
			const bare = await newTicket(admin, { subject: "By phone" });
			const call = await expectStatus(admin("POST", `${OBJECTS}/calls`, { properties: { hs_timestamp: "2026-11-21T10:00:00Z", hs_call_direction: "INBOUND" } }), 201);
			assert.equal((await expectStatus(admin("GET", `/desk/v1/tickets/${bare.id}`), 200)).isCommentOffered, true);
			await expectStatus(admin("PUT", `/crm/v4/objects/tickets/${bare.id}/associations/default/calls/${call.id}`), 200);
			assert.equal((await expectStatus(admin("GET", `/desk/v1/tickets/${bare.id}`), 200)).isCommentOffered, false);
		});
	});

	describe("following", () => {
		test("H-3: who follows is told of every message, comment and status until he unfollows, and of nothing that he did himself", async () => {
			const { id } = await ticket();
			const following = await expectStatus(vera("PUT", `/desk/v1/tickets/${id}/follow`), 200);
			assert.deepEqual([following.isFollowing, following.followers.map((f: any) => [f.userId, f.isOwner])], [true, [[ids.vera, false]]]);
			await comment(admin, id, "<p>One</p>");
			await comment(vera, id, "<p>Mine</p>");
			await expectStatus(admin("POST", `/desk/v1/tickets/${id}/replies`, { text: "An answer" }), 201);
			assert.deepEqual(await ofTicket(vera, id), ["FOLLOWED SENT", "FOLLOWED COMMENTED"]);
			await expectStatus(admin("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_pipeline_stage: "2" } }), 200);
			const [moved] = await bell(vera);
			assert.deepEqual([moved.happening, moved.stageId, moved.actorUserId, moved.ticketId], ["MOVED", "2", ids.admin, id]);
			await expectStatus(vera("DELETE", `/desk/v1/tickets/${id}/follow`), 200);
			await comment(admin, id, "<p>Two</p>");
			assert.equal((await ofTicket(vera, id)).length, 3);
			assert.equal((await expectStatus(vera("GET", `/desk/v1/tickets/${id}`), 200)).isFollowing, false);
			await refused(vera("PUT", "/desk/v1/tickets/999999/follow"), 404);
		});

		test("H-23: the owner follows without saying so, and can opt out; that a ticket became his he is told always", async () => {
			const { id } = await ticket();
			await own(admin, id, ids.ainoOwner ?? "");
			assert.deepEqual(await ofTicket(aino, id), ["ASSIGNED ASSIGNED"]);
			assert.deepEqual((await expectStatus(aino("GET", `/desk/v1/tickets/${id}`), 200)).followers.map((f: any) => [f.userId, f.isOwner]), [[ids.aino, true]]);
			await comment(admin, id, "<p>Yours</p>");
			assert.deepEqual(await ofTicket(aino, id), ["COMMENT COMMENTED", "ASSIGNED ASSIGNED"]);
			await expectStatus(aino("DELETE", `/desk/v1/tickets/${id}/follow`), 200);
			await comment(admin, id, "<p>Silence</p>");
			assert.equal((await ofTicket(aino, id)).length, 2);
			await comment(admin, id, `<p>${mention(ids.aino ?? "")}</p>`);
			assert.equal((await ofTicket(aino, id))[0], "MENTION COMMENTED");
			await own(admin, id, ids.adminOwner ?? "");
			await own(admin, id, ids.ainoOwner ?? "");
			assert.equal((await ofTicket(aino, id))[0], "ASSIGNED ASSIGNED");
		});

		test("an answer from outside to a closed ticket is one piece of news for its owner", async () => {
			const row = await ticket("Once more");
			await own(admin, row.id, ids.ainoOwner ?? "");
			await expectStatus(admin("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Done", stageId: "4" }), 201);
			assert.deepEqual(await ofTicket(aino, row.id), ["FOLLOWED SENT", "ASSIGNED ASSIGNED"]);
		});
	});

	describe("the bell", () => {
		test("S-1: one reads, marks one, those of a ticket and all as read, and only one's own", async () => {
			const one = await ticket(), two = await ticket();
			await readAll(aino);
			for (const { id } of [one, two, two]) await comment(admin, id, `<p>${mention(ids.aino ?? "")} look</p>`);
			assert.equal(await unread(aino), 3);
			const [newest, , oldest] = await bell(aino);
			assert.deepEqual([newest.isRead, newest.actorName, newest.subject, newest.excerpt, newest.isGone, newest.asPopup], [false, (await expectStatus(admin("GET", "/desk/v1/session"), 200)).user.firstName ? newest.actorName : "", two.subject, "@somebody look", false, true]);
			assert.equal((await expectStatus(admin("POST", "/desk/v1/notifications/read", { id: newest.id }), 200)).count >= 0, true);
			assert.equal(await unread(aino), 3);
			await expectStatus(aino("POST", "/desk/v1/notifications/read", { id: oldest.id }), 200);
			assert.equal(await unread(aino), 2);
			await expectStatus(aino("POST", "/desk/v1/notifications/read", { id: oldest.id, isUnread: true }), 200);
			assert.equal((await expectStatus(aino("POST", "/desk/v1/notifications/read", { ticketId: two.id }), 200)).count, 1);
			assert.deepEqual((await expectStatus(aino("GET", "/desk/v1/notifications?onlyUnread=true"), 200)).results.map((r: any) => r.id), [oldest.id]);
			const page = await expectStatus(aino("GET", "/desk/v1/notifications?limit=1"), 200);
			assert.equal(page.paging.next.before, page.results[0].id);
			await readAll(aino);
			assert.equal(await unread(aino), 0);
			for (const body of [{}, { id: "1", ticketId: "1" }, { ticketId: "1", isUnread: true }, { id: "x" }]) await refused(aino("POST", "/desk/v1/notifications/read", body), 400);
		});

		test("S-9: of a ticket that is gone one reads that there was something, and nothing else", async () => {
			const { id } = await ticket(`About ${SECRET}`);
			await comment(admin, id, `<p>${mention(ids.aino ?? "")} ${SECRET}</p>`);
			assert.ok(JSON.stringify(await bell(aino)).includes(SECRET));
			await expectStatus(admin("DELETE", `${OBJECTS}/tickets/${id}`), 204);
			const [row] = await bell(aino);
			assert.deepEqual([row.isGone, row.subject, row.excerpt], [true, "", undefined]);
		});

		test("S-3 S-7: a topic without a channel tells nobody; the administrators' choice holds until one makes one's own", async () => {
			const { id } = await ticket();
			await own(admin, id, ids.ainoOwner ?? "");
			const settings = async (call: Call) => expectStatus(call("GET", "/desk/v1/notification-settings"), 200);
			assert.deepEqual((await settings(aino)).channels.MENTION, { bell: true, popup: true, browser: true, email: true });
			await refused(aino("PUT", "/desk/v1/notification-defaults", { COMMENT: { bell: false } }), 403);
			await expectStatus(admin("PUT", "/desk/v1/notification-defaults", { COMMENT: { bell: false }, FOLLOWED: { bell: false } }), 200);
			await comment(admin, id, "<p>Unheard</p>");
			assert.deepEqual(await ofTicket(aino, id), ["ASSIGNED ASSIGNED"]);
			await expectStatus(aino("PATCH", "/desk/v1/preferences", { notifications: { COMMENT: { bell: true } } }), 200);
			assert.deepEqual((await settings(aino)).channels.COMMENT.bell, true);
			await comment(admin, id, "<p>Heard</p>");
			assert.deepEqual(await ofTicket(aino, id), ["COMMENT COMMENTED", "ASSIGNED ASSIGNED"]);
			for (const body of [{ NOTHING: {} }, { MENTION: { pigeon: true } }, { MENTION: { bell: "yes" } }, { MENTION: true }, []]) await refused(admin("PUT", "/desk/v1/notification-defaults", body), 400);
			await expectStatus(admin("PUT", "/desk/v1/notification-defaults", { COMMENT: { bell: true }, FOLLOWED: { bell: true } }), 200);
			await expectStatus(aino("PATCH", "/desk/v1/preferences", { notifications: null }), 200);
		});
	});

	describe("mail", () => {
		const to = (address: string) => sink.mails.filter((m) => m.to.includes(address));

		test("S-1 S-5 F-2: one mail tells of a ticket what was not read, with the way to the comment; no mail has what a comment says", async () => {
			const row = await ticket("Mailed lamp");
			const made = await comment(admin, row.id, `<p>${mention(ids.vera ?? "")} ${SECRET}</p>`);
			await comment(aino, row.id, `<p>${mention(ids.vera ?? "")} ${SECRET} again</p>`);
			await expectStatus(admin("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "An answer" }), 201);
			const mail = await sink.waitForMail("the notification", (m) => m.to.includes(VERA.email) && /Mailed lamp/.test(m.header("subject") ?? ""));
			await sink.waitForMail("the answer", (m) => m.to.includes("cora@customer.example") && m.header("subject") === "Re: Mailed lamp");
			assert.equal(mail.header("subject"), `2 updates [#${row.id} Mailed lamp]`);
			assert.match(mail.header("auto-submitted") ?? "", /auto-generated/);
			assert.ok(mail.text.includes("mentioned you in a comment"));
			assert.ok(mail.text.replace(/=\r\n/g, "").replaceAll("=3D", "=").includes(`${at.bellhop.url}/tickets/open/${row.id}#message-${Number(made.id) + 1}`), mail.text);
			assert.deepEqual(sink.mails.filter((m) => m.data.toString().includes(SECRET)), []);
			/* a further one about the same ticket waits */
			await comment(admin, row.id, `<p>${mention(ids.vera ?? "")} wait</p>`);
			const other = await ticket("Other lamp");
			await comment(admin, other.id, `<p>${mention(ids.vera ?? "")}</p>`);
			await sink.waitForMail("the other notification", (m) => m.to.includes(VERA.email) && /Other lamp/.test(m.header("subject") ?? ""));
			assert.equal(to(VERA.email).filter((m) => /(Mailed|Other) lamp/.test(m.header("subject") ?? "")).length, 2);
			await waitFor("it to be put off", async () => /^(1|t)$/.test(await sql(at.bellhop, "SELECT MAX(run_at - created_at) > 200000 FROM job WHERE kind = 'mail.notify'")));
		});

		test("a mail is in its reader's language, else in the account's", async () => {
			const one = await ticket("Language lamp"), two = await ticket("Account lamp");
			const arrived = (subject: RegExp) => sink.waitForMail(String(subject), (m) => m.to.includes(VERA.email) && subject.test(headerText(m.header("subject") ?? "")));
			await expectStatus(vera("PATCH", "/desk/v1/preferences", { language: "fi" }), 200);
			const { name } = (await expectStatus(admin("GET", `/desk/v1/tickets/${one.id}/mentionable`), 200)).results.find((u: any) => u.email === at.bellhop.admin.email) ?? { name: "Admin" };
			await comment(admin, one.id, `<p>${mention(ids.vera ?? "")}</p>`);
			const finnish = readMail((await arrived(/Language lamp/)).data).text;
			assert.ok(finnish.includes(said("fi", "notice.mentioned", { name })), finnish);
			assert.ok(finnish.includes(said("fi", "notice.ticket", { id: one.id, subject: "Language lamp" })), finnish);
			await expectStatus(vera("PATCH", "/desk/v1/preferences", { language: null }), 200);
			await sql(at.bellhop, "INSERT INTO setting (name, value, updated_at) VALUES ('language', 'pt-BR', 0)");
			await comment(admin, two.id, `<p>${mention(ids.vera ?? "")}</p>`);
			const portuguese = readMail((await arrived(/Account lamp/).finally(() => sql(at.bellhop, "DELETE FROM setting WHERE name = 'language'"))).data).text;
			assert.ok(portuguese.includes(said("pt", "notice.mentioned", { name })), portuguese);
		});

		test("what was read in time, and what comes after 1,000 mails of its topic on a day, is not mailed", async () => {
			const read = await ticket("Read lamp"), over = await ticket("Limit lamp"), last = await ticket("Last lamp");
			await comment(admin, read.id, `<p>${mention(ids.vera ?? "")}</p>`);
			await expectStatus(vera("POST", "/desk/v1/notifications/read", { ticketId: read.id }), 200);
			await sql(at.bellhop, "UPDATE notification_day SET mail_n = 1000");
			await comment(admin, over.id, `<p>${mention(ids.vera ?? "")}</p>`);
			await waitFor("both to be settled", async () => (await sql(at.bellhop, `SELECT COUNT(*) FROM notification WHERE ticket_id = ${over.id} AND mailed_at > 0`)) === "1");
			await own(admin, last.id, ids.veraOwner ?? "");
			await sink.waitForMail("another topic", (m) => m.to.includes(VERA.email) && /Last lamp/.test(m.header("subject") ?? ""));
			assert.deepEqual(to(VERA.email).filter((m) => /Read lamp|Limit lamp/.test(m.header("subject") ?? "")), []);
			assert.equal((await ofTicket(vera, over.id)).length, 1);
		});
	});
});
