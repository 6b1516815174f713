/* Which row of routes[] a request means. A path may be read in more than one way (api/path.h); the first reading
 * that has a row for the method wins, and among the rows the first in the table: rows with a word stand before those
 * with a parameter in its place. */

#include "api/dispatch_int.h"

#include "base/arena.h"
#include "base/check.h"

struct str method_name(enum method method)
{
	static const struct str names[METHOD_N] = {
		[GET] = STR("GET"), [POST] = STR("POST"), [PUT] = STR("PUT"), [PATCH] = STR("PATCH"), [DELETE] = STR("DELETE"),
	};
	return names[method];
}

struct matcher *matchers_new(struct arena *a)
{
	struct matcher *matchers = NEW_ARRAY(a, route_n, struct matcher);
	for (size_t i = 0; i < route_n; i++) {
		matchers[i].route = &routes[i];
		check(path_cut(str_c(routes[i].path), &matchers[i].path));
	}
	return matchers;
}

static bool fits(const struct path *want, const struct path *is, struct str version, struct req *q)
{
	if (want->n != is->n)
		return false;
	q->param_n = 0;
	for (size_t i = 0; i < is->n; i++) {
		struct str name = want->segments[i], value = i == 1 ? version : is->segments[i];
		if (name.p[0] != '{') {
			if (!str_eq(name, value))
				return false;
			continue;
		}
		check(q->param_n < MAX_PARAMS);
		q->params[q->param_n++] = (struct param){str_head(str_skip(name, 1), name.n - 2), value};
	}
	return true;
}

/* The row for this method; notes the methods of rows for others. */
static const struct route *find_route(struct call *call, const struct path *path, struct str version, struct str method)
{
	struct arena *a = call->c.a;
	for (size_t i = 0; i < route_n; i++) {
		const struct route *route = &routes[i];
		struct str name = method_name(route->method);
		if (!fits(&call->api->matchers[i].path, path, version, &call->q))
			continue;
		if (str_eq(method, name))
			return route;
		call->allowed = str_is_null(call->allowed)
		                        ? name
		                        : str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(call->allowed), STR_ARG(name));
	}
	return NULL;
}

enum err call_match(struct call *call)
{
	struct path path;
	struct ctx *c = &call->c;
	struct str method = call->q.http->is_head ? STR("GET") : call->q.http->method;
	if (!path_read(c->a, call->q.http->path, &path))
		return fail(c, ERR_BAD_INPUT, "The address is not well-formed.");
	for (size_t i = 0; i < path.reading_n; i++) {
		call->q.route = find_route(call, &path, path.readings[i], method);
		if (call->q.route == NULL)
			continue;
		call->allowed = STR_NULL;
		return OK;
	}
	if (!str_is_null(call->allowed))
		return fail(c, ERR_BAD_METHOD, "This address answers " STR_FMT " only.", STR_ARG(call->allowed));
	return fail(c, ERR_NOT_FOUND, "There is nothing at this address.");
}
