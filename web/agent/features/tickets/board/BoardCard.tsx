import { Ellipsis } from "lucide-react";
import { useIntl } from "react-intl";
import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Avatar, IconButton, MenuButton } from "#ui";
import { useOwnerName } from "../../../data/reference";
import { useTicketRow } from "../../../data/ticketStore";
import { prefetchTicket } from "../../../data/tickets";
import { useTicketEdits } from "../../manage";
import css from "./Board.module.css";

interface Props {
	id: string;
	stages: readonly Stage[];
	onDrag: (id: string | undefined) => void;
	onOpen: (id: string) => void;
}

/* One ticket on the board. A press opens it; its menu moves it, as dragging does. */
export function BoardCard({ id, stages, onDrag, onOpen }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const row = useTicketRow(id);
	const owner = useOwnerName(row?.ownerId);
	const edits = useTicketEdits(id, row);
	if (!row) return null;
	const subject = row.subject || t("list.noSubject");
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dragging has a twin in the menu
		<div
			className={css.card}
			draggable
			data-waiting={row.lastMessageFromVisitor && !row.isClosed ? "" : undefined}
			onDragStart={(e) => {
				e.dataTransfer.effectAllowed = "move";
				e.dataTransfer.setData("text/plain", id);
				onDrag(id);
			}}
			onDragEnd={() => onDrag(undefined)}
			onPointerEnter={() => prefetchTicket(id)}
		>
			<button type="button" className={css.open} onClick={() => onOpen(id)} dir="auto">
				{subject}
			</button>
			<MenuButton
				button={
					<IconButton label={t("board.move", { subject })} size="s" className={css.menu}>
						<Ellipsis size={15} aria-hidden />
					</IconButton>
				}
				label={t("board.move", { subject })}
				side="bottom end"
				items={[
					{
						kind: "group",
						id: "stages",
						label: t("board.moveTo"),
						items: stages.map((s) => ({
							id: s.id,
							label: s.label,
							isSelected: s.id === row.stageId,
							run: () => edits.setStage(s),
						})),
					},
				]}
			/>
			<p className={css.contact} dir="auto">
				{row.contactName || row.contactEmail || t("list.noContact")}
			</p>
			<p className={css.facts}>
				{row.priority && ["LOW", "MEDIUM", "HIGH", "URGENT"].includes(row.priority) && (
					<span>{t(`priority.${row.priority as "LOW"}`)}</span>
				)}
				<time dateTime={row.activityAt}>{listTime(row.activityAt, now, locale)}</time>
				{owner && (
					<span className={css.owner} title={owner}>
						<Avatar name={owner} size={20} />
						<span className="visually-hidden">{owner}</span>
					</span>
				)}
			</p>
		</div>
	);
}
