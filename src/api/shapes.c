#include "api/shapes.h"

#include "desk/inbox.h"

enum { MAX_BODY_BYTES = 2 << 20 };

static const struct field session_in_fields[] = {
	FIELD(struct session_in, email, F_STR, .flags = F_REQUIRED, .max = 254),
	FIELD(struct session_in, password, F_STR, .flags = F_REQUIRED | F_SECRET, .max = 1024),
};
const struct shape session_in_shape = SHAPE("SessionIn", struct session_in, session_in_fields);

#define USER_FIELDS                                                                                                     \
	FIELD(struct user_body, first_name, F_STR, .max = 200),                                                         \
	FIELD(struct user_body, last_name, F_STR, .max = 200),                                                          \
	FIELD(struct user_body, role_id, F_ID, .help = "One of /settings/v3/users/roles."),                             \
	FIELD(struct user_body, primary_team_id, F_ID),                                                                 \
	FIELD(struct user_body, secondary_team_ids, F_JSON, .help = "A list of ids."),                                  \
	FIELD(struct user_body, super_admin, F_BOOL, .help = "In place of a role.")
static const struct field user_body_fields[] = {
	FIELD(struct user_body, email, F_STR, .flags = F_REQUIRED, .max = 254),
	USER_FIELDS,
	FIELD(struct user_body, send_welcome_email, F_BOOL,
              .help = "Mails a link by which the user sets a password, if mail can be sent."),
};
const struct shape user_body_shape = SHAPE("UserProvisionIn", struct user_body, user_body_fields);
static const struct field user_change_fields[] = {USER_FIELDS};
const struct shape user_change_shape = SHAPE("UserIn", struct user_body, user_change_fields);

#define REACH_HELP "EVERYTHING, TEAM, OWNED, NONE, TEAM_AND_UNASSIGNED or OWNED_AND_UNASSIGNED."
static const struct field person_body_fields[] = {
	FIELD(struct person_body, first_name, F_STR, .max = 200),
	FIELD(struct person_body, last_name, F_STR, .max = 200),
	FIELD(struct person_body, role, F_STR, .max = 20, .help = "viewer, agent, admin or super_admin."),
	FIELD(struct person_body, seat, F_STR, .max = 20, .help = "SERVICE, SALES, CORE or VIEW_ONLY."),
	FIELD(struct person_body, ticket_view, F_STR, .max = 30, .help = REACH_HELP),
	FIELD(struct person_body, ticket_edit, F_STR, .max = 30, .help = REACH_HELP),
	FIELD(struct person_body, ticket_delete, F_STR, .max = 30, .help = REACH_HELP),
	FIELD(struct person_body, ticket_communicate, F_STR, .max = 30, .help = REACH_HELP),
	FIELD(struct person_body, publishes_articles, F_BOOL, .help = "May publish articles, as those who administer may."),
	FIELD(struct person_body, primary_team_id, F_ID),
	FIELD(struct person_body, secondary_team_ids, F_JSON, .help = "A list of ids."),
};
const struct shape person_body_shape = SHAPE("PersonIn", struct person_body, person_body_fields);

static const struct field profile_body_fields[] = {
	FIELD(struct profile_body, first_name, F_STR, .max = 200),
	FIELD(struct profile_body, last_name, F_STR, .max = 200),
};
const struct shape profile_body_shape = SHAPE("ProfileIn", struct profile_body, profile_body_fields);

static const struct field password_body_fields[] = {
	FIELD(struct password_body, current_password, F_STR, .flags = F_REQUIRED | F_SECRET, .max = 1024),
	FIELD(struct password_body, password, F_STR, .flags = F_REQUIRED | F_SECRET, .max = 1024),
};
const struct shape password_body_shape = SHAPE("PasswordIn", struct password_body, password_body_fields);

static const struct field pipeline_access_body_fields[] = {
	FIELD(struct pipeline_access_body, user_ids, F_JSON, .help = "Users who see its tickets."),
	FIELD(struct pipeline_access_body, team_ids, F_JSON, .help = "Teams that do; with neither it is open to all."),
};
const struct shape pipeline_access_body_shape =
	SHAPE("PipelineAccessIn", struct pipeline_access_body, pipeline_access_body_fields);

