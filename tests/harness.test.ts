/* The servers that the other tests stand on: each is real, starts, does its work once, and leaves nothing behind. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
	binary,
	expect,
	forEachEngine,
	freePort,
	imapSession,
	LineClient,
	launchBrowser,
	lmtpSend,
	newPage,
	noPostfix,
	openStream,
	run,
	screenshot,
	startBellhop,
	startDovecot,
	startPostfix,
	startPostgres,
	startServer,
	startSmtpSink,
	tempDir,
	turnOf,
	waitFor,
	watchErrors,
} from "./harness/index.ts";

const MAIL = "From: anna@customer.example\r\nTo: support@desk.example\r\nSubject: Hello\r\nMessage-ID: <1@test>\r\n\r\nFirst line\r\n.dot\r\n";

test("a free port is free, and never given twice", async () => {
	const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
	assert.equal(new Set(ports).size, 20);
});

test("files of browser tests take turns on the engines: each has its own for ever, and both have a fair share", () => {
	assert.equal(turnOf("file:///anywhere/tests/browser/records.test.ts"), turnOf("records.test.ts"));
	const files = readdirSync(new URL("./browser", import.meta.url)).filter((name) => name.endsWith(".test.ts"));
	const share = files.filter((name) => turnOf(name) === "sqlite").length / files.length;
	assert.ok(share > 0.3 && share < 0.7, `${share} of them run on SQLite`);
});

test("waiting tells what it waited for and the last error", async () => {
	await assert.rejects(
		waitFor("the moon", () => { throw new Error("no moon"); }, { timeoutMs: 50 }),
		/waited 50 ms for the moon: no moon/,
	);
});

test("a process that ignores SIGTERM is killed with its children, and the test hears of it", async () => {
	const server = startServer("deaf", ["sh", "-c", "trap '' TERM; sleep 300 & echo child $!; while :; do sleep 1; done"]);
	const child = Number(await waitFor("the child", () => /child (\d+)/.exec(server.log)?.[1]));
	await assert.rejects(server.stop("SIGTERM", 200), /deaf did not end within 200 ms/);
	await waitFor("the end of the child", () => !existsSync(`/proc/${child}`) || readFileSync(`/proc/${child}/stat`, "utf8").includes(") Z "));
});

test("servers end with the test process, also when that is killed", async () => {
	const script = `import { startServer } from ${JSON.stringify(fileURLToPath(new URL("./harness/process.ts", import.meta.url)))};
		console.log(startServer("sleeper", ["sleep", "300"]).pid);
		setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);`;
	const out = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
		encoding: "utf8",
		cwd: fileURLToPath(new URL(".", import.meta.url)),
	});
	const pid = Number(out.stdout.trim());
	assert.ok(pid > 0, out.stderr);
	await waitFor("the end of the sleeper", () => !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z "));
});

test("PostgreSQL makes an empty database for each test", async () => {
	const postgres = await startPostgres();
	const [one, two] = [postgres.createDatabase(), postgres.createDatabase()];
	assert.notEqual(one, two);
	postgres.query(one, "CREATE TABLE t (id BIGINT)");
	assert.equal(postgres.query(two, "SELECT count(*) FROM pg_tables WHERE tablename = 't'"), "0");
	assert.throws(() => postgres.query(one, "SELECT nonsense"), /nonsense/);
});

test("Dovecot takes a mail over LMTP and shows it over verified TLS", async () => {
	const dovecot = await startDovecot({ users: { "anna@customer.example": "secret 1" } });
	await dovecot.deliver("anna@customer.example", MAIL);
	const imap = await imapSession(dovecot.imapsPort, dovecot.caPath, "anna@customer.example", "secret 1");
	assert.match(await imap.command("SELECT INBOX"), /\* 1 EXISTS/);
	assert.match(await imap.command("FETCH 1 BODY.PEEK[TEXT]"), /First line\r\n\.dot\r\n/);
	imap.close();
	await assert.rejects(imapSession(dovecot.imapsPort, dovecot.caPath, "anna@customer.example", "wrong"), /AUTHENTICATIONFAILED/);
	await assert.rejects(imapSession(dovecot.imapsPort, "/etc/ssl/certs/ca-certificates.crt", "anna@customer.example", "secret 1"));
	assert.equal(dovecot.mails("anna@customer.example").length, 1);
	await dovecot.restart();
	assert.equal(dovecot.mails("anna@customer.example").length, 1);
	await dovecot.stop();
});

test("the SMTP sink keeps what it gets and fails as told at each step", async () => {
	const sink = await startSmtpSink();
	const send = async (data = MAIL) => {
		const client = await LineClient.open(sink.port);
		try {
			await expect(client.reply(), 220);
			await expect(client.command("EHLO test.example"), 250);
			await expect(client.command("MAIL FROM:<a@b.example>"), 250);
			await expect(client.command("RCPT TO:<c@d.example>"), 250);
			await expect(client.command("DATA"), 354);
			client.send(`${data.replace(/^\./gm, "..")}.\r\n`);
			await expect(client.reply(), 250);
		} finally {
			client.close();
		}
	};
	await send();
	const mail = await sink.waitForMail("the mail", (m) => m.header("subject") === "Hello");
	assert.equal(mail.data.toString(), MAIL);
	assert.deepEqual([mail.from, mail.to], ["a@b.example", ["c@d.example"]]);
	const codes = { connect: 421, ehlo: 502, mail: 451, rcpt: 550, data: 452, end: 554 } as const;
	for (const [at, code] of Object.entries(codes)) {
		sink.failNext({ at: at as keyof typeof codes, reply: `${code} no` });
		await assert.rejects(send(), new RegExp(`got ${code} no`), at);
	}
	sink.failNext({ at: "end", action: "drop" });
	await assert.rejects(send(), /closed/);
	assert.equal(sink.mails.length, 1);
	sink.failNext({ at: "end", action: "drop-after" });
	await assert.rejects(send(), /closed/);
	assert.equal(sink.mails.length, 2);
	sink.failNext({ at: "rcpt", reply: "550 no", match: /someone-else/ });
	await send();
	await sink.stop();
});

test("the SMTP sink speaks STARTTLS and AUTH to a client that verifies", async () => {
	const dovecot = await startDovecot({ users: { "x@y.example": "x" } });
	const sink = await startSmtpSink({ certificate: dovecot.certificate, users: { relay: "pass word" } });
	const curl = (...args: string[]) => {
		const server = startServer("curl", ["sh", "-c", 'printf %s "$MAIL" | curl -sS -T - "$@"', "sh", "--url", `smtp://localhost:${sink.port}`,
			"--ssl-reqd", "--mail-from", "a@b.example", "--mail-rcpt", "c@d.example", ...args], { env: { MAIL } });
		return server.wait().then((ended) => (ended === "exit 0" ? "sent" : server.log));
	};
	assert.equal(await curl("--cacert", dovecot.caPath, "-u", "relay:pass word"), "sent");
	assert.deepEqual([sink.mails[0]?.isTls, sink.mails[0]?.user], [true, "relay"]);
	assert.match(await curl("--cacert", dovecot.caPath, "-u", "relay:wrong"), /Login denied/);
	assert.match(await curl("-u", "relay:pass word"), /certificate/);
	assert.equal(sink.mails.length, 1);
	await sink.stop();
	await dovecot.stop();
});

test("Postfix relays to the sink and into Dovecot, and keeps what is refused for later", { skip: noPostfix }, async () => {
	const sink = await startSmtpSink();
	const dovecot = await startDovecot({ users: { "anna@customer.example": "x" } });
	const postfix = await startPostfix({
		routes: { "sink.example": `smtp:[127.0.0.1]:${sink.port}`, "customer.example": `lmtp:inet:127.0.0.1:${dovecot.lmtpPort}` },
	});
	const client = await LineClient.open(postfix.port);
	await expect(client.reply(), 220);
	await expect(client.command("EHLO test.example"), 250);
	sink.failNext({ at: "rcpt", reply: "451 4.3.0 later" });
	await expect(client.command("MAIL FROM:<a@b.example>"), 250);
	await expect(client.command("RCPT TO:<c@sink.example>"), 250);
	await expect(client.command("RCPT TO:<anna@customer.example>"), 250);
	await expect(client.command("RCPT TO:<c@elsewhere.example>"), 250);
	await expect(client.command("DATA"), 354);
	client.send(`${MAIL.replace(/^\./gm, "..")}.\r\n`);
	await expect(client.reply(), 250);
	client.close();
	await waitFor("the mail in Dovecot", () => dovecot.mails("anna@customer.example").length === 1);
	await waitFor("the first try", () => /status=deferred.*later/.test(postfix.log()));
	postfix.flush();
	const mail = await sink.waitForMail("the second try", undefined, 30_000);
	assert.match(mail.text, /First line/);
	await postfix.stop();
	await dovecot.stop();
	await sink.stop();
});

test("LMTP gives one answer for each recipient", async () => {
	const dovecot = await startDovecot({ users: { "anna@customer.example": "x" } });
	const { replies, recipients } = await lmtpSend(dovecot.lmtpPort, {
		from: "a@b.example",
		to: ["anna@customer.example", "not an address", "anna@customer.example"],
		data: MAIL,
	});
	assert.equal(replies.length, 3);
	assert.deepEqual([replies[0]?.code, replies[2]?.code], [250, 250]);
	assert.ok((recipients[1]?.code ?? 0) >= 500);
	await dovecot.stop();
});

test("make mail delivers what it was told to, dots and umlauts too", async () => {
	const dovecot = await startDovecot({ users: { "anna@customer.example": "x" } });
	const text = "Grüße\n.\n..zwei";
	const said = run([fileURLToPath(new URL("../tools/mail", import.meta.url))], {
		env: { BELLHOP_LMTP: `127.0.0.1:${dovecot.lmtpPort}`, TO: "anna@customer.example", SUBJECT: "Ää", TEXT: text },
	});
	assert.match(said, /anna@customer.example: 250/);
	const [mail] = dovecot.mails("anna@customer.example");
	assert.match(mail ?? "", /^Subject: =\?utf-8\?B\?w4TDpA==\?=$/m);
	assert.ok(mail?.replace(/\r/g, "").includes(`\n\n${text}\n`), mail);
	await dovecot.stop();
});

test("an event stream is read event by event", async () => {
	const server = createServer((_, answer) => {
		answer.writeHead(200, { "content-type": "text/event-stream" });
		answer.write("event: hello\ndata: {}\n\n: keep-alive\n\nid: 7\nevent: ticket.created\ndata: {\"id\"");
		setTimeout(() => answer.write(':"7"}\n\n'), 20);
	});
	const port = await freePort();
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const stream = await openStream(`http://127.0.0.1:${port}/`);
	await waitFor("two events", () => stream.events.length === 2);
	assert.deepEqual(stream.events[1], { id: "7", event: "ticket.created", data: { id: "7" } });
	stream.close();
	await stream.ended;
	server.closeAllConnections();
	server.close();
});

test("Chromium opens a page, and an error in it is seen", async () => {
	const server = createServer((_, answer) => {
		answer.writeHead(200, { "content-type": "text/html; charset=utf-8" });
		answer.end("<!doctype html><h1>お問い合わせ ąę</h1><script>throw new Error('planted')</script>");
	});
	const port = await freePort();
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const browser = await launchBrowser();
	try {
		const page = await newPage(browser);
		const errors = watchErrors(page);
		await page.goto(`http://127.0.0.1:${port}/`);
		assert.equal(await page.getByRole("heading").innerText(), "お問い合わせ ąę");
		assert.ok(errors.some((error) => error.includes("planted")));
		assert.ok(existsSync(await screenshot(page, "harness")));
	} finally {
		await browser.close();
		server.closeAllConnections();
		server.close();
	}
});

test("a temporary directory is one that a server without root may enter", () => {
	assert.equal(existsSync(tempDir()), true);
});

forEachEngine((engine) => {
	test("bellhop starts, is killed, starts again and stops", { skip: existsSync(binary) ? false : `skipped: no ${binary}` }, async () => {
		const bellhop = await startBellhop({ engine });
		assert.match(JSON.stringify((await bellhop.api.get("/healthz")).database), new RegExp(engine));
		assert.notEqual(bellhop.token, "");
		await bellhop.kill9();
		await bellhop.restart();
		assert.equal((await bellhop.api.get("/healthz")).status, "ok");
		await bellhop.stop();
	});
});
