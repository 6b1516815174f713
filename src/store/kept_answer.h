#pragma once

#include "base/ctx.h"

/* Answers of writes that came with an Idempotency-Key, so that the same write sent again is answered and not done. */

struct kept_answer {
	int64_t id;
	struct str caller;       /* whose key it is: a token, a consent or a user */
	struct str key_hash;
	struct str request_hash; /* of all that was asked for */
	int64_t status;
	struct str headers;      /* "Name: value" lines */
	struct str body;         /* null: it was not kept */
	int64_t created_at;
};

enum err kept_answer_find(struct ctx *c, struct str caller, struct str key_hash, struct kept_answer *out);
enum err kept_answer_insert(struct ctx *c, struct kept_answer *k);
enum err kept_answer_remove(struct ctx *c, int64_t id);
/* Those with ids up to this one. */
enum err kept_answer_trim(struct ctx *c, int64_t last_id);
/* Up to limit of those from before that time. */
enum err kept_answer_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out);
/* Until the transaction ends nobody else writes with this key. */
enum err kept_answer_lock(struct ctx *c, struct str caller, struct str key_hash);
