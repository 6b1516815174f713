import { findContacts } from "../../data/composerData";
import { writeEntry } from "./addresses";
import type { SuggestSource } from "./editor/suggest/source";

/* @Anna in a reply names a contact, and makes her a recipient. */
export function contactSource(label: string, onPick: (recipient: string) => void): SuggestSource {
	return {
		trigger: "@",
		label,
		minLetters: 2,
		hasBlanks: true,
		find: async (query, signal) =>
			(await findContacts(query, signal)).map((a) => ({
				id: a.address,
				label: a.name ?? a.address,
				detail: a.address,
			})),
		pick: (editor, range, choice) => {
			const mark = { type: "link", attrs: { href: `mailto:${choice.id}` } };
			editor
				.chain()
				.focus()
				.insertContentAt(range, [
					{ type: "text", text: `@${choice.label}`, marks: [mark] },
					{ type: "text", text: " " },
				])
				.unsetMark("link")
				.run();
			onPick(writeEntry({ address: choice.id, name: choice.label === choice.id ? undefined : choice.label }));
		},
	};
}
