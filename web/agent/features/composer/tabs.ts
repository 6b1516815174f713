import type { ComponentType } from "react";
import type { TicketDetail, TicketRow } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import { later } from "../../shell/later";

/* What a tab of the composer is given. It keeps its own draft. */
export interface PaneProps {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
	/* Grows when the cursor shall go into the text. */
	focusKey: number;
	/* Sent or thrown away: the composer folds. */
	onDone: () => void;
}

export interface ComposerTab {
	id: "reply" | "comment";
	label: MessageId;
	/* The ability that the ticket must give. */
	ability: string;
	Pane: ComponentType<PaneProps>;
}

/* Fetched while nobody waits for it: the first screen does without. */
const ReplyComposer = later(async () => (await import("./ReplyComposer")).ReplyComposer);

const CommentComposer = later(async () => (await import("../comments/CommentComposer")).CommentComposer);

/* The tabs of the composer in their order. The first allowed one is what a fresh composer opens with. */
export const TABS: readonly ComposerTab[] = [
	{ id: "reply", label: "composer.tab.reply", ability: "reply", Pane: ReplyComposer },
	{ id: "comment", label: "comment.tab", ability: "view", Pane: CommentComposer },
];
