import { Ellipsis } from "lucide-react";
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message } from "#shared/api/types";
import { findQuote, splitQuotedText } from "#shared/html/quote";
import { cleanMail, inlineImageMap } from "#shared/html/sanitize";
import { useText } from "#shared/i18n/useText";
import { Banner, Button } from "#ui";
import { useUser } from "../../data/session";
import { Boundary } from "../../shell/Boundary";
import css from "./Thread.module.css";

export function MessageBody({ message }: { message: Message }) {
	const text = <TextBody text={message.text ?? ""} />;
	if (!message.html) return text;
	return (
		<Boundary fallback={text}>
			<HtmlBody message={message} html={message.html} />
		</Boundary>
	);
}

const MAIL_CSS = `
:host { display: block; overflow-wrap: anywhere; }
* { max-width: 100%; box-sizing: border-box; }
p, ul, ol, blockquote, pre, table { margin: 0 0 0.75em; }
p:last-child, ul:last-child, ol:last-child { margin-bottom: 0; }
ul, ol { padding-inline-start: 1.6em; }
h1, h2, h3, h4, h5, h6 { margin: 0 0 0.5em; font-size: 1.1em; line-height: 1.3; }
img { height: auto; vertical-align: middle; border-radius: 4px; }
img:not([src]) { display: inline-block; min-width: 18px; min-height: 18px; border: 1px dashed currentColor; opacity: 0.45; }
a { color: var(--accent); text-underline-offset: 2px; }
:host([data-coloured]) a { color: #0d6b58; }
a:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid var(--line-strong); }
pre { white-space: pre-wrap; font-family: var(--mono); font-size: 0.9em; }
table { border-collapse: collapse; }
[data-card] { max-width: 420px; margin: 4px 0 10px; padding: 10px 14px; border: 1px solid var(--line-strong);
	border-inline-start: 3px solid var(--accent); border-radius: 8px; background: var(--surface-2); color: var(--ink-2); }
[data-card] p { margin: 0; }
[data-card] a { color: var(--ink); text-decoration: none; }
[data-card] a:hover { text-decoration: underline; }
[hidden] { display: none !important; }
:host([data-comment]) span[data-user-id] { padding: 1px 4px; border-radius: 4px; background: var(--accent-soft); color: var(--accent-soft-ink); font-weight: 550; }
:host([data-comment]) span[data-me] { background: var(--accent); color: var(--accent-ink); }
`;

let sheet: CSSStyleSheet | undefined;
function mailSheet() {
	if (!sheet) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(MAIL_CSS);
	}
	return sheet;
}

/* A mail that sets colours was made for a white sheet; one that sets none takes the theme. */
function setsColours(root: ParentNode) {
	return (
		root.querySelector("[bgcolor],[color],font[color]") !== null ||
		[...root.querySelectorAll("[style]")].some((el) =>
			/(^|[;\s])(color|background(-color)?)\s*:/i.test(el.getAttribute("style") ?? ""),
		)
	);
}

/* Foreign HTML stands in a shadow root of its own: our styles do not reach it, its styles do not reach us. */
function HtmlBody({ message, html }: { message: Message; html: string }) {
	const t = useText();
	const { id: userId } = useUser();
	const host = useRef<HTMLDivElement>(null);
	const quote = useRef<Element>(null);
	const [hasQuote, setHasQuote] = useState(false);
	const [isShown, setShown] = useState(false);
	const [blocked, setBlocked] = useState(0);

	useLayoutEffect(() => {
		const el = host.current;
		if (!el) return;
		const { fragment, blockedImages } = cleanMail(html, { inlineImages: inlineImageMap(message.attachments) });
		el.toggleAttribute("data-coloured", setsColours(fragment));
		el.toggleAttribute("data-comment", message.type === "COMMENT");
		for (const mention of fragment.querySelectorAll("span[data-user-id]"))
			mention.toggleAttribute("data-me", mention.getAttribute("data-user-id") === userId);
		quote.current = findQuote(fragment);
		const shadow = el.shadowRoot ?? el.attachShadow({ mode: "open" });
		shadow.adoptedStyleSheets = [mailSheet()];
		shadow.replaceChildren(fragment);
		setHasQuote(quote.current !== null);
		setBlocked(blockedImages);
	}, [html, message.attachments, message.type, userId]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a newly filled body has a new quotation
	useLayoutEffect(() => {
		quote.current?.toggleAttribute("hidden", !isShown);
	}, [isShown, hasQuote, html, message.attachments]);

	return (
		<>
			<div ref={host} className={css.mail} dir="auto" data-testid="mail-body" />
			{hasQuote && <QuoteButton isShown={isShown} onPress={() => setShown(!isShown)} />}
			{blocked > 0 && <BlockedImages count={blocked} t={t} />}
		</>
	);
}

function BlockedImages({ count, t }: { count: number; t: ReturnType<typeof useText> }) {
	const [isAsked, setAsked] = useState(false);
	return (
		<div className={css.images}>
			<Banner
				tone="info"
				role={isAsked ? "status" : undefined}
				action={
					!isAsked && (
						<Button size="s" onPress={() => setAsked(true)}>
							{t("conversation.images.load")}
						</Button>
					)
				}
			>
				{isAsked ? t("conversation.images.stillBlocked") : t("conversation.images.blocked", { count })}
			</Banner>
		</div>
	);
}

function QuoteButton({ isShown, onPress }: { isShown: boolean; onPress: () => void }) {
	const t = useText();
	return (
		<Button
			look="quiet"
			size="s"
			className={css.quoteButton}
			aria-expanded={isShown}
			aria-label={t(isShown ? "conversation.quoted.hide" : "conversation.quoted.show")}
			onPress={onPress}
		>
			<Ellipsis size={15} aria-hidden />
		</Button>
	);
}

function TextBody({ text }: { text: string }) {
	const [isShown, setShown] = useState(false);
	const { fresh, quoted } = useMemo(() => splitQuotedText(text), [text]);
	return (
		<>
			<div className={css.text} dir="auto" data-testid="mail-body">
				{linked(fresh)}
			</div>
			{quoted && <QuoteButton isShown={isShown} onPress={() => setShown(!isShown)} />}
			{quoted && isShown && (
				<div className={css.quoted} dir="auto">
					{linked(quoted)}
				</div>
			)}
		</>
	);
}

const LINK = /https?:\/\/[^\s<>"'”’)\]]+[^\s<>"'”’)\].,;:!?]/g;

/* Addresses in plain text become links; the text itself stays as it came. */
function linked(text: string): ReactNode[] {
	const out: ReactNode[] = [];
	let at = 0;
	for (const hit of text.matchAll(LINK)) {
		out.push(text.slice(at, hit.index));
		out.push(
			<a key={hit.index} href={hit[0]} target="_blank" rel="noopener noreferrer nofollow">
				{hit[0]}
			</a>,
		);
		at = hit.index + hit[0].length;
	}
	out.push(text.slice(at));
	return out;
}
