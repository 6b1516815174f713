import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { rememberTicket } from "../data/recent";
import { useUser } from "../data/session";
import { useTicketRow } from "../data/ticketStore";

/* Notes the tickets that are opened, for the palette. */
export function useRecentTickets() {
	const { id: userId } = useUser();
	const { ticketId = "" } = useParams({ strict: false });
	const subject = useTicketRow(ticketId)?.subject;
	useEffect(() => {
		if (ticketId && subject !== undefined) rememberTicket(userId, { id: ticketId, subject });
	}, [userId, ticketId, subject]);
}
