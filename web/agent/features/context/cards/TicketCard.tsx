import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Skeleton } from "#ui";
import { type PropertyDef, usePropertyDefs, usePropertyRules } from "../../../data/properties";
import { kindOf, PropertyRow } from "../../properties";
import { useSaveProperty } from "../useSaveProperty";
import css from "./Card.module.css";
import type { CardProps } from "./types";

/* What agents need every day; the rest is one press away. */
const FIRST = [
	"hs_pipeline_stage",
	"hubspot_owner_id",
	"hs_ticket_priority",
	"hs_ticket_category",
	"hs_pipeline",
	"source_type",
	"createdate",
	"hs_lastactivitydate",
	"hs_object_id",
];
const SKELETONS = FIRST.map((_, i) => `s${i}`);
/* Status and owner are set in the header, the pipeline by an action of its own. */
const ONLY_SHOWN = [
	"hs_pipeline_stage",
	"hubspot_owner_id",
	"hs_pipeline",
	"source_type",
	"createdate",
	"hs_object_id",
];
/* What programs keep for themselves. */
const TECHNICAL =
	/^(subject|hs_file_upload|source_ref|source_thread_id|created_by|closed_date|hs_assigned_team_ids|hs_external_object_ids|hs_unique_creation_key|hs_was_imported|hs_read_only|hs_pinned_engagement_id|hs_inbox_id|hs_tag_ids|hs_object_source.*|hs_.*_user_id|hs_merged_object_ids|hs_.*_id)$/;

/* What the ticket is: every property that people set, edited in place. */
export function TicketCard({ ticketId, row, detail }: CardProps) {
	const t = useText();
	const [isAll, setAll] = useState(false);
	const defs = usePropertyDefs("tickets");
	const rules = usePropertyRules("tickets");
	const save = useSaveProperty(ticketId, row);
	if (!detail || defs.size === 0) return SKELETONS.map((key) => <Skeleton key={key} width="80%" height={20} />);

	const { properties } = detail;
	const current = (name: string) => (name === "hs_pipeline_stage" ? (row?.stageId ?? "") : (properties[name] ?? ""));
	const stage = detail.stages.find((s) => s.id === row?.stageId);
	const required = new Set(stage?.requiredProperties);
	const shown = new Set([...FIRST, ...required]);
	for (const rule of rules) {
		if (
			!current(rule.property)
				.split(";")
				.some((v) => v && rule.values.includes(v))
		)
			continue;
		for (const name of rule.requiredProperties) required.add(name);
		for (const name of [...rule.shownProperties, ...rule.requiredProperties]) shown.add(name);
	}
	const isUseful = (def: PropertyDef) =>
		!def.hidden &&
		!(def.hubspotDefined && TECHNICAL.test(def.name)) &&
		(kindOf(def) !== "readonly" || !!properties[def.name]);
	const first = [...shown].flatMap((name) => defs.get(name) ?? []);
	const others = [...defs.values()].filter((def) => !shown.has(def.name) && isUseful(def));
	/* What people set themselves comes before what the desk counts. */
	const rest = [...others.filter((d) => kindOf(d) !== "readonly"), ...others.filter((d) => kindOf(d) === "readonly")];
	const canEdit = detail.abilities.includes("edit");

	return (
		<>
			<div className={css.rows}>
				{[...first, ...(isAll ? rest : [])].map((def) => (
					<PropertyRow
						key={def.name}
						def={def}
						value={current(def.name)}
						isRequired={required.has(def.name)}
						pipelineId={row?.pipelineId}
						onSave={canEdit && !ONLY_SHOWN.includes(def.name) ? (value) => save(def.name, value) : undefined}
					/>
				))}
			</div>
			{rest.length > 0 && (
				<Button look="quiet" size="s" className={css.more} aria-expanded={isAll} onPress={() => setAll(!isAll)}>
					{isAll ? t("context.fewer") : t("context.allProperties", { count: rest.length })}
				</Button>
			)}
		</>
	);
}
