/* On which tickets somebody has a draft: for the marks of lists. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { http } from "#shared/api/client";
import type { WireDraft } from "./draftWire";

const drafts = {
	queryKey: ["drafts"],
	queryFn: async () => (await http.get<{ results: WireDraft[] }>("/desk/v1/drafts")).results,
	staleTime: 60_000,
};

/* For lists: one answer for all of their rows. */
export function useDraftedTickets(): ReadonlySet<string> {
	const { data } = useQuery(drafts);
	return useMemo(() => new Set(data?.map((d) => d.ticketId)), [data]);
}
