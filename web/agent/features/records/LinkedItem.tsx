import { useIntl } from "react-intl";
import type { ViewId } from "#shared/api/types";
import { Avatar } from "#ui";
import type { LinkedRecord } from "../../data/records";
import { usePipelinesOf } from "../../data/reference";
import { RecordLink } from "./RecordLink";
import css from "./Records.module.css";
import { TicketLinkRow } from "./TicketLinkRow";

/* A linked record: its name, what tells it apart, and what the link is called. */
export function LinkedItem({ record: r, view }: { record: LinkedRecord; view?: ViewId }) {
	const isDeal = r.objectType === "deals";
	const intl = useIntl();
	const stages = usePipelinesOf("deals", isDeal).flatMap((p) => p.stages);
	if (r.objectType === "tickets") return <TicketLinkRow record={r} view={view} />;
	const p = r.properties;
	const amount = p.amount && intl.formatNumber(p.amount as unknown as number);
	const stage = stages.find((s) => s.id === r.stageId)?.label;
	const notes: Record<string, (string | undefined)[]> = {
		contacts: [r.email ?? p.phone],
		companies: [p.domain, p.phone],
		deals: [amount, stage],
	};
	return (
		<div className={css.item}>
			{r.objectType !== "deals" && <Avatar name={r.label || r.email || ""} size={28} />}
			<div className={css.itemText}>
				<RecordLink objectType={r.objectType} id={r.id} className={css.itemName}>
					{r.label || r.email || `#${r.id}`}
				</RecordLink>
				{(notes[r.objectType] ?? [])
					.filter((note) => note && note !== r.label)
					.map((note) => (
						<span key={note} className={css.itemNote} dir="auto">
							{note}
						</span>
					))}
				{r.labels && r.labels.length > 0 && (
					<span className={css.labels}>
						{r.labels.map((l) => (
							<span key={l.typeId} className={css.label}>
								{l.label}
							</span>
						))}
					</span>
				)}
			</div>
		</div>
	);
}
