/* What is said to people who listen instead of look: one polite region for the whole page, at most one sentence in two seconds, so
 * that nobody is talked over. Of several that come meanwhile the last is said. */
import { create } from "zustand";

const PAUSE_MS = 2000;

export const useSpoken = create<{ text: string }>(() => ({ text: "" }));

let waiting: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function say() {
	timer = undefined;
	if (waiting === undefined) return;
	/* The same sentence twice is a change only when the text differs. */
	const isAgain = useSpoken.getState().text === waiting;
	useSpoken.setState({ text: isAgain ? `${waiting}\u00a0` : waiting });
	waiting = undefined;
	timer = setTimeout(say, PAUSE_MS);
}

export function announce(text: string) {
	waiting = text;
	if (timer === undefined) say();
}
