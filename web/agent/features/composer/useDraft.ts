import { useSyncExternalStore } from "react";
import { type Draft, loadDraft, removeDraft, saveDraft } from "../../data/drafts";
import { newestMessage } from "../../data/tickets";

/* seenId: the newest message when the writing began; the server compares it at sending. */
export interface LiveDraft extends Draft {
	seenId?: string;
	/* Grows when the text is set from outside the editor, so that the editor takes it over. */
	revision: number;
}

const EMPTY: LiveDraft = { html: "", text: "", savedAt: 0, revision: 0 };
const live = new Map<string, LiveDraft>();
const listeners = new Set<() => void>();

function read(userId: string, ticketId: string): LiveDraft {
	const key = `${userId}.${ticketId}`;
	let d = live.get(key);
	if (!d) {
		d = { ...EMPTY, ...loadDraft(userId, ticketId) };
		live.set(key, d);
	}
	return d;
}

function write(userId: string, ticketId: string, next: LiveDraft) {
	live.set(`${userId}.${ticketId}`, next);
	for (const run of listeners) run();
}

/* Another window had it, and wrote: what it left is taken over. */
export function reloadDraft(userId: string, ticketId: string): Draft {
	const { revision } = read(userId, ticketId);
	live.delete(`${userId}.${ticketId}`);
	write(userId, ticketId, { ...read(userId, ticketId), revision: revision + 1 });
	return read(userId, ticketId);
}

/* The unsent reply of one ticket. Every change is on disk before the next key. */
export function useDraft(userId: string, ticketId: string) {
	const draft = useSyncExternalStore(
		(run) => {
			listeners.add(run);
			return () => void listeners.delete(run);
		},
		() => read(userId, ticketId),
	);
	return {
		draft,
		/* A function gets the draft as it is by then. */
		change(part: Partial<Draft> | ((now: Draft) => Partial<Draft>)) {
			const old = read(userId, ticketId);
			const fresh = typeof part === "function" ? part(old) : part;
			const { revision, ...rest } = { ...old, ...fresh, savedAt: Date.now() };
			const next = { ...rest, seenId: old.seenId ?? newestMessage(ticketId)?.id };
			const isKept = saveDraft(userId, ticketId, next);
			write(userId, ticketId, {
				...next,
				seenId: isKept ? next.seenId : undefined,
				savedAt: isKept ? next.savedAt : 0,
				revision,
			});
		},
		clear() {
			removeDraft(userId, ticketId);
			write(userId, ticketId, { ...EMPTY, revision: read(userId, ticketId).revision + 1 });
		},
	};
}
