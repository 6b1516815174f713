#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Views that people made. There are few: they are read all at once. */

struct view_def {
	int64_t id;
	struct str name;
	struct str filter_groups; /* JSON, as a search has them */
	struct str sort;
	struct str columns;  /* JSON: names of properties */
	struct str audience; /* PRIVATE, TEAMS, EVERYONE */
	int64_t user_id;     /* who made it */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

struct view_team {
	int64_t view_id;
	int64_t team_id;
};

enum err view_def_insert(struct ctx *c, struct view_def *v);
enum err view_def_update(struct ctx *c, struct view_def *v);
/* ERR_NOT_FOUND. Archived ones are found. */
enum err view_def_load(struct ctx *c, int64_t id, struct view_def *out);
/* Not those archived. By id. */
enum err view_def_list(struct ctx *c, struct view_def **out, size_t *n_out);
/* Of all views, by view. */
enum err view_team_list(struct ctx *c, struct view_team **out, size_t *n_out);
enum err view_team_list_of(struct ctx *c, int64_t view_id, struct view_team **out, size_t *n_out);
/* They become exactly these. */
enum err view_team_set(struct ctx *c, int64_t view_id, const int64_t *team_ids, size_t n);
