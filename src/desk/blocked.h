#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/blocked_sender.h"

/* Senders whose mail becomes spam, and what becomes of spam. The sender is told nothing: his mail is taken as any other. */

enum {
	MAX_BLOCKED_SENDERS = 100000,
	SPAM_DAYS = 90, /* then it is removed for good */
};

/* address in lower case. is_new_out: it was not blocked before. ERR_BAD_INPUT for our own addresses and for what is no address. */
enum err desk_block(struct ctx *c, struct str address, bool *is_new_out);
enum err desk_blocked_list(struct ctx *c, int64_t before, int64_t limit, struct blocked_sender **out, size_t *n_out);
/* ERR_NOT_FOUND. */
enum err desk_unblock(struct ctx *c, int64_t id);

/* A ticket that a blocked sender has just opened. */
enum err desk_spam_new(struct ctx *c, int64_t ticket_id);
/* Outside of a transaction: removes old spam. */
enum err desk_spam_sweep(struct ctx *c);
