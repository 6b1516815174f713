import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { type LibraryItem, library } from "../../data/library";
import { useErrorText } from "../../shell/useErrorText";
import { offerUndo } from "../manage";

/* Into the archive, with a way back; and out of it. */
export function useArchive() {
	const t = useText();
	const errorText = useErrorText();
	async function restore({ id, name }: LibraryItem) {
		try {
			await library.restore(id);
			toast("good", t("library.restored", { name }));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	async function archive(item: LibraryItem) {
		try {
			await library.archive(item.id);
			offerUndo(t("library.archived", { name: item.name }), {
				label: t("common.undo"),
				run: () => void restore(item),
			});
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	return { archive, restore };
}
