import { Calendar, CheckSquare, Mail, MessageCircle, Phone, StickyNote, Ticket } from "lucide-react";
import type { TimelineEntry } from "../../data/records";

export const ACTIVITY_TYPES = ["notes", "emails", "calls", "tasks", "meetings", "communications"] as const;
export type ActivityKind = (typeof ACTIVITY_TYPES)[number];

export const ACTIVITY_ICONS: Record<string, typeof Mail> = {
	notes: StickyNote,
	emails: Mail,
	messages: Mail,
	calls: Phone,
	tasks: CheckSquare,
	meetings: Calendar,
	communications: MessageCircle,
	tickets: Ticket,
};

const BODIES = [
	"hs_note_body",
	"hs_email_text",
	"hs_call_body",
	"hs_task_body",
	"hs_meeting_body",
	"hs_communication_body",
];

/* HTML of others is never drawn here: only its text is. */
function plain(html: string): string {
	const { body } = new DOMParser().parseFromString(html, "text/html");
	for (const br of body.querySelectorAll("br")) br.replaceWith("\n");
	for (const block of body.querySelectorAll("p, div, li")) block.append("\n");
	return (body.textContent ?? "").trim();
}

/* The words of an activity, without markup. */
export function bodyOf(entry: TimelineEntry): string {
	const name = BODIES.find((b) => entry.properties?.[b]);
	return name ? plain(entry.properties?.[name] ?? "") : (entry.preview ?? "");
}
