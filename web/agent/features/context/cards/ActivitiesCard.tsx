import { Plus } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Skeleton } from "#ui";
import { link, unlink, useLinks, useTimeline } from "../../../data/records";
import { ActivityPicker } from "../../records/ActivityPicker";
import { ActivityRow } from "../../records/ActivityRow";
import { ACTIVITY_TYPES } from "../../records/activityTypes";
import { useUndoable } from "../../records/useUndoable";
import css from "./Card.module.css";
import type { CardProps } from "./types";

/* Notes, calls, tasks and the like that belong to this ticket; those of its contact, company and deals can be added. */
export function ActivitiesCard({ ticketId, detail }: CardProps) {
	const t = useText();
	const [isPicking, setPicking] = useState(false);
	const undoable = useUndoable();
	const timeline = useTimeline("tickets", ticketId, ACTIVITY_TYPES);
	const links = useLinks("tickets", ticketId);
	const ticket = { objectType: "tickets", id: ticketId };
	const rows = timeline.data?.pages.flatMap((p) => p.results);
	const canEdit = detail?.abilities.includes("edit");
	const sources = (links.data ?? [])
		.filter((l) => l.objectType !== "tickets")
		.flatMap((l) => l.results.map(({ id, objectType }) => ({ id, objectType })));
	return (
		<>
			{!rows && <Skeleton width="70%" height={18} />}
			{rows?.length === 0 && <p className={css.none}>{t("context.noActivities")}</p>}
			{rows && rows.length > 0 && (
				<ul className={css.others}>
					{rows.map((a) => (
						<li key={a.id}>
							<ActivityRow
								entry={a}
								onRemove={
									canEdit
										? () =>
												undoable(
													t("records.unlinked", { name: a.label || t(`activity.${a.objectType as "notes"}`) }),
													() => unlink(ticket, a),
													() => link(ticket, a),
												)
										: undefined
								}
							/>
						</li>
					))}
				</ul>
			)}
			{canEdit && sources.length > 0 && (
				<Button look="quiet" size="s" className={css.more} icon={<Plus size={14} />} onPress={() => setPicking(true)}>
					{t("context.addActivities")}
				</Button>
			)}
			{isPicking && (
				<ActivityPicker
					sources={sources}
					known={rows?.map((a) => a.id) ?? []}
					onClose={() => setPicking(false)}
					onPick={async (chosen) => {
						for (const a of chosen) await link(ticket, a);
					}}
				/>
			)}
		</>
	);
}
