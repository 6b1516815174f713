/* Signing in and out. The cookie is HttpOnly and SameSite=Lax; where the desk is served over TLS it is a __Host- cookie. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/env.h"
#include "desk/people.h"

static void write_user(struct json *j, const struct user *u, int64_t owner_id)
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
	json_object_end(j);
	json_object_end(j);
}

static void set_cookie(struct ctx *c, struct res *r, struct str token, int64_t max_age_s)
{
	bool is_tls = str_starts(c->env->public_url, STR("https://"));
	res_header(r, STR("Set-Cookie"),
	           str_fmt(c->a, "%sbellhop_session=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
	                   is_tls ? "__Host-" : "", STR_ARG(token), (long long)max_age_s, is_tls ? "; Secure" : ""));
}

enum err api_session_open(struct ctx *c, const struct req *q, struct res *r)
{
	const struct session_in *in = IN(q, struct session_in);
	const struct sign_in sign_in = {.email = in->email, .password = in->password, .peer = q->http->peer};
	struct signed_in out;
	TRY(desk_sign_in(c, &sign_in, &out));
	set_cookie(c, r, out.token, (int64_t)SESSION_DAYS * 24 * 3600);
	write_user(&r->j, &out.user, out.owner_id);
	return OK;
}

enum err api_session_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct user u;
	int64_t owner_id;
	(void)q;
	TRY(desk_me(c, &u, &owner_id));
	write_user(&r->j, &u, owner_id);
	return OK;
}

enum err api_session_close(struct ctx *c, const struct req *q, struct res *r)
{
	(void)q;
	TRY(desk_sign_out(c));
	set_cookie(c, r, STR(""), 0);
	return res_nothing(r);
}
