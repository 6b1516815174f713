/* Recordings that are not saved yet, piece by piece in the browser's own database: a window that is closed or crashes loses a second of
 * them. Each belongs to one window, which holds a lock of its name; what nobody holds was left behind. */

export interface Kept {
	id: string;
	type: string;
	startedAt: number;
	durationMs: number;
}

const RECORDINGS = "recordings";
const PIECES = "pieces";
const lockOf = (id: string) => `bellhop.recording.${id}`;

function result<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

async function open(): Promise<IDBDatabase> {
	const request = indexedDB.open("bellhop.recordings", 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore(RECORDINGS, { keyPath: "id" });
		request.result.createObjectStore(PIECES, { autoIncrement: true }).createIndex("of", "of");
	};
	return result(request);
}

/* A browser without room, or in a mode that keeps nothing, records all the same. */
async function quietly<T>(run: (db: IDBDatabase) => Promise<T>): Promise<T | undefined> {
	try {
		const db = await open();
		try {
			return await run(db);
		} finally {
			db.close();
		}
	} catch {
		return undefined;
	}
}

/* The lock is this window's until it is gone. */
export function hold(id: string) {
	void navigator.locks?.request(lockOf(id), () => new Promise(() => {}));
}

export const keep = (recording: Kept) =>
	quietly((db) => result(db.transaction(RECORDINGS, "readwrite").objectStore(RECORDINGS).put(recording)));

interface Piece {
	of: string;
	n: number;
	piece: Blob;
}

export const keepPiece = (row: Piece) =>
	quietly((db) => result(db.transaction(PIECES, "readwrite").objectStore(PIECES).add(row)));

export const forget = (id: string) =>
	quietly(async (db) => {
		const work = db.transaction([RECORDINGS, PIECES], "readwrite");
		work.objectStore(RECORDINGS).delete(id);
		const pieces = work.objectStore(PIECES);
		for (const key of await result(pieces.index("of").getAllKeys(id))) pieces.delete(key);
	});

/* The newest that no window holds. */
export async function leftBehind(): Promise<Kept | undefined> {
	const all = await quietly((db) => result<Kept[]>(db.transaction(RECORDINGS).objectStore(RECORDINGS).getAll()));
	const held = new Set((await navigator.locks?.query())?.held?.map((l) => l.name));
	return all?.filter((r) => !held.has(lockOf(r.id))).sort((a, b) => b.startedAt - a.startedAt)[0];
}

export async function piecesOf(recording: Kept): Promise<Blob | undefined> {
	const rows = await quietly((db) =>
		result<Piece[]>(db.transaction(PIECES).objectStore(PIECES).index("of").getAll(recording.id)),
	);
	if (!rows?.length) return undefined;
	const inOrder = rows.sort((a, b) => a.n - b.n).map((r) => r.piece);
	return new Blob(inOrder, { type: recording.type });
}
