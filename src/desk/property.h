#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/object.h"

/* Values of properties: on the wire and in history they are strings, whatever their type. */

enum { MAX_PROPERTY_CHARS = 65536, MAX_PROPERTY_BYTES = 4 * MAX_PROPERTY_CHARS };

struct prop {
	struct str name;
	struct str value; /* empty clears */
};

/* Checks value against the definition and gives it the form it is kept in: datetimes as ISO 8601, booleans as true and false,
 * email addresses in lower case. Faults are recorded in c->why (PROPERTY_DOESNT_EXIST, INVALID_OPTION, INVALID_EMAIL,
 * INVALID_LONG, INVALID_DATE, INVALID_BOOLEAN, INVALID_LENGTH), so that all of a request are reported at once. */
enum err property_check(struct ctx *c, const struct property_def *def, struct str value, struct str *out);
/* What a value of checkboxes means that begins with a semicolon: what the object has, and these. Other values are what they are. */
struct str property_appended(struct ctx *c, const struct property_def *def, struct str is, struct str value);
/* Records that the type has no property of this name. */
enum err property_unknown(struct ctx *c, struct str name);
/* Records that the property is not for callers to set. */
enum err property_read_only(struct ctx *c, const struct property_def *def);

/* The value of a property of an object; the null string when it is not set. */
struct str property_value(struct ctx *c, const struct object *o, const struct property_def *def);
/* Puts a checked value where the definition says; false when it belongs into props. */
bool property_set_column(struct object *o, const struct property_def *def, struct str value);
