import type { Translate } from "#shared/i18n/useText";
import { findSnippets } from "../../../../data/libraryTexts";
import { insertFilled } from "../nodes/filled";
import type { SuggestSource } from "../suggest/source";
import { availableInserts, type InsertContext, type InsertPlace } from "./inserts";

/* "/" at the start of a line offers what the Insert menu has. */
export function slashSource(t: Translate, place: InsertPlace, askCard: InsertContext["askCard"]): SuggestSource {
	return {
		trigger: "/",
		label: t("insert.menu"),
		isAtLineStart: true,
		find: (query) =>
			availableInserts(place)
				.map((i) => ({ id: i.id, label: t(i.label) }))
				.filter((i) => i.label.toLowerCase().includes(query.toLowerCase())),
		pick: (editor, range, choice) => {
			editor.chain().focus().deleteRange(range).run();
			availableInserts(place)
				.find((i) => i.id === choice.id)
				?.run({ editor, askCard });
		},
	};
}

/* "#thanks" puts the snippet of that name in its place, as load gives its HTML; where that fails what was typed comes back. */
export function snippetSource(
	t: Translate,
	load: (id: string) => Promise<string>,
	onFail: (e: unknown) => void,
): SuggestSource {
	return {
		trigger: "#",
		label: t("insert.snippet"),
		find: async (query, signal) =>
			(await findSnippets(query, signal)).map((s) => ({
				id: s.id,
				label: s.name,
				detail: s.shortcut ? `#${s.shortcut}` : undefined,
			})),
		pick: (editor, range, choice) => {
			const typed = editor.state.doc.textBetween(range.from, range.to);
			editor.chain().focus().deleteRange(range).run();
			load(choice.id).then(
				(html) => !editor.isDestroyed && insertFilled(editor, html),
				(e) => {
					if (!editor.isDestroyed) editor.chain().focus().insertContent(typed).run();
					onFail(e);
				},
			);
		},
	};
}
