/* Asks again until the answer is truthy, and returns it. An exception counts as "not yet"; the last one is told at the end. */
export async function waitFor<T>(
	what: string,
	ask: () => T | Promise<T>,
	{ timeoutMs = 10_000, everyMs = 20 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<NonNullable<T>> {
	const end = Date.now() + timeoutMs;
	let why: unknown;
	for (;;) {
		try {
			const answer = await ask();
			if (answer) return answer as NonNullable<T>;
			why = undefined;
		} catch (error) {
			why = error;
		}
		if (Date.now() > end) {
			const cause = why instanceof Error ? `: ${why.message}` : "";
			throw new Error(`waited ${timeoutMs} ms for ${what}${cause}`, { cause: why });
		}
		await sleep(everyMs);
	}
}

export function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
