import { useLayoutEffect, useRef } from "react";
import { cleanMail } from "#shared/html/sanitize";

/* HTML that was written here, shown as it will look: in a shadow root, cleaned like a mail. */
export function SafeHtml({ html, label }: { html: string; label: string }) {
	const host = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const el = host.current;
		if (!el) return;
		const shadow = el.shadowRoot ?? el.attachShadow({ mode: "open" });
		shadow.replaceChildren(cleanMail(html).fragment);
	}, [html]);
	return <div ref={host} role="group" aria-label={label} dir="auto" />;
}
