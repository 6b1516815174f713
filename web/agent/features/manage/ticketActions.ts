/* What can be done with the open ticket beyond its fields. A slice adds a row to ACTIONS (and its file beside its own code); the "…"
 * menu of the ticket's header shows the rows in this order, a line between groups. */
import { Link2, type LucideIcon, UserCheck } from "lucide-react";
import type { TicketDetail, TicketRow, User } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import type { Translate } from "#shared/i18n/useText";
import type { Action } from "#shared/keys/keymap";
import { toast } from "#ui";

export interface TicketContext {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
	me: User;
	t: Translate;
	/* What the server says that I may do with it: "view", "edit", "delete", "reply", … */
	may(ability: string): boolean;
	setOwner(ownerId: string | undefined): void;
	/* Back to the list. */
	leave(): void;
}

export interface TicketAction {
	id: string;
	group: "mine" | "shape" | "share" | "away";
	/* A function where the words depend on the ticket: follow, unfollow. */
	label: MessageId | ((c: TicketContext) => MessageId);
	icon: LucideIcon;
	/* Its key, which works while the ticket is open. */
	shortcut?: Action;
	/* Left out of the menu when false. */
	isAllowed(c: TicketContext): boolean;
	run(c: TicketContext): void;
}

const assignToMe: TicketAction = {
	id: "assignToMe",
	group: "mine",
	label: "manage.assignToMe",
	icon: UserCheck,
	shortcut: "assignToMe",
	isAllowed: (c) => c.may("edit") && c.row?.ownerId !== c.me.ownerId,
	run: (c) => c.setOwner(c.me.ownerId),
};

const copyLink: TicketAction = {
	id: "copyLink",
	group: "share",
	label: "manage.copyLink",
	icon: Link2,
	isAllowed: () => navigator.clipboard !== undefined,
	run: (c) =>
		void navigator.clipboard.writeText(`${location.origin}/tickets/open/${c.ticketId}`).then(
			() => toast("good", c.t("manage.linkCopied")),
			() => toast("bad", c.t("error.generic")),
		),
};

export const ACTIONS: readonly TicketAction[] = [assignToMe, copyLink];