static const struct field account_body_fields[] = {
	FIELD(struct account_body, name, F_STR, .max = 200),
	FIELD(struct account_body, time_zone, F_STR, .max = 64, .help = "An IANA name: Europe/Berlin."),
	FIELD(struct account_body, currency, F_STR, .max = 3, .help = "ISO 4217: EUR."),
	FIELD(struct account_body, language, F_STR, .max = 35, .help = "A tag as en or pt-BR."),
};
const struct shape account_body_shape = SHAPE("Account", struct account_body, account_body_fields);

static const struct field visitor_body_fields[] = {
	FIELD(struct visitor_body, email, F_STR, .flags = F_REQUIRED, .max = 254),
	FIELD(struct visitor_body, first_name, F_STR, .max = 200),
	FIELD(struct visitor_body, last_name, F_STR, .max = 200),
};
const struct shape visitor_body_shape = SHAPE("VisitorIn", struct visitor_body, visitor_body_fields);

static const struct field article_body_fields[] = {
	FIELD(struct article_body, lang, F_STR, .max = 20, .help = "Of a new article: its governing language."),
	FIELD(struct article_body, category_id, F_ID, .help = "Of a new article."),
	FIELD(struct article_body, title, F_STR, .max = 2000),
	FIELD(struct article_body, subtitle, F_STR, .max = 4000),
	FIELD(struct article_body, body, F_STR, .max = 2 << 20, .help = "HTML; it is cleaned."),
	FIELD(struct article_body, slug, F_STR, .max = 1000, .help = "Empty: that of the title."),
	FIELD(struct article_body, tags, F_JSON, .help = "Words it is found by."),
	FIELD(struct article_body, products, F_JSON, .help = "What it is available with."),
	FIELD(struct article_body, is_machine, F_BOOL, .json = "isMachineTranslated"),
	FIELD(struct article_body, version, F_INT, .help = "The one that was read: a newer one is not written over (409, NEWER_VERSION)."),
	FIELD(struct article_body, is_new_version, F_BOOL, .help = "Kept beside the newest version, whoever wrote that."),
};
const struct shape article_body_shape = SHAPE("ArticleIn", struct article_body, article_body_fields);

static const struct field article_change_body_fields[] = {
	FIELD(struct article_change_body, lang, F_STR, .max = 20, .help = "The governing language: one that the article has."),
	FIELD(struct article_change_body, category_id, F_ID, .help = "null: none."),
};
const struct shape article_change_body_shape = SHAPE("ArticleChange", struct article_change_body, article_change_body_fields);

static const struct field article_text_body_fields[] = {
	FIELD(struct article_text_body, lang, F_STR, .max = 20, .flags = F_REQUIRED),
	FIELD(struct article_text_body, is_machine, F_BOOL, .json = "isMachineTranslated"),
};
const struct shape article_text_body_shape = SHAPE("ArticleTextIn", struct article_text_body, article_text_body_fields);

static const struct field article_act_body_fields[] = {
	FIELD(struct article_act_body, version, F_INT, .help = "The one that was read."),
};
const struct shape article_act_body_shape = SHAPE("ArticleAct", struct article_act_body, article_act_body_fields);

static const struct field article_category_body_fields[] = {
	FIELD(struct article_category_body, names, F_JSON, .help = "{\"en\": \"Billing\"}"),
	FIELD(struct article_category_body, place, F_INT, .help = "From 0."),
};
const struct shape article_category_body_shape = SHAPE("ArticleCategoryIn", struct article_category_body, article_category_body_fields);

static const struct field view_body_fields[] = {
	FIELD(struct view_body, name, F_STR, .max = 400),
	FIELD(struct view_body, filter_groups, F_JSON, .help = "As a search has them; a filter may name an objectType: contacts or companies."),
	FIELD(struct view_body, sort, F_STR, .max = 200, .help = "newest, oldest, priority, created, createdOldest, or a property."),
	FIELD(struct view_body, columns, F_JSON, .help = "Names of properties, as the table shows them."),
	FIELD(struct view_body, audience, F_STR, .max = 20, .help = "PRIVATE, TEAMS or EVERYONE."),
	FIELD(struct view_body, team_ids, F_JSON, .help = "Who sees it: TEAMS."),
};
const struct shape view_body_shape = SHAPE("ViewIn", struct view_body, view_body_fields);

