/* Ways to what a group of filters leaves: each is an index, and tells up to two of its columns. */

#include "store/search_int.h"

#include "base/arena.h"
#include "base/check.h"

/* What an index begins with, behind the type. */
#define COLUMN_AT(name) (offsetof(struct object, name) + 1)
static const struct {
	size_t leads[MAX_LEADS]; /* COLUMN_AT, 0: none */
	bool is_range;           /* the lead may be a range, too */
	bool is_by_activity;     /* and goes on with the activity */
} ways[WAY_N] = {
	[WAY_ID] = {.leads = {COLUMN_AT(id)}},
	[WAY_KEY] = {.leads = {COLUMN_AT(unique_key)}},
	[WAY_OWNER_PRIORITY] = {.leads = {COLUMN_AT(owner_id), COLUMN_AT(priority)}, .is_by_activity = true},
	[WAY_PRIORITY_STAGE] = {.leads = {COLUMN_AT(priority), COLUMN_AT(stage_id)}, .is_by_activity = true},
	[WAY_STAGE_OWNER] = {.leads = {COLUMN_AT(stage_id), COLUMN_AT(owner_id)}, .is_by_activity = true},
	[WAY_OPEN] = {.leads = {COLUMN_AT(closed_at), COLUMN_AT(owner_id)}, .is_by_activity = true},
	[WAY_OPEN_TICKET] = {.leads = {COLUMN_AT(is_closed), COLUMN_AT(owner_id)}, .is_by_activity = true},
	[WAY_PIPELINE] = {.leads = {COLUMN_AT(pipeline_id), COLUMN_AT(stage_id)}, .is_by_activity = true},
	[WAY_ACTIVITY] = {.leads = {COLUMN_AT(activity_at)}, .is_range = true},
	[WAY_UPDATE] = {.leads = {COLUMN_AT(updated_at)}, .is_range = true},
	[WAY_CREATION] = {.leads = {COLUMN_AT(created_at)}, .is_range = true},
};

struct total {
	int64_t n;
};
static const struct field total_fields[] = {FIELD(struct total, n, F_INT)};
static const struct shape total_shape = SHAPE("Total", struct total, total_fields);

void search_init(struct maker *m, struct ctx *c, const struct search *s)
{
	*m = (struct maker){.c = c, .s = s, .is_pg = tx_engine(c) == DB_PG};
	sqlb_init(&m->b, c->a);
}

static bool is_range(const struct search_filter *f)
{
	return f->op == SEARCH_LT || f->op == SEARCH_LTE || f->op == SEARCH_GT || f->op == SEARCH_GTE || f->op == SEARCH_BETWEEN ||
	       f->op == SEARCH_EQ || f->op == SEARCH_IN;
}

/* Only open tickets are in the index of what is open. */
static bool leads(const struct search *s, enum way way, size_t k, const struct search_filter *f)
{
	if (f->of_type != 0 || f->what.column == NULL || ways[way].leads[k] != f->what.column->offset + 1)
		return false;
	if (way == WAY_OPEN_TICKET && k == 0)
		return f->op == SEARCH_EQ && f->values[0].number == 0 && s->object_type == 5;
	if (way == WAY_OPEN && k == 0)
		return f->op == SEARCH_HAS_NOT && s->object_type == 5;
	return ways[way].is_range ? is_range(f) : search_is_equality(f);
}

/* How many of the columns that the index begins with the group tells. */
size_t search_lead_n(const struct search *s, enum way way, const struct search_group *g)
{
	for (size_t k = 0; k < MAX_LEADS; k++) {
		bool is_told = false;
		for (size_t i = 0; i < g->n; i++)
			is_told |= leads(s, way, k, &g->filters[i]);
		if (!is_told)
			return k;
	}
	return MAX_LEADS;
}

bool search_is_lead(const struct search *s, enum way way, const struct search_filter *f)
{
	return leads(s, way, 0, f) || (ways[way].leads[1] && leads(s, way, 1, f));
}

void search_add_index(struct maker *m, enum way way)
{
	if (m->is_pg)
		return;
	switch (way) {
	case WAY_ID:
		sqlb_add(&m->b, " NOT INDEXED", NO_ARGS);
		return;
	case WAY_KEY:
		sqlb_add(&m->b, " INDEXED BY object_by_key", NO_ARGS);
		return;
	case WAY_STAGE_OWNER:
		sqlb_add(&m->b, " INDEXED BY object_by_stage_owner", NO_ARGS);
		return;
	case WAY_OWNER_PRIORITY:
		sqlb_add(&m->b, " INDEXED BY object_by_owner_priority", NO_ARGS);
		return;
	case WAY_PRIORITY_STAGE:
		sqlb_add(&m->b, " INDEXED BY object_by_priority_stage", NO_ARGS);
		return;
	case WAY_PIPELINE:
		sqlb_add(&m->b, " INDEXED BY object_by_pipeline", NO_ARGS);
		return;
	case WAY_OPEN:
		sqlb_add(&m->b, " INDEXED BY object_open", NO_ARGS);
		return;
	case WAY_OPEN_TICKET:
		sqlb_add(&m->b, " INDEXED BY object_open_ticket", NO_ARGS);
		return;
	case WAY_ACTIVITY:
		sqlb_add(&m->b, " INDEXED BY object_newest_activity", NO_ARGS);
		return;
	case WAY_UPDATE:
		sqlb_add(&m->b, " INDEXED BY object_newest_update", NO_ARGS);
		return;
	case WAY_CREATION:
	case WAY_N:
		sqlb_add(&m->b, " INDEXED BY object_newest", NO_ARGS);
		return;
	}
}

