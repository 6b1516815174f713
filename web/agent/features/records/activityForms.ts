/* What is asked for when an activity is written down; the time is now unless somebody says otherwise. */
export type LoggedKind = "notes" | "calls" | "tasks" | "meetings";

export const ACTIVITY_FORMS: Record<LoggedKind, { names: readonly string[]; required: readonly string[] }> = {
	notes: { names: ["hs_note_body", "hs_timestamp"], required: ["hs_note_body", "hs_timestamp"] },
	calls: {
		names: ["hs_call_title", "hs_call_body", "hs_call_direction", "hs_timestamp"],
		required: ["hs_call_title", "hs_timestamp"],
	},
	tasks: {
		names: ["hs_task_subject", "hs_task_body", "hs_timestamp", "hs_task_priority", "hubspot_owner_id"],
		required: ["hs_task_subject", "hs_timestamp"],
	},
	meetings: {
		names: ["hs_meeting_title", "hs_meeting_body", "hs_meeting_start_time", "hs_meeting_end_time"],
		required: ["hs_meeting_title", "hs_meeting_start_time"],
	},
};
