/* Which ticket's access is being managed; undefined: none. */
import { useSyncExternalStore } from "react";

let openId: string | undefined;
const listeners = new Set<() => void>();

export function openAccess(ticketId: string | undefined) {
	openId = ticketId;
	for (const run of listeners) run();
}

export const useOpenAccess = () =>
	useSyncExternalStore(
		(run) => {
			listeners.add(run);
			return () => void listeners.delete(run);
		},
		() => openId,
	);
