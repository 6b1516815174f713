#pragma once

#include "base/ctx.h"
#include "desk/associate.h"

/* Labels that users make for links, and how many links an object may have. Changing needs CAN_ADMINISTER.
 *
 * A label between objects of two types has an id for each direction; the inverse label, where there is one, is how it reads from the
 * other side (manager, employee). Among objects of one type a label without an inverse is one id that reads the same from both. Who
 * removes a label takes it off the links, which stay. Built-in types of links can neither be changed nor removed.
 *
 * A limit is the number of objects that an object may be linked to by one type. What is there already stays; who links more is
 * refused. A limit of a label is at most that of the unlabelled type. */

enum {
	MAX_LABELS_PER_PAIR = 50, /* from one type of objects to another */
	MAX_LINK_LABEL_BYTES = 250,
	MAX_LINK_NAME_BYTES = 100,
};

struct link_label_in {
	struct str name; /* letters, digits and underscores; create only */
	struct str label;
	struct str inverse_label; /* null: none is said */
};

/* out: one row for each id, first that from from_type. ERR_BAD_INPUT; ERR_CONFLICT when name or label is taken. */
enum err desk_link_label_create(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                const struct link_label_in *in, struct association_type **out, size_t *n_out);
/* Where both sides read the same, they go on doing so unless an inverse label is said. ERR_NOT_FOUND. */
enum err desk_link_label_update(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                int64_t type_id, const struct link_label_in *in);
enum err desk_link_label_remove(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                int64_t type_id);

/* The types of links with a limit, between two types of objects or (NULL) all. */
enum err desk_link_limits(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                          struct association_type **out, size_t *n_out);
enum limit_change { LIMIT_SET, LIMIT_CHANGE, LIMIT_REMOVE };
/* First in a transaction that changes limits, and last. */
enum err desk_link_limits_begin(struct ctx *c);
enum err desk_link_limits_end(struct ctx *c);
/* ERR_BAD_INPUT; ERR_CONFLICT when one is set that is there, ERR_NOT_FOUND when one is changed that is not. */
enum err desk_link_limit(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type, int64_t type_id,
                         enum limit_change change, int64_t most, struct association_type *out);
