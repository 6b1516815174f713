/* Views that people make. How many tickets they have comes with the counts of all views (ticketStore). */
import { http } from "#shared/api/client";
import type { FilterGroup, ViewCount, ViewId } from "#shared/api/types";
import { ticketStore } from "./ticketStore";

export type Audience = "PRIVATE" | "TEAMS" | "EVERYONE";

export interface ViewDraft {
	name: string;
	audience: Audience;
	teamIds: string[];
	filterGroups: FilterGroup[];
	sort: string;
	columns: string[];
}

async function known(view: Promise<ViewCount>) {
	const made = await view;
	await ticketStore.loadCounts();
	return made;
}

export const createView = (draft: ViewDraft) => known(http.post<ViewCount>("/desk/v1/views", draft));
export const changeView = (id: ViewId, draft: Partial<ViewDraft>) =>
	known(http.patch<ViewCount>(`/desk/v1/views/${id}`, draft));
export const restoreView = (id: ViewId) => known(http.post<ViewCount>(`/desk/v1/views/${id}/restore`, {}));

export async function removeView(id: ViewId) {
	await http.remove(`/desk/v1/views/${id}`);
	await ticketStore.loadCounts();
}

export const previewView = (filterGroups: readonly FilterGroup[], signal: AbortSignal) =>
	http.post<{ count: number; isCapped?: boolean }>("/desk/v1/views/preview", { filterGroups }, { signal });

/* What a copy begins with. */
export function draftOf(view: ViewCount | undefined): ViewDraft {
	return {
		name: view?.name ?? "",
		audience: view?.audience ?? "PRIVATE",
		teamIds: view?.teamIds ?? [],
		filterGroups: view?.filterGroups ?? [{ filters: [{ propertyName: "ticketState", operator: "EQ", value: "OPEN" }] }],
		sort: view?.sort ?? "newest",
		columns: view?.columns ?? [],
	};
}
