import { http } from "#shared/api/client";
import type { Page, Time } from "#shared/api/types";
import { uploadFile } from "#shared/api/upload";
import { type LibraryItem, refreshLibrary } from "./library";

export const DOCUMENTS = "/desk/v1/documents";
/* The server decides by the bytes; this only helps to choose. */
export const DOCUMENT_FILES = ".pdf,.docx,.pptx,.xlsx";
export const MAX_DOCUMENT_MB = 50;

export interface LibraryDocument extends LibraryItem {
	format: "pdf" | "docx" | "pptx" | "xlsx";
	fileName: string;
	sizeBytes: number;
	version: number;
	/* 0: not known. */
	pageCount: number;
	pictureState: "WAITING" | "READY" | "NONE";
	visitCount: number;
	lastVisitAt?: Time;
}

interface Progress {
	onProgress: (part: number) => void;
	signal: AbortSignal;
}

/* A new document; or another version of the one called id. */
export async function uploadDocument(file: File, progress: Progress, id?: string): Promise<LibraryDocument> {
	const path = id ? `${DOCUMENTS}/${id}/versions` : DOCUMENTS;
	const made = await uploadFile<LibraryDocument>(path, file, file.name, progress);
	await refreshLibrary();
	return made;
}

/* The small picture of its first page; a new one for every version and when it gets there. */
export const pictureOf = (d: LibraryDocument) =>
	d.pictureState === "READY" ? `${DOCUMENTS}/${d.id}/pictures/0?v=${d.version}` : undefined;

export const findDocuments = async (q: string, signal: AbortSignal) =>
	(
		await http.get<Page<LibraryDocument>>(DOCUMENTS, {
			query: { q: q || undefined, sort: q ? "name" : "used", limit: 50 },
			signal,
		})
	).results;

export const loadDocument = (id: string) => http.get<LibraryDocument>(`${DOCUMENTS}/${id}`);
