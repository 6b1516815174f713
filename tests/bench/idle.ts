import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { startBellhop } from "../harness/index.ts";
import { atMost, type Figure, residentKb } from "./measure.ts";

const STREAMS = 5_000;
const AT_ONCE = 50;
const MOST_KB = 20;

/* A stream that was greeted. */
function openStream(port: number, token: string): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1", () => socket.write(`GET /desk/v1/stream HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`));
		let text = "";
		socket.setEncoding("latin1").on("data", (piece: string) => {
			text += piece;
			if (text.includes("event: hello")) resolve(socket);
		});
		socket.once("error", reject);
		socket.once("close", () => reject(new Error(`no stream: ${text}`)));
	});
}

/* What the kernel keeps for all programs of this machine. */
function kernelKb(): number {
	return Number(/^Slab:\s+(\d+)/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]);
}

export async function idle(): Promise<Figure[]> {
	const bellhop = await startBellhop({ engine: "sqlite", args: ["--lmtp", "none"] });
	const sockets = [await openStream(bellhop.httpPort, bellhop.token)];
	const before = { residentKb: residentKb(bellhop.pid), kernelKb: kernelKb() };
	while (sockets.length <= STREAMS) sockets.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => openStream(bellhop.httpPort, bellhop.token)))));
	const after = { residentKb: residentKb(bellhop.pid), kernelKb: kernelKb() };
	const n = sockets.length - 1;
	const own = (after.residentKb - before.residentKb) / n;
	const kernel = (after.kernelKb - before.kernelKb) / n;
	for (const socket of sockets) socket.removeAllListeners("close").destroy();
	await bellhop.stop();
	return [
		atMost(`An idle stream, of ${n.toLocaleString("en-US")}`, own, "KB", MOST_KB, 2, { before, after }),
		atMost("  and in the kernel, both ends, all of this machine", kernel, "KB", undefined, 1),
	];
}
