/* Drafts of the one who is signed in: on this device from the first key (drafts.ts), on the server 800 ms after the last one, and on his
 * other devices as soon as nobody types there. Each draft has one queue of writes, so that no save overtakes its removal. Where two
 * windows wrote at once the newer text stands, and the other one (kept) waits to be taken up or dropped. */
import { useEffect, useSyncExternalStore } from "react";
import { ApiError, http } from "#shared/api/client";
import type { StreamEvent } from "#shared/api/types";
import { type Draft, type DraftKind, isEmptyDraft, loadDraft, removeDraft, saveDraft } from "./drafts";
import { fromWire, toWire, type WireDraft } from "./draftWire";
import { queryClient } from "./queryClient";
import { newestMessage } from "./tickets";
import { giveUp, hasUnsent, type Unsent, whenKeptElsewhere, whenSettled } from "./unsent";

const SAVE_AFTER_MS = 800;
const RETRY_AFTER_MS = 10_000;
const TYPING_MS = 2000;

/* refused: the server will not have it; it stays on this device. */
export type DraftState = "idle" | "waiting" | "saved" | "offline" | "refused";

/* seenId: the newest message when the writing began; the server compares it at sending. */
export interface LiveDraft extends Draft {
	seenId?: string;
	/* Grows when the text is set from outside the editor, so that the editor takes it over. */
	revision: number;
	state: DraftState;
	/* What another window wrote, and this text overwrote. */
	kept?: WireDraft["kept"];
}

interface Key {
	userId: string;
	ticketId: string;
	kind: DraftKind;
}

interface Entry {
	key: Key;
	draft: LiveDraft;
	version: number;
	isDirty: boolean;
	dropsKept: boolean;
	changedAt: number;
	timer?: ReturnType<typeof setTimeout>;
	pulling?: ReturnType<typeof setTimeout>;
	queue: Promise<void>;
	inQueue: number;
}

const EMPTY: LiveDraft = { html: "", text: "", savedAt: 0, revision: 0, state: "idle" };
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();

const path = (k: Key) => `/desk/v1/tickets/${k.ticketId}/drafts/${k.kind}`;
const nameOf = (k: Key) => `${k.userId}.${k.ticketId}.${k.kind}`;

function entryOf(key: Key): Entry {
	const name = nameOf(key);
	let entry = entries.get(name);
	if (!entry) {
		const stored = loadDraft(key.userId, key.ticketId, key.kind);
		entry = {
			key,
			draft: { ...EMPTY, ...stored },
			version: stored?.version ?? 0,
			isDirty: !!stored?.isDirty,
			dropsKept: false,
			changedAt: 0,
			queue: Promise.resolve(),
			inQueue: 0,
		};
		entries.set(name, entry);
	}
	return entry;
}

function show(entry: Entry, draft: Partial<LiveDraft>) {
	entry.draft = { ...entry.draft, ...draft };
	for (const run of listeners) run();
}

/* On this device: before the next key. */
function store(entry: Entry): boolean {
	const { revision, state, kept, ...draft } = entry.draft;
	const { userId, ticketId, kind } = entry.key;
	return saveDraft(userId, ticketId, { ...draft, version: entry.version, isDirty: entry.isDirty }, kind);
}

function enqueue(entry: Entry, run: () => Promise<void>) {
	entry.inQueue++;
	entry.queue = entry.queue.then(run).finally(() => {
		entry.inQueue--;
	});
	return entry.queue;
}

const isIdle = (entry: Entry) =>
	!entry.isDirty && entry.inQueue === 0 && !entry.timer && Date.now() - entry.changedAt > TYPING_MS;

function later(entry: Entry, ms: number) {
	clearTimeout(entry.timer);
	entry.timer = setTimeout(() => {
		entry.timer = undefined;
		void enqueue(entry, () => push(entry));
	}, ms);
}

/* The server has what was sent still as a draft, until it gets it. */
const isBehindUnsent = ({ key }: Entry) => hasUnsent(key.ticketId, key.kind);

