import { useState } from "react";
import { useOnceKey } from "#shared/api/onceKey";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { createLinked, type RecordRef } from "../../data/records";
import { useUser } from "../../data/session";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
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
	const user = useUser();
	const onceKey = useOnceKey();
	const { save, saving } = useSave();
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
	function log() {
		if (!form.check()) return;
		const properties: Record<string, string> = {};
		for (const [name, value] of Object.entries(form.values))
			if (value) properties[name] = name.endsWith("_body") ? textToHtml(value) : value;
		properties.hs_timestamp ??= properties.hs_meeting_start_time ?? now;
		if (kind === "tasks") properties.hs_task_status = "NOT_STARTED";
		properties.hubspot_owner_id ??= user.ownerId;
		void save(async () => {
			await createLinked(kind, properties, of, onceKey);
			toast("good", t(`records.logged.${kind}`));
			onClose();
		}, form.fail);
	}
	return (
		<SaveDialog title={t(`records.log.${kind}`)} onClose={onClose} onSave={log} {...saving}>
			<PropertyForm form={form} />
		</SaveDialog>
	);
}
