import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useIntl } from "react-intl";
import { http } from "#shared/api/client";
import type { Page } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Banner, Button, Dialog } from "#ui";
import { Finder } from "#ui/more";
import type { RecordRef, TimelineEntry } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
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
	const errorText = useErrorText();
	const [query, setQuery] = useState("");
	const [chosen, setChosen] = useState<string[]>([]);
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
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

	async function save() {
		if (chosen.length === 0) return setError(t("records.chooseFirst"));
		setBusy(true);
		try {
			await onPick(chosen.flatMap((id) => byId.get(id) ?? []));
			onClose();
		} catch (e) {
			setBusy(false);
			setError(errorText(e));
		}
	}

	return (
		<Dialog
			title={t("context.addActivities")}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			{error && (
				<Banner tone="bad" role="alert">
					{error}
				</Banner>
			)}
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
		</Dialog>
	);
}
