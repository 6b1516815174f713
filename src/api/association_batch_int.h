#pragma once

#include "api/call.h"
#include "desk/associate.h"
#include "desk/schema.h"

/* Between association_batch.c (v4), association_batch_v3.c and association_labels.c: many links between two types of
 * objects in one transaction. An input that is refused (4xx) has changed nothing and is told among the errors; the
 * others stand. */

enum {
	MAX_LINKS_WRITTEN = 2000, /* inputs, and links that one call removes */
	MAX_LINKS_READ = 1000,    /* inputs */
	LINKS_PER_INPUT = 500,    /* a page of those of one input */
	MAX_LIMITS_IN = 100,
};

/* An end of the input before this one: often many are linked with one. All are locked. */
struct link_end {
	int64_t asked_id; /* 0: none yet. Not always the object's own: it may have been merged */
	struct object object;
};

struct link_batch {
	const struct type_def *from_type, *to_type;
	const json_t *inputs;
	size_t n;
	struct failure *failed;
	size_t failed_n;
	struct link_work work;
	struct link_end from, to;
	struct res *r;
};

/* Reads what is asked for, and begins the answer's results. ERR_BAD_INPUT: no inputs, too many, or some that are no
 * objects. */
enum err link_batch_begin(struct ctx *c, const struct req *q, struct res *r, size_t most, struct link_batch *b);
/* Ends it; the status is status_with_errors when there are any. */
enum err link_batch_end(struct ctx *c, struct link_batch *b, int status_with_errors);
/* No answer (204). */
enum err link_batch_end_empty(struct ctx *c, struct link_batch *b);
/* What becomes of an input that ended with e: the caller's fault is kept for the errors. */
enum err link_batch_settle(struct ctx *c, struct link_batch *b, enum err e);

/* What is done to the pair of one input. */
typedef enum err link_one_fn(struct ctx *c, struct link_batch *b, const json_t *input, const struct link_pair *pair);
/* Whole calls: one pair an input. A write settles each; a removal succeeds as a whole, and has no answer. */
enum err link_batch_write(struct ctx *c, const struct req *q, struct res *r, link_one_fn *one, int status_with_errors);
enum err link_batch_remove(struct ctx *c, const struct req *q, struct res *r, link_one_fn *one);

/* The object that an input names as from or to: 0 where its id is none. ERR_BAD_INPUT when it is not named. */
enum err link_batch_id(struct ctx *c, const json_t *input, const char *key, int64_t *out);
/* All inputs as pairs, locked. */
enum err link_batch_pairs(struct ctx *c, const struct link_batch *b, struct link_pair **out);
/* The ends of a pair: ERR_BAD_INPUT ("One or more associations are invalid") when one is not there. */
enum err link_batch_ends(struct ctx *c, struct link_batch *b, const struct link_pair *pair, struct object *from, struct object *to);
/* The links of the object that an input of a read names, after the object with that id. When there are none at all,
 * that is an error of the input, and n is 0. */
enum err link_batch_links(struct ctx *c, struct link_batch *b, const json_t *input, int64_t after, struct object *from,
                          struct association **out, size_t *n_out);
void link_batch_from(struct json *j, const char *key, int64_t id);
