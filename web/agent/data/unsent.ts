/* Writes that found no server wait on this device and go out when it is there again: in their order, and each of them once, since the
 * server knows them by their Idempotency-Key. They survive a reload; every window of the browser shows the same ones. What the server
 * refuses, and what may have been done so long ago that the server forgot its key, waits for a person instead. */
import { useMemo, useSyncExternalStore } from "react";
import { ApiError, http } from "#shared/api/client";
import { newKey } from "#shared/api/onceKey";
import type { TicketRow } from "#shared/api/types";
import type { Draft } from "./drafts";
import { session } from "./session";

const PREFIX = "bellhop.unsent.";
/* A server that does not answer at all is as good as none. */
const LONGEST_WAIT_MS = 30_000;
const RETRY_AFTER_MS = 5000;
/* The server keeps its answers for a day (desk/kept_answer.h). */
const KEY_IS_GOOD_MS = 23 * 3_600_000;

export interface Write {
	ticketId: string;
	/* act: what is done to tickets in one step, of which ticketId is the first. */
	kind: "reply" | "comment" | "edit" | "act";
	ticketIds?: readonly string[];
	path: string;
	body: object;
	/* What people read of it. */
	text: string;
	/* As it was written; to edit it again puts it back. */
	draft?: Draft & { version?: number };
	/* How the ticket looks meanwhile. */
	row?: Partial<TicketRow>;
	properties?: Record<string, string>;
}

export interface Unsent extends Write {
	id: string;
	key: string;
	at: number;
	/* When the server may have got it first. */
	triedAt?: number;
	/* It waits for a person: the server refused it, newer messages came, or it may have been sent already. */
	problem?: { kind: "refused" | "newer" | "unsure"; reason?: string };
}

/* What the server says of many at once. */
interface ActAnswer {
	failed: { message?: string }[];
}

const NONE: readonly Unsent[] = [];
/* Which one is on its way just now. */
let onItsWay: string | undefined;
const listeners = new Set<() => void>();
let known: readonly Unsent[] | undefined;

const prefixOfMine = () => `${PREFIX}${session.current()?.id}.`;
const nameOf = (w: Unsent) => `${prefixOfMine()}${w.id}`;

function parse(text: string | null): Unsent | undefined {
	try {
		return (JSON.parse(text ?? "null") as Unsent | null) ?? undefined;
	} catch {
		return undefined;
	}
}

function read(): readonly Unsent[] {
	const mine = prefixOfMine();
	const names = Object.keys(localStorage).filter((name) => name.startsWith(mine));
	const found = names.flatMap((name) => parse(localStorage.getItem(name)) ?? []);
	return found.length ? found.sort((a, b) => a.at - b.at) : NONE;
}

/* Those of the one who is signed in, the oldest first. */
export function unsent(): readonly Unsent[] {
	known ??= read();
	return known;
}

export function forgetKnown() {
	known = undefined;
	for (const run of listeners) run();
}

/* false: this device has no room for it. */
function keep(w: Unsent): boolean {
	try {
		localStorage.setItem(nameOf(w), JSON.stringify(w));
	} catch {
		return false;
	}
	forgetKnown();
	return true;
}

function drop(w: Unsent) {
	localStorage.removeItem(nameOf(w));
	forgetKnown();
}

function subscribe(run: () => void) {
	listeners.add(run);
	return () => void listeners.delete(run);
}

/* Of one ticket, or all. */
export function useUnsent(ticketId?: string): readonly Unsent[] {
	const all = useSyncExternalStore(subscribe, unsent);
	return useMemo(() => (ticketId ? all.filter((w) => w.ticketId === ticketId) : all), [all, ticketId]);
}

export const useIsOnItsWay = (id: string) => useSyncExternalStore(subscribe, () => onItsWay === id);

export const ticketsOf = (w: Write): readonly string[] => w.ticketIds ?? [w.ticketId];

export const hasUnsent = (ticketId: string, kind: Write["kind"]) =>
	unsent().some((w) => w.ticketId === ticketId && w.kind === kind);

/* Told when one has arrived (with the answer), was refused or is given up (without): whoever shows tickets and drafts. */
type Listener = (w: Unsent, answer: unknown) => void;
const settled = new Set<Listener>();
export const whenSettled = (run: Listener) => void settled.add(run);
const tell = (w: Unsent, answer?: unknown) => {
	for (const run of settled) run(w, answer);
};

