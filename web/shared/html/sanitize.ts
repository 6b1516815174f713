/* The browser's own wall against hostile mail. The server has cleaned the HTML before; this one holds when that one fails.
 * The result is a fragment of nodes: no string of foreign HTML is ever given to the page. */
import DOMPurify from "dompurify";

export interface CleanMail {
	fragment: DocumentFragment;
	blockedImages: number;
}

export interface CleanOptions {
	/* Content-ID (without angle brackets) to the address of our own copy. */
	inlineImages?: ReadonlyMap<string, string>;
}

const FORBIDDEN_TAGS = [
	"style",
	"form",
	"input",
	"button",
	"select",
	"textarea",
	"option",
	"iframe",
	"frame",
	"frameset",
	"object",
	"embed",
	"base",
	"link",
	"meta",
	"svg",
	"math",
	"video",
	"audio",
	"source",
	"track",
	"picture",
	"dialog",
	"template",
	"slot",
	"title",
];
const FORBIDDEN_ATTRIBUTES = [
	"id",
	"name",
	"srcset",
	"background",
	"poster",
	"ping",
	"autofocus",
	"contenteditable",
	"popover",
	"slot",
	"is",
];
/* A mail may colour and space what stands in its own card. Nothing that moves, animates or calls for anything by address. */
const STYLES = new RegExp(
	`^(${[
		"color|background-color|opacity|direction|unicode-bidi|float|clear|display|vertical-align|visibility",
		"font-(family|size|style|weight|variant.*|stretch)|line-height|letter-spacing|word-spacing|white-space.*",
		"text-(align.*|decoration.*|indent|transform|overflow)|word-break|word-wrap|overflow-wrap|hyphens|tab-size",
		"(min-|max-)?(width|height)|(margin|padding)-(top|right|bottom|left)",
		"border-(top|right|bottom|left)-(color|style|width)|border-.*-radius|border-collapse|border-spacing",
		"list-style-(type|position)|table-layout|caption-side|empty-cells|box-sizing",
	].join("|")})$`,
);
const FORBIDDEN_VALUE = /[a-z]\s*\(|\\|!|@/i;
const COLOUR_FUNCTION = /\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\s*\(/gi;
const LEAVES_ITS_PLACE = /^(margin-.*:\s*-|visibility:hidden)/;
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
const OWN_IMAGE = /^(\/desk\/v1\/attachments\/|blob:|data:image\/(png|jpe?g|gif|webp);)/i;

const bareCid = (cid: string) => cid.replace(/^cid:/i, "").replace(/^<|>$/g, "").trim().toLowerCase();

/* The browser's own parser reads the declarations, so that no spelling (escapes, comments) hides one. */
function cleanStyle(el: Element) {
	if (!el.hasAttribute("style")) return;
	const style = (el as HTMLElement).style;
	const kept: string[] = [];
	for (const name of style) {
		const value = style.getPropertyValue(name);
		const rule = `${name}:${value}`;
		if (!value || !STYLES.test(name) || LEAVES_ITS_PLACE.test(rule)) continue;
		if (!FORBIDDEN_VALUE.test(value.replace(COLOUR_FUNCTION, "("))) kept.push(rule);
	}
	if (kept.length) el.setAttribute("style", kept.join(";"));
	else el.removeAttribute("style");
}

function cleanLink(el: Element) {
	const href = (el.getAttribute("href") ?? "").trim();
	if (!SAFE_LINK.test(href)) {
		el.removeAttribute("href");
		return;
	}
	el.setAttribute("target", "_blank");
	el.setAttribute("rel", "noopener noreferrer nofollow");
}

/* Our own copies show, everything else is taken out and counted. */
function cleanImage(el: Element, inline: ReadonlyMap<string, string>): boolean {
	if (!el.hasAttribute("alt")) el.setAttribute("alt", "");
	const src = el.getAttribute("src") ?? "";
	const cid = el.getAttribute("data-cid") ?? (/^cid:/i.test(src) ? src : "");
	const own = cid ? inline.get(bareCid(cid)) : undefined;
	if (own) {
		el.setAttribute("src", own);
		el.setAttribute("loading", "lazy");
		return false;
	}
	if (src && OWN_IMAGE.test(src)) return false;
	el.removeAttribute("src");
	return !cid && (el.hasAttribute("data-remote-src") || src !== "");
}

export function cleanMail(html: string, options: CleanOptions = {}): CleanMail {
	/* A mail that begins with a frameset has no body, and nothing comes back; after a line-break mark it has one. */
	const fragment = purify(html) ?? purify(`<wbr>${html}`) ?? document.createDocumentFragment();
	let blockedImages = 0;
	for (const el of fragment.querySelectorAll("*")) {
		cleanStyle(el);
		if (el.localName === "a" || el.localName === "area") cleanLink(el);
		else el.removeAttribute("href");
		if (el.localName !== "img") el.removeAttribute("src");
		else if (cleanImage(el, options.inlineImages ?? new Map())) blockedImages++;
	}
	return { fragment, blockedImages };
}

function purify(html: string): DocumentFragment | null {
	return DOMPurify.sanitize(html, {
		RETURN_DOM_FRAGMENT: true,
		USE_PROFILES: { html: true },
		FORBID_TAGS: FORBIDDEN_TAGS,
		FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
		ALLOW_DATA_ATTR: false,
		ADD_ATTR: ["data-cid", "data-remote-src", "data-card", "data-user-id"],
		/* Their values are names and addresses kept for later, not addresses that anything loads. */
		ADD_URI_SAFE_ATTR: ["data-cid", "data-remote-src", "data-card", "data-user-id"],
	});
}

export function inlineImageMap(
	attachments: readonly { contentId?: string; url: string }[] | undefined,
): Map<string, string> {
	const map = new Map<string, string>();
	for (const a of attachments ?? []) if (a.contentId) map.set(bareCid(a.contentId), a.url);
	return map;
}
