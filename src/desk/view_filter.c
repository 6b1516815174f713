/* Views with filters are searches (store/search.h). What the view asks for besides (state, owner, filters on top, some ids) is added to
 * each of its groups, so that an index can serve them together. "me" stands for who asks, and ticketState for open or closed: the wire
 * has no property for that. */

#include "desk/view_int.h"

#include "base/arena.h"
#include "base/check.h"
#include "desk/access.h"
#include "desk/search_json.h"
#include "store/word_index.h"
#include "text/json_read.h"

#define STATE STR("ticketState")
#define ME    STR("me")

static struct search_filter on_column(struct ctx *c, const char *column, enum search_op op, const int64_t *numbers, size_t n)
{
	struct search_value *values = NEW_ARRAY(c->a, n, struct search_value);
	for (size_t i = 0; i < n; i++)
		values[i].number = numbers[i];
	return (struct search_filter){
		.what = {.column = shape_field(&object_shape, str_c(column)), .as = SEARCH_AS_IS},
		.op = op,
		.values = values,
		.value_n = n,
	};
}

static struct search_filter of_state(struct ctx *c, bool is_closed)
{
	return on_column(c, "is_closed", SEARCH_EQ, &(int64_t){is_closed}, 1);
}

static enum err add(struct ctx *c, struct search_group *g, struct search_filter f)
{
	if (g->n == MAX_GROUP_ROOM)
		return fail(c, ERR_BAD_INPUT, "A view takes no more than %d filters together.", MAX_GROUP_ROOM);
	g->filters[g->n++] = f;
	return OK;
}

/* Nobody's id where who asks has none. */
static struct str me(struct ctx *c, struct str value)
{
	int64_t id = c->who.owner_id ? c->who.owner_id : -1;
	return str_eq(value, ME) ? str_fmt(c->a, "%lld", (long long)id) : value;
}

static struct filter_in with_me(struct ctx *c, const struct filter_in *from)
{
	struct filter_in f = *from;
	if (!str_eq(f.property, STR("hubspot_owner_id")))
		return f;
	f.value = me(c, f.value);
	f.values = NEW_ARRAY(c->a, f.value_n, struct str);
	for (size_t i = 0; i < f.value_n; i++)
		f.values[i] = me(c, from->values[i]);
	return f;
}

static enum err read_state(struct ctx *c, const struct filter_in *in, struct search_group *g)
{
	bool is_closed = str_eq(in->value, STR("CLOSED"));
	if (!str_eq(in->op, STR("EQ")) || (!is_closed && !str_eq(in->value, STR("OPEN"))))
		return fail_field(c, STATE, STR("INVALID_OPTION"), "ticketState is equal to OPEN or CLOSED.");
	return add(c, g, of_state(c, is_closed));
}

/* One group of the definition, with what it means for who asks. */
static enum err read_group(struct ctx *c, const struct filter_group_in *in, struct search_group *out)
{
	struct search s;
	struct filter_group_in rest = {.filters = NEW_ARRAY(c->a, in->n, struct filter_in)};
	const struct search_in ask = {.groups = &rest, .group_n = 1, .has_linked = true};
	*out = (struct search_group){.n = 0};
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->filters[i].property, STATE))
			TRY(read_state(c, &in->filters[i], out));
		else
			rest.filters[rest.n++] = with_me(c, &in->filters[i]);
	TRY(desk_search_read(c, schema_type_by_id(c, TYPE_TICKET), &ask, &s));
	for (size_t i = 0; s.group_n > 0 && i < s.groups[0].n; i++)
		TRY(add(c, out, s.groups[0].filters[i]));
	return OK;
}

static enum err read_groups(struct ctx *c, struct str filter_groups, struct search_in *in)
{
	json_t *json;
	*in = (struct search_in){.has_linked = true};
	TRY(json_parse(c, str_fmt(c->a, "{\"filterGroups\":" STR_FMT "}", STR_ARG(filter_groups)), &json));
	return search_groups_read(c, json, in);
}

