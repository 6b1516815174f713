#include "api/user_json.h"

#include "api/call.h"
#include "desk/team.h"
#include "desk/user.h"

void json_user_teams(struct json *j, int64_t user_id, const struct team_member *teams, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (teams[i].user_id == user_id && teams[i].is_primary)
			json_add_id(j, "primaryTeamId", teams[i].team_id);
	json_key(j, "secondaryTeamIds");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		if (teams[i].user_id == user_id && !teams[i].is_primary)
			json_id(j, teams[i].team_id);
	json_array_end(j);
}

enum err res_user(struct ctx *c, struct res *r, const struct user *u, user_write_fn *write)
{
	struct team_member *teams;
	size_t n;
	TRY(desk_teams_of_users(c, u->id, u->id, &teams, &n));
	write(&r->j, u, teams, n);
	return OK;
}

enum err res_users(struct ctx *c, const struct req *q, struct res *r, const struct user_list *list)
{
	struct user *users;
	struct team_member *teams = NULL;
	int64_t limit, after;
	size_t n, team_n = 0;
	TRY(req_int(c, q, "limit", list->default_limit, 1, list->max_limit, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(list->load(c, after, limit + 1, &users, &n));
	bool has_more = n > (size_t)limit;
	n -= has_more;
	if (n > 0)
		TRY(desk_teams_of_users(c, users[0].id, users[n - 1].id, &teams, &team_n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		list->write(&r->j, &users[i], teams, team_n);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)users[n - 1].id) : STR_NULL);
	return OK;
}
