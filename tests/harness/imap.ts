import { readFileSync } from "node:fs";
import { connect as tlsConnect, type TLSSocket } from "node:tls";

/* A few commands of IMAP over TLS, to look into a mailbox as a person's mail program would. The server's certificate is verified
 * against the authority given. */
export async function imapSession(
	port: number,
	caPath: string,
	user: string,
	password: string,
): Promise<{ command(line: string): Promise<string>; close(): void }> {
	const socket = await new Promise<TLSSocket>((resolve, reject) => {
		const s = tlsConnect({ port, host: "127.0.0.1", servername: "localhost", ca: readFileSync(caPath) }, () => resolve(s));
		s.once("error", reject);
	});
	socket.setEncoding("latin1");
	let buffer = "";
	let wake = () => {};
	let isClosed = false;
	socket.on("data", (text: string) => {
		buffer += text;
		wake();
	});
	socket.on("error", () => {});
	socket.on("close", () => {
		isClosed = true;
		wake();
	});
	const until = async (done: () => boolean) => {
		while (!done()) {
			if (isClosed) throw new Error(`the IMAP server closed the connection: ${buffer}`);
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	};
	let tag = 0;
	const command = async (line: string) => {
		const name = `a${++tag}`;
		buffer = "";
		socket.write(`${name} ${line}\r\n`);
		const end = new RegExp(`^${name} (OK|NO|BAD)[^\\r\\n]*\\r\\n`, "m");
		await until(() => end.test(buffer));
		if (end.exec(buffer)?.[1] !== "OK") throw new Error(`${line}: ${buffer}`);
		return buffer;
	};
	await until(() => buffer.startsWith("* OK"));
	await command(`LOGIN "${user}" "${password}"`);
	return { command, close: () => socket.destroy() };
}
