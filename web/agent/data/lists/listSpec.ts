/* What a list shows: a view, an order, and filters on top of the view. Its key names it in the ticket store.
 * What can be told from a row alone is told here; of everything else ("undefined") the server is asked. */
import type { ListFilter, TicketRow, ViewId } from "#shared/api/types";

export type ListKey = string;

export interface ListSpec {
	view: ViewId;
	/* "newest", "oldest", "priority", "created", "createdOldest", or a property: "closed_date", "-closed_date". */
	sort: string;
	filters: readonly ListFilter[];
}

/* As the server's limit of searches: lists with filters end there. */
export const MOST_FILTERED = 10_000;

export const DEFAULT_SORT = "newest";

export function listKey(view: ViewId, sort = DEFAULT_SORT, filters: readonly ListFilter[] = []): ListKey {
	const query = new URLSearchParams();
	if (sort !== DEFAULT_SORT) query.set("sort", sort);
	if (filters.length) query.set("filters", JSON.stringify(filters));
	const text = query.toString();
	return text ? `${view}?${text}` : view;
}

const specs = new Map<ListKey, ListSpec>();

export function specOf(key: ListKey): ListSpec {
	let spec = specs.get(key);
	if (!spec) {
		const at = key.indexOf("?");
		const query = new URLSearchParams(at < 0 ? "" : key.slice(at + 1));
		spec = {
			view: at < 0 ? key : key.slice(0, at),
			sort: query.get("sort") ?? DEFAULT_SORT,
			filters: JSON.parse(query.get("filters") ?? "[]"),
		};
		specs.set(key, spec);
	}
	return spec;
}

/* In a queue: not closed, not asleep, no spam. */
const isOpen = (row: TicketRow) => !row.isClosed && !row.snoozedUntil && !row.spamAt;

/* The views that a row says all about. Any other view is the server's to know. */
const BELONGS: Record<string, (row: TicketRow, me: string) => boolean> = {
	unassigned: (row) => isOpen(row) && !row.ownerId,
	mine: (row, me) => isOpen(row) && row.ownerId === me,
	open: (row) => isOpen(row),
	snoozed: (row) => !row.isClosed && !row.spamAt && row.snoozedUntil !== undefined,
	closed: (row) => row.isClosed && !row.spamAt,
	spam: (row) => row.spamAt !== undefined,
};

const VALUES: Record<string, (row: TicketRow) => string> = {
	hs_pipeline: (row) => row.pipelineId,
	hs_pipeline_stage: (row) => row.stageId,
	hubspot_owner_id: (row) => row.ownerId ?? "",
	hs_ticket_priority: (row) => row.priority ?? "",
};

function passes(f: ListFilter, row: TicketRow): boolean | undefined {
	const value = VALUES[f.propertyName]?.(row);
	if (value === undefined) return undefined;
	if (f.operator === "EQ" && f.value !== "me") return value === f.value;
	if (f.operator === "IN" && !f.values?.includes("me")) return value !== "" && (f.values ?? []).includes(value);
	if (f.operator === "NOT_HAS_PROPERTY") return value === "";
	if (f.operator === "HAS_PROPERTY") return value !== "";
	return undefined;
}

/* undefined: ask the server. */
export function belongs(spec: ListSpec, row: TicketRow, me: string): boolean | undefined {
	let answer = BELONGS[spec.view]?.(row, me);
	for (const f of spec.filters) {
		if (answer === false) return false;
		const one = passes(f, row);
		if (one === false) return false;
		if (one === undefined) answer = undefined;
	}
	return answer;
}

type Compare = (a: TicketRow, b: TicketRow) => number;
const RANKS: Record<string, number> = { LOW: 1, MEDIUM: 2, HIGH: 3, URGENT: 4 };
const rank = (row: TicketRow) => RANKS[row.priority ?? ""] ?? 0;

/* Ids are decimal texts: the longer one is the larger. */
const byId: Compare = (a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byActivity: Compare = (a, b) => Date.parse(a.activityAt) - Date.parse(b.activityAt) || byId(a, b);
const byCreation: Compare = (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || byId(a, b);
const downwards =
	(compare: Compare): Compare =>
	(a, b) =>
		compare(b, a);

export const newestFirst = downwards(byActivity);

const ORDERS: Record<string, Compare> = {
	newest: newestFirst,
	oldest: byActivity,
	priority: (a, b) => rank(b) - rank(a) || newestFirst(a, b),
	created: downwards(byCreation),
	createdOldest: byCreation,
};

/* undefined: only the server knows the order. */
export const orderOf = (spec: ListSpec): Compare | undefined => ORDERS[spec.sort];
