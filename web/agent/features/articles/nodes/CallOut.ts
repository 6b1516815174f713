/* A paragraph or more that calls attention: a note, or a warning. */
import { Node } from "@tiptap/core";

export type CallOutKind = "note" | "warning";

declare module "@tiptap/core" {
	interface Commands<ReturnType> {
		callOut: {
			toggleCallOut: (kind: CallOutKind) => ReturnType;
		};
	}
}

export const CallOut = Node.create({
	name: "callOut",
	group: "block",
	content: "block+",
	defining: true,
	addAttributes() {
		return { kind: { default: "note" } };
	},
	parseHTML() {
		return [
			{
				tag: "aside",
				getAttrs: (el) => ({ kind: el.getAttribute("data-call-out") === "warning" ? "warning" : "note" }),
			},
		];
	},
	renderHTML: ({ node }) => ["aside", { "data-call-out": node.attrs.kind }, 0],
	addCommands() {
		return {
			toggleCallOut:
				(kind) =>
				({ editor, commands }) => {
					if (editor.isActive(this.name, { kind })) return commands.lift(this.name);
					if (editor.isActive(this.name)) return commands.updateAttributes(this.name, { kind });
					return commands.wrapIn(this.name, { kind });
				},
		};
	},
});
