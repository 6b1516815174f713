import { CornerUpLeft, Forward, Mail, MessageSquareText, MessagesSquare } from "lucide-react";
import type { TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import css from "./TicketList.module.css";

const MAIL = "1002";
const ACTS = {
	REPLIED: { icon: CornerUpLeft, label: "list.replied" },
	FORWARDED: { icon: Forward, label: "list.forwarded" },
	COMMENTED: { icon: MessageSquareText, label: "list.commented" },
} as const;

/* Behind the name: how many take part, by what channel, and what was done last. */
export function RowMarks({ row }: { row: TicketRow }) {
	const t = useText();
	const others = (row.participantN ?? 0) - 1;
	const act = row.lastAct && ACTS[row.lastAct];
	const Channel = row.channelId === MAIL ? Mail : MessagesSquare;
	return (
		<>
			{others > 0 && (
				<span className={css.others} title={t("list.participants", { count: others + 1 })}>
					<span aria-hidden>+{others}</span>
					<span className="visually-hidden">{t("list.participants", { count: others + 1 })}</span>
				</span>
			)}
			{row.channelId && (
				<span className={css.mark} role="img" aria-label={t(row.channelId === MAIL ? "list.byMail" : "list.byChat")}>
					<Channel size={13} aria-hidden />
				</span>
			)}
			{act && (
				<span className={css.mark} role="img" aria-label={t(act.label)} title={t(act.label)}>
					<act.icon size={13} aria-hidden />
				</span>
			)}
		</>
	);
}
