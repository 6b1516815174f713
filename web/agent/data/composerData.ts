/* What the composer asks the server for: where an answer goes, who may send, whom a name belongs to. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Address, CrmObject, FilledToken, Page, ReplyTarget, Sender } from "#shared/api/types";
import { personName } from "#shared/text/personName";
import { queryClient } from "./queryClient";

const targetKey = (ticketId: string) => ["reply-target", ticketId];

/* messageId left out: the newest message. */
export function useReplyTarget(ticketId: string, messageId: string | undefined) {
	return useQuery({
		queryKey: [...targetKey(ticketId), messageId ?? "newest"],
		queryFn: () => http.get<ReplyTarget>(`/desk/v1/tickets/${ticketId}/reply-target`, { query: { messageId } }),
		placeholderData: (old, query) => (query?.queryKey[1] === ticketId ? keepPreviousData(old) : undefined),
	});
}

/* A new message, or another contact, changes where the next answer goes. */
export const forgetReplyTarget = (ticketId: string) =>
	void queryClient.invalidateQueries({ queryKey: targetKey(ticketId) });

export function useSenders() {
	return useQuery({
		queryKey: ["senders"],
		queryFn: async () => (await http.get<Page<Sender>>("/desk/v1/senders")).results,
		staleTime: 60_000,
	});
}

/* The value of one token on a ticket; undefined: nobody knows such a token. */
export async function fillToken(ticketId: string, name: string): Promise<FilledToken | undefined> {
	const query = { names: name };
	return (await http.get<Page<FilledToken>>(`/desk/v1/tickets/${ticketId}/tokens`, { query })).results[0];
}

const MAX_FOUND = 6;

/* Contacts whose name or address begins with what was typed. */
export async function findContacts(query: string, signal?: AbortSignal): Promise<Address[]> {
	const { results } = await http.post<Page<CrmObject>>(
		"/crm/v3/objects/contacts/search",
		{ query, limit: MAX_FOUND, properties: ["email", "firstname", "lastname"] },
		{ signal },
	);
	return results.flatMap(({ properties: p }) => {
		if (!p.email) return [];
		const name = personName(p.firstname, p.lastname);
		return [{ address: p.email, name: name || undefined }];
	});
}
