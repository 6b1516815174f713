/* Which key means which action: the whole table, as data. The sheet, the palette, menus and settings read it.
 * Letters match what the key types (event.key); event.code helps only where the layout types no Latin letters. No Alt and no AltGr
 * anywhere: Polish, German and others write with them. Nothing fires while an input method composes; in fields only combinations
 * with Mod (Ctrl, on a Mac also ⌘) and F6 fire. A person may give an action other keys, or none (Keymap). */

export const KEY_SECTIONS = ["list", "ticket", "triage", "write", "go", "app"] as const;
export type KeySection = (typeof KEY_SECTIONS)[number];

interface Row {
	section: KeySection;
	keys: readonly string[];
	inFields?: boolean;
	/* Nothing answers it yet: it is not shown. Whoever builds the action takes this away. */
	isLater?: boolean;
}

export const KEYS = {
	next: { section: "list", keys: ["j"] },
	previous: { section: "list", keys: ["k"] },
	open: { section: "list", keys: ["o", "Enter"] },
	close: { section: "list", keys: ["Escape"] },
	select: { section: "list", keys: ["x"] },
	selectNext: { section: "list", keys: ["Shift+j"] },
	selectPrevious: { section: "list", keys: ["Shift+k"] },
	selectPage: { section: "list", keys: ["Mod+a"] },

	reply: { section: "ticket", keys: ["r"] },
	comment: { section: "ticket", keys: ["n"] },
	follow: { section: "ticket", keys: ["w"] },
	forward: { section: "ticket", keys: ["f"] },
	closeTicket: { section: "ticket", keys: ["e"] },
	snooze: { section: "ticket", keys: ["h"] },
	assign: { section: "ticket", keys: ["a"] },
	assignToMe: { section: "ticket", keys: ["i"] },
	status: { section: "ticket", keys: ["s"] },
	priority: { section: "ticket", keys: ["p"] },
	labels: { section: "ticket", keys: ["l"], isLater: true },
	unread: { section: "ticket", keys: ["u"] },
	details: { section: "ticket", keys: ["d"] },
	undo: { section: "ticket", keys: ["z", "Mod+z"] },

	triageAccept: { section: "triage", keys: ["1"] },
	triageDuplicate: { section: "triage", keys: ["2"] },
	triageSpam: { section: "triage", keys: ["3"] },
	triageAsk: { section: "triage", keys: ["4"] },

	send: { section: "write", keys: ["Mod+Enter"], inFields: true },
	sendAndClose: { section: "write", keys: ["Mod+Shift+Enter"], inFields: true },
	template: { section: "write", keys: ["m"] },

	goInbox: { section: "go", keys: ["g i"] },
	goMine: { section: "go", keys: ["g m"] },
	goUnassigned: { section: "go", keys: ["g u"] },
	goAll: { section: "go", keys: ["g a"] },
	goClosed: { section: "go", keys: ["g d"] },
	goSnoozed: { section: "go", keys: ["g s"] },
	goContacts: { section: "go", keys: ["g c"] },
	goCompanies: { section: "go", keys: ["g o"] },
	goDeals: { section: "go", keys: ["g l"] },
	goLibrary: { section: "go", keys: ["g b"] },
	goKnowledge: { section: "go", keys: ["g k"], isLater: true },
	goReports: { section: "go", keys: ["g r"], isLater: true },
	goNotifications: { section: "go", keys: ["g n"] },
	goMentions: { section: "go", keys: ["g t"] },
	goFollowing: { section: "go", keys: ["g w"] },
	goSettings: { section: "go", keys: ["g ,"] },

	palette: { section: "app", keys: ["Mod+k"], inFields: true },
	search: { section: "app", keys: ["/"] },
	create: { section: "app", keys: ["c"] },
	views: { section: "app", keys: ["v"], isLater: true },
	help: { section: "app", keys: ["?"] },
	regionNext: { section: "app", keys: ["F6"], inFields: true },
	regionPrevious: { section: "app", keys: ["Shift+F6"], inFields: true },
} as const satisfies Record<string, Row>;

export type Action = keyof typeof KEYS;
export const ACTIONS = Object.keys(KEYS) as Action[];

const rowOf = (action: Action): Row => KEYS[action];

/* What one person changed: an action's own keys instead of the usual ones; an empty list switches it off. */
export type Keymap = Partial<Record<Action, readonly string[]>>;

/* Those that somebody answers: by the table, or as the caller knows. */
export const shownActions = (section: KeySection, isAnswered = (_: Action) => false) =>
	ACTIONS.filter((a) => rowOf(a).section === section && (!rowOf(a).isLater || isAnswered(a)));
