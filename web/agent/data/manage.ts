/* What is done to tickets as a whole: many at once, splitting, undoing, history, recycle bin, blocked senders. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Id, Inbox, Page, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";
import { type Write, write } from "./unsent";

export type ActKind =
	| "set"
	| "close"
	| "snooze"
	| "wake"
	| "spam"
	| "notSpam"
	| "delete"
	| "restore"
	| "move"
	| "merge"
	| "block"
	| "follow"
	| "unfollow";

export interface ActBody {
	action: ActKind;
	properties?: Record<string, string>;
	until?: Time;
	inboxId?: Id;
	intoId?: Id;
}

export interface ActFailure {
	ticketId: Id;
	status: number;
	message?: string;
	missingProperties: string[];
}

export interface ActResult {
	/* Absent: nothing was changed, so nothing can be undone. */
	actId?: Id;
	done: Id[];
	failed: ActFailure[];
	/* There was no server; it is done as soon as there is one. */
	isWaiting?: boolean;
}

/* In one step on the server, and in one transaction. */
export const MOST_AT_ONCE = 500;

const refresh = (ids: readonly Id[]) => {
	for (const id of ids) void queryClient.invalidateQueries({ queryKey: ["ticket", id] });
	void queryClient.invalidateQueries({ queryKey: ["history"] });
	void queryClient.invalidateQueries({ queryKey: ["recycle-bin"] });
	void queryClient.invalidateQueries({ queryKey: ["blocked-senders"] });
};

const BULK = "/desk/v1/tickets/bulk";
/* What can be taken back later as well as now, and so may wait for the server on this device. */
const MAY_WAIT: readonly ActKind[] = ["set", "snooze", "wake", "spam", "notSpam", "follow", "unfollow"];

/* shown: how it looks meanwhile, and what it does, in words. */
export async function act(ids: readonly Id[], body: ActBody, shown: Pick<Write, "row" | "text">): Promise<ActResult> {
	const asked = { ...body, ticketIds: ids };
	const { properties } = body;
	const result = MAY_WAIT.includes(body.action)
		? await write<ActResult>({
				ticketId: ids[0] ?? "",
				ticketIds: ids,
				kind: "act",
				path: BULK,
				body: asked,
				properties,
				...shown,
			})
		: await http.post<ActResult>(BULK, asked);
	if (!result) return { done: [], failed: [], isWaiting: true };
	refresh(ids);
	return result;
}

export async function undoAct(actId: Id): Promise<ActResult> {
	const result = await http.post<ActResult>(`/desk/v1/ticket-acts/${actId}/undo`);
	refresh(result.done);
	return result;
}

export interface Split {
	actId: Id;
	ticketId: Id;
}

export async function split(ticketId: Id, messageIds: readonly Id[], subject: string): Promise<Split> {
	const made = await http.post<Split>(`/desk/v1/tickets/${ticketId}/split`, { messageIds, subject });
	refresh([ticketId]);
	return made;
}

/* History ------------------------------------------------------------------------------------------------------------------ */

export interface HistoryItem {
	kind: string;
	at: Time;
	userId?: Id;
	source?: string;
	otherTicketId?: Id;
	otherSubject?: string;
	isOther?: boolean;
	isUndone?: boolean;
	until?: Time;
	messageId?: Id;
	text?: string;
	changes: { property: string; label: string; before: string; after: string }[];
}

export function useHistory(ticketId: Id) {
	return useInfiniteQuery({
		queryKey: ["history", ticketId],
		queryFn: ({ pageParam }) =>
			http.get<Page<HistoryItem, "before">>(`/desk/v1/tickets/${ticketId}/history`, { query: { before: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.before,
		staleTime: 0,
	});
}

/* Recycle bin and blocked senders ------------------------------------------------------------------------------------------ */

export interface RecycledTicket {
	id: Id;
	subject: string;
	contactName?: string;
	contactEmail?: string;
	archivedAt: Time;
}

export function useRecycleBin(q: string) {
	return useInfiniteQuery({
		queryKey: ["recycle-bin", q],
		queryFn: ({ pageParam }) =>
			http.get<Page<RecycledTicket>>("/desk/v1/recycle-bin", { query: { q: q || undefined, after: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		staleTime: 0,
	});
}

export interface BlockedSender {
	id: Id;
	address: string;
	userId?: Id;
	blockedAt: Time;
}

export function useBlockedSenders() {
	return useInfiniteQuery({
		queryKey: ["blocked-senders"],
		queryFn: ({ pageParam }) =>
			http.get<Page<BlockedSender>>("/desk/v1/blocked-senders", { query: { after: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		staleTime: 0,
	});
}

export async function blockSender(address: string) {
	await http.post("/desk/v1/blocked-senders", { address });
	await queryClient.invalidateQueries({ queryKey: ["blocked-senders"] });
}

export async function unblockSender(id: Id) {
	await http.remove(`/desk/v1/blocked-senders/${id}`);
	await queryClient.invalidateQueries({ queryKey: ["blocked-senders"] });
}

export function useInboxes(): Inbox[] {
	const q = useQuery({
		queryKey: ["inboxes"],
		queryFn: async () =>
			(await http.get<{ results: Inbox[] }>("/conversations/v3/conversations/inboxes", { query: { limit: 100 } }))
				.results,
		staleTime: 5 * 60_000,
	});
	return q.data ?? [];
}
