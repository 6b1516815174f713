/* Who else is on which ticket right now, as the stream tells it. Nothing of it is kept: a stream that opens again begins anew. */
import { useSyncExternalStore } from "react";
import type { PresenceNews, Present, StreamEvent } from "#shared/api/types";

const NOBODY: readonly Present[] = [];
const places = new Map<string, readonly Present[]>();
const listeners = new Set<() => void>();

const tell = () => {
	for (const run of listeners) run();
};

function put(ticketId: string, present: readonly Present[]) {
	if (present.length > 0) places.set(ticketId, present);
	else places.delete(ticketId);
}

export function applyPresence(news: PresenceNews) {
	const { ticketId, userId, state, isTyping } = news;
	const others = (places.get(ticketId) ?? NOBODY).filter((p) => p.userId !== userId);
	put(ticketId, state === "away" ? others : [...others, { userId, state, isTyping }]);
	tell();
}

/* All others of one ticket, as a beat is answered. */
export function setPresence(ticketId: string, present: readonly Present[]) {
	put(ticketId, present);
	tell();
}

/* Of a ticket that is out of sight nobody is told who leaves it. */
export function applyToPresence(events: readonly StreamEvent[]) {
	for (const e of events)
		if (e.ticketId && (e.kind === "ticket.hidden" || e.kind === "ticket.deleted")) setPresence(e.ticketId, []);
}

export function clearPresence() {
	places.clear();
	tell();
}

export const presentOn = (ticketId: string): readonly Present[] => places.get(ticketId) ?? NOBODY;

function subscribe(run: () => void) {
	listeners.add(run);
	return () => void listeners.delete(run);
}

export const usePresent = (ticketId: string): readonly Present[] =>
	useSyncExternalStore(subscribe, () => presentOn(ticketId));
