#include "api/object_json.h"

#include "api/association_json.h"
#include "api/call.h"
#include "api/scope.h"
#include "base/arena.h"
#include "desk/associate.h"
#include "text/json_read.h"

/* More than any type shows unasked; a thousand pointers for each request would be cleared for nothing. */
enum { DEFAULT_PROPS = 128 };

static void add_prop(struct object_view *view, const struct property_def *def)
{
	if (def == NULL || view->prop_n == view->prop_room)
		return;
	for (size_t i = 0; i < view->prop_n; i++)
		if (view->props[i] == def)
			return;
	view->props[view->prop_n++] = def;
}

static void add_names(struct object_view *view, struct str names)
{
	for (struct str rest = names; !str_is_null(rest);)
		add_prop(view, schema_property(view->type, str_cut(&rest, STR(" "))));
}

static void add_always(struct object_view *view)
{
	add_prop(view, schema_property(view->type, view->type->row.created_property));
	add_prop(view, schema_property(view->type, view->type->row.modified_property));
	add_prop(view, schema_property(view->type, STR("hs_object_id")));
}

static void add_history(struct ctx *c, struct object_view *view, const struct str *names, size_t n)
{
	view->history = NEW_ARRAY(c->a, n, const struct property_def *);
	for (size_t i = 0; i < n; i++) {
		const struct property_def *def = schema_property(view->type, names[i]);
		if (def == NULL)
			continue;
		view->history[view->history_n++] = def;
		add_prop(view, def);
	}
}

static void view_properties(struct ctx *c, struct object_view *view, const struct str *names, size_t n)
{
	view->prop_room = MAX_VIEW_PROPS;
	view->props = NEW_ARRAY(c->a, view->prop_room, const struct property_def *);
	for (size_t i = 0; i < n; i++)
		add_prop(view, schema_property(view->type, names[i]));
	if (n == 0)
		add_names(view, view->type->row.default_properties);
}

static size_t names_of(struct ctx *c, const json_t *body, const char *key, struct str **out)
{
	const json_t *list = json_get_array(body, key);
	size_t n = list ? json_array_size(list) : 0;
	*out = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = json_text(json_array_get(list, i));
	return n;
}

void object_view_body(struct ctx *c, const json_t *body, const struct type_def *t, struct object_view *out)
{
	struct str *names;
	*out = (struct object_view){.type = t, .with_null = true};
	size_t n = names_of(c, body, "properties", &names);
	view_properties(c, out, names, n);
	n = names_of(c, body, "propertiesWithHistory", &names);
	add_history(c, out, names, n);
	add_always(out);
}

enum err object_view_read(struct ctx *c, const struct req *q, const struct type_def *t, struct object_view *out)
{
	struct str *names;
	*out = (struct object_view){.type = t, .with_null = true};
	if (str_is_null(q->query)) {
		/* the common read: room for the defaults only */
		out->prop_room = DEFAULT_PROPS;
		out->props = NEW_ARRAY(c->a, out->prop_room, const struct property_def *);
		add_names(out, t->row.default_properties);
		return OK;
	}
	size_t n = req_list(c, q, "properties", &names);
	view_properties(c, out, names, n);
	n = req_list(c, q, "propertiesWithHistory", &names);
	add_history(c, out, names, n);
	add_always(out);

	n = req_list(c, q, "associations", &names);
	if (n > MAX_VIEW_TYPES)
		return fail(c, ERR_BAD_INPUT, "More than %d types of associations.", MAX_VIEW_TYPES);
	out->links = NEW_ARRAY(c->a, n, const struct type_def *);
	for (size_t i = 0; i < n; i++) {
		TRY(schema_type(c, names[i], &out->links[i]));
		TRY(scope_need_type(c, out->links[i], false));
		out->link_n++;
	}
	return OK;
}

