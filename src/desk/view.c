/* The table of the built-in views, who sees which view, and how one becomes a question to the store. */

#include "desk/view_int.h"

#include "base/arena.h"
#include "desk/access.h"
#include "base/num.h"
#include "desk/can.h"
#include "store/team.h"

/* In the order in which they are shown. */
static const struct view_kind kinds[] = {
	{"unassigned", VIEW_OF_ALL, VIEW_OPEN_ONLY, NOBODYS},
	{"mine", VIEW_OF_ALL, VIEW_OPEN_ONLY, MINE},
	{"open", VIEW_OF_ALL, VIEW_OPEN_ONLY, ANYBODYS},
	{"team", VIEW_OF_TEAM, VIEW_OPEN_ONLY, NOBODYS},
	{"snoozed", VIEW_OF_SNOOZED, VIEW_OPEN_ONLY, ANYBODYS},
	{"mentions", VIEW_OF_MENTIONS, VIEW_ANY_STATE, ANYBODYS},
	{"following", VIEW_OF_FOLLOWING, VIEW_OPEN_ONLY, ANYBODYS},
	{"closed", VIEW_OF_ALL, VIEW_CLOSED_ONLY, ANYBODYS},
	{"drafts", VIEW_OF_DRAFTS, VIEW_ANY_STATE, ANYBODYS},
	{"spam", VIEW_OF_SPAM, VIEW_ANY_STATE, ANYBODYS},
};
enum { KIND_N = sizeof(kinds) / sizeof(kinds[0]) };

static const struct str sort_names[VIEW_SORT_N] = {
	[VIEW_NEWEST] = STR("newest"),
	[VIEW_OLDEST] = STR("oldest"),
	[VIEW_PRIORITY] = STR("priority"),
	[VIEW_CREATED] = STR("created"),
	[VIEW_CREATED_OLDEST] = STR("createdOldest"),
};

enum err view_order_read(struct ctx *c, struct str text, struct view_order *out)
{
	*out = (struct view_order){.sort = VIEW_NEWEST};
	for (int s = 0; s < VIEW_SORT_N; s++)
		if (text.n == 0 || str_eq(sort_names[s], text)) {
			out->sort = (enum view_sort)s;
			return OK;
		}
	out->is_descending = str_starts(text, STR("-"));
	out->property = str_skip(text, out->is_descending);
	if (text.n <= MAX_SORT_BYTES && schema_property(schema_type_by_id(c, TYPE_TICKET), out->property) != NULL)
		return OK;
	return fail_field(c, STR("sort"), STR("INVALID_OPTION"), "There is no order called " STR_FMT ".", STR_ARG(str_head(text, 100)));
}

/* Who sees what ---------------------------------------------------------------------------------------------------------- */

enum err view_reader(struct ctx *c, struct view_reader *out)
{
	return team_member_list(c, c->who.user_id, c->who.user_id, &out->teams, &out->team_n);
}

/* 0: he has none. */
static int64_t main_team(const struct view_reader *r)
{
	return r->team_n > 0 && r->teams[0].is_primary ? r->teams[0].team_id : 0;
}

static bool is_member(const struct view_reader *r, int64_t team_id)
{
	for (size_t i = 0; i < r->team_n; i++)
		if (r->teams[i].team_id == team_id)
			return true;
	return false;
}

bool view_is_seen(const struct ctx *c, const struct view_reader *r, const struct view *v)
{
	if (v->kind != NULL)
		return v->kind->of != VIEW_OF_TEAM || main_team(r) != 0;
	if (str_eq(v->def.audience, STR("EVERYONE")) || (v->def.user_id == c->who.user_id && c->who.user_id != 0))
		return true;
	for (size_t i = 0; i < v->team_n; i++)
		if (str_eq(v->def.audience, STR("TEAMS")) && is_member(r, v->team_ids[i]))
			return true;
	return false;
}

struct view view_of_def(struct ctx *c, const struct view_def *def, const struct view_team *teams, size_t n)
{
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	struct view v = {.id = str_fmt(c->a, "%lld", (long long)def->id), .def = *def, .team_ids = ids};
	for (size_t i = 0; i < n; i++)
		if (teams[i].view_id == def->id)
			ids[v.team_n++] = teams[i].team_id;
	v.may_edit = desk_may(c, CAN_CUSTOMISE, NULL) &&
	             (!str_eq(def->audience, STR("PRIVATE")) || def->user_id == c->who.user_id);
	return v;
}

static enum err not_there(struct ctx *c, struct str id)
{
	return fail(c, ERR_NOT_FOUND, "There is no view called " STR_FMT ".", STR_ARG(str_head(id, 100)));
}

