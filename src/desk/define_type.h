#pragma once

#include "desk/define.h"

/* The verbs on types of objects that users define. A new type has the properties that every object has, those that it is made with,
 * and links to activities and to the types it is associated with; its objects work at once through everything that takes a type.
 * Reading needs CAN_VIEW, changing CAN_ADMINISTER. Built-in types can be read only.
 *
 * A type goes away in two steps: archived, which its objects refuse as long as there are any outside of the recycle bin; its name
 * stays taken. Then purged, with its properties, pipelines, types of links, and what is in the recycle bin. */

enum {
	MAX_CUSTOM_TYPES = 100, /* archived ones count, as their names do */
	MAX_TYPE_PROPERTIES_IN = 200,
	MAX_TYPE_LINKS_IN = 100,
	MAX_LISTED_PROPERTIES = 20, /* required, searchable, secondary: each */
	MAX_PURGED_WITH_TYPE = 1000, /* objects in the recycle bin; more are waited for */
};

/* What a caller says of a type. Null strings: not said. Lists are separated by blanks. */
struct type_in {
	struct str name;
	struct str label;
	struct str plural_label;
	struct str description;
	struct str label_property;
	struct str secondary_properties;
	struct str required_properties;
	struct str searchable_properties;
	bool clear_description;
	const struct property_in *properties;
	size_t property_n;
	const struct str *linked; /* names of types */
	size_t linked_n;
};

/* A type with all that its answer shows. */
struct type_view {
	struct object_type row;
	struct property *properties;
	size_t property_n;
	struct association_type *links; /* both directions */
	size_t link_n;
};

/* Those of users, archived or not. */
enum err desk_type_list(struct ctx *c, bool is_archived, struct type_view **out, size_t *n_out);
/* By any name that a path may use. ERR_NOT_FOUND. */
enum err desk_type_load(struct ctx *c, struct str name, bool is_archived, struct type_view *out);
/* ERR_BAD_INPUT; ERR_CONFLICT when the name or a label is taken. */
enum err desk_type_create(struct ctx *c, const struct type_in *in, struct type_view *out);
/* Whatever is not part of its name. Objects have another label from their next write on. */
enum err desk_type_update(struct ctx *c, struct str name, const struct type_in *in, struct type_view *out);
/* ERR_BAD_INPUT while there are objects. Archiving twice is no error. */
enum err desk_type_archive(struct ctx *c, struct str name);
enum err desk_type_purge(struct ctx *c, struct str name);

/* Objects of the two types can be linked from now on; link_name null: a_to_b. One of the two is a type of users. The definition that
 * comes back is of the direction from the first to the second. ERR_CONFLICT when they can be linked already. */
enum err desk_type_link(struct ctx *c, struct str name, struct str from, struct str to, struct str link_name,
                        struct association_type *out);
/* By id or name. ERR_BAD_INPUT while objects are linked so, or while other labels stand on it. */
enum err desk_type_unlink(struct ctx *c, struct str name, struct str link);
