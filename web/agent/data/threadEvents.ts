/* What happened to a ticket between its messages: status, owner, pipeline, merges and splits. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Id, Page, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

export interface ThreadEvent {
	kind: string;
	at: Time;
	userId?: Id;
	otherTicketId?: Id;
	isOther?: boolean;
	isUndone?: boolean;
	changes: { property: string; before: string; after: string }[];
}

const SHOWN = new Set(["hs_pipeline_stage", "hubspot_owner_id", "hs_pipeline"]);
const ACTS = new Set(["merge", "split", "snooze", "wake", "spam", "notSpam"]);
const MAX_EVENTS = 100;

const isShown = (e: ThreadEvent) =>
	ACTS.has(e.kind) || (e.kind === "changed" && e.changes.some((c) => SHOWN.has(c.property)));

/* From old to new. A thread without them is whole too: while they are away, or cannot be had, there are none. */
export function useThreadEvents(ticketId: Id): readonly ThreadEvent[] {
	const { data } = useQuery({
		queryKey: ["thread-events", ticketId],
		queryFn: async () => {
			const query = { limit: MAX_EVENTS };
			const { results } = await http.get<Page<ThreadEvent>>(`/desk/v1/tickets/${ticketId}/history`, { query });
			return results.filter(isShown).reverse();
		},
		retry: false,
	});
	return data ?? NONE;
}
const NONE: readonly ThreadEvent[] = [];

export const forgetThreadEvents = (ticketId: Id) =>
	void queryClient.invalidateQueries({ queryKey: ["thread-events", ticketId] });
