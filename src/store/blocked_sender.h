#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Addresses (lower case) whose mail becomes spam. */

struct blocked_sender {
	int64_t id;
	struct str address;
	int64_t user_id; /* who blocked it */
	int64_t blocked_at;
};
extern const struct shape blocked_sender_shape;

/* Nothing happens when it is blocked already. */
enum err blocked_sender_put(struct ctx *c, struct str address, bool *is_new_out);
enum err blocked_sender_is(struct ctx *c, struct str address, bool *is_out);
/* Newest first; before: only ids below. */
enum err blocked_sender_list(struct ctx *c, int64_t before, int64_t limit, struct blocked_sender **out, size_t *n_out);
/* Counted up to most. */
enum err blocked_sender_count(struct ctx *c, int64_t most, int64_t *n_out);
enum err blocked_sender_remove(struct ctx *c, int64_t id, bool *was_there_out);
enum err blocked_sender_remove_address(struct ctx *c, struct str address);
