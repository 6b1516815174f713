#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Who is mentioned where, who follows what, and what users are told (desk/notify.h says when). */

/* Mentions ---------------------------------------------------------------------------------------------------------- */

/* Notes it; is_new_out is false where the message mentioned the user before. */
enum err mention_put(struct ctx *c, int64_t message_id, int64_t user_id, bool *is_new_out);
/* The users that the messages first_id..last_id of a ticket mention, by message. */
struct mention {
	int64_t message_id;
	int64_t user_id;
};
enum err mention_list(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct mention **out, size_t *n_out);
/* A text that mentions nobody any more. */
enum err mention_remove_message(struct ctx *c, int64_t message_id);

/* Following --------------------------------------------------------------------------------------------------------- */

/* Says that a user follows a ticket, or that he does not want to although it is his. */
enum err follow_put(struct ctx *c, int64_t ticket_id, int64_t user_id, bool is_following);
/* He has said nothing of it any more. */
enum err follow_remove(struct ctx *c, int64_t ticket_id, int64_t user_id);

/* Whom a change of a ticket may concern: active users only, a row for each reason, by user. */
struct concerned {
	int64_t user_id;
	int64_t owner_id;
	struct str email;
	struct str first_name;
	struct str last_name;
	int64_t role;
	struct str why; /* OWNER, FOLLOWS, OPTED_OUT, MENTIONED, MUTED */
};
enum { MAX_CONCERNED = 1000 };
/* owner_id 0 and message_id 0: none. */
enum err concerned_list(struct ctx *c, int64_t ticket_id, int64_t owner_id, int64_t message_id, struct concerned **out,
                        size_t *n_out);

/* Every active user, by name; why is empty. */
enum err mentionable_list(struct ctx *c, struct concerned **out, size_t *n_out);

/* Notifications ------------------------------------------------------------------------------------------------------ */

struct notification {
	int64_t id;
	int64_t user_id;
	struct str topic;
	struct str happening;
	struct str detail; /* the status that a ticket came to; null: none */
	int64_t ticket_id; /* 0: of none, but of an item of the library: */
	int64_t item_id;
	int64_t message_id;
	int64_t actor_user_id; /* 0: a visitor, or the desk */
	bool in_bell;
	bool as_popup;
	bool in_browser;
	bool by_mail;
	int64_t created_at;
	int64_t read_at;
	int64_t mailed_at;
};
extern const struct shape notification_shape;

/* With what the reader sees of it. */
struct notification_row {
	int64_t id;
	struct str topic;
	struct str happening;
	struct str detail;
	int64_t ticket_id;
	int64_t item_id;
	struct str item_kind; /* null: it is of a ticket */
	int64_t message_id;
	int64_t actor_user_id;
	struct str actor_first_name, actor_last_name; /* of the user; null: it was none */
	struct str actor_name; /* as read: of who sent the message; null: nobody's. desk/notification.h puts the user's here */
	struct str subject;    /* of the ticket; name of the item */
	struct str excerpt;    /* how the message begins */
	bool is_gone;          /* the ticket is in the recycle bin */
	bool in_bell;
	bool as_popup;
	bool in_browser;
	int64_t created_at;
	int64_t read_at;
};

enum err notification_insert(struct ctx *c, struct notification *n);
/* What the bell of a user shows, with id < before and id > after, newest first. */
struct notification_page {
	int64_t user_id;
	int64_t before;
	int64_t after;
	bool only_unread;
	int64_t limit;
};
enum err notification_list(struct ctx *c, const struct notification_page *page, struct notification_row **out, size_t *n_out);
/* How many the bell has unread, counted up to limit. */
enum err notification_count_unread(struct ctx *c, int64_t user_id, int64_t limit, int64_t *n_out);
/* How many of the user's own were unread and are read now: one, those of a ticket, or all but those that came after up_to_id. */
enum err notification_read(struct ctx *c, int64_t user_id, int64_t id, int64_t *changed_out);
enum err notification_read_ticket(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t *changed_out);
enum err notification_read_all(struct ctx *c, int64_t user_id, int64_t up_to_id, int64_t *changed_out);
enum err notification_unread(struct ctx *c, int64_t user_id, int64_t id, int64_t *changed_out);
enum err notification_sweep(struct ctx *c, int64_t before);
/* Has the user been told of the ticket in this very moment? */
enum err notification_is_told(struct ctx *c, int64_t user_id, int64_t ticket_id, bool *is_out);
/* Those of a message that is taken back. */
enum err notification_remove_message(struct ctx *c, int64_t ticket_id, int64_t message_id);

/* Mail --------------------------------------------------------------------------------------------------------------- */

/* What one mail about a ticket tells a user: what he has not read, oldest first. */
enum err notification_list_to_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t limit,
                                   struct notification_row **out, size_t *n_out);
/* When the latest mail about the ticket went to the user; 0: never. */
enum err notification_last_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t *at_out);
/* Is there anything that a mail about the ticket would tell the user? */
enum err notification_is_to_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, bool *is_out);
/* None of it will be mailed. */
enum err notification_keep_from_mail(struct ctx *c, int64_t user_id, int64_t ticket_id);
enum err notification_set_mailed(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t up_to_id);
/* Counts one more mail of a topic to an address on a day; the count, with this one. */
enum err notification_day_add(struct ctx *c, struct str address, struct str topic, int64_t day, int64_t *n_out);
enum err notification_day_count(struct ctx *c, struct str address, struct str topic, int64_t day, int64_t *n_out);
