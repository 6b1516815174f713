/* What is asked for when an activity is written down; the time is now unless somebody says otherwise. */
export type LoggedKind = "notes" | "calls" | "tasks" | "meetings";

interface ActivityForm {
	/* What it says, as rich text. */
	body: string;
	isBodyRequired?: boolean;
	names: readonly string[];
	required: readonly string[];
}

export const ACTIVITY_FORMS: Record<LoggedKind, ActivityForm> = {
	notes: { body: "hs_note_body", isBodyRequired: true, names: ["hs_timestamp"], required: ["hs_timestamp"] },
	calls: {
		body: "hs_call_body",
		names: ["hs_call_title", "hs_call_direction", "hs_timestamp"],
		required: ["hs_call_title", "hs_timestamp"],
	},
	tasks: {
		body: "hs_task_body",
		names: ["hs_task_subject", "hs_timestamp", "hs_task_priority", "hubspot_owner_id"],
		required: ["hs_task_subject", "hs_timestamp"],
	},
	meetings: {
		body: "hs_meeting_body",
		names: ["hs_meeting_title", "hs_meeting_start_time", "hs_meeting_end_time"],
		required: ["hs_meeting_title", "hs_meeting_start_time"],
	},
};
