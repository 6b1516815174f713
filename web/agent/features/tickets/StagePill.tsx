import { Pill, type PillTone } from "#ui";
import { isClosedStage, useStageMap } from "../../data/reference";

/* Colour only supports the word: closed is quiet, the first stage new, the rest go. */
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
	if (!stage) return null;
	const tone: PillTone =
		isClosed || isClosedStage(stage)
			? "quiet"
			: stage.displayOrder === 0
				? "new"
				: /contact|customer/i.test(stage.label)
					? "good"
					: "warn";
	return <Pill tone={tone}>{stage.label}</Pill>;
}
