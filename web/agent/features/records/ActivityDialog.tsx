import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, toast } from "#ui";
import { createLinked, type RecordRef } from "../../data/records";
import { useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { textToHtml } from "../composer/editor/textToHtml";
import { PropertyForm, usePropertyForm } from "../properties";
import { ACTIVITY_FORMS, type LoggedKind } from "./activityForms";

interface Props {
	kind: LoggedKind;
	of: RecordRef;
	onClose: () => void;
}

/* A note, call, task or meeting of a record. */
export function ActivityDialog({ kind, of, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const user = useUser();
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const [now] = useState(() => new Date().toISOString());
	const form = usePropertyForm({
		objectType: kind,
		...ACTIVITY_FORMS[kind],
		values: {
			hs_timestamp: now,
			hs_meeting_start_time: kind === "meetings" ? now : undefined,
			hubspot_owner_id: kind === "tasks" ? user.ownerId : undefined,
		},
	});
	async function save() {
		setError(undefined);
		if (!form.check()) return;
		setBusy(true);
		const properties: Record<string, string> = {};
		for (const [name, value] of Object.entries(form.values))
			if (value) properties[name] = name.endsWith("_body") ? textToHtml(value) : value;
		properties.hs_timestamp ??= properties.hs_meeting_start_time ?? now;
		if (kind === "tasks") properties.hs_task_status = "NOT_STARTED";
		properties.hubspot_owner_id ??= user.ownerId;
		try {
			await createLinked(kind, properties, [of]);
			toast("good", t(`records.logged.${kind}`));
			onClose();
		} catch (e) {
			setBusy(false);
			if (!form.fail(e)) setError(errorText(e));
		}
	}
	return (
		<Dialog
			title={t(`records.log.${kind}`)}
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
			<PropertyForm form={form} />
		</Dialog>
	);
}
