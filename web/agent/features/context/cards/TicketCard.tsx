import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { dayTime, listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { useOwnerName, usePipelines } from "../../../data/reference";
import { StagePill } from "../../tickets/StagePill";
import { Facts } from "./Facts";
import type { CardProps } from "./types";

const KNOWN_PRIORITIES = ["LOW", "MEDIUM", "HIGH", "URGENT"] as const;
const KNOWN_SOURCES = ["EMAIL", "CHAT", "FORM", "PHONE"] as const;

/* What the ticket is. */
export function TicketCard({ row }: CardProps) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const owner = useOwnerName(row?.ownerId);
	const pipeline = usePipelines().find((p) => p.id === row?.pipelineId)?.label;
	const priority = KNOWN_PRIORITIES.find((p) => p === row?.priority);
	const source = KNOWN_SOURCES.find((s) => s === row?.sourceType);
	if (!row) return null;
	return (
		<Facts
			rows={[
				[
					"context.status",
					<StagePill key="s" pipelineId={row.pipelineId} stageId={row.stageId} isClosed={row.isClosed} />,
				],
				["context.owner", owner ?? t("list.unowned")],
				["context.pipeline", pipeline],
				["context.priority", priority && t(`priority.${priority}`)],
				["context.source", source && t(`source.${source}`)],
				["context.created", dayTime(row.createdAt, locale)],
				["context.lastActivity", listTime(row.activityAt, now, locale)],
				["context.number", `#${row.id}`],
			]}
		/>
	);
}
