#pragma once

#include "base/ctx.h"
#include "desk/conversation.h"
#include "job/job.h"
#include "store/draft.h"
#include "store/held_reply.h"

/* Replies that wait: for seconds, so that they can be undone (HELD), or for a time that was chosen (SCHEDULED). Until it is sent a held
 * reply is no message: it is in no preview, no figure, no search and no webhook, and the status that was chosen with it is set when it
 * is sent, in one transaction with that. It is checked when it is held, as a reply that is sent at once; what has changed by the time it
 * is sent makes it FAILED, which says why, and it can be tried again or taken back. When the customer writes, scheduled replies of the
 * ticket are PAUSED: somebody looks at them before they go.
 *
 * Whoever sees the ticket sees them. What is HELD is its writer's to undo; the others can be sent, moved and taken back by whoever may
 * answer. What is taken back is a draft of its writer again. */

enum { MAX_UNDO_SECONDS = 60, MAX_SCHEDULE_DAYS = 60 /* files that are uploaded for a message live for 90 */, MAX_HELD_OF_TICKET = 50 };

struct hold_in {
	struct reply_in reply;
	struct str attachments; /* JSON, as they were given; null: none */
	struct str draft;       /* JSON as of a draft that is saved; null: what is taken back is the reply as it would have been sent */
	int64_t undo_seconds;   /* or 0, and send_at */
	int64_t send_at;
};
/* Everything that desk_reply() refuses, and times that are over or too far away. The draft of the reply is gone. */
enum err desk_reply_hold(struct ctx *c, const struct hold_in *in, struct held_reply *out);
enum err desk_held_list(struct ctx *c, int64_t ticket_id, struct held_reply **out, size_t *n_out);
/* May who asks send it, take it back, or give it another time? */
bool held_may_change(const struct ctx *c, const struct held_reply *h);
/* These three: ERR_NOT_FOUND when it was sent or taken back. */
enum err desk_held_send(struct ctx *c, int64_t id, struct message *out);
enum err desk_held_move(struct ctx *c, int64_t id, int64_t send_at, struct held_reply *out);
enum err desk_held_take_back(struct ctx *c, int64_t id, struct draft *out);

/* A customer wrote. */
enum err held_pause(struct ctx *c, int64_t ticket_id);

extern const struct job_kind job_held_reply; /* about a held reply whose time has come */