static enum err load_made(struct ctx *c, struct str id, int64_t number, struct view *out)
{
	struct view_def def;
	struct view_team *teams;
	struct view_reader reader;
	size_t n;
	enum err e = view_def_load(c, number, &def);
	if (e == ERR_NOT_FOUND || (e == OK && def.archived_at > 0))
		return not_there(c, id);
	TRY(e);
	TRY(view_team_list_of(c, def.id, &teams, &n));
	TRY(view_reader(c, &reader));
	*out = view_of_def(c, &def, teams, n);
	return view_is_seen(c, &reader, out) ? OK : not_there(c, id);
}

/* Without all of the workspace one has what one is told of, and what is open. */
static bool is_his(const struct ctx *c, const struct view_kind *kind)
{
	static const struct str for_all[] = {STR("open"), STR("mentions"), STR("following")};
	for (size_t i = 0; i < sizeof(for_all) / sizeof(for_all[0]); i++)
		if (str_eq(str_c(kind->name), for_all[i]))
			return true;
	return desk_has_workspace(c);
}

enum err desk_view(struct ctx *c, struct str id, struct view *out)
{
	int64_t number;
	TRY(desk_can(c, CAN_VIEW, NULL));
	for (size_t i = 0; i < KIND_N; i++)
		if (str_eq(str_c(kinds[i].name), id) && is_his(c, &kinds[i])) {
			*out = (struct view){.id = id, .kind = &kinds[i]};
			return OK;
		}
	return num_parse_id(id, &number) ? load_made(c, id, number, out) : not_there(c, id);
}

enum err desk_view_all(struct ctx *c, struct view **out, size_t *n_out)
{
	struct view_reader reader;
	struct view_def *defs;
	struct view_team *teams;
	size_t def_n, team_n, n = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(view_reader(c, &reader));
	TRY(view_def_list(c, &defs, &def_n));
	TRY(view_team_list(c, &teams, &team_n));
	struct view *views = NEW_ARRAY(c->a, KIND_N + def_n, struct view);
	for (size_t i = 0; i < KIND_N; i++) {
		views[n] = (struct view){.id = str_c(kinds[i].name), .kind = &kinds[i]};
		n += is_his(c, &kinds[i]) && view_is_seen(c, &reader, &views[n]);
	}
	for (size_t i = 0; i < def_n; i++) {
		views[n] = view_of_def(c, &defs[i], teams, team_n);
		n += view_is_seen(c, &reader, &views[n]);
	}
	*out = views;
	*n_out = n;
	return OK;
}

/* Tickets ----------------------------------------------------------------------------------------------------------------- */

enum err view_find_of(struct ctx *c, const struct view *v, struct view_find *find, bool *has_any_out)
{
	const struct view_kind *kind = v->kind;
	find->of = kind->of;
	find->state = kind->state;
	find->owner_id = kind->whose == NOBODYS ? 0 : kind->whose == MINE ? c->who.owner_id : -1;
	find->user_id = c->who.user_id;
	find->access = desk_sight(c);
	*has_any_out = kind->whose != MINE || c->who.owner_id != 0;
	/* drafts are for the workspace, not for a program with somebody's token */
	*has_any_out = *has_any_out && (kind->of != VIEW_OF_DRAFTS || c->who.session_id != 0);
	if (kind->of == VIEW_OF_TEAM) {
		struct view_reader reader;
		TRY(view_reader(c, &reader));
		find->team_id = str_fmt(c->a, "%lld", (long long)main_team(&reader));
		*has_any_out = main_team(&reader) != 0;
	}
	return OK;
}

bool view_is_walked(const struct view *v, const struct view_ask *ask)
{
	return v->kind != NULL && ask->filters.n == 0 && str_is_null(ask->order.property);
}

enum err desk_view_list(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out)
{
	struct view_find find = {.sort = ask->order.sort, .after = ask->after, .offset = ask->offset, .limit = ask->limit,
	                         .ids = ask->ids, .id_n = ask->id_n};
	bool has_any;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (!view_is_walked(v, ask))
		return view_list_filtered(c, v, ask, out, n_out);
	TRY(view_find_of(c, v, &find, &has_any));
	return has_any ? view_list(c, &find, out, n_out) : OK;
}

enum err desk_view_ids(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t **out, size_t *n_out)
{
	struct view_find find = {.sort = ask->order.sort};
	bool has_any;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (!view_is_walked(v, ask))
		return view_ids_filtered(c, v, ask, most, out, n_out);
	TRY(view_find_of(c, v, &find, &has_any));
	return has_any ? view_id_list(c, &find, most, out, n_out) : OK;
}

enum err desk_view_count(struct ctx *c, const struct view *v, const struct view_ask *ask, int64_t most, int64_t *n_out)
{
	struct view_find find = {.limit = 0};
	bool has_any;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (v->kind == NULL || ask->filters.n > 0)
		return view_count_filtered(c, v, ask, most, n_out);
	TRY(view_find_of(c, v, &find, &has_any));
	return has_any ? view_count(c, &find, most, n_out) : OK;
}
