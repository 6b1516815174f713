import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, Dialog, Select, TextField, toast } from "#ui";
import { useTeams } from "../../../data/teams";
import { ticketStore } from "../../../data/ticketStore";
import { type Audience, changeView, createView, draftOf } from "../../../data/views";
import css from "./Builder.module.css";
import { FilterGroups } from "./FilterGroups";
import { type Preview, usePreview, useProblems, useUnfinished } from "./useDraftView";

const AUDIENCES: readonly Audience[] = ["PRIVATE", "TEAMS", "EVERYONE"];
const SORTS = ["newest", "oldest", "priority", "created", "createdOldest"] as const;

/* Makes a view or changes one: name, who sees it, filters, order; with how many tickets it would have. */
export function ViewDialog({ id, onClose }: { id: ViewId | "new"; onClose: () => void }) {
	const t = useText();
	const navigate = useNavigate();
	const teams = useTeams();
	const formId = useId();
	const nameRef = useRef<HTMLInputElement>(null);
	const given = id === "new" ? undefined : ticketStore.views()[id];
	const [draft, setDraft] = useState(() => draftOf(given));
	const [isBusy, setBusy] = useState(false);
	const unfinished = useUnfinished(draft.filterGroups);
	const problems = useProblems(draft, unfinished);
	const preview = usePreview(draft.filterGroups, unfinished.size === 0);
	const change = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }));
	const isNew = id === "new";

	async function save(e: FormEvent) {
		e.preventDefault();
		if (isBusy) return;
		if (!problems.check()) {
			if (!draft.name.trim()) nameRef.current?.focus();
			return;
		}
		setBusy(true);
		try {
			const view = isNew ? await createView(draft) : await changeView(id, draft);
			toast("good", t(isNew ? "view.done.made" : "view.done.saved", { name: view.name ?? "" }));
			void ticketStore.retry(view.id);
			onClose();
			if (isNew) await navigate({ to: "/tickets/$view", params: { view: view.id } });
		} catch (err) {
			problems.refuse(err);
			setBusy(false);
		}
	}

	return (
		<Dialog
			isOpen
			isWide
			title={t(isNew ? "view.new" : "view.edit")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<PreviewCount preview={preview} />
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" type="submit" form={formId} isPending={isBusy}>
						{t(isNew ? "view.make" : "common.save")}
					</Button>
				</>
			}
		>
			<form id={formId} className={css.form} onSubmit={save} noValidate>
				{problems.form && (
					<Banner tone="bad" role="alert">
						{problems.form}
					</Banner>
				)}
				<div className={css.top}>
					<TextField
						label={t("view.name")}
						value={draft.name}
						onChange={(name) => change({ name })}
						error={problems.name}
						inputRef={nameRef}
						maxLength={100}
						autoFocus
					/>
					<Select
						label={t("view.audience")}
						choices={AUDIENCES.map((a) => ({ id: a, label: t(`view.audience.${a}`) }))}
						value={draft.audience}
						isDisabled={given !== undefined && !given.isMine && draft.audience === "PRIVATE"}
						onChange={(a) => change({ audience: a as Audience })}
					/>
					<Select
						label={t("list.sort")}
						choices={SORTS.map((s) => ({ id: s, label: t(`list.sort.${s}`) }))}
						value={draft.sort}
						placeholder={t("list.sort.byProperty")}
						onChange={(sort) => change({ sort })}
					/>
				</div>
				{draft.audience === "TEAMS" &&
					(teams.length ? (
						<CheckboxGroup
							label={t("view.teams")}
							choices={teams.map((team) => ({ id: team.id, label: team.name }))}
							value={draft.teamIds}
							onChange={(teamIds) => change({ teamIds })}
							error={problems.teams}
						/>
					) : (
						<Banner tone="info">{t("view.noTeams")}</Banner>
					))}
				<section aria-label={t("filter.title")}>
					<h3 className={css.title}>{t("filter.title")}</h3>
					<FilterGroups
						groups={draft.filterGroups}
						errors={problems.filters}
						onChange={(filterGroups) => change({ filterGroups })}
					/>
				</section>
				<p className={css.note}>{t("view.audienceNote")}</p>
			</form>
		</Dialog>
	);
}

function PreviewCount({ preview }: { preview: Preview }) {
	const t = useText();
	const intl = useIntl();
	if (typeof preview === "string")
		return <output className={css.preview}>{preview === "unknown" ? "" : t("view.counting")}</output>;
	return (
		<output className={css.preview}>
			{preview.isCapped
				? t("view.previewMany", { count: intl.formatNumber(preview.count) })
				: t("view.preview", { count: preview.count })}
		</output>
	);
}
