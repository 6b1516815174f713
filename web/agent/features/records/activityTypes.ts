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

const HTML_BODIES = ["hs_note_body", "hs_call_body", "hs_task_body", "hs_meeting_body", "hs_communication_body"];

/* Only the text of it. */
function plain(html: string): string {
	const { body } = new DOMParser().parseFromString(html, "text/html");
	for (const br of body.querySelectorAll("br")) br.replaceWith("\n");
	for (const block of body.querySelectorAll("p, div, li")) block.append("\n");
	return (body.textContent ?? "").trim();
}

/* What an activity says as HTML of whoever wrote it: to be cleaned before it is shown. */
export const htmlOf = ({ properties }: TimelineEntry): string | undefined =>
	HTML_BODIES.map((name) => properties?.[name]).find(Boolean);

/* The words of an activity, without markup. */
export const bodyOf = (entry: TimelineEntry): string =>
	plain(htmlOf(entry) ?? "") || (entry.properties?.hs_email_text ?? entry.preview ?? "");
