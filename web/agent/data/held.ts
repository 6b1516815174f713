/* Replies that wait: some seconds to be undone, or for their time. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { HeldReply, Message, ReplyDraft, StreamEvent } from "#shared/api/types";
import type { WireDraft } from "./draftWire";
import { queryClient } from "./queryClient";
import type { Written } from "./tickets";
import { write } from "./unsent";

const heldKey = (ticketId: string) => ["held", ticketId];

export const useHeld = (ticketId: string): readonly HeldReply[] =>
	useQuery({
		queryKey: heldKey(ticketId),
		queryFn: async () =>
			(await http.get<{ results: HeldReply[] }>(`/desk/v1/tickets/${ticketId}/held-replies`)).results,
	}).data ?? [];

const set = (ticketId: string, change: (old: HeldReply[]) => HeldReply[]) =>
	queryClient.setQueryData<HeldReply[]>(heldKey(ticketId), (old) => change(old ?? []));

type When = { undoSeconds: number } | { sendAt: string };

/* undefined: it waits for the server on this device. */
export async function holdReply(ticketId: string, reply: ReplyDraft & { draft: unknown } & When, written: Written) {
	const path = `/desk/v1/tickets/${ticketId}/held-replies`;
	const made = await write<HeldReply>({ ticketId, kind: "reply", path, body: reply, ...written });
	if (made) set(ticketId, (old) => [...old.filter((h) => h.id !== made.id), made]);
	return made;
}

/* Those that were taken back here: a notice that still offers it has nothing to do any more. */
const takenBack = new Set<string>();
export const isTakenBack = (held: HeldReply) => takenBack.has(held.id);

/* It is a draft of its writer again; what comes back is his own. */
export async function takeBack(held: HeldReply): Promise<WireDraft> {
	const draft = await http.remove<WireDraft>(`/desk/v1/held-replies/${held.id}`);
	takenBack.add(held.id);
	set(held.ticketId, (old) => old.filter((h) => h.id !== held.id));
	return draft;
}

/* Another window took it back: it is a draft again. */
export async function isDraftAgain(held: HeldReply): Promise<boolean> {
	const draft = await http.get<WireDraft>(`/desk/v1/tickets/${held.ticketId}/drafts/reply`).catch(() => undefined);
	return !!draft?.version;
}

export async function sendNow(held: HeldReply): Promise<void> {
	await http.post<Message>(`/desk/v1/held-replies/${held.id}/send`);
	set(held.ticketId, (old) => old.filter((h) => h.id !== held.id));
	void queryClient.invalidateQueries({ queryKey: ["messages", held.ticketId] });
	void queryClient.invalidateQueries({ queryKey: ["ticket", held.ticketId] });
}

export async function sendAt(held: HeldReply, time: Date): Promise<void> {
	const moved = await http.patch<HeldReply>(`/desk/v1/held-replies/${held.id}`, { sendAt: time.toISOString() });
	set(held.ticketId, (old) => old.map((h) => (h.id === held.id ? moved : h)));
}

export function applyToHeld(events: readonly StreamEvent[]) {
	const ids = new Set(events.filter((e) => e.kind === "held_reply.changed").map((e) => e.ticketId));
	for (const id of ids) if (id) void queryClient.invalidateQueries({ queryKey: heldKey(id) });
}
