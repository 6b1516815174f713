import { useState } from "react";
import { ApiError } from "#shared/api/client";
import { useOnceKey } from "#shared/api/onceKey";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { usePropertyDefs } from "../../data/properties";
import { createLinked, type RecordRef } from "../../data/records";
import { useUser } from "../../data/session";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import { missingIn } from "../composer/editor/nodes/tokens";
import { PropertyForm, usePropertyForm, usePropertyLabel } from "../properties";
import { ACTIVITY_FORMS, type LoggedKind } from "./activityForms";
import { NoteField } from "./NoteField";
import css from "./RecordPage.module.css";

interface Props {
	kind: LoggedKind;
	of: RecordRef;
	onClose: () => void;
}

const EMPTY = { html: "", text: "" };

/* A note, call, task or meeting of a record. */
export function ActivityDialog({ kind, of, onClose }: Props) {
	const t = useText();
	const user = useUser();
	const labelOf = usePropertyLabel();
	const onceKey = useOnceKey();
	const { save, saving } = useSave();
	const [now] = useState(() => new Date().toISOString());
	const [written, setWritten] = useState(EMPTY);
	const [bodyError, setBodyError] = useState<string>();
	const { body, isBodyRequired, ...fields } = ACTIVITY_FORMS[kind];
	const bodyDef = usePropertyDefs(kind).get(body);
	const form = usePropertyForm({
		objectType: kind,
		...fields,
		values: {
			hs_timestamp: now,
			hs_meeting_start_time: kind === "meetings" ? now : undefined,
			hubspot_owner_id: kind === "tasks" ? user.ownerId : undefined,
		},
	});

	/* undefined: it may stay as it is. */
	function faultOfBody(): string | undefined {
		const missing = missingIn(written.text);
		if (missing.length) return t("composer.missing", { count: missing.length, names: missing.join(", ") });
		return isBodyRequired && !written.text.trim() ? t("property.missing") : undefined;
	}
	function fail(e: unknown): boolean {
		const fault = e instanceof ApiError ? e.fields[body] : undefined;
		if (fault) setBodyError(fault);
		return form.fail(e) || !!fault;
	}
	function log() {
		const fault = faultOfBody();
		setBodyError(fault);
		if (!form.check() || fault) return;
		const properties: Record<string, string> = written.text.trim() ? { [body]: written.html } : {};
		for (const [name, value] of Object.entries(form.values)) if (value) properties[name] = value;
		properties.hs_timestamp ??= properties.hs_meeting_start_time ?? now;
		if (kind === "tasks") properties.hs_task_status = "NOT_STARTED";
		properties.hubspot_owner_id ??= user.ownerId;
		void save(async () => {
			await createLinked(kind, properties, of, onceKey);
			toast("good", t(`records.logged.${kind}`));
			onClose();
		}, fail);
	}
	const note = bodyDef && (
		<NoteField
			of={of}
			label={labelOf(bodyDef)}
			html={written.html}
			error={bodyError}
			hasFocus={kind === "notes"}
			onChange={(html, text) => {
				setWritten({ html, text });
				setBodyError(undefined);
			}}
		/>
	);
	return (
		<SaveDialog title={t(`records.log.${kind}`)} onClose={onClose} onSave={log} {...saving}>
			<div className={css.activity}>
				{kind === "notes" && note}
				<PropertyForm form={form} />
				{kind !== "notes" && note}
			</div>
		</SaveDialog>
	);
}
