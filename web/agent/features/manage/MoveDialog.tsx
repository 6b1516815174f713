import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Select } from "#ui";
import { useInboxes } from "../../data/manage";
import { usePipelines, useStages } from "../../data/reference";
import { ticketStore } from "../../data/ticketStore";
import { useTicketDetail } from "../../data/tickets";
import { SaveDialog } from "../../shell/SaveDialog";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";
import type { PickerProps } from "./Pickers";

/* To another pipeline, where a status has to be chosen, or to another inbox, from whose address answers then leave. */
export function MoveDialog({ ids, deeds }: PickerProps) {
	const t = useText();
	const first = ids[0] as string;
	const row = ticketStore.row(first);
	const pipelines = usePipelines();
	const inboxes = useInboxes();
	const inboxNow = useTicketDetail(first).data?.properties.hs_inbox_id ?? undefined;
	const [pipelineId, setPipeline] = useState(row?.pipelineId);
	const [stageId, setStage] = useState<string>();
	const [inboxId, setInbox] = useState<string>();
	const [error, setError] = useState<string>();
	const stages = useStages(pipelineId);
	const isElsewhere = pipelineId !== row?.pipelineId;

	function submit() {
		const stage = stages.find((s) => s.id === stageId);
		const pipeline = pipelines.find((p) => p.id === pipelineId);
		const inbox = inboxes.find((i) => i.id === inboxId && i.id !== inboxNow);
		if (isElsewhere && !stage) return setError(t("move.chooseStatus"));
		closeManage();
		if (isElsewhere && stage && pipeline) void deeds.setPipeline(ids, pipeline.id, stage, pipeline.label);
		if (inbox) void deeds.move(ids, inbox.id, inbox.name ?? "");
	}
	return (
		<SaveDialog
			title={t("move.title")}
			onClose={closeManage}
			onSave={submit}
			saveLabel={t("move.do")}
			isDisabled={!isElsewhere && (inboxId === undefined || inboxId === inboxNow)}
			isForm
		>
			<div className={css.form}>
				<Select
					label={t("move.pipeline")}
					choices={pipelines.map((p) => ({ id: p.id, label: p.label }))}
					value={pipelineId}
					onChange={(id) => {
						setPipeline(id);
						setStage(undefined);
						setError(undefined);
					}}
				/>
				{isElsewhere && (
					<Select
						label={t("move.status")}
						choices={stages.map((s) => ({ id: s.id, label: s.label }))}
						value={stageId}
						onChange={(id) => {
							setStage(id);
							setError(undefined);
						}}
						placeholder={t("manage.choose")}
						error={error}
					/>
				)}
				<Select
					label={t("move.inbox")}
					choices={inboxes.map((i) => ({ id: i.id, label: i.name ?? i.id }))}
					value={inboxId ?? inboxNow}
					onChange={setInbox}
					placeholder={t("manage.choose")}
					hint={t("move.inboxHint")}
				/>
			</div>
		</SaveDialog>
	);
}
