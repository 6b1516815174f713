/* One connection to the live stream, with its own way of coming back: the browser's EventSource gives up for good on an HTTP
 * error, so this one closes and opens it again with growing pauses and tells the server the last event it has seen. */
import { type PresenceNews, STREAM_KINDS, type StreamEvent } from "#shared/api/types";

export type StreamSignal =
	| { type: "state"; state: "open" | "lost" }
	| { type: "reset" }
	| { type: "presence"; news: PresenceNews }
	| { type: "event"; event: StreamEvent };

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export function openStream(tell: (signal: StreamSignal) => void, random: () => number = Math.random): () => void {
	let source: EventSource | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let lastId = "";
	let pause = FIRST_PAUSE_MS;
	let isStopped = false;

	const seen = (e: MessageEvent) => {
		if (e.lastEventId) lastId = e.lastEventId;
	};

	function connect() {
		const query = lastId ? `?lastEventId=${encodeURIComponent(lastId)}` : "";
		source = new EventSource(`/desk/v1/stream${query}`);
		source.addEventListener("hello", (e) => {
			seen(e);
			pause = FIRST_PAUSE_MS;
			tell({ type: "state", state: "open" });
		});
		source.addEventListener("reset", (e) => {
			seen(e);
			tell({ type: "reset" });
		});
		/* Has no id, and is not told again: whoever comes back gets all who are there. */
		source.addEventListener("ticket.presence", (e) => {
			try {
				tell({ type: "presence", news: JSON.parse(e.data) as PresenceNews });
			} catch {
				/* the next beat tells it */
			}
		});
		for (const kind of STREAM_KINDS) {
			source.addEventListener(kind, (e) => {
				seen(e);
				try {
					tell({ type: "event", event: { ...(JSON.parse(e.data) as StreamEvent), kind } });
				} catch {
					tell({ type: "reset" });
				}
			});
		}
		source.onerror = () => {
			source?.close();
			if (isStopped) return;
			tell({ type: "state", state: "lost" });
			clearTimeout(timer);
			timer = setTimeout(connect, pause * (0.7 + 0.6 * random()));
			pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
		};
	}

	connect();
	return () => {
		isStopped = true;
		clearTimeout(timer);
		source?.close();
	};
}
