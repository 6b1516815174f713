/* Views, and the tickets that they list. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/property.h"
#include "desk/search_json.h"
#include "desk/view.h"
#include "text/json_read.h"

enum { DEFAULT_ROWS = 50 };

static void write_made(struct ctx *c, struct json *j, const struct view *v)
{
	json_add_string(j, "name", v->def.name);
	json_add_string(j, "audience", v->def.audience);
	json_key(j, "teamIds");
	json_array_begin(j);
	for (size_t i = 0; i < v->team_n; i++)
		json_id(j, v->team_ids[i]);
	json_array_end(j);
	json_add_id(j, "userId", v->def.user_id);
	json_add_bool(j, "isMine", v->def.user_id == c->who.user_id);
	json_add_bool(j, "mayEdit", v->may_edit);
	json_key(j, "filterGroups");
	json_raw(j, v->def.filter_groups);
	json_add_string(j, "sort", v->def.sort);
	json_key(j, "columns");
	json_raw(j, v->def.columns);
	json_add_time(j, "createdAt", v->def.created_at);
	json_add_time(j, "updatedAt", v->def.updated_at);
}

/* One whose filters no longer fit the definitions has no count, and is shown all the same: so that it can be mended. */
static enum err write_view(struct ctx *c, struct json *j, const struct view *v)
{
	int64_t n;
	enum err e = desk_view_count(c, v, &(struct view_ask){.limit = 0}, MAX_VIEW_COUNT, &n);
	bool is_broken = e == ERR_BAD_INPUT && v->kind == NULL;
	if (is_broken)
		fail_clear(c);
	else
		TRY(e);
	json_object_begin(j);
	json_add_string(j, "id", v->id);
	json_add_int(j, "count", is_broken ? 0 : n);
	if (!is_broken && n >= MAX_VIEW_COUNT)
		json_add_bool(j, "isCapped", true);
	if (is_broken)
		json_add_bool(j, "isBroken", true);
	if (v->kind == NULL)
		write_made(c, j, v);
	json_object_end(j);
	return OK;
}

