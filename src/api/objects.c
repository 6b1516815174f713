/* CRM objects of every type: one code path, the type is a parameter. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/object_json.h"
#include "api/scope.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/object.h"
#include "text/json_read.h"

enum { MAX_LIST_LIMIT = 100, DEFAULT_LIST_LIMIT = 10, MAX_LINKS_IN = 500 };

static enum err type_of(struct ctx *c, const struct req *q, const struct type_def **out)
{
	return schema_type(c, req_param(q, "objectType"), out);
}

/* The properties member as names and texts. Values may be strings, numbers or booleans; null clears, as "" does. */
static enum err read_props(struct ctx *c, const struct req *q, struct object_in *in)
{
	json_t *map = json_object_get(q->json, "properties");
	const char *key;
	json_t *value;
	if (map == NULL || json_is_null(map))
		return OK;
	if (!json_is_object(map))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: properties is not an object");
	struct prop *props = NEW_ARRAY(c->a, json_object_size(map), struct prop);
	json_object_foreach(map, key, value) {
		if (json_is_object(value) || json_is_array(value)) {
			c->why.are_properties = true;
			return fail_field(c, str_c(key), STR("INVALID_TYPE"), "The value of " STR_FMT " is not text.",
			                  STR_ARG(str_head(str_c(key), 200)));
		}
		struct str text = json_scalar_text(c, value);
		props[in->prop_n++] = (struct prop){str_c(key), str_is_null(text) ? STR("") : text};
	}
	in->props = props;
	return OK;
}

/* One entry of associations: { to: { id }, types: [ { associationTypeId } ] }, a link for each type. */
static enum err read_link(struct ctx *c, const json_t *entry, struct link_in *links, size_t *n)
{
	json_t *types = json_get_array(entry, "types");
	int64_t to_id = json_get_id(json_get_object(entry, "to"), "id");
	size_t type_n = types ? json_array_size(types) : 0;
	if (to_id == 0)
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1. Some required fields were not set: [to]");
	if (*n + type_n + 1 > MAX_LINKS_IN)
		return fail(c, ERR_TOO_BIG, "More than %d associations in one write.", MAX_LINKS_IN);
	if (type_n == 0)
		links[(*n)++] = (struct link_in){.to_id = to_id};
	for (size_t i = 0; i < type_n; i++)
		links[(*n)++] = (struct link_in){.to_id = to_id,
		                                 .type_id = json_get_id(json_array_get(types, i), "associationTypeId")};
	return OK;
}

static enum err read_links(struct ctx *c, const struct req *q, struct object_in *in)
{
	json_t *list = json_get_array(q->json, "associations");
	size_t n = list ? json_array_size(list) : 0;
	if (n == 0)
		return OK;
	struct link_in *links = NEW_ARRAY(c->a, MAX_LINKS_IN, struct link_in);
	for (size_t i = 0; i < n; i++)
		TRY(read_link(c, json_array_get(list, i), links, &in->link_n));
	in->links = links;
	return OK;
}

static enum err read_object_in(struct ctx *c, const struct req *q, struct object_in *in)
{
	*in = (struct object_in){.source_type = c->who.session_id ? STR("CRM_UI") : STR("INTEGRATION")};
	if (!json_is_object(q->json))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: an object with properties is expected");
	TRY(read_props(c, q, in));
	return read_links(c, q, in);
}

static enum err load(struct ctx *c, const struct req *q, const struct type_def *t, struct object *out)
{
	int64_t id;
	bool is_archived;
	struct str by = req_query(c, q, "idProperty");
	if (by.n > 0)
		return desk_object_by(c, t, by, req_param(q, "objectId"), out);
	TRY(req_id(c, q, "objectId", &id));
	TRY(req_bool(c, q, "archived", &is_archived));
	return desk_object_load(c, t, id, is_archived, out);
}

enum err api_objects_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object *rows;
	struct object_view view;
	int64_t limit, after = 0;
	bool is_archived;
	size_t n;
	TRY(type_of(c, q, &t));
	TRY(req_int(c, q, "limit", DEFAULT_LIST_LIMIT, 1, MAX_LIST_LIMIT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(object_view_read(c, q, t, &view));
	/* after is the id of the next record */
	TRY(desk_object_list(c, t, is_archived, after > 0 ? after - 1 : 0, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		TRY(object_json(c, &r->j, &view, &rows[i]));
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)rows[n - 1].id) : STR_NULL);
	return OK;
}

enum err api_objects_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object_in in;
	struct object o;
	struct object_view view;
	TRY(type_of(c, q, &t));
	TRY(read_object_in(c, q, &in));
	TRY(scope_need_links(c, in.links, in.link_n));
	TRY(desk_object_create(c, t, &in, &o));
	object_view_written(c, t, in.props, in.prop_n, &view);
	res_header(r, STR("Location"), str_fmt(c->a, "/crm/v3/objects/" STR_FMT "/%lld", STR_ARG(t->row.plural), (long long)o.id));
	return object_json(c, &r->j, &view, &o);
}

enum err api_objects_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object o;
	struct object_view view;
	TRY(type_of(c, q, &t));
	TRY(load(c, q, t, &o));
	TRY(object_view_read(c, q, t, &view));
	res_header(r, STR("ETag"), str_fmt(c->a, "\"%lld\"", (long long)o.version));
	return object_json(c, &r->j, &view, &o);
}

/* If-Match: "7" or 7; anything else matches nothing. */
static enum err read_if_match(struct ctx *c, const struct req *q, int64_t *version_out)
{
	struct str value = http_header(q->http, "If-Match");
	*version_out = 0;
	if (str_is_null(value) || str_eq(value, STR("*")))
		return OK;
	if (value.n > 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
		value = str_head(str_skip(value, 1), value.n - 2);
	if (!num_parse_id(value, version_out))
		return fail(c, ERR_STALE, "If-Match holds no version.");
	return OK;
}

enum err api_objects_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object_in in;
	struct object o;
	struct object_view view;
	TRY(type_of(c, q, &t));
	TRY(load(c, q, t, &o));
	TRY(read_object_in(c, q, &in));
	TRY(read_if_match(c, q, &in.if_version));
	if (in.prop_n == 0)
		return fail(c, ERR_BAD_INPUT, "No properties found to update, please provide at least one.");
	TRY(desk_object_update(c, t, o.id, &in, &o));
	object_view_written(c, t, in.props, in.prop_n, &view);
	res_header(r, STR("ETag"), str_fmt(c->a, "\"%lld\"", (long long)o.version));
	return object_json(c, &r->j, &view, &o);
}

enum err api_objects_archive(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	int64_t id;
	TRY(type_of(c, q, &t));
	TRY(req_id(c, q, "objectId", &id));
	TRY(desk_object_archive(c, t, id));
	return res_nothing(r);
}
