import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useIntl } from "react-intl";
import { http } from "#shared/api/client";
import type { Page } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Finder } from "#ui/more";
import type { RecordRef, TimelineEntry } from "../../data/records";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import { ACTIVITY_TYPES, type ActivityKind, bodyOf } from "./activityTypes";

interface Props {
	/* Whose activities are offered: contacts, companies, deals. */
	sources: readonly RecordRef[];
	/* Associated already. */
	known: readonly string[];
	onPick: (chosen: TimelineEntry[]) => Promise<void>;
	onClose: () => void;
}

/* Chooses activities of the records around a ticket (D-6). */
export function ActivityPicker({ sources, known, onPick, onClose }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const [query, setQuery] = useState("");
	const [chosen, setChosen] = useState<string[]>([]);
	const { save, setProblem, saving } = useSave();
	const answers = useQueries({
		queries: sources.map(({ objectType, id }) => ({
			queryKey: ["timeline", objectType, id, "activities"],
			queryFn: async () =>
				(
					await http.get<Page<TimelineEntry>>(`/desk/v1/objects/${objectType}/${id}/timeline`, {
						query: { types: ACTIVITY_TYPES.join(), limit: 100 },
					})
				).results,
		})),
	});
	const byId = new Map(answers.flatMap((a) => a.data ?? []).map((e) => [e.id, e] as const));
	const words = query.trim().toLowerCase();
	const entries = [...byId.values()]
		.filter((e) => !known.includes(e.id))
		.filter((e) => !words || `${e.label} ${bodyOf(e)}`.toLowerCase().includes(words))
		.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));

	function pick() {
		if (chosen.length === 0) return setProblem(t("records.chooseFirst"));
		void save(async () => {
			await onPick(chosen.flatMap((id) => byId.get(id) ?? []));
			onClose();
		});
	}

	return (
		<SaveDialog title={t("context.addActivities")} onClose={onClose} onSave={pick} {...saving}>
			<Finder
				label={t("activity.search")}
				placeholder={t("activity.search")}
				query={query}
				onQuery={setQuery}
				rows={entries.map((e) => ({
					id: e.id,
					label: e.label || bodyOf(e).slice(0, 120) || t(`activity.${e.objectType as ActivityKind}`),
					note: `${t(`activity.${e.objectType as ActivityKind}`)} · ${listTime(e.at, now, locale)}`,
				}))}
				empty={t("activity.none")}
				chosen={chosen}
				onChoose={({ id }) =>
					setChosen((old) => (old.includes(id) ? old.filter((other) => other !== id) : [...old, id]))
				}
			/>
		</SaveDialog>
	);
}
