import { useMemo } from "react";
import type { ListFilter, PropertyDef } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import type { Choice } from "#ui";
import { usePropertyDefs } from "../../../data/properties";
import { useOwners, usePipelines } from "../../../data/reference";
import { fullName } from "../../../data/session";
import { useTeams } from "../../../data/teams";
import { useChoices, usePropertyLabel } from "../../properties";

export const OBJECTS = ["tickets", "contacts", "companies"] as const;
export type ObjectName = (typeof OBJECTS)[number];

export const objectOf = (f: ListFilter): ObjectName => (f.objectType ?? "tickets") as ObjectName;

/* Open or closed is no property on the wire, and what most views begin with. */
const state = (label: string): PropertyDef => ({
	name: "ticketState",
	label,
	type: "enumeration",
	fieldType: "radio",
	options: [],
	displayOrder: -1,
});

const isUseful = (d: PropertyDef) =>
	!d.hidden && !/^hs_(read_only|was_imported|merged_object_ids|external_object_ids|unique_creation_key)$/.test(d.name);

/* The properties that filters may ask for, by name, in the order of their labels. */
export function useFields(object: ObjectName): ReadonlyMap<string, PropertyDef> {
	const t = useText();
	const defs = usePropertyDefs(object);
	const labelOf = usePropertyLabel();
	return useMemo(() => {
		const list = [...defs.values()]
			.filter(isUseful)
			.map((d) => ({ ...d, label: labelOf(d) }))
			.sort((a, b) => a.label.localeCompare(b.label));
		const all = object === "tickets" ? [state(t("filter.state")), ...list] : list;
		return new Map(all.map((d) => [d.name, d]));
	}, [defs, object, labelOf, t]);
}

/* What may be chosen as a value: the user himself among the users, stages of all pipelines. */
export function useFilterChoices(def: PropertyDef): readonly Choice[] {
	const t = useText();
	const owners = useOwners();
	const pipelines = usePipelines();
	const isTeam = def.name === "hs_assigned_team_ids" || def.name === "hubspot_team_id";
	const teams = useTeams(isTeam);
	const rest = useChoices(def);
	return useMemo(() => {
		if (def.name === "ticketState")
			return [
				{ id: "OPEN", label: t("filter.state.open") },
				{ id: "CLOSED", label: t("filter.state.closed") },
			];
		if (def.name === "hubspot_owner_id")
			return [{ id: "me", label: t("filter.me") }, ...owners.map((o) => ({ id: o.id, label: fullName(o) }))];
		if (isTeam) return teams.map((team) => ({ id: team.id, label: team.name }));
		if (def.name === "hs_pipeline_stage") {
			const isOne = pipelines.length === 1;
			return pipelines.flatMap((p) =>
				p.stages.map((s) => ({
					id: s.id,
					label: isOne ? s.label : t("filter.stageOf", { stage: s.label, pipeline: p.label }),
				})),
			);
		}
		return rest;
	}, [def, owners, pipelines, teams, isTeam, rest, t]);
}
