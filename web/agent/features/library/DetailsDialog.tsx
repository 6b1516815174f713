import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { draftOfItem, type LibraryItem, library } from "../../data/library";
import { ItemDialog } from "./ItemDialog";
import { NameField, ShareFields } from "./ItemFields";
import type { Shelf } from "./ItemPage";
import { useItemForm } from "./useItemForm";

/* What is said of a file: its name, its folder, and who of the desk sees it. The file itself stays. */
export function DetailsDialog({ shelf, item, onClose }: { shelf: Shelf; item: LibraryItem; onClose: () => void }) {
	const t = useText();
	const form = useItemForm(draftOfItem(item));
	const { draft, change, errors } = form;
	async function save() {
		if (!(await form.save((made) => library.change(shelf.path, item.id, made)))) return;
		toast("good", t("library.saved", { name: draft.name.trim() }));
		onClose();
	}
	return (
		<ItemDialog
			title={t(shelf.edit)}
			error={errors.form}
			isBusy={form.isBusy}
			isChanged={form.isChanged}
			onSave={() => void save()}
			onClose={onClose}
		>
			<NameField draft={draft} onChange={change} errors={errors} />
			<ShareFields kind={item.kind} draft={draft} onChange={change} errors={errors} item={item} />
		</ItemDialog>
	);
}
