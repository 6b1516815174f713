/* A reply in a window of its own. Both windows have the same draft; the first one shows none while the second is open, and takes the
 * draft again when it is closed. */
import { useEffect, useState } from "react";

type Note = { kind: "opened" | "closed" | "ask"; ticketId: string };

const channel = () => new BroadcastChannel("bellhop.composer");

/* false: the browser allows no windows. */
export function popOut(ticketId: string): boolean {
	const name = `bellhop-compose-${ticketId}`;
	return window.open(`/compose/${ticketId}`, name, "popup,width=780,height=680") !== null;
}

/* In the window of its own: says that it is there, and when it goes. */
export function useIsPoppedOutHere(ticketId: string) {
	useEffect(() => {
		const wire = channel();
		const say = (kind: Note["kind"]) => wire.postMessage({ kind, ticketId } satisfies Note);
		wire.onmessage = (e: MessageEvent<Note>) => {
			if (e.data.ticketId !== ticketId) return;
			if (e.data.kind === "ask") say("opened");
		};
		say("opened");
		const leave = () => say("closed");
		window.addEventListener("pagehide", leave);
		return () => {
			window.removeEventListener("pagehide", leave);
			leave();
			wire.close();
		};
	}, [ticketId]);
}

/* In the first window: is the reply of this ticket elsewhere? onBack: it has come back. */
export function useIsElsewhere(ticketId: string, onBack: (ticketId: string) => void): boolean {
	const [elsewhere, setElsewhere] = useState<ReadonlySet<string>>(new Set());
	useEffect(() => {
		const wire = channel();
		wire.onmessage = ({ data }: MessageEvent<Note>) => {
			if (data.kind === "ask") return;
			setElsewhere((old) => {
				const next = new Set(old);
				if (data.kind === "opened") next.add(data.ticketId);
				else next.delete(data.ticketId);
				return next;
			});
			if (data.kind === "closed") onBack(data.ticketId);
		};
		wire.postMessage({ kind: "ask", ticketId } satisfies Note);
		return () => wire.close();
	}, [ticketId, onBack]);
	return elsewhere.has(ticketId);
}

/* Closes the named window. */
export const bringBack = (ticketId: string) => window.open("", `bellhop-compose-${ticketId}`)?.close();
