#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/mail.h"
#include "desk/notify.h"
#include "store/notification.h"
#include "store/user.h"

/* What a user reads of what he was told (desk/notify.h): the list of his bell, and mails. What it is about is looked at when he
 * reads it: of a ticket that he may not see any more he reads that there was something, and nothing else. */

enum {
	NOTIFICATION_DAYS = 90,           /* older ones are removed */
	MAX_UNREAD_COUNT = 100,
	NOTIFY_MAIL_WAIT_MS = 3000,       /* who is looking reads it himself within that time */
	NOTIFY_MAIL_PAUSE_MS = 5 * 60000, /* between two mails about the same ticket to the same user: one mail tells all */
	MAX_NOTIFY_MAILS_A_DAY = 1000,    /* of one topic to one address; further ones are not sent */
	MAX_NOTIFIED_IN_MAIL = 20,
};

/* Of the asking user, newest first. Members that he may not see any more are null and is_gone is set. */
enum err desk_notifications(struct ctx *c, struct notification_page page, struct notification_row **out, size_t *n_out);
/* Counted up to MAX_UNREAD_COUNT. */
enum err desk_notifications_unread(struct ctx *c, int64_t *n_out);

/* Puts the names of users where the names of others are. */
void desk_notification_names(struct ctx *c, struct notification_row *rows, size_t n);

struct read_in {
	int64_t id;        /* this one; or, where it is 0, */
	int64_t ticket_id; /* those of this ticket; or, where that is 0 too, */
	int64_t up_to_id;  /* all up to this one */
	bool is_unread;    /* the other way round; for one only */
};
/* Others' notifications are nobody's: nothing happens. */
enum err desk_notifications_read(struct ctx *c, const struct read_in *in);
enum err desk_notification_sweep(struct ctx *c);

/* Mail: channel/mail_notify.c ---------------------------------------------------------------------------------------- */

/* About a ticket; its body is the id of a user. There is one for all that he has not read of the ticket: it comes again as long as
 * there is something. */
extern const struct job_kind job_notify_mail;

struct notify_mail {
	int64_t user_id, ticket_id;
	bool is_sent;         /* there is something, and it may go now: filled is what follows */
	bool is_over_limit;   /* S-5: it is not sent, and not tried again */
	bool is_hopeless;     /* nobody to write to, or nowhere to send it */
	int64_t again_at;     /* another mail about this ticket went a moment ago, or it is quiet; 0: neither */
	struct user user;
	struct str language;  /* of the user */
	struct notification_row *rows; /* oldest first */
	size_t row_n;
	struct str topic;     /* the one that matters most */
	struct str subject;   /* of the ticket */
	struct str url;
	struct str settings_url;
	struct str from, from_name;
	struct str mail_id;
	int64_t created_at;
	struct relay relay;
};
enum err desk_notify_mail(struct ctx *c, const struct job *job, struct notify_mail *out);
/* Notes what became of it; next_at_out: when to look again, 0: there is no need. */
enum err desk_notify_mail_done(struct ctx *c, const struct notify_mail *mail, int64_t *next_at_out);
