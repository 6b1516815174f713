/* A value that was put in for a token, or the mark that it is missing. What leaves is plain text: the value, or [[MISSING …]], which
 * nobody may send. */
import { InputRule, Node } from "@tiptap/core";
import { type FillToken, missingIn, missingMark, TOKEN } from "./tokens";

export interface TokenStorage {
	fill?: FillToken;
}

declare module "@tiptap/core" {
	interface Storage {
		token: TokenStorage;
	}
}

export const Token = Node.create<object, TokenStorage>({
	name: "token",
	group: "inline",
	inline: true,
	atom: true,
	addStorage: () => ({ fill: undefined }),
	addAttributes() {
		return { name: { default: "" }, mark: { default: "" } };
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
	addInputRules() {
		return [
			new InputRule({
				find: new RegExp(`${TOKEN.source}$`),
				handler: ({ range, match }) => {
					const name = `${match[1]}.${match[2]}`;
					const { editor } = this;
					void this.storage.fill?.(name).then((token) => {
						/* the text may be another one by now */
						if (!token || editor.isDestroyed) return;
						const typed = editor.state.doc.textBetween(
							range.from,
							Math.min(editor.state.doc.content.size, range.from + match[0].length),
							"\n",
						);
						if (typed !== match[0]) return;
						const at = { from: range.from, to: range.from + match[0].length };
						const content = token.value
							? { type: "text", text: token.value }
							: { type: "token", attrs: { name, mark: missingMark(token) } };
						editor.commands.insertContentAt(at, content);
					});
					return null;
				},
			}),
		];
	},
});
