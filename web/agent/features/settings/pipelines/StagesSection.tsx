import { Plus } from "lucide-react";
import { useState } from "react";
import type { Pipeline, PipelineRules, Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { pipelineChanges } from "../../../data/pipelines";
import { useStages } from "../../../data/reference";
import { useErrorText } from "../../../shell/useErrorText";
import { ConfirmDialog } from "../ConfirmDialog";
import { Section } from "../Section";
import settings from "../Settings.module.css";
import { NameDialog } from "./NameDialog";
import { RequiredDialog } from "./RequiredDialog";
import { StageRow } from "./StageRow";

type Asked = { what: "add" } | { what: "rename" | "delete" | "require"; stage: Stage };

/* The statuses of a pipeline in their order. */
export function StagesSection({ pipeline, rules }: { pipeline: Pipeline; rules: PipelineRules }) {
	const t = useText();
	const errorText = useErrorText();
	const stages = useStages(pipeline.id);
	const [asked, setAsked] = useState<Asked>();
	const about = asked && "stage" in asked ? asked.stage : undefined;
	const close = () => setAsked(undefined);
	const demandsOf = (stage: Stage) => rules.stages.find((s) => s.stageId === stage.id)?.requiredProperties ?? [];

	/* Places are numbered anew, because two may have the same number. */
	async function move(stage: Stage, by: number) {
		const order = stages.filter((s) => s.id !== stage.id);
		order.splice(stages.indexOf(stage) + by, 0, stage);
		for (const [i, s] of order.entries())
			if (s.displayOrder !== i) await pipelineChanges.changeStage(pipeline.id, s.id, { displayOrder: i });
	}
	const require = (stage: Stage, names: string[]) =>
		pipelineChanges.setRules(pipeline.id, {
			...rules,
			stages: rules.stages.map((s) => (s.stageId === stage.id ? { ...s, requiredProperties: names } : s)),
		});

	return (
		<Section
			title={t("pipelines.statuses")}
			lead={t("pipelines.statusesLead")}
			side={
				<Button icon={<Plus size={15} aria-hidden />} onPress={() => setAsked({ what: "add" })}>
					{t("pipelines.addStatus")}
				</Button>
			}
		>
			<ol className={settings.rows}>
				{stages.map((stage, i) => (
					<StageRow
						key={stage.id}
						stage={stage}
						demands={demandsOf(stage)}
						isFirst={i === 0}
						isLast={i === stages.length - 1}
						onMove={(by) => move(stage, by)}
						onState={(ticketState) => pipelineChanges.changeStage(pipeline.id, stage.id, { ticketState })}
						onRename={() => setAsked({ what: "rename", stage })}
						onRequire={() => setAsked({ what: "require", stage })}
						onDelete={() => setAsked({ what: "delete", stage })}
					/>
				))}
			</ol>
			<NameDialog
				title={t(asked?.what === "rename" ? "pipelines.renameStatusTitle" : "pipelines.addStatusTitle")}
				label={t("pipelines.statusName")}
				saveLabel={t(asked?.what === "rename" ? "common.save" : "pipelines.addStatus")}
				value={about?.label}
				isOpen={asked?.what === "add" || asked?.what === "rename"}
				onClose={close}
				onSave={async (label) => {
					if (about) await pipelineChanges.changeStage(pipeline.id, about.id, { label });
					else await pipelineChanges.addStage(pipeline.id, { label, ticketState: "OPEN", displayOrder: stages.length });
					close();
				}}
				errorText={errorText}
			/>
			<ConfirmDialog
				title={t("pipelines.deleteStatusTitle", { name: about?.label ?? "" })}
				text={t("pipelines.deleteStatusText")}
				action={t("pipelines.deleteStatus")}
				isOpen={asked?.what === "delete"}
				onClose={close}
				onConfirm={async () => about && pipelineChanges.removeStage(pipeline.id, about.id)}
			/>
			{asked?.what === "require" && about && (
				<RequiredDialog
					stage={about}
					value={demandsOf(about)}
					onClose={close}
					onSave={async (names) => {
						await require(about, names);
						close();
					}}
				/>
			)}
		</Section>
	);
}
