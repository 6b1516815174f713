/* Users as the wire knows them (settings), their roles, and their invitations. A role is a permission set; super admin is none of
 * them, but a member of its own. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/user_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/invite.h"
#include "desk/team.h"
#include "desk/user.h"

enum { DEFAULT_USERS = 100, MAX_USERS_OUT = 100 };

static bool is_super_admin(const struct user *u)
{
	return u->role == ROLE_SUPER_ADMIN;
}

static void write_user(struct json *j, const struct user *u, const struct team_member *teams, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "id", u->id);
	json_add_string(j, "email", u->email);
	json_add_string(j, "firstName", u->first_name);
	json_add_string(j, "lastName", u->last_name);
	if (!is_super_admin(u))
		json_add_id(j, "roleId", u->role);
	json_key(j, "roleIds");
	json_array_begin(j);
	if (!is_super_admin(u))
		json_id(j, u->role);
	json_array_end(j);
	json_user_teams(j, u->id, teams, n);
	json_add_bool(j, "superAdmin", is_super_admin(u));
	json_object_end(j);
}

/* {userId} is an id, or with idProperty=EMAIL an email address. */
static enum err find(struct ctx *c, const struct req *q, struct user *out)
{
	struct str by = req_query(c, q, "idProperty");
	int64_t id;
	if (str_eq_nocase(by, STR("EMAIL")))
		return desk_user_by_email(c, req_param(q, "userId"), out);
	if (by.n > 0 && !str_eq_nocase(by, STR("USER_ID")))
		return fail_field(c, STR("idProperty"), STR("INVALID_OPTION"), "idProperty is USER_ID or EMAIL.");
	TRY(req_id(c, q, "userId", &id));
	return desk_user_load(c, id, out);
}

static bool is_named(const struct req *q, const char *name)
{
	const json_t *value = json_object_get(q->json, name);
	return value != NULL && !json_is_null(value);
}

/* A primaryTeamId of null takes the user out of it; what is not named stays. */
static enum err read_change(struct ctx *c, const struct req *q, struct user_change *out)
{
	const struct user_body *in = q->in;
	*out = (struct user_change){
		.email = in->email,
		.first_name = in->first_name,
		.last_name = in->last_name,
		.role = is_named(q, "roleId") ? &in->role_id : NULL,
		.super_admin = is_named(q, "superAdmin") ? &in->super_admin : NULL,
		.primary_team_id = json_object_get(q->json, "primaryTeamId") != NULL ? &in->primary_team_id : NULL,
	};
	return req_ids(c, q, "secondaryTeamIds", MAX_TEAMS, &out->other_team_ids, &out->other_team_n);
}

enum err api_users_list(struct ctx *c, const struct req *q, struct res *r)
{
	return res_users(c, q, r, &(struct user_list){desk_user_list, write_user, DEFAULT_USERS, MAX_USERS_OUT});
}

enum err api_users_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct user u;
	TRY(find(c, q, &u));
	return res_user(c, r, &u, write_user);
}

enum err api_users_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct user_body *in = IN(q, struct user_body);
	struct user_change change;
	struct invited invited;
	struct user u;
	TRY(read_change(c, q, &change));
	TRY(desk_user_provision(c, &change, &u));
	/* where no mail can be sent the link of this one is lost: POST …/invitation makes another */
	if (in->send_welcome_email)
		TRY(desk_invite(c, u.id, &invited));
	return res_user(c, r, &u, write_user);
}

enum err api_users_replace(struct ctx *c, const struct req *q, struct res *r)
{
	struct user_change change;
	struct user u;
	TRY(read_change(c, q, &change));
	TRY(find(c, q, &u));
	TRY(desk_user_update(c, u.id, &change, &u));
	return res_user(c, r, &u, write_user);
}

enum err api_users_remove(struct ctx *c, const struct req *q, struct res *r)
{
	struct user u;
	TRY(find(c, q, &u));
	TRY(desk_user_deactivate(c, u.id));
	return res_nothing(r);
}

enum err api_roles_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct permission_set *sets;
	size_t n = desk_permission_sets(&sets);
	(void)c;
	(void)q;
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "id", sets[i].role);
		json_add_string(&r->j, "name", sets[i].name);
		json_add_bool(&r->j, "requiresBillingWrite", false);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_users_invite(struct ctx *c, const struct req *q, struct res *r)
{
	struct invited invited;
	struct user u;
	TRY(find(c, q, &u));
	TRY(desk_invite(c, u.id, &invited));
	const struct invitation_view view = {
		.state = invited.url.n > 0 ? STR("LINK") : STR("MAILED"),
		.url = invited.url,
		.expires_at = invited.expires_at,
	};
	return res_give(r, &invitation_view_shape, &view);
}
