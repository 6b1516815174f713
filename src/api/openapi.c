/* What the tables say, for machines (OpenAPI 3.1) and for people (one line per route). */

#include "api/openapi_int.h"

#include "api/call.h"
#include "base/arena.h"
#include "desk/env.h"

enum { MAX_PRINT_BYTES = 4 << 20, MAX_NAME_BYTES = 256 };

static const char *const methods[METHOD_N] = {
	[GET] = "get", [POST] = "post", [PUT] = "put", [PATCH] = "patch", [DELETE] = "delete",
};

enum err api_print_routes(struct ctx *c, struct str *out)
{
	static const char *const who[] = {[P_ANYBODY] = "anybody", [P_AGENT] = "agent", [P_ADMIN] = "admin",
	                                  [P_SUPER_ADMIN] = "super admin"};
	struct buf b;
	buf_init(&b, c->a, MAX_PRINT_BYTES);
	for (size_t i = 0; i < route_n; i++)
		buf_fmt(&b, "%-6s %-92s %-11s %d  %-23s %s\n", method_name(routes[i].method).p, routes[i].path,
		        who[routes[i].who], routes[i].status, routes[i].scope ? routes[i].scope : "-", routes[i].help);
	*out = buf_str(&b);
	return OK;
}

/* Parameters ----------------------------------------------------------------------------------------------------- */

static void write_parameter(struct ctx *c, struct json *j, struct str name, bool is_in_path)
{
	const char *help = parameter_help(name);
	json_object_begin(j);
	json_add_string(j, "name", name);
	json_add_string(j, "in", is_in_path ? STR("path") : STR("query"));
	if (is_in_path)
		json_add_bool(j, "required", true);
	if (help != NULL)
		json_add_string(j, "description", str_c(help));
	json_key(j, "schema");
	json_object_begin(j);
	openapi_type(c, j, STR("string"));
	json_object_end(j);
	json_object_end(j);
}

static void write_parameters(struct ctx *c, struct json *j, const char *path, const char *query)
{
	json_key(j, "parameters");
	json_array_begin(j);
	for (struct str rest = str_c(path); !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR("/"));
		if (str_starts(part, STR("{")))
			write_parameter(c, j, str_head(str_skip(part, 1), part.n - 2), true);
	}
	for (struct str rest = query ? str_c(query) : STR_NULL; !str_is_null(rest);)
		write_parameter(c, j, str_cut(&rest, STR(" ")), false);
	json_array_end(j);
}

/* Bodies --------------------------------------------------------------------------------------------------------- */

static const char *media_type(enum wrap wrap)
{
	switch (wrap) {
	case AS_FORM:
		return "application/x-www-form-urlencoded";
	case AS_FILE:
		return "multipart/form-data";
	case AS_BYTES:
		return "application/octet-stream";
	case AS_EVENTS:
		return "text/event-stream";
	case AS_PAGE:
		return "text/html";
	default:
		return "application/json";
	}
}

/* model NULL: any object. */
static void write_content(struct ctx *c, struct json *j, const char *model, enum wrap wrap)
{
	json_key(j, "content");
	json_object_begin(j);
	json_key(j, media_type(wrap));
	json_object_begin(j);
	openapi_wrapped(c, j, model != NULL ? model : "object", wrap);
	json_object_end(j);
	json_object_end(j);
}

static void write_request(struct ctx *c, struct json *j, const struct route *route, const struct description *d)
{
	bool is_shaped = route->takes != NULL;
	if (!is_shaped && (d == NULL || d->takes == NULL))
		return;
	json_key(j, "requestBody");
	json_object_begin(j);
	json_add_bool(j, "required", true);
	if (is_shaped)
		write_content(c, j, route->takes->name, AS_IT_IS);
	else
		write_content(c, j, d->takes, d->takes_as);
	json_object_end(j);
}

static void write_success(struct ctx *c, struct json *j, const struct route *route, const struct description *d)
{
	json_object_begin(j);
	json_add_string(j, "description", str_c(route->help));
	if (d != NULL && d->gives != NULL)
		write_content(c, j, d->gives, d->gives_as);
	else if (route->status != 204)
		write_content(c, j, route->gives ? route->gives->name : NULL, AS_IT_IS);
	json_object_end(j);
}

