/* Owners: what pickers of people are filled from. */

#include "api/call.h"
#include "api/handlers.h"
#include "desk/people.h"
#include "desk/team.h"

enum { MAX_OWNERS = 500 };

static void write_teams(struct json *j, const struct owner *o, const struct team_member *teams, size_t n)
{
	json_key(j, "teams");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		if (teams[i].user_id != o->user_id)
			continue;
		json_object_begin(j);
		json_add_id(j, "id", teams[i].team_id);
		json_add_string(j, "name", teams[i].team_name);
		json_add_bool(j, "primary", teams[i].is_primary);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_owner(struct json *j, const struct owner *o, const struct team_member *teams, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "id", o->id);
	json_add_string(j, "email", o->email);
	json_add_string(j, "type", STR("PERSON"));
	json_add_string(j, "firstName", o->first_name);
	json_add_string(j, "lastName", o->last_name);
	json_key(j, "userId");
	if (o->archived_at > 0)
		json_nil(j);
	else
		json_int(j, o->user_id);
	json_add_int(j, "userIdIncludingInactive", o->user_id);
	json_add_time(j, "createdAt", o->created_at);
	json_add_time(j, "updatedAt", o->updated_at);
	json_add_bool(j, "archived", o->archived_at > 0);
	write_teams(j, o, teams, n);
	json_object_end(j);
}

/* In one query: those of the users between the lowest and the highest id of the page. */
static enum err teams_of(struct ctx *c, const struct owner *owners, size_t n, struct team_member **out, size_t *n_out)
{
	int64_t first = INT64_MAX, last = 0;
	for (size_t i = 0; i < n; i++) {
		first = owners[i].user_id < first ? owners[i].user_id : first;
		last = owners[i].user_id > last ? owners[i].user_id : last;
	}
	return desk_teams_of_users(c, first, last, out, n_out);
}

enum err api_owners_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct owner *owners;
	struct team_member *teams;
	size_t n, team_n;
	int64_t limit, after;
	bool is_archived;
	TRY(req_int(c, q, "limit", 100, 1, MAX_OWNERS, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_owner_list(c, str_lower(c->a, req_query(c, q, "email")), is_archived, after, limit + 1, &owners, &n));
	bool has_more = n > (size_t)limit;
	TRY(teams_of(c, owners, n, &teams, &team_n));
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_owner(&r->j, &owners[i], teams, team_n);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)owners[n - 2].id) : STR_NULL);
	return OK;
}

enum err api_owners_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct owner o;
	struct team_member *teams;
	size_t n;
	int64_t id;
	TRY(req_id(c, q, "ownerId", &id));
	TRY(desk_owner_load(c, id, str_eq_nocase(req_query(c, q, "idProperty"), STR("userId")), &o));
	TRY(teams_of(c, &o, 1, &teams, &n));
	write_owner(&r->j, &o, teams, n);
	return OK;
}