/* The number of the type is a literal where an index is of tickets only, and so is what such an index asks for. */
void search_add_from(struct maker *m, enum way way)
{
	sqlb_add(&m->b, " FROM object", NO_ARGS);
	search_add_index(m, way);
	sqlb_add(&m->b, " WHERE archived_at = 0 AND object_type = ?", ARGS(I(m->s->object_type)));
	if (m->s->object_type == 5)
		sqlb_add(&m->b, " AND object_type = 5", NO_ARGS);
	if (way == WAY_OPEN_TICKET)
		sqlb_add(&m->b, " AND is_closed = 0", NO_ARGS);
}

void search_add_leads(struct maker *m, enum way way, const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (!search_is_lead(m->s, way, &g->filters[i]))
			continue;
		sqlb_add(&m->b, " AND (", NO_ARGS);
		search_add_filter(m, &g->filters[i]);
		sqlb_add(&m->b, ")", NO_ARGS);
	}
}

static enum err probe(struct ctx *c, const struct search *s, const struct search_group *g, enum way way, int64_t *n_out)
{
	struct maker m;
	struct total found;
	search_init(&m, c, s);
	sqlb_add(&m.b, "SELECT count(*) AS n FROM (SELECT 1", NO_ARGS);
	search_add_from(&m, way);
	search_add_leads(&m, way, g);
	sqlb_add(&m.b, " LIMIT ?) AS few", ARGS(I(MAX_SEARCH_REACH + 1)));
	TRY(sqlb_one(c, &m.b, &total_shape, &found));
	*n_out = found.n;
	return OK;
}

enum way search_way_of_order(const struct search *s)
{
	size_t at = s->order.column ? s->order.column->offset : offsetof(struct object, created_at);
	return at == offsetof(struct object, activity_at)  ? WAY_ACTIVITY
	       : at == offsetof(struct object, updated_at) ? WAY_UPDATE
	                                                   : WAY_CREATION;
}

/* One whose first column is also told by an index that tells two is left out. */
static bool is_covered(const struct search *s, enum way way, const struct search_group *g)
{
	for (int other = 0; other < WAY_N; other++)
		if (search_lead_n(s, (enum way)other, g) == MAX_LEADS &&
		    (ways[other].leads[0] == ways[way].leads[0] || ways[other].leads[1] == ways[way].leads[0]))
			return true;
	return false;
}

static bool has_link(const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->filters[i].op == SEARCH_LINKED || g->filters[i].op == SEARCH_SHARED)
			return true;
	return false;
}

/* Ways that are worth a try: those that tell two columns first. */
static size_t candidates(const struct search *s, const struct search_group *g, enum way some[WAY_N])
{
	size_t n = 0;
	for (int way = WAY_KEY + 1; way < WAY_N; way++)
		if (search_lead_n(s, (enum way)way, g) == MAX_LEADS)
			some[n++] = (enum way)way;
	for (int way = WAY_KEY + 1; way < WAY_N; way++)
		if (search_lead_n(s, (enum way)way, g) == 1 && !is_covered(s, (enum way)way, g))
			some[n++] = (enum way)way;
	return n;
}

/* With a filter that names the objects themselves there is nothing to choose. On PostgreSQL the way only says whether the walk may be
 * along it. */
enum err search_choose(struct ctx *c, const struct search *s, const struct search_group *g, enum way *out)
{
	enum way some[WAY_N];
	int64_t least = INT64_MAX;
	*out = has_link(g) || search_lead_n(s, WAY_ID, g) > 0 ? WAY_ID : WAY_KEY;
	if (*out == WAY_ID || search_lead_n(s, WAY_KEY, g) > 0)
		return OK;
	size_t n = candidates(s, g, some);
	*out = n > 0 ? some[0] : search_way_of_order(s);
	for (size_t i = 0; i < n && n > 1 && tx_engine(c) == DB_SQLITE; i++) {
		int64_t found;
		TRY(probe(c, s, g, some[i], &found));
		if (found < least)
			*out = some[i];
		least = found < least ? found : least;
	}
	return OK;
}

bool search_is_by_activity(enum way way)
{
	return ways[way].is_by_activity;
}
