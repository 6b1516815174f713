/* The tab's end of the live stream: through the shared worker, else (an old browser) directly. Events of one frame come together. */
import type { PresenceNews, StreamEvent } from "#shared/api/types";
import { openStream, type StreamSignal } from "./streamCore";

export interface StreamListener {
	onEvents(events: StreamEvent[]): void;
	onReset(): void;
	onPresence?(news: PresenceNews): void;
	onState(state: "open" | "lost"): void;
}

const ALIVE_EVERY_MS = 25_000;
const BATCH_MS = 16;

export function listen(listener: StreamListener): () => void {
	let batch: StreamEvent[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;

	function flush() {
		const events = batch;
		batch = [];
		timer = undefined;
		listener.onEvents(events);
	}

	function take(signal: StreamSignal) {
		if (signal.type === "state") listener.onState(signal.state);
		else if (signal.type === "reset") listener.onReset();
		else if (signal.type === "presence") listener.onPresence?.(signal.news);
		else {
			batch.push(signal.event);
			timer ??= setTimeout(flush, BATCH_MS);
		}
	}

	const stop = typeof SharedWorker === "undefined" ? openStream(take) : listenThroughWorker(take);
	return () => {
		clearTimeout(timer);
		stop();
	};
}

function listenThroughWorker(take: (signal: StreamSignal) => void): () => void {
	const worker = new SharedWorker(new URL("./stream.worker.ts", import.meta.url), {
		type: "module",
		name: "bellhop-stream",
	});
	const { port } = worker;
	let direct: (() => void) | undefined;
	/* A worker that cannot start must not leave the tab deaf. */
	worker.onerror = () => {
		direct ??= openStream(take);
	};
	port.onmessage = (e: MessageEvent<StreamSignal>) => take(e.data);
	const alive = setInterval(() => port.postMessage("alive"), ALIVE_EVERY_MS);
	const bye = () => port.postMessage("bye");
	addEventListener("pagehide", bye);
	return () => {
		clearInterval(alive);
		removeEventListener("pagehide", bye);
		bye();
		port.close();
		direct?.();
	};
}
