/* Binds the stream to everything that shows its news. */
import { useEffect, useState } from "react";
import { applyToSettings } from "../data/admin";
import { applyToDrafts } from "../data/draftStore";
import { applyToHeld } from "../data/held";
import { applyToLibrary } from "../data/library";
import { applyPresence, applyToPresence, clearPresence } from "../data/presence";
import { queryClient } from "../data/queryClient";
import { applyToRecords } from "../data/recordsLive";
import { session } from "../data/session";
import { applyToShareLinks } from "../data/shareLinks";
import { listen } from "../data/stream";
import { ticketStore } from "../data/ticketStore";
import { applyToThreads } from "../data/tickets";
import { sendUnsent } from "../data/unsent";

/* A short hiccup is nobody's business; a banner after this long is. */
const BANNER_AFTER_MS = 3000;

/* Sessions, pipelines and owners have no events. */
const isLiveKey = (name: unknown) => !["session", "pipelines", "owners"].includes(String(name));

export function useLive(): boolean {
	const [isLost, setLost] = useState(false);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		/* What was asked for before the stream was open may miss what happened in between. */
		let isFirst = true;
		let hadGap = false;
		const stop = listen({
			onEvents(events) {
				ticketStore.apply(events);
				applyToThreads(events);
				applyToDrafts(events);
				applyToHeld(events);
				applyToPresence(events);
				applyToSettings(events);
				applyToRecords(events);
				applyToLibrary(events);
				if (events.some((e) => e.kind === "article.changed"))
					void queryClient.invalidateQueries({ queryKey: ["articles"] });
				applyToShareLinks(events);
				if (events.some((e) => e.kind === "booking.changed"))
					void queryClient.invalidateQueries({ queryKey: ["meetings"] });
			},
			onPresence: applyPresence,
			onReset() {
				void session.refresh();
				void ticketStore.reload();
				void queryClient.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "session" });
			},
			onState(state) {
				clearTimeout(timer);
				clearPresence();
				if (state === "open") {
					setLost(false);
					void sendUnsent();
					/* Lists that failed while the server was away are asked for again. */
					if (hadGap || isFirst) void ticketStore.reload();
					if (isFirst) void queryClient.invalidateQueries({ predicate: (q) => isLiveKey(q.queryKey[0]) });
					hadGap = false;
					isFirst = false;
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
