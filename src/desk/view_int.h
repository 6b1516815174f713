#pragma once

#include "desk/view.h"

/* Shared by view.c (which views there are), view_filter.c (those with filters) and view_make.c (how people make them). */

enum view_whose { ANYBODYS, NOBODYS, MINE };

struct view_kind {
	const char *name;
	enum view_of of;
	enum view_state state;
	enum view_whose whose;
};

/* What a built-in view asks the store for. *has_any_out false: the caller has nothing there. */
enum err view_find_of(struct ctx *c, const struct view *v, struct view_find *find, bool *has_any_out);

/* Views with filters, or in the order of a property. */
enum err view_list_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out);
enum err view_ids_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t **out, size_t *n_out);
enum err view_count_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t *n_out);
/* ERR_BAD_INPUT when they are none that a view can have. */
enum err view_check_filters(struct ctx *c, struct str filter_groups);

/* What is known of who asks: his teams. */
struct view_reader {
	struct team_member *teams;
	size_t team_n;
};
enum err view_reader(struct ctx *c, struct view_reader *out);
/* A view that people made, with its teams. */
struct view view_of_def(struct ctx *c, const struct view_def *def, const struct view_team *teams, size_t n);
bool view_is_seen(const struct ctx *c, const struct view_reader *r, const struct view *v);
