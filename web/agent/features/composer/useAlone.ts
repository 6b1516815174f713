import { type RefObject, useEffect } from "react";

/* While it is on, nothing of the page but the element can be reached: what stands beside it, and beside what it stands in, is inert.
 * What comes later (menus, notices) is not. */
export function useAlone(ref: RefObject<HTMLElement | null>, isOn: boolean) {
	useEffect(() => {
		const el = ref.current;
		if (!isOn || !el) return;
		const stilled: HTMLElement[] = [];
		for (let at: HTMLElement | null = el; at && at !== document.body; at = at.parentElement) {
			for (const other of at.parentElement?.children ?? []) {
				if (other === at || !(other instanceof HTMLElement) || other.inert || other.matches("script,[data-toasts]"))
					continue;
				other.inert = true;
				stilled.push(other);
			}
		}
		return () => {
			for (const other of stilled) other.inert = false;
		};
	}, [ref, isOn]);
}
