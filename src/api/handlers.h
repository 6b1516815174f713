#pragma once

#include "base/ctx.h"

/* The handlers that routes[] names: one desk call and one answer each. */

struct req;
struct res;

#define HANDLER(name) enum err name(struct ctx *c, const struct req *q, struct res *r)

/* objects.c */
HANDLER(api_objects_list);
HANDLER(api_objects_create);
HANDLER(api_objects_read);
HANDLER(api_objects_update);
HANDLER(api_objects_archive);
HANDLER(api_objects_merge);
HANDLER(api_contacts_erase);
HANDLER(api_objects_restore);

/* search.c */
HANDLER(api_objects_search);

/* batch.c */
HANDLER(api_batch_create);
HANDLER(api_batch_read);
HANDLER(api_batch_update);
HANDLER(api_batch_upsert);
HANDLER(api_batch_archive);
HANDLER(api_batch_restore);

/* associations.c */
HANDLER(api_associations_list);
HANDLER(api_associations_put_default);
HANDLER(api_associations_put);
HANDLER(api_associations_remove);
HANDLER(api_associations_list_v3);
HANDLER(api_associations_put_v3);
HANDLER(api_associations_remove_v3);

/* lists.c */
HANDLER(api_lists_create);
HANDLER(api_lists_read);
HANDLER(api_lists_read_by_name);
HANDLER(api_lists_list);
HANDLER(api_lists_rename);
HANDLER(api_lists_archive);
HANDLER(api_lists_restore);
HANDLER(api_lists_filters);
HANDLER(api_list_conversion_read);
HANDLER(api_list_conversion_set);
HANDLER(api_list_conversion_remove);
HANDLER(api_lists_mapping);
HANDLER(api_lists_mapping_batch);

/* list_search.c */
HANDLER(api_lists_search);

/* list_members.c */
HANDLER(api_list_members_add);
HANDLER(api_list_members_remove);
HANDLER(api_list_members_change);
HANDLER(api_list_members_clear);
HANDLER(api_list_members_copy);
HANDLER(api_list_members_list);
HANDLER(api_list_members_by_time);
HANDLER(api_lists_of_record);

/* list_folders.c */
HANDLER(api_list_folders_create);
HANDLER(api_list_folders_read);
HANDLER(api_list_folders_rename);
HANDLER(api_list_folders_move);
HANDLER(api_list_folders_remove);
HANDLER(api_lists_move);

/* association_report.c */
HANDLER(api_link_report_ask);
HANDLER(api_link_reports_list);

/* association_labels.c */
HANDLER(api_association_labels);
HANDLER(api_association_label_create);
HANDLER(api_association_label_update);
HANDLER(api_association_label_remove);
HANDLER(api_link_limits_all);
HANDLER(api_link_limits_list);
HANDLER(api_link_limits_create);
HANDLER(api_link_limits_update);
HANDLER(api_link_limits_purge);

/* association_batch.c */
HANDLER(api_link_batch_read);
HANDLER(api_link_batch_create);
HANDLER(api_link_batch_default);
HANDLER(api_link_batch_archive);
HANDLER(api_link_batch_labels_archive);

/* association_batch_v3.c */
HANDLER(api_link_batch_read_v3);
HANDLER(api_link_batch_create_v3);
HANDLER(api_link_batch_archive_v3);
HANDLER(api_association_types_v3);

/* properties.c */
HANDLER(api_properties_list);
HANDLER(api_properties_create);
HANDLER(api_properties_read);
HANDLER(api_properties_update);
HANDLER(api_properties_archive);
HANDLER(api_properties_batch_create);
HANDLER(api_properties_batch_read);
HANDLER(api_properties_batch_archive);
HANDLER(api_groups_list);
HANDLER(api_groups_create);
HANDLER(api_groups_read);
HANDLER(api_groups_update);
HANDLER(api_groups_archive);

/* schemas.c */
HANDLER(api_schemas_list);
HANDLER(api_schemas_create);
HANDLER(api_schemas_read);
HANDLER(api_schemas_update);
HANDLER(api_schemas_archive);
HANDLER(api_schemas_link);
HANDLER(api_schemas_unlink);

