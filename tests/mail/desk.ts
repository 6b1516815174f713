/* What the mail tests have in common: mails as bytes, and questions to a running desk. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Bellhop, type Delivery, lmtpSend, run, startPostgres, waitFor } from "../harness/index.ts";

export type Headers = Record<string, string | string[] | undefined>;

let mailN = 0;

/* A whole mail. Headers given stand in for the usual ones; undefined leaves one out. Bytes of a Buffer go as they are. */
export function mail(headers: Headers, body: string | Buffer = "Hello,\n\nit does not work.\n"): Buffer {
	const all: Headers = {
		From: "Anna Fischer <anna@customer.example>",
		To: "support@desk.example",
		Subject: "Hello",
		"Message-ID": `<${process.pid}.${++mailN}@customer.example>`,
		Date: "Fri, 20 Nov 2026 10:00:00 +0000",
		...headers,
	};
	const lines: string[] = [];
	for (const [name, value] of Object.entries(all))
		for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) lines.push(`${name}: ${one}\r\n`);
	const text = typeof body === "string" ? Buffer.from(body.replace(/\r?\n/g, "\r\n")) : body;
	return Buffer.concat([Buffer.from(lines.join("")), Buffer.from("\r\n"), text]);
}

/* The parts of a multipart body; each is a header block and a body. */
export function parts(boundary: string, list: { headers: Headers; body: string | Buffer }[]): Buffer {
	const out: Buffer[] = [];
	for (const { headers, body } of list) {
		out.push(Buffer.from(`--${boundary}\r\n`));
		for (const [name, value] of Object.entries(headers)) out.push(Buffer.from(`${name}: ${value}\r\n`));
		out.push(Buffer.from("\r\n"), Buffer.isBuffer(body) ? body : Buffer.from(body), Buffer.from("\r\n"));
	}
	out.push(Buffer.from(`--${boundary}--\r\n`));
	return Buffer.concat(out);
}

/* Hands a mail in; every recipient has to say 250. */
export async function give(desk: Bellhop, data: Buffer, to: string | string[] = desk.inbox, from = "anna@customer.example"): Promise<void> {
	const { replies } = await deliver(desk, data, to, from);
	for (const reply of replies) assert.equal(reply.code, 250, reply.text);
}

export function deliver(desk: Bellhop, data: Buffer, to: string | string[] = desk.inbox, from = "anna@customer.example"): Promise<Delivery> {
	return lmtpSend(desk.lmtpPort, { from, to: Array.isArray(to) ? to : [to], data });
}

/* Every mail that was acknowledged is understood; only mails that wait for their time to be sent are left. */
export async function settled(desk: Bellhop, timeoutMs = 30_000): Promise<void> {
	await waitFor("the mail jobs to be done", async () => {
		const health = await desk.api.get("/healthz");
		assert.equal(health.jobsPutAside, 0, "a job was given up");
		return health.queueDepth <= health.outbox.queued;
	}, { timeoutMs });
}

export interface TicketRow {
	id: string;
	subject: string;
	stageId: string;
	isClosed: boolean;
	ownerId?: string;
	contactName?: string;
	contactEmail?: string;
	preview?: string;
}

/* All tickets, open and closed. */
export async function tickets(desk: Bellhop): Promise<TicketRow[]> {
	const rows: TicketRow[] = [];
	for (const view of ["open", "closed"])
		for (let after = ""; ; ) {
			const page = await desk.api.get(`/desk/v1/views/${view}/tickets?limit=100${after && `&after=${after}`}`);
			rows.push(...page.results);
			after = page.paging?.next?.after ?? "";
			if (!after) break;
		}
	return rows;
}

export async function ticketsNamed(desk: Bellhop, subject: string): Promise<TicketRow[]> {
	return (await tickets(desk)).filter((row) => row.subject === subject);
}

/* The one ticket of that subject, after all mail is settled. */
export async function ticketNamed(desk: Bellhop, subject: string): Promise<TicketRow> {
	await settled(desk);
	const found = await ticketsNamed(desk, subject);
	assert.equal(found.length, 1, `${found.length} tickets are named "${subject}"`);
	return found[0] as TicketRow;
}

/* Hands a mail in and returns its ticket. */
export async function opened(desk: Bellhop, data: Buffer, subject: string): Promise<TicketRow> {
	await give(desk, data);
	return ticketNamed(desk, subject);
}

export interface Attachment {
	id: string;
	name: string;
	contentType: string;
	sizeBytes: number;
	contentId?: string;
	isInline: boolean;
	url: string;
}

export interface Message {
	id: string;
	direction: "INCOMING" | "OUTGOING";
	subject?: string;
	senderName?: string;
	senderAddress?: string;
	to: { address: string; name?: string }[];
	cc: { address: string; name?: string }[];
	bcc?: { address: string }[];
	text: string;
	html?: string;
	isAutomatic?: boolean;
	notes?: string;
	attachments: Attachment[];
	state: string;
	deliveries: { address: string; state: string; tries: number; lastError?: string; nextTryAt?: string; sentAt?: string }[];
}

export async function messages(desk: Bellhop, ticketId: string): Promise<Message[]> {
	return (await desk.api.get(`/desk/v1/tickets/${ticketId}/messages?limit=100`)).results;
}

export async function lastMessage(desk: Bellhop, ticketId: string): Promise<Message> {
	return (await messages(desk, ticketId)).at(-1) as Message;
}

export function reply(desk: Bellhop, ticketId: string, body: Record<string, unknown>): Promise<Message> {
	return desk.api.post(`/desk/v1/tickets/${ticketId}/replies`, body);
}

/* The bytes that an address answers, with its headers. */
export async function download(desk: Bellhop, path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
	const answer = await fetch(new URL(path, desk.url), { headers: { authorization: `Bearer ${desk.token}` } });
	return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes: Buffer.from(await answer.arrayBuffer()) };
}

export interface Held {
	id: string;
	state: string;
	reason?: string;
	subject?: string;
	sender?: string;
	sizeBytes: number;
	channel: string;
	address: string;
}

/* Mails that became no message. */
export async function held(desk: Bellhop): Promise<Held[]> {
	await settled(desk);
	return (await desk.api.get("/desk/v1/quarantine?limit=500")).results;
}

/* Rows of the desk's own database, unaligned: for what no page shows. */
export async function sql(desk: Bellhop, query: string): Promise<string[]> {
	const out = desk.db
		? (await startPostgres()).query(desk.db, query)
		: run(["sqlite3", "-batch", "-noheader", "-cmd", ".timeout 5000", join(desk.dataDir, "bellhop.db"), query]).trimEnd();
	return out === "" ? [] : out.split("\n");
}

/* Why the newest mail of that subject went where it went. */
export async function decisionOf(desk: Bellhop, subject: string): Promise<string> {
	await settled(desk);
	return (await sql(desk, `SELECT decision FROM mail_source WHERE subject = '${subject}' ORDER BY id DESC LIMIT 1`))[0] ?? "";
}

/* What the program itself took for an error; an expected one is named. */
export function noErrors(desk: Bellhop, expected?: RegExp): void {
	const lines = desk.log.split("\n").filter((line) => / error /.test(line) && !expected?.test(line));
	assert.deepEqual(lines, []);
}
