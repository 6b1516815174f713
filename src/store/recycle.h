#pragma once

#include <stddef.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Tickets in the recycle bin that can still be restored, what was thrown away last first. */
struct recycle_row {
	int64_t id;
	struct str subject;
	struct str contact_name;
	struct str contact_email;
	int64_t archived_at;
	int64_t owner_id; /* 0: nobody */
};
extern const struct shape recycle_row_shape;

struct ticket_access;

struct recycle_find {
	int64_t since;     /* thrown away after */
	struct str like;   /* a pattern in lower case for subject, name and address, with ! as escape; null: all */
	int64_t ticket_id; /* or this one; 0: none */
	int64_t before_at, before_id;
	int64_t limit;
	const struct ticket_access *access; /* of these tickets only (store/access.h); NULL: of all */
};
/* Not those that were merged into another one. */
enum err recycle_list(struct ctx *c, const struct recycle_find *find, struct recycle_row **out, size_t *n_out);
