#pragma once

#include "base/ctx.h"

/* Links by which a user sets a password, as hashes of their secret. A user has one at most: the newest. */

struct invitation {
	int64_t user_id;
	struct str token_hash;
	int64_t created_at;
	int64_t expires_at;
};

/* In place of the one there was. */
enum err invitation_put(struct ctx *c, const struct invitation *i);
enum err invitation_by_token(struct ctx *c, struct str token_hash, struct invitation *out);
/* Reads and removes it, so that of two who bring it only one gets it. */
enum err invitation_take(struct ctx *c, struct str token_hash, struct invitation *out);
enum err invitation_of_user(struct ctx *c, int64_t user_id, struct invitation *out);
enum err invitation_remove(struct ctx *c, int64_t user_id);
/* Removes what has expired. */
enum err invitation_sweep(struct ctx *c);
