/* Records beside tickets: contacts, companies, deals, activities; how they are linked, what happened with them. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { CrmObject, Page, TicketRow, Time } from "#shared/api/types";
import { personName } from "#shared/text/personName";
import { queryClient } from "./queryClient";

export const RECORD_TYPES = ["contacts", "companies", "deals"] as const;
export type RecordType = (typeof RECORD_TYPES)[number];
export type ActivityType = "notes" | "emails" | "calls" | "tasks" | "meetings" | "communications";

export interface LinkLabel {
	typeId: string;
	label: string;
	category: string;
	isPrimary: boolean;
}

export interface LinkedRecord {
	id: string;
	objectType: string;
	label: string;
	email?: string;
	pipelineId?: string;
	stageId?: string;
	isClosed: boolean;
	ownerId?: string;
	preview?: string;
	activityAt: Time;
	createdAt: Time;
	createdByUserId?: string;
	properties: Record<string, string>;
	labels?: LinkLabel[];
}

export interface LinkedRecords {
	objectType: string;
	hasMore: boolean;
	results: LinkedRecord[];
}

/* An activity or a ticket with all its members, or a message. */
export interface TimelineEntry extends Partial<LinkedRecord> {
	id: string;
	objectType: string;
	label: string;
	at: Time;
	ticketId?: string;
	direction?: "INCOMING" | "OUTGOING";
	senderName?: string;
	senderAddress?: string;
}

export interface LinkChange {
	id: string;
	at: Time;
	userId?: string;
	isRemoved: boolean;
	typeLabel?: string;
	record?: LinkedRecord;
}

export interface TicketFile {
	id: string;
	messageId: string;
	name: string;
	contentType: string;
	sizeBytes: number;
	url: string;
}

const at = (objectType: string, id: string) => `/desk/v1/objects/${objectType}/${id}`;
const pairAt = (from: RecordRef, to: RecordRef) =>
	`/crm/v4/objects/${from.objectType}/${from.id}/associations/${to.objectType}/${to.id}`;

export interface RecordRef {
	objectType: string;
	id: string;
}

/* Reading -------------------------------------------------------------------------------------------------------- */

export const useLinks = (objectType: string, id: string) =>
	useQuery({
		queryKey: ["links", objectType, id],
		queryFn: async () => (await http.get<{ results: LinkedRecords[] }>(`${at(objectType, id)}/links`)).results,
	});

export function useLinked(objectType: string, id: string, toType: string) {
	const query = useLinks(objectType, id);
	return { ...query, linked: query.data?.find((l) => l.objectType === toType) };
}

export const useTimeline = (objectType: string, id: string, types: readonly string[], isWanted = true, words = "") =>
	useInfiniteQuery({
		queryKey: ["timeline", objectType, id, types.join(), words],
		queryFn: ({ pageParam, signal }) =>
			http.get<Page<TimelineEntry>>(`${at(objectType, id)}/timeline`, {
				query: { types: types.join() || undefined, query: words || undefined, after: pageParam, limit: 50 },
				signal,
			}),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		enabled: isWanted,
	});

