import { MessageSquareLock, Reply } from "lucide-react";
import css from "./Presence.module.css";
import { usePeople } from "./usePresence";

const MOST = 2;

/* Over the end of the thread, so that nothing moves when it comes and goes. */
export function WritingLine({ ticketId }: { ticketId: string }) {
	const writers = usePeople(ticketId).filter((p) => p.state !== "viewing");
	return (
		<div className={css.writing} role="status">
			{writers.slice(0, MOST).map((p) => (
				<span key={p.userId} data-typing={p.isTyping ? "" : undefined}>
					{p.state === "comment" ? <MessageSquareLock size={13} aria-hidden /> : <Reply size={13} aria-hidden />}
					{p.text}
				</span>
			))}
		</div>
	);
}
