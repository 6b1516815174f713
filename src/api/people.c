/* Users as the settings of the desk know them: with seat and rights, also those who are gone; one's own profile; whom pipelines are for. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/user_json.h"
#include "base/arena.h"
#include "desk/access.h"
#include "desk/people.h"
#include "desk/pipeline_access.h"
#include "desk/profile.h"
#include "desk/team.h"
#include "desk/user.h"

enum { DEFAULT_PEOPLE = 100, MAX_PEOPLE_OUT = 1000 };

static const struct str seat_names[] = {
	[SEAT_SERVICE] = STR("SERVICE"),
	[SEAT_SALES] = STR("SALES"),
	[SEAT_CORE] = STR("CORE"),
	[SEAT_VIEW_ONLY] = STR("VIEW_ONLY"),
};
enum { SEATS = sizeof(seat_names) / sizeof(seat_names[0]) };

static const struct str reach_names[REACH_N] = {
	[REACH_ALL] = STR("EVERYTHING"),
	[REACH_TEAM] = STR("TEAM"),
	[REACH_OWN] = STR("OWNED"),
	[REACH_NONE] = STR("NONE"),
	[REACH_TEAM_AND_NOBODYS] = STR("TEAM_AND_UNASSIGNED"),
	[REACH_OWN_AND_NOBODYS] = STR("OWNED_AND_UNASSIGNED"),
};

static struct str name_of(const struct str *names, size_t n, int64_t value)
{
	return value >= 0 && (size_t)value < n ? names[value] : names[0];
}

static struct str state_of(const struct user *u)
{
	return !u->is_active ? STR("deactivated") : u->password_hash.n == 0 ? STR("invited") : STR("active");
}

static void write_person(struct json *j, const struct user *u, const struct team_member *teams, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "id", u->id);
	json_add_string(j, "email", u->email);
	json_add_string(j, "firstName", u->first_name);
	json_add_string(j, "lastName", u->last_name);
	json_add_string(j, "state", state_of(u));
	json_add_string(j, "role", role_name(u->role));
	json_add_string(j, "seat", name_of(seat_names, SEATS, u->seat));
	json_add_string(j, "ticketView", name_of(reach_names, REACH_N, u->ticket_view));
	json_add_string(j, "ticketEdit", name_of(reach_names, REACH_N, u->ticket_edit));
	json_add_string(j, "ticketDelete", name_of(reach_names, REACH_N, u->ticket_delete));
	json_add_string(j, "ticketCommunicate", name_of(reach_names, REACH_N, u->ticket_communicate));
	json_add_bool(j, "publishesArticles", u->publishes_articles);
	json_user_teams(j, u->id, teams, n);
	json_object_end(j);
}

enum err api_people_list(struct ctx *c, const struct req *q, struct res *r)
{
	return res_users(c, q, r, &(struct user_list){desk_people_list, write_person, DEFAULT_PEOPLE, MAX_PEOPLE_OUT});
}

/* NULL when it is not named. */
static enum err read_name(struct ctx *c, const char *field, struct str value, const struct str *names, size_t n, const int64_t **out)
{
	*out = NULL;
	if (str_is_null(value))
		return OK;
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], value)) {
			int64_t *found = NEW(c->a, int64_t);
			*found = (int64_t)i;
			*out = found;
			return OK;
		}
	return fail_field(c, str_c(field), STR("INVALID_OPTION"), "%s is not one of these.", field);
}

/* super_admin is no permission set. */
static enum err read_role(struct ctx *c, struct str role, struct user_change *out)
{
	static const bool yes = true, no = false;
	const struct permission_set *sets;
	size_t n = desk_permission_sets(&sets);
	if (str_is_null(role))
		return OK;
	if (str_eq(role, role_name(ROLE_SUPER_ADMIN))) {
		out->super_admin = &yes;
		return OK;
	}
	out->super_admin = &no;
	for (size_t i = 0; i < n; i++)
		if (str_eq(role_name(sets[i].role), role)) {
			int64_t *found = NEW(c->a, int64_t);
			*found = sets[i].role;
			out->role = found;
			return OK;
		}
	return fail_field(c, STR("role"), STR("INVALID_OPTION"), "There is no role of this name.");
}

