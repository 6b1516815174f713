/* One ticket with its conversation: reading, changing, replying, creating. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ApiError, http } from "#shared/api/client";
import type { CrmObject, Message, Page, ReplyDraft, StreamEvent, TicketDetail, TicketRow } from "#shared/api/types";
import { forgetReplyTarget } from "./composerData";
import { queryClient } from "./queryClient";
import { forgetThreadEvents } from "./threadEvents";
import { ticketStore } from "./ticketStore";
import { ticketsOf, unsent, type Write, whenSettled, write } from "./unsent";

const PAGE_MESSAGES = 30;
const detailKey = (id: string) => ["ticket", id];
const messagesKey = (id: string) => ["messages", id];

async function loadDetail(id: string): Promise<TicketDetail> {
	const detail = await http.get<TicketDetail>(`/desk/v1/tickets/${id}`).catch((e) => {
		if (e instanceof ApiError && e.status === 404) ticketStore.forget(id);
		throw e;
	});
	ticketStore.put([detail.ticket, ...(detail.otherTickets ?? [])]);
	const meanwhile = unsentEdits().map((w) => (ticketsOf(w).includes(id) ? w.properties : undefined));
	return { ...detail, properties: Object.assign({}, detail.properties, ...meanwhile) };
}

/* What was read of it lately, if it was. */
export const knownDetail = (id: string) => queryClient.getQueryData<TicketDetail>(detailKey(id));

type MessagePage = Page<Message, "before">;
interface MessagePages {
	pages: MessagePage[];
	pageParams: (string | undefined)[];
}

const loadMessages = (id: string, before: string | undefined) =>
	http.get<MessagePage>(`/desk/v1/tickets/${id}/messages`, { query: { limit: PAGE_MESSAGES, before } });

export const useTicketDetail = (id: string) => useQuery({ queryKey: detailKey(id), queryFn: () => loadDetail(id) });

export function useMessages(id: string) {
	return useInfiniteQuery({
		queryKey: messagesKey(id),
		queryFn: ({ pageParam }) => loadMessages(id, pageParam),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.before,
	});
}

/* Pages come newest first, each oldest first; the thread reads from old to new. A message that came twice stands once. */
export function inOrder(pages: readonly MessagePage[]): Message[] {
	const byId = new Map<string, Message>();
	for (const page of [...pages].reverse()) for (const m of page.results) byId.set(m.id, m);
	return [...byId.values()];
}

export function prefetchTicket(id: string) {
	void queryClient.prefetchQuery({ queryKey: detailKey(id), queryFn: () => loadDetail(id) });
	void queryClient.prefetchInfiniteQuery({
		queryKey: messagesKey(id),
		queryFn: ({ pageParam }) => loadMessages(id, pageParam as string | undefined),
		initialPageParam: undefined as string | undefined,
	});
}

export function newestMessage(id: string): Message | undefined {
	const data = queryClient.getQueryData<MessagePages>(messagesKey(id));
	return data ? inOrder(data.pages).at(-1) : undefined;
}

/* The message that a mail is forwarded from by key: the newest from outside, else the newest of all. */
export function lastMail(id: string): Message | undefined {
	const data = queryClient.getQueryData<MessagePages>(messagesKey(id));
	const mails = data ? inOrder(data.pages).filter((m) => m.type === "MESSAGE") : [];
	return mails.findLast((m) => m.direction === "INCOMING") ?? mails.at(-1);
}

export const refreshTicket = (id: string) =>
	Promise.all([
		queryClient.invalidateQueries({ queryKey: detailKey(id) }),
		queryClient.invalidateQueries({ queryKey: messagesKey(id) }),
	]);

