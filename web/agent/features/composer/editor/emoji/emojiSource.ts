import type { SuggestSource } from "../suggest/source";

/* :smile and the like. The list is fetched when the first colon asks for it. */
export function emojiSource(label: string): SuggestSource {
	return {
		trigger: ":",
		label,
		minLetters: 2,
		find: async (query) => {
			const { findEmoji } = await import("./emoji");
			return findEmoji(query, 8).map((e) => ({ id: e.name, label: `:${e.name}:`, sign: e.sign }));
		},
		pick: (editor, range, choice) => {
			editor.chain().focus().insertContentAt(range, `${choice.sign} `).run();
		},
	};
}
