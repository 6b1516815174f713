import { useState } from "react";

/* randomUUID() is not there on plain http. */
export const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

/* For Idempotency-Key: what is sent again after an answer that was lost is the same request and gets the same key; something else gets
 * another. Whoever may want the same once more, after it was done, begins with new keys. */
export function onceKeys(): (request: unknown) => Record<string, string> {
	let last = { request: "", key: "" };
	return (request) => {
		const text = JSON.stringify(request);
		if (last.request !== text) last = { request: text, key: newKey() };
		return { "Idempotency-Key": last.key };
	};
}

export const useOnceKey = () => useState(onceKeys)[0];
