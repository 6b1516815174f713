/* What a draft becomes when it shall answer another message, or in another way. */
import type { Attachment, Message } from "#shared/api/types";
import type { Draft, DraftFile, ReplyMode } from "../../data/drafts";

const filesOf = (message: Message | undefined): DraftFile[] =>
	(message?.attachments ?? [])
		.filter((a): a is Attachment & { fileId: string } => !!a.fileId && !(a.isInline && a.contentId))
		.map((a) => ({
			id: a.fileId,
			name: a.name ?? "",
			contentType: a.contentType,
			sizeBytes: a.sizeBytes,
			isForwarded: true,
		}));

/* Recipients and subject come from the new target; what was written stays. Files of a forwarded message come along with it alone. */
export function retarget(now: Draft, message: Message | undefined, mode: ReplyMode | undefined): Partial<Draft> {
	const own = (now.files ?? []).filter((f) => !f.isForwarded);
	return {
		inReplyToId: message?.id,
		mode,
		to: undefined,
		cc: undefined,
		bcc: undefined,
		subject: undefined,
		hasNoQuote: undefined,
		files: mode === "forward" ? [...own, ...filesOf(message)] : own,
	};
}
