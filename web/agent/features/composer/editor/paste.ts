/* What comes from office programs and web pages, as this editor would have written it: no foreign styles, headings as bold lines, Word's
 * painted lists as lists, table rows as lines, pictures only where they are ours. */
import DOMPurify from "dompurify";

const ALLOWED_TAGS =
	"a b strong i em u s del strike code pre blockquote p div span br ul ol li h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th img mark hr".split(
		" ",
	);

function rename(el: Element, name: string): Element {
	const made = el.ownerDocument.createElement(name);
	made.append(...el.childNodes);
	el.replaceWith(made);
	return made;
}

/* <p class=MsoListParagraph style="mso-list:l0 level1 lfo1">·  text</p> */
function wordLists(root: DocumentFragment) {
	let list: Element | undefined;
	for (const p of root.querySelectorAll("p")) {
		if (!/mso-list:\s*l\d/i.test(p.getAttribute("style") ?? "")) continue;
		const sign = /^[\s\u00A0]*([·•o§-]|\(?[0-9a-z]{1,3}[.)])[\s\u00A0]+/i.exec(p.textContent ?? "");
		const kind = /[0-9a-z][.)]/i.test(sign?.[1] ?? "") ? "ol" : "ul";
		if (!list || list.localName !== kind || p.previousElementSibling !== list) {
			list = p.ownerDocument.createElement(kind);
			p.before(list);
		}
		const item = p.ownerDocument.createElement("li");
		list.append(item);
		item.append(...p.childNodes);
		cutFront(item, sign?.[0].length ?? 0);
		p.remove();
	}
}

function cutFront(el: Element, letters: number) {
	const walker = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT);
	let rest = letters;
	while (rest > 0 && walker.nextNode()) {
		const text = walker.currentNode as Text;
		const n = Math.min(rest, text.data.length);
		text.deleteData(0, n);
		rest -= n;
	}
}

export function cleanPasted(html: string): string {
	const root = DOMPurify.sanitize(html, {
		RETURN_DOM_FRAGMENT: true,
		ALLOWED_TAGS,
		ALLOWED_ATTR: ["href", "style", "data-cid", "data-card", "data-user-id", "data-pm-slice", "alt"],
		ALLOW_DATA_ATTR: false,
	});
	wordLists(root);
	for (const el of root.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
		const line = rename(el, "p");
		const bold = line.ownerDocument.createElement("strong");
		bold.append(...line.childNodes);
		line.append(bold);
	}
	for (const row of root.querySelectorAll("tr")) {
		const line = row.ownerDocument.createElement("p");
		for (const [i, cell] of [...row.children].entries()) line.append(i ? "\t" : "", (cell.textContent ?? "").trim());
		row.replaceWith(line);
	}
	for (const el of root.querySelectorAll("img:not([data-cid])")) el.remove();
	for (const el of root.querySelectorAll("[style]")) {
		const style = (el as HTMLElement).style;
		const weight = style.fontWeight;
		const isItalic = style.fontStyle === "italic";
		el.removeAttribute("style");
		if (el.localName !== "span") {
			/* Google's documents come within <b style="font-weight:normal"> */
			if (el.localName === "b" && /^(normal|400)$/.test(weight)) rename(el, "span");
			continue;
		}
		if (/^(bold|[6-9]00)$/.test(weight)) rename(el, "strong");
		else if (isItalic) rename(el, "em");
	}
	for (const p of root.querySelectorAll("p"))
		if (!(p.textContent ?? "").replace(/\u00A0/g, " ").trim() && !p.querySelector("img,br")) p.remove();
	const box = document.createElement("div");
	box.append(root);
	return box.innerHTML;
}
