#pragma once

#include "desk/object.h"

/* The recycle bin: an archived object can come back for RESTORE_DAYS, with its links and, a ticket, its threads. After that the
 * hourly sweep removes it for good, with all that hangs on it. */

enum {
	RESTORE_DAYS = 90,
	PURGE_AT_ONCE = 20,           /* objects in one transaction, so that others get their turn */
	PURGE_TICKETS_AT_ONCE = 200,  /* that a contact is taken off */
};

/* ERR_NOT_FOUND when it is not there or was archived longer ago; ERR_CONFLICT or ERR_BAD_INPUT, with the id of the other one, when a
 * unique value of its is taken meanwhile; ERR_BAD_INPUT when it was merged into another one, or its type is archived. What is not
 * archived is given back as it is. Needs CAN_DELETE. A stage that is gone is replaced by the first one of the pipeline, or of the
 * type's default pipeline. */
enum err desk_object_restore(struct ctx *c, const struct type_def *t, int64_t id, struct object *out);

/* In transactions of its own: removes what is archived longer than RESTORE_DAYS. As the system. */
enum err desk_purge(struct ctx *c);
/* In one transaction: what is archived of a type, at most limit objects. more_out: there are more. */
enum err desk_purge_type(struct ctx *c, int64_t object_type, size_t limit, bool *more_out);
