#pragma once

#include <stdbool.h>

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

/* A link as it is seen from one of two different objects, and its way back from the other; what is there of the two stays. is_new_out:
 * one of them was not. */
enum err association_put(struct ctx *c, const struct association *there, const struct association *back, bool *is_new_out);
/* The links of an object to objects of a type with to_id > after, by to_id and type_id: all links of the first object_n objects. */
enum err association_list(struct ctx *c, int64_t from_id, int64_t to_type, int64_t after, int64_t object_n,
                          struct association **out, size_t *n_out);
/* The same to tickets, those that may be seen (store/access.h). */
struct ticket_access;
enum err association_list_seen(struct ctx *c, const struct ticket_access *access, int64_t from_id, int64_t after, int64_t object_n,
                               struct association **out, size_t *n_out);
/* The links from one object to another, archived or not. */
enum err association_between(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, struct association **out,
                             size_t *n_out);
/* The links of an object by one type, at most so many. */
enum err association_list_of_type(struct ctx *c, int64_t from_id, int64_t to_type, int64_t type_id, int64_t most,
                                  struct association **out, size_t *n_out);
/* How many there are, counted up to most. */
enum err association_count(struct ctx *c, int64_t from_id, int64_t to_type, int64_t type_id, int64_t most,
                           int64_t *n_out);
/* One direction. */
enum err association_remove(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, int64_t type_id,
                            bool *was_there_out);
