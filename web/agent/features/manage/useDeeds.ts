import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { isClosedStage, usePipelines } from "../../data/reference";
import { ticketStore } from "../../data/ticketStore";
import { perform } from "../../shell/actions";
import { type Chosen, selection } from "./selection";
import { useManage } from "./useManage";

/* The things that are done to tickets, by name. openId: the ticket on screen, which is left when it goes away. */
export function useDeeds(openId: string | undefined) {
	const t = useText();
	const { run } = useManage();
	const pipelines = usePipelines();

	/* The next ticket comes on screen first, so that nobody waits. */
	const leaving = (ids: Chosen) => {
		if (openId && ids.includes(openId)) perform("next");
	};
	/* Rows that stay keep their marks. */
	const away = (ids: Chosen) => {
		leaving(ids);
		selection.clear();
	};
	const firstClosed = (id: string): Stage | undefined => {
		const row = ticketStore.row(id);
		const found = pipelines.find((p) => p.id === row?.pipelineId);
		return [...(found?.stages ?? [])].sort((a, b) => a.displayOrder - b.displayOrder).find(isClosedStage);
	};

	return {
		assign(ids: Chosen, ownerId: string | undefined, name: string | undefined) {
			return run(ids, {
				body: { action: "set", properties: { hubspot_owner_id: ownerId ?? "" } },
				row: { ownerId },
				done: (count) => (name ? t("bulk.assigned", { count, name }) : t("bulk.unassigned", { count })),
			});
		},
		setStage(ids: Chosen, stage: Stage) {
			const isClosed = isClosedStage(stage);
			return run(ids, {
				body: { action: "set", properties: { hs_pipeline_stage: stage.id } },
				row: { stageId: stage.id, isClosed },
				done: (count) => t("bulk.status", { count, stage: stage.label }),
				stageLabel: stage.label,
			});
		},
		setPriority(ids: Chosen, priority: string | undefined) {
			return run(ids, {
				body: { action: "set", properties: { hs_ticket_priority: priority ?? "" } },
				row: { priority },
				done: (count) => t("bulk.priority", { count }),
			});
		},
		/* Each in its own pipeline; then the next one. */
		async closeAndNext(ids: Chosen) {
			if (ids.matching) {
				away(ids);
				await run(ids, { body: { action: "close" }, done: (count) => t("bulk.closed", { count }) });
				return;
			}
			const byStage = new Map<Stage, string[]>();
			for (const id of ids) {
				const stage = firstClosed(id);
				if (stage) byStage.set(stage, [...(byStage.get(stage) ?? []), id]);
			}
			away(ids);
			for (const [stage, some] of byStage) await this.setStage(some, stage);
		},
		snooze(ids: Chosen, until: Date, label: string) {
			away(ids);
			return run(ids, {
				body: { action: "snooze", until: until.toISOString() },
				row: { snoozedUntil: until.toISOString() },
				done: (count) => t("bulk.snoozed", { count, time: label }),
			});
		},
		wake: (ids: Chosen) =>
			run(ids, {
				body: { action: "wake" },
				row: { snoozedUntil: undefined },
				done: (count) => t("bulk.woken", { count }),
			}),
		spam(ids: Chosen) {
			away(ids);
			return run(ids, {
				body: { action: "spam" },
				row: { spamAt: new Date().toISOString() },
				done: (count) => t("bulk.spam", { count }),
			});
		},
		notSpam: (ids: Chosen) =>
			run(ids, {
				body: { action: "notSpam" },
				row: { spamAt: undefined },
				done: (count) => t("bulk.notSpam", { count }),
			}),
		block(ids: Chosen) {
			away(ids);
			return run(ids, {
				body: { action: "block" },
				row: { spamAt: new Date().toISOString() },
				done: (count) => t("bulk.blocked", { count }),
			});
		},
		remove(ids: Chosen) {
			away(ids);
			return run(ids, { body: { action: "delete" }, done: (count) => t("bulk.deleted", { count }) });
		},
		follow: (ids: Chosen) => run(ids, { body: { action: "follow" }, done: (count) => t("bulk.followed", { count }) }),
		unfollow: (ids: Chosen) =>
			run(ids, { body: { action: "unfollow" }, done: (count) => t("bulk.unfollowed", { count }) }),
		move: (ids: Chosen, inboxId: string, name: string) =>
			run(ids, { body: { action: "move", inboxId }, done: (count) => t("bulk.moved", { count, name }) }),
		setPipeline: (ids: Chosen, pipelineId: string, stage: Stage, name: string) =>
			run(ids, {
				body: { action: "set", properties: { hs_pipeline: pipelineId, hs_pipeline_stage: stage.id } },
				row: { pipelineId, stageId: stage.id, isClosed: isClosedStage(stage) },
				done: (count) => t("bulk.moved", { count, name }),
				stageLabel: stage.label,
			}),
		merge: (ids: Chosen, intoId: string) =>
			run(ids, {
				body: { action: "merge", intoId },
				done: (count) => t("bulk.merged", { count, id: intoId }),
			}),
	};
}
export type Deeds = ReturnType<typeof useDeeds>;
