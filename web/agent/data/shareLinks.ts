/* Links by which people outside see an item of the library, and their visits: the same for every kind. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Id, Page, StreamEvent, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

export interface ShareLink {
	id: Id;
	itemId: Id;
	/* Not there: it was revoked. */
	url?: string;
	/* Not there: for anyone who has it. */
	email?: string;
	ticketId?: Id;
	userId: Id;
	asksEmail: boolean;
	mayDownload: boolean;
	isOpen: boolean;
	expiresAt?: Time;
	revokedAt?: Time;
	visitCount: number;
	lastVisitAt?: Time;
	createdAt: Time;
}

export interface ShareVisit {
	id: Id;
	linkId: Id;
	email?: string;
	createdAt: Time;
	lastAt: Time;
	visibleMs: number;
	downloadCount: number;
	pages: { page: number; visibleMs: number }[];
}

export interface ShareDraft {
	email?: string;
	asksEmail: boolean;
	mayDownload: boolean;
	expiresAt: Time | null;
}

const LINKS = "/desk/v1/share-links";
const ROOT = "share-links";

export const useShareLinks = (itemId: Id, isOn = true) =>
	useQuery({
		queryKey: [ROOT, itemId],
		queryFn: async () => (await http.get<Page<ShareLink>>(LINKS, { query: { itemId } })).results,
		enabled: isOn,
		staleTime: 0,
	});

export const useShareVisits = (itemId: Id, isOn = true) =>
	useInfiniteQuery({
		queryKey: [ROOT, itemId, "visits"],
		queryFn: ({ pageParam }) =>
			http.get<Page<ShareVisit>>("/desk/v1/share-visits", { query: { itemId, after: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		enabled: isOn,
		staleTime: 0,
	});

const refresh = (itemId?: Id) => queryClient.invalidateQueries({ queryKey: itemId ? [ROOT, itemId] : [ROOT] });

async function changed(change: Promise<ShareLink>): Promise<ShareLink> {
	const link = await change;
	await refresh(link.itemId);
	return link;
}

export const shareLinks = {
	create: (itemId: Id, draft: ShareDraft) => changed(http.post<ShareLink>(LINKS, { itemId, ...draft })),
	change: (id: Id, draft: Partial<ShareDraft>) => changed(http.patch<ShareLink>(`${LINKS}/${id}`, draft)),
	revoke: (id: Id) => changed(http.post<ShareLink>(`${LINKS}/${id}/revoke`, {})),
	/* For who is written to on the ticket: one that is there, or a new one. */
	ofTicket: (ticketId: Id, itemId: Id) =>
		changed(http.post<ShareLink>(`/desk/v1/tickets/${ticketId}/share-links`, { itemId })),
};

export function applyToShareLinks(events: readonly StreamEvent[]) {
	if (events.some((e) => e.kind === "share.changed")) {
		void refresh();
		void queryClient.invalidateQueries({ queryKey: ["library"] });
	}
}
