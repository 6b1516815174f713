/* Files on their way into the library, one after the other, whichever page is open meanwhile; each says for itself what is wrong with it.
 * The browser asks before the window goes while some are on their way. */
import { create } from "zustand";
import { type LibraryDocument, MAX_DOCUMENT_MB, uploadDocument } from "../../data/documents";

export interface DocumentUpload {
	key: number;
	name: string;
	/* The document that it is a new version of. */
	documentId?: string;
	/* 0 to 1. */
	part: number;
	problem?: unknown;
}

export class TooLarge extends Error {}

const useStore = create<{ uploads: readonly DocumentUpload[] }>(() => ({ uploads: [] }));
const { getState, setState } = useStore;
let lastKey = 0;
let queue = Promise.resolve();

const set = (key: number, change: Partial<DocumentUpload>) =>
	setState({ uploads: getState().uploads.map((u) => (u.key === key ? { ...u, ...change } : u)) });

export const dismissUpload = (key: number) => setState({ uploads: getState().uploads.filter((u) => u.key !== key) });

const ask = (e: BeforeUnloadEvent) => e.preventDefault();
useStore.subscribe(({ uploads }) => {
	if (uploads.some((u) => u.problem === undefined)) window.addEventListener("beforeunload", ask);
	else window.removeEventListener("beforeunload", ask);
});

async function send(file: File, { key, documentId }: DocumentUpload): Promise<LibraryDocument | undefined> {
	try {
		if (file.size > MAX_DOCUMENT_MB << 20) throw new TooLarge();
		const onProgress = (part: number) => set(key, { part });
		const made = await uploadDocument(file, { onProgress, signal: new AbortController().signal }, documentId);
		dismissUpload(key);
		return made;
	} catch (problem) {
		set(key, { problem });
	}
}

/* Those of them that are in the library in the end. */
export async function uploadAll(files: Iterable<File>, documentId?: string): Promise<LibraryDocument[]> {
	const chosen = [...files].map((file) => ({ file, upload: { key: ++lastKey, name: file.name, documentId, part: 0 } }));
	const made: LibraryDocument[] = [];
	setState({ uploads: [...getState().uploads, ...chosen.map((c) => c.upload)] });
	queue = queue.then(async () => {
		for (const { file, upload } of chosen) {
			const document = await send(file, upload);
			if (document) made.push(document);
		}
	});
	await queue;
	return made;
}

export const useAllUploads = () => useStore((s) => s.uploads);
