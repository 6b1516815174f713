/* What the tables say, for machines (OpenAPI 3.1) and for people (one line per route). */

#include "api/call.h"

#include "base/arena.h"
#include "desk/env.h"
#include "text/json_read.h"

enum { MAX_PRINT_BYTES = 4 << 20, MAX_SHAPES = 200 };

static const char *const methods[METHOD_N] = {
	[GET] = "get", [POST] = "post", [PUT] = "put", [PATCH] = "patch", [DELETE] = "delete",
};
static const char *const methods_upper[METHOD_N] = {
	[GET] = "GET", [POST] = "POST", [PUT] = "PUT", [PATCH] = "PATCH", [DELETE] = "DELETE",
};

enum err api_print_routes(struct ctx *c, struct str *out)
{
	static const char *const who[] = {[P_ANYBODY] = "anybody", [P_AGENT] = "agent", [P_ADMIN] = "super admin"};
	struct buf b;
	buf_init(&b, c->a, MAX_PRINT_BYTES);
	for (size_t i = 0; i < route_n; i++)
		buf_fmt(&b, "%-6s %-92s %-11s %d  %-23s %s\n", methods_upper[routes[i].method], routes[i].path,
		        who[routes[i].who], routes[i].status, routes[i].scope ? routes[i].scope : "-", routes[i].help);
	*out = buf_str(&b);
	return OK;
}

static void write_field(struct ctx *c, struct json *j, const struct field *f)
{
	json_object_begin(j);
	switch ((enum field_type)f->type) {
	case F_ID:
		json_add_string(j, "type", STR("string"));
		json_add_string(j, "pattern", STR("^[0-9]+$"));
		break;
	case F_INT:
		json_add_string(j, "type", STR("integer"));
		break;
	case F_BOOL:
		json_add_string(j, "type", STR("boolean"));
		break;
	case F_TIME:
		json_add_string(j, "type", STR("string"));
		json_add_string(j, "format", STR("date-time"));
		break;
	case F_STR:
		json_add_string(j, "type", STR("string"));
		if (f->max > 0)
			json_add_int(j, "maxLength", f->max);
		break;
	case F_JSON:
	case F_BLOB:
		break;
	}
	if (f->one_of != NULL) {
		json_key(j, "enum");
		json_array_begin(j);
		for (const char *const *value = f->one_of; *value != NULL; value++)
			json_str(j, str_c(*value));
		json_array_end(j);
	}
	json_add_string(j, "description", str_c(f->help));
	json_object_end(j);
	(void)c;
}

static void write_shape(struct ctx *c, struct json *j, const struct shape *s, bool is_input)
{
	json_key(j, s->name);
	json_object_begin(j);
	json_add_string(j, "type", STR("object"));
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < s->field_n; i++) {
		const struct field *f = &s->fields[i];
		if ((f->flags & F_SECRET) && !is_input)
			continue;
		json_key_str(j, field_wire_name(c, f));
		write_field(c, j, f);
	}
	json_object_end(j);
	json_key(j, "required");
	json_array_begin(j);
	for (size_t i = 0; i < s->field_n; i++) {
		const struct field *f = &s->fields[i];
		bool is_required = is_input ? (f->flags & F_REQUIRED) != 0 : !(f->flags & (F_NULL | F_SECRET));
		if (is_required)
			json_str(j, field_wire_name(c, f));
	}
	json_array_end(j);
	json_object_end(j);
}

static void write_ref(struct ctx *c, struct json *j, const struct shape *s)
{
	json_key(j, "content");
	json_object_begin(j);
	json_key(j, "application/json");
	json_object_begin(j);
	json_key(j, "schema");
	json_object_begin(j);
	if (s != NULL)
		json_add_string(j, "$ref", str_fmt(c->a, "#/components/schemas/%s", s->name));
	else
		json_add_string(j, "type", STR("object"));
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
}

static void write_parameters(struct json *j, const char *path)
{
	json_key(j, "parameters");
	json_array_begin(j);
	for (struct str rest = str_c(path); !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR("/"));
		if (part.n < 2 || part.p[0] != '{')
			continue;
		json_object_begin(j);
		json_add_string(j, "name", str_head(str_skip(part, 1), part.n - 2));
		json_add_string(j, "in", STR("path"));
		json_add_bool(j, "required", true);
		json_key(j, "schema");
		json_object_begin(j);
		json_add_string(j, "type", STR("string"));
		json_object_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_route(struct ctx *c, struct json *j, const struct route *route)
{
	json_key(j, methods[route->method]);
	json_object_begin(j);
	json_add_string(j, "summary", str_c(route->help));
	write_parameters(j, route->path);
	if (route->takes != NULL || ((route->flags & R_WRITE) && route->method != DELETE)) {
		json_key(j, "requestBody");
		json_object_begin(j);
		write_ref(c, j, route->takes);
		json_object_end(j);
	}
	json_key(j, "responses");
	json_object_begin(j);
	json_key_str(j, str_fmt(c->a, "%d", route->status));
	json_object_begin(j);
	json_add_string(j, "description", str_c(route->help));
	if (route->status != 204)
		write_ref(c, j, route->gives);
	json_object_end(j);
	json_key(j, "default");
	json_object_begin(j);
	json_add_string(j, "description", STR("An error, with its reason."));
	json_object_end(j);
	json_object_end(j);
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

static void write_schemas(struct ctx *c, struct json *j)
{
	const struct shape *seen[MAX_SHAPES];
	size_t n = 0;
	json_key(j, "schemas");
	json_object_begin(j);
	for (size_t i = 0; i < 2 * route_n; i++) {
		bool is_input = i < route_n;
		const struct shape *s = is_input ? routes[i].takes : routes[i - route_n].gives;
		bool is_new = s != NULL && n < MAX_SHAPES;
		for (size_t k = 0; k < n; k++)
			is_new = is_new && seen[k] != s;
		if (!is_new)
			continue;
		seen[n++] = s;
		write_shape(c, j, s, is_input);
	}
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
	json_key(&j, "info");
	json_object_begin(&j);
	json_add_string(&j, "title", STR("Bellhop"));
	json_add_string(&j, "version", c->env ? c->env->version : STR("0"));
	json_add_string(&j, "license", STR_NULL);
	json_object_end(&j);
	write_paths(c, &j);
	json_key(&j, "components");
	json_object_begin(&j);
	write_schemas(c, &j);
	json_object_end(&j);
	json_object_end(&j);
	*out = buf_str(&b);
	return OK;
}
