#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Links between objects. Every link is kept in both directions, each with the type id of its direction. */

struct association {
	int64_t from_id;
	int64_t to_type;
	int64_t to_id;
	int64_t type_id;
	int64_t created_at;
};

/* One direction; nothing happens when it is there. */
enum err association_put(struct ctx *c, const struct association *link);
/* The links of an object to objects of a type with to_id > after, by to_id and type_id. */
enum err association_list(struct ctx *c, int64_t from_id, int64_t to_type, int64_t after, int64_t limit,
                          struct association **out, size_t *n_out);
enum err association_remove(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, int64_t type_id);
enum err association_remove_all(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id);
