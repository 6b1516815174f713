#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* Which properties of tickets the form has that people create them with, in order, and which of them they have to fill in. One form
 * for the whole desk; who never changed it has the usual one: name, pipeline and status, which are always there and required. Reading
 * needs CAN_VIEW, changing CAN_ADMINISTER. The form asks people; other programs create tickets without what it requires. */

enum { MAX_FORM_FIELDS = 100 };

struct form_field {
	struct str name;
	bool is_required;
	bool is_fixed; /* always there and required; out only */
};

struct form {
	struct form_field *fields;
	size_t n;
	bool may_edit; /* who asks may change it */
};

/* Properties that are gone since are left out. */
enum err desk_create_form(struct ctx *c, struct form *out);
/* ERR_BAD_INPUT names the property that tickets do not have, that nobody may write, that is there twice, or that is missing. */
enum err desk_create_form_set(struct ctx *c, const struct form_field *fields, size_t n, struct form *out);
