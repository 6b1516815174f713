/* Views that people make. Their definitions are checked when they are written: properties may go later, then a view says so. */

#include "desk/view_int.h"

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "store/team.h"
#include "text/json_read.h"

static enum err check_name(struct ctx *c, struct str name)
{
	if (name.n == 0 || utf8_count(name) > MAX_VIEW_NAME_CHARS || !utf8_is_valid(name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A view has a name of at most %d characters.", MAX_VIEW_NAME_CHARS);
	return OK;
}

static enum err check_columns(struct ctx *c, struct str columns)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	json_t *list;
	TRY(json_parse(c, columns, &list));
	if (!json_is_array(list) || json_array_size(list) > MAX_VIEW_COLUMNS)
		return fail_field(c, STR("columns"), STR("INVALID_LIST"), "columns is a list of at most %d names.", MAX_VIEW_COLUMNS);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str name = json_text(json_array_get(list, i));
		if (schema_property(t, name) == NULL)
			return fail_field(c, STR("columns"), STR("PROPERTY_DOESNT_EXIST"), "Tickets have no property \"" STR_FMT "\".",
			                  STR_ARG(str_head(name, 100)));
	}
	return OK;
}

static enum err check_teams(struct ctx *c, const struct view *v)
{
	struct team team;
	if (!str_eq(v->def.audience, STR("TEAMS")))
		return OK;
	if (v->team_n == 0)
		return fail_field(c, STR("teamIds"), STR("REQUIRED"), "Name the teams that see the view.");
	for (size_t i = 0; i < v->team_n; i++) {
		enum err e = team_load(c, v->team_ids[i], &team);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			return fail_field(c, STR("teamIds"), STR("INVALID_TEAM_ID"), "There is no team with the id %lld.",
			                  (long long)v->team_ids[i]);
		}
		TRY(e);
	}
	return OK;
}

static void put(struct str *to, struct str value)
{
	if (!str_is_null(value))
		*to = value;
}

static enum err take(struct ctx *c, const struct view_in *in, struct view *v)
{
	struct view_order order;
	struct view_def *d = &v->def;
	put(&d->name, str_trim(in->name));
	put(&d->filter_groups, in->filter_groups);
	put(&d->sort, in->sort);
	put(&d->columns, in->columns);
	put(&d->audience, in->audience);
	if (in->team_ids != NULL) {
		v->team_ids = in->team_ids;
		v->team_n = in->team_n;
	}
	if (!str_eq(d->audience, STR("TEAMS")))
		v->team_n = 0;
	TRY(check_name(c, d->name));
	TRY(view_check_filters(c, d->filter_groups));
	TRY(view_order_read(c, d->sort, &order));
	TRY(check_columns(c, d->columns));
	if (!str_eq(d->audience, STR("PRIVATE")) && !str_eq(d->audience, STR("TEAMS")) && !str_eq(d->audience, STR("EVERYONE")))
		return fail_field(c, STR("audience"), STR("INVALID_OPTION"), "audience is PRIVATE, TEAMS or EVERYONE.");
	return check_teams(c, v);
}

/* What others see of it now is theirs to know. */
static enum err keep(struct ctx *c, struct view *v)
{
	TRY(view_team_set(c, v->def.id, v->team_ids, v->team_n));
	v->id = str_fmt(c->a, "%lld", (long long)v->def.id);
	v->may_edit = true;
	return bus_emit(c, EV_VIEW_CHANGED, &(struct event_about){.about_id = v->def.id});
}

enum err desk_view_create(struct ctx *c, const struct view_in *in, struct view *out)
{
	struct view_def *others;
	size_t n;
	TRY(desk_can(c, CAN_CUSTOMISE, NULL));
	if (c->who.user_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Only users make views.");
	TRY(view_def_list(c, &others, &n));
	if (n >= MAX_VIEWS)
		return fail(c, ERR_CONFLICT, "A desk has at most %d views.", MAX_VIEWS);
	*out = (struct view){.def = {
		.filter_groups = STR("[]"),
		.sort = STR("newest"),
		.columns = STR("[]"),
		.audience = STR("PRIVATE"),
		.user_id = c->who.user_id,
	}};
	TRY(take(c, in, out));
	TRY(view_def_insert(c, &out->def));
	return keep(c, out);
}

/* One that the caller may change; is_archived: it was removed. */
static enum err load(struct ctx *c, struct str id, bool is_archived, struct view *out)
{
	struct view_def def;
	struct view_team *teams;
	struct view_reader reader;
	int64_t number;
	size_t n;
	TRY(desk_can(c, CAN_CUSTOMISE, NULL));
	if (!is_archived)
		TRY(desk_view(c, id, out));
	if (!is_archived && out->kind != NULL)
		return fail(c, ERR_BAD_INPUT, "Built-in views stay as they are.");
	if (is_archived) {
		if (!num_parse_id(id, &number))
			return fail(c, ERR_NOT_FOUND, "There is no such view.");
		TRY(view_def_load(c, number, &def));
		TRY(view_team_list_of(c, number, &teams, &n));
		TRY(view_reader(c, &reader));
		*out = view_of_def(c, &def, teams, n);
		if (def.archived_at == 0 || !view_is_seen(c, &reader, out))
			return fail(c, ERR_NOT_FOUND, "There is no such view.");
	}
	return out->may_edit ? OK : fail(c, ERR_NOT_ALLOWED, "A private view is changed by who made it.");
}

enum err desk_view_update(struct ctx *c, struct str id, const struct view_in *in, struct view *out)
{
	TRY(load(c, id, false, out));
	/* nobody takes a view of others for himself alone */
	if (str_eq(in->audience, STR("PRIVATE")) && out->def.user_id != c->who.user_id)
		return fail_field(c, STR("audience"), STR("NOT_ALLOWED"), "Only who made a view makes it private.");
	TRY(take(c, in, out));
	TRY(view_def_update(c, &out->def));
	return keep(c, out);
}

enum err desk_view_remove(struct ctx *c, struct str id)
{
	struct view v;
	TRY(load(c, id, false, &v));
	v.def.archived_at = c->now;
	TRY(view_def_update(c, &v.def));
	return keep(c, &v);
}

enum err desk_view_restore(struct ctx *c, struct str id, struct view *out)
{
	TRY(load(c, id, true, out));
	out->def.archived_at = 0;
	TRY(view_def_update(c, &out->def));
	return keep(c, out);
}
