/* Videos of the library. Their files go first, each by itself; then a video is made of them. */
import { http } from "#shared/api/client";
import type { Page } from "#shared/api/types";
import { uploadFile } from "#shared/api/upload";
import type { LibraryDraft, LibraryItem } from "./library";

export const VIDEOS = "/desk/v1/videos";

export interface Video extends LibraryItem {
	contentType: string;
	sizeBytes: number;
	/* 0: not known; the same for width and height. */
	durationMs: number;
	width: number;
	height: number;
	isRecorded: boolean;
	videoUrl: string;
	posterUrl?: string;
	captionsUrl?: string;
	captionsLanguage?: string;
}

export interface VideoChange extends Partial<LibraryDraft> {
	fileId?: string;
	posterId?: string | null;
	captionsId?: string | null;
	captionsLanguage?: string;
	durationMs?: number;
	width?: number;
	height?: number;
	isRecorded?: boolean;
}

/* The server says the same (desk/video.h). */
export const MAX_VIDEO_MB = 500;

export type VideoPart = "video" | "poster" | "captions";

interface UploadOptions {
	onProgress?: (part: number) => void;
	signal?: AbortSignal;
}

/* The id under which a video takes it, within a day. */
export async function uploadPart(part: VideoPart, file: Blob, name: string, o: UploadOptions = {}): Promise<string> {
	const { onProgress = () => {}, signal = new AbortController().signal } = o;
	const made = await uploadFile<{ id: string }>(`${VIDEOS}/files?part=${part}`, file, name, { onProgress, signal });
	return made.id;
}

export const loadVideo = (id: string) => http.get<Video>(`${VIDEOS}/${id}`);

/* The best first; without words those used last. */
export const findVideos = async (q: string, limit: number, signal: AbortSignal) =>
	(await http.get<Page<Video>>(VIDEOS, { query: { q: q || undefined, sort: q ? "name" : "used", limit }, signal }))
		.results;
