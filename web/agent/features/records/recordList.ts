import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { CrmObject, Page } from "#shared/api/types";
import type { RecordListLayout } from "../../data/preferences";
import type { RecordType } from "../../data/records";

/* Columns that may be shown beside the name. */
export const LIST_COLUMNS: Record<RecordType, readonly string[]> = {
	contacts: [
		"email",
		"phone",
		"company",
		"jobtitle",
		"lifecyclestage",
		"city",
		"country",
		"hubspot_owner_id",
		"createdate",
		"lastmodifieddate",
	],
	companies: [
		"domain",
		"phone",
		"industry",
		"city",
		"country",
		"lifecyclestage",
		"num_associated_contacts",
		"hubspot_owner_id",
		"createdate",
	],
	deals: ["dealstage", "pipeline", "amount", "closedate", "dealtype", "hubspot_owner_id", "createdate"],
};
const FIRST_COLUMNS: Record<RecordType, readonly string[]> = {
	contacts: ["email", "phone", "company", "hubspot_owner_id", "createdate"],
	companies: ["domain", "phone", "city", "hubspot_owner_id", "createdate"],
	deals: ["dealstage", "amount", "closedate", "hubspot_owner_id", "createdate"],
};
/* What a record is called by, and sorted by under "Name". */
const NAME_PROPERTY: Record<RecordType, string> = { contacts: "firstname", companies: "name", deals: "dealname" };
const NAME_PARTS: Record<RecordType, readonly string[]> = {
	contacts: ["firstname", "lastname", "email", "phone"],
	companies: ["name"],
	deals: ["dealname", "pipeline"],
};

export interface ListConfig {
	name: string;
	columns: string[];
	/* A property, with "-" before it from the last to the first. */
	sort: string;
}

export function listConfig(objectType: RecordType, mine: RecordListLayout | undefined): ListConfig {
	const name = NAME_PROPERTY[objectType];
	const known = [name, ...LIST_COLUMNS[objectType]];
	const sort = mine?.sort && known.includes(mine.sort.replace(/^-/, "")) ? mine.sort : "-createdate";
	return { name, sort, columns: (mine?.columns ?? [...FIRST_COLUMNS[objectType]]).filter((c) => known.includes(c)) };
}

const PAGE_ROWS = 50;

export const useRecordList = (objectType: RecordType, query: string, { columns, sort }: ListConfig) =>
	useInfiniteQuery({
		queryKey: ["record-list", objectType, query, sort, columns.join()],
		queryFn: ({ pageParam, signal }) =>
			http.post<Page<CrmObject> & { total: number }>(
				`/crm/v3/objects/${objectType}/search`,
				{
					query: query || undefined,
					limit: PAGE_ROWS,
					after: pageParam,
					properties: [...new Set([...NAME_PARTS[objectType], ...columns])],
					sorts: [
						{ propertyName: sort.replace(/^-/, ""), direction: sort.startsWith("-") ? "DESCENDING" : "ASCENDING" },
					],
				},
				{ signal },
			),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		placeholderData: keepPreviousData,
	});
