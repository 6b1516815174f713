/* Who asks, and may he call this route at all. A token comes before a developer key, and that before the cookie of a
 * session; a cookie counts for changes only from pages of our own. What he may do to which object is decided by
 * desk/can.c. */

#include "api/dispatch_int.h"

#include <string.h>

#include "api/scope.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/people.h"
#include "desk/schema.h"
#include "desk/token.h"
#include "net/http_origin.h"
#include "net/http_session.h"

void call_credentials(struct call *call)
{
	struct http_call *http = call->q.http;
	struct str authorization = http_header(http, "Authorization");
	if (str_starts_nocase(authorization, STR("Bearer ")))
		call->token = str_trim(str_skip(authorization, 7));
	call->cookie = http_session_cookie(http);
}

enum err call_authenticate(struct call *call)
{
	struct ctx *c = &call->c;
	c->who = (struct actor){.kind = ACTOR_NOBODY};
	if (!str_is_null(call->token))
		return desk_actor_of_token(c, call->token, &c->who);
	struct str key = call->q.route->flags & R_APP_KEY ? req_query(c, &call->q, "hapikey") : STR_NULL;
	if (key.n > 0)
		return desk_actor_of_developer_key(c, key, &c->who);
	if (str_is_null(call->cookie))
		return OK;
	enum err e = desk_actor_of_session(c, call->cookie, &c->who, &call->extend_session);
	if ((e == ERR_NOT_SIGNED_IN || e == ERR_EXPIRED) && call->q.route->who == P_ANYBODY) {
		/* an old cookie does not keep anybody from signing in */
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (call->q.route->method != GET && !http_is_same_origin(call->q.http, c->env->public_url))
		return fail(c, ERR_NOT_ALLOWED, "This request came from another site.");
	return OK;
}

bool route_is_search(const struct route *route)
{
	return route->method == POST && str_ends(str_c(route->path), STR("/search"));
}

/* Of tokens only; once, also where the transaction runs again. */
enum err call_count(struct call *call)
{
	struct ctx *c = &call->c;
	if (c->who.kind != ACTOR_USER || c->who.session_id != 0 || call->is_counted)
		return OK;
	call->is_counted = true;
	return meter_count(c, call->api->meter, route_is_search(call->q.route), &call->meter);
}

/* The scope that the table names, or those of the types of objects in the path. */
static enum err check_scopes(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	if (route->scope == NULL || strcmp(route->scope, SCOPE_OF_TYPE) != 0)
		return scope_need(c, route->scope);
	for (size_t i = 0; i < call->q.param_n; i++) {
		const struct type_def *t;
		if (!str_ends(call->q.params[i].name, STR("bjectType")))
			continue;
		TRY(schema_type(c, call->q.params[i].value, &t));
		TRY(scope_need_type(c, t, (route->flags & R_WRITE) != 0));
	}
	return OK;
}

enum err call_authorise(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	if (route->who == P_ANYBODY)
		return OK;
	if (c->who.kind == ACTOR_APP && (route->flags & R_APP_KEY))
		return OK; /* whether it is his own, the desk says */
	if (c->who.kind != ACTOR_USER)
		return fail(
			c, ERR_NOT_SIGNED_IN,
			"Authentication credentials not found. Send a bearer token in the Authorization header, or sign in.");
	TRY(check_scopes(call));
	if (route->who == P_ADMIN && !desk_may(c, CAN_ADMINISTER, NULL))
		return fail(c, ERR_NOT_ALLOWED, "Only admins may do this.");
	return route->who == P_SUPER_ADMIN ? desk_can(c, CAN_MANAGE_PEOPLE, NULL) : OK;
}