static const struct field library_folder_body_fields[] = {
	FIELD(struct library_folder_body, kind, F_STR, .flags = F_REQUIRED, .max = 20, .help = "What it is for: snippet, template, document or video."),
	FIELD(struct library_folder_body, name, F_STR, .flags = F_REQUIRED, .max = 400),
};
const struct shape library_folder_body_shape = SHAPE("LibraryFolderIn", struct library_folder_body, library_folder_body_fields);
static const struct field library_folder_change_fields[] = {
	FIELD(struct library_folder_body, name, F_STR, .flags = F_REQUIRED, .max = 400),
};
const struct shape library_folder_change_shape =
	SHAPE("LibraryFolderChange", struct library_folder_body, library_folder_change_fields);

#define LIBRARY_ITEM_FIELDS(body)                                                                                      \
	FIELD(struct body, name, F_STR, .max = 400), FIELD(struct body, audience, F_STR, .max = 20, .help = "PRIVATE, TEAMS or EVERYONE: who sees it."), \
	FIELD(struct body, team_ids, F_JSON, .help = "Who sees it: TEAMS."), FIELD(struct body, folder_id, F_ID, .flags = F_NULL, .help = "null: in none."), \
	FIELD(struct body, updated_at, F_STR, .max = 40, .help = "When it is changed: as it was read; 412 if somebody else has changed it since.")

static const struct field document_body_fields[] = {LIBRARY_ITEM_FIELDS(library_text_body)};
const struct shape document_body_shape = SHAPE("DocumentIn", struct library_text_body, document_body_fields);

static const struct field snippet_body_fields[] = {
	LIBRARY_ITEM_FIELDS(library_text_body),
	FIELD(struct library_text_body, shortcut, F_STR, .max = 200, .help = "What it is called by behind #."),
	FIELD(struct library_text_body, html, F_STR, .help = "With tokens as {{contact.firstname}}."),
};
const struct shape snippet_body_shape = SHAPE("SnippetIn", struct library_text_body, snippet_body_fields);

static const struct field template_body_fields[] = {
	LIBRARY_ITEM_FIELDS(library_text_body),
	FIELD(struct library_text_body, subject, F_STR, .max = 2000),
	FIELD(struct library_text_body, html, F_STR, .help = "With tokens as {{contact.firstname}}, and placeholders as {{placeholder.Order number}}."),
};
const struct shape template_body_shape = SHAPE("TemplateIn", struct library_text_body, template_body_fields);

static const struct field video_body_fields[] = {
	LIBRARY_ITEM_FIELDS(video_body),
	FIELD(struct video_body, file_id, F_ID, .flags = F_NULL, .help = "What was uploaded as part=video."),
	FIELD(struct video_body, poster_id, F_ID, .flags = F_NULL, .help = "What was uploaded as part=poster; null: none."),
	FIELD(struct video_body, captions_id, F_ID, .flags = F_NULL, .help = "What was uploaded as part=captions; null: none."),
	FIELD(struct video_body, captions_language, F_STR, .max = 20, .help = "As en or pt-BR."),
	FIELD(struct video_body, duration_ms, F_INT, .help = "As a browser read it; 0: not known."),
	FIELD(struct video_body, width, F_INT),
	FIELD(struct video_body, height, F_INT),
	FIELD(struct video_body, is_recorded, F_BOOL, .help = "Made in the workspace, not uploaded."),
};
const struct shape video_body_shape = SHAPE("VideoIn", struct video_body, video_body_fields);

static const struct field team_body_fields[] = {
	FIELD(struct team_body, name, F_STR, .max = 200),
	FIELD(struct team_body, user_ids, F_JSON, .help = "All whose primary team it is."),
	FIELD(struct team_body, secondary_user_ids, F_JSON, .help = "All who are in it beside their primary team."),
};
const struct shape team_body_shape = SHAPE("TeamIn", struct team_body, team_body_fields);

static const struct field invitation_view_fields[] = {
	FIELD(struct invitation_view, state, F_STR, .help = "MAILED, or LINK: give the link to the user yourself."),
	FIELD(struct invitation_view, url, F_STR, .flags = F_NULL),
	FIELD(struct invitation_view, expires_at, F_TIME),
};
const struct shape invitation_view_shape = SHAPE("Invitation", struct invitation_view, invitation_view_fields);

