/* Changing pipelines of tickets, their statuses and what they ask of people. Reading them is data/reference.ts. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Pipeline, PipelineRules, PropertyDef, Stage } from "#shared/api/types";
import { queryClient } from "./queryClient";

const PATH = "/crm/v3/pipelines/tickets";
const rulesPath = (pipelineId: string) => `/desk/v1/pipelines/tickets/${pipelineId}/rules`;
const rulesKey = (pipelineId: string) => ["pipelineRules", pipelineId];

export type TicketState = "OPEN" | "CLOSED";

/* Everything on screen that shows statuses is made of these two. */
async function fresh<T>(change: Promise<T>): Promise<T> {
	try {
		return await change;
	} finally {
		void queryClient.invalidateQueries({ queryKey: ["pipelines"] });
		void queryClient.invalidateQueries({ queryKey: ["pipelineRules"] });
		void queryClient.invalidateQueries({ queryKey: ["ticket"] });
	}
}

export interface NewStage {
	label: string;
	ticketState: TicketState;
	displayOrder: number;
}

const stageBody = (s: NewStage) => ({
	label: s.label,
	displayOrder: s.displayOrder,
	metadata: { ticketState: s.ticketState },
});

export const pipelineChanges = {
	create: (label: string, displayOrder: number, stages: readonly NewStage[]) =>
		fresh(http.post<Pipeline>(PATH, { label, displayOrder, stages: stages.map(stageBody) })),
	rename: (id: string, label: string) => fresh(http.patch<Pipeline>(`${PATH}/${id}`, { label })),
	place: (id: string, displayOrder: number) => fresh(http.patch<Pipeline>(`${PATH}/${id}`, { displayOrder })),
	remove: (id: string) =>
		fresh(http.remove<void>(`${PATH}/${id}`, { query: { validateReferencesBeforeDelete: "true" } })),
	addStage: (id: string, stage: NewStage) => fresh(http.post<Stage>(`${PATH}/${id}/stages`, stageBody(stage))),
	changeStage: (id: string, stageId: string, part: Partial<NewStage>) =>
		fresh(
			http.patch<Stage>(`${PATH}/${id}/stages/${stageId}`, {
				label: part.label,
				displayOrder: part.displayOrder,
				metadata: part.ticketState && { ticketState: part.ticketState },
			}),
		),
	removeStage: (id: string, stageId: string) => fresh(http.remove<void>(`${PATH}/${id}/stages/${stageId}`)),
	setRules: (id: string, rules: PipelineRules) => fresh(http.put<PipelineRules>(rulesPath(id), rules)),
};

export const loadPipelineRules = (pipelineId: string) =>
	queryClient.fetchQuery({
		queryKey: rulesKey(pipelineId),
		queryFn: () => http.get<PipelineRules>(rulesPath(pipelineId)),
	});

export const usePipelineRules = (pipelineId: string) =>
	useQuery({ queryKey: rulesKey(pipelineId), queryFn: () => http.get<PipelineRules>(rulesPath(pipelineId)) });

/* Properties that a status may ask for: those that people can write. */
export const useAskableProperties = () =>
	useQuery({
		queryKey: ["askableProperties"],
		queryFn: async () => {
			const { results } = await http.get<{ results: PropertyDef[] }>("/crm/v3/properties/tickets");
			return results
				.filter((p) => !p.hidden && !p.calculated && !p.modificationMetadata?.readOnlyValue)
				.filter((p) => p.name !== "hs_pipeline" && p.name !== "hs_pipeline_stage")
				.sort((a, b) => a.label.localeCompare(b.label));
		},
	});
