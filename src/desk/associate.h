#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/object.h"
#include "store/association.h"
#include "store/schema.h"

/* Links between objects, by the association types of the wire API: each direction has its own type id, a labelled or primary
 * link always has the unlabelled one beside it. Every link that is made or removed leaves an event of its own.
 *
 * Those who link or unlink the same two objects come one after the other. A caller may link an object to MAX_LINKS objects of a
 * type, or to fewer where a user has set that; what the desk itself links (the sender of a mail, for one) is not counted. */

enum {
	MAX_LINKS = 50000,
	MAX_TYPES_PER_LINK = 50, /* in one call, and labels between two types of objects */
};

/* Links from to the object that link names. ERR_BAD_INPUT when the type does not fit the two ("invalid from object type …"), the
 * other object is not there ("One or more associations are invalid") or one has as many links as it may. */
enum err desk_associate(struct ctx *c, const struct object *from, const struct link_in *link);

/* The same for an object that is being made: who makes it calculates it. */
enum err desk_associate_new(struct ctx *c, const struct object *from, const struct link_in *link);

/* The same refusals, and nothing is written: from may be an object that is still to be created. What has to be locked is locked. */
enum err desk_associate_check(struct ctx *c, const struct object *from, const struct link_in *links, size_t n);

/* Many links in one transaction: what is known already, and what is to be calculated and announced when all are there. One for all
 * of them, zeroed; whoever has one calls desk_associate_lock() first and desk_associate_done() at the end. Where NULL is given,
 * each call does it all. */
struct link_work {
	struct link_count *counts;
	size_t count_n, count_room;
	struct link_step *steps;
	size_t step_n, step_room;
};
enum err desk_associate_done(struct ctx *c, struct link_work *work);

/* Replaces the labels between two objects by the given types; 0 types: just the unlabelled link. */
enum err desk_associate_as(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids,
                           size_t n, struct link_work *work);
/* One type more between the two; 0: the unlabelled one. */
enum err desk_associate_also(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                             struct link_work *work);

/* For whoever changes many links in one transaction: takes all locks that it needs, in the order that all use. */
struct link_pair {
	int64_t from_id, to_id; /* 0: names nothing */
};
enum err desk_associate_lock(struct ctx *c, const struct link_pair *pairs, size_t n);

/* The two ends of a link. ERR_NOT_FOUND when the first is not there; ERR_BAD_INPUT ("One or more associations are invalid") with
 * the id in the context when the second is not. */
enum err desk_associate_ends(struct ctx *c, const struct type_def *from_type, int64_t from_id,
                             const struct type_def *to_type, int64_t to_id, struct object *from, struct object *to);
/* The second alone. */
enum err desk_associate_end(struct ctx *c, const struct type_def *to_type, int64_t to_id, struct object *to);

/* Removes all links between the two, in both directions. */
enum err desk_dissociate(struct ctx *c, const struct object *from, const struct object *to, struct link_work *work);

/* Removes one type of link. The unlabelled type is the link itself: with it go all labels. */
enum err desk_dissociate_type(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                              struct link_work *work);

/* The links of an object to objects of a type, by id of the other; an entry per link, those of one object together.
 * after: only to_id > after; all links of the first object_n objects. */
enum err desk_association_list(struct ctx *c, const struct object *from, int64_t to_type, int64_t after, int64_t object_n,
                               struct association **out, size_t *n_out);
/* The definition of a link's type. */
enum err desk_association_type(struct ctx *c, int64_t type_id, struct association_type *out);
/* Those from one type of objects to another, by id. */
enum err desk_association_types(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out,
                                size_t *n_out);
/* The id of the type that a name or a number means, first of all between these two types of objects. ERR_BAD_INPUT. */
enum err desk_association_type_named(struct ctx *c, int64_t from_type, int64_t to_type, struct str name, int64_t *id_out);
