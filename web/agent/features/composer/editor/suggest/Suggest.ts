/* Watches the text before the cursor and keeps the list that belongs to it: one for all sources of an editor. It reads keys only while
 * a list is shown, never while an input method composes, and leaves focus in the text. */

import type { Editor } from "@tiptap/core";
import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { type Match, matchBefore, type Suggestion, type SuggestSource } from "./source";

export interface SuggestState {
	match: Match;
	items: readonly Suggestion[];
	active: number;
	/* Where the trigger stands on the page. */
	place: { left: number; top: number; bottom: number };
}

export class Suggest {
	state: SuggestState | undefined;
	private readonly listeners = new Set<() => void>();
	private asked?: AbortController;
	/* The list on screen belongs to fewer letters than are typed: the one for all of them is on its way. */
	private isLate = false;
	/* Enter or Tab came meanwhile: the best of that list is taken. */
	private isWanted = false;
	/* Where Escape has closed a list: it stays closed for that trigger. */
	private closedAt = -1;
	private editor?: Editor;

	constructor(private readonly sources: () => readonly SuggestSource[]) {}

	readonly subscribe = (run: () => void) => {
		this.listeners.add(run);
		return () => void this.listeners.delete(run);
	};
	readonly read = () => this.state;

	private set(state: SuggestState | undefined) {
		if (this.state === state) return;
		this.state = state;
		for (const run of this.listeners) run();
	}

	close() {
		this.asked?.abort();
		this.asked = undefined;
		this.isLate = this.isWanted = false;
		this.set(undefined);
	}

	choose(index: number) {
		const { state, editor } = this;
		const item = state?.items[index];
		if (!state || !item || !editor) return;
		const { source, from, to } = state.match;
		/* letters that were typed since the list was asked for go too */
		const now = this.match(editor.view);
		this.close();
		source.pick(editor, { from, to: now?.from === from ? now.to : to }, item);
	}

	point(index: number) {
		if (this.state && index !== this.state.active) this.set({ ...this.state, active: index });
	}

	private match(view: EditorView): Match | undefined {
		const { selection } = view.state;
		const { $from } = selection;
		if (!selection.empty || view.composing || !view.editable || !$from.parent.isTextblock) return undefined;
		if ($from.parent.type.spec.code || $from.marks().some((m) => m.type.spec.code)) return undefined;
		const text = $from.parent.textBetween(0, $from.parentOffset, undefined, "\uFFFC");
		const hit = matchBefore(text, this.sources());
		if (!hit) return undefined;
		return { ...hit, from: $from.pos - hit.query.length - hit.source.trigger.length, to: $from.pos };
	}

	private look(view: EditorView) {
		const match = this.match(view);
		if (!match || (match.from === this.closedAt && match.source)) {
			if (!match) this.closedAt = -1;
			this.close();
			return;
		}
		const old = this.state?.match;
		if (old && old.source === match.source && old.query === match.query && old.from === match.from) return;
		void this.ask(view, match);
	}

	private async ask(view: EditorView, match: Match) {
		this.asked?.abort();
		const asked = new AbortController();
		this.asked = asked;
		this.isLate = true;
		this.isWanted = false;
		let items: readonly Suggestion[] = [];
		try {
			items = await match.source.find(match.query, asked.signal);
		} catch {
			/* what cannot be found is not offered; the text stays as it was typed */
		}
		if (asked.signal.aborted || view.isDestroyed) return;
		const isWanted = this.isWanted;
		this.isLate = this.isWanted = false;
		if (items.length === 0) {
			this.set(undefined);
			return;
		}
		const { left, top, bottom } = view.coordsAtPos(match.from);
		this.set({ match, items, active: 0, place: { left, top, bottom } });
		if (isWanted) this.choose(0);
	}

	private key(e: KeyboardEvent): boolean {
		const { state } = this;
		if (!state || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey) return false;
		const n = state.items.length;
		const to = { ArrowDown: (state.active + 1) % n, ArrowUp: (state.active + n - 1) % n, PageUp: 0, PageDown: n - 1 }[
			e.key
		];
		if (to !== undefined) {
			this.point(to);
			return true;
		}
		if (e.key === "Escape") {
			this.closedAt = state.match.from;
			this.close();
			/* it closes the list, not the ticket behind it */
			e.preventDefault();
			e.stopPropagation();
			return true;
		}
		if ((e.key !== "Enter" && e.key !== "Tab") || e.shiftKey) return false;
		e.preventDefault();
		if (this.isLate) this.isWanted = true;
		else this.choose(state.active);
		return true;
	}

	readonly extension = () => {
		const suggest = this;
		return Extension.create({
			name: "suggest",
			priority: 1000,
			onCreate() {
				suggest.editor = this.editor;
			},
			addProseMirrorPlugins() {
				return [
					new Plugin({
						key: new PluginKey("suggest"),
						props: {
							handleKeyDown: (_view, e) => suggest.key(e),
							handleDOMEvents: {
								blur: () => {
									suggest.close();
									return false;
								},
							},
						},
						view: () => ({
							update: (view, before) => {
								if (view.state.doc.eq(before.doc) && view.state.selection.eq(before.selection)) return;
								if (view.hasFocus()) suggest.look(view);
							},
							destroy: () => suggest.close(),
						}),
					}),
				];
			},
		});
	};
}
