import { Eye, MessageSquareLock, Reply } from "lucide-react";
import { usePresent } from "../../data/presence";
import css from "./Presence.module.css";
import { usePeople } from "./usePresence";

const ICONS = { viewing: Eye, reply: Reply, comment: MessageSquareLock };

/* On the row of a list: who writes there, else who looks at it. Most rows have nobody, and cost no more than to know that. */
export function PresenceMark({ ticketId }: { ticketId: string }) {
	return usePresent(ticketId).length > 0 && <Mark ticketId={ticketId} />;
}

function Mark({ ticketId }: { ticketId: string }) {
	const people = usePeople(ticketId);
	const first = people.find((p) => p.state !== "viewing") ?? people[0];
	if (!first) return null;
	const Icon = ICONS[first.state];
	const text = people.map((p) => p.text).join("\n");
	return (
		<span className={css.mark} role="img" aria-label={text} title={text}>
			<Icon size={13} aria-hidden />
			<span dir="auto">{first.name}</span>
		</span>
	);
}
