/* Files on messages: what an agent sends along arrives byte for byte, what comes with a mail is a file that API clients can fetch. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, forEachEngine, type SmtpSink, startBellhop, startSmtpSink } from "../harness/index.ts";
import { mail, noErrors, opened } from "./desk.ts";

const CONVERSATIONS = "/conversations/v3/conversations";
const ANNA = "anna@customer.example";

forEachEngine((engine) => {
	let desk: Bellhop;
	let sink: SmtpSink;
	before(async () => {
		sink = await startSmtpSink();
		desk = await startBellhop({ engine, args: ["--smtp", sink.url] });
	});
	after(async () => {
		noErrors(desk);
		await desk.stop();
		await sink.stop();
	});

	const upload = async (name: string, content: string | Buffer): Promise<any> => {
		const form = new FormData();
		form.set("file", new Blob([content as any]), name);
		const answer = await fetch(`${desk.url}/files/v3/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${desk.token}` } });
		assert.equal(answer.status, 201);
		return answer.json();
	};
	/* The parts of a mail that are files: [content type, bytes]. */
	const filesOf = (data: Buffer) =>
		data.toString("latin1").split(/\r\n--/).filter((part) => /^Content-Disposition: attachment/m.test(part)).map((part) => {
			const at = part.indexOf("\r\n\r\n");
			return [/^Content-Type: ([\w./+-]+)/m.exec(part)?.[1], Buffer.from(part.slice(at), "base64")] as [string, Buffer];
		});
	const threadOf = async (ticketId: string) => (await desk.api.get(`${CONVERSATIONS}/threads?associatedTicketId=${ticketId}`)).results[0];
	const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

	test("E-16 W-3: a message with files leaves with them, and its links work without signing in", async () => {
		const row = await opened(desk, mail({ Subject: "Send me both" }), "Send me both");
		const thread = await threadOf(row.id);
		const text = await upload("Notizen für Anna.txt", "Grüße\n".repeat(1000));
		const binary = await upload("data.bin", Buffer.from(Array.from({ length: 100000 }, (_, i) => (i * 7) % 256)));
		const sent = await desk.api.post(`${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "MESSAGE", text: "Here they are", senderActorId: "A-1", channelId: thread.originalChannelId, channelAccountId: thread.originalChannelAccountId,
			attachments: [{ fileId: text.id, type: "FILE" }, { fileId: Number(binary.id), type: "FILE" }] });
		assert.deepEqual(sent.attachments.map((a: any) => [a.type, a.fileId, a.name, a.fileUsageType]), [["FILE", text.id, "Notizen für Anna.txt", "OTHER"], ["FILE", binary.id, "data.bin", "OTHER"]]);
		const m = await sink.waitForMail("the mail with files", (one) => one.to[0] === ANNA && one.header("subject") === "Re: Send me both");
		const files = filesOf(m.data);
		assert.deepEqual(files.map(([type, content]) => [type, content.length]), [["text/plain", Buffer.byteLength("Grüße\n".repeat(1000))], ["application/octet-stream", 100000]]);
		assert.deepEqual(files[1]?.[1], await bytes(sent.attachments[1].url));
		assert.equal((await bytes(sent.attachments[0].url)).toString(), "Grüße\n".repeat(1000));
		const again = await desk.api.get(`${CONVERSATIONS}/threads/${thread.id}/messages/${sent.id}`);
		assert.deepEqual(again.attachments.map((a: any) => a.fileId), [text.id, binary.id]);
	});

	test("E-16: so does a reply from the workspace; a comment keeps its files inside", async () => {
		const row = await opened(desk, mail({ Subject: "From the desk" }), "From the desk");
		const file = await upload("manual.pdf", "%PDF-1.4 manual");
		const reply = await desk.api.post(`/desk/v1/tickets/${row.id}/replies`, { text: "See the manual", attachments: [{ fileId: file.id }] });
		assert.deepEqual(reply.attachments.map((a: any) => [a.fileId, a.name, a.contentType, a.sizeBytes]), [[file.id, "manual.pdf", "application/pdf", 15]]);
		const m = await sink.waitForMail("the manual", (one) => one.header("subject") === "Re: From the desk");
		assert.deepEqual(filesOf(m.data).map(([type, content]) => [type, content.toString()]), [["application/pdf", "%PDF-1.4 manual"]]);
		const thread = await threadOf(row.id);
		const comment = await desk.api.post(`${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "COMMENT", text: "For us", attachments: [{ fileId: file.id, type: "FILE" }] });
		assert.equal((await bytes(comment.attachments[0].url)).toString(), "%PDF-1.4 manual");
		assert.equal(sink.mails.filter((one) => one.header("subject") === "Re: From the desk").length, 1);
	});

	test("E-63: unknown files, too many of them and too large ones are refused, and nothing is sent", async () => {
		const row = await opened(desk, mail({ Subject: "Too much" }), "Too much");
		const thread = await threadOf(row.id);
		const send = (attachments: unknown) => desk.api.request("POST", `${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "MESSAGE", text: "x", attachments });
		const large = await upload("large.bin", Buffer.alloc(11 << 20));
		for (const attachments of [[{ fileId: "99999999", type: "FILE" }], [{ fileId: large.id, type: "FILE" }, { fileId: large.id, type: "FILE" }], Array(21).fill({ fileId: large.id, type: "FILE" }), [{ type: "FILE" }], [{ fileId: large.id, type: "LOCATION" }], "x"]) {
			const answer = await send(attachments);
			assert.deepEqual([answer.status, answer.body.errors?.[0]?.in], [400, "attachments"], answer.text);
		}
		assert.equal((await desk.api.get(`${CONVERSATIONS}/threads/${thread.id}/messages`)).results.length, 1);
	});

	test("what comes with a mail is a file; as long as a message has it, erasing another leaves its bytes", async () => {
		const row = await opened(desk, mail({ Subject: "With a picture", "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=bb" },
			"--bb\r\nContent-Type: text/plain\r\n\r\nSee\r\n--bb\r\nContent-Type: text/plain; name=shot.txt\r\nContent-Disposition: attachment; filename=shot.txt\r\n\r\nthe bytes\r\n--bb--\r\n"), "With a picture");
		const thread = await threadOf(row.id);
		const [message] = (await desk.api.get(`${CONVERSATIONS}/threads/${thread.id}/messages`)).results;
		const [attachment] = message.attachments;
		assert.equal((await bytes(attachment.url)).toString().trim(), "the bytes");
		const file = await desk.api.get(`/files/v3/files/${attachment.fileId}`);
		assert.deepEqual([file.name, file.extension, file.type, file.access, file.path], ["shot", "txt", "TEXT", "HIDDEN_PRIVATE", undefined]);
		const link = await desk.api.get(`/files/v3/files/${attachment.fileId}/signed-url`);
		assert.equal((await bytes(link.url)).toString().trim(), "the bytes");
		const same = await upload("same.txt", await bytes(link.url));
		await desk.api.delete(`/files/v3/files/${same.id}/gdpr-delete`);
		await new Promise((resolve) => setTimeout(resolve, 300));
		assert.equal((await bytes(link.url)).toString().trim(), "the bytes");
	});
});
