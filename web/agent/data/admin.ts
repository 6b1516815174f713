/* Mail settings, outbox and quarantine: for super admins. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Inbox, Mailbox, MailboxInput, Outbox, QuarantineRow, Relay, StreamEvent } from "#shared/api/types";
import { queryClient } from "./queryClient";

const fresh = (...keys: string[]) => Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));

export const useMailboxes = () =>
	useQuery({
		queryKey: ["mailboxes"],
		queryFn: async () => (await http.get<{ results: Mailbox[] }>("/desk/v1/mailboxes")).results,
	});
export const useInboxes = () =>
	useQuery({
		queryKey: ["inboxes"],
		queryFn: async () => (await http.get<{ results: Inbox[] }>("/conversations/v3/conversations/inboxes")).results,
	});
export const useRelay = () => useQuery({ queryKey: ["relay"], queryFn: () => http.get<Relay>("/desk/v1/relay") });
export const useOutbox = () => useQuery({ queryKey: ["outbox"], queryFn: () => http.get<Outbox>("/desk/v1/outbox") });
export const useQuarantine = () =>
	useQuery({
		queryKey: ["quarantine"],
		queryFn: async () => (await http.get<{ results: QuarantineRow[] }>("/desk/v1/quarantine")).results,
	});

export const useConnectMailbox = () =>
	useMutation({
		mutationFn: (m: MailboxInput) => http.post<Mailbox>("/desk/v1/mailboxes", m),
		onSuccess: () => fresh("mailboxes"),
	});
export const useDeleteMailbox = () =>
	useMutation({
		mutationFn: (id: string) => http.remove<void>(`/desk/v1/mailboxes/${id}`),
		onSuccess: () => fresh("mailboxes"),
	});
export const useSaveRelay = () =>
	useMutation({
		mutationFn: (r: { url: string; username?: string; password?: string }) => http.put<Relay>("/desk/v1/relay", r),
		onSuccess: () => fresh("relay", "outbox"),
	});
export const useRetryOutbox = () =>
	useMutation({
		mutationFn: (id: string) => http.post<unknown>(`/desk/v1/outbox/${id}/retry`),
		onSuccess: () => fresh("outbox"),
	});
export const useRetryQuarantine = () =>
	useMutation({
		mutationFn: (id: string) => http.post<unknown>(`/desk/v1/quarantine/${id}/retry`),
		onSuccess: () => fresh("quarantine"),
	});

export function applyToSettings(events: readonly StreamEvent[]) {
	const kinds = new Set(events.map((e) => e.kind));
	if (kinds.has("outbox.changed") || kinds.has("message.changed")) void fresh("outbox");
	if (kinds.has("mailbox.changed")) void fresh("mailboxes");
	if (kinds.has("quarantine.changed")) void fresh("quarantine");
}
