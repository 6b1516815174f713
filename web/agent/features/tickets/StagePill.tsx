import type { Stage } from "#shared/api/types";
import { Pill, type PillTone } from "#ui";
import { isClosedStage, useStageMap } from "../../data/reference";

/* Open stages take turns, in the order of the pipeline; what is closed is quiet. Colour only supports the word. */
const TURNS: readonly PillTone[] = ["new", "good", "warn"];

export function StagePill({
	pipelineId,
	stageId,
	isClosed,
}: {
	pipelineId: string;
	stageId: string;
	isClosed: boolean;
}) {
	const stage = useStageMap().get(`${pipelineId}/${stageId}`);
	return stage ? <PillOfStage stage={stage} isClosed={isClosed} /> : null;
}

/* For rows, whose list knows the stages. */
export function PillOfStage({ stage, isClosed }: { stage: Stage; isClosed: boolean }) {
	const isQuiet = isClosed || isClosedStage(stage);
	return <Pill tone={isQuiet ? "quiet" : (TURNS[stage.displayOrder % TURNS.length] ?? "new")}>{stage.label}</Pill>;
}
