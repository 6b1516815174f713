import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Certificate } from "./certificate.ts";
import { waitFor } from "./wait.ts";

export interface SunkMail {
	from: string;
	to: string[];
	/* As sent, dots unstuffed, CRLF kept. */
	data: Buffer;
	isTls: boolean;
	helo: string;
	user?: string;
	receivedAt: number;
	/* One header's value, unfolded; undefined when it is not there. */
	header(name: string): string | undefined;
	text: string;
}

export type Step = "connect" | "ehlo" | "auth" | "mail" | "rcpt" | "data" | "end";

/* What to do instead of saying yes. "drop" closes the connection, "hang" never answers. "drop-after" (at "end") takes the mail and
 * closes before it says so: the sender cannot know. */
export interface Failure {
	at: Step;
	reply?: string;
	action?: "drop" | "hang" | "drop-after";
	/* How often; 1 unless given. */
	times?: number;
	/* Only commands that match: RCPT TO:<bob@…>. */
	match?: RegExp;
}

export interface SmtpSink {
	port: number;
	/* smtp://127.0.0.1:port */
	url: string;
	mails: SunkMail[];
	/* Every command that came, for what a test wants to see of the conversation. */
	commands: string[];
	failNext(failure: Failure): void;
	/* Forgets the failures that did not happen yet. */
	recover(): void;
	waitForMail(what: string, fits?: (mail: SunkMail) => boolean, timeoutMs?: number): Promise<SunkMail>;
	stop(): Promise<void>;
}

export interface SinkOptions {
	port?: number;
	/* Offers STARTTLS. */
	certificate?: Certificate;
	/* Wants AUTH before MAIL. */
	users?: Record<string, string>;
	maxBytes?: number;
}

/* A small real SMTP server (RFC 5321, STARTTLS, AUTH PLAIN and LOGIN) that keeps what it gets and fails when told to. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
	const mails: SunkMail[] = [];
	const commands: string[] = [];
	let failures: (Failure & { times: number })[] = [];
	const sockets = new Set<Socket>();

	const failureAt = (at: Step, command: string): Failure | undefined => {
		const found = failures.find((f) => f.at === at && (!f.match || f.match.test(command)));
		if (found && --found.times === 0) failures = failures.filter((f) => f !== found);
		return found;
	};
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.unref();
		socket.on("close", () => sockets.delete(socket));
		new Session(socket, { options, mails, commands, failureAt });
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, "127.0.0.1", resolve);
	});
	/* a forgotten sink must not keep the test process alive */
	server.unref();
	const port = (server.address() as { port: number }).port;
	return {
		port,
		url: `smtp://127.0.0.1:${port}`,
		mails,
		commands,
		failNext: (failure) => failures.push({ ...failure, times: failure.times ?? 1 }),
		recover: () => {
			failures = [];
		},
		waitForMail: (what, fits = () => true, timeoutMs = 15_000) => waitFor(what, () => mails.find(fits), { timeoutMs }),
		stop: () =>
			new Promise((resolve) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => resolve());
			}),
	};
}

interface Shared {
	options: SinkOptions;
	mails: SunkMail[];
	commands: string[];
	failureAt(at: Step, command: string): Failure | undefined;
}

class Session {
	#socket: Socket;
	#buffer = Buffer.alloc(0);
	#isTls = false;
	#helo = "";
	#user: string | undefined;
	#from: string | undefined;
	#to: string[] = [];
	#isData = false;
	#challenge: ((line: string) => void) | undefined;
	readonly #shared: Shared;

