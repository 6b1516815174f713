import { Link } from "@tanstack/react-router";
import { useIntl } from "react-intl";
import type { TicketRow, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { useTicketRow } from "../../../data/ticketStore";
import { StagePill } from "../../tickets/StagePill";
import css from "./Card.module.css";

/* One other ticket, with how its newest message begins; it opens in place. */
export function TicketLink({ view, given }: { view: ViewId; given: TicketRow }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const row = useTicketRow(given.id) ?? given;
	return (
		<Link to="/tickets/$view/$ticketId" params={{ view, ticketId: row.id }} className={css.other}>
			<span className={css.otherName} dir="auto">
				{row.subject || t("list.noSubject")}
			</span>
			{row.preview && (
				<span className={css.excerpt} dir="auto">
					{row.preview}
				</span>
			)}
			<span className={css.otherFoot}>
				<StagePill pipelineId={row.pipelineId} stageId={row.stageId} isClosed={row.isClosed} />
				<time dateTime={row.activityAt}>{listTime(row.activityAt, now, locale)}</time>
			</span>
		</Link>
	);
}
