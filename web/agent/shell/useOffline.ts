import { useSyncExternalStore } from "react";

const EVENTS = ["online", "offline"];

function subscribe(run: () => void) {
	for (const name of EVENTS) addEventListener(name, run);
	return () => {
		for (const name of EVENTS) removeEventListener(name, run);
	};
}

/* This device has no network at all. */
export const useOffline = () => useSyncExternalStore(subscribe, () => !navigator.onLine);
