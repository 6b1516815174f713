/* Mail in from a real IMAP mailbox: what is in it, and what comes, once. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Dovecot, forEachEngine, startBellhop, startDovecot, waitFor } from "../harness/index.ts";
import { give, mail, messages, noErrors, settled, sql, ticketNamed, tickets, ticketsNamed } from "./desk.ts";

const USER = "box@provider.example";
const PASSWORD = 'pass "word" \\ ü';

forEachEngine((engine) => {
	let desk: Bellhop;
	let dovecot: Dovecot;
	let mailboxId: string;
	before(async () => {
		dovecot = await startDovecot({ users: { [USER]: PASSWORD } });
		desk = await startBellhop({ engine });
	});
	after(async () => {
		await desk.stop();
		await dovecot.stop();
	});

	const mailbox = async () => (await desk.api.get("/desk/v1/mailboxes")).results[0];
	const isIn = (state: string) => waitFor(`the mailbox to be ${state}`, async () => (await mailbox())?.state === state, { timeoutMs: 30_000 });
	const arrived = (subject: string) => waitFor(`the ticket ${subject}`, async () => (await ticketsNamed(desk, subject)).length === 1, { timeoutMs: 30_000 });

	test("C-1 C-2: a connected mailbox gives the mails that are in it, and the new ones as they come", async () => {
		await dovecot.deliver(USER, mail({ Subject: "Old 1" }));
		/* a list's mail names us nowhere; it is delivered to the inbox of the mailbox all the same */
		await dovecot.deliver(USER, mail({ Subject: "Old 2", To: "users@list.example", "Message-ID": undefined }));
		const [inbox] = (await desk.api.get("/conversations/v3/conversations/inboxes")).results;
		const refused = await desk.api.request("POST", "/desk/v1/mailboxes", { inboxId: inbox.id, host: "imap.example.org", port: 143, security: "none", username: USER, password: "x" });
		assert.equal(refused.status, 400, "a password in clear over the net");
		const made = await desk.api.post("/desk/v1/mailboxes", {
			inboxId: inbox.id, host: "localhost", port: dovecot.imapsPort, security: "tls", username: USER, password: PASSWORD, folder: "INBOX", caFile: dovecot.caPath,
		});
		mailboxId = made.id;
		assert.equal(made.address, desk.inbox);
		assert.equal("password" in made, false);
		await arrived("Old 1");
		await arrived("Old 2");
		await isIn("watching");
		const began = Date.now();
		await dovecot.deliver(USER, mail({ Subject: "Live" }));
		await arrived("Live");
		assert.ok(Date.now() - began < 10_000, "it was not told of at once");
		assert.deepEqual((await desk.api.get("/healthz")).mailboxes.map((m: { address: string; state: string }) => [m.address, m.state]), [[desk.inbox, "watching"]]);
		noErrors(desk);
	});

	test("a mail read elsewhere is taken all the same, and ours stays unread there", async () => {
		await desk.stop();
		await dovecot.deliver(USER, mail({ Subject: "Seen already" }));
		dovecot.doveadm("flags", "add", "-u", USER, "\\Seen", "mailbox", "INBOX", "subject", "Seen already");
		await desk.restart();
		await arrived("Seen already");
		const seen = dovecot.doveadm("search", "-u", USER, "mailbox", "INBOX", "subject", "Old 1", "seen").trim();
		assert.equal(seen, "");
	});

	test("over stops and kills the last UID is kept: nothing is lost, nothing is there twice", async () => {
		await desk.kill9();
		/* the lease of a process that is gone is not waited for */
		await sql(desk, "UPDATE mailbox SET lease_until = 1 WHERE lease_until > 1");
		for (let i = 0; i < 5; i++) await dovecot.deliver(USER, mail({ Subject: `While away ${i}` }));
		await desk.restart();
		for (let i = 0; i < 5; i++) await arrived(`While away ${i}`);
		await isIn("watching");
		await settled(desk);
		const before = await tickets(desk);
		assert.equal(new Set(before.map((row) => row.subject)).size, before.length, "doubles");
		await desk.restart();
		await isIn("watching");
		await dovecot.deliver(USER, mail({ Subject: "After another restart" }));
		await arrived("After another restart");
		assert.equal((await tickets(desk)).length, before.length + 1);
		noErrors(desk);
	});

	test("the same mail over IMAP and over LMTP is one message", async () => {
		const same = mail({ Subject: "Two ways" });
		await dovecot.deliver(USER, same);
		await give(desk, same);
		await arrived("Two ways");
		await dovecot.deliver(USER, mail({ Subject: "Behind two ways" }));
		await arrived("Behind two ways");
		assert.equal((await messages(desk, (await ticketNamed(desk, "Two ways")).id)).length, 1);
	});

	test("a folder that was made anew (other UIDVALIDITY) is read again, and doubles nothing", async () => {
		const before = (await tickets(desk)).length;
		const [was] = await sql(desk, "SELECT uid_validity FROM mailbox");
		await desk.stop();
		dovecot.doveadm("mailbox", "update", "-u", USER, "--uid-validity", String(Number(was) + 7), "INBOX");
		await desk.restart();
		await isIn("watching");
		await dovecot.deliver(USER, mail({ Subject: "In the new folder" }));
		await arrived("In the new folder");
		await settled(desk);
		assert.equal((await tickets(desk)).length, before + 1);
		assert.notEqual((await sql(desk, "SELECT uid_validity FROM mailbox"))[0], was);
	});

	test("a mail that cannot be read holds up no other", async () => {
		await dovecot.deliver(USER, mail({ Subject: "Odd", "Content-Type": "multipart/mixed; boundary=x" }, "--x\n\n\n".repeat(20_000)));
		await dovecot.deliver(USER, mail({ Received: Array.from({ length: 30 }, () => "from a by b; Fri, 20 Nov 2026 10:00:00 +0000"), Subject: "Loop by IMAP" }));
		await dovecot.deliver(USER, mail({ Subject: "Behind the odd ones" }));
		await arrived("Behind the odd ones");
		await arrived("Odd");
	});

	test("a wrong password is told in a sentence, and the right one heals it", async () => {
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { password: "wrong" });
		await isIn("failed");
		assert.match((await mailbox()).lastError, /^localhost denies the login of box@provider\.example: .*Authentication failed\.$/);
		assert.deepEqual((await desk.api.get("/healthz")).mailboxes[0].state, "failed");
		await dovecot.deliver(USER, mail({ Subject: "Behind the password" }));
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { password: PASSWORD });
		await arrived("Behind the password");
		await isIn("watching");
		assert.equal((await mailbox()).lastError, undefined);
		assert.doesNotMatch(desk.log, /pass "word"/);
	});

	test("a certificate of an unknown authority is refused before the password is sent", async () => {
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { caFile: "" });
		await isIn("failed");
		assert.match((await mailbox()).lastError, /certificate/i);
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { caFile: dovecot.caPath });
		await isIn("watching");
	});

	test("a mail server that ends and comes again is connected to again", async () => {
		await dovecot.stop();
		await isIn("failed");
		await dovecot.restart();
		await dovecot.deliver(USER, mail({ Subject: "After the outage" }));
		await arrived("After the outage");
		await isIn("watching");
	});

	test("a mailbox that is switched off is left alone, and its tickets stay when it is removed", async () => {
		const before = (await tickets(desk)).length;
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { isActive: false });
		await waitFor("the connection to end", () => !/box@provider/.test(dovecot.doveadm("who")));
		await dovecot.deliver(USER, mail({ Subject: "While switched off" }));
		await desk.api.patch(`/desk/v1/mailboxes/${mailboxId}`, { isActive: true });
		await arrived("While switched off");
		await desk.api.delete(`/desk/v1/mailboxes/${mailboxId}`);
		await waitFor("the connection to end", () => !/box@provider/.test(dovecot.doveadm("who")));
		assert.deepEqual((await desk.api.get("/desk/v1/mailboxes")).results, []);
		assert.equal((await tickets(desk)).length, before + 1);
	});
});
