#pragma once

#include "base/ctx.h"
#include "store/schema.h"

/* The verbs on definitions of properties and their groups. Reading needs CAN_VIEW, changing CAN_ADMINISTER. Built-in properties can
 * be given another label, description, group, order and other options, but cannot go away nor change their type. A property that is
 * archived keeps its values, and has them again when one of its name is made anew. */

enum { MAX_PROPERTY_NAME_BYTES = 100, MAX_LABEL_BYTES = 300, MAX_OPTIONS = 1000, MAX_CUSTOM_PROPERTIES = 1000 };

/* What a caller says of a property. Null strings: not said. */
struct property_in {
	struct str name;
	struct str label;
	struct str description;
	struct str type;
	struct str field_type;
	struct str group_name;
	struct str options; /* JSON: a list of {label, value, …} */
	const int64_t *display_order;
	const bool *is_hidden;
	const bool *is_form_field;
	bool is_unique;
	bool is_calculated;
};

enum err desk_property_list(struct ctx *c, int64_t object_type, bool is_archived, struct property **out, size_t *n_out);
/* ERR_NOT_FOUND "Property x does not exist", also when it is archived and was not asked for so, or the other way round. */
enum err desk_property_load(struct ctx *c, int64_t object_type, struct str name, bool is_archived,
                            struct property *out);
/* ERR_BAD_INPUT; ERR_CONFLICT when there is one of that name. */
enum err desk_property_create(struct ctx *c, int64_t object_type, const struct property_in *in, struct property *out);
enum err desk_property_update(struct ctx *c, int64_t object_type, struct str name, const struct property_in *in,
                              struct property *out);
/* ERR_NOT_FOUND; ERR_BAD_INPUT for a built-in one. Archiving twice is no error. */
enum err desk_property_archive(struct ctx *c, int64_t object_type, struct str name);

enum err desk_group_list(struct ctx *c, int64_t object_type, struct property_group **out, size_t *n_out);
enum err desk_group_load(struct ctx *c, int64_t object_type, struct str name, struct property_group *out);
/* label may be null in an update; display_order NULL: as it was. */
enum err desk_group_create(struct ctx *c, int64_t object_type, struct str name, struct str label,
                           const int64_t *display_order, struct property_group *out);
enum err desk_group_update(struct ctx *c, int64_t object_type, struct str name, struct str label,
                           const int64_t *display_order, struct property_group *out);
/* ERR_BAD_INPUT while properties are in it. */
enum err desk_group_archive(struct ctx *c, int64_t object_type, struct str name);

/* Are its options those of the desk itself, because rules or other rows stand behind them? */
bool define_options_are_fixed(const struct property *p);

/* A name of ours on the wire: [a-z][a-z0-9_]*, not longer than MAX_PROPERTY_NAME_BYTES. */
enum err define_check_name(struct ctx *c, struct str name);
