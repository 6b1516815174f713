/* Search over the whole desk: GET /desk/v1/search. */
import { http } from "#shared/api/client";
import type { Id, Time } from "#shared/api/types";

export const FOUND_KINDS = ["ticket", "message", "comment", "contact", "company"] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export interface ExcerptPart {
	text: string;
	isMatch: boolean;
}

export interface Found {
	kind: FoundKind;
	id: Id;
	subject?: string;
	createdAt: Time;
	activityAt?: Time;
	ownerId?: Id;
	ticketId?: Id;
	isClosed?: boolean;
	pipelineId?: Id;
	stageId?: Id;
	contactId?: Id;
	email?: string;
	messageId?: Id;
	threadId?: Id;
	direction?: "INCOMING" | "OUTGOING";
	senderName?: string;
	senderAddress?: string;
	senderUserId?: Id;
	isExact?: boolean;
	isSpam?: boolean;
	field?: string;
	excerpt?: ExcerptPart[];
}

export interface FoundPage {
	results: Found[];
	/* False: the newest changes are not searchable yet. */
	isCurrent: boolean;
	paging?: { next: { after: string } };
}

export type SearchQuery = Record<string, string | number | undefined>;

export const search = (query: SearchQuery, signal?: AbortSignal) =>
	http.get<FoundPage>("/desk/v1/search", { query, signal });