void object_view_written(struct ctx *c, const struct type_def *t, const struct prop *props, size_t n,
                         struct object_view *out)
{
	*out = (struct object_view){.type = t, .prop_room = n + DEFAULT_PROPS};
	out->props = NEW_ARRAY(c->a, out->prop_room, const struct property_def *);
	for (size_t i = 0; i < n; i++)
		add_prop(out, schema_property(t, props[i].name));
	add_names(out, t->row.default_properties);
	add_always(out);
	if (t->row.id == TYPE_TICKET)
		add_names(
			out,
			STR("hs_ticket_id hs_helpdesk_sort_timestamp hs_last_message_from_visitor hs_object_source"
		            " hs_object_source_label closed_date time_to_close hubspot_owner_id hubspot_owner_assigneddate"));
}

static void write_properties(struct ctx *c, struct json *j, const struct object_view *view, const struct object *o)
{
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < view->prop_n; i++) {
		struct str value = property_value(c, o, view->props[i]);
		if (str_is_null(value) && !view->with_null)
			continue;
		json_key_str(j, view->props[i]->row.name);
		json_str(j, value);
	}
	json_object_end(j);
}

static enum err write_history(struct ctx *c, struct json *j, const struct object_view *view, const struct object *o)
{
	json_key(j, "propertiesWithHistory");
	json_object_begin(j);
	for (size_t i = 0; i < view->history_n; i++) {
		struct history_entry *entries;
		size_t n;
		TRY(desk_object_history(c, o->id, view->history[i]->row.name, &entries, &n));
		json_key_str(j, view->history[i]->row.name);
		json_array_begin(j);
		for (size_t k = 0; k < n; k++) {
			json_object_begin(j);
			json_key(j, "value");
			json_str(j, entries[k].value);
			json_add_time(j, "timestamp", entries[k].at);
			json_add_string(j, "sourceType", entries[k].source_type);
			json_add_string(j, "sourceId", entries[k].source_id);
			if (entries[k].user_id != 0)
				json_add_int(j, "updatedByUserId", entries[k].user_id);
			json_object_end(j);
		}
		json_array_end(j);
	}
	json_object_end(j);
	return OK;
}

static enum err write_links_of(struct ctx *c, struct json *j, const struct type_def *to, const struct object *o)
{
	struct association *links;
	size_t n, i;
	TRY(desk_association_list(c, o, to->row.id, 0, MAX_LINKS_OUT + 1, &links, &n));
	if (n == 0)
		return OK;
	json_key_str(j, to->row.plural);
	json_object_begin(j);
	json_key(j, "results");
	json_array_begin(j);
	TRY(link_names_json(c, j, links, n, MAX_LINKS_OUT, &i));
	json_array_end(j);
	if (i < n)
		link_paging_json(c, j, schema_type_by_id(c, o->object_type), o->id, to, links[i - 1].to_id);
	json_object_end(j);
	return OK;
}

static enum err write_links(struct ctx *c, struct json *j, const struct object_view *view, const struct object *o)
{
	json_key(j, "associations");
	json_object_begin(j);
	for (size_t i = 0; i < view->link_n; i++)
		TRY(write_links_of(c, j, view->links[i], o));
	json_object_end(j);
	return OK;
}

enum err object_json(struct ctx *c, struct json *j, const struct object_view *view, const struct object *o)
{
	json_object_begin(j);
	json_add_id(j, "id", o->id);
	write_properties(c, j, view, o);
	json_add_time(j, "createdAt", o->created_at);
	json_add_time(j, "updatedAt", o->updated_at);
	json_add_bool(j, "archived", o->archived_at > 0);
	json_add_time(j, "archivedAt", o->archived_at);
	if (view->history_n > 0)
		TRY(write_history(c, j, view, o));
	if (view->link_n > 0)
		TRY(write_links(c, j, view, o));
	json_add_string(j, "objectWriteTraceId", view->trace_id);
	if (view->with_new)
		json_add_bool(j, "new", view->is_new);
	json_object_end(j);
	return OK;
}