async function push(entry: Entry) {
	if (!entry.isDirty) return;
	if (isBehindUnsent(entry)) return show(entry, { state: "offline" });
	const sent = entry.draft;
	entry.isDirty = false;
	try {
		if (isEmptyDraft(sent)) {
			await http.remove(path(entry.key));
			entry.version = 0;
		} else {
			const body = toWire(sent, entry.version, entry.dropsKept);
			const saved = await http.put<WireDraft>(path(entry.key), body);
			entry.version = saved.version;
			entry.dropsKept = false;
			show(entry, { kept: saved.kept });
		}
		if (entry.isDirty) return;
		store(entry);
		show(entry, { state: isEmptyDraft(sent) ? "idle" : "saved" });
	} catch (e) {
		const isLost = !(e instanceof ApiError) || e.isOffline || e.status >= 500 || e.status === 401;
		/* What the server refuses (no such ticket, nothing to see there) stays on this device. */
		entry.isDirty = isLost;
		store(entry);
		show(entry, { state: isLost ? "offline" : "refused" });
		if (isLost && !entry.timer) later(entry, RETRY_AFTER_MS);
	}
}

/* What the server has, where nothing was written here meanwhile. */
async function pull(entry: Entry) {
	if (isBehindUnsent(entry)) return;
	if (entry.isDirty) return later(entry, 0);
	try {
		const wire = await http.get<WireDraft>(path(entry.key));
		if (!isIdle(entry) || wire.version === entry.version) return show(entry, { kept: wire.kept });
		entry.version = wire.version;
		const next = wire.version === 0 ? EMPTY : { ...EMPTY, ...fromWire(wire), state: "saved" as const };
		show(entry, { ...blank(entry.draft), ...next, kept: wire.kept, revision: entry.draft.revision + 1 });
		store(entry);
	} catch {
		/* The text of this device is shown; the next event or visit asks again. */
	}
}

/* Every member that a draft may have, gone. */
const blank = (draft: LiveDraft) =>
	Object.fromEntries(Object.keys(draft).map((name) => [name, undefined])) as Partial<LiveDraft>;

/* Whoever types here hears of the other window when he pauses; what he saves meanwhile is newer anyway. */
function pullWhenIdle(entry: Entry) {
	if (isIdle(entry)) return void pull(entry);
	clearTimeout(entry.pulling);
	entry.pulling = setTimeout(() => isIdle(entry) && void pull(entry), TYPING_MS + SAVE_AFTER_MS);
}

export function applyToDrafts(events: readonly StreamEvent[]) {
	const changed = new Set(events.filter((e) => e.kind === "draft.changed").map((e) => e.ticketId));
	if (changed.size === 0) return;
	void queryClient.invalidateQueries({ queryKey: ["drafts"] });
	for (const entry of entries.values()) if (changed.has(entry.key.ticketId)) pullWhenIdle(entry);
}

if (typeof addEventListener === "function")
	addEventListener("online", () => {
		for (const entry of entries.values()) if (entry.isDirty) later(entry, 0);
	});

whenSettled((w) => {
	for (const entry of entries.values())
		if (entry.key.ticketId === w.ticketId && entry.key.kind === w.kind) void pull(entry);
});

/* Another window of this browser has sent it off: it is not to be sent from here too. What was written here since stays. */
whenKeptElsewhere((w) => {
	for (const entry of entries.values()) {
		const { ticketId, kind } = entry.key;
		if (ticketId !== w.ticketId || kind !== w.kind || entry.draft.html !== w.draft?.html) continue;
		clearTimeout(entry.timer);
		entry.timer = undefined;
		entry.isDirty = false;
		entry.version = 0;
		show(entry, { ...blank(entry.draft), ...EMPTY, revision: entry.draft.revision + 1 });
	}
});

/* What waited to be sent stands in the editor again, above what was written since. */
export function editUnsent(userId: string, w: Unsent) {
	const { draft: old, ticketId, kind } = w;
	if (!old || kind === "edit" || kind === "act") return;
	const entry = entryOf({ userId, ticketId, kind });
	const since = entry.draft;
	const text = { html: old.html + since.html, text: [old.text, since.text].filter(Boolean).join("\n\n") };
	const files = [...(old.files ?? []), ...(since.files ?? [])];
	entry.version = old.version ?? 0;
	entry.isDirty = true;
	show(entry, { ...old, ...text, files, savedAt: Date.now(), state: "waiting", revision: since.revision + 1 });
	store(entry);
	giveUp(w);
}

