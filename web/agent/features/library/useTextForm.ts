import { http } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { type LibraryDraft, type LibraryItem, library } from "../../data/library";
import { useErrorText } from "../../shell/useErrorText";
import { useItemForm } from "./useItemForm";

interface Options<T, D> {
	/* Of the list: /desk/v1/snippets. */
	path: string;
	/* undefined: a new one. */
	item: T | undefined;
	draftOf: (item: T | undefined) => D;
	onClose: () => void;
}

/* The form of a snippet or template: what is typed is kept until it is saved, and is never written over what somebody else wrote
 * meanwhile without being asked for. dialog is for ItemDialog. */
export function useTextForm<T extends LibraryItem, D extends LibraryDraft>({
	path,
	item,
	draftOf,
	onClose,
}: Options<T, D>) {
	const t = useText();
	const errorText = useErrorText();
	const first = (of: T | undefined) => ({ ...draftOf(of), updatedAt: of?.updatedAt });
	const form = useItemForm(first(item), `${path}/${item?.id ?? "new"}`);
	function close() {
		form.forget();
		onClose();
	}
	async function save(part = {}) {
		const isSaved = await form.save(
			(d) => (item ? library.change<T>(path, item.id, d) : library.create<T>(path, d)),
			part,
		);
		if (!isSaved) return;
		toast("good", t("library.saved", { name: form.draft.name.trim() }));
		close();
	}
	async function takeTheirs() {
		try {
			form.begin(first(await http.get<T>(`${path}/${item?.id}`)));
		} catch (e) {
			form.setErrors({ form: errorText(e) });
		}
	}
	return {
		...form,
		/* For the editor: another one means another text. */
		docId: `${item?.id ?? "new"}.${form.round}`,
		dialog: {
			error: form.errors.form,
			isBusy: form.isBusy,
			isChanged: form.isChanged,
			isReadOnly: item && !item.mayEdit,
			onSave: () => void save(),
			onClose: close,
			onStartOver: form.isRestored ? () => form.begin(first(item)) : undefined,
			stale: form.isStale
				? { takeTheirs: () => void takeTheirs(), saveMine: () => void save({ updatedAt: undefined }) }
				: undefined,
		},
	};
}
