/* The present, renewed every 30 seconds: one timer for the whole page, however many times are on it. */
import { useSyncExternalStore } from "react";

const STEP_MS = 30_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(run: () => void) {
	listeners.add(run);
	timer ??= setInterval(() => {
		now = Date.now();
		for (const each of listeners) each();
	}, STEP_MS);
	return () => {
		listeners.delete(run);
		if (listeners.size === 0) {
			clearInterval(timer);
			timer = undefined;
		}
	};
}

function read() {
	if (!timer) now = Date.now() - (Date.now() % 1000);
	return now;
}

export function useNow(): number {
	return useSyncExternalStore(subscribe, read);
}
