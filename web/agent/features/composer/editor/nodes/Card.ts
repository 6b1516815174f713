/* A card: a title that leads somewhere, with a line about it. It is one thing: selected, deleted, copied and moved as a whole. In a mail
 * it is a paragraph with a link, so that every program shows it. */
import { Node } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { pictureOf } from "../pictures";
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
		return {
			kind: { default: "link" },
			title: { default: "" },
			url: { default: "" },
			description: { default: "" },
			picture: { default: null },
			pictureWidth: { default: null },
		};
	},
	parseHTML() {
		return [
			{
				tag: "div[data-card]",
				priority: 100,
				getAttrs: (el) => {
					const kind = el.getAttribute("data-card");
					const links = [...el.querySelectorAll("a[href]")];
					const url = webAddress(links[0]?.getAttribute("href") ?? "");
					if (!isCardKind(kind) || !url) return false;
					const image = el.querySelector("img[data-cid]");
					return {
						kind,
						url,
						title: links.map((a) => a.textContent).find(Boolean) ?? "",
						description: [...el.querySelectorAll("p")].find((p) => !p.querySelector("a"))?.textContent ?? "",
						picture: image?.getAttribute("data-cid") ?? null,
						pictureWidth: image?.getAttribute("width") ?? null,
					};
				},
			},
		];
	},
	renderHTML({ node }) {
		const { kind, title, url, description, picture, pictureWidth } = node.attrs;
		const lines: unknown[] = [["p", {}, ["a", { href: url }, ["strong", {}, title || hostOf(url)]]]];
		if (picture) {
			const image = { "data-cid": picture, alt: title, ...(pictureWidth ? { width: pictureWidth } : {}) };
			lines.unshift(["p", {}, ["a", { href: url }, ["img", image]]]);
		}
		if (description) lines.push(["p", {}, description]);
		return ["div", { "data-card": kind }, ...(lines as [string])];
	},
	renderText: ({ node }) => [node.attrs.title, node.attrs.description, node.attrs.url].filter(Boolean).join("\n"),
	addNodeView() {
		return ({ node }) => {
			const dom = document.createElement("div");
			dom.dataset.card = node.attrs.kind;
			dom.className = "composer-card";
			if (node.attrs.picture) {
				const image = document.createElement("img");
				image.src = pictureOf(node.attrs.picture);
				image.alt = "";
				dom.append(image);
			}
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
