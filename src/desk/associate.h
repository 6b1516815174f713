#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/object.h"
#include "store/association.h"
#include "store/schema.h"

/* Links between objects, by the association types of the wire API: each direction has its own type id, a labelled or primary
 * link always has the unlabelled one beside it. */

/* Links from to the object that link names. ERR_BAD_INPUT when the type does not fit the two ("invalid from object type …") or
 * the other object is not there ("One or more associations are invalid"). */
enum err desk_associate(struct ctx *c, const struct object *from, const struct link_in *link);

/* The same for an object that is being made: who makes it calculates it. */
enum err desk_associate_new(struct ctx *c, const struct object *from, const struct link_in *link);

/* The same refusals, and nothing is written: from may be an object that is still to be created. */
enum err desk_associate_check(struct ctx *c, const struct object *from, const struct link_in *link);

/* Replaces the labels between two objects by the given types; 0 types: just the unlabelled link. */
enum err desk_associate_as(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids,
                           size_t n);

/* Removes all links between the two, in both directions. */
enum err desk_dissociate(struct ctx *c, const struct object *from, const struct object *to);

/* Removes one type of link. The unlabelled type is the link itself: with it go all labels. */
enum err desk_dissociate_type(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id);

/* The links of an object to objects of a type, by id of the other; an entry per link, those of one object together.
 * after: only to_id > after; limit is in links. */
enum err desk_association_list(struct ctx *c, const struct object *from, int64_t to_type, int64_t after, int64_t limit,
                               struct association **out, size_t *n_out);
/* The definition of a link's type. */
enum err desk_association_type(struct ctx *c, int64_t type_id, struct association_type *out);
enum err desk_association_types(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out,
                                size_t *n_out);
