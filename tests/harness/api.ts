export interface ApiAnswer<T = any> {
	status: number;
	headers: Headers;
	/* The decoded JSON; undefined when the body is empty or something else. */
	body: T;
	text: string;
}

export interface ApiClient {
	/* Any method; the answer is returned whatever its status is. */
	request<T = any>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer<T>>;
	/* These throw, with the body, unless the status is 2xx, and return the decoded body. */
	get<T = any>(path: string): Promise<T>;
	post<T = any>(path: string, body?: unknown): Promise<T>;
	patch<T = any>(path: string, body?: unknown): Promise<T>;
	put<T = any>(path: string, body?: unknown): Promise<T>;
	delete<T = any>(path: string): Promise<T>;
}

/* Talks JSON to a running program. A string token is a bearer token; headers may hold a cookie instead. */
export function api(url: string, token?: string, always: Record<string, string> = {}): ApiClient {
	async function request<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer<T>> {
		const answer = await fetch(new URL(path, url), {
			method,
			redirect: "manual",
			headers: {
				...(token ? { authorization: `Bearer ${token}` } : {}),
				...(body === undefined ? {} : { "content-type": "application/json" }),
				...always,
				...headers,
			},
			body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
		});
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.includes("json") && text !== "";
		return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : undefined) as T };
	}
	const wanted = (method: string) => async <T>(path: string, body?: unknown): Promise<T> => {
		const answer = await request<T>(method, path, body);
		if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
		return answer.body;
	};
	return { request, get: wanted("GET"), post: wanted("POST"), patch: wanted("PATCH"), put: wanted("PUT"), delete: wanted("DELETE") };
}

/* One event of a text/event-stream. */
export interface StreamEvent {
	id?: string;
	event: string;
	data: any;
}

/* Opens an event stream and collects what comes until closed. */
export async function openStream(
	url: string,
	headers: Record<string, string> = {},
): Promise<{ events: StreamEvent[]; status: number; close(): void; ended: Promise<void> }> {
	const abort = new AbortController();
	const answer = await fetch(url, { headers: { accept: "text/event-stream", ...headers }, signal: abort.signal });
	const events: StreamEvent[] = [];
	const ended = (async () => {
		let buffer = "";
		const decoder = new TextDecoder();
		try {
			for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
				buffer += decoder.decode(chunk, { stream: true });
				for (let at = buffer.indexOf("\n\n"); at >= 0; at = buffer.indexOf("\n\n")) {
					const event = parseEvent(buffer.slice(0, at));
					buffer = buffer.slice(at + 2);
					if (event) events.push(event);
				}
			}
		} catch {
			/* closed by us, or by the server's end */
		}
	})();
	return { events, status: answer.status, close: () => abort.abort(), ended };
}

function parseEvent(block: string): StreamEvent | undefined {
	const event: StreamEvent = { event: "message", data: undefined };
	const data: string[] = [];
	for (const line of block.split("\n")) {
		const [, name, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
		if (name === "id") event.id = value;
		else if (name === "event") event.event = value;
		else if (name === "data") data.push(value);
	}
	if (data.length === 0 && event.event === "message") return undefined;
	const text = data.join("\n");
	try {
		event.data = JSON.parse(text);
	} catch {
		event.data = text;
	}
	return event;
}
