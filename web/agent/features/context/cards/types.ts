import type { TicketDetail, TicketRow, ViewId } from "#shared/api/types";

/* What every card of the sidebar is given. row comes from the list at once; detail after it was fetched. */
export interface CardProps {
	ticketId: string;
	view: ViewId;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
}
