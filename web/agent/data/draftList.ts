/* On which tickets somebody has a draft: for the marks of lists. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { WireDraft } from "./draftWire";

export const useHasDraft = (ticketId: string): boolean =>
	useQuery({
		queryKey: ["drafts"],
		queryFn: async () => (await http.get<{ results: WireDraft[] }>("/desk/v1/drafts")).results,
		staleTime: 60_000,
		select: (all) => all.some((d) => d.ticketId === ticketId),
	}).data ?? false;
