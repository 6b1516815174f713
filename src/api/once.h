#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Idempotency-Key: a write that is sent twice is done once (desk/kept_answer.h). The header counts on writes; on what only reads it is
 * passed over. While the first of two runs in this process the second is refused with 409; in another process it waits for the first.
 * An answer that shows a secret is not kept: the second caller is told 409, and that it was done. */

struct arena;
struct req;
struct res;
struct once; /* keys of writes that are running */

enum { MAX_KEY_BYTES = 255, MAX_RUNNING_KEYS = 1024 };

struct once_key {
	struct str key; /* null: the request has none */
	struct str request;
	struct str running; /* what is noted while it runs; null: nothing is */
};

struct once *once_open(struct arena *a);
void once_close(struct once *o);

/* The header, checked. */
enum err once_read(struct ctx *c, const struct req *q, struct once_key *out);
/* ERR_CONFLICT while another one with this key runs. What was begun is ended by once_end. */
enum err once_begin(struct ctx *c, struct once *o, struct once_key *k);
void once_end(struct once *o, struct once_key *k);

/* Inside of the write's transaction: is_done_out says that the answer is there already, and *r holds it. */
enum err once_find(struct ctx *c, const struct once_key *k, struct res *r, bool *is_done_out);
enum err once_keep(struct ctx *c, const struct once_key *k, const struct req *q, const struct res *r);
