const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/* Plain text as the editor's HTML: an empty line ends a paragraph, a line end stays one. */
export function textToHtml(text: string): string {
	if (!text) return "";
	const safe = text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
	return safe
		.split(/\n{2,}/)
		.map((p) => `<p>${p.replaceAll("\n", "<br>")}</p>`)
		.join("");
}
