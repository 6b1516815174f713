import { PencilLine } from "lucide-react";
import { memo } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Avatar, Skeleton } from "#ui";
import { hasSeen } from "../../data/seen";
import { useTicketRow } from "../../data/ticketStore";
import { prefetchTicket } from "../../data/tickets";
import { SelectBox } from "../manage";
import { PresenceMark } from "../presence";
import { useRowKnowledge } from "./list/rowKnowledge";
import { RowMarks } from "./RowMarks";
import { PillOfStage } from "./StagePill";
import css from "./TicketList.module.css";

export const rowId = (id: string) => `ticket-${id}`;

export interface RowProps {
	id: string;
	index: number;
	top: number;
	/* It does not belong here any more. */
	hasLeft: boolean;
	isOpen: boolean;
	isActive: boolean;
	onOpen: (id: string) => void;
	onActive: (id: string) => void;
}

export const TicketListRow = memo(function TicketListRow({
	id,
	index,
	top,
	hasLeft,
	isOpen,
	isActive,
	onOpen,
	onActive,
}: RowProps) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const row = useTicketRow(id);
	const { stages, drafted, userId } = useRowKnowledge();
	const hasDraft = drafted.has(id);
	if (!row) return null;
	const contact = row.contactName || row.contactEmail || t("list.noContact");
	const subject = row.subject || t("list.noSubject");
	const isUnread = !hasSeen(row, userId);
	const stage = stages.get(`${row.pipelineId}/${row.stageId}`);
	const status = stage?.label ?? "";
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the keys
		<div
			role="row"
			id={rowId(id)}
			aria-rowindex={index + 1}
			aria-selected={isOpen}
			aria-label={t(isUnread ? "list.rowNameUnread" : "list.rowName", { subject, contact, status })}
			className={css.row}
			data-active={isActive ? "" : undefined}
			data-waiting={row.lastMessageFromVisitor && !row.isClosed ? "" : undefined}
			data-left={hasLeft ? "" : undefined}
			data-unread={isUnread ? "" : undefined}
			style={{ transform: `translateY(${top}px)` }}
			onPointerEnter={() => prefetchTicket(id)}
			onClick={() => {
				onActive(id);
				onOpen(id);
			}}
		>
			<div role="gridcell" className={css.cell}>
				<span className={css.face}>
					<Avatar name={contact} size={32} />
					<SelectBox id={id} subject={subject} className={css.select} />
				</span>
				<div className={css.text}>
					<div className={css.line}>
						<span className={css.contact} dir="auto">
							{contact}
						</span>
						<RowMarks row={row} />
						{hasDraft && (
							<span className={css.mark} role="img" aria-label={t("draft.list")} title={t("draft.list")}>
								<PencilLine size={13} aria-hidden />
							</span>
						)}
						{row.lastMessageFromVisitor && !row.isClosed && (
							<span
								className={css.dot}
								role="img"
								aria-label={t("list.customerWrote")}
								title={t("list.customerWrote")}
							/>
						)}
						<time className={css.time} dateTime={row.activityAt} title={fullTime(row.activityAt, locale)}>
							{listTime(row.activityAt, now, locale)}
						</time>
					</div>
					<div className={css.line}>
						<span className={css.subject} dir="auto">
							{subject}
						</span>
						<PresenceMark ticketId={id} />
					</div>
					<div className={css.line}>
						<span className={css.preview} dir="auto">
							{row.commentPreview ?? row.preview}
						</span>
						{stage && <PillOfStage stage={stage} isClosed={row.isClosed} />}
					</div>
				</div>
			</div>
		</div>
	);
});

/* The place of a row that is on its way. */
export function WaitingRow({ index, top }: { index: number; top: number }) {
	return (
		<div
			role="row"
			aria-rowindex={index + 1}
			aria-busy
			className={css.row}
			data-waiting-row=""
			style={{ transform: `translateY(${top}px)` }}
		>
			<div role="gridcell" className={css.cell}>
				<div className={css.text}>
					<div className={css.line}>
						<Skeleton width={`${38 + ((index * 17) % 30)}%`} />
					</div>
					<div className={css.line}>
						<Skeleton width={`${60 + ((index * 13) % 34)}%`} />
					</div>
				</div>
			</div>
		</div>
	);
}
