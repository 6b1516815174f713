import { memo } from "react";
import { useIntl } from "react-intl";
import type { TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fullTime, listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Skeleton } from "#ui";
import { usePropertyDefs } from "../../../data/properties";
import { useOwnerName } from "../../../data/reference";
import { useTicketRow } from "../../../data/ticketStore";
import { prefetchTicket } from "../../../data/tickets";
import { SelectBox } from "../../manage";
import { PropertyValue } from "../../properties";
import { useRowKnowledge } from "../list/rowKnowledge";
import { StagePill } from "../StagePill";
import { type RowProps, rowId } from "../TicketListRow";
import css from "./Table.module.css";

interface Props extends RowProps {
	columns: readonly string[];
}

export const TableRow = memo(function TableRow(p: Props) {
	const { id, index, top, columns } = p;
	const t = useText();
	const row = useTicketRow(id);
	const { stages } = useRowKnowledge();
	if (!row) return null;
	const contact = row.contactName || row.contactEmail || t("list.noContact");
	const subject = row.subject || t("list.noSubject");
	const status = stages.get(`${row.pipelineId}/${row.stageId}`)?.label ?? "";
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the keys
		<div
			role="row"
			id={rowId(id)}
			aria-rowindex={index + 1}
			aria-selected={p.isOpen}
			aria-label={t("list.rowName", { subject, contact, status })}
			className={css.row}
			data-active={p.isActive ? "" : undefined}
			data-waiting={row.lastMessageFromVisitor && !row.isClosed ? "" : undefined}
			data-left={p.hasLeft ? "" : undefined}
			style={{ transform: `translateY(${top}px)` }}
			onPointerEnter={() => prefetchTicket(id)}
			onClick={() => {
				p.onActive(id);
				p.onOpen(id);
			}}
		>
			{columns.map((column, i) => (
				<div role="gridcell" key={column} className={css.cell} dir="auto" data-first={i === 0 ? "" : undefined}>
					{i === 0 && <SelectBox id={id} subject={subject} />}
					<span className={css.text}>
						<Value row={row} column={column} contact={contact} subject={subject} />
					</span>
				</div>
			))}
		</div>
	);
});

interface ValueProps {
	row: TicketRow;
	column: string;
	contact: string;
	subject: string;
}

function Value({ row, column, contact, subject }: ValueProps) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const owner = useOwnerName(row.ownerId);
	switch (column) {
		case "subject":
			return subject;
		case "contact":
			return contact;
		case "hubspot_owner_id":
			return owner ?? <span className={css.quiet}>{t("list.unowned")}</span>;
		case "hs_pipeline_stage":
			return <StagePill pipelineId={row.pipelineId} stageId={row.stageId} isClosed={row.isClosed} />;
		case "hs_ticket_priority":
			return row.priority && ["LOW", "MEDIUM", "HIGH", "URGENT"].includes(row.priority)
				? t(`priority.${row.priority as "LOW"}`)
				: row.priority;
		case "activity":
			return (
				<time dateTime={row.activityAt} title={fullTime(row.activityAt, locale)}>
					{listTime(row.activityAt, now, locale)}
				</time>
			);
		default:
			return <Property row={row} name={column} />;
	}
}

function Property({ row, name }: { row: TicketRow; name: string }) {
	const def = usePropertyDefs("tickets").get(name);
	const value = row.properties?.[name];
	return def && value ? <PropertyValue def={def} value={value} pipelineId={row.pipelineId} /> : null;
}

/* The place of a row that is on its way. */
export function WaitingTableRow({ index, top, columns }: { index: number; top: number; columns: readonly string[] }) {
	return (
		<div
			role="row"
			aria-rowindex={index + 1}
			aria-busy
			className={css.row}
			data-waiting-row=""
			style={{ transform: `translateY(${top}px)` }}
		>
			{columns.map((column, i) => (
				<div role="gridcell" key={column} className={css.cell}>
					<Skeleton width={`${44 + (((index + i) * 17) % 40)}%`} />
				</div>
			))}
		</div>
	);
}
