/* The columns of the table: some of every row, and each property of tickets. */
import { useMemo } from "react";
import { useText } from "#shared/i18n/useText";
import { usePropertyDefs } from "../../../data/properties";
import { usePropertyLabel } from "../../properties";

export interface Column {
	id: string;
	label: string;
	width: number;
	/* The orders that a press on the head takes turns with: upwards, downwards. */
	sorts: readonly [string, string];
}

const WIDTHS: Record<string, number> = { subject: 340, contact: 180, hs_pipeline_stage: 150, activity: 130 };
const DEFAULT_WIDTH = 150;
export const MIN_WIDTH = 80;
export const MAX_WIDTH = 800;

/* Values that every row has: nothing more is asked for. */
export const OF_ROW = ["subject", "contact", "activity", "hs_pipeline_stage", "hubspot_owner_id", "hs_ticket_priority"];

export function useColumns(): ReadonlyMap<string, Column> {
	const t = useText();
	const defs = usePropertyDefs("tickets");
	const labelOf = usePropertyLabel();
	return useMemo(() => {
		const own: [string, string, readonly [string, string]][] = [
			["subject", t("column.subject"), ["subject", "-subject"]],
			["contact", t("column.contact"), ["", ""]],
			["hs_pipeline_stage", t("column.status"), ["hs_pipeline_stage", "-hs_pipeline_stage"]],
			["hubspot_owner_id", t("column.owner"), ["hubspot_owner_id", "-hubspot_owner_id"]],
			["hs_ticket_priority", t("column.priority"), ["hs_ticket_priority", "priority"]],
			["activity", t("column.activity"), ["oldest", "newest"]],
			["createdate", t("column.created"), ["createdOldest", "created"]],
		];
		const list: Column[] = own.map(([id, label, sorts]) => ({ id, label, sorts, width: WIDTHS[id] ?? DEFAULT_WIDTH }));
		const known = new Set(list.map((c) => c.id));
		const rest = [...defs.values()]
			.filter((d) => !d.hidden && !known.has(d.name))
			.map((d) => ({ id: d.name, label: labelOf(d), width: DEFAULT_WIDTH, sorts: [d.name, `-${d.name}`] as const }))
			.sort((a, b) => a.label.localeCompare(b.label));
		return new Map([...list, ...rest].map((c) => [c.id, c]));
	}, [t, defs, labelOf]);
}
