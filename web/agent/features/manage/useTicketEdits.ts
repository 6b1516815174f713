import { ApiError } from "#shared/api/client";
import type { Stage, TicketDetail, TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { isClosedStage } from "../../data/reference";
import { editTicket, type TicketEdit } from "../../data/tickets";
import { useErrorText } from "../../shell/useErrorText";
import { withRequired } from "./requiredProperties";
import { beginUndo } from "./undo";

interface Change {
	edit: TicketEdit;
	/* How it was: for Undo. */
	before: TicketEdit;
	/* What the notice says. */
	done: string;
	stage?: Stage;
	missing?: readonly string[];
}

/* Name, owner, status, priority and category of one ticket. A change shows at once and can be undone; a status that demands more asks
 * for it first; a refusal takes the change back and says why, with one press to try again. */
export function useTicketEdits(ticketId: string, row: TicketRow | undefined, detail?: TicketDetail) {
	const t = useText();
	const errorText = useErrorText();
	const subject = row?.subject || t("list.noSubject");

	async function run(c: Change, isUndo = false) {
		const made = withRequired(
			(extra) => editTicket(ticketId, { ...c.edit, text: c.done, properties: { ...extra, ...c.edit.properties } }),
			{ stageLabel: c.stage?.label, missing: c.missing },
		);
		const back = { ...c, edit: c.before, before: c.edit, stage: undefined, missing: undefined };
		const undoable = isUndo ? undefined : beginUndo(() => void made.then(() => run(back, true)).catch(() => {}));
		try {
			const result = await made;
			if (result === "cancelled") undoable?.drop();
			else undoable?.offer(c.done, t("manage.undo"));
		} catch (e) {
			undoable?.drop();
			const isStale = e instanceof ApiError && e.status === 412;
			const reason = isStale ? t("ticket.edit.stale") : errorText(e);
			toast("bad", t("ticket.edit.failed", { subject, reason }), {
				label: t("common.retry"),
				run: () => void run(c, isUndo),
			});
		}
	}

	/* A property of the ticket, with what the list shows of it. */
	function set(
		name: string,
		value: string,
		before: string,
		patch: Partial<TicketRow>,
		was: Partial<TicketRow>,
		done: string,
	) {
		void run({
			edit: { properties: { [name]: value }, row: patch },
			before: { properties: { [name]: before }, row: was },
			done,
		});
	}

	return {
		setStage(stage: Stage | undefined) {
			if (!stage || !row || stage.id === row.stageId) return;
			void run({
				edit: {
					properties: { hs_pipeline_stage: stage.id },
					row: { stageId: stage.id, isClosed: isClosedStage(stage) },
				},
				before: {
					properties: { hs_pipeline_stage: row.stageId },
					row: { stageId: row.stageId, isClosed: row.isClosed },
				},
				done: t("manage.done.status", { subject, stage: stage.label }),
				stage,
				missing: detail?.stages.find((s) => s.id === stage.id)?.missingProperties,
			});
		},
		setOwner(ownerId: string | undefined) {
			if (!row || ownerId === row.ownerId) return;
			const done = t("manage.done.owner", { subject });
			set("hubspot_owner_id", ownerId ?? "", row.ownerId ?? "", { ownerId }, { ownerId: row.ownerId }, done);
		},
		setSubject(name: string) {
			if (!row || name === row.subject) return;
			const done = t("manage.done.name", { subject: name });
			set("subject", name, row.subject, { subject: name }, { subject: row.subject }, done);
		},
		setPriority(priority: string | undefined) {
			if (!row || priority === row.priority) return;
			const done = t("manage.done.priority", { subject });
			set("hs_ticket_priority", priority ?? "", row.priority ?? "", { priority }, { priority: row.priority }, done);
		},
		setCategory(category: string | undefined) {
			const before = detail?.properties.hs_ticket_category ?? "";
			if ((category ?? "") === before) return;
			set("hs_ticket_category", category ?? "", before, {}, {}, t("manage.done.category", { subject }));
		},
	};
}
