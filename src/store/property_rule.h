#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Where a property has one of these values, other properties of the object are shown, and some of them needed. */
struct property_rule {
	int64_t id;
	int64_t object_type;
	struct str property;
	struct str option_values; /* JSON: a list of texts */
	struct str shows;         /* names, separated by blanks; those that are needed too */
	struct str demands;       /* names, separated by blanks */
	int64_t created_at;
	int64_t updated_at;
};

/* Of all types, by type and id. */
enum err property_rule_list(struct ctx *c, struct property_rule **out, size_t *n_out);
/* ERR_NOT_FOUND. */
enum err property_rule_load(struct ctx *c, int64_t object_type, int64_t id, struct property_rule *out);
enum err property_rule_insert(struct ctx *c, struct property_rule *rule);
enum err property_rule_update(struct ctx *c, struct property_rule *rule);
enum err property_rule_remove(struct ctx *c, int64_t id);
