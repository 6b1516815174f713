/* The built-in types, properties, pipelines and association types: what a new desk begins with. Seeding puts them into the
 * database at every start of `bellhop init` and `bellhop migrate`; what an administrator changed stays. Names and ids are those
 * of the wire API, because integrations and clients rely on them. */

#include "desk/defaults.h"

const struct default_type default_types[] = {
	{TYPE_CONTACT, "0-1", "contact", "contacts", "Contact", "", "email", "createdate", "lastmodifieddate",
         "createdate email firstname hs_object_id lastmodifieddate lastname", "email|firstname|lastname", "",
         "contactinformation", "Contact information", default_contact_properties, false},
	{TYPE_COMPANY, "0-2", "company", "companies", "Company", "name", "", "createdate", "hs_lastmodifieddate",
         "name domain createdate hs_lastmodifieddate hs_object_id", "name|domain", "", "companyinformation",
         "Company information", default_company_properties, false},
	{TYPE_DEAL, "0-3", "deal", "deals", "Deal", "dealname", "", "createdate", "hs_lastmodifieddate",
         "dealname amount closedate pipeline dealstage createdate hs_lastmodifieddate hs_object_id",
         "dealname dealstage pipeline", "default", "dealinformation", "Deal information", default_deal_properties,
         false},
	{TYPE_TICKET, "0-5", "ticket", "tickets", "Ticket", "subject", "", "createdate", "hs_lastmodifieddate",
         "content hs_pipeline hs_pipeline_stage hs_ticket_category hs_ticket_priority subject createdate hs_lastmodifieddate"
         " hs_object_id",
         "subject hs_pipeline_stage", "0", "ticketinformation", "Ticket information", default_ticket_properties, false},
	{TYPE_PRODUCT, "0-7", "product", "products", "Product", "name", "", "createdate", "hs_lastmodifieddate",
         "name description price createdate hs_lastmodifieddate hs_object_id", "", "", "productinformation",
         "Product information", default_product_properties, false},
	{TYPE_LINE_ITEM, "0-8", "line_item", "line_items", "Line item", "name", "", "createdate", "hs_lastmodifieddate",
         "quantity amount price createdate hs_lastmodifieddate hs_object_id", "", "", "lineiteminformation",
         "Line item information", default_line_item_properties, false},
	{TYPE_QUOTE, "0-14", "quote", "quotes", "Quote", "hs_title", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_expiration_date hs_public_url_key hs_status hs_title hs_createdate hs_lastmodifieddate hs_object_id", "",
         "", "quoteinformation", "Quote information", default_quote_properties, false},
	{TYPE_COMMUNICATION, "0-18", "communication", "communications", "Communication", "", "", "hs_createdate",
         "hs_lastmodifieddate", "hs_createdate hs_lastmodifieddate hs_object_id",
         "hs_timestamp hs_communication_channel_type", "", "communicationinformation", "Communication information",
         default_communication_properties, false},
	{TYPE_FEEDBACK, "0-19", "feedback_submission", "feedback_submissions", "Feedback submission",
         "hs_submission_name", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_createdate hs_lastmodifieddate hs_object_id", "", "", "feedbackinformation", "Feedback information",
         default_feedback_properties, true},
	{TYPE_TASK, "0-27", "task", "tasks", "Task", "hs_task_subject", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_createdate hs_lastmodifieddate hs_object_id", "hs_timestamp", "", "taskinformation", "Task information",
         default_task_properties, false},
	{TYPE_NOTE, "0-46", "note", "notes", "Note", "", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_createdate hs_lastmodifieddate hs_object_id", "hs_timestamp", "", "noteinformation", "Note information",
         default_note_properties, false},
	{TYPE_MEETING, "0-47", "meeting", "meetings", "Meeting", "hs_meeting_title", "", "hs_createdate",
         "hs_lastmodifieddate", "hs_createdate hs_lastmodifieddate hs_object_id", "hs_timestamp", "",
         "meetinginformation", "Meeting information", default_meeting_properties, false},
	{TYPE_CALL, "0-48", "call", "calls", "Call", "hs_call_title", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_createdate hs_lastmodifieddate hs_object_id", "hs_timestamp", "", "callinformation", "Call information",
         default_call_properties, false},
	{TYPE_EMAIL, "0-49", "email", "emails", "Email", "hs_email_subject", "", "hs_createdate", "hs_lastmodifieddate",
         "hs_createdate hs_lastmodifieddate hs_object_id", "hs_timestamp hs_email_direction", "", "emailinformation",
         "Email information", default_email_properties, false},
};
const size_t default_type_n = sizeof(default_types) / sizeof(default_types[0]);

const struct default_stage default_stages[] = {
	{TYPE_TICKET, "0", "Support Pipeline", "1", "New", false, ""},
	{TYPE_TICKET, "0", "Support Pipeline", "2", "Waiting on contact", false, ""},
	{TYPE_TICKET, "0", "Support Pipeline", "3", "Waiting on us", false, ""},
	{TYPE_TICKET, "0", "Support Pipeline", "4", "Closed", true, ""},
	{TYPE_DEAL, "default", "Sales Pipeline", "appointmentscheduled", "Appointment scheduled", false, "0.2"},
	{TYPE_DEAL, "default", "Sales Pipeline", "qualifiedtobuy", "Qualified to buy", false, "0.4"},
	{TYPE_DEAL, "default", "Sales Pipeline", "presentationscheduled", "Presentation scheduled", false, "0.6"},
	{TYPE_DEAL, "default", "Sales Pipeline", "decisionmakerboughtin", "Decision maker bought in", false, "0.8"},
	{TYPE_DEAL, "default", "Sales Pipeline", "contractsent", "Contract sent", false, "0.9"},
	{TYPE_DEAL, "default", "Sales Pipeline", "closedwon", "Closed won", true, "1.0"},
	{TYPE_DEAL, "default", "Sales Pipeline", "closedlost", "Closed lost", true, "0.0"},
};
const size_t default_stage_n = sizeof(default_stages) / sizeof(default_stages[0]);
