/* In what order rows are looked at, so that a search costs about the same whether it finds nothing, a few or nearly everything.
 *
 * First up to MAX_SEARCH_REACH + 1 of what matches are collected, through the index of the filters that leave least (each way is tried
 * on SQLite, which has no statistics; PostgreSQL has, and chooses by itself). If that is all, it is sorted, and it is exact. If there
 * is more, then one object in a hundred or so matches, and the page is soon found by walking an index in the order of the answer. A
 * walk that gets too long (old objects are asked for, and only new ones match) is given up for sorting all that matches.
 *
 * The hot columns of tickets stand in every index, so that these steps read no rows; the page's rows are read at the end. */

#include "store/search_int.h"

#include "base/arena.h"
#include "base/check.h"

enum {
	FEW = 20000,         /* entries of an index that are walked in any case */
	FEW_FOR_EACH = 5,    /* and for each object on the page and before it */
	MAX_LEADS = 2,
};

/* Where several leave too many to tell apart, the first one is taken. */
enum way {
	WAY_ID,
	WAY_KEY,
	WAY_OWNER_PRIORITY,
	WAY_PRIORITY_STAGE,
	WAY_STAGE_OWNER,
	WAY_OPEN,
	WAY_PIPELINE,
	WAY_ACTIVITY,
	WAY_UPDATE,
	WAY_CREATION,
	WAY_N
};

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
	[WAY_PIPELINE] = {.leads = {COLUMN_AT(pipeline_id), COLUMN_AT(stage_id)}, .is_by_activity = true},
	[WAY_ACTIVITY] = {.leads = {COLUMN_AT(activity_at)}, .is_range = true},
	[WAY_UPDATE] = {.leads = {COLUMN_AT(updated_at)}, .is_range = true},
	[WAY_CREATION] = {.leads = {COLUMN_AT(created_at)}, .is_range = true},
};

struct found {
	int64_t n;  /* of all, up to MAX_SEARCH_REACH + 1 */
	int64_t id; /* 0: the page is empty */
};
static const struct field found_fields[] = {
	FIELD(struct found, n, F_INT),
	FIELD(struct found, id, F_ID, .flags = F_NULL),
};
static const struct shape found_shape = SHAPE("Found", struct found, found_fields);

static const struct field id_fields[] = {FIELD(struct found, id, F_ID)};
static const struct shape id_shape = SHAPE("FoundId", struct found, id_fields);

static const struct field total_fields[] = {FIELD(struct found, n, F_INT)};
static const struct shape total_shape = SHAPE("Total", struct found, total_fields);

static void maker_init(struct maker *m, struct ctx *c, const struct search *s)
{
	*m = (struct maker){.c = c, .s = s, .is_pg = tx_engine(c) == DB_PG};
	sqlb_init(&m->b, c->a);
}

/* Ways ---------------------------------------------------------------------------------------------------------------- */

static bool is_range(const struct search_filter *f)
{
	return f->op == SEARCH_LT || f->op == SEARCH_LTE || f->op == SEARCH_GT || f->op == SEARCH_GTE || f->op == SEARCH_BETWEEN ||
	       f->op == SEARCH_EQ || f->op == SEARCH_IN;
}

/* Only open tickets are in the index of what is open. */
static bool leads(const struct search *s, enum way way, size_t k, const struct search_filter *f)
{
	if (f->what.column == NULL || ways[way].leads[k] != f->what.column->offset + 1)
		return false;
	if (way == WAY_OPEN && k == 0)
		return f->op == SEARCH_HAS_NOT && s->object_type == 5;
	return ways[way].is_range ? is_range(f) : search_is_equality(f);
}

/* How many of the columns that the index begins with the group tells. */
static size_t lead_n(const struct search *s, enum way way, const struct search_group *g)
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

static bool is_lead(const struct search *s, enum way way, const struct search_filter *f)
{
	return leads(s, way, 0, f) || (ways[way].leads[1] && leads(s, way, 1, f));
}

static void add_index(struct maker *m, enum way way)
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

/* The number of the type is a literal where an index is of tickets only. */
static void add_from(struct maker *m, enum way way)
{
	sqlb_add(&m->b, " FROM object", NO_ARGS);
	add_index(m, way);
	sqlb_add(&m->b, " WHERE archived_at = 0 AND object_type = ?", ARGS(I(m->s->object_type)));
	if (m->s->object_type == 5)
		sqlb_add(&m->b, " AND object_type = 5", NO_ARGS);
}

