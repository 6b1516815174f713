import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, toast } from "#ui";
import { createRecord, type RecordType } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import { PropertyForm, usePropertyForm } from "../properties";
import { createForm } from "./createForms";

/* A new record; its page opens. */
export function CreateRecordPanel({ objectType, onClose }: { objectType: RecordType; onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const form = usePropertyForm({ objectType, ...createForm(objectType) });
	async function save() {
		setError(undefined);
		if (!form.check()) return;
		if (Object.keys(form.changes).length === 0) return setError(t("records.fillIn"));
		setBusy(true);
		try {
			const { id } = await createRecord(objectType, form.changes);
			toast("good", t(`records.created.${objectType}`));
			onClose();
			await navigate({ to: `/${objectType}/$recordId`, params: { recordId: id } });
		} catch (e) {
			setBusy(false);
			if (!form.fail(e)) setError(errorText(e));
		}
	}
	return (
		<Dialog
			title={t(`records.create.${objectType}`)}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.create")}
					</Button>
				</>
			}
		>
			{error && (
				<Banner tone="bad" role="alert">
					{error}
				</Banner>
			)}
			<PropertyForm form={form} />
		</Dialog>
	);
}
