import { useEffect } from "react";
import { useIntl } from "react-intl";
import type { Present } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { usePresent } from "../../data/presence";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";
import { enter, stopped, wrote } from "./here";

/* One is on this ticket as long as it is shown. */
export const usePresence = (ticketId: string) => useEffect(() => enter(ticketId, "away"), [ticketId]);

/* The same in a window beside the one that shows the ticket, where one stays. */
export const usePresenceAside = (ticketId: string) => useEffect(() => enter(ticketId, "viewing"), [ticketId]);

/* What a composer calls with every change; that it closes ends it. */
export function useWriting(ticketId: string, kind: "reply" | "comment"): () => void {
	// biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another thing to write
	useEffect(() => () => stopped(ticketId), [ticketId, kind]);
	return () => wrote(ticketId, kind);
}

export interface Person extends Present {
	name: string;
	/* "Ada is writing a reply" */
	text: string;
}

/* Colleagues on a ticket, by name. Whoever is known to no list any more is left out. */
export function usePeople(ticketId: string): Person[] {
	const t = useText();
	const { locale } = useIntl();
	const owners = useOwners();
	return usePresent(ticketId)
		.flatMap((p) => {
			const owner = owners.find((o) => String(o.userId) === p.userId);
			const name = owner ? fullName(owner) : "";
			return name ? [{ ...p, name, text: t(`presence.${p.state}`, { name }) }] : [];
		})
		.sort((a, b) => a.name.localeCompare(b.name, locale));
}
