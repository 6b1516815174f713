/* How keys and buttons ask an editor for something: the editor may have to be opened first. */
const WAIT_MS = 10_000;

export interface Requests {
	ask(): void;
	/* Until the returned function is called; at once where it was asked for a moment ago. */
	on(run: () => void): () => void;
}

export function requests(): Requests {
	const listeners = new Set<() => void>();
	let wantedUntil = 0;
	return {
		ask() {
			if (listeners.size === 0) wantedUntil = performance.now() + WAIT_MS;
			for (const run of listeners) run();
		},
		on(run) {
			listeners.add(run);
			if (performance.now() < wantedUntil) run();
			wantedUntil = 0;
			return () => void listeners.delete(run);
		},
	};
}
