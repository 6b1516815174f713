#pragma once

#include "desk/share_link.h"

/* Between share_link.c, share_visit.c and share_card.c. */

struct share_kind {
	struct str name;  /* DOCUMENT */
	const char *path; /* of its public pages */
	int library_kind; /* enum library_kind */
};
/* NULL: no such kind. */
const struct share_kind *share_kind_by_name(struct str name);
const struct share_kind *share_kind_of_item(struct str library_kind);
/* The token in a path of a public page: "/d/TOKEN"; null: it is none. */
struct str share_token_in(struct str path);
struct str share_token_hash(struct ctx *c, struct str token);