export const useLinkHistory = (objectType: string, id: string) =>
	useInfiniteQuery({
		queryKey: ["link-history", objectType, id],
		queryFn: ({ pageParam }) =>
			http.get<Page<LinkChange, "before">>(`${at(objectType, id)}/link-history`, { query: { before: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.before,
	});

export const useTicketFiles = (ticketId: string) =>
	useQuery({
		queryKey: ["files", ticketId],
		queryFn: async () =>
			(await http.get<{ results: TicketFile[] }>(`/desk/v1/tickets/${ticketId}/attachments`)).results,
	});

export const useRecord = (objectType: string, id: string, properties: readonly string[]) =>
	useQuery({
		queryKey: ["record", objectType, id],
		queryFn: () =>
			http.get<CrmObject>(`/crm/v3/objects/${objectType}/${id}`, { query: { properties: properties.join() } }),
		enabled: properties.length > 0,
	});

/* What a chosen record is called and told apart by. */
const SEARCH_PROPERTIES: Record<string, string[]> = {
	contacts: ["firstname", "lastname", "email", "phone"],
	companies: ["name", "domain"],
	deals: ["dealname", "amount", "dealstage"],
	tickets: ["subject", "hs_pipeline_stage"],
};

export interface RecordChoice {
	id: string;
	label: string;
	note?: string;
}

export function nameOf(objectType: string, p: Record<string, string | null | undefined>): RecordChoice["label"] {
	if (objectType === "contacts") return personName(p.firstname, p.lastname) || p.email || p.phone || "";
	return p.name ?? p.dealname ?? p.subject ?? "";
}

/* The best matches; without a query the newest. */
export const useRecordSearch = (objectType: string, query: string, isWanted = true) =>
	useQuery({
		queryKey: ["record-search", objectType, query],
		queryFn: async ({ signal }): Promise<RecordChoice[]> => {
			const { results } = await http.post<{ results: CrmObject[] }>(
				`/crm/v3/objects/${objectType}/search`,
				{
					query: query || undefined,
					limit: 10,
					properties: SEARCH_PROPERTIES[objectType],
					sorts: query ? undefined : [{ propertyName: "hs_object_id", direction: "DESCENDING" }],
				},
				{ signal },
			);
			return results.map(({ id, properties: p }) => ({
				id,
				label: nameOf(objectType, p) || `#${id}`,
				note: (objectType === "contacts" ? p.email : p.domain) ?? (objectType === "tickets" ? `#${id}` : undefined),
			}));
		},
		enabled: isWanted,
		staleTime: 10_000,
		placeholderData: keepPreviousData,
	});

/* Changing ------------------------------------------------------------------------------------------------------- */

const refresh = (...names: string[]) =>
	Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
const afterLink = () => refresh("links", "timeline", "link-history", "ticket");

export async function link(from: RecordRef, to: RecordRef) {
	await http.put(
		`/crm/v4/objects/${from.objectType}/${from.id}/associations/default/${to.objectType}/${to.id}`,
		undefined,
	);
	await afterLink();
}

export async function unlink(from: RecordRef, to: RecordRef) {
	await http.remove(pairAt(from, to));
	await afterLink();
}

/* Exactly these labels; none: the plain link. */
export async function setLabels(from: RecordRef, to: RecordRef, labels: readonly LinkLabel[]) {
	if (labels.length === 0) {
		await http.remove(pairAt(from, to));
		return link(from, to);
	}
	await http.put(
		pairAt(from, to),
		labels.map((l) => ({ associationCategory: l.category, associationTypeId: Number(l.typeId) })),
	);
	await afterLink();
}

/* Every kind of link from a type to a type; the one without a label is the plain link. */
const linkTypes = (fromType: string, toType: string) => ({
	queryKey: ["link-labels", fromType, toType],
	queryFn: async () =>
		(
			await http.get<{ results: { category: string; typeId: number; label: string | null }[] }>(
				`/crm/v4/associations/${fromType}/${toType}/labels`,
			)
		).results,
	staleTime: 5 * 60_000,
});

/* What a link between two types may be called. */
export const useLinkLabels = (fromType: string, toType: string) =>
	useQuery({
		...linkTypes(fromType, toType),
		select: (all): LinkLabel[] =>
			all.flatMap(({ typeId, label, category }) =>
				label ? [{ typeId: String(typeId), label, category, isPrimary: label === "Primary" }] : [],
			),
	});

export async function createRecord(objectType: string, properties: Record<string, string>): Promise<CrmObject> {
	const made = await http.post<CrmObject>(`/crm/v3/objects/${objectType}`, { properties });
	void refresh("record-list", "record-search");
	return made;
}

/* A record that is made and linked, both or neither: an activity without its record would be lost. */
export async function createLinked(
	objectType: string,
	properties: Record<string, string>,
	to: RecordRef,
	onceKey: (request: unknown) => Record<string, string>,
): Promise<CrmObject> {
	const kinds = await queryClient.fetchQuery(linkTypes(objectType, to.objectType));
	const types = kinds
		.filter((kind) => !kind.label)
		.map((kind) => ({ associationCategory: kind.category, associationTypeId: kind.typeId }));
	const body = { properties, associations: [{ to: { id: to.id }, types: types.slice(0, 1) }] };
	const made = await http.post<CrmObject>(`/crm/v3/objects/${objectType}`, body, { headers: onceKey(body) });
	void refresh("record-list", "record-search");
	await afterLink();
	return made;
}

export async function saveRecord(objectType: string, id: string, properties: Record<string, string>) {
	await http.patch<CrmObject>(`/crm/v3/objects/${objectType}/${id}`, { properties });
	await refresh("record", "links", "timeline", "ticket", "record-list");
}

export async function deleteRecord(objectType: string, id: string) {
	await http.remove(`/crm/v3/objects/${objectType}/${id}`);
	await refresh("record", "links", "timeline", "record-list", "record-search");
}

export async function restoreRecord(objectType: string, id: string) {
	await http.post(`/desk/v1/objects/${objectType}/${id}/restore`);
	await refresh("record", "links", "timeline", "record-list", "record-search");
}

export interface RecordEmail {
	to: string[];
	cc?: string[];
	bcc?: string[];
	subject: string;
	html?: string;
	text?: string;
	channelAccountId?: string;
}

export async function sendFromRecord(
	ref: RecordRef,
	email: RecordEmail,
	headers: Record<string, string>,
): Promise<{ ticketId: string }> {
	const sent = await http.post<{ ticketId: string }>(`${at(ref.objectType, ref.id)}/emails`, email, { headers });
	void refresh("links", "timeline");
	return sent;
}

/* Unknown visitors ------------------------------------------------------------------------------------------------- */

export const useFormerTickets = (ticketId: string, messageId: string) =>
	useQuery({
		queryKey: ["former-tickets", ticketId, messageId],
		queryFn: async () =>
			(await http.get<{ results: TicketRow[] }>(`/desk/v1/tickets/${ticketId}/messages/${messageId}/former-tickets`))
				.results,
		gcTime: 0,
		staleTime: 0,
	});

export interface Identity {
	messageId: string;
	contactId?: string;
	properties?: Record<string, string>;
	ticketIds: string[];
}

export async function identify(ticketId: string, who: Identity): Promise<LinkedRecord> {
	const contact = await http.post<LinkedRecord>(`/desk/v1/tickets/${ticketId}/identify`, who);
	await refresh("ticket", "messages", "links", "timeline");
	return contact;
}
