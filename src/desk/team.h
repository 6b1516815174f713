#pragma once

#include "base/ctx.h"
#include "store/team.h"

/* Teams of users. A user has one primary team at most, and others beside it. */

enum {
	MAX_TEAMS = 300,
	MAX_TEAM_NAME_BYTES = 200,
	MAX_OTHER_TEAMS = 18, /* of one user, beside the primary one */
};

/* What is to change; NULL members stay as they are. */
struct team_in {
	struct str name;              /* null: stays */
	const int64_t *user_ids;      /* all whose primary team it is to be */
	size_t user_n;
	const int64_t *other_ids;     /* all who are to be in it beside */
	size_t other_n;
};
/* ERR_BAD_INPUT names the field: no name, a user who is not there, or whose primary team is another one; ERR_CONFLICT: the name is
 * taken. */
enum err desk_team_create(struct ctx *c, const struct team_in *in, struct team *out);
enum err desk_team_update(struct ctx *c, int64_t id, const struct team_in *in, struct team *out);
/* Its members stay users. */
enum err desk_team_remove(struct ctx *c, int64_t id);
enum err desk_team_load(struct ctx *c, int64_t id, struct team *out);
/* By id, and the members of all. */
enum err desk_team_list(struct ctx *c, struct team **out, size_t *n_out, struct team_member **members_out,
                        size_t *member_n_out);
/* Of one team. */
enum err desk_team_members(struct ctx *c, int64_t id, struct team_member **out, size_t *n_out);
/* The teams of users with ids from first to last, by user, the primary one first. */
enum err desk_teams_of_users(struct ctx *c, int64_t first_user_id, int64_t last_user_id, struct team_member **out,
                             size_t *n_out);