static const struct field token_body_fields[] = {
	FIELD(struct token_body, name, F_STR, .max = 200),
	FIELD(struct token_body, scopes, F_JSON, .help = "A list of scopes; [\"*\"]: whatever the user may do."),
	FIELD(struct token_body, user_id, F_ID, .help = "Whom it acts for; left out: you."),
};
const struct shape token_body_shape = SHAPE("TokenIn", struct token_body, token_body_fields);

static const struct field comment_body_fields[] = {
	FIELD(struct comment_body, html, F_STR, .max = MAX_BODY_BYTES,
              .help = "A span with data-user-id mentions that user."),
	FIELD(struct comment_body, text, F_STR, .max = MAX_BODY_BYTES),
	FIELD(struct comment_body, attachments, F_JSON, .help = "Files: [{fileId, type: FILE}]. Only where the comment is made."),
};
const struct shape comment_body_shape = SHAPE("CommentIn", struct comment_body, comment_body_fields);

static const struct field reminder_body_fields[] = {
	FIELD(struct reminder_body, at, F_TIME, .flags = F_REQUIRED, .help = "When you are told."),
	FIELD(struct reminder_body, note, F_STR, .max = 1000, .help = "One line, for yourself."),
};
const struct shape reminder_body_shape = SHAPE("ReminderIn", struct reminder_body, reminder_body_fields);

static const struct field notifications_read_body_fields[] = {
	FIELD(struct notifications_read_body, id, F_ID, .help = "This one."),
	FIELD(struct notifications_read_body, ticket_id, F_ID, .help = "All of this ticket."),
	FIELD(struct notifications_read_body, up_to_id, F_ID, .help = "All up to this one."),
	FIELD(struct notifications_read_body, is_unread, F_BOOL, .help = "The other way round: unread again."),
};
const struct shape notifications_read_body_shape =
	SHAPE("NotificationsReadIn", struct notifications_read_body, notifications_read_body_fields);

#define REPLY_FIELDS                                                                                                    \
	FIELD(struct reply_body, html, F_STR, .max = MAX_BODY_BYTES),                                                   \
	FIELD(struct reply_body, text, F_STR, .max = MAX_BODY_BYTES),                                                   \
	FIELD(struct reply_body, subject, F_STR, .max = 998),                                                           \
	FIELD(struct reply_body, stage_id, F_STR, .max = 100),                                                          \
	FIELD(struct reply_body, in_reply_to_id, F_ID),                                                                 \
	FIELD(struct reply_body, last_seen_message_id, F_ID),                                                           \
	FIELD(struct reply_body, to, F_JSON, .help = "Addresses; left out: those of the message answered."),            \
	FIELD(struct reply_body, cc, F_JSON),                                                                           \
	FIELD(struct reply_body, bcc, F_JSON),                                                                          \
	FIELD(struct reply_body, attachments, F_JSON, .help = "Files to send along: [{fileId, type: FILE, contentId: of one that the HTML shows}]."), \
	FIELD(struct reply_body, properties, F_JSON, .help = "Of the ticket, set with it: what the status asks for."),   \
	FIELD(struct reply_body, channel_account_id, F_ID,                                                              \
              .help = "The address it leaves from; left out: that of the thread."),                                      \
	FIELD(struct reply_body, is_forward, F_BOOL, .help = "Hands inReplyToId on to the recipients given.")
static const struct field reply_body_fields[] = {REPLY_FIELDS};
const struct shape reply_body_shape = SHAPE("ReplyIn", struct reply_body, reply_body_fields);
static const struct field held_reply_body_fields[] = {
	REPLY_FIELDS,
	FIELD(struct reply_body, draft, F_JSON, .help = "As of a draft that is saved: what is taken back. Left out: the reply."),
	FIELD(struct reply_body, undo_seconds, F_INT, .help = "How long it can be undone."),
	FIELD(struct reply_body, send_at, F_TIME, .help = "In place of that: when it is sent."),
};
const struct shape held_reply_body_shape = SHAPE("HeldReplyIn", struct reply_body, held_reply_body_fields);

