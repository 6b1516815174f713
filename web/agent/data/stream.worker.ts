/* Holds the stream once for all tabs of the browser: six streams of their own would use up every HTTP/1.1 connection to the
 * server, and the seventh tab would hang. Open while at least one tab listens; tabs say they live every few seconds. */
import { openStream, type StreamSignal } from "./streamCore";

const GONE_AFTER_MS = 90_000;
const LOOK_EVERY_MS = 30_000;

const ports = new Map<MessagePort, number>();
let stop: (() => void) | undefined;
let state: "open" | "lost" | undefined;
/* Who is where, for tabs that come later. */
const present = new Map<string, StreamSignal>();

function remember(signal: StreamSignal) {
	if (signal.type === "state") present.clear();
	if (signal.type !== "presence") return;
	const { ticketId, userId, state: is } = signal.news;
	if (is === "away") present.delete(`${ticketId} ${userId}`);
	else present.set(`${ticketId} ${userId}`, signal);
}

function tellAll(signal: StreamSignal) {
	if (signal.type === "state") state = signal.state;
	remember(signal);
	for (const port of ports.keys()) port.postMessage(signal);
}

function drop(port: MessagePort) {
	ports.delete(port);
	if (ports.size > 0) return;
	stop?.();
	stop = undefined;
	state = undefined;
	present.clear();
}

(self as unknown as { onconnect: (e: MessageEvent) => void }).onconnect = (e) => {
	const port = e.ports[0];
	if (!port) return;
	ports.set(port, Date.now());
	port.onmessage = (m: MessageEvent<"alive" | "bye">) => (m.data === "bye" ? drop(port) : ports.set(port, Date.now()));
	if (state) port.postMessage({ type: "state", state } satisfies StreamSignal);
	for (const signal of present.values()) port.postMessage(signal);
	stop ??= openStream(tellAll);
};

setInterval(() => {
	for (const [port, at] of ports) if (Date.now() - at > GONE_AFTER_MS) drop(port);
}, LOOK_EVERY_MS);
