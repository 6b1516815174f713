/* While a text is on its way it stays as it is, with the cursor where it was: a key that is pressed then changes nothing. Another text
 * may be put in its place from outside. */
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

export const Lock = Extension.create<{ isLocked: () => boolean }>({
	name: "lock",
	addOptions: () => ({ isLocked: () => false }),
	addProseMirrorPlugins() {
		const { isLocked } = this.options;
		return [
			new Plugin({
				filterTransaction: (tr) => !tr.docChanged || tr.getMeta("preventUpdate") === true || !isLocked(),
			}),
		];
	},
});
