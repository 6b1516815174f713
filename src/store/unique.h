#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* The values of properties that objects are found by: unique ones, and those that a type is asked by though several objects may have
 * the same. An object that is archived has none. Forms and locks are the desk's. */

struct unique_value {
	int64_t object_type;
	struct str property;
	struct str value; /* in the form in which it is compared */
	int64_t slot;     /* 0: one object's alone; else the object's id */
	int64_t object_id;
};

/* The object that has it, the oldest of several. ERR_NOT_FOUND. */
enum err unique_find(struct ctx *c, int64_t object_type, struct str property, struct str value, int64_t *object_id_out);
/* Does any object have a value of the property? */
enum err unique_has(struct ctx *c, int64_t object_type, struct str property, bool *out);
/* ERR_CONFLICT when another object has it alone. */
enum err unique_put(struct ctx *c, const struct unique_value *value);
/* What an object has of one property; of all; what all objects have of a property. */
enum err unique_remove(struct ctx *c, int64_t object_id, struct str property);
enum err unique_remove_object(struct ctx *c, int64_t object_id);
enum err unique_remove_property(struct ctx *c, int64_t object_type, struct str property);
