import { useCallback } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { useErrorText } from "../../shell/useErrorText";
import { offerUndo } from "../manage/undo";

/* Does something that can be taken back for a while; says so, and says when it failed. */
export function useUndoable() {
	const t = useText();
	const errorText = useErrorText();
	return useCallback(
		async (text: string, run: () => Promise<unknown>, back: () => Promise<unknown>) => {
			const failed = (e: unknown) => toast("bad", errorText(e));
			try {
				await run();
				offerUndo(text, { label: t("common.undo"), run: () => void back().catch(failed) });
			} catch (e) {
				failed(e);
			}
		},
		[t, errorText],
	);
}
