/* How the keys ask for a template: the reply may have to be opened first. */
const WAIT_MS = 10_000;
const listeners = new Set<() => void>();
let wantedUntil = 0;

export function askForTemplate() {
	if (listeners.size === 0) wantedUntil = performance.now() + WAIT_MS;
	for (const run of listeners) run();
}

/* Until the returned function is called; at once where it was asked for a moment ago. */
export function onTemplateAsked(run: () => void): () => void {
	listeners.add(run);
	if (performance.now() < wantedUntil) run();
	wantedUntil = 0;
	return () => void listeners.delete(run);
}
