/* What is looked for, as the address of the page has it: a search can be sent to a colleague, and Back leads to it. */
import { FOUND_KINDS, type FoundKind, type SearchQuery } from "../../data/search";

export interface SearchParams {
	q?: string;
	kind?: FoundKind;
	status?: "open" | "closed";
	/* An owner's id, me or none. */
	owner?: string;
	channel?: string;
	/* A contact's id. */
	contact?: string;
	pipeline?: string;
	stage?: string;
	/* Days, as 2026-11-21; both are included. */
	from?: string;
	to?: string;
	/* Tickets that are spam, too. */
	spam?: true;
	/* Left out: by relevance. */
	sort?: "newest";
}

const textOf = (value: unknown) =>
	typeof value === "string" ? value.slice(0, 500) : typeof value === "number" ? String(value) : undefined;
const oneOf = <T extends string>(value: unknown, all: readonly T[]) => all.find((one) => one === value);
const dayOf = (value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

export function readSearch(s: Record<string, unknown>): SearchParams {
	const read: SearchParams = {
		q: textOf(s.q),
		kind: oneOf(s.kind, FOUND_KINDS),
		status: oneOf(s.status, ["open", "closed"]),
		owner: textOf(s.owner),
		channel: textOf(s.channel),
		contact: textOf(s.contact),
		pipeline: textOf(s.pipeline),
		stage: textOf(s.stage),
		from: dayOf(s.from),
		to: dayOf(s.to),
		spam: s.spam === true || undefined,
		sort: oneOf(s.sort, ["newest"]),
	};
	return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as SearchParams;
}

/* Days begin and end where the reader is. */
function startOf(day: string, plusDays = 0): string {
	const at = new Date(`${day}T00:00:00`);
	at.setDate(at.getDate() + plusDays);
	return at.toISOString();
}

export function wireQuery(p: SearchParams): SearchQuery {
	return {
		q: p.q,
		kind: p.kind,
		status: p.status,
		ownerId: p.owner,
		channelId: p.channel,
		contactId: p.contact,
		pipelineId: p.pipeline,
		stageId: p.stage,
		from: p.from && startOf(p.from),
		before: p.to && startOf(p.to, 1),
		spam: p.spam && "true",
		sort: p.sort ?? "relevance",
	};
}

export const hasFilters = (p: SearchParams) =>
	!!(p.status || p.owner || p.channel || p.contact || p.pipeline || p.stage || p.from || p.to || p.spam);
