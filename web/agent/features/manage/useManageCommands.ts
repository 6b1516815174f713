import {
	AlarmClock,
	AlarmClockOff,
	BellRing,
	CircleCheck,
	CircleDot,
	CircleUserRound,
	Flag,
	FolderInput,
	GitMerge,
	History,
	ShieldAlert,
	ShieldCheck,
	Split,
	Trash2,
	UserRound,
	UserX,
} from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { fullName, useUser } from "../../data/session";
import { ticketStore } from "../../data/ticketStore";
import { knownDetail } from "../../data/tickets";
import { type Command, useCommands } from "../../shell/commands";
import { openManage } from "./manageUi";
import { useTargets } from "./targets";
import type { Deeds } from "./useDeeds";

/* What keys and the palette do with the selected tickets, or with the one on screen. */
export function useManageCommands(deeds: Deeds) {
	const t = useText();
	const me = useUser();
	const { openId, targets } = useTargets();
	/* What is known of rights: who only looks, and what the server said of tickets that were opened. */
	const may = (ability: string) =>
		me.role !== "viewer" &&
		targets().length > 0 &&
		targets().every((id) => knownDetail(id)?.abilities.includes(ability) !== false);
	const ticket = (command: Omit<Command, "section">, ability = "edit"): Command => ({
		section: "ticket",
		...command,
		isAvailable: () => may(ability) && command.isAvailable?.() !== false,
	});
	const rows = () => targets().map((id) => ticketStore.row(id));
	useCommands([
		ticket({
			id: "ticket.assign",
			label: t("manage.assign"),
			shortcut: "assign",
			icon: UserRound,
			run: () => openManage("assign", targets()),
		}),
		ticket({
			id: "ticket.assignToMe",
			label: t("manage.assignToMe"),
			shortcut: "assignToMe",
			icon: CircleUserRound,
			run: () => deeds.assign(targets(), me.ownerId, fullName(me)),
		}),
		ticket({
			id: "ticket.status",
			label: t("manage.status"),
			shortcut: "status",
			icon: CircleDot,
			run: () => openManage("status", targets()),
		}),
		ticket({
			id: "ticket.priority",
			label: t("manage.priority"),
			shortcut: "priority",
			icon: Flag,
			run: () => openManage("priority", targets()),
		}),
		ticket({
			id: "ticket.close",
			label: t("manage.closeAndNext"),
			shortcut: "closeTicket",
			icon: CircleCheck,
			run: () => deeds.closeAndNext(targets()),
		}),
		ticket({
			id: "ticket.snooze",
			label: t("manage.snooze"),
			shortcut: "snooze",
			icon: AlarmClock,
			run: () => openManage("snooze", targets()),
		}),
		ticket({
			id: "ticket.wake",
			label: t("manage.wake"),
			icon: AlarmClockOff,
			isAvailable: () => rows().some((r) => r?.snoozedUntil),
			run: () => deeds.wake(targets()),
		}),
		ticket(
			{
				id: "ticket.remind",
				label: t("remind.action"),
				icon: BellRing,
				isAvailable: () => targets().length === 1,
				run: () => openManage("remind", targets()),
			},
			"view",
		),
		ticket({ id: "ticket.merge", label: t("manage.merge"), icon: GitMerge, run: () => openManage("merge", targets()) }),
		ticket({
			id: "ticket.split",
			label: t("manage.split"),
			icon: Split,
			isAvailable: () => targets().length === 1,
			run: () => openManage("split", targets()),
		}),
		ticket({ id: "ticket.move", label: t("manage.move"), icon: FolderInput, run: () => openManage("move", targets()) }),
		ticket(
			{
				id: "ticket.spam",
				label: t("manage.spam"),
				icon: ShieldAlert,
				isAvailable: () => rows().some((r) => r && !r.spamAt),
				run: () => deeds.spam(targets()),
			},
			"delete",
		),
		ticket(
			{
				id: "ticket.notSpam",
				label: t("manage.notSpam"),
				icon: ShieldCheck,
				isAvailable: () => rows().some((r) => r?.spamAt),
				run: () => deeds.notSpam(targets()),
			},
			"delete",
		),
		ticket({ id: "ticket.block", label: t("manage.block"), icon: UserX, run: () => deeds.block(targets()) }, "delete"),
		ticket(
			{ id: "ticket.delete", label: t("manage.delete"), icon: Trash2, run: () => deeds.remove(targets()) },
			"delete",
		),
		ticket(
			{
				id: "ticket.history",
				label: t("manage.history"),
				icon: History,
				isAvailable: () => openId !== undefined,
				run: () => openId && openManage("history", [openId]),
			},
			"view",
		),
	]);
}
