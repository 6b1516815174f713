#pragma once

#include "base/ctx.h"
#include "store/schema.h"

/* The types of links that users make: between objects of their own types, and labels. One is two rows of association_type, one per
 * direction, or one where both directions have the same id (objects of one type, without an inverse label). */

/* An id that no type of links has had yet, and the next one is free too. For who holds the lock of the definitions. */
enum err association_type_next_id(struct ctx *c, int64_t *out);
/* What can be changed: label, name, and how many objects may be linked. */
enum err association_label_save(struct ctx *c, const struct association_type *t);
/* In a write that links by it: until it ends the type stays. ERR_NOT_FOUND. */
enum err association_label_hold(struct ctx *c, int64_t type_id);
/* For who removes it: waits for those who link by it, and nobody does any more until the transaction ends. ERR_NOT_FOUND. */
enum err association_label_lock(struct ctx *c, int64_t type_id);
/* Removes it, and the links by it. */
enum err association_label_remove(struct ctx *c, int64_t type_id);