static void write_responses(struct ctx *c, struct json *j, const struct route *route, const struct description *d)
{
	json_key(j, "responses");
	json_object_begin(j);
	json_key_str(j, str_fmt(c->a, "%d", route->status));
	write_success(c, j, route, d);
	if (d != NULL && d->gives_as == AS_BATCH) {
		json_key(j, "207");
		write_success(c, j, route, d);
	}
	json_key(j, "default");
	json_object_begin(j);
	json_add_string(j, "description", STR("An error, with its reason."));
	write_content(c, j, "Error", AS_IT_IS);
	json_object_end(j);
	json_object_end(j);
}

/* Routes --------------------------------------------------------------------------------------------------------- */

/* "get_crm_v3_owners_ownerId" */
static struct str operation_id(struct ctx *c, const struct route *route)
{
	struct buf b;
	buf_init(&b, c->a, MAX_NAME_BYTES);
	buf_add(&b, str_c(methods[route->method]));
	for (const char *p = route->path; *p != '\0'; p++) {
		if (*p == '/')
			buf_byte(&b, '_');
		else if (*p != '{' && *p != '}')
			buf_byte(&b, *p);
	}
	return buf_str(&b);
}

static void write_security(struct json *j, const struct route *route)
{
	json_key(j, "security");
	json_array_begin(j);
	if (route->who != P_ANYBODY) {
		json_object_begin(j);
		json_key(j, "token");
		json_array_begin(j);
		if (route->scope != NULL)
			json_str(j, str_c(route->scope));
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_route(struct ctx *c, struct json *j, const struct route *route)
{
	const struct description *d = description_of(route);
	json_key(j, methods[route->method]);
	json_object_begin(j);
	json_add_string(j, "summary", str_c(route->help));
	json_add_string(j, "operationId", operation_id(c, route));
	json_key(j, "tags");
	json_array_begin(j);
	json_str(j, route_area(route));
	json_array_end(j);
	write_security(j, route);
	write_parameters(c, j, route->path, d ? d->query : NULL);
	write_request(c, j, route, d);
	write_responses(c, j, route, d);
	json_object_end(j);
}

static void write_paths(struct ctx *c, struct json *j)
{
	json_key(j, "paths");
	json_object_begin(j);
	for (size_t i = 0; i < route_n; i++) {
		bool is_seen = false;
		for (size_t k = 0; k < i; k++)
			is_seen = is_seen || str_eq(str_c(routes[k].path), str_c(routes[i].path));
		if (is_seen)
			continue;
		json_key(j, routes[i].path);
		json_object_begin(j);
		for (size_t k = i; k < route_n; k++)
			if (str_eq(str_c(routes[k].path), str_c(routes[i].path)))
				write_route(c, j, &routes[k]);
		json_object_end(j);
	}
	json_object_end(j);
}

static void write_info(struct ctx *c, struct json *j)
{
	json_key(j, "info");
	json_object_begin(j);
	json_add_string(j, "title", STR("Bellhop"));
	json_add_string(j, "version", c->env ? c->env->version : STR("0"));
	json_add_string(j, "description", STR("The one API of the desk: its own pages use nothing else."));
	json_object_end(j);
}

static void write_security_schemes(struct json *j)
{
	json_key(j, "securitySchemes");
	json_object_begin(j);
	json_key(j, "token");
	json_object_begin(j);
	json_add_string(j, "type", STR("http"));
	json_add_string(j, "scheme", STR("bearer"));
	json_add_string(j, "description", STR("A token that an administrator made; pages send their session cookie instead."));
	json_object_end(j);
	json_object_end(j);
}

enum err api_print_openapi(struct ctx *c, struct str *out)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_PRINT_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "openapi", STR("3.1.0"));
	write_info(c, &j);
	write_paths(c, &j);
	json_key(&j, "components");
	json_object_begin(&j);
	openapi_components(c, &j);
	write_security_schemes(&j);
	json_object_end(&j);
	json_object_end(&j);
	*out = buf_str(&b);
	return OK;
}