static void add_leads(struct maker *m, enum way way, const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (!is_lead(m->s, way, &g->filters[i]))
			continue;
		sqlb_add(&m->b, " AND (", NO_ARGS);
		search_add_filter(m, &g->filters[i]);
		sqlb_add(&m->b, ")", NO_ARGS);
	}
}

static enum err probe(struct ctx *c, const struct search *s, const struct search_group *g, enum way way, int64_t *n_out)
{
	struct maker m;
	struct found found;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT count(*) AS n FROM (SELECT 1", NO_ARGS);
	add_from(&m, way);
	add_leads(&m, way, g);
	sqlb_add(&m.b, " LIMIT ?) AS few", ARGS(I(MAX_SEARCH_REACH + 1)));
	TRY(sqlb_one(c, &m.b, &total_shape, &found));
	*n_out = found.n;
	return OK;
}

static enum way way_of_order(const struct search *s)
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
		if (lead_n(s, (enum way)other, g) == MAX_LEADS &&
		    (ways[other].leads[0] == ways[way].leads[0] || ways[other].leads[1] == ways[way].leads[0]))
			return true;
	return false;
}

static bool has_link(const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->filters[i].op == SEARCH_LINKED)
			return true;
	return false;
}

/* Ways that are worth a try: those that tell two columns first. */
static size_t candidates(const struct search *s, const struct search_group *g, enum way some[WAY_N])
{
	size_t n = 0;
	for (int way = WAY_KEY + 1; way < WAY_N; way++)
		if (lead_n(s, (enum way)way, g) == MAX_LEADS)
			some[n++] = (enum way)way;
	for (int way = WAY_KEY + 1; way < WAY_N; way++)
		if (lead_n(s, (enum way)way, g) == 1 && !is_covered(s, (enum way)way, g))
			some[n++] = (enum way)way;
	return n;
}

/* With a filter that names the objects themselves there is nothing to choose. On PostgreSQL the way only says whether the walk may be
 * along it. */
static enum err choose(struct ctx *c, const struct search *s, const struct search_group *g, enum way *out)
{
	enum way some[WAY_N];
	int64_t least = INT64_MAX;
	*out = has_link(g) || lead_n(s, WAY_ID, g) > 0 ? WAY_ID : WAY_KEY;
	if (*out == WAY_ID || lead_n(s, WAY_KEY, g) > 0)
		return OK;
	size_t n = candidates(s, g, some);
	*out = n > 0 ? some[0] : way_of_order(s);
	for (size_t i = 0; i < n && n > 1 && tx_engine(c) == DB_SQLITE; i++) {
		int64_t found;
		TRY(probe(c, s, g, some[i], &found));
		if (found < least)
			*out = some[i];
		least = found < least ? found : least;
	}
	return OK;
}

/* Order --------------------------------------------------------------------------------------------------------------- */

/* Columns that are always set, and that an index is ordered by. */
static bool is_walkable(const struct search *s)
{
	const struct field *by = s->order.column;
	return by == NULL ? str_is_null(s->order.name)
	                  : by->offset == offsetof(struct object, created_at) || by->offset == offsetof(struct object, updated_at) ||
				    by->offset == offsetof(struct object, activity_at);
}

static void add_key(struct maker *m)
{
	const struct search_what *by = &m->s->order;
	if (by->column == NULL && str_is_null(by->name))
		sqlb_add(&m->b, "created_at", NO_ARGS);
	else
		search_add_what(m, by);
}

/* id and what it is sorted by: what is not set comes last either way. */
static void add_sorted_by(struct maker *m)
{
	if (is_walkable(m->s)) {
		sqlb_add(&m->b, "SELECT id, 0 AS unset, ", NO_ARGS);
	} else {
		sqlb_add(&m->b, "SELECT id, CASE WHEN ", NO_ARGS);
		add_key(m);
		sqlb_add(&m->b, " IS NULL THEN 1 ELSE 0 END AS unset, ", NO_ARGS);
	}
	add_key(m);
	sqlb_add(&m->b, " AS key", NO_ARGS);
}

