/* The last thing that can be taken back: a toast offers it for some seconds, Z for as long as nothing newer takes its place. */
import { toast } from "#ui";

interface Undo {
	label: string;
	run(): void;
}

let last: Undo | undefined;

export function offerUndo(text: string, undo: Undo) {
	const once: Undo = {
		...undo,
		run() {
			/* Not twice: by the toast and then by the key. */
			if (last === once) last = undefined;
			undo.run();
		},
	};
	last = once;
	toast("good", text, { label: undo.label, run: () => last === once && once.run() });
}

/* False when there is nothing to take back. */
export function undoLast(): boolean {
	if (!last) return false;
	last.run();
	return true;
}
