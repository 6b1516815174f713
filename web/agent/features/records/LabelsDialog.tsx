import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, Dialog } from "#ui";
import { type LinkedRecord, type LinkLabel, type RecordRef, setLabels } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";

interface Props {
	from: RecordRef;
	to: LinkedRecord;
	offered: readonly LinkLabel[];
	onClose: () => void;
}

/* What the link between two records is called. */
export function LabelsDialog({ from, to, offered, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [chosen, setChosen] = useState((to.labels ?? []).map((l) => l.typeId));
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	async function save() {
		setBusy(true);
		try {
			await setLabels(
				from,
				to,
				offered.filter((l) => chosen.includes(l.typeId)),
			);
			onClose();
		} catch (e) {
			setBusy(false);
			setError(errorText(e));
		}
	}
	return (
		<Dialog
			title={t("records.labelsOf", { name: to.label || `#${to.id}` })}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			{error && (
				<Banner tone="bad" role="alert">
					{error}
				</Banner>
			)}
			<CheckboxGroup
				label={t("records.labels")}
				choices={offered.map((l) => ({ id: l.typeId, label: l.label }))}
				value={chosen}
				onChange={setChosen}
			/>
		</Dialog>
	);
}
