/* Mail in over LMTP: every mail that is acknowledged is a message on a ticket, or set aside with its bytes. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, expect, forEachEngine, LineClient, lmtpDeliver, startBellhop } from "../harness/index.ts";
import { type Attachment, deliver, download, give, held, lastMessage, mail, messages, noErrors, opened, parts, settled, sql, ticketNamed, tickets, ticketsNamed } from "./desk.ts";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\r\n");

forEachEngine((engine) => {
	let desk: Bellhop;
	before(async () => {
		desk = await startBellhop({ engine });
	});
	after(async () => {
		noErrors(desk);
		await desk.stop();
		assert.match(desk.command("check"), /0 missing/);
	});

	test("C-1 C-2: a mail to the inbox opens a ticket with its contact, its subject as name and email as source", async () => {
		const row = await opened(desk, mail({ From: "Anna Fischer <Anna@Customer.example>", Subject: "The printer is on fire" }, "Help!\n\nAnna\n"), "The printer is on fire");
		assert.deepEqual([row.contactEmail?.toLowerCase(), row.contactName, row.isClosed, row.ownerId, row.preview],
			["anna@customer.example", "Anna Fischer", false, undefined, "Help! Anna"]);
		const whole = await desk.api.get(`/desk/v1/tickets/${row.id}`);
		assert.deepEqual([whole.properties.subject, whole.properties.content.trim(), whole.properties.source_type], ["The printer is on fire", "Help!\r\n\r\nAnna".replace(/\r/g, ""), "EMAIL"]);
		assert.deepEqual([whole.replyTo.to, whole.replyTo.cc, whole.replyTo.subject, whole.replyTo.from.address],
			[["Anna@customer.example"], [], "Re: The printer is on fire", "support@desk.example"]);
		const message = await lastMessage(desk, row.id);
		assert.deepEqual([message.direction, message.state, message.senderName, message.senderAddress, message.to[0]?.address],
			["INCOMING", "RECEIVED", "Anna Fischer", "Anna@customer.example", "support@desk.example"]);
	});

	test("C-27: a second mail of the same person is of the same contact, whatever its case", async () => {
		const first = await opened(desk, mail({ From: "Bob <bob@customer.example>", Subject: "First of Bob" }), "First of Bob");
		await give(desk, mail({ From: "Robert <BOB@customer.example>", Subject: "Second of Bob" }));
		const second = await ticketNamed(desk, "Second of Bob");
		const whole = await desk.api.get(`/desk/v1/tickets/${second.id}`);
		assert.equal(whole.contact.email, "bob@customer.example");
		assert.deepEqual(whole.otherTickets.map((t: { id: string }) => t.id), [first.id]);
	});

	test("a mail with HTML, an inline image and files keeps all of them, and HTML arrives clean", async () => {
		const html = '<p>See <img src="cid:shot@x" alt="shot"><script>alert(1)</script><a href="javascript:alert(1)">x</a><img src="https://tracker.example/p.gif"></p>';
		const related = parts("rel", [
			{ headers: { "Content-Type": "text/html; charset=utf-8" }, body: html },
			{ headers: { "Content-Type": "image/png", "Content-ID": "<shot@x>", "Content-Disposition": "inline; filename=shot.png", "Content-Transfer-Encoding": "base64" }, body: base64(PNG) },
		]);
		const alternative = parts("alt", [
			{ headers: { "Content-Type": "text/plain; charset=utf-8" }, body: "See the picture" },
			{ headers: { "Content-Type": "multipart/related; boundary=rel" }, body: related },
		]);
		const body = parts("mix", [
			{ headers: { "Content-Type": "multipart/alternative; boundary=alt" }, body: alternative },
			{ headers: { "Content-Type": "application/pdf", "Content-Disposition": "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%22x%22.pdf", "Content-Transfer-Encoding": "base64" }, body: base64("%PDF-1.4\n") },
			{ headers: { "Content-Type": "image/svg+xml", "Content-Disposition": "inline; filename=logo.svg" }, body: SVG },
			{ headers: { "Content-Type": "text/html", "Content-Disposition": "attachment; filename=page.html" }, body: "<script>alert(1)</script>" },
			{ headers: { "Content-Type": "image/png", "Content-Disposition": "attachment; filename=liar.png" }, body: "<script>alert(1)</script>" },
		]);
		const row = await opened(desk, mail({ Subject: "Many files", "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=mix" }, body), "Many files");
		const message = await lastMessage(desk, row.id);
		assert.equal(message.text.trim(), "See the picture");
		assert.doesNotMatch(message.html ?? "", /script|javascript:| src="http/i);
		assert.match(message.html ?? "", /data-cid="shot@x"/);
		const file = (name: string) => {
			const found = message.attachments.find((a) => a.name === name);
			assert.ok(found, `${name} among ${message.attachments.map((a) => a.name)}`);
			return found as Attachment;
		};
		assert.equal(file("shot.png").contentId, "shot@x");
		assert.equal(file("shot.png").isInline, true);
		const image = await download(desk, file("shot.png").url);
		assert.ok(image.bytes.equals(PNG));
		assert.deepEqual([image.headers["content-type"], image.headers["x-content-type-options"]], ["image/png", "nosniff"]);
		assert.match(String(image.headers["content-disposition"]), /^inline;/);
		const pdf = await download(desk, file('Grüße "x".pdf').url);
		assert.equal(pdf.bytes.toString().trim(), "%PDF-1.4");
		assert.equal(pdf.headers["content-disposition"], `attachment; filename="Gr____e _x_.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%22x%22.pdf`);
		for (const name of ["logo.svg", "page.html", "liar.png"]) {
			const answer = await download(desk, file(name).url);
			assert.equal(answer.status, 200);
			assert.match(String(answer.headers["content-disposition"]), /^attachment;/, name);
			assert.equal(answer.headers["content-type"], "application/octet-stream", name);
			assert.match(String(answer.headers["content-security-policy"]), /sandbox/, name);
			assert.equal(answer.headers["x-content-type-options"], "nosniff", name);
		}
	});

	test("HTML alone becomes text too, and a data: image becomes a file", async () => {
		const html = `<h1>Broken</h1><p>Line one<br>line two <img src="data:image/png;base64,${PNG.toString("base64")}"></p>`;
		const row = await opened(desk, mail({ Subject: "HTML alone", "Content-Type": "text/html; charset=utf-8" }, html), "HTML alone");
		const message = await lastMessage(desk, row.id);
		assert.match(message.text, /Broken[\s\S]*Line one\nline two/);
		assert.equal(message.attachments.length, 1);
		assert.ok((await download(desk, (message.attachments[0] as Attachment).url)).bytes.equals(PNG));
		assert.match(message.html ?? "", /data-cid="data-1"/);
	});

	const charsets: [string, string, Buffer, string][] = [
		["ISO-2022-JP", "iso-2022-jp", Buffer.from("\x1b$B$3$s$K$A$O\x1b(B", "latin1"), "こんにちは"],
		["Windows-1252 under the name of Latin 1", "iso-8859-1", Buffer.from([0x93, 0x35, 0x80, 0x94]), "“5€”"],
		["GB 18030 under the name of GB 2312", "gb2312", Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), "你好"],
		["UTF-8 that nobody declared", "", Buffer.from("Zażółć gęślą"), "Zażółć gęślą"],
		["ISO-2022-JP that nobody declared", "", Buffer.from("\x1b$B$3$s$K$A$O\x1b(B", "latin1"), "こんにちは"],
		["a charset that does not exist", "x-made-up", Buffer.from("plain words"), "plain words"],
		["UTF-8 with broken bytes", "utf-8", Buffer.from([0x61, 0xff, 0x62]), "a\ufffdb"],
	];
	for (const [index, [name, charset, bytes, text]] of charsets.entries())
		test(`a body in ${name} is read`, async () => {
			const headers = { Subject: `Charset ${index}`, "Content-Type": `text/plain${charset && `; charset=${charset}`}`, "Content-Transfer-Encoding": "8bit" };
			const row = await opened(desk, mail(headers, bytes), `Charset ${index}`);
			assert.equal((await lastMessage(desk, row.id)).text.trim(), text);
		});

	test("subjects and names are read, encoded, split within a character, or raw", async () => {
		const word = Buffer.from("Grüße aus Łódź");
		const cut = [word.subarray(0, 3), word.subarray(3)].map((half) => `=?utf-8?B?${half.toString("base64")}?=`).join("\r\n ");
		await give(desk, mail({ Subject: cut, From: "=?iso-2022-jp?B?GyRCOzNFREJATzobKEI=?= <yamada@customer.example>" }));
		const row = await ticketNamed(desk, "Grüße aus Łódź");
		assert.equal(row.contactName, "山田太郎");
		await opened(desk, mail({ Subject: "Réclamation n° 5" }), "Réclamation n° 5");
	});

	test("E-60: without a subject, a Message-ID, a date or even a sender a mail is still a ticket", async () => {
		await give(desk, mail({ Subject: undefined, "Message-ID": undefined, Date: undefined, From: "nosubject@customer.example" }));
		const row = await ticketNamed(desk, "(no subject)");
		assert.equal(row.contactEmail, "nosubject@customer.example");
		await give(desk, mail({ Subject: "From nobody", "Message-ID": "rubbish", Date: "tomorrow", From: undefined, To: undefined }));
		assert.equal((await ticketNamed(desk, "From nobody")).contactEmail, "anna@customer.example");
	});

	test("the same Message-ID with another body is another message", async () => {
		const id = { "Message-ID": "<reused@parcel.example>" };
		await give(desk, mail({ ...id, Subject: "Parcel 1" }, "one"));
		await give(desk, mail({ ...id, Subject: "Parcel 2", From: "other@parcel.example" }, "two"));
		await ticketNamed(desk, "Parcel 1");
		await ticketNamed(desk, "Parcel 2");
	});

	test("the same mail twice, also over another path, is one message", async () => {
		const same = mail({ Subject: "Only once" });
		await give(desk, same);
		await give(desk, same);
		await give(desk, Buffer.concat([Buffer.from("Received: from elsewhere by here; Fri, 20 Nov 2026 10:00:01 +0000\r\n"), same]));
		const row = await ticketNamed(desk, "Only once");
		assert.equal((await messages(desk, row.id)).length, 1);
		const bare = mail({ Subject: "Only once, no id", "Message-ID": undefined });
		await give(desk, bare);
		await give(desk, bare);
		await ticketNamed(desk, "Only once, no id");
	});

	test("one mail to two inboxes is two deliveries, and an unknown recipient is told of 5.1.1", async () => {
		await sql(desk, `INSERT INTO channel_account (inbox_id, channel_id, name, address, pipeline_id, stage_id, is_active, created_at, archived_at)
			SELECT inbox_id, channel_id, 'Sales', 'sales@desk.example', pipeline_id, stage_id, is_active, created_at, archived_at FROM channel_account WHERE address = 'support@desk.example'`);
		const both = mail({ Subject: "To both", To: "support@desk.example, sales@desk.example" });
		const { recipients, replies } = await deliver(desk, both, ["support@desk.example", "nobody@desk.example", "SALES@desk.example"]);
		assert.deepEqual(recipients.map((r) => r.code), [250, 550, 250]);
		assert.match(recipients[1]?.text ?? "", /^5\.1\.1 /);
		assert.deepEqual([replies[0]?.code, replies[2]?.code], [250, 250]);
		await settled(desk);
		assert.equal((await ticketsNamed(desk, "To both")).length, 2);
	});

	test("a plus address is delivered to its inbox", async () => {
		await give(desk, mail({ Subject: "With a plus" }), "support+shop@desk.example");
		await ticketNamed(desk, "With a plus");
	});

	const odd: [string, Buffer][] = [
		["NUL bytes everywhere", mail({ Subject: "Odd\0 NUL", "Content-Type": "text/html" }, Buffer.from("<p>a\0b\0</p>"))],
		["a mail cut off in the middle of a part", mail({ Subject: "Odd cut", "Content-Type": "multipart/mixed; boundary=x" }, '--x\r\nContent-Type: image/png; name="a')],
		["20,000 nested parts", mail({ Subject: "Odd deep", "Content-Type": 'multipart/mixed; boundary="b0"' },
			Array.from({ length: 20_000 }, (_, i) => `--b${i}\nContent-Type: multipart/mixed; boundary="b${i + 1}"\n\n`).join(""))],
		["20,000 flat parts", mail({ Subject: "Odd flat", "Content-Type": "multipart/mixed; boundary=x" }, "--x\n\n\n".repeat(20_000))],
		["10,000 header fields", mail({ Subject: "Odd headers", "X-A": Array.from({ length: 10_000 }, (_, i) => `${i}`) })],
		["a header of a megabyte", mail({ Subject: "Odd long", "X-A": "a".repeat(1 << 20) })],
		["3,000 recipients in its header", mail({ Subject: "Odd many", Cc: Array.from({ length: 3000 }, (_, i) => `c${i}@many.example`).join(",\r\n ") })],
		["base64 and quoted-printable that are none", mail({ Subject: "Odd base64", "Content-Transfer-Encoding": "base64" }, "!!!! \u00ff =ZZ")],
		["a wrong charset", mail({ Subject: "Odd charset", "Content-Type": "text/plain; charset=utf-16" }, Buffer.from([0xff, 0xd8, 0x00, 0xd8, 0x41]))],
		["HTML of a megabyte of open tags", mail({ Subject: "Odd html", "Content-Type": "text/html" }, "<div><b>".repeat(130_000))],
		["no header at all", Buffer.from("just words\r\nand more words\r\n")],
		["a body without a line end and a From_ line", Buffer.from("From anna Fri Nov 20\r\nSubject: Odd from\r\nFrom: anna@customer.example\r\n\r\nx")],
		["addresses that are none", mail({ Subject: "Odd addresses", From: "<<>>@@,;:\"", To: "a@b@c, (", "Reply-To": "\u0001" })],
		["references that are none", mail({ Subject: "Odd references", References: `${"<x".repeat(2000)}>`, "In-Reply-To": "<>" })],
		["a UTF-16 body", mail({ Subject: "Odd utf-16", "Content-Type": "text/plain; charset=utf-16le" }, Buffer.from("Hello", "utf16le"))],
	];
	for (const [name, data] of odd)
		test(`${name}: kept byte for byte, and a ticket or in quarantine`, async () => {
			const began = await sql(desk, "SELECT coalesce(max(id), 0) FROM mail_source");
			await give(desk, data);
			await settled(desk);
			const [row] = await sql(desk, `SELECT id, state, decision FROM mail_source WHERE id > ${began[0]}`);
			const [id, state] = (row ?? "").split("|");
			assert.match(state ?? "", /^(DONE|QUARANTINED)$/, row);
			const source = await download(desk, `/desk/v1/quarantine/${id}/source`);
			assert.equal(source.headers["content-type"], "message/rfc822");
			const sent = data.subarray(-2).toString() === "\r\n" ? data : Buffer.concat([data, Buffer.from("\r\n")]);
			assert.ok(source.bytes.equals(sent), "the bytes differ");
			assert.equal((await desk.api.get("/healthz")).status, "ok");
		});

	test("a mail of nothing is put into quarantine, stays there after a retry, and its bytes can be had", async () => {
		await give(desk, Buffer.from("\r\n \r\n\r\n"));
		const [row] = await held(desk);
		assert.equal(row?.state, "QUARANTINED");
		assert.equal(row?.reason, "The mail is empty.");
		assert.ok((await download(desk, `/desk/v1/quarantine/${row?.id}/source`)).bytes.equals(Buffer.from("\r\n \r\n\r\n")));
		assert.equal((await desk.api.get("/healthz")).quarantined, 1);
		await desk.api.post(`/desk/v1/quarantine/${row?.id}/retry`);
		await settled(desk);
		assert.equal((await held(desk))[0]?.state, "QUARANTINED");
		assert.equal((await desk.api.request("POST", "/desk/v1/quarantine/999999/retry")).status, 404);
	});

	test("a mail that has been through 26 servers is set aside as a loop, and becomes a ticket when it is wanted", async () => {
		const received = Array.from({ length: 26 }, (_, i) => `from a${i} by b${i}; Fri, 20 Nov 2026 10:00:00 +0000`);
		await give(desk, mail({ Received: received, Subject: "Round and round" }));
		const row = (await held(desk)).find((one) => one.subject === "Round and round");
		assert.match(row?.reason ?? "", /loop/);
		await desk.api.post(`/desk/v1/quarantine/${row?.id}/retry`);
		await ticketNamed(desk, "Round and round");
		assert.equal((await desk.api.request("POST", `/desk/v1/quarantine/${row?.id}/retry`)).status, 409);
	});

	test("a bare LF is refused with 554, and nothing of that mail is smuggled in", async () => {
		const client = await LineClient.open(desk.lmtpPort);
		await expect(client.reply(), 220);
		await expect(client.command("LHLO test"), 250);
		for (const end of ["\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n"]) {
			await expect(client.command("MAIL FROM:<a@customer.example>"), 250);
			await expect(client.command(`RCPT TO:<${desk.inbox}>`), 250);
			await expect(client.command("DATA"), 354);
			client.send(`Subject: Smuggler\r\n\r\nfirst${end}MAIL FROM:<b@customer.example>\r\nRCPT TO:<${desk.inbox}>\r\nDATA\r\nSubject: Smuggled\r\n\r\nx\r\n.\r\n`);
			const said = await client.reply();
			assert.equal(said.code, 554, said.text);
			await expect(client.command("RSET"), 250);
		}
		await expect(client.command("NOOP"), 250);
		client.close();
		await settled(desk);
		assert.deepEqual((await tickets(desk)).filter((row) => row.subject.startsWith("Smuggl")), []);
	});

	test("a mail over 50 MB is refused with 552, the next one on the connection is taken", async () => {
		const client = await LineClient.open(desk.lmtpPort);
		await expect(client.reply(), 220);
		const hello = await client.command("LHLO test");
		assert.match(hello.text, /SIZE 52428800/);
		await expect(client.command("MAIL FROM:<a@customer.example> SIZE=60000000"), 552);
		await expect(client.command("MAIL FROM:<a@customer.example>"), 250);
		await expect(client.command(`RCPT TO:<${desk.inbox}>`), 250);
		await expect(client.command("DATA"), 354);
		const line = Buffer.from(`${"x".repeat(998)}\r\n`);
		const chunk = Buffer.concat(Array.from({ length: 1000 }, () => line));
		client.send("Subject: Oversize\r\n\r\n");
		for (let i = 0; i < 53; i++) client.send(chunk);
		client.send(".\r\n");
		const said = await client.reply();
		assert.equal(said.code, 552, said.text);
		const { replies } = await lmtpDeliver(client, { from: "a@customer.example", to: [desk.inbox], data: mail({ Subject: "After oversize" }) });
		assert.equal(replies[0]?.code, 250);
		client.close();
		await ticketNamed(desk, "After oversize");
		assert.deepEqual(await ticketsNamed(desk, "Oversize"), []);
	});
});
