/* The reply as it leaves: the text, the signature below it, and what it answers or hands on below that. Pictures of the quoted message
 * go along under the ids that they have there. */
import type { Message, ReplyDraft } from "#shared/api/types";
import type { Draft, DraftFile } from "../../data/drafts";
import { withoutTwice } from "./addresses";
import { fileOf, shownPictures } from "./editor/pictures";
import { textToHtml } from "./editor/textToHtml";

export interface Quote {
	message: Message;
	/* "On Monday Anna wrote:", or the head of a forwarded message, as lines. */
	intro: readonly string[];
}

const MAX_QUOTE_LETTERS = 400_000;
const MAX_FILES = 20;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function quoteHtml({ message, intro }: Quote): string {
	const body =
		message.html && message.html.length < MAX_QUOTE_LETTERS
			? message.html
			: textToHtml((message.text ?? "").slice(0, MAX_QUOTE_LETTERS));
	return `<div><p>${intro.map(escaped).join("<br>")}</p><blockquote type="cite">${body}</blockquote></div>`;
}

/* Those of its pictures that its text shows. */
function picturesOf(message: Message): { fileId: string; contentId: string }[] {
	const shown = shownPictures(message.html ?? "");
	return (message.attachments ?? []).flatMap((a) =>
		a.fileId && a.contentId && shown.has(a.contentId) ? [{ fileId: a.fileId, contentId: a.contentId }] : [],
	);
}

interface Parts {
	draft: Draft & { to: string; cc: string; bcc: string };
	signature: string;
	quote: Quote | undefined;
	answeredId: string | undefined;
	stageId: string | undefined;
	seenId: string | undefined;
}

export function composeReply({ draft, signature, quote, answeredId, stageId, seenId }: Parts): ReplyDraft {
	const [to = [], cc = [], bcc = []] = withoutTwice([draft.to, draft.cc, draft.bcc]);
	const shown = shownPictures(draft.html);
	/* what was cut out of the text again does not go along; what was copied from another draft does */
	const kept = (draft.files ?? []).filter((f: DraftFile) => !f.contentId || shown.has(f.contentId));
	const copied = [...shown].filter((id) => fileOf(id) && !kept.some((f) => f.contentId === id));
	const own = [...kept, ...copied.map((id) => ({ id: fileOf(id) ?? "", contentId: id }))];
	const quoted = quote ? picturesOf(quote.message).slice(0, MAX_FILES - own.length) : [];
	const files = [
		...own.map((f) => ({ fileId: f.id, contentId: f.contentId })),
		...quoted.filter((q) => !own.some((f) => f.contentId === q.contentId)),
	];
	return {
		html: [draft.html, signature && `<div>${signature}</div>`, quote && quoteHtml(quote)].filter(Boolean).join(""),
		to,
		cc: cc.length ? cc : undefined,
		bcc: bcc.length ? bcc : undefined,
		subject: draft.subject?.trim() || undefined,
		channelAccountId: draft.channelAccountId,
		inReplyToId: answeredId,
		isForward: draft.mode === "forward" || undefined,
		attachments: files.length ? files.map((f) => ({ ...f, type: "FILE" as const })) : undefined,
		stageId,
		lastSeenMessageId: seenId,
	};
}
