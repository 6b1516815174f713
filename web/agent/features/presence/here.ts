/* Tells the server what this window does on the ticket that it shows: at once when that changes, and every 20 seconds; that one types,
 * at most every 3 seconds. One word after the other, so that an old one never comes last. */
import { http } from "#shared/api/client";
import type { PresenceState, Present } from "#shared/api/types";
import { setPresence } from "../../data/presence";

const BEAT_MS = 20_000;
const TYPING_EVERY_MS = 3000;
/* Who has not typed for this long just has the composer open. */
const WRITING_MS = 60_000;

let ticket: string | undefined;
let state: "viewing" | "reply" | "comment" = "viewing";
let last: PresenceState = "away";
let typedAt = 0;
let beat: ReturnType<typeof setInterval> | undefined;
let pause: ReturnType<typeof setTimeout> | undefined;
let queue: Promise<void> = Promise.resolve();

const path = (ticketId: string) => `/desk/v1/tickets/${ticketId}/presence`;

async function say(ticketId: string, is: PresenceState, isTyping: boolean) {
	try {
		const { results } = await http.post<{ results: Present[] }>(path(ticketId), { state: is, isTyping });
		if (is !== "away") setPresence(ticketId, results);
	} catch {
		/* Nobody waits for it; the next beat says it again. */
	}
}

function tell(is: PresenceState, isTyping = false) {
	const id = ticket;
	if (id) queue = queue.then(() => say(id, is, isTyping));
}

const isShown = () => document.visibilityState === "visible";
const tellState = () => tell(isShown() ? state : "away");

function setState(next: typeof state) {
	if (next === state) return;
	state = next;
	typedAt = 0;
	clearTimeout(pause);
	tellState();
}

/* The page goes: what is asked for later would not leave any more. */
function goodbye() {
	if (ticket) void http.post(path(ticket), { state: last }, { keepalive: true }).catch(() => {});
}

/* lastWord: what holds when this window goes. */
export function enter(ticketId: string, lastWord: PresenceState): () => void {
	ticket = ticketId;
	last = lastWord;
	state = "viewing";
	tellState();
	beat = setInterval(() => isShown() && tell(state), BEAT_MS);
	document.addEventListener("visibilitychange", tellState);
	addEventListener("pagehide", goodbye);
	return () => {
		clearInterval(beat);
		clearTimeout(pause);
		document.removeEventListener("visibilitychange", tellState);
		removeEventListener("pagehide", goodbye);
		tell(lastWord);
		ticket = undefined;
	};
}

/* A key was pressed in the composer. */
export function wrote(ticketId: string, kind: "reply" | "comment") {
	if (ticket !== ticketId) return;
	if (state !== kind) typedAt = 0;
	state = kind;
	clearTimeout(pause);
	pause = setTimeout(() => stopped(ticketId), WRITING_MS);
	if (Date.now() - typedAt < TYPING_EVERY_MS) return;
	typedAt = Date.now();
	tell(kind, true);
}

/* The composer was closed. */
export function stopped(ticketId: string) {
	if (ticket === ticketId) setState("viewing");
}