export const keysOf = (action: Action, changes: Keymap = {}): readonly string[] =>
	changes[action] ?? rowOf(action).keys;

export interface Binding {
	action: Action;
	keys: string;
	inFields?: boolean;
}

export const bindingsOf = (changes: Keymap = {}): Binding[] =>
	ACTIONS.flatMap((action) =>
		keysOf(action, changes).map((keys) => ({ action, keys, inFields: rowOf(action).inFields })),
	);

export const BINDINGS: readonly Binding[] = bindingsOf();

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

const SEQUENCE_MS = 1200;

/* One letter or sign, or a sequence of them: what a person who dictates or trembles may want to switch off. */
export const isSingle = (keys: string) => /^(Shift\+)?.( .)?$/.test(keys);

/* What a key of this place types on a layout of Latin letters. */
function latinOf(code: string): string | undefined {
	if (code === "Slash") return "/";
	return /^(?:Key|Digit)(.)$/.exec(code)?.[1];
}

/* The name of a key press as bindings write it, or "" when it must not mean anything. */
export function chord(e: KeyLike): string {
	if (e.isComposing || e.keyCode === 229 || e.key === "Dead" || e.key === "Process" || e.key === "Unidentified")
		return "";
	if (e.altKey || e.getModifierState?.("AltGraph")) return "";
	let key = e.key;
	if (key.length === 1) {
		if (/\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key)) key = latinOf(e.code) ?? key;
		if (key === "/" && e.key !== "/" && e.shiftKey) key = "?";
		key = key.toLowerCase();
	}
	const mod = e.ctrlKey || e.metaKey ? "Mod+" : "";
	/* Symbols already carry their Shift (? is Shift+ß on a German keyboard); letters with Shift are other shortcuts. */
	const shift = e.shiftKey && (key.length > 1 || /\p{L}/u.test(key)) ? "Shift+" : "";
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
	bindings: readonly Binding[];

	constructor(bindings: readonly Binding[] = BINDINGS) {
		this.bindings = bindings;
	}

	/* The actions that the press may mean, the likeliest first: two may share a key where only one can be done at a time. */
	read(e: KeyLike, inField: boolean, now: number, singleKeys = true): Action[] {
		const name = chord(e);
		if (!name) return [];
		const usable = this.bindings.filter((b) => (inField ? b.inFields : singleKeys || !isSingle(b.keys)));
		const full = this.first && now - this.firstAt < SEQUENCE_MS ? `${this.first} ${name}` : name;
		this.first = "";
		const hits = usable.filter((b) => b.keys === full).map((b) => b.action);
		if (hits.length === 0 && usable.some((b) => b.keys.startsWith(`${name} `))) {
			this.first = name;
			this.firstAt = now;
		}
		return hits;
	}
}

/* Keys of one's own --------------------------------------------------------------------------------------------------------- */

/* Browsers and systems keep these for themselves, or people write with them. */
const OWNED = /^Mod\+(Shift\+)?[ntwqlrhm]$/;

export type KeysFault = "none" | "browser" | "writes" | "reserved";

/* Why keys cannot be an action's; undefined: they can. */
export function faultOf(action: Action, keys: string): KeysFault | undefined {
	if (!keys) return "none";
	if (OWNED.test(keys)) return "browser";
	if (/^(Enter|Escape|Tab|Shift\+Tab|Arrow\w+|Backspace|Delete| )$/.test(keys)) return "reserved";
	if (rowOf(action).inFields && !/^Mod\+|F\d+$/.test(keys)) return "writes";
	return undefined;
}

/* Those that would answer the same press, or wait for the rest of a sequence. */
export function clashesWith(action: Action, keys: string, changes: Keymap): Action[] {
	return ACTIONS.filter(
		(other) =>
			other !== action &&
			!rowOf(other).isLater &&
			keysOf(other, changes).some((k) => k === keys || k.startsWith(`${keys} `) || keys.startsWith(`${k} `)),
	);
}

/* What is printed on the keys: [["G", "M"]] for "g m". */
export function capsOf(keys: string, isMac: boolean): string[][] {
	const mac: Record<string, string> = { Mod: "⌘", Shift: "⇧", Enter: "↵", Escape: "Esc" };
	const other: Record<string, string> = { Mod: "Ctrl", Escape: "Esc" };
	const names = isMac ? mac : other;
	return keys
		.split(" ")
		.map((press) =>
			press.split(/\+(?=.)/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
		);
}
