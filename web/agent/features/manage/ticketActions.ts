/* What can be done with the open ticket beyond its fields. A slice adds a row to ACTIONS (and its file beside its own code); the "…"
 * menu of the ticket's header shows the rows in this order, a line between groups. */
import {
	AlarmClock,
	AlarmClockOff,
	Bell,
	BellOff,
	BellRing,
	Eye,
	FolderInput,
	GitMerge,
	History,
	KeyRound,
	Link2,
	type LucideIcon,
	MailOpen,
	ShieldAlert,
	ShieldCheck,
	Split,
	Trash2,
	UserCheck,
	UserX,
} from "lucide-react";
import type { TicketDetail, TicketRow, User } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import type { Translate } from "#shared/i18n/useText";
import type { Action } from "#shared/keys/keymap";
import { toast } from "#ui";
import { hasSeen, leaveUnseen, markUnseen } from "../../data/seen";
import { toggleFollowing } from "../comments/toggleFollowing";
import { forgetReminder, toggleMuted } from "../reminders/reminderDeeds";
import { openAccess } from "../share";
import { openManage } from "./manageUi";
import type { Deeds } from "./useDeeds";

export interface TicketContext {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
	me: User;
	t: Translate;
	/* What the server says that I may do with it: "view", "edit", "delete", "reply", … */
	may(ability: string): boolean;
	setOwner(ownerId: string | undefined): void;
	deeds: Deeds;
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
	/* Palette and keys have it from useManageCommands: there it is done to what is selected. */
	isForMany?: boolean;
	/* Left out of the menu when false. */
	isAllowed(c: TicketContext): boolean;
	run(c: TicketContext): void;
}

const assignToMe: TicketAction = {
	id: "assignToMe",
	isForMany: true,
	group: "mine",
	label: "manage.assignToMe",
	icon: UserCheck,
	shortcut: "assignToMe",
	isAllowed: (c) => c.may("edit") && c.row?.ownerId !== c.me.ownerId,
	run: (c) => c.setOwner(c.me.ownerId),
};

const snooze: TicketAction = {
	id: "snooze",
	isForMany: true,
	group: "mine",
	label: "manage.snooze",
	icon: AlarmClock,
	shortcut: "snooze",
	isAllowed: (c) => c.may("edit") && !c.row?.isClosed,
	run: (c) => openManage("snooze", [c.ticketId]),
};

const wake: TicketAction = {
	id: "wake",
	isForMany: true,
	group: "mine",
	label: "manage.wake",
	icon: AlarmClockOff,
	isAllowed: (c) => c.may("edit") && c.row?.snoozedUntil !== undefined,
	run: (c) => void c.deeds.wake([c.ticketId]),
};

const merge: TicketAction = {
	id: "merge",
	isForMany: true,
	group: "shape",
	label: "manage.merge",
	icon: GitMerge,
	isAllowed: (c) => c.may("edit") && c.may("delete"),
	run: (c) => openManage("merge", [c.ticketId]),
};

const split: TicketAction = {
	id: "split",
	isForMany: true,
	group: "shape",
	label: "manage.split",
	icon: Split,
	isAllowed: (c) => c.may("edit"),
	run: (c) => openManage("split", [c.ticketId]),
};

const move: TicketAction = {
	id: "move",
	isForMany: true,
	group: "shape",
	label: "manage.move",
	icon: FolderInput,
	isAllowed: (c) => c.may("edit"),
	run: (c) => openManage("move", [c.ticketId]),
};

const history: TicketAction = {
	id: "history",
	isForMany: true,
	group: "share",
	label: "manage.history",
	icon: History,
	isAllowed: () => true,
	run: (c) => openManage("history", [c.ticketId]),
};

const spam: TicketAction = {
	id: "spam",
	isForMany: true,
	group: "away",
	label: "manage.spam",
	icon: ShieldAlert,
	isAllowed: (c) => c.may("delete") && !c.row?.spamAt,
	run: (c) => void c.deeds.spam([c.ticketId]),
};

const notSpam: TicketAction = {
	id: "notSpam",
	isForMany: true,
	group: "away",
	label: "manage.notSpam",
	icon: ShieldCheck,
	isAllowed: (c) => c.may("delete") && c.row?.spamAt !== undefined,
	run: (c) => void c.deeds.notSpam([c.ticketId]),
};

const block: TicketAction = {
	id: "block",
	isForMany: true,
	group: "away",
	label: "manage.block",
	icon: UserX,
	isAllowed: (c) => c.may("delete"),
	run: (c) => void c.deeds.block([c.ticketId]),
};

const remove: TicketAction = {
	id: "delete",
	isForMany: true,
	group: "away",
	label: "manage.delete",
	icon: Trash2,
	isAllowed: (c) => c.may("delete"),
	run: (c) => void c.deeds.remove([c.ticketId]),
};

const markUnread: TicketAction = {
	id: "markUnread",
	group: "mine",
	label: "ticket.markUnread",
	icon: MailOpen,
	shortcut: "unread",
	isAllowed: (c) => !!c.row && hasSeen(c.row, c.me.id),
	run(c) {
		leaveUnseen(c.ticketId);
		void markUnseen(c.ticketId).catch(() => toast("bad", c.t("error.generic")));
	},
};

const follow: TicketAction = {
	id: "follow",
	group: "mine",
	label: (c) => (c.detail?.isFollowing ? "follow.stop" : "follow.start"),
	icon: Eye,
	shortcut: "follow",
	isAllowed: (c) => c.may("view"),
	run: (c) => toggleFollowing(c),
};

const remind: TicketAction = {
	id: "remind",
	isForMany: true,
	group: "mine",
	label: "remind.action",
	icon: BellRing,
	isAllowed: (c) => c.may("view"),
	run: (c) => openManage("remind", [c.ticketId]),
};

const forget: TicketAction = {
	id: "forgetReminder",
	group: "mine",
	label: "remind.forget",
	icon: Bell,
	isAllowed: (c) => c.detail?.remindAt !== undefined,
	run: (c) => forgetReminder(c),
};

const mute: TicketAction = {
	id: "mute",
	group: "mine",
	label: (c) => (c.detail?.isMuted ? "mute.off" : "mute.on"),
	icon: BellOff,
	isAllowed: (c) => c.may("view"),
	run: (c) => toggleMuted(c),
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

const manageAccess: TicketAction = {
	id: "manageAccess",
	group: "share",
	label: "share.action",
	icon: KeyRound,
	isAllowed: (c) => c.may("edit"),
	run: (c) => openAccess(c.ticketId),
};

export const ACTIONS: readonly TicketAction[] = [
	assignToMe,
	markUnread,
	follow,
	mute,
	remind,
	forget,
	snooze,
	wake,
	merge,
	split,
	move,
	history,
	copyLink,
	manageAccess,
	spam,
	notSpam,
	block,
	remove,
];
