import { type FormEvent, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog, TextField } from "#ui";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";
import type { PickerProps } from "./Pickers";
import { snoozeTimes } from "./snoozeTimes";

const pad = (n: number) => String(n).padStart(2, "0");
const toLocal = (d: Date) =>
	`${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;

/* Any day and time, in the time zone of the reader. */
export function SnoozeAtDialog({ ids, deeds }: PickerProps) {
	const t = useText();
	const intl = useIntl();
	const [value, setValue] = useState(() =>
		toLocal(snoozeTimes(new Date()).find((s) => s.when === "tomorrow")?.at ?? new Date()),
	);
	const [error, setError] = useState<string>();

	function submit(e: FormEvent) {
		e.preventDefault();
		const at = new Date(value);
		if (Number.isNaN(at.getTime()) || at.getTime() <= Date.now()) return setError(t("snooze.past"));
		closeManage();
		void deeds.snooze(ids, at, intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" }));
	}
	return (
		<Dialog title={t("manage.snooze")} closeLabel={t("common.close")} isOpen onClose={closeManage}>
			<form className={css.form} onSubmit={submit} noValidate>
				<TextField
					autoFocus
					label={t("snooze.until")}
					type="datetime-local"
					value={value}
					onChange={(v) => {
						setValue(v);
						setError(undefined);
					}}
					hint={t("snooze.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
					error={error}
				/>
				<div className={css.actions}>
					<Button onPress={closeManage}>{t("common.cancel")}</Button>
					<Button look="solid" type="submit">
						{t("snooze.do")}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
