#pragma once

#include "desk/object.h"

/* Properties by whose value an object can be named, beside the type's unique_key: those that were defined with hasUniqueValue, and a
 * company's domain, which several companies may have (then the oldest is meant). Values are compared without the case of ASCII
 * letters and without blanks at their ends. An object in the recycle bin leaves its values to others. */

enum {
	MAX_UNIQUE_PROPERTIES = 10, /* of a type */
	MAX_UNIQUE_BYTES = 1000,    /* of a value */
	MAX_UNIQUE_BACKFILL = 200000, /* objects that are looked at when a property comes back as a unique one */
};

struct write;

/* Is it found by its value, and may only one object have it? */
bool unique_is_key(const struct property_def *def);
bool unique_is_alone(const struct property_def *def);

/* In a write, before its row: locks the values that it sets, the unique_key among them, all in one order; then that none of them is
 * another object's. Faults are CONFLICTING_UNIQUE_VALUE, with the id of the other one. */
enum err unique_lock(struct ctx *c, const struct write *w);
enum err unique_check(struct ctx *c, const struct write *w);
/* After it. */
enum err unique_keep(struct ctx *c, const struct write *w);

/* An object that comes out of the recycle bin takes its values again; ERR_BAD_INPUT, with the faults, when they are taken. */
enum err unique_take(struct ctx *c, const struct type_def *t, const struct object *o);
/* The object of that value. ERR_NOT_FOUND. */
enum err unique_object(struct ctx *c, const struct property_def *def, struct str value, int64_t *object_id_out);

/* The objects that have values of a property from the time before it was unique. ERR_CONFLICT when two have the same. */
enum err unique_backfill(struct ctx *c, const struct property *p);
/* The same for what objects of a database of an older program are found by. */
enum err unique_seed(struct ctx *c);
