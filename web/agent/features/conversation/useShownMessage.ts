import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Message } from "#shared/api/types";

const PREFIX = "message-";
const SETTLED_MS = 250;

interface Pages {
	hasNextPage: boolean;
	isFetchingNextPage: boolean;
	fetchNextPage: () => unknown;
}

/* The message that the address leads to (#message-17): earlier pages are loaded until it is there, it is brought into sight and has
 * the focus, once for each time that one goes there. */
export function useShownMessage(
	scroller: React.RefObject<HTMLElement | null>,
	messages: readonly Message[],
	{ hasNextPage, isFetchingNextPage, fetchNextPage }: Pages,
): string | undefined {
	const { hash, key } = useRouterState({
		select: (s) => ({ hash: s.location.hash, key: s.location.state.__TSR_key ?? "" }),
		structuralSharing: true,
	});
	const id = hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : undefined;
	const isThere = messages.some((m) => m.id === id);
	const oldest = messages[0]?.id;
	const done = useRef("");
	/* Ids grow: one that is newer than the oldest here and is not here is gone. */
	const isEarlier = id !== undefined && oldest !== undefined && !isThere && Number(id) < Number(oldest);
	useEffect(() => {
		if (isEarlier && hasNextPage && !isFetchingNextPage) void fetchNextPage();
	}, [isEarlier, hasNextPage, isFetchingNextPage, fetchNextPage]);
	useEffect(() => {
		if (!id || !isThere || done.current === `${key} ${id}`) return;
		const show = () => {
			const el = scroller.current?.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`);
			el?.scrollIntoView({ block: "center" });
			el?.focus({ preventScroll: true });
		};
		/* Behind the jump to the newest message, which the first drawing makes; and again when bodies have their heights. */
		const frame = requestAnimationFrame(show);
		const timer = setTimeout(() => {
			done.current = `${key} ${id}`;
			show();
		}, SETTLED_MS);
		return () => {
			cancelAnimationFrame(frame);
			clearTimeout(timer);
		};
	}, [id, isThere, key, scroller]);
	return id;
}