static const struct field held_body_fields[] = {FIELD(struct held_body, send_at, F_TIME, .flags = F_REQUIRED)};
const struct shape held_body_shape = SHAPE("HeldReplyTime", struct held_body, held_body_fields);

static const struct field draft_body_fields[] = {
	FIELD(struct draft_body, html, F_STR, .max = MAX_BODY_BYTES),
	FIELD(struct draft_body, text, F_STR, .max = MAX_BODY_BYTES),
	FIELD(struct draft_body, subject, F_STR, .max = 998),
	FIELD(struct draft_body, recipients, F_JSON, .help = "{to, cc, bcc}: lists as typed; left out: those of an answer."),
	FIELD(struct draft_body, channel_account_id, F_ID, .help = "Where it is to be sent from."),
	FIELD(struct draft_body, in_reply_to_id, F_ID),
	FIELD(struct draft_body, is_forward, F_BOOL, .help = "Hands that message on."),
	FIELD(struct draft_body, last_seen_message_id, F_ID, .help = "The newest message when the writing began."),
	FIELD(struct draft_body, attachments, F_JSON, .help = "[{fileId, …}]"),
	FIELD(struct draft_body, version, F_INT, .help = "The one that this was written from; 0: none."),
	FIELD(struct draft_body, device, F_STR, .max = 100, .help = "A name for the window that writes."),
	FIELD(struct draft_body, drops_kept, F_BOOL, .help = "The text of the other window is not needed any more."),
};
const struct shape draft_body_shape = SHAPE("TicketDraftIn", struct draft_body, draft_body_fields);

static const struct field presence_body_fields[] = {
	FIELD(struct presence_body, state, F_STR, .flags = F_REQUIRED, .max = 20, .help = "viewing, reply, comment or away."),
	FIELD(struct presence_body, is_typing, F_BOOL, .help = "Said again every 3 seconds while it is so."),
};
const struct shape presence_body_shape = SHAPE("PresenceIn", struct presence_body, presence_body_fields);

static const struct field automation_body_fields[] = {
	FIELD(struct automation_body, sent_stage_id, F_STR, .max = 100, .help = "When an answer is sent; left out: it stays."),
	FIELD(struct automation_body, received_stage_id, F_STR, .max = 100,
              .help = "When the customer answers; left out: a closed ticket is opened again."),
	FIELD(struct automation_body, keeps_close_date, F_BOOL, .help = "When a ticket is opened again."),
};
const struct shape automation_body_shape = SHAPE("PipelineAutomationIn", struct automation_body, automation_body_fields);

static const struct field inbox_body_fields[] = {
	FIELD(struct inbox_body, name, F_STR, .max = 1000, .flags = F_REQUIRED),
	FIELD(struct inbox_body, type, F_STR, .max = 20, .help = "HELP_DESK or INBOX."),
};
const struct shape inbox_body_shape = SHAPE("InboxIn", struct inbox_body, inbox_body_fields);

static const struct field channel_account_body_fields[] = {
	FIELD(struct channel_account_body, inbox_id, F_ID),
	FIELD(struct channel_account_body, name, F_STR, .max = 1000),
	FIELD(struct channel_account_body, address, F_STR, .max = 320, .help = "The team's email address."),
	FIELD(struct channel_account_body, pipeline_id, F_STR, .max = 100, .help = "Where its tickets begin."),
	FIELD(struct channel_account_body, stage_id, F_STR, .max = 100),
	FIELD(struct channel_account_body, active, F_BOOL),
	FIELD(struct channel_account_body, signature, F_STR, .max = MAX_SIGNATURE_BYTES, .help = "HTML below its mails."),
	FIELD(struct channel_account_body, signature_of, F_STR, .max = 10, .help = "TEAM, USER or NONE: whose signature stands there."),
};
const struct shape channel_account_body_shape = SHAPE("ChannelAccountIn", struct channel_account_body, channel_account_body_fields);

static const char *const securities[] = {"tls", "starttls", "none", NULL};

