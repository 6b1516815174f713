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
	search_add_from(m, way);
	sqlb_add(&m->b, " AND ", NO_ARGS);
	if (g != NULL)
		search_add_group(m, g);
	else
		add_groups(m);
	sqlb_add(&m->b, " LIMIT ?", ARGS(I(most)));
}

struct plan {
	enum way ways[MAX_LIMITED_GROUPS];
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
		out->ways[0] = has_ids ? WAY_ID : search_way_of_order(s);
		return OK;
	}
	for (; out->n < s->group_n; out->n++)
		TRY(search_choose(c, s, &s->groups[out->n], &out->ways[out->n]));
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

static int64_t most_of(const struct search *s)
{
	return s->most > 0 ? s->most : MAX_SEARCH_REACH;
}

/* How many there are, up to one more than the most; and the page, if that is all. */
static enum err collect(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out,
                        int64_t *total_out)
{
	struct maker m;
	struct found *rows;
	size_t n;
	search_init(&m, c, s);
	sqlb_add(&m.b, "WITH f AS MATERIALIZED (", NO_ARGS);
	add_parts(&m, p, most_of(s) + 1);
	sqlb_add(&m.b, ") SELECT c.n, p.id FROM (SELECT count(*) AS n FROM f) AS c LEFT JOIN (SELECT id FROM f"
	         " WHERE (SELECT count(*) FROM f) <= ?", ARGS(I(most_of(s))));
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
	if (p->n != 1 || search_way_of_order(s) != WAY_ACTIVITY || !search_is_by_activity(p->ways[0]))
		return false;
	const struct search_group *g = &s->groups[0];
	for (size_t i = 0; i < g->n; i++)
		if (search_is_lead(s, p->ways[0], &g->filters[i]) && (g->filters[i].value_n > 1 || g->filters[i].op == SEARCH_OWNED))
			return false;
	return search_lead_n(s, p->ways[0], g) == MAX_LEADS;
}

static enum err walk(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out)
{
	struct maker m;
	struct found *rows;
	size_t n;
	bool is_own = is_in_order(s, p);
	enum way way = is_own ? p->ways[0] : search_way_of_order(s);
	search_init(&m, c, s);
	sqlb_add(&m.b, "SELECT id FROM (SELECT id, CASE WHEN ", NO_ARGS);
	add_groups(&m);
	sqlb_add(&m.b, " THEN 1 ELSE 0 END AS fits", NO_ARGS);
	search_add_from(&m, way);
	if (is_own)
		search_add_leads(&m, way, &s->groups[0]);
	add_index_order(&m);
	sqlb_add(&m.b, " LIMIT ?) AS w WHERE fits = 1 LIMIT ? OFFSET ?",
	         ARGS(I(FEW + FEW_FOR_EACH * (s->offset + s->limit)), I(s->limit), I(s->offset)));
	TRY(sqlb_all(c, &m.b, &id_shape, &rows, &n));
	*n_out = ids_of(rows, n, ids);
	return OK;
}

/* All that matches, sorted: the page of it. */
static enum err sort_rows(struct ctx *c, const struct search *s, const struct plan *p, struct found **out, size_t *n_out)
{
	struct maker m;
	search_init(&m, c, s);
	sqlb_add(&m.b, "SELECT id FROM (", NO_ARGS);
	add_parts(&m, p, INT64_MAX);
	sqlb_add(&m.b, ") AS f", NO_ARGS);
	add_order(&m);
	return sqlb_all(c, &m.b, &id_shape, out, n_out);
}

static enum err sort_all(struct ctx *c, const struct search *s, const struct plan *p, int64_t ids[MAX_SEARCH_PAGE], size_t *n_out)
{
	struct found *rows;
	size_t n;
	TRY(sort_rows(c, s, p, &rows, &n));
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
	search_init(&m, c, s);
	sqlb_add(&m.b, "SELECT @cols FROM object", NO_ARGS);
	search_add_index(&m, WAY_ID);
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

enum err object_search_ids(struct ctx *c, const struct search *wanted, int64_t *ids, size_t *n_out, int64_t *total_out)
{
	struct plan p;
	struct search limited;
	const struct search *s = &limited;
	int64_t total;
	size_t n;
	check(wanted->limit <= MAX_SEARCH_PAGE);
	search_limit(c, wanted, &limited);
	TRY(make_plan(c, s, &p));
	TRY(collect(c, s, &p, ids, &n, &total));
	if (total > most_of(s)) {
		total = most_of(s);
		if (is_walkable(s) && s->limit > 0)
			TRY(walk(c, s, &p, ids, &n));
		if (n < (size_t)s->limit)
			TRY(sort_all(c, s, &p, ids, &n));
	}
	*n_out = n;
	*total_out = total;
	return OK;
}

enum err object_search_every(struct ctx *c, const struct search *wanted, int64_t **ids_out, size_t *n_out)
{
	struct plan p;
	struct search limited;
	struct found *rows;
	search_limit(c, wanted, &limited);
	TRY(make_plan(c, &limited, &p));
	TRY(sort_rows(c, &limited, &p, &rows, n_out));
	*ids_out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*ids_out)[i] = rows[i].id;
	return OK;
}

enum err object_search(struct ctx *c, const struct search *s, struct object **out, size_t *n_out, int64_t *total_out)
{
	int64_t ids[MAX_SEARCH_PAGE];
	size_t n;
	TRY(object_search_ids(c, s, ids, &n, total_out));
	return load(c, s, ids, n, out, n_out);
}

enum err search_try_steps(struct ctx *c, const struct search *wanted)
{
	struct plan p;
	struct search limited;
	const struct search *s = &limited;
	struct object *rows;
	int64_t ids[MAX_SEARCH_PAGE] = {1}, total;
	size_t n;
	search_limit(c, wanted, &limited);
	TRY(make_plan(c, s, &p));
	TRY(collect(c, s, &p, ids, &n, &total));
	if (is_walkable(s))
		TRY(walk(c, s, &p, ids, &n));
	TRY(sort_all(c, s, &p, ids, &n));
	return load(c, s, ids, 1, &rows, &n);
}
