import { useEffect, useRef } from "react";
import { chord } from "#shared/keys/keymap";

/* How long a letter waits for a second one. */
const SECOND_MS = 900;

/* The next keys that somebody presses, instead of what they mean now: one press, or two letters in a row. Escape lets it be. */
export function useKeysPressed(onKeys: (keys: string) => void, onCancel: () => void) {
	const latest = useRef({ onKeys, onCancel });
	latest.current = { onKeys, onCancel };
	useEffect(() => {
		let first = "";
		let timer: ReturnType<typeof setTimeout> | undefined;
		const onKey = (e: KeyboardEvent) => {
			if (e.key === "Tab") return latest.current.onCancel();
			e.preventDefault();
			e.stopPropagation();
			if (e.key === "Escape") return latest.current.onCancel();
			if (/^(Shift|Control|Meta|Alt|AltGraph|CapsLock)$/.test(e.key)) return;
			const name = chord(e);
			if (!name) return;
			clearTimeout(timer);
			if (first) return latest.current.onKeys(`${first} ${name}`);
			if (name.length > 1) return latest.current.onKeys(name);
			first = name;
			timer = setTimeout(() => latest.current.onKeys(name), SECOND_MS);
		};
		addEventListener("keydown", onKey, true);
		return () => {
			clearTimeout(timer);
			removeEventListener("keydown", onKey, true);
		};
	}, []);
}
