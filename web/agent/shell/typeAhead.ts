/* What one types between the key of the palette and its being there: it belongs to the palette, and to none of the page's keys. */
let typed = "";

const isThere = () => document.querySelector("[role=dialog]") !== null;

function onKey(e: KeyboardEvent) {
	if (isThere() || e.ctrlKey || e.metaKey) return stop();
	e.preventDefault();
	e.stopImmediatePropagation();
	if (e.key === "Backspace") typed = typed.slice(0, -1);
	else if (e.key.length === 1 && !e.altKey) typed += e.key;
}

const stop = () => window.removeEventListener("keydown", onKey, true);

export function holdTyping() {
	typed = "";
	if (!isThere()) window.addEventListener("keydown", onKey, true);
}

/* With it the palette begins. */
export function typedAhead(): string {
	stop();
	return typed;
}
