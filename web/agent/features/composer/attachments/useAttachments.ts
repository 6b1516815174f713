import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import type { Draft, DraftFile } from "../../../data/drafts";
import { contentIdOf } from "../editor/pictures";
import { cancelUpload, retryUpload, startUpload, uploadsOf, useUploads } from "./uploads";

export const MAX_FILES = 20;
export const MAX_BYTES = 20 << 20;

const isPicture = (file: File) => /^image\/(png|jpe?g|gif|webp)$/.test(file.type);

interface Props {
	draftId: string;
	draft: Draft;
	/* Gets the draft as it is by then: an upload may end long after another ticket was opened. */
	change: (part: (now: Draft) => Partial<Draft>) => void;
}

/* The files of one draft: those that have arrived are part of it. */
export function useAttachments({ draftId, draft, change }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const uploads = useUploads(draftId);
	const [refused, setRefused] = useState<{ draftId: string; text: string }>();
	const files = draft.files ?? [];

	function room(fresh: readonly File[]): File[] {
		const waiting = uploadsOf(draftId);
		let bytes = [...files.map((f) => f.sizeBytes), ...waiting.map((u) => u.file.size)].reduce((a, b) => a + b, 0);
		let n = files.length + waiting.length;
		const taken = fresh.filter((f) => {
			if (n >= MAX_FILES || bytes + f.size > MAX_BYTES) return false;
			n++;
			bytes += f.size;
			return true;
		});
		const left = fresh.filter((f) => !taken.includes(f));
		const names = left.map((f) => f.name).join(", ");
		const text =
			n >= MAX_FILES
				? t("attach.tooMany", { max: MAX_FILES, names })
				: t("attach.tooBig", { limit: fileSize(MAX_BYTES, locale), names });
		setRefused(left.length ? { draftId, text } : undefined);
		return taken;
	}

	const keep = (file: DraftFile) => change((now) => ({ files: [...(now.files ?? []), file] }));

	function attach(fresh: readonly File[]) {
		for (const f of room(fresh)) startUpload(draftId, f, false, { done: (file) => keep(fileOfDraft(file)) });
	}

	/* Pictures go into the text where the cursor is, or where they were dropped; the rest hangs on the message. */
	function take(fresh: readonly File[], editor: Editor, at?: number) {
		for (const f of room(fresh)) {
			if (!isPicture(f)) {
				startUpload(draftId, f, false, { done: (file) => keep(fileOfDraft(file)) });
				continue;
			}
			const preview = URL.createObjectURL(f);
			const uploadId = startUpload(draftId, f, true, {
				done: (file, id) => {
					const contentId = contentIdOf(file.id);
					URL.revokeObjectURL(preview);
					const isInText = settlePicture(editor, id, contentId);
					keep({ ...fileOfDraft(file), contentId: isInText ? contentId : undefined });
				},
				cancelled: (id) => removePicture(editor, id),
			});
			const node = { type: "inlineImage", attrs: { uploadId, preview, alt: f.name } };
			const place = at ?? editor.state.selection.to;
			editor
				.chain()
				.insertContentAt(place, node)
				.focus(place + 1)
				.run();
		}
	}

	return {
		files: files.filter((f) => !f.contentId),
		uploads,
		problem: refused?.draftId === draftId ? refused.text : undefined,
		attach,
		take,
		remove: (id: string) => change((now) => ({ files: now.files?.filter((f) => f.id !== id) })),
		cancel: (id: string) => cancelUpload(draftId, id),
		retry: (id: string) => retryUpload(draftId, id),
	};
}

const fileOfDraft = (f: { id: string; name: string; contentType: string; sizeBytes: number }): DraftFile => ({
	id: f.id,
	name: f.name,
	contentType: f.contentType,
	sizeBytes: f.sizeBytes,
});

const placeOf = (editor: Editor, uploadId: string): number | undefined => {
	let place: number | undefined;
	if (editor.isDestroyed) return place;
	editor.state.doc.descendants((node, pos) => {
		if (node.type.name === "inlineImage" && node.attrs.uploadId === uploadId) place = pos;
	});
	return place;
};

/* Gives the waiting picture its file; false: it is not in the text any more. */
function settlePicture(editor: Editor, uploadId: string, contentId: string): boolean {
	const pos = placeOf(editor, uploadId);
	const node = pos === undefined ? null : editor.state.doc.nodeAt(pos);
	if (pos === undefined || !node) return false;
	const attrs = { ...node.attrs, contentId, uploadId: null, preview: null };
	editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, attrs).setMeta("addToHistory", false));
	return true;
}

function removePicture(editor: Editor, uploadId: string) {
	const pos = placeOf(editor, uploadId);
	if (pos !== undefined) editor.view.dispatch(editor.state.tr.delete(pos, pos + 1));
}
