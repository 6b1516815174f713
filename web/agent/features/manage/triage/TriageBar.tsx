import { useNavigate } from "@tanstack/react-router";
import { CircleUserRound, GitMerge, MessageSquareLock, ShieldAlert } from "lucide-react";
import { useEffect } from "react";
import type { TicketDetail, TicketRow, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { fullName, useUser } from "../../../data/session";
import { ticketStore, useViewCount } from "../../../data/ticketStore";
import { prefetchTicket } from "../../../data/tickets";
import { perform } from "../../../shell/actions";
import { type Command, useCommands } from "../../../shell/commands";
import { shortcutText } from "../../../shell/keymapOfMine";
import { askForMention } from "../../comments/mentionRequests";
import { openManage } from "../manageUi";
import { useSelection } from "../selection";
import { useDeeds } from "../useDeeds";
import css from "./TriageBar.module.css";

interface Props {
	view: ViewId;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
}

const isWaiting = (id: string) => {
	const row = ticketStore.row(id);
	return !!row && !row.ownerId && !row.isClosed && !row.spamAt && !row.snoozedUntil;
};

/* The nearest one of the list that nobody has decided about: below this one, else above it. */
function nextAfter(id: string): string | undefined {
	const { order } = useSelection.getState();
	const at = order.indexOf(id);
	return order.slice(at + 1).find(isWaiting) ?? order.slice(0, Math.max(0, at)).findLast(isWaiting);
}

/* In a queue of tickets that are nobody's: one key decides, and the next one is there. */
export function TriageBar({ view, row, detail }: Props) {
	const t = useText();
	const me = useUser();
	const navigate = useNavigate();
	/* The bar goes on by itself, also behind the last row. */
	const deeds = useDeeds(undefined);
	const count = useViewCount(view);
	const id = row?.id;
	const mayEdit = detail?.abilities.includes("edit") ?? true;
	const mayDelete = detail?.abilities.includes("delete") ?? true;
	const isHere = id !== undefined && isWaiting(id);

	useEffect(() => {
		const following = id && nextAfter(id);
		if (following) prefetchTicket(following);
	}, [id]);

	function goOn(decide: (id: string) => unknown) {
		if (!id) return;
		const following = nextAfter(id);
		if (following) void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: following } });
		else void navigate({ to: "/tickets/$view", params: { view } });
		void decide(id);
	}
	const steps: (Command & { shortcut: NonNullable<Command["shortcut"]>; isAllowed: boolean })[] = [
		{
			id: "triage.accept",
			section: "ticket",
			label: t("keys.triageAccept"),
			shortcut: "triageAccept",
			icon: CircleUserRound,
			isAllowed: mayEdit,
			run: () => goOn((one) => deeds.assign([one], me.ownerId, fullName(me))),
		},
		{
			id: "triage.duplicate",
			section: "ticket",
			label: t("keys.triageDuplicate"),
			shortcut: "triageDuplicate",
			icon: GitMerge,
			isAllowed: mayEdit && mayDelete,
			run: () => id && openManage("merge", [id]),
		},
		{
			id: "triage.spam",
			section: "ticket",
			label: t("keys.triageSpam"),
			shortcut: "triageSpam",
			icon: ShieldAlert,
			isAllowed: mayEdit && mayDelete,
			run: () => goOn((one) => deeds.spam([one])),
		},
		{
			id: "triage.ask",
			section: "ticket",
			label: t("keys.triageAsk"),
			shortcut: "triageAsk",
			icon: MessageSquareLock,
			isAllowed: true,
			run: () => {
				perform("comment");
				askForMention();
			},
		},
	];
	useCommands(steps.map((step) => ({ ...step, isAvailable: () => isHere && step.isAllowed })));
	const left = count?.isCapped ? undefined : count?.count;
	return (
		<div className={css.steps} role="group" aria-label={t("keys.group.triage")}>
			<span className={css.left}>{left !== undefined && t("triage.left", { count: left })}</span>
			{isHere &&
				steps
					.filter((step) => step.isAllowed)
					.map(({ id: step, label, shortcut, run }) => (
						<Button key={step} size="s" look="quiet" onPress={run}>
							{label} <kbd className={css.key}>{shortcutText(shortcut)}</kbd>
						</Button>
					))}
		</div>
	);
}
