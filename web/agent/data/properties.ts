/* Definitions of properties, and the rules by which a value of one shows or demands others. Rarely changed, fetched once. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { http } from "#shared/api/client";
import type { PropertyDef } from "#shared/api/types";

export type { PropertyDef };

export interface PropertyRule {
	id: string;
	property: string;
	values: string[];
	shownProperties: string[];
	requiredProperties: string[];
}

export type PropertyDefs = ReadonlyMap<string, PropertyDef>;

const STALE_MS = 5 * 60_000;
const NONE: PropertyDefs = new Map();
const NO_RULES: readonly PropertyRule[] = [];

/* objectType as in addresses: tickets, contacts, companies, deals, notes … Empty while it loads. */
export function usePropertyDefs(objectType: string): PropertyDefs {
	const { data } = useQuery({
		queryKey: ["properties", objectType],
		queryFn: async () => (await http.get<{ results: PropertyDef[] }>(`/crm/v3/properties/${objectType}`)).results,
		staleTime: STALE_MS,
	});
	return useMemo(() => (data ? new Map(data.map((def) => [def.name, def])) : NONE), [data]);
}

export function usePropertyRules(objectType: string): readonly PropertyRule[] {
	const { data } = useQuery({
		queryKey: ["property-rules", objectType],
		queryFn: async () => (await http.get<{ results: PropertyRule[] }>(`/desk/v1/property-rules/${objectType}`)).results,
		staleTime: STALE_MS,
	});
	return data ?? NO_RULES;
}
