/* Who has seen the newest message of a ticket, as the server writes it: ids between blanks; "*" is everybody, but for "-5". */
import { http } from "#shared/api/client";
import type { TicketRow } from "#shared/api/types";

export function hasSeen(row: Pick<TicketRow, "seenBy">, userId: string): boolean {
	const words = (row.seenBy ?? "*").split(" ");
	return words.includes("*") ? !words.includes(`-${userId}`) : words.includes(userId);
}

/* The users who are named; nobody where it is everybody. */
export const seenByUsers = (row: Pick<TicketRow, "seenBy">): string[] =>
	(row.seenBy ?? "*").split(" ").filter((word) => /^\d+$/.test(word));

export const markSeen = (ticketId: string) => http.put<void>(`/desk/v1/tickets/${ticketId}/seen`, {});
export const markUnseen = (ticketId: string) => http.remove<void>(`/desk/v1/tickets/${ticketId}/seen`);

/* Marked unread while it was open: it stays so until it is opened again, or somebody writes. */
export const unseen = new Set<string>();
export const leaveUnseen = (ticketId: string) => void unseen.add(ticketId);