/* The limits of a search hold for all groups together. */
static enum err check_limits(struct ctx *c, const struct search_in *in)
{
	size_t filter_n = 0, value_n = 0;
	for (size_t i = 0; i < in->group_n; i++)
		for (size_t k = 0; k < in->groups[i].n; k++) {
			filter_n++;
			value_n += 1 + in->groups[i].filters[k].value_n;
		}
	if (in->group_n > MAX_SEARCH_GROUPS)
		return fail(c, ERR_BAD_INPUT, "A view takes no more than %d groups of filters.", MAX_SEARCH_GROUPS);
	if (filter_n > MAX_SEARCH_FILTERS || value_n > MAX_SEARCH_VALUES)
		return fail(c, ERR_BAD_INPUT, "A view takes no more than %d filters with %d values.", MAX_SEARCH_FILTERS,
		            MAX_SEARCH_VALUES);
	return OK;
}

enum err view_check_filters(struct ctx *c, struct str filter_groups)
{
	struct search_in in;
	struct search_group g;
	if (filter_groups.n > MAX_VIEW_FILTER_BYTES)
		return fail_field(c, STR("filterGroups"), STR("TOO_LONG"), "The filters take no more than %d bytes.", MAX_VIEW_FILTER_BYTES);
	TRY(read_groups(c, filter_groups, &in));
	TRY(check_limits(c, &in));
	for (size_t i = 0; i < in.group_n; i++)
		TRY(read_group(c, &in.groups[i], &g));
	return OK;
}

/* ------------------------------------------------------------------------------------------------------------------------- */

/* Spam is nowhere but among spam, and what is snoozed not among what is open. */
static enum err add_hidden(struct ctx *c, const struct view *v, struct search_group *g)
{
	enum view_of of = v->kind ? v->kind->of : VIEW_OF_ALL;
	if (of == VIEW_OF_SPAM)
		return OK;
	TRY(add(c, g, (struct search_filter){.op = SEARCH_NO_SPAM}));
	if (v->kind == NULL || of == VIEW_OF_SNOOZED || v->kind->state != VIEW_OPEN_ONLY)
		return OK;
	return add(c, g, (struct search_filter){.op = SEARCH_NOT_SNOOZED});
}

/* What a built-in view asks for. Those with a table of their own say which tickets they are. */
static enum err add_kind(struct ctx *c, const struct view *v, struct search *s, struct search_group *g, bool *has_any_out)
{
	struct view_find find = {.offset = 0};
	int64_t *ids;
	size_t n;
	*has_any_out = true;
	if (v->kind == NULL)
		return OK;
	TRY(view_find_of(c, v, &find, has_any_out));
	if (!*has_any_out)
		return OK;
	if (find.of != VIEW_OF_ALL) {
		TRY(view_id_list(c, &find, MAX_SEARCH_REACH, &ids, &n));
		s->ids = word_ids(c, ids, n);
		*has_any_out = n > 0;
		return OK;
	}
	if (find.state != VIEW_ANY_STATE)
		TRY(add(c, g, of_state(c, find.state == VIEW_CLOSED_ONLY)));
	if (find.owner_id == 0)
		return add(c, g, on_column(c, "owner_id", SEARCH_HAS_NOT, NULL, 0));
	return find.owner_id > 0 ? add(c, g, on_column(c, "owner_id", SEARCH_EQ, &find.owner_id, 1)) : OK;
}

/* What is asked for besides the groups. */
static enum err read_besides(struct ctx *c, const struct view *v, const struct view_ask *ask, struct search *s, struct search_group *g,
                             bool *has_any_out)
{
	TRY(check_limits(c, &(struct search_in){.groups = (struct filter_group_in[]){ask->filters}, .group_n = 1}));
	TRY(read_group(c, &ask->filters, g));
	if (ask->id_n > 0)
		TRY(add(c, g, on_column(c, "id", SEARCH_IN, ask->ids, ask->id_n)));
	TRY(add_hidden(c, v, g));
	return add_kind(c, v, s, g, has_any_out);
}

