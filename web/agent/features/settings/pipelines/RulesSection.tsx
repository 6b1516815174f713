import type { Pipeline, PipelineRules } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, Switch, toast } from "#ui";
import { pipelineChanges } from "../../../data/pipelines";
import { useStages } from "../../../data/reference";
import { useErrorText } from "../../../shell/useErrorText";
import { Section } from "../Section";
import settings from "../Settings.module.css";

/* How people may go through a pipeline. Every change is saved at once. */
export function RulesSection({ pipeline, rules }: { pipeline: Pipeline; rules: PipelineRules }) {
	const t = useText();
	const errorText = useErrorText();
	const stages = useStages(pipeline.id);
	async function change(part: Partial<PipelineRules>) {
		try {
			await pipelineChanges.setRules(pipeline.id, { ...rules, ...part });
			toast("good", t("common.saved"));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	return (
		<Section title={t("pipelines.rules")} lead={t("pipelines.rulesLead")}>
			<div className={settings.form}>
				<Switch isSelected={rules.forbidsSkipping} onChange={(on) => void change({ forbidsSkipping: on })}>
					{t("pipelines.noSkipping")}
				</Switch>
				<Switch isSelected={rules.forbidsGoingBack} onChange={(on) => void change({ forbidsGoingBack: on })}>
					{t("pipelines.noGoingBack")}
				</Switch>
				<CheckboxGroup
					label={t("pipelines.entry")}
					note={t("pipelines.entryNote")}
					choices={stages.map((s) => ({ id: s.id, label: s.label }))}
					value={rules.entryStageIds}
					onChange={(ids) => void change({ entryStageIds: ids })}
				/>
			</div>
		</Section>
	);
}
