#include "desk/team.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/people_int.h"

static enum err check_name(struct ctx *c, const struct team *t)
{
	struct team *others;
	size_t n;
	if (t->name.n == 0 || t->name.n > MAX_TEAM_NAME_BYTES || !utf8_is_valid(t->name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A team has a name of at most %d bytes.",
		                  MAX_TEAM_NAME_BYTES);
	TRY(team_list(c, &others, &n));
	for (size_t i = 0; i < n; i++)
		if (others[i].id != t->id && str_eq_nocase(others[i].name, t->name))
			return fail(c, ERR_CONFLICT, "A team named \"" STR_FMT "\" already exists.", STR_ARG(t->name));
	if (t->id == 0 && n >= MAX_TEAMS)
		return fail(c, ERR_CONFLICT, "A desk has at most %d teams.", MAX_TEAMS);
	return OK;
}

static bool is_among(int64_t id, const int64_t *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* May this user join? He has to be there, and to have room. */
static enum err check_member(struct ctx *c, const struct team *t, int64_t user_id, bool is_primary)
{
	const char *field = is_primary ? "userIds" : "secondaryUserIds";
	struct team_member *teams;
	struct user u;
	size_t n, others = 0;
	enum err e = user_load(c, user_id, &u);
	if (e == ERR_NOT_FOUND || (e == OK && !u.is_active)) {
		fail_clear(c);
		return fail_field(c, str_c(field), STR("INVALID_USER_ID"), "There is no user with the id %lld.",
		                  (long long)user_id);
	}
	TRY(e);
	TRY(team_member_list(c, user_id, user_id, &teams, &n));
	for (size_t i = 0; i < n; i++) {
		if (teams[i].team_id == t->id)
			continue;
		others += !teams[i].is_primary;
		if (is_primary && teams[i].is_primary)
			return fail_field(c, str_c(field), STR("INVALID_USER_ID"),
			                  "The primary team of the user %lld is \"" STR_FMT "\".", (long long)user_id,
			                  STR_ARG(teams[i].team_name));
	}
	if (!is_primary && others >= MAX_OTHER_TEAMS)
		return fail_field(c, str_c(field), STR("INVALID_USER_ID"), "The user %lld is in %d teams already.",
		                  (long long)user_id, MAX_OTHER_TEAMS);
	return OK;
}

/* Makes those of one kind exactly these. */
static enum err set_members(struct ctx *c, const struct team *t, const int64_t *ids, size_t n, bool is_primary)
{
	struct team_member *now;
	size_t now_n;
	if (ids == NULL)
		return OK;
	TRY(team_member_list_of_team(c, t->id, &now, &now_n));
	for (size_t i = 0; i < now_n; i++)
		if (now[i].is_primary == is_primary && !is_among(now[i].user_id, ids, n))
			TRY(team_member_remove(c, now[i].user_id, t->id));
	for (size_t i = 0; i < n; i++) {
		TRY(check_member(c, t, ids[i], is_primary));
		TRY(team_member_put(c, &(struct team_member){ids[i], t->id, is_primary, STR_NULL}));
	}
	return OK;
}

static enum err take(struct ctx *c, const struct team_in *in, struct team *t)
{
	for (size_t i = 0; i < in->other_n; i++)
		if (is_among(in->other_ids[i], in->user_ids, in->user_n))
			return fail_field(c, STR("secondaryUserIds"), STR("INVALID_USER_ID"),
			                  "The user %lld is named twice.", (long long)in->other_ids[i]);
	TRY(set_members(c, t, in->other_ids, in->other_n, false));
	TRY(set_members(c, t, in->user_ids, in->user_n, true));
	return bus_emit(c, EV_TEAM_CHANGED, &(struct event_about){.about_id = t->id});
}

enum err desk_team_create(struct ctx *c, const struct team_in *in, struct team *out)
{
	struct team t = {.name = str_trim(in->name)};
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(check_name(c, &t));
	TRY(team_insert(c, &t));
	TRY(take(c, in, &t));
	*out = t;
	return OK;
}

enum err desk_team_update(struct ctx *c, int64_t id, const struct team_in *in, struct team *out)
{
	struct team t;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(team_load(c, id, &t));
	if (!str_is_null(in->name))
		t.name = str_trim(in->name);
	TRY(check_name(c, &t));
	TRY(team_update(c, &t));
	TRY(take(c, in, &t));
	*out = t;
	return OK;
}

enum err desk_team_remove(struct ctx *c, int64_t id)
{
	struct team t;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(team_load(c, id, &t));
	t.archived_at = c->now;
	TRY(team_update(c, &t));
	TRY(team_member_remove_team(c, id));
	return bus_emit(c, EV_TEAM_CHANGED, &(struct event_about){.about_id = id});
}

enum err desk_team_load(struct ctx *c, int64_t id, struct team *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return team_load(c, id, out);
}

enum err desk_team_list(struct ctx *c, struct team **out, size_t *n_out, struct team_member **members_out,
                        size_t *member_n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(team_list(c, out, n_out));
	return team_member_list(c, 0, INT64_MAX, members_out, member_n_out);
}

enum err desk_team_members(struct ctx *c, int64_t id, struct team_member **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return team_member_list_of_team(c, id, out, n_out);
}

enum err desk_teams_of_users(struct ctx *c, int64_t first_user_id, int64_t last_user_id, struct team_member **out,
                             size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return team_member_list(c, first_user_id, last_user_id, out, n_out);
}
