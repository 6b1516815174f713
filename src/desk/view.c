/* The table of the built-in views, and how a view becomes a question to the store. */

#include "desk/view.h"

#include "base/arena.h"
#include "desk/access.h"
#include "desk/can.h"
#include "store/team.h"

enum whose { ANYBODYS, NOBODYS, MINE };

struct view_kind {
	const char *name;
	enum view_of of;
	enum view_state state;
	enum whose whose;
};

/* In the order in which they are shown. */
static const struct view_kind kinds[] = {
	{"unassigned", VIEW_OF_ALL, VIEW_OPEN_ONLY, NOBODYS},
	{"mine", VIEW_OF_ALL, VIEW_OPEN_ONLY, MINE},
	{"open", VIEW_OF_ALL, VIEW_OPEN_ONLY, ANYBODYS},
	{"team", VIEW_OF_TEAM, VIEW_OPEN_ONLY, NOBODYS},
	{"snoozed", VIEW_OF_SNOOZED, VIEW_OPEN_ONLY, ANYBODYS},
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

struct str view_sort_name(enum view_sort sort)
{
	return sort_names[sort];
}

enum err view_sort_by_name(struct ctx *c, struct str name, enum view_sort *out)
{
	for (int s = 0; s < VIEW_SORT_N; s++)
		if (name.n == 0 || str_eq(sort_names[s], name)) {
			*out = (enum view_sort)s;
			return OK;
		}
	return fail_field(c, STR("sort"), STR("INVALID_OPTION"), "There is no order called " STR_FMT ".", STR_ARG(str_head(name, 100)));
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
	TRY(desk_can(c, CAN_VIEW, NULL));
	for (size_t i = 0; i < KIND_N; i++)
		if (str_eq(str_c(kinds[i].name), id) && is_his(c, &kinds[i])) {
			*out = (struct view){.id = id, .kind = &kinds[i]};
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, "There is no view called " STR_FMT ".", STR_ARG(str_head(id, 100)));
}

/* 0: he has no main team. */
static enum err main_team(struct ctx *c, int64_t *out)
{
	struct team_member *teams;
	size_t n;
	TRY(team_member_list(c, c->who.user_id, c->who.user_id, &teams, &n));
	*out = n > 0 && teams[0].is_primary ? teams[0].team_id : 0;
	return OK;
}

enum err desk_view_all(struct ctx *c, struct view **out, size_t *n_out)
{
	int64_t team_id;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(main_team(c, &team_id));
	*out = NEW_ARRAY(c->a, KIND_N, struct view);
	for (size_t i = 0; i < KIND_N; i++)
		if (is_his(c, &kinds[i]) && (kinds[i].of != VIEW_OF_TEAM || team_id != 0))
			(*out)[(*n_out)++] = (struct view){.id = str_c(kinds[i].name), .kind = &kinds[i]};
	return OK;
}

/* False: the caller has nothing there. */
static enum err find_of(struct ctx *c, const struct view *v, struct view_find *find, bool *has_any_out)
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
		int64_t team_id;
		TRY(main_team(c, &team_id));
		find->team_id = str_fmt(c->a, "%lld", (long long)team_id);
		*has_any_out = team_id != 0;
	}
	return OK;
}

enum err desk_view_list(struct ctx *c, const struct view *v, const struct view_ask *ask, struct ticket_row **out, size_t *n_out)
{
	struct view_find find = {.sort = ask->sort, .after = ask->after, .offset = ask->offset, .limit = ask->limit,
	                         .ids = ask->ids, .id_n = ask->id_n};
	bool has_any;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(find_of(c, v, &find, &has_any));
	return has_any ? view_list(c, &find, out, n_out) : OK;
}

enum err desk_view_count(struct ctx *c, const struct view *v, int64_t most, int64_t *n_out)
{
	struct view_find find = {.limit = 0};
	bool has_any;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(find_of(c, v, &find, &has_any));
	return has_any ? view_count(c, &find, most, n_out) : OK;
}
