#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The flat maps of the props column: {"name":"value",...}, values strings only, as json_object_begin, json_key_str
 * and json_str write them. Read without Jansson, in one pass and without copying where no backslash is, because every
 * row of every list goes through here. Text of another form just ends the walk: what was written by us is right, and
 * what was not must not crash. The null string and {} are empty maps. */

struct arena;

struct props_walk {
	const char *p;
	const char *end;
};

/* Walks all pairs: for (w = props_walk(map); props_next(&w, a, &name, &value);) */
struct props_walk props_walk(struct str map);
bool props_next(struct props_walk *w, struct arena *a, struct str *name_out, struct str *value_out);

/* The value of name; false when there is none. */
bool props_get(struct str map, struct str name, struct arena *a, struct str *out);

/* Is this such a map from end to end? */
bool props_are_valid(struct str map);
