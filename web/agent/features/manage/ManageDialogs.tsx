import { RemindAtDialog, RemindPicker } from "../reminders";
import { AccessDialogs } from "../share/AccessDialogs";
import { BulkBar } from "./BulkBar";
import css from "./BulkBar.module.css";
import { BulkRuns } from "./bulk/BulkRuns";
import { HistoryDialog } from "./HistoryDialog";
import { MergeDialog } from "./MergeDialog";
import { MoveDialog } from "./MoveDialog";
import { useManageUi } from "./manageUi";
import { AssignPicker, PriorityPicker, SnoozeAtDialog, SnoozePicker, StatusPicker } from "./Pickers";
import { RequiredPropertiesDialog } from "./RequiredPropertiesDialog";
import { SplitDialog } from "./SplitDialog";
import { useTargets } from "./targets";
import { type Deeds, useDeeds } from "./useDeeds";
import { useManageCommands } from "./useManageCommands";

/* Everything that asks before it does something to tickets, the bar of the selection, and their keys; loaded after the first screen. */
export function ManageDialogs() {
	const { openId } = useTargets();
	const deeds = useDeeds(openId);
	useManageCommands(deeds);
	return (
		<>
			<div className={css.dock}>
				<BulkRuns />
				<BulkBar deeds={deeds} />
			</div>
			<Question deeds={deeds} />
			<RequiredPropertiesDialog />
			<AccessDialogs />
		</>
	);
}

function Question({ deeds }: { deeds: Deeds }) {
	const { dialog, ids } = useManageUi();
	const id = ids[0];
	if (!dialog || !id) return null;
	const p = { ids, deeds };
	switch (dialog) {
		case "assign":
			return <AssignPicker {...p} />;
		case "status":
			return <StatusPicker {...p} />;
		case "priority":
			return <PriorityPicker {...p} />;
		case "snooze":
			return <SnoozePicker {...p} />;
		case "snoozeAt":
			return <SnoozeAtDialog {...p} />;
		case "remind":
			return <RemindPicker ticketId={id} />;
		case "remindAt":
			return <RemindAtDialog ticketId={id} />;
		case "merge":
			return <MergeDialog {...p} />;
		case "split":
			return <SplitDialog id={id} />;
		case "move":
			return <MoveDialog {...p} />;
		case "history":
			return <HistoryDialog id={id} />;
	}
}
