import type { Editor } from "@tiptap/core";
import { useEffect } from "react";
import { onMentionAsked } from "./mentionRequests";

/* Types an @ behind what is written, where somebody is to be asked: the list of people opens. */
export function MentionOnAsk({ editor }: { editor: Editor }) {
	useEffect(
		() =>
			onMentionAsked(() => {
				const isStart = editor.isEmpty || /\s$/.test(editor.getText());
				editor
					.chain()
					.focus("end")
					.insertContent(isStart ? "@" : " @")
					.run();
			}),
		[editor],
	);
	return null;
}
