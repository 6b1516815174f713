#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "desk/search.h"
#include "store/view.h"
#include "store/view_def.h"

/* Views: lists of tickets with a name. The built-in ones are a table in view.c: a row says which tickets (state, owner, and what
 * store/view.h knows by a word of enum view_of). The others are made by people: filters as a search has them. One function lists, one
 * counts; both show what the caller may see, and nothing else. */

enum {
	MAX_VIEW_COUNT = 1000,
	MAX_VIEWS = 500, /* that people made, of the whole desk */
	MAX_VIEW_NAME_CHARS = 100,
	MAX_VIEW_COLUMNS = 30,
	MAX_VIEW_TEAMS = 20,
	MAX_VIEW_FILTER_BYTES = 8192,
	MAX_SORT_BYTES = 200,
};

struct view_kind;

struct view {
	struct str id;                /* "open", "17" */
	const struct view_kind *kind; /* a row of the built-in ones; NULL: def */
	struct view_def def;
	const int64_t *team_ids; /* who sees it; audience TEAMS */
	size_t team_n;
	bool may_edit;
};

/* Also of one that the caller may not see: ERR_NOT_FOUND. */
enum err desk_view(struct ctx *c, struct str id, struct view *out);
/* Those that the caller has: the built-in ones in their order, then the others by age. */
enum err desk_view_all(struct ctx *c, struct view **out, size_t *n_out);

/* In what order: by a word, or by a property. */
struct view_order {
	enum view_sort sort;
	struct str property; /* null: sort */
	bool is_descending;
};
/* "newest", "oldest", "priority", "created", "createdOldest"; "closed_date" and "-closed_date" by a property. The null string: newest.
 * ERR_BAD_INPUT. */
enum err view_order_read(struct ctx *c, struct str text, struct view_order *out);

/* A page of a view. */
struct view_ask {
	struct view_order order;
	struct view_place after; /* id 0: from the beginning; only where view_is_walked() */
	int64_t offset;
	int64_t limit;
	const int64_t *ids; /* of these only, at most MAX_VIEW_PAGE: which of them belong here? */
	size_t id_n;        /* 0: of all */
	struct filter_group_in filters; /* on top of the view */
};
/* Has it pages behind a place? Lists with filters, or sorted by a property, have them behind a number only, and reach
 * MAX_SEARCH_REACH. */
bool view_is_walked(const struct view *v, const struct view_ask *ask);
enum err desk_view_list(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out);
/* The objects of the rows, in their order, for properties that rows have not. */
enum err desk_view_objects(struct ctx *c, const struct ticket_row *rows, size_t n, struct object **out);
/* The ids of all its tickets, up to most, in their order: for who works through them. limit and offset of ask do not matter. */
enum err desk_view_ids(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t **out, size_t *n_out);
/* How many tickets it has, counted up to most: limit, offset and order of ask do not matter. */
enum err desk_view_count(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t *n_out);

/* Made by people. Members that are null stay as they were. CAN_CUSTOMISE; a private one is changed by who made it, others by everyone
 * who sees them; the built-in ones by nobody. ERR_BAD_INPUT names the field. */
struct view_in {
	struct str name;
	struct str filter_groups; /* JSON */
	struct str sort;
	struct str columns;  /* JSON: names of properties of tickets */
	struct str audience; /* PRIVATE, TEAMS, EVERYONE */
	const int64_t *team_ids; /* NULL: as it was */
	size_t team_n;
};
enum err desk_view_create(struct ctx *c, const struct view_in *in, struct view *out);
enum err desk_view_update(struct ctx *c, struct str id, const struct view_in *in, struct view *out);
enum err desk_view_remove(struct ctx *c, struct str id);
/* Takes the removal back. */
enum err desk_view_restore(struct ctx *c, struct str id, struct view *out);
/* How many tickets filters would leave, before they are a view. */
enum err desk_view_preview(struct ctx *c, struct str filter_groups, int64_t most, int64_t *n_out);
