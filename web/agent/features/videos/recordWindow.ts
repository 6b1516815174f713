/* Recording happens in a window of its own: only there does the page's policy let camera, microphone and screen be asked for, and the
 * workspace stays free to be recorded. Whoever opened it is told what was made. */

interface Note {
	request: string;
	videoId: string;
}

const channel = () => new BroadcastChannel("bellhop.recorder");

/* undefined: the browser allows no windows. onMade may run once, whenever a video was saved there. */
export function openRecorder(onMade: (videoId: string) => void): (() => void) | undefined {
	const request = crypto.randomUUID();
	const opened = window.open(`/record?for=${request}`, "bellhop-record", "popup,width=920,height=760");
	if (!opened) return undefined;
	const wire = channel();
	wire.onmessage = ({ data }: MessageEvent<Note>) => {
		if (data.request !== request) return;
		wire.close();
		onMade(data.videoId);
	};
	return () => wire.close();
}

/* In the window that recorded. false: nobody waits for it. */
export function tellMade(request: string | undefined, videoId: string): boolean {
	if (!request) return false;
	const wire = channel();
	wire.postMessage({ request, videoId } satisfies Note);
	wire.close();
	return true;
}
