import { useHeld } from "../../data/held";
import { HeldReplyCard } from "./HeldReplyCard";

/* Below the messages: what waits to become one. */
export function HeldReplies({ ticketId }: { ticketId: string }) {
	return useHeld(ticketId).map((held) => <HeldReplyCard key={held.id} held={held} />);
}
