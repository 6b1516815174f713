/* Teams: the wire only reads them (/settings/v3/users/teams); the desk's own routes also make and change them, and answer alike. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/team.h"
#include "desk/user.h"

static void write_members(struct json *j, const char *name, const struct team *t, bool is_primary,
                          const struct team_member *members, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		if (members[i].team_id == t->id && members[i].is_primary == is_primary)
			json_id(j, members[i].user_id);
	json_array_end(j);
}

static void write_team(struct json *j, const struct team *t, const struct team_member *members, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "id", t->id);
	json_add_string(j, "name", t->name);
	write_members(j, "userIds", t, true, members, n);
	write_members(j, "secondaryUserIds", t, false, members, n);
	json_object_end(j);
}

static enum err give(struct ctx *c, struct res *r, const struct team *t)
{
	struct team_member *members;
	size_t n;
	TRY(desk_team_members(c, t->id, &members, &n));
	write_team(&r->j, t, members, n);
	return OK;
}

static enum err read_team(struct ctx *c, const struct req *q, struct team_in *out)
{
	*out = (struct team_in){.name = IN(q, struct team_body)->name};
	TRY(req_ids(c, q, "userIds", MAX_USERS, &out->user_ids, &out->user_n));
	return req_ids(c, q, "secondaryUserIds", MAX_USERS, &out->other_ids, &out->other_n);
}

enum err api_teams_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct team *teams;
	struct team_member *members;
	size_t n, member_n;
	(void)q;
	TRY(desk_team_list(c, &teams, &n, &members, &member_n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_team(&r->j, &teams[i], members, member_n);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_teams_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct team t;
	int64_t id;
	TRY(req_id(c, q, "teamId", &id));
	TRY(desk_team_load(c, id, &t));
	return give(c, r, &t);
}

enum err api_teams_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct team_in in;
	struct team t;
	TRY(read_team(c, q, &in));
	TRY(desk_team_create(c, &in, &t));
	return give(c, r, &t);
}

enum err api_teams_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct team_in in;
	struct team t;
	int64_t id;
	TRY(req_id(c, q, "teamId", &id));
	TRY(read_team(c, q, &in));
	TRY(desk_team_update(c, id, &in, &t));
	return give(c, r, &t);
}

enum err api_teams_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "teamId", &id));
	TRY(desk_team_remove(c, id));
	return res_nothing(r);
}