static enum err set_order(struct ctx *c, const struct view_order *order, struct search *s)
{
	static const struct {
		const char *column;
		bool is_descending;
	} orders[VIEW_SORT_N] = {
		[VIEW_NEWEST] = {"activity_at", true},
		[VIEW_OLDEST] = {"activity_at", false},
		[VIEW_PRIORITY] = {"priority", true},
		[VIEW_CREATED] = {"created_at", true},
		[VIEW_CREATED_OLDEST] = {"created_at", false},
	};
	if (order->property.n > 0) {
		struct search by;
		const struct search_in in = {.sort = order->property};
		TRY(desk_search_read(c, schema_type_by_id(c, TYPE_TICKET), &in, &by));
		s->order = by.order;
		s->is_descending = order->is_descending;
		if (s->order.column == shape_field(&object_shape, STR("priority")))
			s->order.as = SEARCH_AS_PRIORITY;
		return OK;
	}
	s->order.column = shape_field(&object_shape, str_c(orders[order->sort].column));
	s->order.as = order->sort == VIEW_PRIORITY ? SEARCH_AS_PRIORITY : SEARCH_AS_IS;
	s->is_descending = orders[order->sort].is_descending;
	return OK;
}

static enum err make(struct ctx *c, const struct view *v, const struct view_ask *ask, struct search *s, bool *has_any_out)
{
	struct search_in in = {.group_n = 0};
	struct search_group besides;
	*s = (struct search){.object_type = TYPE_TICKET, .access = desk_sight(c)};
	TRY(read_besides(c, v, ask, s, &besides, has_any_out));
	if (v->kind == NULL)
		TRY(read_groups(c, v->def.filter_groups, &in));
	struct search_group *groups = NEW_ARRAY(c->a, in.group_n + 1, struct search_group);
	for (size_t i = 0; i < in.group_n || i == 0; i++) {
		if (i < in.group_n)
			TRY(read_group(c, &in.groups[i], &groups[i]));
		for (size_t k = 0; k < besides.n; k++)
			TRY(add(c, &groups[i], besides.filters[k]));
		s->group_n += groups[i].n > 0;
	}
	/* a group without filters asks for everything, whatever the others ask for */
	for (size_t i = 0; i < in.group_n; i++)
		s->group_n = groups[i].n == 0 ? 0 : s->group_n;
	s->groups = groups;
	return set_order(c, &ask->order, s);
}

enum err view_list_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out)
{
	struct search s;
	int64_t ids[MAX_SEARCH_PAGE], total;
	size_t n;
	bool has_any;
	check(ask->limit <= MAX_TICKET_ROWS);
	TRY(make(c, v, ask, &s, &has_any));
	*n_out = 0;
	if (!has_any || ask->offset >= MAX_SEARCH_REACH)
		return OK;
	s.offset = ask->offset;
	s.limit = s.offset + ask->limit > MAX_SEARCH_REACH ? MAX_SEARCH_REACH - s.offset : ask->limit;
	TRY(object_search_ids(c, &s, ids, &n, &total));
	return ticket_row_of_ids(c, ids, n, out, n_out);
}

enum err view_ids_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t **out, size_t *n_out)
{
	struct search s;
	bool has_any;
	TRY(make(c, v, ask, &s, &has_any));
	s.limit = most;
	*n_out = 0;
	return has_any ? object_search_every(c, &s, out, n_out) : OK;
}

enum err view_count_filtered(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t *n_out)
{
	struct search s;
	int64_t ids[1];
	size_t n;
	bool has_any;
	TRY(make(c, v, ask, &s, &has_any));
	s.most = most < MAX_SEARCH_REACH ? most : MAX_SEARCH_REACH;
	*n_out = 0;
	return has_any ? object_search_ids(c, &s, ids, &n, n_out) : OK;
}

static struct object object_of(const struct object *all, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].id == id)
			return all[i];
	return (struct object){.id = id};
}

enum err desk_view_objects(struct ctx *c, const struct ticket_row *rows, size_t n, struct object **out)
{
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t), total;
	struct object *found;
	size_t found_n;
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	const struct search s = {.object_type = TYPE_TICKET, .ids = word_ids(c, ids, n), .limit = MAX_SEARCH_PAGE,
	                         .access = desk_sight(c)};
	TRY(object_search(c, &s, &found, &found_n, &total));
	*out = NEW_ARRAY(c->a, n, struct object);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = object_of(found, found_n, rows[i].id);
	return OK;
}

enum err desk_view_preview(struct ctx *c, struct str filter_groups, int64_t most, int64_t *n_out)
{
	const struct view v = {.def = {.filter_groups = filter_groups}};
	TRY(view_check_filters(c, filter_groups));
	return desk_view_count(c, &v, &(struct view_ask){.limit = 0}, most, n_out);
}
