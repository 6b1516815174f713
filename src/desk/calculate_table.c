/* Who keeps what callers only read. What is kept in a column of its own (defaults*.c) is not here, nor the times of stages
 * (stage_time.h): they come with their stage. A test compares this table with the defaults. */

#include "desk/calculate.h"
#include "desk/defaults.h"
#include "desk/stage_time.h"

const struct kept kept_properties[] = {
	{0, "hubspot_owner_assigneddate", KEPT_BY_WRITE},
	{0, "hs_object_source_id", KEPT_ON_READING},
	{0, "hs_merged_object_ids", KEPT_BY_MERGE},

	{TYPE_TICKET, "outbound_ticket", KEPT_BY_WRITE},
	{TYPE_TICKET, "copied_from_ticket_id", KEPT_BY_WRITE},
	{TYPE_TICKET, "copied_at", KEPT_BY_WRITE},
	{TYPE_TICKET, "copied_by_user_id", KEPT_BY_WRITE},
	{TYPE_TICKET, "copied_ticket_source", KEPT_BY_WRITE},
	{TYPE_TICKET, "hs_last_closed_date", KEPT_BY_WRITE},
	{TYPE_TICKET, "hs_ticket_reopened_at", KEPT_BY_WRITE},
	{TYPE_TICKET, "time_to_close", KEPT_BY_WRITE},
	{TYPE_TICKET, "time_to_first_agent_reply", KEPT_BY_ROWS},
	{TYPE_TICKET, "first_agent_reply_date", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_first_agent_message_sent_at", KEPT_BY_ROWS},
	{TYPE_TICKET, "last_reply_date", KEPT_BY_ROWS},
	{TYPE_TICKET, "last_engagement_date", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_last_message_received_at", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_last_message_sent_at", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_lastcontacted", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_nextactivitydate", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_num_times_contacted", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_num_associated_companies", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_num_associated_conversations", KEPT_BY_ROWS},
	{TYPE_TICKET, "num_notes", KEPT_BY_ROWS},
	{TYPE_TICKET, "num_contacted_notes", KEPT_BY_ROWS},
	{TYPE_TICKET, "notes_last_contacted", KEPT_BY_ROWS},
	{TYPE_TICKET, "notes_last_updated", KEPT_BY_ROWS},
	{TYPE_TICKET, "notes_next_activity_date", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_number_of_touches", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_is_one_touch_ticket", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_primary_company", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_primary_company_id", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_primary_company_name", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_all_associated_contact_emails", KEPT_BY_ROWS},
	{TYPE_TICKET, "hs_conversations_originating_thread_id", KEPT_BY_MESSAGE},
	{TYPE_TICKET, "hs_conversations_originating_message_id", KEPT_BY_MESSAGE},
	{TYPE_TICKET, "hs_originating_generic_channel_id", KEPT_BY_MESSAGE},
	{TYPE_TICKET, "hs_originating_channel_instance_id", KEPT_BY_MESSAGE},
	{TYPE_TICKET, "hs_in_helpdesk", KEPT_ON_READING},
	{TYPE_TICKET, "hs_is_visible_in_help_desk", KEPT_ON_READING},
	{TYPE_TICKET, "hs_assignment_method", KEPT_LATER}, /* routing */
	{TYPE_TICKET, "hs_was_imported", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_first_response_sla_at", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_first_response_sla_status", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_next_response_sla_at", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_next_response_sla_status", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_close_sla_at", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_close_sla_status", KEPT_LATER},
	{TYPE_TICKET, "hs_most_relevant_sla_type", KEPT_LATER},
	{TYPE_TICKET, "hs_most_relevant_sla_status", KEPT_LATER},
	{TYPE_TICKET, "hs_sla_pause_status", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_first_response_in_operating_hours", KEPT_LATER},
	{TYPE_TICKET, "hs_time_to_close_in_operating_hours", KEPT_LATER},
	{TYPE_TICKET, "hs_applied_sla_rule_config_id", KEPT_LATER},

	{TYPE_CONTACT, "hs_email_domain", KEPT_BY_WRITE},
	{TYPE_CONTACT, "associatedcompanyid", KEPT_BY_ROWS},
	{TYPE_CONTACT, "notes_last_contacted", KEPT_BY_ROWS},
	{TYPE_CONTACT, "num_notes", KEPT_BY_ROWS},

	{TYPE_COMPANY, "hs_parent_company_id", KEPT_BY_ROWS},
	{TYPE_COMPANY, "hs_num_child_companies", KEPT_BY_ROWS},
	{TYPE_COMPANY, "num_associated_contacts", KEPT_BY_ROWS},
	{TYPE_COMPANY, "num_associated_deals", KEPT_BY_ROWS},

	{TYPE_DEAL, "hs_is_closed_won", KEPT_BY_WRITE},
	{TYPE_DEAL, "hs_deal_stage_probability", KEPT_BY_WRITE},
	{TYPE_LINE_ITEM, "amount", KEPT_BY_WRITE},
	{TYPE_QUOTE, "hs_quote_amount", KEPT_BY_ROWS},
	{TYPE_QUOTE, "hs_public_url_key", KEPT_BY_WRITE}, /* and the next: desk/quote.h */
	{TYPE_QUOTE, "hs_quote_link", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_state", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_version", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_viewed_at", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_answered_at", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_answered_by", KEPT_BY_WRITE},
	{TYPE_QUOTE, "quote_decline_reason", KEPT_BY_WRITE},

	{TYPE_CALL, "hs_body_preview", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_from_email", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_from_firstname", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_from_lastname", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_to_email", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_to_firstname", KEPT_BY_WRITE},
	{TYPE_EMAIL, "hs_email_to_lastname", KEPT_BY_WRITE},

	{TYPE_FEEDBACK, "hs_content", KEPT_LATER}, /* surveys */
	{TYPE_FEEDBACK, "hs_survey_channel", KEPT_LATER},
	{TYPE_FEEDBACK, "hs_survey_type", KEPT_LATER},
	{TYPE_FEEDBACK, "hs_sentiment", KEPT_LATER},
	{TYPE_FEEDBACK, "hs_value", KEPT_LATER},
	{TYPE_FEEDBACK, "hs_response_group", KEPT_LATER},
};
const size_t kept_property_n = sizeof(kept_properties) / sizeof(kept_properties[0]);

const struct kept *kept_find(int64_t type, struct str name)
{
	for (size_t i = 0; i < kept_property_n; i++)
		if ((kept_properties[i].type == 0 || kept_properties[i].type == type) && str_eq(str_c(kept_properties[i].name), name))
			return &kept_properties[i];
	return NULL;
}

bool calculate_is_read_time(const struct property *p)
{
	if (!p->is_built_in || !p->is_read_only || p->kept_in.n > 0)
		return false;
	const struct kept *k = kept_find(p->object_type, p->name);
	return k ? k->keeper == KEPT_ON_READING : stage_time_is_read(p->name);
}

struct str calculate_read(struct ctx *c, const struct object *o, const struct property_def *def)
{
	if (stage_time_is_read(def->row.name))
		return stage_time_value(c, o, def->row.name);
	if (!str_eq(def->row.name, STR("hs_object_source_id")))
		return STR("true"); /* every ticket is in the help desk, and is seen there */
	return o->created_by ? str_fmt(c->a, "userId:%lld", (long long)o->created_by) : STR_NULL;
}
