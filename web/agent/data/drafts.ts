/* Unsent replies and comments, one of each per person and ticket, in local storage from the first key: a reload, a crash or a closed tab loses nothing. */

/* A file that is uploaded and waits for its message. contentId: the text shows it under that name. */
export interface DraftFile {
	id: string;
	name: string;
	contentType: string;
	sizeBytes: number;
	contentId?: string;
	/* Comes along from the message that is forwarded. */
	isForwarded?: boolean;
}

export type DraftKind = "reply" | "comment";
export type ReplyMode = "reply" | "replyAll" | "forward";

export interface Draft {
	html: string;
	text: string;
	to?: string;
	cc?: string;
	bcc?: string;
	subject?: string;
	/* The address it leaves from; left out: that of the thread. */
	channelAccountId?: string;
	/* The message it answers or hands on; left out: the newest. */
	inReplyToId?: string;
	mode?: ReplyMode;
	files?: DraftFile[];
	/* Without the signature, without what is answered below. */
	hasNoSignature?: boolean;
	hasNoQuote?: boolean;
	savedAt: number;
}

/* Older drafts are dropped when a new one does not fit. */
const PREFIX = "bellhop.draft.";
const keyOf = (userId: string, ticketId: string, kind: DraftKind = "reply") =>
	`${PREFIX}${userId}.${ticketId}${kind === "reply" ? "" : `.${kind}`}`;

/* As it lies on this device: which of the server's it was made from, and is there more here than there? */
export interface StoredDraft extends Draft {
	version?: number;
	isDirty?: boolean;
}

export function isEmptyDraft(d: Draft | undefined): boolean {
	return (
		!d || (!d.text.trim() && !/<(img|hr)\b/i.test(d.html) && d.to === undefined && !d.cc && !d.bcc && !d.files?.length)
	);
}

export function loadDraft(userId: string, ticketId: string, kind?: DraftKind): StoredDraft | undefined {
	try {
		const d = JSON.parse(localStorage.getItem(keyOf(userId, ticketId, kind)) ?? "null") as StoredDraft | null;
		return d && typeof d.html === "string" && typeof d.text === "string" ? d : undefined;
	} catch {
		return undefined;
	}
}

export function saveDraft(userId: string, ticketId: string, draft: StoredDraft, kind?: DraftKind): boolean {
	if (isEmptyDraft(draft)) {
		removeDraft(userId, ticketId, kind);
		return false;
	}
	const text = JSON.stringify(draft);
	for (;;) {
		try {
			localStorage.setItem(keyOf(userId, ticketId, kind), text);
			return true;
		} catch {
			if (!dropOldest(keyOf(userId, ticketId, kind))) return false;
		}
	}
}

export function removeDraft(userId: string, ticketId: string, kind?: DraftKind) {
	localStorage.removeItem(keyOf(userId, ticketId, kind));
}

function dropOldest(except: string): boolean {
	let oldest: { key: string; at: number } | undefined;
	for (let i = 0; i < localStorage.length; i++) {
		const key = localStorage.key(i);
		if (!key?.startsWith(PREFIX) || key === except) continue;
		const at = Number(/"savedAt":(\d+)/.exec(localStorage.getItem(key) ?? "")?.[1] ?? 0);
		if (!oldest || at < oldest.at) oldest = { key, at };
	}
	if (!oldest) return false;
	localStorage.removeItem(oldest.key);
	return true;
}
