import { useText } from "#shared/i18n/useText";
import { TextField } from "#ui";
import { draftOfItem } from "../../data/library";
import { SNIPPETS, type Snippet } from "../../data/libraryTexts";
import { ItemDialog, LoadedItem, NameField, ShareFields, TokenField, useTextForm } from "../library";

export function SnippetDialog({ id, onClose }: { id: string | "new"; onClose: () => void }) {
	return (
		<LoadedItem<Snippet> path={SNIPPETS} id={id} onClose={onClose}>
			{(snippet) => <Form snippet={snippet} onClose={onClose} />}
		</LoadedItem>
	);
}

function Form({ snippet, onClose }: { snippet: Snippet | undefined; onClose: () => void }) {
	const t = useText();
	const { draft, change, errors, docId, dialog } = useTextForm({
		path: SNIPPETS,
		item: snippet,
		draftOf: (s) => ({ ...draftOfItem(s), shortcut: s?.shortcut ?? "", html: s?.html ?? "" }),
		onClose,
	});
	return (
		<ItemDialog title={t(snippet ? "snippets.edit" : "snippets.new")} {...dialog}>
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
			<TokenField
				id={docId}
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