enum err api_views_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct view *views;
	size_t n;
	(void)q;
	TRY(desk_view_all(c, &views, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(write_view(c, &r->j, &views[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

/* Made by people ------------------------------------------------------------------------------------------------------ */

static enum err read_view(struct ctx *c, const struct req *q, struct view_in *out)
{
	const struct view_body *body = IN(q, struct view_body);
	*out = (struct view_in){
		.name = body->name,
		.filter_groups = body->filter_groups,
		.sort = body->sort,
		.columns = body->columns,
		.audience = body->audience,
	};
	return req_ids(c, q, "teamIds", MAX_VIEW_TEAMS, &out->team_ids, &out->team_n);
}

enum err api_views_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct view_in in;
	struct view v;
	TRY(read_view(c, q, &in));
	TRY(desk_view_create(c, &in, &v));
	return write_view(c, &r->j, &v);
}

enum err api_views_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct view_in in;
	struct view v;
	TRY(read_view(c, q, &in));
	TRY(desk_view_update(c, req_param(q, "viewId"), &in, &v));
	return write_view(c, &r->j, &v);
}

enum err api_views_remove(struct ctx *c, const struct req *q, struct res *r)
{
	TRY(desk_view_remove(c, req_param(q, "viewId")));
	return res_nothing(r);
}

enum err api_views_restore(struct ctx *c, const struct req *q, struct res *r)
{
	struct view v;
	TRY(desk_view_restore(c, req_param(q, "viewId"), &v));
	return write_view(c, &r->j, &v);
}

enum err api_views_preview(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t n;
	struct str groups = IN(q, struct view_body)->filter_groups;
	TRY(desk_view_preview(c, str_is_null(groups) ? STR("[]") : groups, MAX_VIEW_COUNT, &n));
	json_object_begin(&r->j);
	json_add_int(&r->j, "count", n);
	if (n >= MAX_VIEW_COUNT)
		json_add_bool(&r->j, "isCapped", true);
	json_object_end(&r->j);
	return OK;
}

/* Tickets --------------------------------------------------------------------------------------------------------------- */

/* The cursor is "rank-at-id" of the last row: what lists are sorted by. Lists that are not walked have "@offset". */
static enum err read_cursor(struct ctx *c, const struct req *q, bool is_walked, struct view_ask *ask)
{
	struct view_place *out = &ask->after;
	struct str rest = req_query(c, q, "after");
	if (rest.n == 0)
		return OK;
	if (!is_walked && str_starts(rest, STR("@")) && num_parse_int(str_skip(rest, 1), &ask->offset) && ask->offset >= 0 &&
	    ask->offset <= MAX_VIEW_REACH)
		return OK;
	struct str rank = str_cut(&rest, STR("-")), at = str_cut(&rest, STR("-"));
	if (!is_walked || !num_parse_int(rank, &out->rank) || !num_parse_int(at, &out->at) || !num_parse_id(rest, &out->id))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return OK;
}

static enum err read_ids(struct ctx *c, const struct req *q, struct view_ask *ask)
{
	struct str *texts;
	size_t n = req_list(c, q, "ids", &texts);
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	if (n > MAX_VIEW_PAGE)
		return fail_field(c, STR("ids"), STR("TOO_MANY"), "ids takes no more than %d ids.", MAX_VIEW_PAGE);
	for (size_t i = 0; i < n; i++)
		if (!num_parse_id(texts[i], &ids[i]))
			return fail_field(c, STR("ids"), STR("INVALID_LONG"), "ids are numbers.");
	ask->ids = ids;
	ask->id_n = n;
	return OK;
}

/* JSON: [{propertyName, operator, …}]. */
static enum err read_filters(struct ctx *c, const struct req *q, struct view_ask *ask)
{
	struct str text = req_query(c, q, "filters");
	struct search_in in = {.group_n = 0};
	json_t *json;
	if (text.n == 0)
		return OK;
	if (text.n > MAX_VIEW_FILTER_BYTES)
		return fail_field(c, STR("filters"), STR("TOO_LONG"), "filters take no more than %d bytes.", MAX_VIEW_FILTER_BYTES);
	TRY(json_parse(c, str_fmt(c->a, "{\"filters\":" STR_FMT "}", STR_ARG(text)), &json));
	TRY(search_groups_read(c, json, &in));
	if (in.group_n > 0)
		ask->filters = in.groups[0];
	return OK;
}

static enum err read_ask(struct ctx *c, const struct req *q, const struct view *v, struct view_ask *ask)
{
	*ask = (struct view_ask){0};
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_VIEW_PAGE, &ask->limit));
	TRY(req_int(c, q, "offset", 0, 0, MAX_VIEW_REACH, &ask->offset));
	TRY(view_order_read(c, req_query(c, q, "sort"), &ask->order));
	TRY(read_ids(c, q, ask));
	TRY(read_filters(c, q, ask));
	if (ask->id_n > 0)
		ask->limit = MAX_VIEW_PAGE;
	return read_cursor(c, q, view_is_walked(v, ask), ask);
}

/* Pages by place are for lists with a scroll bar: they say how long the list is. */
static enum err write_total(struct ctx *c, const struct req *q, struct res *r, const struct view *v, const struct view_ask *ask)
{
	int64_t n;
	if (str_is_null(req_query(c, q, "offset")))
		return OK;
	TRY(desk_view_count(c, v, ask, MAX_VIEW_REACH, &n));
	json_add_int(&r->j, "total", n);
	return OK;
}

static struct str cursor_of(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t limit, const struct ticket_row *last)
{
	if (!view_is_walked(v, ask))
		return str_fmt(c->a, "@%lld", (long long)(ask->offset + limit));
	struct view_place p = view_place_of(ask->order.sort, last);
	return str_fmt(c->a, "%lld-%lld-%lld", (long long)p.rank, (long long)p.at, (long long)p.id);
}

/* The values of the properties that columns show, for the rows of a page. */
static enum err write_properties(struct ctx *c, struct json *j, const struct str *names, size_t name_n, const struct object *o)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < name_n; i++) {
		const struct property_def *def = schema_property(t, names[i]);
		struct str value = def ? property_value(c, o, def) : STR_NULL;
		if (value.n == 0)
			continue;
		json_key_str(j, names[i]);
		json_str(j, value);
	}
	json_object_end(j);
	return OK;
}

static enum err write_rows(struct ctx *c, const struct req *q, struct res *r, const struct ticket_row *rows, size_t n)
{
	struct str *names;
	struct object *objects = NULL;
	size_t name_n = req_list(c, q, "properties", &names);
	if (name_n > MAX_VIEW_COLUMNS)
		return fail_field(c, STR("properties"), STR("TOO_MANY"), "properties takes no more than %d names.", MAX_VIEW_COLUMNS);
	if (name_n > 0)
		TRY(desk_view_objects(c, rows, n, &objects));
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++) {
		if (objects == NULL) {
			json_row(&r->j, &ticket_row_shape, &rows[i]);
			continue;
		}
		json_object_begin(&r->j);
		json_members(&r->j, &ticket_row_shape, &rows[i]);
		TRY(write_properties(c, &r->j, names, name_n, &objects[i]));
		json_object_end(&r->j);
	}
	return OK;
}

enum err api_view_tickets(struct ctx *c, const struct req *q, struct res *r)
{
	struct view view;
	struct view_ask ask;
	struct ticket_row *rows;
	size_t n;
	TRY(desk_view(c, req_param(q, "viewId"), &view));
	TRY(read_ask(c, q, &view, &ask));
	int64_t limit = ask.limit++;
	TRY(desk_view_list(c, &view, &ask, &rows, &n));
	bool has_more = n > (size_t)limit;
	json_object_begin(&r->j);
	TRY(write_total(c, q, r, &view, &ask));
	TRY(write_rows(c, q, r, rows, n - has_more));
	res_list_end(r, "after", has_more ? cursor_of(c, &view, &ask, limit, &rows[limit - 1]) : STR_NULL);
	return OK;
}
