import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup } from "#ui";
import { type LinkedRecord, type LinkLabel, type RecordRef, setLabels } from "../../data/records";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";

interface Props {
	from: RecordRef;
	to: LinkedRecord;
	offered: readonly LinkLabel[];
	onClose: () => void;
}

/* What the link between two records is called. */
export function LabelsDialog({ from, to, offered, onClose }: Props) {
	const t = useText();
	const [chosen, setChosen] = useState((to.labels ?? []).map((l) => l.typeId));
	const { save, saving } = useSave();
	const label = () =>
		save(async () => {
			await setLabels(
				from,
				to,
				offered.filter((l) => chosen.includes(l.typeId)),
			);
			onClose();
		});
	return (
		<SaveDialog
			title={t("records.labelsOf", { name: to.label || `#${to.id}` })}
			onClose={onClose}
			onSave={() => void label()}
			{...saving}
		>
			<CheckboxGroup
				label={t("records.labels")}
				choices={offered.map((l) => ({ id: l.typeId, label: l.label }))}
				value={chosen}
				onChange={setChosen}
			/>
		</SaveDialog>
	);
}