/* Before it is sent: what is on its way to the server has arrived, and nothing follows it. */
export async function settleDraft(userId: string, ticketId: string, kind: DraftKind = "reply") {
	const entry = entryOf({ userId, ticketId, kind });
	clearTimeout(entry.timer);
	entry.timer = undefined;
	await entry.queue;
}

/* It was not sent after all: what is not on the server yet goes there. */
export function resumeDraft(userId: string, ticketId: string, kind: DraftKind = "reply") {
	const entry = entryOf({ userId, ticketId, kind });
	if (entry.isDirty) later(entry, 0);
}

/* What was taken back stands in the editor again. */
export function restoreDraft(userId: string, wire: WireDraft) {
	const entry = entryOf({ userId, ticketId: wire.ticketId, kind: wire.kind });
	entry.version = wire.version;
	entry.isDirty = false;
	const next = { ...EMPTY, ...fromWire(wire), state: "saved" as const, kept: wire.kept };
	show(entry, { ...blank(entry.draft), ...next, revision: entry.draft.revision + 1 });
	store(entry);
}

/* A window beside this one had it, and wrote on this device: what it left is taken over. */
export function reloadDraft(userId: string, ticketId: string, kind: DraftKind = "reply"): Draft {
	const entry = entryOf({ userId, ticketId, kind });
	const stored = loadDraft(userId, ticketId, kind);
	clearTimeout(entry.timer);
	entry.timer = undefined;
	entry.version = stored?.version ?? 0;
	entry.isDirty = !!stored?.isDirty;
	show(entry, { ...blank(entry.draft), ...EMPTY, ...stored, revision: entry.draft.revision + 1 });
	void pull(entry);
	return entry.draft;
}

/* The unsent reply or comment of one ticket. Every change is on this device's disk before the next key. */
export function useDraft(userId: string, ticketId: string, kind: DraftKind = "reply") {
	const key = { userId, ticketId, kind };
	const draft = useSyncExternalStore(
		(run) => {
			listeners.add(run);
			return () => void listeners.delete(run);
		},
		() => entryOf(key).draft,
	);
	useEffect(() => {
		void pull(entryOf({ userId, ticketId, kind }));
	}, [userId, ticketId, kind]);

	function change(part: Partial<Draft> | ((now: Draft) => Partial<Draft>)) {
		const entry = entryOf(key);
		const old = entry.draft;
		const next = { ...old, ...(typeof part === "function" ? part(old) : part), savedAt: Date.now() };
		next.seenId = old.seenId ?? newestMessage(ticketId)?.id;
		const isGone = isEmptyDraft(next);
		entry.isDirty = true;
		entry.changedAt = Date.now();
		show(entry, isGone ? { ...next, seenId: undefined, savedAt: 0, state: "idle" } : { ...next, state: "waiting" });
		store(entry);
		later(entry, SAVE_AFTER_MS);
	}

	return {
		draft,
		/* A function gets the draft as it is by then. */
		change,
		/* Sent: the server has put it away itself. Discarded: it shall. */
		clear(why: "sent" | "discarded" = "discarded") {
			const entry = entryOf(key);
			clearTimeout(entry.timer);
			entry.timer = undefined;
			entry.isDirty = why === "discarded";
			if (why === "sent") entry.version = 0;
			removeDraft(userId, ticketId, kind);
			show(entry, { ...blank(entry.draft), ...EMPTY, revision: entry.draft.revision + 1 });
			if (entry.isDirty) void enqueue(entry, () => push(entry));
		},
		/* What was discarded is there again. */
		putBack(old: LiveDraft) {
			const { revision, state, kept, ...text } = old;
			show(entryOf(key), { revision: entryOf(key).draft.revision + 1 });
			change(text);
		},
		/* The text of the other window takes the place of this one, or is not needed. */
		takeKept() {
			const { kept } = entryOf(key).draft;
			if (!kept) return;
			entryOf(key).dropsKept = true;
			show(entryOf(key), { kept: undefined, revision: entryOf(key).draft.revision + 1 });
			change({ html: kept.html, text: kept.text });
		},
		dropKept() {
			entryOf(key).dropsKept = true;
			show(entryOf(key), { kept: undefined });
			change({});
		},
	};
}
