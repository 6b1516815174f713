/* Files on their way to the server, by the draft they belong to. They go on while the agent looks at another ticket; what has arrived
 * is told to the draft. A reload ends them: what is in the draft has arrived. */
import { useSyncExternalStore } from "react";
import { ApiError } from "#shared/api/client";
import type { MessageFile } from "#shared/api/types";
import { uploadMessageFile } from "#shared/api/upload";

export interface Upload {
	id: string;
	file: File;
	/* From 0 to 1. */
	progress: number;
	isFailed: boolean;
	error?: ApiError;
	/* Shown in the text, from memory until it has arrived. */
	isPicture: boolean;
}

interface Job extends Upload {
	control: AbortController;
	onDone: (file: MessageFile) => void;
	onCancel: () => void;
}

const NONE: readonly Upload[] = [];
const byDraft = new Map<string, readonly Job[]>();
const listeners = new Set<() => void>();
let count = 0;

function set(draftId: string, jobs: readonly Job[]) {
	if (jobs.length) byDraft.set(draftId, jobs);
	else byDraft.delete(draftId);
	for (const run of listeners) run();
}

const change = (draftId: string, id: string, part: Partial<Job>) =>
	set(
		draftId,
		(byDraft.get(draftId) ?? []).map((j) => (j.id === id ? { ...j, ...part } : j)),
	);

const drop = (draftId: string, id: string) =>
	set(
		draftId,
		(byDraft.get(draftId) ?? []).filter((j) => j.id !== id),
	);

function run(draftId: string, job: Job) {
	uploadMessageFile(job.file, {
		onProgress: (progress) => change(draftId, job.id, { progress }),
		signal: job.control.signal,
	}).then(
		(file) => {
			drop(draftId, job.id);
			job.onDone(file);
		},
		(e: unknown) => change(draftId, job.id, { isFailed: true, error: e instanceof ApiError ? e : undefined }),
	);
}

/* The id by which a picture in the text waits for its file. */
export function startUpload(
	draftId: string,
	file: File,
	isPicture: boolean,
	then: { done: (file: MessageFile, id: string) => void; cancelled?: (id: string) => void },
): string {
	const id = `u${++count}`;
	const control = new AbortController();
	const job: Job = {
		id,
		file,
		progress: 0,
		isFailed: false,
		isPicture,
		control,
		onDone: (f) => then.done(f, id),
		onCancel: () => then.cancelled?.(id),
	};
	set(draftId, [...(byDraft.get(draftId) ?? []), job]);
	run(draftId, job);
	return id;
}

export function cancelUpload(draftId: string, id: string) {
	const job = byDraft.get(draftId)?.find((j) => j.id === id);
	job?.control.abort();
	drop(draftId, id);
	job?.onCancel();
}

export function retryUpload(draftId: string, id: string) {
	const job = byDraft.get(draftId)?.find((j) => j.id === id);
	if (!job) return;
	const next: Job = { ...job, isFailed: false, error: undefined, progress: 0, control: new AbortController() };
	change(draftId, id, next);
	run(draftId, next);
}

export const uploadsOf = (draftId: string): readonly Upload[] => byDraft.get(draftId) ?? NONE;

export function useUploads(draftId: string): readonly Upload[] {
	return useSyncExternalStore(
		(run) => {
			listeners.add(run);
			return () => void listeners.delete(run);
		},
		() => uploadsOf(draftId),
	);
}
