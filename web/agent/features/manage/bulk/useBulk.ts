import { useCallback } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { MOST_AT_ONCE, undoAct } from "../../../data/manage";
import { loadPipelineRules } from "../../../data/pipelines";
import { isClosedStage, usePipelines } from "../../../data/reference";
import { ticketStore } from "../../../data/ticketStore";
import { useErrorText } from "../../../shell/useErrorText";
import { askForProperties, type Properties } from "../requiredProperties";
import type { Chosen } from "../selection";
import { offerUndo } from "../undo";
import type { Deed } from "../useManage";
import { askBefore, type BulkRun, beginRun, dropRun } from "./bulkRuns";

/* Does one thing to all tickets of a list: asks before it when it cannot be taken back, and for what the new status demands. */
export function useBulk() {
	const t = useText();
	const errorText = useErrorText();
	const pipelines = usePipelines();

	/* All done: a notice with Undo. Whatever else there is to tell stays on screen. */
	const onEnd = useCallback(
		({ bulk, done }: BulkRun) => {
			if (bulk.state !== "DONE" || bulk.failed > 0) return;
			dropRun(bulk.id);
			const text = done?.(bulk.done) ?? t("bulk.done", { count: bulk.done });
			if (bulk.actIds.length === 0) return toast("good", text);
			offerUndo(text, {
				label: t("manage.undo"),
				run: () =>
					void Promise.all(bulk.actIds.map(undoAct)).then(
						() => toast("good", t("manage.undone")),
						(e) => toast("bad", errorText(e)),
					),
			});
		},
		[t, errorText],
	);

	/* What the statuses demand that tickets come to. */
	const demandsOf = async (ids: Chosen, { body }: Deed): Promise<readonly string[]> => {
		const stageId = body.properties?.hs_pipeline_stage;
		const shown = new Set(ids.map((id) => ticketStore.row(id)?.pipelineId));
		const to = pipelines.flatMap((p) => {
			const stage = stageId
				? p.stages.find((s) => s.id === stageId)
				: body.action === "close" && shown.has(p.id)
					? [...p.stages].sort((a, b) => a.displayOrder - b.displayOrder).find(isClosedStage)
					: undefined;
			return stage ? [{ pipelineId: p.id, stageId: stage.id }] : [];
		});
		const rules = await Promise.all(to.map(({ pipelineId }) => loadPipelineRules(pipelineId)));
		const names = to.flatMap(
			({ stageId }, i) => rules[i]?.stages.find((s) => s.stageId === stageId)?.requiredProperties ?? [],
		);
		return [...new Set(names)];
	};

	const begin = async (ids: Chosen, deed: Deed): Promise<void> => {
		if (!ids.matching) return;
		const { view, filters, total } = ids.matching;
		try {
			const names = await demandsOf(ids, deed);
			let lackingProperties: Properties | undefined;
			if (names.length) {
				lackingProperties = await askForProperties({ names, stageLabel: deed.stageLabel });
				if (!lackingProperties) return;
			}
			const isUndoable = total !== undefined && total <= MOST_AT_ONCE;
			if (!isUndoable && !(await askBefore(deed.body.action, total))) return;
			await beginRun({ ...deed.body, viewId: view, filters, lackingProperties }, deed.done, onEnd);
		} catch (e) {
			toast("bad", errorText(e), { label: t("common.retry"), run: () => void begin(ids, deed) });
		}
	};
	return { begin, onEnd };
}
