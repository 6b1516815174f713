#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Teams, and which users are in them. A user has one primary team at most (the database sees to it) and others beside it. */

struct team {
	int64_t id;
	struct str name;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
extern const struct shape team_shape;

enum err team_insert(struct ctx *c, struct team *t);
enum err team_update(struct ctx *c, struct team *t);
/* ERR_NOT_FOUND also for an archived one. */
enum err team_load(struct ctx *c, int64_t id, struct team *out);
/* By id. */
enum err team_list(struct ctx *c, struct team **out, size_t *n_out);

struct team_member {
	int64_t user_id;
	int64_t team_id;
	bool is_primary;
	struct str team_name;
};

/* Of users with ids from first to last, by user, the primary team first. */
enum err team_member_list(struct ctx *c, int64_t first_user_id, int64_t last_user_id, struct team_member **out,
                          size_t *n_out);
/* Of one team, by user. */
enum err team_member_list_of_team(struct ctx *c, int64_t team_id, struct team_member **out, size_t *n_out);
/* Adds it, or makes it primary or not. ERR_CONFLICT when the user has another primary team. */
enum err team_member_put(struct ctx *c, const struct team_member *m);
enum err team_member_remove(struct ctx *c, int64_t user_id, int64_t team_id);
enum err team_member_remove_user(struct ctx *c, int64_t user_id);
enum err team_member_remove_team(struct ctx *c, int64_t team_id);
