#pragma once

#include "db/db.h"

/* Every table of statements, so that `bellhop check` and `make check-sql` can prepare all of them on both engines.
 * A .c file of store/, bus/ or job/ declares its table here and adds it to the list in all_sql.c. */

#define SQL_TABLE(table_name, statements) {table_name, statements, sizeof(statements) / sizeof(statements[0])}

extern const struct sql_table grant_sql, access_sql;
extern const struct sql_table preference_sql;
extern const struct sql_table setting_sql, user_sql, owner_sql, session_sql, token_sql, throttle_sql;
extern const struct sql_table definition_number_sql, pipeline_change_sql, type_sql, property_sql, pipeline_sql, stage_sql;
extern const struct sql_table association_type_sql;
extern const struct sql_table unique_sql, object_sql, change_sql, association_sql, ticket_row_sql, view_def_sql, view_team_sql;
extern const struct sql_table merge_sql, participant_sql;
extern const struct sql_table ticket_act_sql, ticket_bulk_sql, ticket_move_sql, blocked_sender_sql, spam_sql, message_head_sql, recycle_sql;
extern const struct sql_table video_sql;
extern const struct sql_table purge_sql, erase_sql;
extern const struct sql_table association_label_sql, association_report_sql, list_sql, list_member_sql, list_folder_sql;
extern const struct sql_table inbox_sql, channel_account_sql, mailbox_sql, thread_sql, message_sql, mail_ref_sql, attachment_sql;
extern const struct sql_table draft_sql, held_reply_sql;
extern const struct sql_table booking_page_sql, availability_sql, booking_sql;
extern const struct sql_table mail_source_sql, outbox_sql;
extern const struct sql_table team_sql, team_member_sql, invitation_sql, kept_answer_sql, usage_sql;
extern const struct sql_table object_word_sql, message_word_sql, word_due_sql, found_sql;
extern const struct sql_table app_sql, webhook_target_sql, webhook_subscription_sql, webhook_delivery_sql, webhook_batch_sql,
	webhook_attempt_sql;
extern const struct sql_table custom_channel_sql, channel_staging_sql, channel_tie_sql, channel_outbox_sql;
extern const struct sql_table blob_sql, folder_sql, file_sql, file_task_sql;
extern const struct sql_table calculate_sql, property_rule_sql, record_sql, record_key_sql;
extern const struct sql_table mention_sql, follow_sql, notification_sql, mute_sql, reminder_sql;
extern const struct sql_table ticket_access_sql;
extern const struct sql_table library_item_sql, library_team_sql, library_folder_sql, library_text_sql;
extern const struct sql_table quote_sql;
extern const struct sql_table document_sql, document_picture_sql, share_link_sql, share_visit_sql, share_visit_page_sql;

extern const struct sql_table *const store_sql[];
extern const size_t store_sql_n;
extern const struct sql_table article_sql, article_text_sql, article_version_sql, article_slug_sql, article_image_sql, article_shown_sql,
	article_category_sql;
