import { useText } from "#shared/i18n/useText";
import { TextField, toast } from "#ui";
import { draftOfItem, library } from "../../data/library";
import { SNIPPETS, type Snippet } from "../../data/libraryTexts";
import { ItemDialog, LoadedItem, NameField, RichField, ShareFields, useItemForm } from "../library";

export function SnippetDialog({ id, onClose }: { id: string | "new"; onClose: () => void }) {
	return (
		<LoadedItem<Snippet> path={SNIPPETS} id={id} onClose={onClose}>
			{(snippet) => <Form snippet={snippet} onClose={onClose} />}
		</LoadedItem>
	);
}

function Form({ snippet, onClose }: { snippet: Snippet | undefined; onClose: () => void }) {
	const t = useText();
	const form = useItemForm({
		...draftOfItem(snippet),
		shortcut: snippet?.shortcut ?? "",
		html: snippet?.html ?? "",
	});
	const { draft, change, errors } = form;
	async function save() {
		const isSaved = await form.save((d) =>
			snippet ? library.change<Snippet>(SNIPPETS, snippet.id, d) : library.create<Snippet>(SNIPPETS, d),
		);
		if (!isSaved) return;
		toast("good", t("library.saved", { name: draft.name.trim() }));
		onClose();
	}
	return (
		<ItemDialog
			title={t(snippet ? "snippets.edit" : "snippets.new")}
			error={errors.form}
			isBusy={form.isBusy}
			isChanged={form.isChanged}
			isReadOnly={snippet && !snippet.mayEdit}
			onSave={() => void save()}
			onClose={onClose}
		>
			<NameField draft={draft} onChange={change} errors={errors} />
			<TextField
				label={t("snippets.shortcut")}
				note={t("common.optional")}
				hint={t("snippets.shortcutHint")}
				value={draft.shortcut}
				onChange={(shortcut) => change({ shortcut })}
				error={errors.shortcut}
				maxLength={31}
				autoComplete="off"
				spellCheck="false"
			/>
			<RichField
				id={snippet?.id ?? "new"}
				label={t("snippets.text")}
				placeholder={t("snippets.placeholder")}
				html={draft.html}
				error={errors.html}
				onChange={(html) => change({ html })}
			/>
			<ShareFields kind="snippet" draft={draft} onChange={change} errors={errors} item={snippet} />
		</ItemDialog>
	);
}
