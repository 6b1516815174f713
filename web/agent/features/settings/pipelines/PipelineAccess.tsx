import { useState } from "react";
import type { Pipeline } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, CheckboxGroup } from "#ui";
import { setPipelineAccess, usePeople, usePipelineAccess, useTeamsWithMembers } from "../../../data/people";
import { fullName } from "../../../data/session";
import { SaveDialog } from "../../../shell/SaveDialog";
import { useSave } from "../../../shell/useSave";
import { Section } from "../Section";
import css from "../Settings.module.css";
import people from "../users/Users.module.css";

/* Whom a pipeline is for. */
export function PipelineAccess({ pipeline }: { pipeline: Pipeline }) {
	const t = useText();
	const { data } = usePipelineAccess(pipeline.id, true);
	const everybody = usePeople().data ?? [];
	const teams = useTeamsWithMembers().data ?? [];
	const [draft, setDraft] = useState<{ userIds: string[]; teamIds: string[] }>();
	const n = data ? data.userIds.length + data.teamIds.length : 0;

	const { save, saving } = useSave();
	const keep = () =>
		save(async () => {
			if (draft) await setPipelineAccess(pipeline.id, draft);
			setDraft(undefined);
		});

	return (
		<Section title={t("pipelineAccess.title")}>
			<div className={css.row}>
				<p>{n === 0 ? t("pipelineAccess.everybody") : t("pipelineAccess.some", { count: n })}</p>
				<Button size="s" isDisabled={!data} onPress={() => setDraft(data)}>
					{t("pipelineAccess.change")}
				</Button>
			</div>
			<SaveDialog
				title={t("pipelineAccess.dialog", { name: pipeline.label })}
				isOpen={draft !== undefined}
				onClose={() => setDraft(undefined)}
				onSave={() => void keep()}
				{...saving}
			>
				<div className={people.form}>
					<p>{t("pipelineAccess.text")}</p>
					<CheckboxGroup
						className={people.members}
						label={t("share.users")}
						choices={everybody.filter((p) => p.state !== "deactivated").map((p) => ({ id: p.id, label: fullName(p) }))}
						value={draft?.userIds ?? []}
						onChange={(userIds) => setDraft((old) => old && { ...old, userIds })}
					/>
					{teams.length > 0 && (
						<CheckboxGroup
							className={people.members}
							label={t("share.teams")}
							choices={teams.map((team) => ({ id: team.id, label: team.name }))}
							value={draft?.teamIds ?? []}
							onChange={(teamIds) => setDraft((old) => old && { ...old, teamIds })}
						/>
					)}
				</div>
			</SaveDialog>
		</Section>
	);
}
