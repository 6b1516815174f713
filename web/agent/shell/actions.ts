/* Keyboard actions find whoever can do them now: the newest mounted handler wins. */
import { useEffect, useRef } from "react";
import { type Action, bindingsOf, isField, KeyReader } from "#shared/keys/keymap";
import { currentPreferences } from "../data/preferences";
import { currentKeymap } from "./keymapOfMine";

type Handler = (e: KeyboardEvent) => unknown;
const handlers = new Map<Action, Handler[]>();

/* Until the returned function is called. A handler that gives back false lets the next older one try. */
export function answer(action: Action, run: Handler): () => void {
	handlers.set(action, [run, ...(handlers.get(action) ?? [])]);
	return () =>
		void handlers.set(
			action,
			(handlers.get(action) ?? []).filter((h) => h !== run),
		);
}

export function useAction(action: Action, run: Handler) {
	const latest = useRef(run);
	latest.current = run;
	useEffect(() => answer(action, (e) => latest.current(e)), [action]);
}

/* As if its key were pressed; false: nobody can do it here. */
export function perform(action: Action, e = new KeyboardEvent("keydown")): boolean {
	for (const run of handlers.get(action) ?? []) if (run(e) !== false) return true;
	return false;
}

const SOON_MS = 3000;
let waiting = 0;

/* Tries at every drawing of the page until it is done, the person does something else, or the time is over. */
function untilDone(attempt: () => boolean, ms: number) {
	const until = performance.now() + ms;
	const mine = ++waiting;
	const again = () => {
		if (mine !== waiting || performance.now() > until) return;
		if (isCovered() || !attempt()) requestAnimationFrame(again);
	};
	again();
}

/* For what a person asked for, once the page has drawn the part that can do it. */
export const performSoon = (action: Action, ms = SOON_MS) => untilDone(() => perform(action), ms);

/* A key may come before the part of the page that answers it: it counts once, as soon as that is there. What is there and refuses has
 * answered. */
function performOnceThere(actions: readonly Action[], e: KeyboardEvent) {
	untilDone(() => actions.some(isAnswered) && (actions.some((action) => perform(action, e)) || true), SOON_MS);
}

/* Something lies over the page and has the keys. */
const isCovered = () => document.querySelector("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]") !== null;

/* Somebody can do it here and now. */
export const isAnswered = (action: Action) => (handlers.get(action)?.length ?? 0) > 0;

/* The key's own job on a control (Enter on a button) comes before ours. */
function isControl(target: EventTarget | null) {
	return (
		target instanceof Element &&
		target.closest("a[href],button,summary,[role=menuitem],[role=option],[role=separator]") !== null
	);
}

export function useKeyboard() {
	useEffect(() => {
		const reader = new KeyReader();
		const onKey = (e: KeyboardEvent) => {
			/* The editor keeps Mod+Enter from breaking the line by preventing it; it is still ours to send with. */
			const isSend = e.key === "Enter" && (e.ctrlKey || e.metaKey);
			waiting++;
			if ((e.defaultPrevented && !isSend) || isCovered()) return;
			const target = e.composedPath()[0] ?? e.target;
			if (e.key === "Enter" && !isSend && isControl(target)) return;
			reader.bindings = bindingsOf(currentKeymap());
			const actions = reader.read(e, isField(target), Date.now(), currentPreferences().singleKeys);
			if (actions.some((action) => perform(action, e))) e.preventDefault();
			else if (actions.length > 0 && !actions.some(isAnswered)) performOnceThere(actions, e);
		};
		const onPointer = () => void waiting++;
		document.addEventListener("keydown", onKey);
		document.addEventListener("pointerdown", onPointer, true);
		return () => {
			document.removeEventListener("keydown", onKey);
			document.removeEventListener("pointerdown", onPointer, true);
		};
	}, []);
}
