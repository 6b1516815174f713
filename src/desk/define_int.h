#pragma once

#include "desk/define.h"

/* Between the files define*.c. Whoever calls the parts of a change has the definitions' lock, and announces it at its end. */

/* Checks the options that a caller gives for the property and puts them into the form they are kept in. given null: none. */
enum err define_options(struct ctx *c, const struct property *p, struct str given, struct str *out);

enum err define_check_text(struct ctx *c, struct str field, struct str value, size_t min, size_t max);
/* Makes a property of a caller; its group has to be there. */
enum err define_property(struct ctx *c, int64_t object_type, const struct property_in *in, struct property *out);

/* The type that goes by this name, ERR_NOT_FOUND. */
enum err define_find_type(struct ctx *c, struct str name, bool is_archived, struct object_type *out);
/* Lets objects of the two types be linked; name null: a_to_b. */
enum err define_link(struct ctx *c, const struct object_type *from, const struct object_type *to, struct str name,
                     struct association_type *out);
