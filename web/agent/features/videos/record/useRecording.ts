/* What the recorder is doing, for the page that shows it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { MAX_VIDEO_MB } from "../../../data/videos";
import { type Capture, CaptureProblem, openCapture, type Problem, type Source, whenEnded } from "./capture";
import { discardRecording, type Recorder, type Recording, startRecorder } from "./recorder";

export type Phase = "ready" | "opening" | "running" | "resting" | "done";

export function useRecording() {
	const [phase, setPhase] = useState<Phase>("ready");
	const [problem, setProblem] = useState<Problem>();
	const [capture, setCapture] = useState<Capture>();
	const [recording, setRecording] = useState<Recording>();
	const [elapsedMs, setElapsed] = useState(0);
	const recorder = useRef<Recorder>(undefined);

	const start = useCallback(async (source: Source, withMicrophone: boolean) => {
		setProblem(undefined);
		setPhase("opening");
		try {
			const opened = await openCapture(source, withMicrophone);
			const running = startRecorder(opened, {
				maxBytes: MAX_VIDEO_MB << 20,
				onDone: (made) => {
					setCapture(undefined);
					setRecording(made);
					setPhase("done");
				},
			});
			recorder.current = running;
			whenEnded(opened, running.stop);
			setElapsed(0);
			setCapture(opened);
			setPhase("running");
		} catch (e) {
			setProblem(e instanceof CaptureProblem ? e.problem : "unavailable");
			setPhase("ready");
		}
	}, []);

	useEffect(() => {
		if (phase !== "running") return;
		const timer = setInterval(() => setElapsed(recorder.current?.elapsedMs() ?? 0), 250);
		return () => clearInterval(timer);
	}, [phase]);

	return {
		phase,
		problem,
		stream: capture?.stream,
		recording,
		elapsedMs,
		start,
		stop: () => recorder.current?.stop(),
		pause: () => {
			recorder.current?.pause();
			setPhase("resting");
		},
		resume: () => {
			recorder.current?.resume();
			setPhase("running");
		},
		/* One that an earlier window left behind. */
		take: (left: Recording) => {
			setRecording(left);
			setPhase("done");
		},
		/* It is saved, or not wanted. */
		drop: () => {
			if (recording) void discardRecording(recording);
			setRecording(undefined);
			setPhase("ready");
		},
	};
}
