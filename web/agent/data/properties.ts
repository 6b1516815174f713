/* What properties tickets have: their labels, kinds and options. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { PropertyDef } from "#shared/api/types";

const STALE_MS = 5 * 60_000;

const ticketProperties = {
	queryKey: ["properties", "tickets"],
	queryFn: async () => {
		const { results } = await http.get<{ results: PropertyDef[] }>("/crm/v3/properties/tickets");
		return new Map(results.map((p) => [p.name, p] as const));
	},
	staleTime: STALE_MS,
};

export const useTicketProperties = () => useQuery(ticketProperties).data;
