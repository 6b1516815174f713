/* A draft as the server keeps it, and back. */
import type { Draft, DraftFile, DraftKind, ReplyMode } from "./drafts";

export interface WireDraft {
	ticketId: string;
	kind: DraftKind;
	/* 0: there is none. */
	version: number;
	html?: string;
	text?: string;
	subject?: string;
	recipients?: {
		to?: string[];
		cc?: string[];
		bcc?: string[];
		mode?: ReplyMode;
		hasNoSignature?: boolean;
		hasNoQuote?: boolean;
	};
	channelAccountId?: string;
	inReplyToId?: string;
	isForward?: boolean;
	lastSeenMessageId?: string;
	attachments?: (Omit<DraftFile, "id"> & { fileId: string })[];
	device?: string;
	kept?: { html: string; text: string; at: string };
	updatedAt?: string;
}

/* A name for this window. */
export const DEVICE = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) =>
	n.toString(16).padStart(2, "0"),
).join("");

const line = (text: string | undefined) => (text === undefined ? undefined : [text]);

export function toWire(d: Draft & { seenId?: string }, version: number, dropsKept: boolean) {
	return {
		html: d.html,
		text: d.text,
		subject: d.subject,
		recipients: {
			to: line(d.to),
			cc: line(d.cc),
			bcc: line(d.bcc),
			mode: d.mode,
			hasNoSignature: d.hasNoSignature,
			hasNoQuote: d.hasNoQuote,
		},
		channelAccountId: d.channelAccountId,
		inReplyToId: d.inReplyToId,
		isForward: d.mode === "forward" || undefined,
		lastSeenMessageId: d.seenId,
		attachments: d.files?.map(({ id, ...file }) => ({ fileId: id, ...file })),
		device: DEVICE,
		version,
		dropsKept: dropsKept || undefined,
	};
}

export function fromWire(w: WireDraft): Draft & { seenId?: string } {
	const { to, cc, bcc, mode, hasNoSignature, hasNoQuote } = w.recipients ?? {};
	return {
		html: w.html ?? "",
		text: w.text ?? "",
		subject: w.subject,
		to: to?.join(", "),
		cc: cc?.join(", "),
		bcc: bcc?.join(", "),
		mode: mode ?? (w.isForward ? "forward" : undefined),
		hasNoSignature,
		hasNoQuote,
		channelAccountId: w.channelAccountId,
		inReplyToId: w.inReplyToId,
		seenId: w.lastSeenMessageId,
		files: w.attachments?.map(({ fileId, ...file }) => ({ ...file, id: fileId })),
		savedAt: w.updatedAt ? Date.parse(w.updatedAt) : Date.now(),
	};
}
