/* What can be taken back. Z takes back the last thing, from the moment it was done, also while the server still works on it; its notice
 * offers the same for some seconds. */
import { toast } from "#ui";

interface Undo {
	run(): void;
}

/* The newest at the end. */
let stack: Undo[] = [];
const MOST = 20;

export interface UndoHandle {
	/* It is done: says so and offers to take it back. */
	offer(text: string, label: string): void;
	/* Nothing was done after all. */
	drop(): void;
}

/* Before something is done. run takes it back, once; it has to wait by itself until it was done. */
export function beginUndo(run: () => void): UndoHandle {
	const mine: Undo = {
		run() {
			if (!stack.includes(mine)) return;
			drop();
			run();
		},
	};
	const drop = () => {
		stack = stack.filter((u) => u !== mine);
	};
	stack = [...stack, mine].slice(-MOST);
	return { offer: (text, label) => toast("good", text, { label, run: mine.run }), drop };
}

/* For what is done already. */
export function offerUndo(text: string, undo: { label: string; run(): void }) {
	beginUndo(undo.run).offer(text, undo.label);
}

/* False when there is nothing to take back. */
export function undoLast(): boolean {
	const last = stack.at(-1);
	last?.run();
	return last !== undefined;
}