static const struct field mailbox_body_fields[] = {
	FIELD(struct mailbox_body, inbox_id, F_ID),
	FIELD(struct mailbox_body, host, F_STR, .max = 253),
	FIELD(struct mailbox_body, port, F_INT),
	FIELD(struct mailbox_body, security, F_STR, .one_of = securities),
	FIELD(struct mailbox_body, username, F_STR, .max = 320),
	FIELD(struct mailbox_body, password, F_STR, .max = 1024, .flags = F_SECRET),
	FIELD(struct mailbox_body, folder, F_STR, .max = 500),
	FIELD(struct mailbox_body, ca_file, F_STR, .max = 1000,
              .help = "PEM file of a private certificate authority, on the server."),
	FIELD(struct mailbox_body, is_active, F_BOOL),
};
const struct shape mailbox_body_shape = SHAPE("MailboxIn", struct mailbox_body, mailbox_body_fields);

static const struct field relay_body_fields[] = {
	FIELD(struct relay_body, url, F_STR, .max = 500),
	FIELD(struct relay_body, username, F_STR, .max = 320),
	FIELD(struct relay_body, password, F_STR, .max = 1024, .flags = F_SECRET),
};
const struct shape relay_body_shape = SHAPE("RelayIn", struct relay_body, relay_body_fields);

static const struct field app_body_fields[] = {
	FIELD(struct app_body, name, F_STR, .flags = F_REQUIRED, .max = 200),
	FIELD(struct app_body, redirect_uris, F_JSON, .help = "Where OAuth may send people back to."),
	FIELD(struct app_body, scopes, F_JSON, .help = "What OAuth may ask for at most."),
};
const struct shape app_body_shape = SHAPE("AppIn", struct app_body, app_body_fields);

static const char *const app_secret_names[] = {"secret", "developerKey", NULL};

static const struct field app_rotate_body_fields[] = {
	FIELD(struct app_rotate_body, what, F_STR, .one_of = app_secret_names, .help = "Left out: both."),
};
const struct shape app_rotate_body_shape = SHAPE("AppRotateIn", struct app_rotate_body, app_rotate_body_fields);

static const struct field mailbox_view_fields[] = {
	FIELD(struct mailbox_view, id, F_ID),
	FIELD(struct mailbox_view, inbox_id, F_ID),
	FIELD(struct mailbox_view, address, F_STR),
	FIELD(struct mailbox_view, host, F_STR),
	FIELD(struct mailbox_view, port, F_INT),
	FIELD(struct mailbox_view, security, F_STR),
	FIELD(struct mailbox_view, username, F_STR),
	FIELD(struct mailbox_view, folder, F_STR),
	FIELD(struct mailbox_view, ca_file, F_STR, .flags = F_NULL),
	FIELD(struct mailbox_view, is_active, F_BOOL),
	FIELD(struct mailbox_view, state, F_STR),
	FIELD(struct mailbox_view, last_error, F_STR, .flags = F_NULL),
	FIELD(struct mailbox_view, last_sync_at, F_TIME, .flags = F_NULL),
};
const struct shape mailbox_view_shape = SHAPE("Mailbox", struct mailbox_view, mailbox_view_fields);

static const struct field relay_view_fields[] = {
	FIELD(struct relay_view, url, F_STR, .flags = F_NULL),
	FIELD(struct relay_view, username, F_STR, .flags = F_NULL),
	FIELD(struct relay_view, is_configured, F_BOOL),
	FIELD(struct relay_view, from_command_line, F_BOOL),
};
const struct shape relay_view_shape = SHAPE("Relay", struct relay_view, relay_view_fields);

static const struct field quarantine_view_fields[] = {
	FIELD(struct quarantine_view, id, F_ID),
	FIELD(struct quarantine_view, received_at, F_TIME),
	FIELD(struct quarantine_view, channel, F_STR),
	FIELD(struct quarantine_view, address, F_STR),
	FIELD(struct quarantine_view, size_bytes, F_INT),
	FIELD(struct quarantine_view, state, F_STR),
	FIELD(struct quarantine_view, reason, F_STR, .flags = F_NULL),
	FIELD(struct quarantine_view, subject, F_STR, .flags = F_NULL),
	FIELD(struct quarantine_view, sender, F_STR, .flags = F_NULL),
};
const struct shape quarantine_view_shape = SHAPE("QuarantinedMail", struct quarantine_view, quarantine_view_fields);
