/* A part that the first screen does not need: its code is fetched when it is shown first, or before, when the browser idles. Unlike
 * lazy() it does not wait with a finished screen for others. */
import { type ComponentType, useEffect, useState } from "react";

/* Not before the browser has nothing else to do, or some seconds have passed. */
export function whenIdle(run: () => void) {
	if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 8000 });
}

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
	let found: ComponentType<P> | undefined;
	async function fetchIt() {
		found ??= await load();
	}
	whenIdle(() => void fetchIt().catch(() => {}));
	return function Later(props: P) {
		const [, setReady] = useState(!!found);
		useEffect(() => {
			let isGone = false;
			if (!found)
				void fetchIt().then(
					() => !isGone && setReady(true),
					() => {},
				);
			return () => {
				isGone = true;
			};
		}, []);
		const Found = found;
		return Found ? <Found {...props} /> : null;
	};
}
