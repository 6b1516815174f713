/* Keyboard actions find whoever can do them now: the newest mounted handler wins. */
import { useEffect, useRef } from "react";
import { type Action, isField, KeyReader } from "#shared/keys/keymap";
import { usePrefs } from "../data/prefs";

type Handler = (e: KeyboardEvent) => unknown;
const handlers = new Map<Action, Handler[]>();

/* A handler that gives back false lets the next older one try. */
export function useAction(action: Action, run: Handler) {
	const latest = useRef(run);
	latest.current = run;
	useEffect(() => {
		const mine: Handler = (e) => latest.current(e);
		handlers.set(action, [mine, ...(handlers.get(action) ?? [])]);
		return () =>
			void handlers.set(
				action,
				(handlers.get(action) ?? []).filter((h) => h !== mine),
			);
	}, [action]);
}

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
			if (
				(e.defaultPrevented && !isSend) ||
				document.querySelector("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]")
			)
				return;
			const target = e.composedPath()[0] ?? e.target;
			if (e.key === "Enter" && !isSend && isControl(target)) return;
			const action = reader.read(e, isField(target), Date.now(), usePrefs.getState().hasSingleKeys);
			if (!action) return;
			for (const run of handlers.get(action) ?? []) {
				if (run(e) === false) continue;
				e.preventDefault();
				return;
			}
		};
		document.addEventListener("keydown", onKey);
		return () => document.removeEventListener("keydown", onKey);
	}, []);
}
