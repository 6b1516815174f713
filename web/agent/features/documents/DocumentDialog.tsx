import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { DOCUMENTS, type LibraryDocument } from "../../data/documents";
import { draftOfItem, library } from "../../data/library";
import { ItemDialog, NameField, ShareFields, useItemForm } from "../library";

/* Its name, folder, and who of the desk sees it. */
export function DocumentDialog({ document: d, onClose }: { document: LibraryDocument; onClose: () => void }) {
	const t = useText();
	const form = useItemForm(draftOfItem(d));
	const { draft, change, errors } = form;
	async function save() {
		if (!(await form.save((made) => library.change<LibraryDocument>(DOCUMENTS, d.id, made)))) return;
		toast("good", t("library.saved", { name: draft.name.trim() }));
		onClose();
	}
	return (
		<ItemDialog
			title={t("documents.edit")}
			error={errors.form}
			isBusy={form.isBusy}
			isChanged={form.isChanged}
			onSave={() => void save()}
			onClose={onClose}
		>
			<NameField draft={draft} onChange={change} errors={errors} />
			<ShareFields kind="document" draft={draft} onChange={change} errors={errors} item={d} />
		</ItemDialog>
	);
}
