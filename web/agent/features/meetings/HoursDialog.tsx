import { Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, IconButton, Select, Skeleton, TextField, toast } from "#ui";
import { type Availability, meetings, useAvailability, useTimeZones } from "../../data/meetings";
import { useErrorText } from "../../shell/useErrorText";
import { ItemDialog } from "../library";
import css from "./Meetings.module.css";
import { hoursOf, type Span, spansOf, weekdayNames } from "./week";

const FIRST: Span = { from: "09:00", to: "17:00" };
const NEXT: Span = { from: "18:00", to: "20:00" };

/* When one works: hours of a week in a zone of one's own, and days off. */
export function HoursDialog({ onClose }: { onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const { data, isError, error } = useAvailability();
	if (data) return <Form availability={data} onClose={onClose} />;
	return (
		<Dialog isOpen isWide title={t("meetings.hours")} closeLabel={t("common.close")} onClose={onClose}>
			{isError ? (
				<Banner tone="bad" role="alert">
					{errorText(error)}
				</Banner>
			) : (
				<Skeleton width="60%" />
			)}
		</Dialog>
	);
}

function Form({ availability, onClose }: { availability: Availability; onClose: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const names = weekdayNames(locale);
	const zones = useTimeZones().data ?? [];
	/* Who has said nothing yet works where his browser is. */
	const [zone, setZone] = useState(() =>
		availability.isDefault ? Intl.DateTimeFormat().resolvedOptions().timeZone : availability.timeZone,
	);
	const [week, setWeek] = useState(() => spansOf(availability.hours));
	const [daysOff, setDaysOff] = useState(availability.daysOff);
	const [isChanged, setChanged] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();

	const edit = (day: number, spans: Span[]) => {
		setWeek((old) => old.map((s, i) => (i === day ? spans : s)));
		setChanged(true);
	};
	async function save() {
		const hours = hoursOf(week);
		if (!hours) {
			setProblem(t("meetings.badTime"));
			return;
		}
		setBusy(true);
		setProblem(undefined);
		try {
			await meetings.setAvailability({ timeZone: zone, hours, daysOff });
			toast("good", t("common.saved"));
			onClose();
		} catch (e) {
			setProblem((e instanceof ApiError && (e.fields.hours || e.fields.daysOff || e.fields.timeZone)) || errorText(e));
		} finally {
			setBusy(false);
		}
	}
	return (
		<ItemDialog
			title={t("meetings.hours")}
			error={problem}
			isBusy={isBusy}
			isChanged={isChanged}
			onSave={() => void save()}
			onClose={onClose}
		>
			<Select
				label={t("meetings.zone")}
				choices={[...new Set([zone, ...zones])].map((id) => ({ id, label: id.replaceAll("_", " ") }))}
				value={zone}
				onChange={(id) => {
					setZone(id);
					setChanged(true);
				}}
			/>
			<div className={css.week}>
				{names.map((name, day) => (
					<Day key={name} name={name} spans={week[day] ?? []} onChange={(spans) => edit(day, spans)} />
				))}
				<div>
					<Button
						size="s"
						onPress={() => {
							setWeek((old) => old.map((s, i) => (i > 0 && i < 5 ? (old[0] ?? []) : s)));
							setChanged(true);
						}}
					>
						{t("meetings.likeMonday", { first: names[1] ?? "", last: names[4] ?? "" })}
					</Button>
				</div>
			</div>
			<DaysOff
				days={daysOff}
				onChange={(days) => {
					setDaysOff(days);
					setChanged(true);
				}}
			/>
		</ItemDialog>
	);
}

function Day({ name, spans, onChange }: { name: string; spans: readonly Span[]; onChange: (spans: Span[]) => void }) {
	const t = useText();
	const put = (at: number, part: Partial<Span>) => onChange(spans.map((s, i) => (i === at ? { ...s, ...part } : s)));
	return (
		<fieldset className={css.day} aria-label={name}>
			<span className={css.dayName}>{name}</span>
			<div className={css.spans}>
				{spans.length === 0 && <span className={css.closed}>{t("meetings.closed")}</span>}
				{spans.map((span, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: spans have nothing but their place
					<div key={i} className={css.span}>
						<TextField
							className={css.time}
							label={t("meetings.fromOf", { day: name })}
							isLabelHidden
							type="time"
							value={span.from}
							onChange={(from) => put(i, { from })}
						/>
						<span aria-hidden>–</span>
						<TextField
							className={css.time}
							label={t("meetings.toOf", { day: name })}
							isLabelHidden
							type="time"
							value={span.to}
							onChange={(to) => put(i, { to })}
						/>
						<IconButton
							label={t("meetings.removeHours", { day: name })}
							size="s"
							onPress={() => onChange(spans.filter((_, k) => k !== i))}
						>
							<Trash2 size={14} aria-hidden />
						</IconButton>
					</div>
				))}
			</div>
			<IconButton
				label={t("meetings.addHours", { day: name })}
				size="s"
				onPress={() => onChange([...spans, spans.length === 0 ? FIRST : NEXT])}
			>
				<Plus size={15} aria-hidden />
			</IconButton>
		</fieldset>
	);
}

function DaysOff({ days, onChange }: { days: readonly string[]; onChange: (days: string[]) => void }) {
	const t = useText();
	const { locale } = useIntl();
	const [day, setDay] = useState("");
	const shown = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day);
	return (
		<>
			<div className={css.addDay}>
				<TextField label={t("meetings.dayOff")} type="date" value={day} onChange={setDay} />
				<Button
					isDisabled={!isDay}
					onPress={() => {
						onChange([...new Set([...days, day])].sort());
						setDay("");
					}}
				>
					{t("meetings.addDay")}
				</Button>
			</div>
			{days.length > 0 && (
				<ul className={css.days} aria-label={t("meetings.daysOff")}>
					{days.map((d) => (
						<li key={d} className={css.dayOff}>
							{shown.format(Date.parse(d))}
							<IconButton
								label={t("meetings.removeDay", { day: shown.format(Date.parse(d)) })}
								size="s"
								onPress={() => onChange(days.filter((x) => x !== d))}
							>
								<X size={14} aria-hidden />
							</IconButton>
						</li>
					))}
				</ul>
			)}
		</>
	);
}
