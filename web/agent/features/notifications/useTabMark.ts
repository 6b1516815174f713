/* What is unread, seen from another tab: a number before the title, and a dot on the icon. */
import { useEffect } from "react";

const DOT = '<circle cx="25" cy="7" r="7" fill="#e5483d" stroke="#fff" stroke-width="2"/></svg>';

/* Of the icon as it is served; data: is an address that the page's policy lets pictures have. */
const markedIcon = async (address: string) => {
	const svg = await (await fetch(address)).text();
	return `data:image/svg+xml,${encodeURIComponent(svg.replace("</svg>", DOT))}`;
};

export function useTabMark(count: number, isCapped: boolean) {
	/* Pages set the title as they are opened: the number is put before it again. */
	useEffect(() => {
		const number = count > 0 ? `(${isCapped ? "99+" : count}) ` : "";
		const mark = () => {
			const title = number + document.title.replace(/^\(\d+\+?\) /, "");
			if (document.title !== title) document.title = title;
		};
		mark();
		const watch = new MutationObserver(mark);
		watch.observe(document.head, { childList: true, subtree: true, characterData: true });
		return () => watch.disconnect();
	}, [count, isCapped]);

	const isMarked = count > 0;
	useEffect(() => {
		const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
		if (!icon || !isMarked) return;
		const plain = icon.href;
		let isGone = false;
		void markedIcon(plain).then(
			(marked) => {
				if (!isGone) icon.href = marked;
			},
			() => {},
		);
		return () => {
			isGone = true;
			icon.href = plain;
		};
	}, [isMarked]);
}
