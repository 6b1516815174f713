#include "store/all_sql.h"

const struct sql_table *const store_sql[] = {
	&grant_sql, &access_sql,
	&setting_sql,     &preference_sql, &user_sql,           &owner_sql,    &session_sql, &token_sql,   &throttle_sql, &type_sql,
	&property_sql,    &pipeline_sql,       &stage_sql,    &association_type_sql,      &object_sql,   &change_sql,
	&association_sql, &association_label_sql, &association_report_sql, &list_sql,     &list_member_sql, &list_folder_sql,
	&inbox_sql,          &channel_account_sql,        &mailbox_sql, &thread_sql,   &message_sql,
	&mail_ref_sql,    &attachment_sql,     &mail_source_sql,            &outbox_sql,
	&ticket_act_sql, &ticket_move_sql, &blocked_sender_sql, &spam_sql, &message_head_sql, &recycle_sql,
	&ticket_row_sql, &view_def_sql, &view_team_sql, &participant_sql,   &merge_sql, &unique_sql, &purge_sql, &erase_sql,
	&definition_number_sql, &pipeline_change_sql,
	&team_sql, &team_member_sql, &invitation_sql, &kept_answer_sql, &usage_sql,
	&object_word_sql, &message_word_sql, &word_due_sql, &found_sql,
	&app_sql, &webhook_target_sql, &webhook_subscription_sql, &webhook_delivery_sql, &webhook_batch_sql, &webhook_attempt_sql,
	&custom_channel_sql, &channel_staging_sql, &channel_tie_sql, &channel_outbox_sql,
	&blob_sql,        &folder_sql,         &file_sql,     &file_task_sql,
	&calculate_sql, &property_rule_sql, &record_sql, &record_key_sql,
	&draft_sql, &held_reply_sql,
	&booking_page_sql, &availability_sql, &booking_sql,
	&mention_sql, &follow_sql, &notification_sql,
	&video_sql,
	&ticket_access_sql,
	&library_item_sql, &library_team_sql, &library_folder_sql, &library_text_sql,
	&article_sql, &article_text_sql, &article_version_sql, &article_slug_sql, &article_image_sql, &article_shown_sql,
	&article_category_sql,
	&quote_sql,
};
const size_t store_sql_n = sizeof(store_sql) / sizeof(store_sql[0]);
