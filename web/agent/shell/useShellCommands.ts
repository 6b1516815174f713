/* The commands that are there on every page. */
import { useNavigate } from "@tanstack/react-router";
import { Inbox, Keyboard, LogOut, Monitor, Moon, Plus, Search, Settings, Sun } from "lucide-react";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import type { Action } from "#shared/keys/keymap";
import { usePrefs } from "../data/prefs";
import { session } from "../data/session";
import { undoLast } from "../features/manage";
import { useAction } from "./actions";
import { type Command, useCommands } from "./commands";
import { focusRegion } from "./regions";
import { holdTyping } from "./typeAhead";
import { openCreate, openHelp, openPalette } from "./uiState";

const GO_VIEWS: { view: ViewId; shortcut: Action }[] = [
	{ view: "unassigned", shortcut: "goUnassigned" },
	{ view: "mine", shortcut: "goMine" },
	{ view: "open", shortcut: "goAll" },
	{ view: "snoozed", shortcut: "goSnoozed" },
	{ view: "closed", shortcut: "goClosed" },
	{ view: "mentions", shortcut: "goMentions" },
	{ view: "following", shortcut: "goFollowing" },
];

const THEMES = [
	{ id: "system", icon: Monitor },
	{ id: "light", icon: Sun },
	{ id: "dark", icon: Moon },
] as const;

export function useShellCommands() {
	const t = useText();
	const navigate = useNavigate();
	const { theme, setTheme } = usePrefs();
	async function signOut() {
		await session.signOut().catch(() => session.forget());
		await navigate({ to: "/sign-in", search: {} });
	}
	const go: Command[] = GO_VIEWS.map(({ view, shortcut }) => ({
		id: `go.${view}`,
		label: t(`keys.${shortcut}`),
		section: "go",
		icon: Inbox,
		shortcut,
		run: () => navigate({ to: "/tickets/$view", params: { view } }),
	}));
	useCommands([
		{
			id: "create.ticket",
			label: t("keys.create"),
			section: "create",
			icon: Plus,
			shortcut: "create",
			run: () => openCreate(true),
		},
		...go,
		{
			id: "go.search",
			label: t("keys.search"),
			section: "go",
			icon: Search,
			shortcut: "search",
			run: () => navigate({ to: "/search", search: {} }),
		},
		{
			id: "go.settings",
			label: t("keys.goSettings"),
			section: "go",
			icon: Settings,
			shortcut: "goSettings",
			run: () => navigate({ to: "/settings" }),
		},
		...THEMES.map(
			({ id, icon }): Command => ({
				id: `theme.${id}`,
				label: t(`theme.use.${id}`),
				section: "app",
				icon,
				isAvailable: () => theme !== id,
				run: () => setTheme(id),
			}),
		),
		{
			id: "app.keys",
			label: t("user.shortcuts"),
			section: "app",
			icon: Keyboard,
			shortcut: "help",
			run: () => openHelp(true),
		},
		{ id: "app.signOut", label: t("user.signOut"), section: "app", icon: LogOut, run: signOut },
	]);
	useAction("goInbox", () => navigate({ to: "/" }));
	useAction("undo", () => undoLast());
	useAction("palette", () => {
		holdTyping();
		openPalette(true);
	});
	useAction("regionNext", () => focusRegion(1));
	useAction("regionPrevious", () => focusRegion(-1));
}
