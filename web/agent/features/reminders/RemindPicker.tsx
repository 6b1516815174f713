import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { TextField } from "#ui";
import { closeManage, openManage } from "../manage/manageUi";
import { TimeDialog, TimePicker } from "../manage/TimePicker";
import { remind } from "./reminderDeeds";

/* As MAX_REMINDER_NOTE_CHARS. */
const MAX_NOTE_CHARS = 200;

/* When I want to be told of a ticket. */
export function RemindPicker({ ticketId }: { ticketId: string }) {
	const t = useText();
	return (
		<TimePicker
			label={t("remind.action")}
			placeholder={t("remind.find")}
			title={t("remind.at")}
			onPick={(at, time) => remind({ ticketId, t }, at, time)}
			onOther={() => openManage("remindAt", [ticketId])}
			otherLabel={t("remind.pick")}
		/>
	);
}

export function RemindAtDialog({ ticketId }: { ticketId: string }) {
	const t = useText();
	const [note, setNote] = useState("");
	return (
		<TimeDialog
			title={t("remind.action")}
			label={t("remind.at")}
			doLabel={t("remind.do")}
			mostYears={2}
			onClose={closeManage}
			onDone={(at, time) => remind({ ticketId, t }, at, time, note.trim() || undefined)}
		>
			<TextField label={t("remind.note")} value={note} onChange={setNote} maxLength={MAX_NOTE_CHARS} />
		</TimeDialog>
	);
}