static void add_order(struct maker *m)
{
	if (m->s->is_descending)
		sqlb_add(&m->b, " ORDER BY unset, key DESC, id DESC LIMIT ? OFFSET ?", ARGS(I(m->s->limit), I(m->s->offset)));
	else
		sqlb_add(&m->b, " ORDER BY unset, key, id LIMIT ? OFFSET ?", ARGS(I(m->s->limit), I(m->s->offset)));
}

/* In the order of an index. */
static void add_index_order(struct maker *m)
{
	sqlb_add(&m->b, " ORDER BY ", NO_ARGS);
	add_key(m);
	if (m->s->is_descending)
		sqlb_add(&m->b, " DESC, id DESC", NO_ARGS);
	else
		sqlb_add(&m->b, ", id", NO_ARGS);
}

/* What matches ---------------------------------------------------------------------------------------------------------- */

/* All groups, with OR between them. */
static void add_groups(struct maker *m)
{
	const struct search *s = m->s;
	if (s->group_n == 0)
		sqlb_add(&m->b, "1 = 1", NO_ARGS);
	else
		sqlb_add(&m->b, "(", NO_ARGS);
	for (size_t i = 0; i < s->group_n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " OR ", NO_ARGS);
		search_add_group(m, &s->groups[i]);
	}
	if (s->group_n > 0)
		sqlb_add(&m->b, ")", NO_ARGS);
	search_add_words(m);
}

/* Those of one group through its own index, or of all groups where words say which objects they are. */
static void add_part(struct maker *m, const struct search_group *g, enum way way, int64_t most)
{
	add_sorted_by(m);
	add_from(m, way);
	sqlb_add(&m->b, " AND ", NO_ARGS);
	if (g != NULL)
		search_add_group(m, g);
	else
		add_groups(m);
	sqlb_add(&m->b, " LIMIT ?", ARGS(I(most)));
}

struct plan {
	enum way ways[MAX_SEARCH_GROUPS];
	size_t n; /* of parts; 0: all groups at once, through ways[0] */
};

static void add_parts(struct maker *m, const struct plan *p, int64_t most)
{
	if (p->n == 0)
		add_part(m, NULL, p->ways[0], most);
	for (size_t i = 0; i < p->n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " UNION ", NO_ARGS);
		if (p->n > 1)
			sqlb_add(&m->b, "SELECT * FROM (", NO_ARGS);
		add_part(m, &m->s->groups[i], p->ways[i], most);
		if (p->n > 1)
			sqlb_add(&m->b, ") AS part", NO_ARGS);
	}
}

static enum err make_plan(struct ctx *c, const struct search *s, struct plan *out)
{
	*out = (struct plan){0};
	bool has_ids = !str_is_null(s->ids);
	if (has_ids || s->group_n == 0) {
		out->ways[0] = has_ids ? WAY_ID : way_of_order(s);
		return OK;
	}
	for (; out->n < s->group_n; out->n++)
		TRY(choose(c, s, &s->groups[out->n], &out->ways[out->n]));
	return OK;
}

/* Steps ----------------------------------------------------------------------------------------------------------------- */

static size_t ids_of(const struct found *rows, size_t n, int64_t ids[MAX_SEARCH_PAGE])
{
	size_t id_n = 0;
	check(n <= MAX_SEARCH_PAGE);
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != 0)
			ids[id_n++] = rows[i].id;
	return id_n;
}

/* How many there are, up to MAX_SEARCH_REACH + 1; and the page, if that is all. */
static enum err collect(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out,
                        int64_t *total_out)
{
	struct maker m;
	struct found *rows;
	size_t n;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "WITH f AS MATERIALIZED (", NO_ARGS);
	add_parts(&m, p, MAX_SEARCH_REACH + 1);
	sqlb_add(&m.b, ") SELECT c.n, p.id FROM (SELECT count(*) AS n FROM f) AS c LEFT JOIN (SELECT id FROM f"
	         " WHERE (SELECT count(*) FROM f) <= ?", ARGS(I(MAX_SEARCH_REACH)));
	add_order(&m);
	sqlb_add(&m.b, ") AS p ON 1 = 1", NO_ARGS);
	TRY(sqlb_all(c, &m.b, &found_shape, &rows, &n));
	*total_out = rows[0].n;
	*n_out = ids_of(rows, n, ids);
	return OK;
}

