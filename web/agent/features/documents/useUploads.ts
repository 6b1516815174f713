import { useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { type LibraryDocument, MAX_DOCUMENT_MB, uploadDocument } from "../../data/documents";
import { useErrorText } from "../../shell/useErrorText";

export interface DocumentUpload {
	key: number;
	name: string;
	/* 0 to 1. */
	part: number;
	problem?: string;
}

/* Files on their way into the library, one after the other; each says for itself what is wrong with it. */
export function useUploads(id?: string) {
	const t = useText();
	const errorText = useErrorText();
	const [uploads, setUploads] = useState<DocumentUpload[]>([]);
	const next = useRef(0);
	const leaving = useRef(new AbortController());
	useEffect(() => {
		leaving.current = new AbortController();
		const { current } = leaving;
		return () => current.abort();
	}, []);
	const set = (key: number, change: Partial<DocumentUpload>) =>
		setUploads((all) => all.map((u) => (u.key === key ? { ...u, ...change } : u)));
	const dismiss = (key: number) => setUploads((all) => all.filter((u) => u.key !== key));

	async function one(file: File, key: number): Promise<LibraryDocument | undefined> {
		if (file.size > MAX_DOCUMENT_MB << 20) {
			set(key, { problem: t("documents.tooLarge", { mb: MAX_DOCUMENT_MB }) });
			return;
		}
		try {
			const made = await uploadDocument(
				file,
				{ onProgress: (part) => set(key, { part }), signal: leaving.current.signal },
				id,
			);
			dismiss(key);
			toast("good", t(id ? "documents.replaced" : "documents.uploaded", { name: made.name }));
			return made;
		} catch (e) {
			set(key, { problem: (e instanceof ApiError && e.fields.file) || errorText(e) });
		}
	}
	async function add(files: Iterable<File>) {
		const chosen = [...files].map((file) => ({ file, key: next.current++ }));
		setUploads((all) => [...all, ...chosen.map(({ file, key }) => ({ key, name: file.name, part: 0 }))]);
		for (const { file, key } of chosen) await one(file, key);
	}
	return { uploads, add, dismiss };
}
