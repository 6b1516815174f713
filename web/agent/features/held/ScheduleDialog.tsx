import { type FormEvent, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Button, Dialog } from "#ui";
import css from "./Held.module.css";

const MORNING = 8;
const DAY_MS = 86_400_000;

function morning(days: number): Date {
	const at = new Date();
	at.setDate(at.getDate() + days);
	at.setHours(MORNING, 0, 0, 0);
	return at;
}

/* 1 is Monday: the next one, never today. */
const daysTo = (weekday: number) => ((weekday - new Date().getDay() + 6) % 7) + 1;

/* For the field, which knows no time zones. */
function local(at: Date): string {
	return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/* When a reply is to be sent. */
export function ScheduleDialog({ onChoose, onClose }: { onChoose: (at: Date) => void; onClose: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const [value, setValue] = useState(() => local(morning(1)));
	const [isPast, setPast] = useState(false);
	const choices = [
		{ label: t("sending.inAnHour"), at: new Date(Date.now() + 3_600_000) },
		{ label: t("sending.tomorrow"), at: morning(1) },
		{ label: t("sending.monday"), at: morning(daysTo(1)) },
	];
	function submit(e: FormEvent) {
		e.preventDefault();
		const at = new Date(value);
		const isGood = at.getTime() > Date.now() && at.getTime() < Date.now() + 60 * DAY_MS;
		setPast(!isGood);
		if (isGood) onChoose(at);
	}
	return (
		<Dialog title={t("sending.scheduleTitle")} closeLabel={t("common.close")} isOpen onClose={onClose}>
			<div className={css.choices}>
				{choices.map((c) => (
					<Button key={c.label} onPress={() => onChoose(c.at)}>
						{t("sending.choice", { name: c.label, time: fullTime(c.at.toISOString(), locale) })}
					</Button>
				))}
			</div>
			<form className={css.form} onSubmit={submit} noValidate>
				<label className={css.field}>
					<span>{t("sending.time")}</span>
					<input type="datetime-local" value={value} aria-invalid={isPast} onChange={(e) => setValue(e.target.value)} />
				</label>
				{isPast && (
					<p className={css.bad} role="alert">
						{t("sending.badTime")}
					</p>
				)}
				<div className={css.end}>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" type="submit">
						{t("sending.schedule")}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