	constructor(socket: Socket, shared: Shared) {
		this.#socket = socket;
		this.#shared = shared;
		this.#listen();
		if (!this.#fails("connect", "")) this.#say("220 sink.example ESMTP");
	}

	#listen(): void {
		this.#socket.on("data", (bytes: Buffer) => {
			this.#buffer = Buffer.concat([this.#buffer, bytes]);
			this.#work();
		});
		this.#socket.on("error", () => {});
	}

	#say(line: string): void {
		if (!this.#socket.destroyed) this.#socket.write(`${line}\r\n`);
	}

	/* Does what the test asked for at this step; true when the command is dealt with. */
	#fails(at: Step, command: string): boolean {
		const failure = this.#shared.failureAt(at, command);
		if (!failure) return false;
		if (failure.action === "drop-after") this.#keep();
		if (failure.action === "drop" || failure.action === "drop-after") this.#socket.destroy();
		else if (failure.action !== "hang") this.#say(failure.reply ?? "451 4.3.0 try again later");
		return true;
	}

	#work(): void {
		while (!this.#socket.destroyed) {
			if (this.#isData) {
				const end = this.#buffer.indexOf("\r\n.\r\n");
				const isEmpty = this.#buffer.subarray(0, 3).toString() === ".\r\n";
				if (end < 0 && !isEmpty) return;
				const raw = isEmpty ? Buffer.alloc(0) : this.#buffer.subarray(0, end + 2);
				this.#buffer = this.#buffer.subarray(isEmpty ? 3 : end + 5);
				this.#isData = false;
				this.#finish(raw);
				continue;
			}
			const at = this.#buffer.indexOf("\r\n");
			if (at < 0) return;
			const line = this.#buffer.subarray(0, at).toString("utf8");
			this.#buffer = this.#buffer.subarray(at + 2);
			if (this.#challenge) {
				const answer = this.#challenge;
				this.#challenge = undefined;
				answer(line);
			} else {
				this.#shared.commands.push(line);
				this.#command(line);
			}
		}
	}

	#command(line: string): void {
		const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
		const { options } = this.#shared;
		switch (verb) {
			case "EHLO":
			case "HELO":
				if (this.#fails("ehlo", line)) return;
				this.#helo = line.slice(5);
				this.#reset();
				if (verb === "HELO") return this.#say("250 sink.example");
				return this.#say(
					[
						"250-sink.example",
						"250-8BITMIME",
						"250-SMTPUTF8",
						"250-PIPELINING",
						...(options.certificate && !this.#isTls ? ["250-STARTTLS"] : []),
						...(options.users ? ["250-AUTH PLAIN LOGIN"] : []),
						`250 SIZE ${options.maxBytes ?? 50_000_000}`,
					].join("\r\n"),
				);
			case "STARTTLS":
				return options.certificate && !this.#isTls ? this.#startTls(options.certificate) : this.#say("503 5.5.1 no");
			case "AUTH":
				return this.#fails("auth", line) ? undefined : this.#auth(line);
			case "MAIL":
				if (this.#fails("mail", line)) return;
				if (options.users && !this.#user) return this.#say("530 5.7.0 authentication required");
				this.#reset();
				this.#from = /<(.*?)>/.exec(line)?.[1] ?? "";
				return this.#say("250 2.1.0 ok");
			case "RCPT":
				if (this.#fails("rcpt", line)) return;
				if (this.#from === undefined) return this.#say("503 5.5.1 MAIL first");
				this.#to.push(/<(.*?)>/.exec(line)?.[1] ?? "");
				return this.#say("250 2.1.5 ok");
			case "DATA":
				if (this.#fails("data", line)) return;
				if (this.#to.length === 0) return this.#say("503 5.5.1 RCPT first");
				this.#isData = true;
				return this.#say("354 go on");
			case "RSET":
				this.#reset();
				return this.#say("250 2.0.0 ok");
			case "NOOP":
				return this.#say("250 2.0.0 ok");
			case "QUIT":
				this.#say("221 2.0.0 bye");
				this.#socket.end();
				return;
			default:
				return this.#say("502 5.5.2 unknown command");
		}
	}

	#reset(): void {
		this.#from = undefined;
		this.#to = [];
	}

	#auth(line: string): void {
		const [, mechanism, initial] = line.split(" ");
		const decode = (text: string) => Buffer.from(text, "base64").toString("utf8");
		const check = (user: string, password: string) => {
			if (this.#shared.options.users?.[user] !== password) return this.#say("535 5.7.8 wrong name or password");
			this.#user = user;
			this.#say("235 2.7.0 welcome");
		};
		const plain = (text: string) => {
			const [, user = "", password = ""] = decode(text).split("\0");
			check(user, password);
		};
		const ask = (prompt: string, then: (line: string) => void) => {
			this.#challenge = then;
			this.#say(`334 ${prompt}`);
		};
		if (mechanism?.toUpperCase() === "PLAIN") return initial ? plain(initial) : ask("", plain);
		if (mechanism?.toUpperCase() !== "LOGIN") return this.#say("504 5.5.4 unknown mechanism");
		const second = (user: string) => ask("UGFzc3dvcmQ6", (password) => check(decode(user), decode(password)));
		return initial ? second(initial) : ask("VXNlcm5hbWU6", second);
	}

	#startTls(certificate: Certificate): void {
		this.#say("220 2.0.0 go on");
		this.#socket.removeAllListeners("data");
		/* what was sent before the handshake must not count as said under TLS */
		this.#buffer = Buffer.alloc(0);
		this.#socket = new TLSSocket(this.#socket, {
			isServer: true,
			cert: readFileSync(certificate.certPath),
			key: readFileSync(certificate.keyPath),
		});
		this.#isTls = true;
		this.#listen();
	}

	#pending: Buffer = Buffer.alloc(0);

	#finish(raw: Buffer): void {
		this.#pending = Buffer.from(raw.toString("latin1").replace(/^\.\./gm, "."), "latin1");
		if (this.#fails("end", "")) {
			this.#reset();
			return;
		}
		this.#keep();
		this.#reset();
		this.#say("250 2.0.0 kept");
	}

	#keep(): void {
		const data = this.#pending;
		const text = data.toString("utf8");
		const head = text.slice(0, Math.max(0, text.search(/\r\n\r\n/))).replace(/\r\n[ \t]+/g, " ");
		this.#shared.mails.push({
			from: this.#from ?? "",
			to: this.#to,
			data,
			isTls: this.#isTls,
			helo: this.#helo,
			user: this.#user,
			receivedAt: Date.now(),
			text,
			header: (name) =>
				head
					.split("\r\n")
					.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
					?.slice(name.length + 1)
					.trim(),
		});
	}
}
