/* A card: a title that leads somewhere, with a line about it. It is one thing: selected, deleted, copied and moved as a whole. In a mail
 * it is a paragraph with a link, so that every program shows it. */
import { Node } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { type CardData, hostOf, isCardKind, webAddress } from "./cardKinds";

declare module "@tiptap/core" {
	interface Commands<ReturnType> {
		card: {
			insertCard: (card: CardData) => ReturnType;
		};
	}
}

export const Card = Node.create({
	name: "card",
	group: "block",
	atom: true,
	selectable: true,
	draggable: true,
	addAttributes() {
		return { kind: { default: "link" }, title: { default: "" }, url: { default: "" }, description: { default: "" } };
	},
	parseHTML() {
		return [
			{
				tag: "div[data-card]",
				priority: 100,
				getAttrs: (el) => {
					const kind = el.getAttribute("data-card");
					const link = el.querySelector("a[href]");
					const url = webAddress(link?.getAttribute("href") ?? "");
					if (!isCardKind(kind) || !url) return false;
					return {
						kind,
						url,
						title: link?.textContent ?? "",
						description: el.querySelector("p:nth-of-type(2)")?.textContent ?? "",
					};
				},
			},
		];
	},
	renderHTML({ node }) {
		const { kind, title, url, description } = node.attrs;
		const lines: unknown[] = [["p", {}, ["a", { href: url }, ["strong", {}, title || hostOf(url)]]]];
		if (description) lines.push(["p", {}, description]);
		return ["div", { "data-card": kind }, ...(lines as [string])];
	},
	renderText: ({ node }) => [node.attrs.title, node.attrs.description, node.attrs.url].filter(Boolean).join("\n"),
	addNodeView() {
		return ({ node }) => {
			const dom = document.createElement("div");
			dom.dataset.card = node.attrs.kind;
			dom.className = "composer-card";
			const title = document.createElement("strong");
			title.textContent = node.attrs.title || hostOf(node.attrs.url);
			title.dir = "auto";
			const host = document.createElement("span");
			host.textContent = hostOf(node.attrs.url);
			dom.append(title);
			if (node.attrs.description) {
				const about = document.createElement("span");
				about.textContent = node.attrs.description;
				about.dir = "auto";
				dom.append(about);
			}
			dom.append(host);
			return { dom };
		};
	},
	addCommands() {
		return {
			/* The cursor goes behind the card: what is typed or pasted next must not replace it. */
			insertCard:
				(card) =>
				({ chain }) =>
					chain()
						.insertContent([{ type: this.name, attrs: card }, { type: "paragraph" }])
						.scrollIntoView()
						.run(),
		};
	},
	addKeyboardShortcuts() {
		/* Typing on a selected card begins a line behind it instead of replacing it. */
		return {
			Enter: () => {
				const { selection } = this.editor.state;
				if (!(selection instanceof NodeSelection) || selection.node.type !== this.type) return false;
				return this.editor
					.chain()
					.insertContentAt(selection.to, { type: "paragraph" })
					.command(({ tr }) => {
						tr.setSelection(TextSelection.near(tr.doc.resolve(selection.to + 1)));
						return true;
					})
					.run();
			},
		};
	},
});
