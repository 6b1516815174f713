#pragma once

#include <stdbool.h>

#include "base/shape.h"

/* What the desk's own routes take, as structs with their shapes; and the shapes of what they give, where that is one struct. */

struct session_in {
	struct str email;
	struct str password;
};
extern const struct shape session_in_shape;

struct user_body {
	struct str email;
	struct str first_name;
	struct str last_name;
	int64_t role_id;
	int64_t primary_team_id;
	struct str secondary_team_ids; /* JSON arrays of ids */
	bool super_admin;
	bool send_welcome_email;
};
extern const struct shape user_body_shape, user_change_shape;

struct person_body {
	struct str first_name;
	struct str last_name;
	struct str role;
	struct str seat;
	struct str ticket_view;
	struct str ticket_edit;
	struct str ticket_delete;
	struct str ticket_communicate;
	bool publishes_articles;
	int64_t primary_team_id;
	struct str secondary_team_ids; /* JSON array of ids */
};
struct profile_body {
	struct str first_name;
	struct str last_name;
};
struct password_body {
	struct str current_password;
	struct str password;
};
struct pipeline_access_body {
	struct str user_ids; /* JSON arrays of ids */
	struct str team_ids;
};
extern const struct shape person_body_shape, profile_body_shape, password_body_shape, pipeline_access_body_shape;

struct account_body {
	struct str name;
	struct str time_zone;
	struct str currency;
	struct str language;
};
extern const struct shape account_body_shape;

struct visitor_body {
	struct str email;
	struct str first_name;
	struct str last_name;
};
extern const struct shape visitor_body_shape;

struct article_body {
	struct str lang;
	int64_t category_id;
	struct str title;
	struct str subtitle;
	struct str body;
	struct str slug;
	struct str tags;     /* JSON */
	struct str products; /* JSON */
	bool is_machine;
	int64_t version;
	bool is_new_version;
};
extern const struct shape article_body_shape;

struct article_change_body {
	struct str lang;
	int64_t category_id;
};
extern const struct shape article_change_body_shape;

struct article_text_body {
	struct str lang;
	bool is_machine;
};
extern const struct shape article_text_body_shape;

struct article_act_body {
	int64_t version;
};
extern const struct shape article_act_body_shape;

struct article_category_body {
	struct str names; /* JSON */
	int64_t place;
};
extern const struct shape article_category_body_shape;

struct view_body {
	struct str name;
	struct str filter_groups; /* JSON */
	struct str sort;
	struct str columns; /* JSON */
	struct str audience;
	struct str team_ids; /* JSON */
};
extern const struct shape view_body_shape;

struct library_folder_body {
	struct str kind;
	struct str name;
};
struct library_text_body {
	struct str name;
	struct str audience;
	struct str team_ids; /* JSON */
	int64_t folder_id;
	struct str updated_at;
	struct str shortcut;
	struct str subject;
	struct str html;
};
extern const struct shape library_folder_body_shape, library_folder_change_shape, snippet_body_shape, template_body_shape;
extern const struct shape document_body_shape;

struct video_body {
	struct str name;
	struct str audience;
	struct str team_ids; /* JSON */
	int64_t folder_id;
	struct str updated_at;
	int64_t file_id;
	int64_t poster_id;
	int64_t captions_id;
	struct str captions_language;
	int64_t duration_ms;
	int64_t width;
	int64_t height;
	bool is_recorded;
};
extern const struct shape video_body_shape;

struct team_body {
	struct str name;
	struct str user_ids; /* JSON arrays of ids */
	struct str secondary_user_ids;
};
extern const struct shape team_body_shape;

struct invitation_view {
	struct str state; /* MAILED, or LINK where no mail can be sent */
	struct str url;
	int64_t expires_at;
};
extern const struct shape invitation_view_shape;

struct token_body {
	struct str name;
	struct str scopes; /* a JSON array */
	int64_t user_id;
};
extern const struct shape token_body_shape;

struct comment_body {
	struct str html;
	struct str text;
	struct str attachments; /* JSON */
};
extern const struct shape comment_body_shape;

struct reminder_body {
	int64_t at;
	struct str note;
};
extern const struct shape reminder_body_shape;

/* One of id, ticket_id and up_to_id. */
struct notifications_read_body {
	int64_t id;
	int64_t ticket_id;
	int64_t up_to_id;
	bool is_unread;
};
extern const struct shape notifications_read_body_shape;

struct reply_body {
	struct str html;
	struct str text;
	struct str subject;
	struct str stage_id;
	int64_t in_reply_to_id;
	int64_t last_seen_message_id;
	struct str to; /* JSON arrays of addresses; null: those of the message answered */
	struct str cc;
	struct str bcc;
	struct str attachments; /* [{"fileId": …, "type": "FILE", "contentId": …}] */
	struct str properties;  /* {"name": "value"} */
	int64_t channel_account_id;
	bool is_forward;
	struct str draft; /* only where it is held */
	int64_t undo_seconds;
	int64_t send_at;
};
extern const struct shape reply_body_shape, held_reply_body_shape;

struct held_body {
	int64_t send_at;
};
extern const struct shape held_body_shape;

struct draft_body {
	struct str html;
	struct str text;
	struct str subject;
	struct str recipients;
	int64_t channel_account_id;
	int64_t in_reply_to_id;
	bool is_forward;
	int64_t last_seen_message_id;
	struct str attachments;
	int64_t version;
	struct str device;
	bool drops_kept;
};
extern const struct shape draft_body_shape;

struct presence_body {
	struct str state;
	bool is_typing;
};
extern const struct shape presence_body_shape;

struct automation_body {
	struct str sent_stage_id;
	struct str received_stage_id;
	bool keeps_close_date;
};
extern const struct shape automation_body_shape;

struct inbox_body {
	struct str name;
	struct str type;
};
extern const struct shape inbox_body_shape;

struct channel_account_body {
	int64_t inbox_id;
	struct str name;
	struct str address;
	struct str pipeline_id;
	struct str stage_id;
	bool active;
	struct str signature;
	struct str signature_of;
};
extern const struct shape channel_account_body_shape;

struct mailbox_body {
	int64_t inbox_id;
	struct str host;
	int64_t port;
	struct str security;
	struct str username;
	struct str password;
	struct str folder;
	struct str ca_file;
	bool is_active;
};
extern const struct shape mailbox_body_shape;

struct relay_body {
	struct str url;
	struct str username;
	struct str password;
};
extern const struct shape relay_body_shape;

struct app_body {
	struct str name;
	struct str redirect_uris; /* JSON arrays of texts; null: none */
	struct str scopes;
};
extern const struct shape app_body_shape;

struct app_rotate_body {
	struct str what;
};
extern const struct shape app_rotate_body_shape;

struct mailbox_view {
	int64_t id;
	int64_t inbox_id;
	struct str address;
	struct str host;
	int64_t port;
	struct str security;
	struct str username;
	struct str folder;
	struct str ca_file;
	bool is_active;
	struct str state;
	struct str last_error;
	int64_t last_sync_at;
};
extern const struct shape mailbox_view_shape;

struct relay_view {
	struct str url;
	struct str username;
	bool is_configured;
	bool from_command_line;
};
extern const struct shape relay_view_shape;

struct quarantine_view {
	int64_t id;
	int64_t received_at;
	struct str channel;
	struct str address;
	int64_t size_bytes;
	struct str state;
	struct str reason;
	struct str subject;
	struct str sender;
};
extern const struct shape quarantine_view_shape;
