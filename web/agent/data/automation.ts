/* What a pipeline of tickets does by itself. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { PipelineAutomation } from "#shared/api/types";
import { queryClient } from "./queryClient";

const path = (pipelineId: string) => `/desk/v1/pipelines/tickets/${pipelineId}/automation`;
const key = (pipelineId: string) => ["pipelineAutomation", pipelineId];

export const useAutomation = (pipelineId: string) =>
	useQuery({ queryKey: key(pipelineId), queryFn: () => http.get<PipelineAutomation>(path(pipelineId)) });

export async function saveAutomation({ pipelineId, ...body }: PipelineAutomation) {
	queryClient.setQueryData(key(pipelineId), await http.put<PipelineAutomation>(path(pipelineId), body));
}
