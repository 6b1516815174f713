/* One way to the server. Answers JSON or throws ApiError; a dead network is an ApiError with status 0.
 * The session cookie travels by itself; the server checks the origin of unsafe methods. */

interface ErrorBody {
	message?: string;
	correlationId?: string;
	category?: string;
	context?: Record<string, string[]>;
	errors?: { message: string; in?: string; code?: string; context?: { propertyName?: string[] } }[];
}

export class ApiError extends Error {
	readonly status: number;
	readonly category: string;
	readonly requestId: string;
	readonly fields: Record<string, string>;
	/* What the server adds to say what it means: {"properties": ["hs_resolution"]}. */
	readonly context: Record<string, string[]>;

	constructor(status: number, body: ErrorBody) {
		super(body.message ?? "");
		this.name = "ApiError";
		this.status = status;
		this.category = body.category ?? "";
		this.requestId = body.correlationId ?? "";
		this.context = body.context ?? {};
		this.fields = {};
		for (const e of body.errors ?? []) {
			const field = e.in ?? e.context?.propertyName?.[0];
			if (field) this.fields[field] = e.message;
		}
	}

	get isOffline() {
		return this.status === 0;
	}
}

interface Options {
	body?: unknown;
	query?: Record<string, string | number | undefined>;
	headers?: Record<string, string>;
	signal?: AbortSignal;
	/* It is still sent when the page is closed meanwhile. */
	keepalive?: boolean;
}

/* The shell listens: a session that ended anywhere leads to the sign-in page. */
let onSignedOut = () => {};
export function whenSignedOut(run: () => void) {
	onSignedOut = run;
}

function address(path: string, query: Options["query"]) {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
	const text = search.toString();
	return text ? `${path}?${text}` : path;
}

async function errorOf(res: Response): Promise<ApiError> {
	try {
		return new ApiError(res.status, (await res.json()) as ErrorBody);
	} catch {
		return new ApiError(res.status, {});
	}
}

/* Pasted text may hold a NUL, which no text of the server has. */
const toJson = (body: unknown) =>
	JSON.stringify(body, (_, value) => (typeof value === "string" ? value.replaceAll("\0", "") : value));

async function call<T>(method: string, path: string, o: Options = {}): Promise<T> {
	const headers: Record<string, string> = { accept: "application/json", ...o.headers };
	if (o.body !== undefined) headers["content-type"] = "application/json";
	let res: Response;
	try {
		res = await fetch(address(path, o.query), {
			method,
			headers,
			credentials: "same-origin",
			body: o.body === undefined ? undefined : toJson(o.body),
			signal: o.signal,
			keepalive: o.keepalive,
		});
	} catch (e) {
		if (e instanceof DOMException && e.name === "AbortError") throw e;
		throw new ApiError(0, {});
	}
	if (!res.ok) {
		const error = await errorOf(res);
		if (res.status === 401 && path !== "/desk/v1/session") onSignedOut();
		throw error;
	}
	if (res.status === 204) return undefined as T;
	const text = await res.text();
	return (text ? JSON.parse(text) : undefined) as T;
}

export const http = {
	get: <T>(path: string, o?: Options) => call<T>("GET", path, o),
	post: <T>(path: string, body?: unknown, o?: Options) => call<T>("POST", path, { ...o, body }),
	put: <T>(path: string, body?: unknown, o?: Options) => call<T>("PUT", path, { ...o, body }),
	patch: <T>(path: string, body?: unknown, o?: Options) => call<T>("PATCH", path, { ...o, body }),
	remove: <T>(path: string, o?: Options) => call<T>("DELETE", path, o),
};
