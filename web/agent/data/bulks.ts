/* What is done to all tickets of a list, by the server: beginning it, how far it is, stopping it, and who refused. */
import { http } from "#shared/api/client";
import type { Id, ListFilter, Page, Time, ViewId } from "#shared/api/types";
import type { ActBody } from "./manage";

export interface Bulk {
	id: Id;
	action: string;
	state: "RUNNING" | "DONE" | "STOPPED" | "FAILED";
	problem?: string;
	total: number;
	done: number;
	/* Tickets that refused. */
	failed: number;
	/* Empty: too many to be taken back. */
	actIds: Id[];
	createdAt: Time;
}

export interface BulkFailure {
	ticketId: Id;
	subject?: string;
	message: string;
}

export interface BulkBody extends ActBody {
	viewId: ViewId;
	filters: readonly ListFilter[];
	/* For the tickets that lack what their new status demands. */
	lackingProperties?: Record<string, string>;
}

const PATH = "/desk/v1/ticket-bulks";

export const bulks = {
	begin: (body: BulkBody) => http.post<Bulk>(PATH, body),
	mine: async () => (await http.get<{ results: Bulk[] }>(PATH)).results,
	read: (id: Id) => http.get<Bulk>(`${PATH}/${id}`),
	stop: (id: Id) => http.post<Bulk>(`${PATH}/${id}/stop`),
	failures: (id: Id, after?: string) => http.get<Page<BulkFailure>>(`${PATH}/${id}/failures`, { query: { after } }),
};
