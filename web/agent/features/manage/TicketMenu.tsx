import { Ellipsis } from "lucide-react";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { useCommands } from "../../shell/commands";
import { shortcutText } from "../../shell/keymapOfMine";
import { ACTIONS, type TicketAction, type TicketContext } from "./ticketActions";
import { useDeeds } from "./useDeeds";

const labelOf = (action: TicketAction, c: TicketContext) =>
	c.t(typeof action.label === "function" ? action.label(c) : action.label);

/* The "…" of a ticket: every action that is allowed here, in groups. The palette has them too, and their keys work. */
export function TicketMenu({ context }: { context: Omit<TicketContext, "deeds"> }) {
	const c: TicketContext = { ...context, deeds: useDeeds(context.ticketId) };
	useCommands(
		ACTIONS.filter((action) => !action.isForMany).map((action) => ({
			id: `ticket.${action.id}`,
			label: labelOf(action, c),
			section: "ticket",
			icon: action.icon,
			shortcut: action.shortcut,
			isAvailable: () => action.isAllowed(c),
			run: () => action.run(c),
		})),
	);
	const items: MenuItem[] = [];
	let group: string | undefined;
	for (const action of ACTIONS) {
		if (!action.isAllowed(c)) continue;
		if (group && group !== action.group) items.push({ kind: "line", id: `line-${action.id}` });
		group = action.group;
		const Icon = action.icon;
		items.push({
			id: action.id,
			label: labelOf(action, c),
			icon: <Icon size={15} aria-hidden />,
			shortcut: action.shortcut && shortcutText(action.shortcut),
			run: () => action.run(c),
		});
	}
	return (
		<MenuButton
			side="bottom end"
			label={c.t("manage.menu")}
			items={items}
			button={
				<IconButton label={c.t("manage.menu")} isDisabled={items.length === 0}>
					<Ellipsis size={17} aria-hidden />
				</IconButton>
			}
		/>
	);
}
