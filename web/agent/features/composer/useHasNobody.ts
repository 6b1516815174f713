import type { TicketDetail } from "#shared/api/types";
import { inOrder, useMessages } from "../../data/tickets";

/* A ticket without a conversation and without a contact that has an address: there is nobody to write to yet. */
export function useHasNobody(ticketId: string, detail: TicketDetail | undefined): boolean {
	const { data } = useMessages(ticketId);
	if (!detail || !data) return false;
	return !detail.contact?.email && !inOrder(data.pages).some((m) => m.type === "MESSAGE");
}
