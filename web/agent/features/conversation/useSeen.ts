import { useEffect, useRef } from "react";
import type { TicketRow } from "#shared/api/types";
import { hasSeen, markSeen, unseen } from "../../data/seen";
import { useUser } from "../../data/session";

const AFTER_MS = 1000;
/* Whoever looks at a ticket for a second, in a window that can be seen, has seen it. */
export function useSeen(ticketId: string, row: TicketRow | undefined) {
	const user = useUser();
	const isNew = !!row && !hasSeen(row, user.id);
	const activityAt = row?.activityAt;
	const before = useRef({ ticketId: "", activityAt: "" });
	useEffect(() => {
		const isOther = before.current.ticketId !== ticketId || before.current.activityAt !== activityAt;
		if (isOther) unseen.delete(ticketId);
		before.current = { ticketId, activityAt: activityAt ?? "" };
		if (!isNew || unseen.has(ticketId)) return;
		const mark = () => {
			if (document.visibilityState === "visible" && !unseen.has(ticketId)) void markSeen(ticketId).catch(() => {});
		};
		const timer = setTimeout(mark, AFTER_MS);
		document.addEventListener("visibilitychange", mark);
		return () => {
			clearTimeout(timer);
			document.removeEventListener("visibilitychange", mark);
		};
	}, [ticketId, isNew, activityAt]);
}
