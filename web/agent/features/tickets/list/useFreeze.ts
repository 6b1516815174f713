import { type RefObject, useEffect } from "react";
import type { ListKey } from "../../../data/lists/listSpec";
import { ticketStore } from "../../../data/ticketStore";

const AT_TOP_PX = 4;
/* A list that someone points at does not move under the pointer. */
const POINTER_REST_MS = 2000;

/* Rows keep still while the list is scrolled away from its top, or was just pointed at. */
export function useFreeze(list: ListKey, scroller: RefObject<HTMLElement | null>) {
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const isTarget = (e: Event) => scroller.current !== null && e.composedPath().includes(scroller.current);
		const atTop = () => (scroller.current?.scrollTop ?? 0) <= AT_TOP_PX;
		const thaw = () => ticketStore.freeze(list, !atTop());
		const touch = (e: Event) => {
			if (!isTarget(e)) return;
			ticketStore.freeze(list, true);
			clearTimeout(timer);
			timer = setTimeout(thaw, POINTER_REST_MS);
		};
		const events = ["pointermove", "pointerdown", "wheel", "scroll"] as const;
		for (const name of events) document.addEventListener(name, touch, { capture: true, passive: true });
		return () => {
			clearTimeout(timer);
			ticketStore.freeze(list, false);
			for (const name of events) document.removeEventListener(name, touch, { capture: true });
		};
	}, [list, scroller]);
}
