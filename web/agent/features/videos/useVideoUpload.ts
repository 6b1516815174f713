/* One video on its way to the server; what is typed beside it waits for nothing. */
import { useCallback, useEffect, useRef, useState } from "react";
import { uploadPart } from "../../data/videos";

export interface VideoUpload {
	state: "none" | "sending" | "failed" | "there";
	/* From 0 to 1. */
	progress: number;
	error?: unknown;
	fileId?: string;
	retry: () => void;
	cancel: () => void;
}

const NONE = { state: "none", progress: 0 } as const;

export function useVideoUpload(file: Blob | undefined, name: string): VideoUpload {
	const [at, setAt] = useState<Omit<VideoUpload, "retry" | "cancel">>(NONE);
	const control = useRef<AbortController>(undefined);
	const cancel = useCallback(() => {
		control.current?.abort();
		setAt(NONE);
	}, []);
	const send = useCallback(() => {
		control.current?.abort();
		if (!file) return setAt(NONE);
		const mine = new AbortController();
		control.current = mine;
		const tell = (next: Omit<VideoUpload, "retry" | "cancel">) => !mine.signal.aborted && setAt(next);
		tell({ state: "sending", progress: 0 });
		uploadPart("video", file, name, {
			signal: mine.signal,
			onProgress: (progress) => tell({ state: "sending", progress }),
		}).then(
			(fileId) => tell({ state: "there", progress: 1, fileId }),
			(error: unknown) => tell({ state: "failed", progress: 0, error }),
		);
	}, [file, name]);
	useEffect(() => {
		send();
		return () => control.current?.abort();
	}, [send]);
	return { ...at, retry: send, cancel };
}
