import { cleanMail } from "#shared/html/sanitize";

const BLOCKS = /^(p|h[1-6]|li|ul|ol|pre|blockquote|aside|table|tr|div|hr|section)$/;

const BULLET = "• ";

function read(node: Node, lines: string[]) {
	for (const child of node.childNodes) {
		if (child.nodeType === Node.TEXT_NODE) {
			lines[lines.length - 1] += child.textContent ?? "";
			continue;
		}
		if (!(child instanceof HTMLElement)) continue;
		const isBlock = BLOCKS.test(child.localName);
		if (isBlock && lines.at(-1) && lines.at(-1) !== BULLET) lines.push("");
		if (child.localName === "li") lines[lines.length - 1] += BULLET;
		if (child.localName === "br") lines.push("");
		if (child.localName === "img") lines[lines.length - 1] += `[${child.getAttribute("alt") ?? ""}]`;
		if (/^t[dh]$/.test(child.localName) && lines.at(-1)) lines[lines.length - 1] += " | ";
		read(child, lines);
		if (isBlock && lines.at(-1)) lines.push("");
	}
}

/* The words of an article, a line for each paragraph, for comparing. */
export function textOf(html: string): string {
	const lines = [""];
	read(cleanMail(html).fragment, lines);
	return lines.join("\n").trim();
}
