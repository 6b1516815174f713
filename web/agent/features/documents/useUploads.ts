import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { MAX_DOCUMENT_MB } from "../../data/documents";
import { useErrorText } from "../../shell/useErrorText";
import { TooLarge, uploadAll, useAllUploads } from "./uploads";

/* What is on its way: new documents, or new versions of one. */
export function useUploads(documentId?: string) {
	const t = useText();
	const errorText = useErrorText();
	const uploads = useAllUploads().filter((u) => u.documentId === documentId);
	const problemText = (e: unknown) =>
		e instanceof TooLarge
			? t("documents.tooLarge", { mb: MAX_DOCUMENT_MB })
			: (e instanceof ApiError && e.fields.file) || errorText(e);
	async function add(files: Iterable<File>) {
		const made = await uploadAll(files, documentId);
		if (made.length > 1) toast("good", t("documents.uploadedMany", { n: made.length }));
		else if (made[0])
			toast("good", t(documentId ? "documents.replaced" : "documents.uploaded", { name: made[0].name }));
	}
	return { uploads, add, problemText };
}
