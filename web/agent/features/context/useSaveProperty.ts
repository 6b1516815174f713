import type { TicketRow } from "#shared/api/types";
import { isClosedStage, useStageMap } from "../../data/reference";
import { editTicket } from "../../data/tickets";

/* Saves one property of a ticket; the list's row shows it at once where it has the property. */
export function useSaveProperty(ticketId: string, row: TicketRow | undefined) {
	const stages = useStageMap();
	return (name: string, value: string) => {
		const patch: Partial<TicketRow> = {};
		if (name === "subject") patch.subject = value;
		if (name === "hubspot_owner_id") patch.ownerId = value || undefined;
		if (name === "hs_ticket_priority") patch.priority = value || undefined;
		if (name === "hs_pipeline_stage") {
			patch.stageId = value;
			patch.isClosed = isClosedStage(stages.get(`${row?.pipelineId}/${value}`));
		}
		return editTicket(ticketId, { properties: { [name]: value }, row: patch });
	};
}
