import { useNavigate } from "@tanstack/react-router";
import { create } from "zustand";
import type { ViewCount, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { createView, draftOf, removeView, restoreView } from "../../data/views";
import { useErrorText } from "../../shell/useErrorText";
import { offerUndo } from "../manage";

/* The view that the builder is open for; "new": one that is not yet there. */
export const useBuilder = create<{ open?: ViewId | "new" }>(() => ({}));
export const openBuilder = (open: ViewId | "new" | undefined) => useBuilder.setState({ open });

export function useViewActions() {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const go = (view: ViewId) => navigate({ to: "/tickets/$view", params: { view } });
	const attempt = async (run: () => Promise<void>) => {
		try {
			await run();
		} catch (e) {
			toast("bad", errorText(e));
		}
	};
	return {
		duplicate: (view: ViewCount) =>
			attempt(async () => {
				const name = t("view.copyName", { name: view.name ?? "" });
				const made = await createView({ ...draftOf(view), name: name.slice(0, 100), audience: "PRIVATE", teamIds: [] });
				toast("good", t("view.done.copied", { name: made.name ?? "" }));
				await go(made.id);
			}),
		remove: (view: ViewCount, isOpen: boolean) =>
			attempt(async () => {
				/* Away from it first: nobody asks for its tickets any more. */
				if (isOpen) await go("open");
				await removeView(view.id);
				offerUndo(t("view.done.removed", { name: view.name ?? "" }), {
					label: t("manage.undo"),
					run: () =>
						void attempt(async () => {
							await restoreView(view.id);
							if (isOpen) await go(view.id);
						}),
				});
			}),
	};
}
