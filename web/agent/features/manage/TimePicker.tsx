/* A time to come, in the time zone of the reader: one of a few, or any. For a snooze and for a reminder. */
import { AlarmClock, CalendarClock } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { TextField } from "#ui";
import { SaveDialog } from "../../shell/SaveDialog";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";
import { Picker } from "./Picker";
import { type SnoozeWhen, snoozeTimes } from "./snoozeTimes";

const WHEN: Record<SnoozeWhen, "snooze.later" | "snooze.tomorrow" | "snooze.nextWeek"> = {
	later: "snooze.later",
	tomorrow: "snooze.tomorrow",
	nextWeek: "snooze.nextWeek",
};

interface PickerProps {
	label: string;
	placeholder: string;
	title: string;
	/* time: as it is shown. */
	onPick: (at: Date, time: string) => unknown;
	onOther: () => void;
	otherLabel: string;
}

export function TimePicker({ label, placeholder, title, onPick, onOther, otherLabel }: PickerProps) {
	const t = useText();
	const intl = useIntl();
	const time = (at: Date) => intl.formatDate(at, { weekday: "short", hour: "numeric", minute: "2-digit" });
	const rows = [
		...snoozeTimes(new Date()).map(({ when, at }) => ({
			id: when,
			label: t(WHEN[when]),
			note: time(at),
			icon: <AlarmClock size={16} />,
			run: () => {
				closeManage();
				void onPick(at, time(at));
			},
		})),
		{ id: "pick", label: otherLabel, icon: <CalendarClock size={16} />, run: onOther },
	];
	return (
		<Picker
			label={label}
			placeholder={placeholder}
			groups={[{ id: "times", label: title, rows }]}
			onClose={closeManage}
		/>
	);
}

const YEAR_MS = 365 * 86_400_000;

const pad = (n: number) => String(n).padStart(2, "0");
const toLocal = (d: Date) =>
	`${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;

interface DialogProps {
	title: string;
	label: string;
	doLabel: string;
	/* No time that is further ahead. */
	mostYears: number;
	onClose: () => void;
	onDone: (at: Date, time: string) => unknown;
	children?: ReactNode;
}

export function TimeDialog({ title, label, doLabel, mostYears, onClose, onDone, children }: DialogProps) {
	const t = useText();
	const intl = useIntl();
	const [value, setValue] = useState(() =>
		toLocal(snoozeTimes(new Date()).find((s) => s.when === "tomorrow")?.at ?? new Date()),
	);
	const [error, setError] = useState<string>();

	function submit() {
		const at = new Date(value);
		if (Number.isNaN(at.getTime()) || at.getTime() <= Date.now()) return setError(t("snooze.past"));
		if (at.getTime() > Date.now() + mostYears * YEAR_MS) return setError(t("snooze.tooFar", { years: mostYears }));
		onClose();
		void onDone(at, intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" }));
	}
	return (
		<SaveDialog title={title} onClose={onClose} onSave={submit} saveLabel={doLabel} isForm>
			<div className={css.form}>
				<TextField
					autoFocus
					label={label}
					type="datetime-local"
					value={value}
					onChange={(v) => {
						setValue(v);
						setError(undefined);
					}}
					hint={t("snooze.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
					error={error}
				/>
				{children}
			</div>
		</SaveDialog>
	);
}