/* pipelines.c */
HANDLER(api_pipelines_list);
HANDLER(api_pipelines_create);
HANDLER(api_pipelines_read);
HANDLER(api_pipelines_replace);
HANDLER(api_pipelines_update);
HANDLER(api_pipelines_archive);
HANDLER(api_pipelines_audit);
HANDLER(api_stages_list);
HANDLER(api_stages_create);
HANDLER(api_stages_read);
HANDLER(api_stages_replace);
HANDLER(api_stages_update);
HANDLER(api_stages_archive);
HANDLER(api_stages_audit);

/* owners.c */
HANDLER(api_owners_list);
HANDLER(api_owners_read);

/* users.c */
HANDLER(api_users_list);
HANDLER(api_users_create);
HANDLER(api_users_read);
HANDLER(api_users_replace);
HANDLER(api_users_remove);
HANDLER(api_users_invite);
HANDLER(api_people_list);
HANDLER(api_people_update);
HANDLER(api_profile_update);
HANDLER(api_profile_password);
HANDLER(api_pipeline_access_read);
HANDLER(api_pipeline_access_set);
HANDLER(api_roles_list);

/* rules.c */
HANDLER(api_pipeline_rules_read);
HANDLER(api_pipeline_rules_replace);
HANDLER(api_property_rules_list);
HANDLER(api_property_rules_create);
HANDLER(api_property_rules_replace);
HANDLER(api_property_rules_remove);

/* teams.c */
HANDLER(api_teams_list);
HANDLER(api_teams_create);
HANDLER(api_teams_read);
HANDLER(api_teams_update);
HANDLER(api_teams_remove);

/* account.c */
HANDLER(api_account_details);
HANDLER(api_account_usage);
HANDLER(api_account_read);
HANDLER(api_account_update);

/* comments.c */
HANDLER(api_comments_create);
HANDLER(api_comments_update);
HANDLER(api_comments_remove);
HANDLER(api_mentionable_list);

/* follow.c */
HANDLER(api_follow);
HANDLER(api_unfollow);
HANDLER(api_mute);
HANDLER(api_unmute);
HANDLER(api_remind);
HANDLER(api_remind_not);

/* notifications.c */
HANDLER(api_notifications_list);
HANDLER(api_notifications_unread);
HANDLER(api_notifications_read);
HANDLER(api_notification_settings_read);
HANDLER(api_notification_defaults_set);

/* forms.c */
HANDLER(api_create_form_read);
HANDLER(api_create_form_replace);
/* preferences.c */
HANDLER(api_preferences_read);
HANDLER(api_preferences_update);

/* oauth.c */
HANDLER(api_oauth_token);
HANDLER(api_oauth_access);
HANDLER(api_oauth_refresh);
HANDLER(api_oauth_revoke);

/* visitor.c */
HANDLER(api_visitor_token);

/* tokens.c */
HANDLER(api_tokens_list);
HANDLER(api_tokens_create);
HANDLER(api_tokens_read);
HANDLER(api_tokens_revoke);

/* conversations.c */
HANDLER(api_inboxes_list);
HANDLER(api_inboxes_read);
HANDLER(api_channels_list);
HANDLER(api_channels_read);
HANDLER(api_channel_accounts_list);
HANDLER(api_channel_accounts_read);
HANDLER(api_threads_list);
HANDLER(api_threads_read);
HANDLER(api_threads_update);
HANDLER(api_threads_archive);
HANDLER(api_threads_assign);
HANDLER(api_threads_unassign);

/* messages.c */
HANDLER(api_messages_list);
HANDLER(api_messages_send);
HANDLER(api_messages_read);
HANDLER(api_messages_original);

/* find.c */
HANDLER(api_find);

/* session.c */
HANDLER(api_session_open);
HANDLER(api_session_read);
HANDLER(api_session_close);