/* A new one goes to the end, a changed one takes its place. */
export function putMessage(id: string, message: Message) {
	queryClient.setQueryData<MessagePages>(messagesKey(id), (old) => {
		const first = old?.pages[0];
		if (!old || !first) return old;
		if (!old.pages.some((page) => page.results.some((m) => m.id === message.id)))
			return { ...old, pages: [{ ...first, results: [...first.results, message] }, ...old.pages.slice(1)] };
		const replace = (m: Message) => (m.id === message.id ? message : m);
		return { ...old, pages: old.pages.map((page) => ({ ...page, results: page.results.map(replace) })) };
	});
}

/* What people wrote, to be shown and edited while no server is there. */
export type Written = Pick<Write, "text" | "draft">;

/* undefined: it waits for the server on this device. */
export async function sendReply(id: string, reply: ReplyDraft, written: Written): Promise<Message | undefined> {
	const path = `/desk/v1/tickets/${id}/replies`;
	const message = await write<Message>({ ticketId: id, kind: "reply", path, body: reply, ...written });
	if (message) putMessage(id, message);
	void queryClient.invalidateQueries({ queryKey: detailKey(id) });
	return message;
}

export interface TicketEdit {
	properties: Record<string, string>;
	/* How the row looks once the server agreed. */
	row: Partial<TicketRow>;
	/* What it does, in words. */
	text?: string;
}

/* Shown at once; taken back when the server refuses. Edits of one ticket go one after the other. */
const queues = new Map<string, Promise<unknown>>();

export function editTicket(id: string, edit: TicketEdit): Promise<void> {
	ticketStore.setPending(id, edit.row);
	queryClient.setQueryData<TicketDetail>(detailKey(id), (old) =>
		old ? { ...old, properties: { ...old.properties, ...edit.properties } } : old,
	);
	const run = async () => {
		try {
			const { properties, row, text = "" } = edit;
			const path = `/crm/v3/objects/tickets/${id}`;
			const body = { properties };
			const made = await write<CrmObject>({ ticketId: id, kind: "edit", path, body, text, row, properties });
			if (!made) return;
			ticketStore.confirmPending(id, edit.row);
			void queryClient.invalidateQueries({ queryKey: detailKey(id) });
		} catch (e) {
			ticketStore.setPending(id, undefined);
			void queryClient.invalidateQueries({ queryKey: detailKey(id) });
			if (e instanceof ApiError && e.status === 412) void refreshTicket(id);
			throw e;
		}
	};
	const next = (queues.get(id) ?? Promise.resolve()).catch(() => {}).then(run);
	queues.set(id, next);
	return next;
}

const isEdit = (w: Write) => w.kind === "edit" || w.kind === "act";
const unsentEdits = () => unsent().filter((w) => isEdit(w) && !w.problem);

/* Changes that wait for the server are seen, after a reload too. */
export function showUnsentEdits() {
	for (const w of unsentEdits()) for (const id of ticketsOf(w)) ticketStore.setPending(id, w.row ?? {});
}

whenSettled((w, answer) => {
	if (!isEdit(w)) return;
	for (const id of ticketsOf(w)) {
		if (answer) ticketStore.confirmPending(id, w.row ?? {});
		else ticketStore.setPending(id, undefined);
		void queryClient.invalidateQueries({ queryKey: detailKey(id) });
	}
	showUnsentEdits();
});

/* What the stream says about one ticket's conversation makes its cached pages old; open ones are fetched at once. */
export function applyToThreads(events: readonly StreamEvent[]) {
	const threads = new Set<string>();
	const details = new Set<string>();
	for (const e of events) {
		const id = e.ticketId ?? e.ticket?.id;
		if (id && (e.kind.startsWith("message.") || e.kind === "ticket.messages")) threads.add(id);
		if (id) details.add(id);
	}
	for (const id of threads) {
		void queryClient.invalidateQueries({ queryKey: messagesKey(id) });
		forgetReplyTarget(id);
	}
	for (const id of details) {
		void queryClient.invalidateQueries({ queryKey: detailKey(id) });
		forgetThreadEvents(id);
	}
}
