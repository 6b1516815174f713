import { Link } from "@tanstack/react-router";
import { useIntl } from "react-intl";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import type { LinkedRecord } from "../../data/records";
import { StagePill } from "../tickets/StagePill";
import css from "./Records.module.css";

/* A linked ticket with how its newest message begins. */
export function TicketLinkRow({ record: r, view = "open" }: { record: LinkedRecord; view?: ViewId }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	return (
		<Link to="/tickets/$view/$ticketId" params={{ view, ticketId: r.id }} className={css.ticket}>
			<span className={css.itemName} dir="auto">
				{r.label || t("list.noSubject")}
			</span>
			{r.preview && (
				<span className={css.excerpt} dir="auto">
					{r.preview}
				</span>
			)}
			<span className={css.foot}>
				{r.pipelineId && r.stageId && <StagePill pipelineId={r.pipelineId} stageId={r.stageId} isClosed={r.isClosed} />}
				<time dateTime={r.activityAt}>{listTime(r.activityAt, now, locale)}</time>
			</span>
		</Link>
	);
}
