import { Link } from "@tanstack/react-router";
import { AlarmClock, BellOff, BellRing, GitMerge, ShieldAlert, Split } from "lucide-react";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { TicketDetail, TicketRow, TicketTie, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { forgetReminder, toggleMuted } from "../reminders/reminderDeeds";
import css from "./TicketNotices.module.css";
import { useDeeds } from "./useDeeds";
import { useManage } from "./useManage";

interface Props {
	view: ViewId;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
}

/* Why a ticket is out of its queue, what I want to hear of it, and the tickets it was one with: lines between its header and its messages. */
export function TicketNotices({ view, row, detail }: Props) {
	const t = useText();
	const intl = useIntl();
	const deeds = useDeeds(undefined);
	const { undo } = useManage();
	if (!row) return null;
	const mayEdit = detail?.abilities.includes("edit") ?? false;
	const mayDelete = detail?.abilities.includes("delete") ?? false;
	const ties = detail?.ties ?? [];
	const { remindAt, reminderNote, isMuted } = detail ?? {};
	if (!row.snoozedUntil && !row.spamAt && !remindAt && !isMuted && ties.length === 0) return null;
	const short = (at: string) => intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" });
	return (
		<div className={css.notices}>
			{row.snoozedUntil && (
				<Line icon={<AlarmClock size={15} aria-hidden />}>
					<span>{t("notice.snoozed", { time: short(row.snoozedUntil) })}</span>
					{mayEdit && (
						<Button size="s" onPress={() => void deeds.wake([row.id])}>
							{t("manage.wake")}
						</Button>
					)}
				</Line>
			)}
			{remindAt && (
				<Line icon={<BellRing size={15} aria-hidden />}>
					<span dir="auto">
						{reminderNote
							? t("notice.remindNote", { time: short(remindAt), note: reminderNote })
							: t("notice.remind", { time: short(remindAt) })}
					</span>
					<Button size="s" onPress={() => forgetReminder({ ticketId: row.id, t })}>
						{t("remind.forget")}
					</Button>
				</Line>
			)}
			{isMuted && (
				<Line icon={<BellOff size={15} aria-hidden />}>
					<span>{t("notice.muted")}</span>
					<Button size="s" onPress={() => toggleMuted({ ticketId: row.id, detail, t })}>
						{t("mute.off")}
					</Button>
				</Line>
			)}
			{row.spamAt && (
				<Line icon={<ShieldAlert size={15} aria-hidden />}>
					<span>{t("notice.spam")}</span>
					{mayDelete && (
						<Button size="s" onPress={() => void deeds.notSpam([row.id])}>
							{t("manage.notSpam")}
						</Button>
					)}
				</Line>
			)}
			{ties.map((tie) => (
				<Line
					key={tie.actId + tie.ticketId}
					icon={tie.kind === "merge" ? <GitMerge size={15} aria-hidden /> : <Split size={15} aria-hidden />}
				>
					<span>
						{t(noticeOf(tie))}{" "}
						{tie.kind === "merge" ? (
							<bdi>
								#{tie.ticketId} {tie.subject}
							</bdi>
						) : (
							<Link to="/tickets/$view/$ticketId" params={{ view, ticketId: tie.ticketId }}>
								<bdi>
									#{tie.ticketId} {tie.subject}
								</bdi>
							</Link>
						)}
					</span>
					{tie.isUndoable && mayEdit && mayDelete && (
						<Button size="s" onPress={() => void undo([tie.actId])}>
							{t(tie.kind === "merge" ? "notice.unmerge" : "notice.rejoin")}
						</Button>
					)}
				</Line>
			))}
		</div>
	);
}

const noticeOf = (tie: TicketTie) =>
	tie.kind === "merge" ? "notice.merged" : tie.isOther ? "notice.splitOff" : "notice.splitFrom";

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
	return (
		<div className={css.line}>
			{icon}
			{children}
		</div>
	);
}
