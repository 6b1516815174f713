import { useCallback, useRef } from "react";

/* For Idempotency-Key: what is sent again after an answer that was lost is the same request and gets the same key; something else gets
 * another. randomUUID() is not there on plain http. */
export function useOnceKey(): (request: unknown) => Record<string, string> {
	const last = useRef({ request: "", key: "" });
	return useCallback((request) => {
		const text = JSON.stringify(request);
		if (last.current.request !== text || !last.current.key)
			last.current = { request: text, key: [...crypto.getRandomValues(new Uint32Array(4))].join("-") };
		return { "Idempotency-Key": last.current.key };
	}, []);
}
