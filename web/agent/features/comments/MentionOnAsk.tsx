import type { Editor } from "@tiptap/core";
import { useEffect } from "react";
import { onMentionAsked } from "./mentionRequests";

/* The list of people opens only where the focus is: it has to be there before the @ is. */
function typeAt(editor: Editor) {
	if (editor.isDestroyed) return;
	const isStart = editor.isEmpty || /\s$/.test(editor.getText());
	editor.view.focus();
	editor
		.chain()
		.focus("end")
		.insertContent(isStart ? "@" : " @")
		.run();
}

/* Types an @ behind what is written, where somebody is to be asked: the list of people opens. */
export function MentionOnAsk({ editor }: { editor: Editor }) {
	/* In the next frame: the editor may just be opening. */
	useEffect(() => onMentionAsked(() => void requestAnimationFrame(() => typeAt(editor))), [editor]);
	return null;
}
