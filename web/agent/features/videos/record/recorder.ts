/* One recording: runs, rests, ends, and is a file then. */
import type { Capture } from "./capture";
import { forget, hold, keep, keepPiece } from "./keptRecordings";

/* The best first: what every browser plays, then what this one can write. */
const TYPES = [
	'video/mp4;codecs="avc1.42E01F,mp4a.40.2"',
	"video/mp4;codecs=avc1,opus",
	"video/webm;codecs=vp9,opus",
	"video/webm;codecs=vp8,opus",
	"video/mp4",
	"video/webm",
];
const PIECE_MS = 1000;
const BITS_PER_SECOND = 2_500_000;

export interface Recording {
	id: string;
	file: Blob;
	durationMs: number;
}

export interface Recorder {
	pause: () => void;
	resume: () => void;
	stop: () => void;
	/* How long it is without its rests. */
	elapsedMs: () => number;
}

interface Options {
	maxBytes: number;
	onDone: (recording: Recording) => void;
}

const plainType = (type: string) => type.split(";")[0] ?? type;

export function startRecorder(capture: Capture, { maxBytes, onDone }: Options): Recorder {
	const type = TYPES.find((t) => MediaRecorder.isTypeSupported(t)) ?? "";
	/* MP4 comes in pieces that begin with a whole picture: without these, a lost window would lose all of it */
	const options: MediaRecorderOptions & { videoKeyFrameIntervalDuration: number } = {
		mimeType: type || undefined,
		videoBitsPerSecond: BITS_PER_SECOND,
		videoKeyFrameIntervalDuration: PIECE_MS,
	};
	const recorder = new MediaRecorder(capture.stream, options);
	const id = crypto.randomUUID();
	const kept = { id, type: plainType(recorder.mimeType || type), startedAt: Date.now(), durationMs: 0 };
	const pieces: Blob[] = [];
	let bytes = 0;
	let before = 0;
	let since: number | undefined = performance.now();
	const elapsedMs = () => before + (since === undefined ? 0 : performance.now() - since);
	const rest = () => {
		before = elapsedMs();
		since = undefined;
	};
	const stop = () => {
		if (recorder.state === "inactive") return;
		rest();
		recorder.stop();
	};
	hold(id);
	void keep(kept);
	recorder.ondataavailable = ({ data }) => {
		if (!data.size) return;
		pieces.push(data);
		bytes += data.size;
		void keepPiece({ of: id, n: pieces.length, piece: data });
		void keep({ ...kept, durationMs: Math.round(elapsedMs()) });
		if (bytes > maxBytes) stop();
	};
	recorder.onstop = () => {
		capture.close();
		onDone({ id, file: new Blob(pieces, { type: kept.type }), durationMs: Math.round(elapsedMs()) });
	};
	recorder.start(PIECE_MS);
	return {
		elapsedMs,
		stop,
		pause: () => {
			rest();
			recorder.pause();
		},
		resume: () => {
			since = performance.now();
			recorder.resume();
		},
	};
}

/* It is saved, or not wanted. */
export const discardRecording = (r: Recording) => forget(r.id);
