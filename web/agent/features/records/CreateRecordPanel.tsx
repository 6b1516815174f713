import { useNavigate } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { createRecord, type RecordType } from "../../data/records";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import { PropertyForm, usePropertyForm } from "../properties";
import { createForm } from "./createForms";

/* A new record; its page opens. */
export function CreateRecordPanel({ objectType, onClose }: { objectType: RecordType; onClose: () => void }) {
	const t = useText();
	const navigate = useNavigate();
	const { save, setProblem, saving } = useSave();
	const form = usePropertyForm({ objectType, ...createForm(objectType) });
	function create() {
		if (!form.check()) return;
		if (Object.keys(form.changes).length === 0) return setProblem(t("records.fillIn"));
		void save(async () => {
			const { id } = await createRecord(objectType, form.changes);
			toast("good", t(`records.created.${objectType}`));
			onClose();
			await navigate({ to: `/${objectType}/$recordId`, params: { recordId: id } });
		}, form.fail);
	}
	return (
		<SaveDialog
			title={t(`records.create.${objectType}`)}
			onClose={onClose}
			onSave={create}
			saveLabel={t("common.create")}
			{...saving}
			isForm
		>
			<PropertyForm form={form} />
		</SaveDialog>
	);
}
