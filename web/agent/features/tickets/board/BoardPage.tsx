import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { ListFilter, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Select } from "#ui";
import { listKey } from "../../../data/lists/listSpec";
import { usePipelines, useStages } from "../../../data/reference";
import { useTicketRow } from "../../../data/ticketStore";
import { useTicketEdits } from "../../manage";
import { useViewLayout } from "../layout";
import css from "./Board.module.css";
import { BoardColumn } from "./BoardColumn";

interface Props {
	view: ViewId;
	sort: string;
	filters: readonly ListFilter[];
}

const equal = (propertyName: string, value: string): ListFilter => ({ propertyName, operator: "EQ", value });

/* A view as a board: a column for each status of one pipeline. Cards are dragged, or moved by their menu. */
export function BoardPage({ view, sort, filters }: Props) {
	const t = useText();
	const navigate = useNavigate();
	const pipelines = usePipelines();
	const { pipeline, set } = useViewLayout(view);
	const chosen = pipelines.find((p) => p.id === pipeline) ?? pipelines[0];
	const stages = useStages(chosen?.id);
	const [draggedId, setDragged] = useState<string>();
	const dragged = useTicketRow(draggedId ?? "");
	const edits = useTicketEdits(draggedId ?? "", dragged);
	const open = useCallback(
		(id: string) => void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: id } }),
		[navigate, view],
	);
	if (!chosen) return null;
	return (
		<div className={css.board}>
			{pipelines.length > 1 && (
				<div className={css.top}>
					<Select
						label={t("board.pipeline")}
						isCompact
						choices={pipelines.map((p) => ({ id: p.id, label: p.label }))}
						value={chosen.id}
						onChange={(id) => set({ pipeline: id })}
					/>
				</div>
			)}
			<div className={css.columns}>
				{stages.map((stage) => (
					<BoardColumn
						key={stage.id}
						list={listKey(view, sort, [
							...filters,
							equal("hs_pipeline", chosen.id),
							equal("hs_pipeline_stage", stage.id),
						])}
						stage={stage}
						stages={stages}
						isTarget={dragged !== undefined && dragged.stageId !== stage.id}
						onDrag={setDragged}
						onDrop={() => {
							edits.setStage(stage);
							setDragged(undefined);
						}}
						onOpen={open}
					/>
				))}
			</div>
		</div>
	);
}
