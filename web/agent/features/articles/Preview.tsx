import { useLayoutEffect, useRef } from "react";
import { cleanMail } from "#shared/html/sanitize";
import { useText } from "#shared/i18n/useText";
import { Dialog } from "#ui";
import { pictureOf } from "../composer/editor/pictures";
import css from "./Articles.module.css";

const STYLE = `
	img { max-width: 100%; height: auto; border-radius: 6px }
	h2 { margin: 1.4em 0 .4em; font-size: 1.3em } h3 { margin: 1.2em 0 .4em; font-size: 1.1em } h4 { margin: 1em 0 .3em }
	a { color: var(--accent-ink, inherit) }
	aside { margin-block: 0 1em; padding: .7em 1em .1em; border-inline-start: 4px solid var(--accent); border-radius: 6px; background: var(--surface-3) }
	aside[data-call-out=warning] { border-color: var(--bad-ink); background: var(--bad-soft) }
	blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 3px solid var(--line-strong) }
	pre { padding: .7em 1em; border-radius: 6px; background: var(--surface-3); overflow: auto }
	table { border-collapse: collapse } th, td { padding: .4em .6em; border: 1px solid var(--line-strong); text-align: start; vertical-align: top }
	td > p, th > p { margin: 0 }
`;

/* Pictures by the ids that the text names them by. */
function picturesOf(html: string): Map<string, string> {
	const ids = [...html.matchAll(/<img\b[^>]*\bdata-cid="([^"]+)"/g)].map((m) => m[1] ?? "");
	return new Map(ids.map((id) => [id.toLowerCase(), pictureOf(id)]));
}

/* The body of an article: in a shadow root, cleaned like a mail. */
export function ArticleBody({ html, lang }: { html: string; lang: string }) {
	const host = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const el = host.current;
		if (!el) return;
		const shadow = el.shadowRoot ?? el.attachShadow({ mode: "open" });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(STYLE);
		shadow.adoptedStyleSheets = [sheet];
		shadow.replaceChildren(cleanMail(html, { inlineImages: picturesOf(html) }).fragment);
	}, [html]);
	return <div ref={host} lang={lang} dir="auto" className={css.body} />;
}

interface Props {
	title: string;
	subtitle: string;
	body: string;
	lang: string;
	onClose: () => void;
}

/* What is written, before anybody outside reads it. */
export function Preview({ title, subtitle, body, lang, onClose }: Props) {
	const t = useText();
	return (
		<Dialog isOpen isWide title={t("articles.preview")} closeLabel={t("common.close")} onClose={onClose}>
			<article className={css.preview}>
				<h2 dir="auto" lang={lang}>
					{title}
				</h2>
				{subtitle && (
					<p dir="auto" lang={lang}>
						{subtitle}
					</p>
				)}
				<ArticleBody html={body} lang={lang} />
			</article>
		</Dialog>
	);
}
