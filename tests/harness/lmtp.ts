import { connect, type Socket } from "node:net";

export interface Reply {
	code: number;
	/* All lines, without code and separator, joined by newlines. */
	text: string;
}

/* A line-by-line client of LMTP and SMTP, for what a well-behaved library would refuse to send. */
export class LineClient {
	#buffer = "";
	#waiting: ((error?: Error) => void) | undefined;
	#end: Error | undefined;

	private constructor(readonly socket: Socket) {
		socket.setEncoding("latin1").setNoDelay(true);
		socket.on("data", (text: string) => {
			this.#buffer += text;
			this.#waiting?.();
		});
		const finish = (error: Error) => {
			this.#end ??= error;
			this.#waiting?.(this.#end);
		};
		socket.on("error", finish);
		socket.on("close", () => finish(new Error("the server closed the connection")));
	}

	static open(port: number, host = "127.0.0.1"): Promise<LineClient> {
		return new Promise((resolve, reject) => {
			const socket = connect(port, host);
			socket.once("error", reject);
			socket.once("connect", () => {
				socket.off("error", reject);
				resolve(new LineClient(socket));
			});
		});
	}

	/* Sends bytes as they are. */
	send(bytes: string | Buffer): void {
		this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes);
	}

	/* The next whole reply, with its continuation lines. */
	async reply(timeoutMs = 30_000): Promise<Reply> {
		const lines: string[] = [];
		for (;;) {
			const line = await this.#line(timeoutMs);
			const match = /^(\d{3})([ -]?)(.*)$/.exec(line);
			if (!match) throw new Error(`not a reply: ${line}`);
			lines.push(match[3] as string);
			if (match[2] !== "-") return { code: Number(match[1]), text: lines.join("\n") };
		}
	}

	async command(line: string): Promise<Reply> {
		this.send(`${line}\r\n`);
		return this.reply();
	}

	close(): void {
		this.socket.destroy();
	}

	async #line(timeoutMs: number): Promise<string> {
		for (;;) {
			const at = this.#buffer.indexOf("\n");
			if (at >= 0) {
				const line = this.#buffer.slice(0, at).replace(/\r$/, "");
				this.#buffer = this.#buffer.slice(at + 1);
				return line;
			}
			if (this.#end) throw this.#end;
			await new Promise<void>((resolve, reject) => {
				const timer = setTimeout(() => reject(new Error(`no reply within ${timeoutMs} ms`)), timeoutMs);
				this.#waiting = (error) => {
					clearTimeout(timer);
					this.#waiting = undefined;
					if (error) reject(error);
					else resolve();
				};
			});
		}
	}
}

/* Dots doubled at the start of lines, CRLF line ends, CRLF at the end (RFC 5321 section 4.5.2). */
export function dotStuff(data: string | Buffer): Buffer {
	let text = (typeof data === "string" ? Buffer.from(data, "utf8") : data).toString("latin1");
	text = text.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..");
	if (!text.endsWith("\r\n")) text += "\r\n";
	return Buffer.from(text, "latin1");
}

export interface Envelope {
	from: string;
	to: string[];
	data: string | Buffer;
}

export interface Delivery {
	/* Of each RCPT; where it was refused that is the recipient's last word. */
	recipients: Reply[];
	/* What the server said after the data for each recipient: in LMTP one reply for each accepted one. In the order of `to`. */
	replies: Reply[];
}

/* Delivers one mail over LMTP (RFC 2033) and tells what the server answered for each recipient. */
export async function lmtpSend(port: number, mail: Envelope): Promise<Delivery> {
	const client = await LineClient.open(port);
	try {
		await expect(client.reply(), 220);
		await expect(client.command("LHLO test.example"), 250);
		return await lmtpDeliver(client, mail);
	} finally {
		client.close();
	}
}

/* The same on a connection that has said LHLO, for many mails over one. */
export async function lmtpDeliver(client: LineClient, mail: Envelope): Promise<Delivery> {
	const recipients: Reply[] = [];
	const sender = await client.command(`MAIL FROM:<${mail.from}>`);
	if (sender.code !== 250) {
		await client.command("RSET");
		return { recipients: mail.to.map(() => sender), replies: mail.to.map(() => sender) };
	}
	for (const address of mail.to) recipients.push(await client.command(`RCPT TO:<${address}>`));
	const isAccepted = (reply: Reply) => reply.code >= 200 && reply.code < 300;
	if (!recipients.some(isAccepted)) {
		await client.command("RSET");
		return { recipients, replies: recipients };
	}
	const go = await client.command("DATA");
	if (go.code !== 354) {
		await client.command("RSET");
		return { recipients, replies: recipients.map((reply) => (isAccepted(reply) ? go : reply)) };
	}
	client.send(Buffer.concat([dotStuff(mail.data), Buffer.from(".\r\n")]));
	const replies: Reply[] = [];
	for (const recipient of recipients) replies.push(isAccepted(recipient) ? await client.reply() : recipient);
	return { recipients, replies };
}

export async function expect(reply: Reply | Promise<Reply>, code: number): Promise<Reply> {
	const got = await reply;
	if (got.code !== code) throw new Error(`expected ${code}, got ${got.code} ${got.text}`);
	return got;
}
