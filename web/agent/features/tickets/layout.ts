/* How a view's list looks: kept by the server for each view, so that it is the same on every device; density is the device's own. */
import type { ViewId } from "#shared/api/types";
import { setPreference, usePreference, type ViewLayout } from "../../data/preferences";
import { useViewCount } from "../../data/ticketStore";

export const LAYOUTS = ["split", "table", "board"] as const;
export type Layout = (typeof LAYOUTS)[number];

export const DEFAULT_COLUMNS = [
	"subject",
	"contact",
	"hs_pipeline_stage",
	"hubspot_owner_id",
	"hs_ticket_priority",
	"activity",
];

/* Layouts of views that were removed are forgotten with time: the newest are kept. */
const MOST_VIEWS = 60;

const NONE: readonly string[] = [];

export function useViewLayout(view: ViewId) {
	const all = usePreference("viewLayouts");
	const given = useViewCount(view);
	const mine: ViewLayout = all[view] ?? {};
	const columns = given?.columns?.length ? given.columns : NONE;
	return {
		layout: mine.layout ?? "split",
		sort: mine.sort ?? given?.sort ?? "newest",
		columns:
			mine.columns ?? (columns.length ? ["subject", ...columns.filter((c) => c !== "subject")] : DEFAULT_COLUMNS),
		widths: mine.widths ?? {},
		pipeline: mine.pipeline,
		set(change: ViewLayout) {
			const kept = Object.entries(all).filter(([id]) => id !== view);
			const next = Object.fromEntries([...kept.slice(-MOST_VIEWS), [view, { ...mine, ...change }]]);
			void setPreference("viewLayouts", next).catch(() => {});
		},
	};
}
