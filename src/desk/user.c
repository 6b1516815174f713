#include "desk/user.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/people_int.h"
#include "desk/team.h"
#include "store/grant.h"
#include "store/invitation.h"
#include "store/setting.h"
#include "text/json.h"

enum { MAX_RIGHTS_BYTES = 1024 };

static const struct permission_set permission_sets[] = {
	{ROLE_AGENT, STR("Agent")},
	{ROLE_VIEWER, STR("View only")},
	{ROLE_ADMIN, STR("Admin")},
};

size_t desk_permission_sets(const struct permission_set **out)
{
	*out = permission_sets;
	return sizeof(permission_sets) / sizeof(permission_sets[0]);
}

enum seat desk_seat_of_role(int64_t role)
{
	return role == ROLE_VIEWER ? SEAT_CORE : SEAT_SERVICE;
}

enum err people_lock(struct ctx *c)
{
	return setting_lock(c, STR("people"));
}

/* The wire sees who was deactivated as nobody. */
static enum err only_active(struct ctx *c, enum err e, const struct user *u)
{
	TRY(e);
	return u->is_active ? OK : fail(c, ERR_NOT_FOUND, "resource not found");
}

enum err desk_user_load(struct ctx *c, int64_t id, struct user *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return only_active(c, user_load(c, id, out), out);
}

enum err desk_user_by_email(struct ctx *c, struct str email, struct user *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return only_active(c, user_by_email(c, str_lower(c->a, str_trim(email)), out), out);
}

enum err desk_user_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return user_list(c, after, limit, out, n_out);
}

enum err desk_people_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	return user_list_all(c, after, limit, out, n_out);
}

static enum err check_role(struct ctx *c, int64_t role)
{
	for (size_t i = 0; i < sizeof(permission_sets) / sizeof(permission_sets[0]); i++)
		if ((int64_t)permission_sets[i].role == role)
			return OK;
	return fail_field(c, STR("roleId"), STR("INVALID_ROLE_ID"), "There is no role with this id.");
}

/* Somebody has to be left who may do everything. */
static enum err keep_a_super_admin(struct ctx *c)
{
	int64_t active, super_admins;
	TRY(user_count(c, &active, &super_admins));
	if (super_admins <= 1)
		return fail(c, ERR_CONFLICT, "This is the last super admin; make somebody else one first.");
	return OK;
}

static enum err take_role(struct ctx *c, const struct user_change *in, struct user *u)
{
	int64_t role = in->role ? *in->role : u->role;
	if (in->role != NULL)
		TRY(check_role(c, *in->role));
	if (in->super_admin != NULL && *in->super_admin && in->role != NULL)
		return fail_field(c, STR("roleId"), STR("INVALID_ROLE_ID"), "A super admin has no other role.");
	if (in->super_admin != NULL && *in->super_admin)
		role = ROLE_SUPER_ADMIN;
	else if (in->super_admin != NULL && role == ROLE_SUPER_ADMIN)
		role = DEFAULT_ROLE;
	if (u->id != 0 && u->is_active && u->role == ROLE_SUPER_ADMIN && role != ROLE_SUPER_ADMIN)
		TRY(keep_a_super_admin(c));
	if (u->id == 0 || u->role != role)
		u->seat = desk_seat_of_role(role);
	u->role = role;
	return OK;
}

static void take_rights(const struct user_change *in, struct user *u)
{
	u->seat = in->seat ? *in->seat : u->seat;
	u->ticket_view = in->ticket_view ? *in->ticket_view : u->ticket_view;
	u->ticket_edit = in->ticket_edit ? *in->ticket_edit : u->ticket_edit;
	u->ticket_delete = in->ticket_delete ? *in->ticket_delete : u->ticket_delete;
	u->ticket_communicate = in->ticket_communicate ? *in->ticket_communicate : u->ticket_communicate;
	u->publishes_articles = in->publishes_articles ? *in->publishes_articles : u->publishes_articles;
}

static enum err take_names(struct ctx *c, const struct user_change *in, struct user *u)
{
	TRY(people_check_name(c, "firstName", in->first_name));
	TRY(people_check_name(c, "lastName", in->last_name));
	u->first_name = str_is_null(in->first_name) ? u->first_name : in->first_name;
	u->last_name = str_is_null(in->last_name) ? u->last_name : in->last_name;
	return OK;
}

static enum err join(struct ctx *c, const struct user *u, int64_t team_id, bool is_primary)
{
	struct team t;
	enum err e = team_load(c, team_id, &t);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, is_primary ? STR("primaryTeamId") : STR("secondaryTeamIds"), STR("INVALID_TEAM_ID"),
		                  "There is no team with the id %lld.", (long long)team_id);
	}
	TRY(e);
	return team_member_put(c, &(struct team_member){u->id, team_id, is_primary, STR_NULL});
}

/* What is not said stays; a team cannot be both. */
static enum err take_teams(struct ctx *c, const struct user_change *in, const struct user *u)
{
	struct team_member *now;
	size_t now_n;
	int64_t primary = in->primary_team_id ? *in->primary_team_id : 0;
	if (in->primary_team_id == NULL && in->other_team_ids == NULL)
		return OK;
	if (in->other_team_n > MAX_OTHER_TEAMS)
		return fail_field(c, STR("secondaryTeamIds"), STR("INVALID_TEAM_ID"), "A user is in at most %d teams.",
		                  MAX_OTHER_TEAMS);
	TRY(team_member_list(c, u->id, u->id, &now, &now_n));
	for (size_t i = 0; i < now_n; i++)
		if (in->primary_team_id == NULL && now[i].is_primary)
			primary = now[i].team_id;
	TRY(team_member_remove_user(c, u->id));
	for (size_t i = 0; i < now_n && in->other_team_ids == NULL; i++)
		if (!now[i].is_primary && now[i].team_id != primary)
			TRY(join(c, u, now[i].team_id, false));
	for (size_t i = 0; i < in->other_team_n; i++)
		TRY(join(c, u, in->other_team_ids[i], false));
	return primary ? join(c, u, primary, true) : OK;
}

