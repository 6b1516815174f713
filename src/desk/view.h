#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/view.h"

/* Views: lists of tickets with a name. The built-in ones are a table in view.c: a row says which tickets (state, owner, and what
 * store/view.h knows by a word of enum view_of). One function lists, one counts; both show what the caller may see, and nothing else. */

enum { MAX_VIEW_COUNT = 1000 };

struct view_kind;

struct view {
	struct str id;                /* "open" */
	const struct view_kind *kind; /* a row of the built-in ones */
};

/* ERR_NOT_FOUND. */
enum err desk_view(struct ctx *c, struct str id, struct view *out);
/* Those that the caller has, in their order. */
enum err desk_view_all(struct ctx *c, struct view **out, size_t *n_out);

/* A page of a view. */
struct view_ask {
	enum view_sort sort;
	struct view_place after; /* id 0: from the beginning */
	int64_t offset;
	int64_t limit;
	const int64_t *ids; /* of these only, at most MAX_VIEW_PAGE: which of them belong here? */
	size_t id_n;        /* 0: of all */
};
enum err desk_view_list(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out);
/* How many tickets it has, counted up to most. */
enum err desk_view_count(struct ctx *c, const struct view *v, int64_t most, int64_t *n_out);

/* "newest", "oldest", "priority", "created", "createdOldest". */
struct str view_sort_name(enum view_sort sort);
/* The null string is the first one. ERR_BAD_INPUT. */
enum err view_sort_by_name(struct ctx *c, struct str name, enum view_sort *out);
