#pragma once

#include "base/ctx.h"

/* What users like: rows by user and name; the value is JSON. What names there are is desk/preference.h's matter. */

struct preference {
	int64_t user_id;
	struct str name;
	struct str value; /* JSON */
	int64_t updated_at;
};

/* All that a user has set, by name. */
enum err preference_list(struct ctx *c, int64_t user_id, struct preference **out, size_t *n_out);
/* The null string when he has not. */
enum err preference_load(struct ctx *c, int64_t user_id, struct str name, struct str *out);
enum err preference_put(struct ctx *c, int64_t user_id, struct str name, struct str value);
enum err preference_remove(struct ctx *c, int64_t user_id, struct str name);
