import type { Translate } from "#shared/i18n/useText";
import type { SuggestSource } from "../suggest/source";
import { availableInserts, type InsertContext, type InsertPlace, textSource } from "./inserts";

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

/* "#thanks" puts the snippet of that name in its place. Without a source of snippets it is only a word. */
export function snippetSource(t: Translate, ticketId: () => string): SuggestSource {
	return {
		trigger: "#",
		label: t("insert.snippet"),
		find: (query, signal) => textSource("snippet")?.find(query, signal) ?? [],
		pick: (editor, range, choice) => {
			editor.chain().focus().deleteRange(range).run();
			void textSource("snippet")
				?.load(choice.id, ticketId())
				.then((html) => !editor.isDestroyed && editor.chain().focus().insertContent(html).run());
		},
	};
}
