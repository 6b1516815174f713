/* What is put in as a whole is taken back as a whole: it does not join what was typed within the last half second. */
import { Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";

declare module "@tiptap/core" {
	interface Commands<ReturnType> {
		undoStep: {
			/* The next change is a step of its own for undo. */
			beginUndoStep: () => ReturnType;
		};
	}
}

export const UndoStep = Extension.create({
	name: "undoStep",
	addCommands() {
		return {
			beginUndoStep:
				() =>
				({ tr }) => {
					closeHistory(tr);
					return true;
				},
		};
	},
});
