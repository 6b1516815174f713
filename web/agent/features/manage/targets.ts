import { useParams } from "@tanstack/react-router";
import { type Chosen, selection, useSelection } from "./selection";

/* What a key or a command is about: the selected rows, else the ticket on screen, else the row that the keys stand on. */
export function useTargets(): { openId: string | undefined; targets: () => Chosen } {
	const { ticketId } = useParams({ strict: false });
	return {
		openId: ticketId,
		targets: () => {
			const s = useSelection.getState();
			if (s.ids.size > 0) return selection.chosen();
			const one = ticketId ?? s.activeId;
			return one ? [one] : [];
		},
	};
}
