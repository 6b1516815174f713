/* A picture in the text. What is kept names the uploaded file by its content id ("f12@inline" is file 12); while the file is on its way
 * the node shows the picture from memory and is left out of what is kept. */
import { Node } from "@tiptap/core";
import { pictureOf } from "../pictures";

export const InlineImage = Node.create({
	name: "inlineImage",
	group: "inline",
	inline: true,
	atom: true,
	draggable: true,
	addAttributes() {
		return {
			contentId: { default: null },
			alt: { default: "" },
			width: { default: null },
			uploadId: { default: null },
			preview: { default: null },
		};
	},
	parseHTML() {
		return [
			{
				tag: "img[data-cid]",
				getAttrs: (el) => ({
					contentId: el.getAttribute("data-cid"),
					alt: el.getAttribute("alt") ?? "",
					width: el.getAttribute("width"),
				}),
			},
		];
	},
	renderHTML({ node }) {
		const { contentId, alt, width, uploadId } = node.attrs;
		if (!contentId) return ["img", { "data-upload": uploadId, alt }];
		return ["img", { "data-cid": contentId, alt, ...(width ? { width } : {}) }];
	},
	renderText: ({ node }) => (node.attrs.alt ? `[${node.attrs.alt}]` : ""),
	addNodeView() {
		return ({ node }) => {
			const dom = document.createElement("img");
			const show = (attrs: Record<string, string | null>) => {
				dom.src = attrs.contentId ? pictureOf(attrs.contentId) : (attrs.preview ?? "");
				dom.alt = attrs.alt ?? "";
				if (attrs.width) dom.width = Number(attrs.width);
				dom.toggleAttribute("data-uploading", !attrs.contentId);
			};
			show(node.attrs);
			return {
				dom,
				update: (next) => {
					if (next.type !== node.type) return false;
					show(next.attrs);
					return true;
				},
			};
		};
	},
});
