#pragma once

#include "base/ctx.h"

/* The texts of snippets and templates, under the ids of their items. */

struct library_text {
	int64_t id;
	struct str subject; /* of templates */
	struct str html;    /* cleaned, with its tokens as they were written */
	struct str plain;   /* the same to read */
};

/* Makes it, or puts it in the place of the one that was there. */
enum err library_text_put(struct ctx *c, const struct library_text *t);
enum err library_text_load(struct ctx *c, int64_t id, struct library_text *out);
/* Of these items, by id; the HTML is left out. */
enum err library_text_list(struct ctx *c, const int64_t *ids, size_t n, struct library_text **out, size_t *n_out);
