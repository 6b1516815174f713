import { ApiError } from "#shared/api/client";
import type { Stage, TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { isClosedStage } from "../../data/reference";
import { editTicket, type TicketEdit } from "../../data/tickets";
import { useErrorText } from "../../shell/useErrorText";

/* Status and owner change on screen at once; a refusal takes them back and says why, with one press to try again. */
export function useTicketEdits(ticketId: string, row: TicketRow | undefined) {
	const t = useText();
	const errorText = useErrorText();

	function run(edit: TicketEdit) {
		editTicket(ticketId, edit).catch((e: unknown) => {
			const isStale = e instanceof ApiError && e.status === 412;
			const reason = isStale ? t("ticket.edit.stale") : errorText(e);
			toast("bad", t("ticket.edit.failed", { subject: row?.subject ?? ticketId, reason }), {
				label: t("common.retry"),
				run: () => run(edit),
			});
		});
	}

	return {
		setStage(stage: Stage | undefined) {
			if (!stage || stage.id === row?.stageId) return;
			run({ properties: { hs_pipeline_stage: stage.id }, row: { stageId: stage.id, isClosed: isClosedStage(stage) } });
		},
		setOwner(ownerId: string | undefined) {
			if (ownerId === row?.ownerId) return;
			run({ properties: { hubspot_owner_id: ownerId ?? "" }, row: { ownerId } });
		},
	};
}
