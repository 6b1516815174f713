/* Finds where a mail begins to repeat the conversation, so that the reader sees the new part first. */

const WRAPPERS =
	"blockquote[type=cite], .gmail_quote, .gmail_quote_container, .yahoo_quoted, #divRplyFwdMsg, .moz-cite-prefix + blockquote";

function hasContentBefore(node: Node, root: Node): boolean {
	const range = document.createRange();
	range.setStart(root, 0);
	range.setEndBefore(node);
	return range.toString().trim() !== "" || range.cloneContents().querySelector("img") !== null;
}

/* The element at which folding starts, or null: nothing is quoted, or nothing would be left to read above it.
 * Text below the quotation is an answer written under it, so then nothing is folded. */
export function findQuote(root: DocumentFragment | Element): Element | null {
	const found = withIntro(root.querySelector(WRAPPERS) ?? lastTopBlockquote(root), root);
	if (!found || !hasContentBefore(found, root)) return null;
	return hasTextAfter(found, root) ? null : found;
}

/* A box of the quotation and the line that announces it, and of nothing else, is folded as a whole. */
function withIntro(quote: Element | null, root: Node): Element | null {
	const box = quote?.parentElement;
	if (!quote || box === root || box?.localName !== "div" || box.lastElementChild !== quote || box.children.length !== 2)
		return quote;
	const intro = box.firstElementChild?.textContent?.trim() ?? "";
	return intro !== "" && intro.length < 2000 ? box : quote;
}

function lastTopBlockquote(root: DocumentFragment | Element): Element | null {
	const all = [...root.querySelectorAll("blockquote")].filter((q) => !q.parentElement?.closest("blockquote"));
	return all.at(-1) ?? null;
}

function hasTextAfter(node: Node, root: Node): boolean {
	const range = document.createRange();
	range.selectNodeContents(root);
	range.setStartAfter(node);
	return range.toString().trim() !== "";
}

/* Plain text: the trailing run of "> " lines, with the line that announces it ("On … wrote:") when that ends in a colon. */
export function splitQuotedText(text: string): { fresh: string; quoted: string } {
	const lines = text.replace(/\s+$/, "").split(/\r?\n/);
	let at = lines.length;
	while (at > 0 && /^\s*(>|$)/.test(lines[at - 1] ?? "")) at--;
	if (!lines.slice(at).some((line) => line.trimStart().startsWith(">"))) return { fresh: text, quoted: "" };
	if (at > 0 && /[::]\s*$/.test(lines[at - 1] ?? "")) at--;
	const fresh = lines.slice(0, at).join("\n").trimEnd();
	return fresh ? { fresh, quoted: lines.slice(at).join("\n").trim() } : { fresh: text, quoted: "" };
}
