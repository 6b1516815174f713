/* The built-in views on the client: icon, name, and what an empty one says. A row for each of the server's (desk/view.c). */
import {
	AlarmClock,
	Archive,
	AtSign,
	CircleUserRound,
	Eye,
	Inbox,
	Layers,
	PencilLine,
	ShieldAlert,
	Users,
} from "lucide-react";
import type { ViewId } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";

export interface BuiltInView {
	id: ViewId;
	icon: typeof Inbox;
	name: MessageId;
	empty: MessageId;
	/* Where an empty one leads to. */
	next: ViewId;
	nextLabel: MessageId;
}

export const BUILT_IN: readonly BuiltInView[] = [
	{
		id: "unassigned",
		icon: Inbox,
		name: "view.unassigned",
		empty: "list.empty.unassigned",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "mine",
		icon: CircleUserRound,
		name: "view.mine",
		empty: "list.empty.mine",
		next: "unassigned",
		nextLabel: "list.empty.goUnassigned",
	},
	{
		id: "open",
		icon: Layers,
		name: "view.open",
		empty: "list.empty.open",
		next: "closed",
		nextLabel: "list.empty.goClosed",
	},
	{
		id: "team",
		icon: Users,
		name: "view.team",
		empty: "list.empty.team",
		next: "unassigned",
		nextLabel: "list.empty.goUnassigned",
	},
	{
		id: "snoozed",
		icon: AlarmClock,
		name: "view.snoozed",
		empty: "list.empty.snoozed",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "mentions",
		icon: AtSign,
		name: "view.mentions",
		empty: "list.empty.mentions",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "following",
		icon: Eye,
		name: "view.following",
		empty: "list.empty.following",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "closed",
		icon: Archive,
		name: "view.closed",
		empty: "list.empty.closed",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "drafts",
		icon: PencilLine,
		name: "view.drafts",
		empty: "list.empty.drafts",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
	{
		id: "spam",
		icon: ShieldAlert,
		name: "view.spam",
		empty: "list.empty.spam",
		next: "open",
		nextLabel: "list.empty.goOpen",
	},
];

export const builtIn = (id: ViewId) => BUILT_IN.find((v) => v.id === id);