static enum err read_change(struct ctx *c, const struct req *q, struct user_change *out)
{
	const struct person_body *in = IN(q, struct person_body);
	*out = (struct user_change){
		.first_name = in->first_name,
		.last_name = in->last_name,
		.publishes_articles = json_is_boolean(json_object_get(q->json, "publishesArticles")) ? &in->publishes_articles : NULL,
		.primary_team_id = json_object_get(q->json, "primaryTeamId") != NULL ? &in->primary_team_id : NULL,
	};
	TRY(read_role(c, in->role, out));
	TRY(read_name(c, "seat", in->seat, seat_names, SEATS, &out->seat));
	TRY(read_name(c, "ticketView", in->ticket_view, reach_names, REACH_N, &out->ticket_view));
	TRY(read_name(c, "ticketEdit", in->ticket_edit, reach_names, REACH_N, &out->ticket_edit));
	TRY(read_name(c, "ticketDelete", in->ticket_delete, reach_names, REACH_N, &out->ticket_delete));
	TRY(read_name(c, "ticketCommunicate", in->ticket_communicate, reach_names, REACH_N, &out->ticket_communicate));
	return req_ids(c, q, "secondaryTeamIds", MAX_TEAMS, &out->other_team_ids, &out->other_team_n);
}

enum err api_people_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct user_change change;
	struct user u;
	int64_t id;
	TRY(req_id(c, q, "userId", &id));
	TRY(read_change(c, q, &change));
	TRY(desk_user_update(c, id, &change, &u));
	return res_user(c, r, &u, write_person);
}

/* One's own ------------------------------------------------------------------------------------------------------------- */

enum err api_profile_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct profile_body *in = IN(q, struct profile_body);
	TRY(desk_profile_update(c, in->first_name, in->last_name));
	return res_nothing(r);
}

enum err api_profile_password(struct ctx *c, const struct req *q, struct res *r)
{
	const struct password_body *in = IN(q, struct password_body);
	TRY(desk_password_change(c, in->current_password, in->password));
	return res_nothing(r);
}

/* Pipelines -------------------------------------------------------------------------------------------------------------- */

static void write_ids(struct json *j, const char *name, const struct pipeline_access *rows, size_t n, bool are_teams)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		if ((rows[i].team_id != 0) == are_teams)
			json_id(j, are_teams ? rows[i].team_id : rows[i].user_id);
	json_array_end(j);
}

static enum err give_access(struct ctx *c, struct res *r, struct str pipeline_id)
{
	struct pipeline_access *rows;
	size_t n;
	TRY(desk_pipeline_access(c, pipeline_id, &rows, &n));
	json_object_begin(&r->j);
	json_add_string(&r->j, "pipelineId", pipeline_id);
	write_ids(&r->j, "userIds", rows, n, false);
	write_ids(&r->j, "teamIds", rows, n, true);
	json_object_end(&r->j);
	return OK;
}

enum err api_pipeline_access_read(struct ctx *c, const struct req *q, struct res *r)
{
	return give_access(c, r, req_param(q, "pipelineId"));
}

enum err api_pipeline_access_set(struct ctx *c, const struct req *q, struct res *r)
{
	const int64_t *users, *teams;
	size_t user_n, team_n, n = 0;
	TRY(req_ids(c, q, "userIds", MAX_PIPELINE_PEOPLE, &users, &user_n));
	TRY(req_ids(c, q, "teamIds", MAX_PIPELINE_PEOPLE, &teams, &team_n));
	struct pipeline_access *rows = NEW_ARRAY(c->a, user_n + team_n, struct pipeline_access);
	for (size_t i = 0; i < user_n; i++)
		rows[n++].user_id = users[i];
	for (size_t i = 0; i < team_n; i++)
		rows[n++].team_id = teams[i];
	TRY(desk_pipeline_access_set(c, req_param(q, "pipelineId"), rows, n));
	return give_access(c, r, req_param(q, "pipelineId"));
}
