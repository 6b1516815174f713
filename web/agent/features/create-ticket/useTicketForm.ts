import { useEffect, useMemo } from "react";
import type { Stage } from "#shared/api/types";
import { type CreateForm, usePipelineRules } from "../../data/createTicket";
import { usePipelines, useStages } from "../../data/reference";
import { type PropertyFormState, usePropertyForm } from "../properties";
import { changeDraft, useCreateDraft } from "./draft";

const PIPELINE = "hs_pipeline";
const STAGE = "hs_pipeline_stage";

/* The fields that the desk's form, the status and the rules of properties ask for, filled from the draft and kept in it. */
export function useTicketForm(userId: string, layout: CreateForm): PropertyFormState & { stages: Stage[] } {
	const { values: typed } = useCreateDraft(userId);
	const pipelines = usePipelines();
	const pipelineId = pipelines.some((p) => p.id === typed[PIPELINE]) ? typed[PIPELINE] : pipelines[0]?.id;
	const rules = usePipelineRules(pipelineId);
	const stages = useEntryStages(pipelineId, rules?.entryStageIds, layout.mayEdit);
	const stageId = stages.some((s) => s.id === typed[STAGE]) ? typed[STAGE] : stages[0]?.id;
	const demanded = rules?.stages.find((s) => s.stageId === stageId)?.requiredProperties;

	const names = useMemo(() => {
		const own = layout.fields.map((f) => f.name);
		return [...own, ...(demanded ?? []).filter((name) => !own.includes(name))];
	}, [layout, demanded]);
	const required = useMemo(
		() => [...layout.fields.filter((f) => f.isRequired).map((f) => f.name), ...(demanded ?? [])],
		[layout, demanded],
	);
	const values = useMemo(() => ({ ...typed, [PIPELINE]: pipelineId, [STAGE]: stageId }), [typed, pipelineId, stageId]);
	const form = usePropertyForm({ objectType: "tickets", names, values, required });
	const { set } = form;

	/* Another pipeline has other statuses, and its rules say where tickets begin. */
	const shownStage = form.values[STAGE];
	useEffect(() => {
		if (stageId && shownStage !== undefined && shownStage !== stageId) set(STAGE, stageId);
	});

	return {
		...form,
		stages,
		set(name, value) {
			set(name, value);
			changeDraft(userId, (d) => ({ values: { ...d.values, [name]: value } }));
		},
	};
}

/* Where tickets of the pipeline may begin. Who may change such rules is not held to them. */
function useEntryStages(pipelineId: string | undefined, entries: readonly string[] = [], isExempt: boolean): Stage[] {
	const stages = useStages(pipelineId);
	const wanted = entries.join();
	return useMemo(() => {
		const ids = wanted ? wanted.split(",") : [];
		return isExempt || ids.length === 0 ? stages : stages.filter((s) => ids.includes(s.id));
	}, [stages, wanted, isExempt]);
}
