import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Owner } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, Checkbox, Select } from "#ui";
import { useOwners, usePipelines } from "../../data/reference";
import { fullName } from "../../data/session";
import { ContactFilter } from "./ContactFilter";
import css from "./Search.module.css";
import { hasFilters, type SearchParams } from "./searchParams";

interface Props {
	params: SearchParams;
	onChange: (change: Partial<SearchParams>) => void;
}

const ANY = "any";

export function SearchFilters({ params, onChange }: Props) {
	const t = useText();
	const owners = useOwners();
	const gone = useGoneOwners();
	const channels = useChannels();
	const pipelines = usePipelines();
	const any = { id: ANY, label: t("search.any") };
	const chosen = (id: string) => (id === ANY ? undefined : id);
	const stages = pipelines.flatMap((p) =>
		[...p.stages]
			.sort((a, b) => a.displayOrder - b.displayOrder)
			.map((s) => ({
				id: `${p.id}/${s.id}`,
				label: pipelines.length > 1 ? t("search.stageOf", { stage: s.label, pipeline: p.label }) : s.label,
			})),
	);
	return (
		<div className={css.filters} role="group" aria-label={t("search.filters")}>
			<Select
				isCompact
				label={t("search.status")}
				choices={[any, { id: "open", label: t("search.open") }, { id: "closed", label: t("search.closed") }, ...stages]}
				value={params.stage ? `${params.pipeline}/${params.stage}` : (params.status ?? ANY)}
				onChange={(id) => {
					const [pipeline, stage] = id.split("/");
					if (stage) onChange({ status: undefined, pipeline, stage });
					else onChange({ status: chosen(id) as SearchParams["status"], pipeline: undefined, stage: undefined });
				}}
			/>
			<Select
				isCompact
				label={t("search.owner")}
				choices={[
					any,
					{ id: "me", label: t("search.me") },
					{ id: "none", label: t("list.unowned") },
					...owners.map((o) => ({ id: o.id, label: fullName(o) })),
					...gone.map((o) => ({ id: o.id, label: t("search.goneOwner", { name: fullName(o) }) })),
				]}
				value={params.owner ?? ANY}
				onChange={(id) => onChange({ owner: chosen(id) })}
			/>
			<Select
				isCompact
				label={t("search.channel")}
				choices={[any, ...channels]}
				value={params.channel ?? ANY}
				onChange={(id) => onChange({ channel: chosen(id) })}
			/>
			<ContactFilter value={params.contact} onChange={(contact) => onChange({ contact })} />
			<DayField label={t("search.fromDay")} value={params.from} onChange={(from) => onChange({ from })} />
			<DayField label={t("search.toDay")} value={params.to} onChange={(to) => onChange({ to })} />
			<Checkbox isSelected={!!params.spam} onChange={(isOn) => onChange({ spam: isOn || undefined })}>
				{t("search.spam")}
			</Checkbox>
			{hasFilters(params) && (
				<Button
					look="quiet"
					size="s"
					onPress={() =>
						onChange({
							status: undefined,
							owner: undefined,
							channel: undefined,
							contact: undefined,
							spam: undefined,
							pipeline: undefined,
							stage: undefined,
							from: undefined,
							to: undefined,
						})
					}
				>
					{t("search.clearFilters")}
				</Button>
			)}
			<Select
				isCompact
				className={css.sort}
				label={t("list.sort")}
				choices={[
					{ id: "relevance", label: t("search.sort.relevance") },
					{ id: "newest", label: t("search.sort.newest") },
				]}
				value={params.sort ?? "relevance"}
				onChange={(id) => onChange({ sort: id === "newest" ? id : undefined })}
			/>
		</div>
	);
}

function DayField(p: { label: string; value: string | undefined; onChange: (day: string | undefined) => void }) {
	return (
		<label className={css.day}>
			<span>{p.label}</span>
			<input type="date" value={p.value ?? ""} onChange={(e) => p.onChange(e.target.value || undefined)} />
		</label>
	);
}

/* Tickets of people who left are still theirs. */
function useGoneOwners(): Owner[] {
	const { data } = useQuery({
		queryKey: ["owners", "archived"],
		queryFn: async () =>
			(await http.get<{ results: Owner[] }>("/crm/v3/owners", { query: { archived: "true", limit: 100 } })).results,
		staleTime: 300_000,
	});
	return data ?? [];
}

function useChannels() {
	const { data } = useQuery({
		queryKey: ["channels"],
		queryFn: async () =>
			(await http.get<{ results: { id: string; name: string }[] }>("/conversations/v3/conversations/channels")).results,
		staleTime: 300_000,
	});
	return (data ?? []).map((c) => ({ id: c.id, label: c.name }));
}
