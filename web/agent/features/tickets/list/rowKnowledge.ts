/* What every row of a list has to know: read once by the list, not by each of its rows. */
import { createContext, useContext, useMemo } from "react";
import type { Stage } from "#shared/api/types";
import { useDraftedTickets } from "../../../data/draftList";
import { useStageMap } from "../../../data/reference";
import { useUser } from "../../../data/session";

interface RowKnowledge {
	stages: ReadonlyMap<string, Stage>;
	/* Tickets on which somebody has a draft. */
	drafted: ReadonlySet<string>;
	userId: string;
}

const Knowledge = createContext<RowKnowledge>({ stages: new Map(), drafted: new Set(), userId: "" });
export const RowKnowledgeProvider = Knowledge.Provider;
export const useRowKnowledge = () => useContext(Knowledge);

export function useKnowledgeOfRows(): RowKnowledge {
	const stages = useStageMap();
	const drafted = useDraftedTickets();
	const userId = useUser().id;
	return useMemo(() => ({ stages, drafted, userId }), [stages, drafted, userId]);
}
