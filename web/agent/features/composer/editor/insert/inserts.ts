/* What the Insert menu and "/" put into a text: seven kinds. Five of them become a card, snippets and templates come as text, their
 * tokens filled for the ticket. */
import type { Editor } from "@tiptap/core";
import { BookOpen, Calendar, FileText, LayoutTemplate, MessageSquareText, Receipt, Video } from "lucide-react";
import type { MessageId } from "#shared/i18n/catalogue";
import type { CardKind } from "../nodes/cardKinds";

export type InsertId = "article" | "snippet" | "video" | "meeting" | "document" | "quote" | "template";

export interface InsertContext {
	editor: Editor;
	/* Opens the form that makes a card of an address, or the list of templates. */
	askCard: (kind: CardKind | "template", editor: Editor) => void;
}

export interface Insert {
	id: InsertId;
	icon: typeof BookOpen;
	label: MessageId;
	run: (context: InsertContext) => void;
}

const card = (id: InsertId & CardKind, icon: typeof BookOpen, label: MessageId): Insert => ({
	id,
	icon,
	label,
	run: ({ editor, askCard }) => askCard(id, editor),
});
/* The sign opens the list of snippets, as if it were typed. */
export function askForSnippet(editor: Editor) {
	const { $from } = editor.state.selection;
	const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\uFFFC");
	editor.view.focus();
	editor.commands.insertContent(/\S$/.test(before) ? " #" : "#");
}
const snippet: Insert = {
	id: "snippet",
	icon: MessageSquareText,
	label: "insert.snippet",
	run: ({ editor }) => afterMenu(() => !editor.isDestroyed && askForSnippet(editor)),
};

/* A menu gives the focus back some frames after it has closed; a list in the text closes when the text loses it. */
function afterMenu(run: () => unknown, framesLeft = 30) {
	const { activeElement } = document;
	const isBack = activeElement !== document.body && !activeElement?.closest("[role=menu]");
	if (isBack || framesLeft === 0) return run();
	requestAnimationFrame(() => afterMenu(run, framesLeft - 1));
}

const template: Insert = {
	id: "template",
	icon: LayoutTemplate,
	label: "insert.template",
	run: ({ editor, askCard }) => askCard("template", editor),
};

export const INSERTS: readonly Insert[] = [
	card("article", BookOpen, "insert.article"),
	snippet,
	card("video", Video, "insert.video"),
	card("meeting", Calendar, "insert.meeting"),
	card("document", FileText, "insert.document"),
	card("quote", Receipt, "insert.quote"),
	template,
];

/* A comment takes everything but templates: these are letters to customers. */
export type InsertPlace = "reply" | "comment";
export const availableInserts = (place: InsertPlace) =>
	INSERTS.filter((i) => !(place === "comment" && i.id === "template"));
