import { expect, it, vi } from "vitest";
import { parseAddresses } from "../features/composer/addresses";
import { textToHtml } from "../features/composer/editor/textToHtml";
import { isEmptyDraft, loadDraft, removeDraft, saveDraft } from "./drafts";

const draft = (text: string, savedAt = 1) => ({ html: `<p>${text}</p>`, text, savedAt });

it("a draft survives, per person and ticket", () => {
	saveDraft("1", "10", draft("mine"));
	expect(loadDraft("1", "10")?.text).toBe("mine");
	expect(loadDraft("2", "10")).toBeUndefined();
	expect(loadDraft("1", "11")).toBeUndefined();
});

it("an emptied draft is gone", () => {
	saveDraft("1", "10", draft("mine"));
	expect(saveDraft("1", "10", { html: "", text: "  ", savedAt: 2 })).toBe(false);
	expect(loadDraft("1", "10")).toBeUndefined();
	expect(isEmptyDraft({ html: "", text: "", to: "x@y.example", savedAt: 1 })).toBe(false);
});

it("broken storage reads as no draft", () => {
	localStorage.setItem("bellhop.draft.1.10", "{");
	expect(loadDraft("1", "10")).toBeUndefined();
	localStorage.setItem("bellhop.draft.1.10", '{"html":3}');
	expect(loadDraft("1", "10")).toBeUndefined();
});

it("full storage drops the oldest draft, not the one being written", () => {
	vi.stubGlobal("localStorage", smallStorage(2));
	saveDraft("1", "old", draft("old", 1));
	saveDraft("1", "new", draft("new", 2));
	expect(saveDraft("1", "now", draft("now", 3))).toBe(true);
	expect(loadDraft("1", "old")).toBeUndefined();
	expect(loadDraft("1", "new")?.text).toBe("new");
	expect(loadDraft("1", "now")?.text).toBe("now");
	removeDraft("1", "now");
	expect(loadDraft("1", "now")).toBeUndefined();
	vi.unstubAllGlobals();
});

function smallStorage(room: number) {
	const kept = new Map<string, string>();
	return {
		get length() {
			return kept.size;
		},
		key: (i: number) => [...kept.keys()][i] ?? null,
		getItem: (k: string) => kept.get(k) ?? null,
		removeItem: (k: string) => void kept.delete(k),
		setItem(k: string, v: string) {
			if (!kept.has(k) && kept.size >= room) throw new DOMException("full", "QuotaExceededError");
			kept.set(k, v);
		},
	};
}

it("a line of addresses is read as people write it", () => {
	expect(parseAddresses("a@x.example; Bob <b@x.example>,  A@X.example").addresses).toEqual([
		"a@x.example",
		"b@x.example",
	]);
	expect(parseAddresses("a@x.example, nonsense").bad).toBe("nonsense");
	expect(parseAddresses(" ")).toEqual({ addresses: [] });
});

it("plain text becomes safe HTML", () => {
	expect(textToHtml("a <b>\nc\n\nd & e")).toBe("<p>a &lt;b&gt;<br>c</p><p>d &amp; e</p>");
});
