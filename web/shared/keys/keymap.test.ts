import { describe, expect, it } from "vitest";
import { BINDINGS, bindingsOf, capsOf, chord, clashesWith, faultOf, type KeyLike, KeyReader } from "./keymap";

const press = (key: string, more: Partial<KeyLike> = {}): KeyLike => ({
	key,
	code: `Key${key.toUpperCase()}`,
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	shiftKey: false,
	...more,
});

describe("keys", () => {
	it("finds a single key by what it types, on any Latin layout", () => {
		expect(new KeyReader().read(press("j", { code: "KeyC" }), false, 0)).toEqual(["next"]);
	});

	it("finds the key by its place where the layout types no Latin letters", () => {
		expect(new KeyReader().read(press("ま", { code: "KeyJ" }), false, 0)).toEqual(["next"]);
	});

	it("never acts on AltGr or Alt: Polish ę, ó and ś are written with them", () => {
		expect(chord(press("ę", { code: "KeyE", altKey: true }))).toBe("");
		expect(chord(press("r", { altKey: true }))).toBe("");
		expect(chord(press("ś", { ctrlKey: true, getModifierState: (m) => m === "AltGraph" }))).toBe("");
	});

	it("never acts while an input method composes", () => {
		expect(new KeyReader().read(press("Enter", { isComposing: true, ctrlKey: true }), true, 0)).toEqual([]);
		expect(new KeyReader().read(press("j", { keyCode: 229 }), false, 0)).toEqual([]);
	});

	it("lets only Mod combinations and F6 through in a field", () => {
		const reader = new KeyReader();
		expect(reader.read(press("r"), true, 0)).toEqual([]);
		expect(reader.read(press("Escape"), true, 0)).toEqual([]);
		expect(reader.read(press("Enter", { ctrlKey: true }), true, 0)).toEqual(["send"]);
		expect(reader.read(press("Enter", { metaKey: true }), true, 0)).toEqual(["send"]);
		expect(reader.read(press("F6", { shiftKey: true }), true, 0)).toEqual(["regionPrevious"]);
	});

	it("reads G then U as one shortcut, for a moment only", () => {
		const reader = new KeyReader();
		expect(reader.read(press("g"), false, 0)).toEqual([]);
		expect(reader.read(press("u"), false, 500)).toEqual(["goUnassigned"]);
		reader.read(press("g"), false, 1000);
		expect(reader.read(press("u"), false, 9000)).toEqual(["unread"]);
	});

	it("does not take G then J for J", () => {
		const reader = new KeyReader();
		reader.read(press("g"), false, 0);
		expect(reader.read(press("j"), false, 100)).toEqual([]);
		expect(reader.read(press("j"), false, 200)).toEqual(["next"]);
	});

	it("takes the question mark by its sign, whatever key carries it", () => {
		expect(new KeyReader().read(press("?", { code: "Minus", shiftKey: true }), false, 0)).toEqual(["help"]);
	});

	it("keeps Mod, Escape and F6 when single keys are switched off", () => {
		const reader = new KeyReader();
		expect(reader.read(press("j"), false, 0, false)).toEqual([]);
		expect(reader.read(press("?"), false, 0, false)).toEqual([]);
		expect(reader.read(press("g"), false, 0, false)).toEqual([]);
		expect(reader.read(press("u"), false, 10, false)).toEqual([]);
		expect(reader.read(press("Escape"), false, 0, false)).toEqual(["close"]);
		expect(reader.read(press("F6"), false, 0, false)).toEqual(["regionNext"]);
	});

	it("binds nothing that a browser owns", () => {
		for (const b of BINDINGS) {
			expect(b.keys).not.toMatch(/Alt|Mod\+[NTWQLRHMntwqlrhm]$|[[\]{}@\\|~]/);
			expect(faultOf(b.action, b.keys) ?? "reserved").toBe("reserved");
		}
	});

	it("gives one press to one action", () => {
		for (const b of BINDINGS) expect(clashesWith(b.action, b.keys, {})).toEqual([]);
	});

	it("lets people write in Polish, German and Japanese", () => {
		const reader = new KeyReader();
		for (const letter of "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
			expect(reader.read(press(letter, { code: "KeyA", altKey: true, ctrlKey: true }), false, 0)).toEqual([]);
		expect(reader.read(press("ö", { code: "Semicolon" }), false, 0)).toEqual([]);
		expect(reader.read(press("@", { code: "KeyQ", getModifierState: (m) => m === "AltGraph" }), false, 0)).toEqual([]);
		/* German: z and y stand where y and z are, / is Shift+7, ? is Shift+ß. */
		expect(chord(press("z", { code: "KeyY" }))).toBe("z");
		expect(chord(press("/", { code: "Digit7", shiftKey: true }))).toBe("/");
		/* Japanese: kana by the place of the key; what composes is left alone. */
		expect(reader.read(press("そ", { code: "KeyC" }), false, 0)).toEqual(["create"]);
		expect(reader.read(press("Process", { code: "KeyC", keyCode: 229 }), false, 0)).toEqual([]);
		expect(chord(press("め", { code: "Slash" }))).toBe("/");
		expect(chord(press("・", { code: "Slash", shiftKey: true }))).toBe("・");
		expect(chord(press("л", { code: "KeyK", ctrlKey: true }))).toBe("Mod+k");
	});

	it("follows what a person changed: other keys, or none", () => {
		const reader = new KeyReader(bindingsOf({ create: ["Shift+c"], reply: [] }));
		expect(reader.read(press("c"), false, 0)).toEqual([]);
		expect(reader.read(press("C", { shiftKey: true }), false, 0)).toEqual(["create"]);
		expect(reader.read(press("r"), false, 0)).toEqual([]);
	});

	it("names what stands in the way of keys of one's own", () => {
		expect(clashesWith("create", "j", {})).toEqual(["next"]);
		expect(clashesWith("create", "g", {})).toContain("goMine");
		expect(clashesWith("create", "j", { next: ["x"] })).toEqual([]);
		expect(faultOf("create", "Mod+t")).toBe("browser");
		expect(faultOf("create", "Tab")).toBe("reserved");
		expect(faultOf("send", "s")).toBe("writes");
		expect(faultOf("create", "b")).toBeUndefined();
	});

	it("prints keys as they stand on the keyboard", () => {
		expect(capsOf("Mod+Shift+Enter", false)).toEqual([["Ctrl", "Shift", "Enter"]]);
		expect(capsOf("g m", true)).toEqual([["G"], ["M"]]);
		expect(capsOf("Mod++", false)).toEqual([["Ctrl", "+"]]);
	});
});