/* An index of the one group is in the order of the answer itself, where each of its first columns has one value. */
static bool is_in_order(const struct search *s, const struct plan *p)
{
	if (p->n != 1 || way_of_order(s) != WAY_ACTIVITY || !ways[p->ways[0]].is_by_activity)
		return false;
	const struct search_group *g = &s->groups[0];
	for (size_t i = 0; i < g->n; i++)
		if (is_lead(s, p->ways[0], &g->filters[i]) && g->filters[i].value_n > 1)
			return false;
	return lead_n(s, p->ways[0], g) == MAX_LEADS;
}

static enum err walk(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out)
{
	struct maker m;
	struct found *rows;
	size_t n;
	bool is_own = is_in_order(s, p);
	enum way way = is_own ? p->ways[0] : way_of_order(s);
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT id FROM (SELECT id, CASE WHEN ", NO_ARGS);
	add_groups(&m);
	sqlb_add(&m.b, " THEN 1 ELSE 0 END AS fits", NO_ARGS);
	add_from(&m, way);
	if (is_own)
		add_leads(&m, way, &s->groups[0]);
	add_index_order(&m);
	sqlb_add(&m.b, " LIMIT ?) AS w WHERE fits = 1 LIMIT ? OFFSET ?",
	         ARGS(I(FEW + FEW_FOR_EACH * (s->offset + s->limit)), I(s->limit), I(s->offset)));
	TRY(sqlb_all(c, &m.b, &id_shape, &rows, &n));
	*n_out = ids_of(rows, n, ids);
	return OK;
}

static enum err sort_all(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out)
{
	struct maker m;
	struct found *rows;
	size_t n;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT id FROM (", NO_ARGS);
	add_parts(&m, p, INT64_MAX);
	sqlb_add(&m.b, ") AS f", NO_ARGS);
	add_order(&m);
	TRY(sqlb_all(c, &m.b, &id_shape, &rows, &n));
	*n_out = ids_of(rows, n, ids);
	return OK;
}

/* The last id is repeated, so that lists of many lengths are few statements. */
static enum err load(struct ctx *c, const struct search *s, const int64_t *ids, size_t n, struct object **out, size_t *n_out)
{
	static const size_t sizes[] = {10, 50, MAX_SEARCH_PAGE};
	struct maker m;
	size_t size = 0;
	*n_out = 0;
	if (n == 0)
		return OK;
	while (sizes[size] < n)
		size++;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT @cols FROM object", NO_ARGS);
	add_index(&m, WAY_ID);
	sqlb_add(&m.b, " WHERE id IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < sizes[size]; i++)
		sqlb_add(&m.b, ", ?", ARGS(I(ids[i < n ? i : n - 1])));
	sqlb_add(&m.b, ") ORDER BY CASE WHEN ", NO_ARGS);
	add_key(&m);
	sqlb_add(&m.b, " IS NULL THEN 1 ELSE 0 END, ", NO_ARGS);
	add_key(&m);
	if (s->is_descending)
		sqlb_add(&m.b, " DESC, id DESC", NO_ARGS);
	else
		sqlb_add(&m.b, ", id", NO_ARGS);
	return sqlb_all(c, &m.b, &object_shape, out, n_out);
}

enum err object_search(struct ctx *c, const struct search *s, struct object **out, size_t *n_out, int64_t *total_out)
{
	struct plan p;
	int64_t ids[MAX_SEARCH_PAGE], total;
	size_t n;
	check(s->limit <= MAX_SEARCH_PAGE);
	TRY(make_plan(c, s, &p));
	TRY(collect(c, s, &p, ids, &n, &total));
	if (total > MAX_SEARCH_REACH) {
		total = MAX_SEARCH_REACH;
		if (is_walkable(s))
			TRY(walk(c, s, &p, ids, &n));
		if (n < (size_t)s->limit)
			TRY(sort_all(c, s, &p, ids, &n));
	}
	TRY(load(c, s, ids, n, out, n_out));
	*total_out = total;
	return OK;
}

enum err search_try_steps(struct ctx *c, const struct search *s)
{
	struct plan p;
	struct object *rows;
	int64_t ids[MAX_SEARCH_PAGE] = {1}, total;
	size_t n;
	TRY(make_plan(c, s, &p));
	TRY(collect(c, s, &p, ids, &n, &total));
	if (is_walkable(s))
		TRY(walk(c, s, &p, ids, &n));
	TRY(sort_all(c, s, &p, ids, &n));
	return load(c, s, ids, 1, &rows, &n);
}
