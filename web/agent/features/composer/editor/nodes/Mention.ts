/* A colleague in a comment: one piece, which the cursor steps over. What leaves is <span data-user-id="12">@Ada Lovelace</span>; the
 * server reads who is mentioned from there. */
import { mergeAttributes, Node } from "@tiptap/core";

export const Mention = Node.create({
	name: "mention",
	group: "inline",
	inline: true,
	atom: true,
	selectable: false,
	addAttributes() {
		return {
			id: {
				default: "",
				parseHTML: (el) => el.getAttribute("data-user-id"),
				renderHTML: ({ id }) => ({ "data-user-id": id }),
			},
			name: {
				default: "",
				parseHTML: (el) => (el.textContent ?? "").replace(/^@/, ""),
				renderHTML: () => ({}),
			},
		};
	},
	parseHTML() {
		return [{ tag: "span[data-user-id]" }];
	},
	renderHTML({ node, HTMLAttributes }) {
		return ["span", mergeAttributes(HTMLAttributes), `@${node.attrs.name}`];
	},
	renderText({ node }) {
		return `@${node.attrs.name}`;
	},
});
