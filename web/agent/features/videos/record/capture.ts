/* Screen, camera, or the screen with the camera in a corner, each with the microphone where it is wanted: one stream. */

export type Source = "screen" | "camera" | "both";

export interface Capture {
	stream: MediaStream;
	/* Gives every device back. */
	close: () => void;
}

/* Why a recording could not begin, in the words of the catalogue: videos.record.problem.… */
export type Problem = "denied" | "none" | "busy" | "unavailable";
export class CaptureProblem extends Error {
	readonly problem: Problem;
	constructor(problem: Problem) {
		super(problem);
		this.problem = problem;
	}
}

const FRAMES = 30;
const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 } };
/* The camera's picture in the corner, as parts of the whole. */
const CORNER = 0.22;
const EDGE = 0.02;

function problemOf(e: unknown): CaptureProblem {
	const name = e instanceof DOMException ? e.name : "";
	if (name === "NotAllowedError" || name === "SecurityError") return new CaptureProblem("denied");
	if (name === "NotFoundError" || name === "OverconstrainedError") return new CaptureProblem("none");
	if (name === "NotReadableError" || name === "AbortError") return new CaptureProblem("busy");
	return new CaptureProblem("unavailable");
}

/* Browsers give devices to safe pages only: https, or this machine. */
export const canCapture = () => !!navigator.mediaDevices?.getUserMedia && typeof MediaRecorder !== "undefined";
export const canCaptureScreen = () => canCapture() && !!navigator.mediaDevices.getDisplayMedia;

const stop = (streams: readonly MediaStream[]) => {
	for (const s of streams) for (const track of s.getTracks()) track.stop();
};

async function shown(stream: MediaStream): Promise<HTMLVideoElement> {
	const video = document.createElement("video");
	video.muted = true;
	video.srcObject = stream;
	await video.play();
	return video;
}

/* A window in the background draws no frames and slows its clocks down; a worker's clock goes on. */
function everyFrame(run: () => void): () => void {
	const worker = new Worker(new URL("./clock.worker.ts", import.meta.url), { type: "module" });
	worker.onmessage = run;
	worker.postMessage(1000 / FRAMES);
	return () => worker.terminate();
}

async function overlay(screen: MediaStream, camera: MediaStream): Promise<{ stream: MediaStream; end: () => void }> {
	const [back, front] = [await shown(screen), await shown(camera)];
	const canvas = document.createElement("canvas");
	const g = canvas.getContext("2d");
	const draw = () => {
		if (!g || !back.videoWidth) return;
		if (canvas.width !== back.videoWidth) canvas.width = back.videoWidth;
		if (canvas.height !== back.videoHeight) canvas.height = back.videoHeight;
		g.drawImage(back, 0, 0);
		const width = canvas.width * CORNER;
		const height = (width * front.videoHeight) / Math.max(1, front.videoWidth);
		const edge = canvas.width * EDGE;
		g.drawImage(front, canvas.width - width - edge, canvas.height - height - edge, width, height);
	};
	draw();
	const end = everyFrame(draw);
	return { stream: canvas.captureStream(FRAMES), end };
}

/* The sounds of several streams as one track: a recorder takes one. */
function mixed(streams: readonly MediaStream[]): { tracks: MediaStreamTrack[]; end: () => void } {
	const sounding = streams.filter((s) => s.getAudioTracks().length > 0);
	if (sounding.length < 2) return { tracks: sounding.flatMap((s) => s.getAudioTracks()), end: () => {} };
	const audio = new AudioContext();
	const out = audio.createMediaStreamDestination();
	for (const s of sounding) audio.createMediaStreamSource(s).connect(out);
	return { tracks: out.stream.getAudioTracks(), end: () => void audio.close() };
}

export async function openCapture(source: Source, withMicrophone: boolean): Promise<Capture> {
	const opened: MediaStream[] = [];
	const ends: (() => void)[] = [];
	const keep = (s: MediaStream) => {
		opened.push(s);
		return s;
	};
	const close = () => {
		for (const end of ends) end();
		stop(opened);
	};
	try {
		const devices = navigator.mediaDevices;
		/* first, while the press that asked for it still counts */
		const screen = source === "camera" ? undefined : keep(await devices.getDisplayMedia({ video: true, audio: true }));
		const camera =
			source === "screen" ? undefined : keep(await devices.getUserMedia({ video: CAMERA, audio: withMicrophone }));
		if (withMicrophone && !camera) keep(await devices.getUserMedia({ audio: true }));
		const picture = screen && camera ? await overlay(screen, camera) : undefined;
		if (picture) ends.push(picture.end);
		const sound = mixed(opened);
		ends.push(sound.end);
		const video = picture?.stream ?? screen ?? camera;
		return { stream: new MediaStream([...(video?.getVideoTracks() ?? []), ...sound.tracks]), close };
	} catch (e) {
		close();
		throw problemOf(e);
	}
}

/* Runs when the person ends it outside of the page: "Stop sharing". */
export function whenEnded(capture: Capture, run: () => void) {
	for (const track of capture.stream.getVideoTracks()) track.addEventListener("ended", run, { once: true });
}