/* Told of what another window has put here. */
const elsewhere = new Set<(w: Unsent) => void>();
export const whenKeptElsewhere = (run: (w: Unsent) => void) => void elsewhere.add(run);

/* Nobody was there, or nobody had time: no network, or a proxy without its server. */
function isAway(e: unknown): boolean {
	if (!(e instanceof ApiError)) return false;
	return e.isOffline || e.status === 429 || e.status === 503 || ((e.status === 502 || e.status === 504) && !e.category);
}

function attempt<T>(w: Unsent): Promise<T> {
	const options = { headers: { "Idempotency-Key": w.key }, signal: AbortSignal.timeout(LONGEST_WAIT_MS) };
	return w.kind === "edit" ? http.patch<T>(w.path, w.body, options) : http.post<T>(w.path, w.body, options);
}

/* The server's answer; undefined: it waits here, and goes out by itself. */
export async function write<T>(what: Write): Promise<T | undefined> {
	const w: Unsent = { ...what, id: newKey(), key: newKey(), at: Date.now() };
	const isNext = !unsent().some((other) => !other.problem && ticketsOf(other).some((id) => ticketsOf(w).includes(id)));
	if ((!navigator.onLine || !isNext) && keep(w)) {
		void sendUnsent();
		return undefined;
	}
	try {
		return await attempt<T>(w);
	} catch (e) {
		if (!isAway(e) || !keep({ ...w, triedAt: w.at })) throw e;
		later();
		return undefined;
	}
}

let timer: ReturnType<typeof setTimeout> | undefined;
let isSending = false;

function later() {
	clearTimeout(timer);
	timer = setTimeout(() => void sendUnsent(), RETRY_AFTER_MS);
}

/* One window at a time; where the browser cannot see to that, the keys do. */
const alone = async (run: () => Promise<void>) =>
	navigator.locks
		? void (await navigator.locks.request(PREFIX, { ifAvailable: true }, (lock) => lock && run()))
		: run();

/* false: nobody is there. */
async function sendOne(w: Unsent): Promise<boolean> {
	if (w.triedAt && Date.now() - w.triedAt > KEY_IS_GOOD_MS) return keep({ ...w, problem: { kind: "unsure" } });
	if (!keep({ ...w, triedAt: w.triedAt ?? Date.now() })) return false;
	onItsWay = w.id;
	try {
		const answer = await attempt<Partial<ActAnswer> | undefined>(w);
		const refusal = w.kind === "act" ? answer?.failed?.[0] : undefined;
		if (refusal) keep({ ...w, problem: { kind: "refused", reason: refusal.message } });
		else drop(w);
		tell(w, refusal ? undefined : answer);
	} catch (e) {
		const isOurs = e instanceof ApiError && e.status !== 401;
		if (!isOurs || isAway(e) || e.message.endsWith("is still running.")) return false;
		const kind = e.category === "NEWER_MESSAGES" ? "newer" : "refused";
		keep({ ...w, problem: { kind, reason: e.message } });
		tell(w);
	} finally {
		onItsWay = undefined;
		forgetKnown();
	}
	return true;
}

/* Everything that waits for nothing but the server. */
export async function sendUnsent() {
	const isWaiting = () => unsent().some((w) => !w.problem);
	if (isSending || !navigator.onLine || !isWaiting()) return;
	isSending = true;
	try {
		await alone(async () => {
			for (let w = next(); w; w = next()) if (!(await sendOne(w))) break;
		});
	} finally {
		isSending = false;
		if (isWaiting()) later();
	}
}

function next(): Unsent | undefined {
	known = undefined;
	return unsent().find((w) => !w.problem);
}

/* Once more, as it is or with something changed; changed, it is another request. */
export function tryAgain(w: Unsent, change?: object) {
	keep({ ...w, body: { ...w.body, ...change }, key: newKey(), triedAt: undefined, problem: undefined });
	void sendUnsent();
}

export function giveUp(w: Unsent) {
	drop(w);
	tell(w);
}

if (typeof addEventListener === "function") {
	addEventListener("online", () => void sendUnsent());
	addEventListener("storage", (e) => {
		if (!e.key?.startsWith(PREFIX)) return;
		const before = known ?? NONE;
		forgetKnown();
		const isIn = (list: readonly Unsent[], w: Unsent) => list.some((other) => other.id === w.id);
		for (const w of before) if (!isIn(unsent(), w)) tell(w);
		for (const w of unsent()) if (!isIn(before, w)) for (const run of elsewhere) run(w);
	});
}