/* A new row, or that of somebody who was here before. */
static enum err begin(struct ctx *c, const struct user_change *in, struct user *u)
{
	int64_t active, super_admins;
	TRY(people_check_email(c, in->email));
	struct str email = str_lower(c->a, str_trim(in->email));
	enum err e = user_by_email(c, email, u);
	if (e == OK && u->is_active)
		return fail(c, ERR_CONFLICT, "A user with the email address " STR_FMT " exists already.", STR_ARG(email));
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(user_count(c, &active, &super_admins));
	if (active >= MAX_USERS)
		return fail(c, ERR_CONFLICT, "A desk has at most %d users.", MAX_USERS);
	if (e == ERR_NOT_FOUND)
		*u = (struct user){.email = email, .first_name = STR(""), .last_name = STR("")};
	u->role = DEFAULT_ROLE;
	u->seat = desk_seat_of_role(DEFAULT_ROLE);
	u->password_hash = STR("");
	return OK;
}

static enum err put_back(struct ctx *c, struct user *u)
{
	u->is_active = true;
	TRY(user_update(c, u));
	return owner_set_archived(c, u->id, 0);
}

static enum err put_new(struct ctx *c, struct user *u)
{
	int64_t owner_id;
	u->is_active = true;
	TRY(user_insert(c, u));
	return owner_insert(c, u->id, &owner_id);
}

static enum err tell(struct ctx *c, const struct user *u)
{
	return bus_emit(c, EV_USER_CHANGED, &(struct event_about){.about_id = u->id});
}

static void add_change(struct ctx *c, struct json *j, const char *name, int64_t was, int64_t is)
{
	if (was == is)
		return;
	json_key(j, name);
	json_array_begin(j);
	json_str(j, str_fmt(c->a, "%lld", (long long)was));
	json_str(j, str_fmt(c->a, "%lld", (long long)is));
	json_array_end(j);
}

/* What he may do is another: the event says what it was and what it is, for those who look after it. */
static enum err tell_rights(struct ctx *c, const struct user *was, const struct user *is)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_RIGHTS_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	add_change(c, &j, "role", was->role, is->role);
	add_change(c, &j, "seat", was->seat, is->seat);
	add_change(c, &j, "ticketView", was->ticket_view, is->ticket_view);
	add_change(c, &j, "ticketEdit", was->ticket_edit, is->ticket_edit);
	add_change(c, &j, "ticketDelete", was->ticket_delete, is->ticket_delete);
	add_change(c, &j, "ticketCommunicate", was->ticket_communicate, is->ticket_communicate);
	add_change(c, &j, "publishesArticles", was->publishes_articles, is->publishes_articles);
	json_object_end(&j);
	return bus_emit(c, EV_USER_CHANGED, &(struct event_about){.about_id = is->id, .body = buf_str(&b)});
}

enum err desk_user_provision(struct ctx *c, const struct user_change *in, struct user *out)
{
	struct user u;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(begin(c, in, &u));
	TRY(take_role(c, in, &u));
	take_rights(in, &u);
	TRY(take_names(c, in, &u));
	TRY(u.id != 0 ? put_back(c, &u) : put_new(c, &u));
	TRY(take_teams(c, in, &u));
	*out = u;
	return tell(c, &u);
}

enum err desk_user_update(struct ctx *c, int64_t id, const struct user_change *in, struct user *out)
{
	struct user u;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(desk_user_load(c, id, &u));
	const struct user was = u;
	TRY(take_role(c, in, &u));
	take_rights(in, &u);
	TRY(take_names(c, in, &u));
	TRY(user_update(c, &u));
	TRY(take_teams(c, in, &u));
	*out = u;
	return tell_rights(c, &was, &u);
}

/* Whatever lets him in. */
static enum err lock_out(struct ctx *c, int64_t user_id)
{
	TRY(people_end_sessions(c, user_id));
	TRY(token_revoke_user(c, user_id));
	TRY(grant_revoke_user(c, user_id));
	return invitation_remove(c, user_id);
}

enum err people_end_sessions(struct ctx *c, int64_t user_id)
{
	int64_t *sessions;
	size_t n;
	TRY(session_list_of_user(c, user_id, &sessions, &n));
	for (size_t i = 0; i < n; i++)
		TRY(bus_emit(c, EV_SESSION_ENDED, &(struct event_about){.about_id = sessions[i]}));
	return session_remove_user(c, user_id);
}

enum err desk_user_deactivate(struct ctx *c, int64_t id)
{
	struct user u;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(desk_user_load(c, id, &u));
	if (u.role == ROLE_SUPER_ADMIN)
		TRY(keep_a_super_admin(c));
	u.is_active = false;
	u.password_hash = STR("");
	TRY(user_update(c, &u));
	TRY(owner_set_archived(c, id, c->now));
	TRY(team_member_remove_user(c, id));
	TRY(lock_out(c, id));
	return tell(c, &u);
}
