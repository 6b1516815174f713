#pragma once

#include "base/ctx.h"

/* A write that comes with an Idempotency-Key is done once: its answer is kept for KEPT_HOURS, in the transaction of the write, and
 * given again to who sends the same with the same key. Keys are each token's, or each user's, own. Only what succeeded is kept:
 * what was refused has done nothing, and may be tried again. Of very many answers the oldest go first. */

enum {
	KEPT_HOURS = 24,
	MAX_KEPT_ANSWERS = 100000,
	MAX_KEPT_BODY_BYTES = 1 << 20, /* a longer one is not kept, only that it was given */
	KEPT_AT_ONCE = 2000,           /* removed in one transaction */
};

struct kept_answer_in {
	struct str key;
	struct str request; /* a hash of all that is asked for */
};
struct kept_answer_out {
	int64_t status;
	struct str headers; /* "Name: value" lines */
	struct str body;    /* null: none was kept */
};

/* Inside the transaction of the write, before it. ERR_NOT_FOUND: it is new, and nobody else begins it until this transaction ends.
 * ERR_CONFLICT: the key was used for something else. */
enum err desk_kept_answer_find(struct ctx *c, const struct kept_answer_in *in, struct kept_answer_out *out);
/* After it. */
enum err desk_kept_answer_put(struct ctx *c, const struct kept_answer_in *in, const struct kept_answer_out *answer);
/* Removes up to KEPT_AT_ONCE that are too old. */
enum err desk_kept_answer_sweep(struct ctx *c, int64_t *removed_out);

/* Who calls, as one word: "t7" a token, "g7" a consent, "a7" an app, "u7" a user who signed in. */
struct str desk_caller(struct ctx *c);
