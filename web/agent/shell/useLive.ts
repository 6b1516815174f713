/* Binds the stream to everything that shows its news. */
import { useEffect, useState } from "react";
import { applyToSettings } from "../data/admin";
import { queryClient } from "../data/queryClient";
import { listen } from "../data/stream";
import { ticketStore } from "../data/ticketStore";
import { applyToThreads } from "../data/tickets";

/* A short hiccup is nobody's business; a banner after this long is. */
const BANNER_AFTER_MS = 3000;

export function useLive(): boolean {
	const [isLost, setLost] = useState(false);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let hadGap = false;
		const stop = listen({
			onEvents(events) {
				ticketStore.apply(events);
				applyToThreads(events);
				applyToSettings(events);
			},
			onReset() {
				void ticketStore.reload();
				void queryClient.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "session" });
			},
			onState(state) {
				clearTimeout(timer);
				if (state === "open") {
					setLost(false);
					/* Lists that failed while the server was away are asked for again. */
					if (hadGap) void ticketStore.reload();
					hadGap = false;
				} else {
					hadGap = true;
					timer = setTimeout(() => setLost(true), BANNER_AFTER_MS);
				}
			},
		});
		return () => {
			clearTimeout(timer);
			stop();
		};
	}, []);
	return isLost;
}
