import { Ellipsis } from "lucide-react";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { ACTIONS, type TicketContext } from "./ticketActions";

/* The "…" of a ticket: every action that is allowed here, in groups. */
export function TicketMenu({ context: c }: { context: TicketContext }) {
	const items: MenuItem[] = [];
	let group: string | undefined;
	for (const action of ACTIONS) {
		if (!action.isAllowed(c)) continue;
		if (group && group !== action.group) items.push({ kind: "line", id: `line-${action.id}` });
		group = action.group;
		const Icon = action.icon;
		items.push({
			id: action.id,
			label: c.t(typeof action.label === "function" ? action.label(c) : action.label),
			icon: <Icon size={15} aria-hidden />,
			shortcut: action.shortcut,
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
