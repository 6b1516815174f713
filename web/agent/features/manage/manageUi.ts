/* Which question about tickets is open, and about which. The dialogs stand once, in the shell. */
import { create } from "zustand";
import type { Chosen } from "./selection";

export type ManageDialog =
	| "assign"
	| "status"
	| "priority"
	| "snooze"
	| "snoozeAt"
	| "remind"
	| "remindAt"
	| "merge"
	| "split"
	| "move"
	| "history";

interface ManageUi {
	dialog?: ManageDialog;
	ids: Chosen;
}
export const useManageUi = create<ManageUi>(() => ({ ids: [] }));
export const openManage = (dialog: ManageDialog, ids: Chosen) => useManageUi.setState({ dialog, ids });
export const closeManage = () => useManageUi.setState({ dialog: undefined });
