/* A part that the first screen does not need: its code is fetched when it is shown first, or before, when the browser idles. Unlike
 * lazy() it does not wait with a finished screen for others. */
import { type ComponentType, useEffect, useState } from "react";

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
	let found: ComponentType<P> | undefined;
	async function fetchIt() {
		found ??= await load();
	}
	if (typeof requestIdleCallback === "function")
		requestIdleCallback(() => void fetchIt().catch(() => {}), { timeout: 8000 });
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
