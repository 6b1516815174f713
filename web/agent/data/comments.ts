/* Comments on a ticket, and whom they can mention. */
import { http } from "#shared/api/client";
import type { Id, Message } from "#shared/api/types";
import { queryClient } from "./queryClient";
import { putMessage, refreshTicket, type Written } from "./tickets";
import { write } from "./unsent";

export interface CommentText {
	html: string;
	attachments?: { fileId: Id; contentId?: string }[];
}

/* undefined: it waits for the server on this device. */
export async function addComment(ticketId: Id, comment: CommentText, written: Written): Promise<Message | undefined> {
	const attachments = comment.attachments?.map((a) => ({ ...a, type: "FILE" }));
	const path = `/desk/v1/tickets/${ticketId}/comments`;
	const body = { html: comment.html, attachments };
	const made = await write<Message>({ ticketId, kind: "comment", path, body, ...written });
	if (made) putMessage(ticketId, made);
	void queryClient.invalidateQueries({ queryKey: ["ticket", ticketId] });
	return made;
}

export async function editComment(comment: Message, html: string): Promise<void> {
	putMessage(comment.ticketId, await http.patch<Message>(`/desk/v1/comments/${comment.id}`, { html }));
}

export async function removeComment(comment: Message): Promise<void> {
	await http.remove(`/desk/v1/comments/${comment.id}`);
	await refreshTicket(comment.ticketId);
}

export interface Mentionable {
	id: Id;
	name: string;
	email: string;
}

const STALE_MS = 60_000;

/* Everybody who may see the ticket; where they are too many for one answer, those that the query finds. What the next letter waits for
 * too is not given up with this one. */
export async function loadMentionable(ticketId: Id, query: string): Promise<Mentionable[]> {
	const ask = (q: string) => ({
		queryKey: ["mentionable", ticketId, q],
		queryFn: () =>
			http.get<{ results: Mentionable[]; isComplete: boolean }>(`/desk/v1/tickets/${ticketId}/mentionable`, {
				query: { query: q || undefined },
			}),
		staleTime: STALE_MS,
	});
	const all = await queryClient.fetchQuery(ask(""));
	return all.isComplete || !query.trim() ? all.results : (await queryClient.fetchQuery(ask(query))).results;
}
