#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Drafts: what a user writes on a ticket and has not sent, one reply and one comment for each. Every query here is about the drafts
 * of one user, but for those that take them away with their ticket. */

struct draft {
	int64_t id;
	int64_t user_id;
	int64_t ticket_id;
	struct str kind; /* reply, comment */
	int64_t version; /* grows with every write; 0: there is none */
	struct str html;
	struct str text;
	struct str subject;    /* null: that of an answer */
	struct str recipients; /* JSON: {"to": […], "cc": […], "bcc": […]} as typed; null, or a list missing: those of an answer */
	int64_t channel_account_id; /* 0: that of an answer */
	int64_t in_reply_to_id;     /* 0: the newest message */
	bool is_forward;            /* hands that message on */
	int64_t last_seen_id;       /* the newest message when the writing began */
	struct str attachments; /* JSON: [{"fileId": …, …}]; null: none */
	struct str device;      /* which of the user's windows wrote it last */
	struct str kept;        /* JSON: {"html", "text", "at"} of the other window whose text this one overwrote; null: none */
	int64_t created_at;
	int64_t updated_at;
};

/* ERR_NOT_FOUND. */
enum err draft_load(struct ctx *c, int64_t user_id, int64_t ticket_id, struct str kind, struct draft *out);
/* Inserts it, or replaces the one that is there. */
enum err draft_save(struct ctx *c, struct draft *d);
enum err draft_remove(struct ctx *c, int64_t user_id, int64_t ticket_id, struct str kind, bool *was_there_out);
/* Those of a user on tickets that are not in the recycle bin, newest first, without their texts but the beginning. */
enum err draft_list(struct ctx *c, int64_t user_id, int64_t limit, struct draft **out, size_t *n_out);
enum err draft_count(struct ctx *c, int64_t user_id, int64_t most, int64_t *n_out);
/* Everybody's on a ticket, with what is held: the ticket goes for good, or its words do. */
enum err draft_remove_of_ticket(struct ctx *c, int64_t ticket_id);
/* A ticket was merged into another one: drafts follow it, unless their writer has one there; what is held follows too. */
enum err draft_move(struct ctx *c, int64_t from_ticket_id, int64_t into_ticket_id);
