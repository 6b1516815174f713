import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { CornerDownRight, Search, Ticket, UserRound } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { capsOf, keysOf } from "#shared/keys/keymap";
import { fuzzySort } from "#shared/text/fuzzy";
import { CommandDialog, type CommandGroup, type CommandRow } from "#ui/more";
import { recentOf, useRecent } from "../../data/recent";
import type { Found } from "../../data/search";
import { useUser } from "../../data/session";
import { availableCommands, COMMAND_SECTIONS, type Command } from "../../shell/commands";
import { IS_MAC, useKeymap } from "../../shell/keymapOfMine";
import { typedAhead } from "../../shell/typeAhead";
import { openPalette } from "../../shell/uiState";
import { useFound } from "./useFound";
import { useLibraryGroup } from "./useLibraryGroup";

const RECENT_ROWS = 5;

/* Everything that can be done here, and everything that can be gone to, by typing a part of its name. */
export function Palette() {
	const t = useText();
	const [query, setQuery] = useState(typedAhead);
	/* As it was when the palette opened: what a command is about does not change under the finger. */
	const [commands] = useState(availableCommands);
	const found = useFound(query);
	const groups = [
		...useCommandGroups(commands, query),
		...useTicketGroups(query, found.rows),
		useLibraryGroup(query, closeAnd),
	];
	return (
		<CommandDialog
			label={t("palette.title")}
			listLabel={t("palette.list")}
			placeholder={t("palette.placeholder")}
			query={query}
			onQuery={setQuery}
			groups={groups.filter((g) => g.rows.length > 0)}
			empty={found.isBusy ? t("palette.searching") : t("palette.empty")}
			isBusy={found.isBusy}
			onClose={() => openPalette(false)}
		/>
	);
}

/* The palette closes first, so that focus is back where it was before the command takes it elsewhere. */
function closeAnd(run: () => unknown) {
	openPalette(false);
	setTimeout(() => void run(), 0);
}

function useCommandGroups(commands: readonly Command[], query: string): CommandGroup[] {
	const t = useText();
	const keymap = useKeymap();
	function rowOf(c: Command): CommandRow {
		const keys = c.shortcut && keysOf(c.shortcut, keymap)[0];
		const Icon = c.icon ?? CornerDownRight;
		return {
			id: c.id,
			label: c.label,
			icon: <Icon size={16} />,
			caps: keys ? capsOf(keys, IS_MAC).flat() : undefined,
			run: () => closeAnd(c.run),
		};
	}
	const hits = fuzzySort(commands, query, (c) => (c.keywords ? `${c.label} ${c.keywords}` : c.label));
	if (query.trim()) return [{ id: "best", label: t("palette.section.best"), rows: hits.map(rowOf) }];
	return COMMAND_SECTIONS.map((section) => ({
		id: section,
		label: t(`palette.section.${section}`),
		rows: hits.filter((c) => c.section === section).map(rowOf),
	}));
}

function useTicketGroups(query: string, found: readonly Found[]): CommandGroup[] {
	const t = useText();
	const navigate = useNavigate();
	const user = useUser();
	const hasContacts = "/contacts/$recordId" in useRouter().routesByPath;
	const recent = useRecent((s) => recentOf(s, user.id));
	const { view = "open", ticketId } = useParams({ strict: false });
	const openTicket = (id: string) =>
		closeAnd(() => navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: id } }));
	const seen = new Set(found.map((f) => f.id));
	const earlier = fuzzySort(
		recent.filter((r) => r.id !== ticketId && !seen.has(r.id)),
		query,
		(r) => `#${r.id} ${r.subject}`,
	).slice(0, RECENT_ROWS);
	return [
		{
			id: "tickets",
			label: t("palette.section.tickets"),
			rows: found
				.filter((f) => f.kind === "ticket")
				.map((f) => ({
					id: f.id,
					label: f.subject || t("list.noSubject"),
					note: `#${f.id}`,
					icon: <Ticket size={16} />,
					run: () => openTicket(f.id),
				})),
		},
		{
			id: "contacts",
			label: t("palette.section.contacts"),
			rows: found
				.filter((f) => f.kind === "contact" && hasContacts)
				.map((f) => ({
					id: f.id,
					label: f.subject || f.email || `#${f.id}`,
					note: f.email,
					icon: <UserRound size={16} />,
					run: () => closeAnd(() => navigate({ href: `/contacts/${f.id}` })),
				})),
		},
		{
			id: "search",
			label: t("palette.section.search"),
			rows: query.trim()
				? [
						{
							id: "all",
							label: t("palette.searchFor", { query: query.trim() }),
							icon: <Search size={16} />,
							run: () => closeAnd(() => navigate({ to: "/search", search: { q: query.trim() } })),
						},
					]
				: [],
		},
		{
			id: "recent",
			label: t("palette.section.recent"),
			rows: earlier.map((r) => ({
				id: r.id,
				label: r.subject || t("list.noSubject"),
				note: `#${r.id}`,
				icon: <Ticket size={16} />,
				run: () => openTicket(r.id),
			})),
		},
	];
}