/* workspace.c */
HANDLER(api_quote_create);
HANDLER(api_quote_read);
HANDLER(api_quote_update);
HANDLER(api_quote_publish);
HANDLER(api_quote_recall);
HANDLER(api_quote_pdf);
HANDLER(api_booking_pages_list);
HANDLER(api_booking_pages_create);
HANDLER(api_booking_pages_read);
HANDLER(api_booking_pages_update);
HANDLER(api_booking_pages_archive);
HANDLER(api_booking_pages_restore);
HANDLER(api_booking_page_slots);
HANDLER(api_bookings_list);
HANDLER(api_booking_slots);
HANDLER(api_bookings_cancel);
HANDLER(api_bookings_move);
HANDLER(api_availability_read);
HANDLER(api_availability_set);
HANDLER(api_time_zones);
HANDLER(api_views_list);
HANDLER(api_views_create);
HANDLER(api_views_update);
HANDLER(api_views_remove);
HANDLER(api_views_restore);
HANDLER(api_views_preview);
HANDLER(api_view_tickets);
HANDLER(api_library_archive);
HANDLER(api_library_restore);
HANDLER(api_library_use);
HANDLER(api_library_folders);
HANDLER(api_library_folder_create);
HANDLER(api_library_folder_rename);
HANDLER(api_library_folder_remove);
HANDLER(api_documents_list);
HANDLER(api_documents_create);
HANDLER(api_documents_replace);
HANDLER(api_documents_read);
HANDLER(api_documents_update);
HANDLER(api_documents_content);
HANDLER(api_documents_picture);
HANDLER(api_share_links_list);
HANDLER(api_share_links_create);
HANDLER(api_share_links_for_ticket);
HANDLER(api_share_links_update);
HANDLER(api_share_links_revoke);
HANDLER(api_share_visits_list);
HANDLER(api_snippets_list);
HANDLER(api_snippets_create);
HANDLER(api_snippets_read);
HANDLER(api_snippets_update);
HANDLER(api_templates_list);
HANDLER(api_templates_create);
HANDLER(api_templates_read);
HANDLER(api_templates_update);
HANDLER(api_videos_list);
HANDLER(api_videos_create);
HANDLER(api_videos_upload);
HANDLER(api_videos_read);
HANDLER(api_videos_update);
HANDLER(api_videos_content);
HANDLER(api_videos_poster);
HANDLER(api_videos_captions);
HANDLER(api_ticket_read);
HANDLER(api_attachment_read);

/* composer.c */
HANDLER(api_reply_target);
HANDLER(api_ticket_tokens);
HANDLER(api_record_tokens);
HANDLER(api_senders_list);
HANDLER(api_message_file_upload);

/* files.c */
HANDLER(api_files_upload);
HANDLER(api_files_replace);
HANDLER(api_files_import);
HANDLER(api_files_import_status);
HANDLER(api_files_read);
HANDLER(api_files_search);
HANDLER(api_files_stat);
HANDLER(api_files_update);
HANDLER(api_files_archive);
HANDLER(api_files_erase);
HANDLER(api_files_signed_url);
HANDLER(api_files_by_link);
HANDLER(api_files_by_key);
HANDLER(api_files_content);

/* actors.c */
HANDLER(api_actors_read);
HANDLER(api_actors_batch_read);

/* inboxes.c */
HANDLER(api_inbox_create);
HANDLER(api_inbox_rename);
HANDLER(api_inbox_archive);
HANDLER(api_channel_account_create);
HANDLER(api_channel_account_update);
HANDLER(api_channel_account_archive);

/* custom_channels.c */
HANDLER(api_custom_channels_list);
HANDLER(api_custom_channels_create);
HANDLER(api_custom_channels_read);
HANDLER(api_custom_channels_update);
HANDLER(api_custom_channels_archive);
HANDLER(api_custom_accounts_list);
HANDLER(api_custom_accounts_create);
HANDLER(api_custom_accounts_read);
HANDLER(api_custom_accounts_update);
HANDLER(api_custom_staging_create);
HANDLER(api_custom_staging_update);
HANDLER(api_custom_messages_publish);
HANDLER(api_custom_messages_read);
HANDLER(api_custom_messages_update);
HANDLER(api_custom_outbox);

/* folders.c */
HANDLER(api_folders_create);
HANDLER(api_folders_read);
HANDLER(api_folders_search);
HANDLER(api_folders_update);
HANDLER(api_folders_update_later);
HANDLER(api_folders_task);
HANDLER(api_folders_archive);

