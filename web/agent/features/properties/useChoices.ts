import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { Choice } from "#ui";
import type { PropertyDef } from "../../data/properties";
import { useOwners, usePipelinesOf } from "../../data/reference";
import { fullName } from "../../data/session";
import { useTeams } from "../../data/teams";
import { builtInOption } from "./builtInText";
import { kindOf } from "./kinds";

interface Context {
	/* The pipeline whose stages are asked for. */
	pipelineId?: string;
	/* Whose pipelines; tickets where nothing is said. */
	objectType?: string;
}

/* What may be chosen for a property. */
export function useChoices(def: PropertyDef, { pipelineId, objectType = "tickets" }: Context = {}): Choice[] {
	const intl = useIntl();
	const kind = kindOf(def);
	const owners = useOwners();
	const teams = useTeams(kind === "team");
	const pipelines = usePipelinesOf(objectType, kind === "pipeline" || kind === "stage");
	return useMemo(() => {
		if (kind === "user") return owners.map((o) => ({ id: o.id, label: fullName(o) }));
		if (kind === "team") return teams.map((team) => ({ id: team.id, label: team.name }));
		if (kind === "pipeline") return pipelines.map((p) => ({ id: p.id, label: p.label }));
		if (kind === "stage") {
			const of = pipelines.find((p) => p.id === pipelineId) ?? pipelines[0];
			return (of?.stages ?? []).map((s) => ({ id: s.id, label: s.label }));
		}
		return def.options
			.filter((o) => !o.hidden)
			.map((o) => ({
				id: o.value,
				label: (def.hubspotDefined && builtInOption(intl, def.name, o.value)) || o.label,
			}));
	}, [kind, owners, teams, pipelines, pipelineId, def, intl]);
}
