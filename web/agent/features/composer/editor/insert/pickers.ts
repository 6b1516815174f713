/* Where the things come from that Insert puts into a text as cards: each kind's list, and the card of one of it. A kind without a source
 * is made from an address (CardDialog). */
import type { ReactNode } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import type { Translate } from "#shared/i18n/useText";
import type { CardData, CardKind } from "../nodes/cardKinds";
import type { InsertPlace } from "./inserts";

export interface PickContext {
	ticketId: string;
	place: InsertPlace;
	/* For what a source says of its things. */
	t: Translate;
	locale: string;
}

export interface Pick {
	id: string;
	label: string;
	/* Small print: a state, a date, why it cannot be taken. */
	note?: string;
	/* It is shown, so that nobody looks for it in vain, but cannot be taken. */
	isBarred?: boolean;
}

export interface PickSource {
	/* The best first; an empty query gives those used last. At most MAX_PICKS are shown. */
	find: (query: string, context: PickContext, signal: AbortSignal) => Promise<readonly Pick[]>;
	/* May ask the server for a link of its own; what it throws is told, and nothing is inserted. */
	card: (id: string, context: PickContext) => Promise<CardData>;
	/* The page of the workspace where such things are made. */
	libraryPath: string;
	/* Another way to one: made in a window of its own, and inserted when it is there. false: the browser allows no window. */
	make?: { label: MessageId; icon: ReactNode; run: (onMade: (id: string) => void) => boolean; blocked: MessageId };
}

export const MAX_PICKS = 50;

/* Their code is fetched when somebody asks for one. */
export const PICK_SOURCES: Partial<Record<CardKind, () => Promise<PickSource>>> = {
	article: async () => (await import("../../../articles/picker")).articlePicker,
	document: async () => (await import("../../../documents/picker")).documentPicker,
	quote: async () => (await import("../../../quotes/picker")).quotePicker,
	video: async () => (await import("../../../videos/picker")).videoPicks,
	meeting: async () => (await import("../../../meetings/picker")).meetingPicker,
};
