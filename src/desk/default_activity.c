#include "desk/defaults.h"

#include "desk/default_record_int.h"

/* Built-in properties of activities and feedback: name, label, type, field type, column, flags, options. */

/* clang-format off */
const struct default_property default_communication_properties[] = {
	{"hs_timestamp", "Activity date", "datetime", "date", "activity_at", 0, ""},
	{"hs_communication_channel_type", "Channel type", "enumeration", "select", "", 0, "SMS=SMS;WHATS_APP=WhatsApp;LINKEDIN_MESSAGE=LinkedIn message"},
	{"hs_communication_logged_from", "Logged from", "enumeration", "select", "", 0, "CRM=CRM"},
	{"hs_communication_body", "Communication body", "string", "html", "", 0, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Activity assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_feedback_properties[] = {
	{"hs_submission_name", "Submission name", "string", "text", "label", READ_ONLY, ""},
	{"hs_content", "Content", "string", "textarea", "", READ_ONLY, ""},
	{"hs_survey_channel", "Survey channel", "string", "text", "", READ_ONLY, ""},
	{"hs_survey_type", "Survey type", "string", "text", "", READ_ONLY, ""},
	{"hs_sentiment", "Sentiment", "string", "text", "", READ_ONLY, ""},
	{"hs_value", "Value", "number", "number", "", READ_ONLY, ""},
	{"hs_response_group", "Response group", "string", "text", "", READ_ONLY, ""},
	{"hubspot_owner_id", "Feedback owner", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_task_properties[] = {
	{"hs_timestamp", "Due date", "datetime", "date", "activity_at", 0, ""},
	{"hs_task_subject", "Task title", "string", "text", "label", 0, ""},
	{"hs_task_body", "Task notes", "string", "html", "", 0, ""},
	{"hs_task_status", "Task status", "enumeration", "select", "", 0, "NOT_STARTED=Not started;IN_PROGRESS=In progress;WAITING=Waiting;COMPLETED=Completed;DEFERRED=Deferred"},
	{"hs_task_priority", "Priority", "enumeration", "select", "priority", 0, "NONE=None;LOW=Low;MEDIUM=Medium;HIGH=High"},
	{"hs_task_type", "Task type", "enumeration", "select", "", 0, "TODO=To-do;CALL=Call;EMAIL=Email"},
	{"hs_task_reminders", "Reminders", "string", "text", "", 0, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_note_properties[] = {
	{"hs_timestamp", "Activity date", "datetime", "date", "activity_at", 0, ""},
	{"hs_note_body", "Note body", "string", "html", "", 0, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Activity assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_meeting_properties[] = {
	{"hs_timestamp", "Activity date", "datetime", "date", "activity_at", 0, ""},
	{"hs_meeting_title", "Meeting name", "string", "text", "label", 0, ""},
	{"hs_meeting_body", "Meeting description", "string", "html", "", 0, ""},
	{"hs_internal_meeting_notes", "Internal meeting notes", "string", "html", "", 0, ""},
	{"hs_meeting_start_time", "Meeting start time", "datetime", "date", "", 0, ""},
	{"hs_meeting_end_time", "Meeting end time", "datetime", "date", "", 0, ""},
	{"hs_meeting_location", "Meeting location", "string", "text", "", 0, ""},
	{"hs_meeting_external_url", "Meeting link", "string", "text", "", 0, ""},
	{"hs_meeting_outcome", "Meeting outcome", "enumeration", "select", "", 0, "SCHEDULED=Scheduled;COMPLETED=Completed;RESCHEDULED=Rescheduled;NO_SHOW=No show;CANCELED=Canceled"},
	{"hs_activity_type", "Meeting type", "string", "text", "", 0, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Activity assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_call_properties[] = {
	{"hs_timestamp", "Activity date", "datetime", "date", "activity_at", 0, ""},
	{"hs_call_title", "Call title", "string", "text", "label", 0, ""},
	{"hs_call_body", "Call notes", "string", "html", "", 0, ""},
	{"hs_body_preview", "Body preview", "string", "text", "", READ_ONLY, ""},
	{"hs_call_direction", "Call direction", "enumeration", "select", "", 0, "INBOUND=Inbound;OUTBOUND=Outbound"},
	{"hs_call_status", "Call status", "enumeration", "select", "", 0, "BUSY=Busy;CALLING_CRM_USER=Calling CRM user;CANCELED=Canceled;COMPLETED=Completed;CONNECTING=Connecting;FAILED=Failed;IN_PROGRESS=In progress;NO_ANSWER=No answer;QUEUED=Queued;RINGING=Ringing"},
	{"hs_call_duration", "Call duration", "number", "number", "", 0, ""},
	{"hs_call_from_number", "From number", "string", "text", "", 0, ""},
	{"hs_call_to_number", "To number", "string", "text", "", 0, ""},
	{"hs_call_disposition", "Call outcome", "string", "text", "", 0, ""},
	{"hs_call_recording_url", "Recording URL", "string", "text", "", 0, ""},
	{"hs_activity_type", "Call type", "string", "text", "", 0, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Activity assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};

const struct default_property default_email_properties[] = {
	{"hs_timestamp", "Activity date", "datetime", "date", "activity_at", 0, ""},
	{"hs_email_subject", "Email subject", "string", "text", "label", 0, ""},
	{"hs_email_direction", "Email direction", "enumeration", "select", "", 0, "EMAIL=Outgoing email;INCOMING_EMAIL=Incoming email;FORWARDED_EMAIL=Forwarded email"},
	{"hs_email_status", "Email send status", "enumeration", "select", "", 0, "BOUNCED=Bounced;FAILED=Failed;SCHEDULED=Scheduled;SENDING=Sending;SENT=Sent"},
	{"hs_email_text", "Email body", "string", "textarea", "", 0, ""},
	{"hs_email_html", "Email HTML body", "string", "html", "", 0, ""},
	{"hs_email_headers", "Email headers", "string", "textarea", "", 0, ""},
	{"hs_email_from_email", "Email from address", "string", "text", "", READ_ONLY, ""},
	{"hs_email_from_firstname", "Email from first name", "string", "text", "", READ_ONLY, ""},
	{"hs_email_from_lastname", "Email from last name", "string", "text", "", READ_ONLY, ""},
	{"hs_email_to_email", "Email to address", "string", "text", "", READ_ONLY, ""},
	{"hs_email_to_firstname", "Email to first name", "string", "text", "", READ_ONLY, ""},
	{"hs_email_to_lastname", "Email to last name", "string", "text", "", READ_ONLY, ""},
	{"hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", "", 0, ""},
	{"hubspot_owner_id", "Activity assigned to", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	RECORD_PROPERTIES,
	{0},
};
/* clang-format on */
