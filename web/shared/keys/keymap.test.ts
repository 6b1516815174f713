import { describe, expect, it } from "vitest";
import { BINDINGS, chord, type KeyLike, KeyReader } from "./keymap";

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
		expect(new KeyReader().read(press("j", { code: "KeyC" }), false, 0)).toBe("next");
	});

	it("finds the key by its place where the layout types no Latin letters", () => {
		expect(new KeyReader().read(press("ま", { code: "KeyJ" }), false, 0)).toBe("next");
	});

	it("never acts on AltGr or Alt: Polish ę, ó and ś are written with them", () => {
		expect(chord(press("ę", { code: "KeyE", altKey: true }))).toBe("");
		expect(chord(press("r", { altKey: true }))).toBe("");
		expect(chord(press("ś", { ctrlKey: true, getModifierState: (m) => m === "AltGraph" }))).toBe("");
	});

	it("never acts while an input method composes", () => {
		expect(new KeyReader().read(press("Enter", { isComposing: true, ctrlKey: true }), true, 0)).toBeUndefined();
		expect(new KeyReader().read(press("j", { keyCode: 229 }), false, 0)).toBeUndefined();
	});

	it("lets only Mod combinations and F6 through in a field", () => {
		const reader = new KeyReader();
		expect(reader.read(press("r"), true, 0)).toBeUndefined();
		expect(reader.read(press("Escape"), true, 0)).toBeUndefined();
		expect(reader.read(press("Enter", { ctrlKey: true }), true, 0)).toBe("send");
		expect(reader.read(press("Enter", { metaKey: true }), true, 0)).toBe("send");
		expect(reader.read(press("F6", { shiftKey: true }), true, 0)).toBe("regionPrevious");
	});

	it("reads G then U as one shortcut, for a moment only", () => {
		const reader = new KeyReader();
		expect(reader.read(press("g"), false, 0)).toBeUndefined();
		expect(reader.read(press("u"), false, 500)).toBe("goUnassigned");
		reader.read(press("g"), false, 1000);
		expect(reader.read(press("u"), false, 9000)).toBeUndefined();
	});

	it("does not take G then J for J", () => {
		const reader = new KeyReader();
		reader.read(press("g"), false, 0);
		expect(reader.read(press("j"), false, 100)).toBeUndefined();
		expect(reader.read(press("j"), false, 200)).toBe("next");
	});

	it("takes the question mark by its sign, whatever key carries it", () => {
		expect(new KeyReader().read(press("?", { code: "Minus", shiftKey: true }), false, 0)).toBe("help");
	});

	it("keeps Mod, Escape and F6 when single keys are switched off", () => {
		const reader = new KeyReader();
		expect(reader.read(press("j"), false, 0, false)).toBeUndefined();
		expect(reader.read(press("?"), false, 0, false)).toBeUndefined();
		expect(reader.read(press("g"), false, 0, false)).toBeUndefined();
		expect(reader.read(press("u"), false, 10, false)).toBeUndefined();
		expect(reader.read(press("Escape"), false, 0, false)).toBe("close");
		expect(reader.read(press("F6"), false, 0, false)).toBe("regionNext");
	});

	it("binds nothing that a browser owns", () => {
		for (const b of BINDINGS) expect(b.keys).not.toMatch(/Alt|Mod\+[NTWQLRHMntwqlrhm]$/);
	});
});
