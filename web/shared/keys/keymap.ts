/* Which key means which action. Letters match what the key types (event.key); event.code helps only where the layout types no
 * Latin letters. No Alt and no AltGr anywhere: Polish, German and others write with them. Nothing fires while an input method
 * composes; in fields only combinations with Mod fire. */

export type Action =
	| "next"
	| "previous"
	| "open"
	| "close"
	| "reply"
	| "create"
	| "help"
	| "send"
	| "select"
	| "selectNext"
	| "selectPrevious"
	| "selectPage"
	| "undo"
	| "goUnassigned"
	| "goMine"
	| "goAll"
	| "goClosed"
	| "goSettings"
	| "regionNext"
	| "regionPrevious";

export interface KeyLike {
	key: string;
	code: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	shiftKey: boolean;
	isComposing?: boolean;
	keyCode?: number;
	getModifierState?: (name: string) => boolean;
}

interface Binding {
	action: Action;
	keys: string;
	inFields?: boolean;
}

export const BINDINGS: readonly Binding[] = [
	{ action: "next", keys: "j" },
	{ action: "previous", keys: "k" },
	{ action: "open", keys: "o" },
	{ action: "open", keys: "Enter" },
	{ action: "reply", keys: "r" },
	{ action: "create", keys: "c" },
	{ action: "help", keys: "?" },
	{ action: "select", keys: "x" },
	{ action: "selectNext", keys: "Shift+j" },
	{ action: "selectPrevious", keys: "Shift+k" },
	{ action: "selectPage", keys: "Mod+a" },
	{ action: "undo", keys: "z" },
	{ action: "undo", keys: "Mod+z" },
	{ action: "goUnassigned", keys: "g u" },
	{ action: "goMine", keys: "g m" },
	{ action: "goAll", keys: "g a" },
	{ action: "goClosed", keys: "g d" },
	{ action: "goSettings", keys: "g s" },
	{ action: "close", keys: "Escape" },
	{ action: "send", keys: "Mod+Enter", inFields: true },
	{ action: "regionNext", keys: "F6", inFields: true },
	{ action: "regionPrevious", keys: "Shift+F6", inFields: true },
];

const SEQUENCE_MS = 1200;

/* One letter or sign, or a sequence of them: what a person who dictates or trembles may want to switch off. */
const isSingle = (keys: string) => /^.( .)?$/.test(keys);

/* The name of a key press as bindings write it, or "" when it must not mean anything. */
export function chord(e: KeyLike): string {
	if (e.isComposing || e.keyCode === 229 || e.key === "Dead" || e.key === "Process") return "";
	if (e.altKey || e.getModifierState?.("AltGraph")) return "";
	let key = e.key;
	if (key.length === 1) {
		const isLetter = /\p{L}/u.test(key);
		if (isLetter && !/[a-z]/i.test(key)) key = /^Key[A-Z]$/.test(e.code) ? e.code.slice(3) : key;
		key = key.toLowerCase();
	}
	const mod = e.ctrlKey || e.metaKey ? "Mod+" : "";
	/* Symbols already carry their Shift (? is Shift+ß on a German keyboard); letters with Shift are other shortcuts. */
	const shift = e.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "Shift+" : "";
	return mod + shift + key;
}

export function isField(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	return (
		target.isContentEditable ||
		/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
		target.getAttribute("role") === "textbox"
	);
}

/* Turns presses into actions; remembers the first key of a sequence for a moment. */
export class KeyReader {
	private first = "";
	private firstAt = 0;

	read(e: KeyLike, inField: boolean, now: number, singleKeys = true): Action | undefined {
		const name = chord(e);
		if (!name) return undefined;
		const usable = BINDINGS.filter((b) => (inField ? b.inFields : singleKeys || !isSingle(b.keys)));
		const full = this.first && now - this.firstAt < SEQUENCE_MS ? `${this.first} ${name}` : name;
		this.first = "";
		const hit = usable.find((b) => b.keys === full);
		if (hit) return hit.action;
		if (usable.some((b) => b.keys.startsWith(`${name} `))) {
			this.first = name;
			this.firstAt = now;
			return undefined;
		}
		return undefined;
	}
}
