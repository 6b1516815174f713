/* A value that was put in for a token, or the mark that it is missing. Tokens that are typed, pasted or inserted are filled as they come.
 * What leaves is plain text: the value, or [[MISSING …]], which nobody may send. */
import { type Editor, Node } from "@tiptap/core";
import type { FilledToken } from "#shared/api/types";
import { FILLED } from "./filled";
import { type FillToken, missingIn, missingMark, TOKEN } from "./tokens";

export interface TokenStorage {
	fill?: FillToken;
	/* Asked for, or asked for in vain: these stay as they were typed. */
	asked: Set<string>;
}

declare module "@tiptap/core" {
	interface Storage {
		token: TokenStorage;
	}
}

interface Hit {
	name: string;
	from: number;
	to: number;
}

/* Every token in the text, in its order; those in code are meant as they stand. */
function tokensOf(editor: Editor): Hit[] {
	const hits: Hit[] = [];
	editor.state.doc.descendants((node, pos, parent) => {
		if (!node.isText || parent?.type.spec.code || node.marks.some((m) => m.type.spec.code)) return;
		for (const m of (node.text ?? "").matchAll(new RegExp(TOKEN, "g")))
			hits.push({ name: `${m[1]}.${m[2]}`, from: pos + m.index, to: pos + m.index + m[0].length });
	});
	return hits;
}

/* The cursor stays where the writer has it. */
function put(editor: Editor, token: FilledToken) {
	const { tr, schema } = editor.state;
	for (const { name, from, to } of tokensOf(editor).reverse()) {
		if (name !== token.name) continue;
		const marks = tr.doc.resolve(from + 1).marks();
		const node = token.value
			? schema.text(token.value, marks)
			: schema.nodes.token?.create({ mark: missingMark(token) }, undefined, marks);
		if (node) tr.replaceWith(from, to, node);
	}
	if (tr.docChanged) editor.view.dispatch(tr.setMeta(FILLED, true));
}

export const Token = Node.create<object, TokenStorage>({
	name: "token",
	group: "inline",
	inline: true,
	atom: true,
	addStorage: () => ({ fill: undefined, asked: new Set() }),
	addAttributes() {
		return { mark: { default: "" } };
	},
	parseHTML() {
		return [
			{
				tag: "mark",
				getAttrs: (el) => {
					const text = el.textContent ?? "";
					return missingIn(text).length === 1 && text === text.trim() ? { mark: text } : false;
				},
			},
		];
	},
	renderHTML: ({ node }) => ["mark", {}, node.attrs.mark],
	renderText: ({ node }) => node.attrs.mark,
	onUpdate({ editor, transaction }) {
		const { fill, asked } = this.storage;
		/* who takes a value back wants to see the token */
		if (!fill || transaction.getMeta("history$")) return;
		/* what a value says is not a token, whatever it looks like */
		if (transaction.getMeta(FILLED)) {
			for (const { name } of tokensOf(editor)) asked.add(name);
			return;
		}
		for (const name of new Set(tokensOf(editor).map((hit) => hit.name))) {
			if (asked.has(name)) continue;
			asked.add(name);
			fill(name).then(
				(token) => {
					if (!token || editor.isDestroyed) return;
					asked.delete(name);
					put(editor, token);
				},
				() => asked.delete(name),
			);
		}
	},
});
