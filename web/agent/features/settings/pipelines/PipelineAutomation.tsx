import type { PipelineAutomation as Automation, Pipeline } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Select, Switch, toast } from "#ui";
import { saveAutomation, useAutomation } from "../../../data/automation";
import { useStages } from "../../../data/reference";
import { useErrorText } from "../../../shell/useErrorText";
import { Loaded } from "../Loaded";
import { Section } from "../Section";
import settings from "../Settings.module.css";

const NONE = "none";

/* What a pipeline does with the status by itself. Every change is saved at once. */
export function PipelineAutomation({ pipeline }: { pipeline: Pipeline }) {
	const t = useText();
	const query = useAutomation(pipeline.id);
	return (
		<Section title={t("automation.title")} lead={t("automation.lead")}>
			<Loaded query={query}>{(automation) => <Fields pipeline={pipeline} automation={automation} />}</Loaded>
		</Section>
	);
}

function Fields({ pipeline, automation }: { pipeline: Pipeline; automation: Automation }) {
	const t = useText();
	const errorText = useErrorText();
	const stages = useStages(pipeline.id).map((s) => ({ id: s.id, label: s.label }));
	async function change(part: Partial<Automation>) {
		try {
			await saveAutomation({ ...automation, ...part });
			toast("good", t("common.saved"));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	return (
		<div className={settings.form}>
			<Select
				label={t("automation.sent")}
				choices={[{ id: NONE, label: t("automation.stays") }, ...stages]}
				value={automation.sentStageId || NONE}
				onChange={(id) => void change({ sentStageId: id === NONE ? "" : id })}
			/>
			<Select
				label={t("automation.received")}
				choices={[{ id: NONE, label: t("automation.reopens") }, ...stages]}
				value={automation.receivedStageId || NONE}
				onChange={(id) => void change({ receivedStageId: id === NONE ? "" : id })}
			/>
			<Switch isSelected={automation.keepsCloseDate} onChange={(on) => void change({ keepsCloseDate: on })}>
				{t("automation.keepsCloseDate")}
			</Switch>
		</div>
	);
}
