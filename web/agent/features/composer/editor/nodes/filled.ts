/* Texts whose tokens were filled before they come into the editor. Apart from the node itself: who inserts does not need its code. */
import type { Editor } from "@tiptap/core";

/* On a transaction: what looks like a token in it is a value. */
export const FILLED = "tokensFilled";

export const insertFilled = (editor: Editor, html: string) =>
	editor.chain().focus().beginUndoStep().insertContent(html).setMeta(FILLED, true).scrollIntoView().run();
