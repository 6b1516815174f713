/* What a card may stand for. The server keeps these words and no others (text/html_clean). */
export const CARD_KINDS = ["link", "article", "document", "meeting", "quote", "video", "template"] as const;
export type CardKind = (typeof CARD_KINDS)[number];

export interface CardData {
	kind: CardKind;
	title: string;
	url: string;
	description?: string;
	/* A picture above the title, by its content id as those of the text; it goes along with a mail. */
	picture?: string;
	pictureWidth?: number;
}

export const isCardKind = (kind: unknown): kind is CardKind => CARD_KINDS.includes(kind as CardKind);

/* An address as a person types it; undefined: it is none that a browser would open. */
export function webAddress(typed: string): string | undefined {
	const text = typed.trim();
	const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
	try {
		const url = new URL(full);
		return /^https?:$/.test(url.protocol) && /^[^.]+\..|^localhost$/.test(url.hostname) ? url.href : undefined;
	} catch {
		return undefined;
	}
}

export const hostOf = (url: string) => {
	try {
		return new URL(url).host.replace(/^www\./, "");
	} catch {
		return "";
	}
};
