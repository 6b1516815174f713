import { type ReactNode, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, Select, Switch, TextField, toast } from "#ui";
import { TextArea } from "#ui/more";
import { type BookingPage, type BookingPageDraft, meetings } from "../../data/meetings";
import { isAdmin, useUser } from "../../data/session";
import { useTeams } from "../../data/teams";
import { useErrorText } from "../../shell/useErrorText";
import { ItemDialog } from "../library";
import library from "../library/Library.module.css";

const LENGTHS = [15, 20, 30, 45, 60, 90];
const BUFFERS = [0, 5, 10, 15, 30, 60];
const NOTICES = [0, 60, 240, 1440, 2880, 10080];
const AHEAD = [7, 14, 30, 60, 90];
const PER_DAY = [0, 1, 2, 3, 4, 5, 6, 8, 10];
const OWN = "own";

const NEW: BookingPageDraft = {
	slug: "",
	title: "",
	description: "",
	location: "",
	confirmation: "",
	lengths: [30],
	bufferBefore: 0,
	bufferAfter: 0,
	noticeMinutes: 240,
	aheadDays: 30,
	maxPerDay: 0,
	isActive: true,
};

function draftOf(page: BookingPage | undefined): BookingPageDraft {
	if (!page) return NEW;
	const { id: _id, url: _url, userId: _userId, hostName: _hostName, mayEdit: _mayEdit, ...draft } = page;
	return Object.fromEntries(Object.keys(NEW).map((key) => [key, draft[key as keyof typeof draft]])) as BookingPageDraft;
}

/* A value that somebody set by the API is a choice too. */
const withOwn = (choices: readonly number[], ...own: number[]) =>
	[...new Set([...choices, ...own])].sort((a, b) => a - b);

export function BookingPageDialog({ page, onClose }: { page: BookingPage | undefined; onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const mayChooseTeam = isAdmin(useUser()) && !page;
	const teams = useTeams(mayChooseTeam);
	const [draft, setDraft] = useState(() => draftOf(page));
	const [teamId, setTeam] = useState(OWN);
	const [isChanged, setChanged] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [errors, setErrors] = useState<Record<string, string>>({});

	function change(part: Partial<BookingPageDraft>) {
		setDraft((old) => ({ ...old, ...part }));
		setChanged(true);
	}
	async function save() {
		setBusy(true);
		setErrors({});
		const { slug, ...rest } = draft;
		const wire = { ...rest, ...(slug.trim() ? { slug: slug.trim() } : {}) };
		try {
			if (page) await meetings.change(page.id, wire);
			else await meetings.create(teamId === OWN ? wire : { ...wire, teamId });
			toast("good", t("library.saved", { name: draft.title.trim() }));
			onClose();
		} catch (e) {
			const fields = e instanceof ApiError ? e.fields : {};
			setErrors(Object.keys(fields).length > 0 ? fields : { form: errorText(e) });
		} finally {
			setBusy(false);
		}
	}
	const number = (
		key: "bufferBefore" | "bufferAfter" | "noticeMinutes" | "aheadDays" | "maxPerDay",
		choices: number[],
	) => ({
		value: String(draft[key]),
		onChange: (id: string) => change({ [key]: Number(id) }),
		error: errors[key],
		choices: withOwn(choices, draft[key]).map((n) => ({ id: String(n), label: labelOf(key, n) })),
	});
	function labelOf(key: string, n: number): string {
		if (key === "aheadDays") return t("meetings.days", { count: n });
		if (key === "maxPerDay") return n === 0 ? t("meetings.anyNumber") : String(n);
		if (n === 0) return t("meetings.nothing");
		if (n % 1440 === 0) return t("meetings.days", { count: n / 1440 });
		return n % 60 === 0 ? t("meetings.hoursCount", { count: n / 60 }) : t("meetings.minutes", { count: n });
	}

	return (
		<ItemDialog
			title={t(page ? "meetings.edit" : "meetings.new")}
			error={errors.form}
			isBusy={isBusy}
			isChanged={isChanged}
			onSave={() => void save()}
			onClose={onClose}
		>
			<TextField
				label={t("meetings.name")}
				value={draft.title}
				onChange={(title) => change({ title })}
				error={errors.title}
				maxLength={100}
				autoFocus
			/>
			{mayChooseTeam && teams.length > 0 && (
				<Select
					label={t("meetings.whose")}
					hint={t("meetings.whoseHint")}
					choices={[
						{ id: OWN, label: t("meetings.mine") },
						...teams.map((team) => ({ id: team.id, label: team.name })),
					]}
					value={teamId}
					onChange={(id) => {
						setTeam(id);
						setChanged(true);
					}}
					error={errors.teamId}
				/>
			)}
			<TextField
				label={t("meetings.slug")}
				note={t("common.optional")}
				hint={t("meetings.slugHint")}
				value={draft.slug}
				onChange={(slug) => change({ slug })}
				error={errors.slug}
				maxLength={60}
				autoComplete="off"
				spellCheck="false"
			/>
			<TextArea
				label={t("meetings.description")}
				note={t("common.optional")}
				value={draft.description}
				onChange={(description) => change({ description })}
				error={errors.description}
				maxLength={2000}
			/>
			<CheckboxGroup
				label={t("meetings.lengths")}
				choices={withOwn(LENGTHS, ...draft.lengths).map((n) => ({
					id: String(n),
					label: t("meetings.minutes", { count: n }),
				}))}
				value={draft.lengths.map(String)}
				onChange={(ids) => change({ lengths: ids.map(Number) })}
				error={errors.lengths}
			/>
			<Pair>
				<Select label={t("meetings.bufferBefore")} {...number("bufferBefore", BUFFERS)} />
				<Select label={t("meetings.bufferAfter")} {...number("bufferAfter", BUFFERS)} />
			</Pair>
			<Pair>
				<Select label={t("meetings.notice")} {...number("noticeMinutes", NOTICES)} />
				<Select label={t("meetings.ahead")} {...number("aheadDays", AHEAD)} />
			</Pair>
			<Select label={t("meetings.maxPerDay")} {...number("maxPerDay", PER_DAY)} />
			<TextField
				label={t("meetings.location")}
				note={t("common.optional")}
				hint={t("meetings.locationHint")}
				value={draft.location}
				onChange={(location) => change({ location })}
				error={errors.location}
				maxLength={250}
			/>
			<TextArea
				label={t("meetings.confirmation")}
				note={t("common.optional")}
				value={draft.confirmation}
				onChange={(confirmation) => change({ confirmation })}
				error={errors.confirmation}
				maxLength={2000}
			/>
			<Switch isSelected={draft.isActive} onChange={(isActive) => change({ isActive })}>
				{t("meetings.takesBookings")}
			</Switch>
		</ItemDialog>
	);
}

function Pair({ children }: { children: ReactNode }) {
	return <div className={library.pair}>{children}</div>;
}
