import { useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
	return useSyncExternalStore(
		(run) => {
			const list = matchMedia(query);
			list.addEventListener("change", run);
			return () => list.removeEventListener("change", run);
		},
		() => matchMedia(query).matches,
	);
}

export const WIDE = "(min-width: 1440px)";
export const HAS_PANES = "(min-width: 900px)";
export const HAS_VIEWS = "(min-width: 1180px)";
export const PHONE = "(max-width: 599px)";
