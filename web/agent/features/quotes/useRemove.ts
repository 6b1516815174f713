import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { removeObject, restoreObject } from "../../data/quotes";
import { useErrorText } from "../../shell/useErrorText";

/* Into the recycle bin, with a way back. */
export function useRemove(type: "quotes" | "products", onGone?: () => void) {
	const t = useText();
	const errorText = useErrorText();
	return async (id: string, name: string) => {
		try {
			await removeObject(type, id);
			onGone?.();
			toast("good", t("quotes.removed", { name }), {
				label: t("common.undo"),
				run: () => void restoreObject(type, id).catch((e) => toast("bad", errorText(e))),
			});
		} catch (e) {
			toast("bad", errorText(e));
		}
	};
}
