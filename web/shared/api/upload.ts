/* Brings a file to the server and tells how far it is. fetch() cannot tell that of what it sends. */
import { ApiError } from "./client";
import type { MessageFile } from "./types";

interface Options {
	onProgress: (part: number) => void;
	signal: AbortSignal;
}

function errorOf(request: XMLHttpRequest): ApiError {
	try {
		return new ApiError(request.status, JSON.parse(request.responseText));
	} catch {
		return new ApiError(request.status, {});
	}
}

/* Rejects with ApiError, status 0 where the network failed; an aborted one never settles. */
export function uploadFile<T>(path: string, file: Blob, name: string, { onProgress, signal }: Options): Promise<T> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		const form = new FormData();
		form.set("file", file, name);
		request.open("POST", path);
		request.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total);
		request.onload = () => {
			if (request.status === 201) resolve(JSON.parse(request.responseText) as T);
			else reject(errorOf(request));
		};
		request.onerror = () => reject(new ApiError(0, {}));
		signal.addEventListener("abort", () => request.abort(), { once: true });
		request.send(form);
	});
}

export const uploadMessageFile = (file: File, options: Options) =>
	uploadFile<MessageFile>("/desk/v1/files", file, file.name, options);
