/* Pipelines and owners: small, rarely changed, read by every screen. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { http } from "#shared/api/client";
import type { Owner, Pipeline, Stage } from "#shared/api/types";
import { queryClient } from "./queryClient";
import { fullName } from "./session";

const REFERENCE_STALE_MS = 5 * 60_000;

const pipelines = {
	queryKey: ["pipelines"],
	queryFn: async () => (await http.get<{ results: Pipeline[] }>("/crm/v3/pipelines/tickets")).results,
	staleTime: REFERENCE_STALE_MS,
};
const owners = {
	queryKey: ["owners"],
	queryFn: async () => (await http.get<{ results: Owner[] }>("/crm/v3/owners", { query: { limit: 100 } })).results,
	staleTime: REFERENCE_STALE_MS,
};

export function prefetchReference() {
	void queryClient.prefetchQuery(pipelines);
	void queryClient.prefetchQuery(owners);
}

export function isClosedStage(stage: Stage | undefined): boolean {
	const m = stage?.metadata;
	return m?.ticketState === "CLOSED" || m?.isClosed === true || m?.isClosed === "true";
}

export function usePipelines(): Pipeline[] {
	const { data } = useQuery(pipelines);
	return useMemo(() => [...(data ?? [])].sort((a, b) => a.displayOrder - b.displayOrder), [data]);
}

/* Pipelines of any type of object that has them; [] while they load or when they are not wanted. */
export function usePipelinesOf(objectType: string, isWanted = true): Pipeline[] {
	const { data } = useQuery({
		queryKey: objectType === "tickets" ? pipelines.queryKey : ["pipelines", objectType],
		queryFn: async () => (await http.get<{ results: Pipeline[] }>(`/crm/v3/pipelines/${objectType}`)).results,
		staleTime: REFERENCE_STALE_MS,
		enabled: isWanted,
	});
	return useMemo(
		() =>
			[...(data ?? [])]
				.sort((a, b) => a.displayOrder - b.displayOrder)
				.map((p) => ({ ...p, stages: [...p.stages].sort((a, b) => a.displayOrder - b.displayOrder) })),
		[data],
	);
}

export function useStages(pipelineId: string | undefined): Stage[] {
	const all = usePipelines();
	return useMemo(() => {
		const found = all.find((p) => p.id === pipelineId);
		return [...(found?.stages ?? [])].sort((a, b) => a.displayOrder - b.displayOrder);
	}, [all, pipelineId]);
}

/* Stage by id over all pipelines, for lists. */
export function useStageMap(): ReadonlyMap<string, Stage> {
	const all = usePipelines();
	return useMemo(() => new Map(all.flatMap((p) => p.stages.map((s) => [`${p.id}/${s.id}`, s] as const))), [all]);
}

export function useOwners(): Owner[] {
	return useQuery(owners).data ?? [];
}

export function useOwnerName(ownerId: string | undefined): string | undefined {
	const owner = useOwners().find((o) => o.id === ownerId);
	return owner ? fullName(owner) : undefined;
}

export function useUserName(userId: string | undefined): string | undefined {
	const owner = useOwners().find((o) => userId !== undefined && String(o.userId) === userId);
	return owner ? fullName(owner) : undefined;
}