/* records.c */
HANDLER(api_record_links);
HANDLER(api_record_timeline);
HANDLER(api_record_link_history);
HANDLER(api_ticket_files);

/* record_changes.c */
HANDLER(api_record_email);
HANDLER(api_ticket_identify);
HANDLER(api_ticket_former);

/* company_match.c */
HANDLER(api_company_match_read);
HANDLER(api_company_match_set);

/* ticket_message.c */
HANDLER(api_ticket_messages);

/* replies.c */
HANDLER(api_ticket_reply);
HANDLER(api_held_create);
HANDLER(api_held_list);
HANDLER(api_held_send);
HANDLER(api_held_move);
HANDLER(api_held_take_back);

/* ticket_drafts.c */
HANDLER(api_draft_read);
HANDLER(api_draft_save);
HANDLER(api_draft_remove);
HANDLER(api_drafts_list);

/* presence.c */
HANDLER(api_ticket_presence);

/* seen.c */
HANDLER(api_ticket_seen);
HANDLER(api_ticket_unseen);

/* automation.c */
HANDLER(api_automation_read);
HANDLER(api_automation_set);

/* mail.c */
HANDLER(api_outbox_list);
HANDLER(api_outbox_retry);
HANDLER(api_mailboxes_list);
HANDLER(api_mailboxes_create);
HANDLER(api_mailboxes_update);
HANDLER(api_mailboxes_remove);
HANDLER(api_relay_read);
HANDLER(api_relay_set);
HANDLER(api_quarantine_list);
HANDLER(api_quarantine_retry);
HANDLER(api_quarantine_source);

/* apps.c */
HANDLER(api_apps_list);
HANDLER(api_apps_create);
HANDLER(api_apps_read);
HANDLER(api_apps_replace);
HANDLER(api_apps_remove);
HANDLER(api_apps_rotate);

/* bulk.c */
HANDLER(api_bulk_begin);
HANDLER(api_bulk_list);
HANDLER(api_bulk_read);
HANDLER(api_bulk_stop);
HANDLER(api_bulk_failures);

/* manage.c */
HANDLER(api_tickets_bulk);
HANDLER(api_act_undo);
HANDLER(api_ticket_split);
HANDLER(api_ticket_history);
HANDLER(api_recycle_bin);
HANDLER(api_blocked_list);
HANDLER(api_blocked_add);
HANDLER(api_blocked_remove);

/* webhooks.c */
HANDLER(api_webhook_settings_read);
HANDLER(api_webhook_settings_set);
HANDLER(api_webhook_settings_clear);
HANDLER(api_webhook_subscriptions_list);
HANDLER(api_webhook_subscriptions_create);
HANDLER(api_webhook_subscriptions_read);
HANDLER(api_webhook_subscriptions_update);
HANDLER(api_webhook_subscriptions_remove);
HANDLER(api_webhook_subscriptions_batch);

/* webhook_log.c */
HANDLER(api_webhook_deliveries_list);
HANDLER(api_webhook_deliveries_read);
HANDLER(api_webhook_deliveries_replay);
HANDLER(api_webhook_targets_list);

/* system.c */
HANDLER(api_health);
HANDLER(api_openapi);

/* reference.c */
HANDLER(api_reference);
HANDLER(api_stream);
/* articles.c */
HANDLER(api_articles_list);
HANDLER(api_article_languages);
HANDLER(api_articles_create);
HANDLER(api_articles_read);
HANDLER(api_articles_update);
HANDLER(api_articles_archive);
HANDLER(api_articles_restore);
HANDLER(api_article_text_create);
HANDLER(api_article_text_read);
HANDLER(api_article_text_update);
HANDLER(api_article_text_publish);
HANDLER(api_article_text_unpublish);
HANDLER(api_article_text_archive);
HANDLER(api_article_text_restore);
HANDLER(api_article_versions);
HANDLER(api_article_version_read);
HANDLER(api_article_version_restore);
HANDLER(api_article_image_upload);
HANDLER(api_article_image_read);
HANDLER(api_article_categories_list);
HANDLER(api_article_categories_create);
HANDLER(api_article_categories_update);
HANDLER(api_article_categories_archive);
