/* A short tone for what pops up. A browser that lets no page sound before it was pressed keeps quiet, and so do we. */
const NOTES = [660, 880];
const NOTE_SECONDS = 0.14;
const LOUDNESS = 0.06;
/* What comes in a burst sounds once. */
const PAUSE_MS = 3000;

let audio: AudioContext | undefined;
let lastAt = Number.NEGATIVE_INFINITY;

export function playTone() {
	if (typeof AudioContext === "undefined" || performance.now() - lastAt < PAUSE_MS) return;
	lastAt = performance.now();
	audio ??= new AudioContext();
	const { currentTime: now, destination } = audio;
	NOTES.forEach((frequency, i) => {
		const at = now + i * NOTE_SECONDS;
		const note = new OscillatorNode(audio as AudioContext, { frequency });
		const gain = new GainNode(audio as AudioContext, { gain: LOUDNESS });
		gain.gain.setTargetAtTime(0, at + NOTE_SECONDS / 2, NOTE_SECONDS / 4);
		note.connect(gain).connect(destination);
		note.start(at);
		note.stop(at + 2 * NOTE_SECONDS);
	});
}
