/* The pages of Settings in the order of their menu. "personal" ones are everybody's; a page that somebody may not open says so. */
import {
	Bell,
	CircleUser,
	Keyboard,
	Mail,
	ShieldAlert,
	SlidersHorizontal,
	Trash2,
	Users,
	UsersRound,
	UserX,
	Workflow,
} from "lucide-react";
import type { User } from "#shared/api/types";
import { isAdmin, may } from "../../data/session";

export const SETTINGS_PAGES = [
	{
		group: "personal",
		to: "/settings/preferences",
		label: "settings.preferences.title",
		Icon: SlidersHorizontal,
		Workflow,
	},
	{ group: "personal", to: "/settings/profile", label: "profile.title", Icon: CircleUser },
	{ group: "personal", to: "/settings/keyboard", label: "keys.settings", Icon: Keyboard },
	{ group: "personal", to: "/settings/notifications", label: "notifications.settings.title", Icon: Bell },
	{ group: "tickets", to: "/settings/recycle-bin", label: "bin.title", Icon: Trash2 },
	{ group: "tickets", to: "/settings/blocked-senders", label: "blocked.title", Icon: UserX },
	{ group: "people", to: "/settings/users", label: "people.title", Icon: Users },
	{ group: "people", to: "/settings/teams", label: "teams.title", Icon: UsersRound },
	{ group: "desk", to: "/settings/mail", label: "settings.mail.title", Icon: Mail },
	{ group: "desk", to: "/settings/pipelines", label: "pipelines.title", Icon: Workflow },
	{ group: "desk", to: "/settings/records", label: "settings.records.title", Icon: Users },
	{ group: "desk", to: "/settings/quarantine", label: "settings.quarantine.title", Icon: ShieldAlert },
] as const;

export const SETTINGS_GROUPS = ["personal", "tickets", "people", "desk"] as const;

export const mayOpen = (page: (typeof SETTINGS_PAGES)[number], user: User) => {
	if (page.group === "personal") return true;
	if (page.group === "tickets") return may(user, "reply");
	return page.group === "people" ? may(user, "managePeople") : isAdmin(user);
};
