/* Signing in and out. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/people.h"
#include "net/http_session.h"

/* abilities: what he may do at all. */
static void write_user(struct ctx *c, struct json *j, const struct user *u, int64_t owner_id)
{
	json_object_begin(j);
	json_key(j, "user");
	json_object_begin(j);
	json_add_id(j, "id", u->id);
	json_add_id(j, "ownerId", owner_id);
	json_add_string(j, "email", u->email);
	json_add_string(j, "firstName", u->first_name);
	json_add_string(j, "lastName", u->last_name);
	json_add_string(j, "role", role_name(u->role));
	json_key(j, "abilities");
	json_array_begin(j);
	for (int a = 0; a < ACTION_N; a++)
		if (desk_may(c, (enum action)a, NULL))
			json_str(j, action_name((enum action)a));
	json_array_end(j);
	json_object_end(j);
	json_object_end(j);
}

static void set_cookie(struct ctx *c, struct res *r, struct str token, int max_age_s)
{
	res_header(r, STR("Set-Cookie"), http_session_set(c->a, c->env->public_url, token, max_age_s));
}

enum err api_session_open(struct ctx *c, const struct req *q, struct res *r)
{
	const struct session_in *in = IN(q, struct session_in);
	const struct sign_in sign_in = {.email = in->email, .password = in->password, .peer = q->http->peer};
	struct signed_in out;
	TRY(desk_sign_in(c, &sign_in, &out));
	set_cookie(c, r, out.token, SESSION_DAYS * 24 * 3600);
	c->who = out.who;
	write_user(c, &r->j, &out.user, out.owner_id);
	return OK;
}

enum err api_session_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct user u;
	int64_t owner_id;
	(void)q;
	TRY(desk_me(c, &u, &owner_id));
	write_user(c, &r->j, &u, owner_id);
	return OK;
}

enum err api_session_close(struct ctx *c, const struct req *q, struct res *r)
{
	(void)q;
	TRY(desk_sign_out(c));
	set_cookie(c, r, STR(""), 0);
	return res_nothing(r);
}
