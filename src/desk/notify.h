#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/object.h"
#include "store/thread.h"

/* Whom the desk tells of what: one table of rules (notify.c), asked in the transaction of the change. Nobody is told of what he did
 * himself, of a ticket he may not see or has muted, or twice of the same happening; in his quiet hours (desk/quiet.h) it waits in the bell: the first rule that fits and that he has a channel for
 * counts. What he then reads is in desk/notification.h. */

enum topic {
	TOPIC_ASSIGNED, /* a ticket became yours */
	TOPIC_MENTION,  /* you are named in a comment */
	TOPIC_REMINDER, /* you asked to be told of a ticket at this time (desk/remind.h) */
	TOPIC_REPLY,    /* somebody outside wrote in a ticket of yours */
	TOPIC_COMMENT,  /* a comment on a ticket of yours */
	TOPIC_QUOTE,    /* a customer saw a quote of yours, or answered it */
	TOPIC_SHARED,   /* somebody outside looked at what you shared with him */
	TOPIC_MEETING,  /* a customer booked, moved or canceled a meeting with you; its mail is the invitation */
	TOPIC_FOLLOWED, /* whatever else happens on a ticket that you follow; who owns one follows it unless he says no */
	TOPIC_N
};

/* How he hears of it. */
enum notify_channel {
	NOTIFY_BELL,    /* the list in the workspace */
	NOTIFY_POPUP,   /* a note that pops up while he looks at it */
	NOTIFY_BROWSER, /* one of the browser while he does not */
	NOTIFY_EMAIL,
	NOTIFY_CHANNEL_N
};

/* On the wire: MENTION. */
struct str topic_name(enum topic t);

/* Which channels are on for each topic. */
struct notify_matrix {
	bool is_on[TOPIC_N][NOTIFY_CHANNEL_N];
};
/* S-6: channels that cannot be switched off, for what one asked for oneself. */
bool notify_is_fixed(enum topic t, enum notify_channel ch);
/* What holds for who has said nothing: the built-in defaults, and above them what the administrators say. */
enum err desk_notify_defaults(struct ctx *c, struct notify_matrix *out);
/* What holds for a user: his preference "notifications" above the defaults. */
enum err desk_notify_matrix(struct ctx *c, int64_t user_id, struct notify_matrix *out);
/* {"MENTION": {"bell": true, …}, …} lays itself over a matrix; what is not named stays. ERR_BAD_INPUT for a name or a value that
 * means nothing. */
enum err notify_matrix_read(struct ctx *c, struct str json, struct notify_matrix *matrix);
/* {"REMINDER": ["bell"], "MENTION": [], …} */
struct str notify_fixed_json(struct ctx *c);
struct str notify_matrix_json(struct ctx *c, const struct notify_matrix *matrix);
/* For administrators. */
enum err desk_notify_defaults_set(struct ctx *c, struct str json, struct notify_matrix *out);

/* His time has come (desk/remind.h); said also in his quiet hours, and of a ticket that he has muted. */
enum err notify_reminder(struct ctx *c, int64_t user_id, const struct object *ticket, struct str note);
/* A message or comment was added to the ticket. */
enum err notify_message(struct ctx *c, const struct object *ticket, const struct message *m);
/* A comment was changed: those it names now and did not name before. */
enum err notify_mentions(struct ctx *c, const struct object *ticket, const struct message *m, const int64_t *user_ids, size_t n);
/* A ticket was made (before is NULL) or changed. */
enum notify_how {
	NOTIFY_ALOUD,
	NOTIFY_QUIETLY, /* in the bell only: one of many that somebody changed at once */
};
enum err notify_ticket(struct ctx *c, const struct object *before, const struct object *after, enum notify_how how);

/* What a customer did with a quote; its owner hears of it. name: of who answered, or null. Such a notification names the quote where others
 * name their ticket; answers are mailed apart from others (desk/quote.h). */
enum quote_news { QUOTE_WAS_VIEWED, QUOTE_WAS_ACCEPTED, QUOTE_WAS_DECLINED };
enum err notify_quote(struct ctx *c, const struct object *quote, enum quote_news what, struct str name);
/* A visit to what this user shared (desk/share_link.h); visitor: his address, null where nobody knows it. */
enum err notify_shared(struct ctx *c, int64_t user_id, int64_t item_id, struct str visitor);

/* Somebody did something to a meeting (an object) with the user; name: of the customer, if it was he. */
enum meeting_news { MEETING_WAS_BOOKED, MEETING_WAS_MOVED, MEETING_WAS_CANCELED };
enum err notify_meeting(struct ctx *c, int64_t user_id, int64_t meeting_id, enum meeting_news what, struct str name);

/* May this user see the ticket? Asks as he would be asked. */
struct concerned;
bool notify_may_see(struct ctx *c, const struct concerned *user, const struct object *ticket);
