/* The ids of a page are found in an index first, so that an offset walks over entries and not over rows; then the page's rows are read.
 *
 * SQLite has no statistics and is told the index: that of what is open, whose entries have everything that one sorts by, or that of the
 * order. PostgreSQL chooses by itself. */

#include "store/view.h"

#include "base/arena.h"
#include "base/check.h"
#include "store/access.h"
#include "store/search_int.h"

struct total {
	int64_t n;
};
static const struct field total_fields[] = {FIELD(struct total, n, F_INT)};
static const struct shape total_shape = SHAPE("ViewTotal", struct total, total_fields);

struct view_id {
	int64_t id;
};
static const struct field view_id_fields[] = {FIELD(struct view_id, id, F_ID)};
static const struct shape view_id_shape = SHAPE("ViewId", struct view_id, view_id_fields);

#define RANK "CASE priority WHEN 'URGENT' THEN 4 WHEN 'HIGH' THEN 3 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 1 ELSE 0 END"

/* Which tickets ----------------------------------------------------------------------------------------------------------- */

/* A value of a property with several values, as a word of its text. */
static void add_has_value(struct maker *m, const char *property, struct str value)
{
	const struct search_value values[] = {{.text = value}};
	const struct search_filter f = {.what = {.name = str_c(property), .as = SEARCH_WITHOUT_CASE},
	                                .op = SEARCH_CONTAINS, .values = values, .value_n = 1};
	search_add_filter(m, &f);
}

/* What each kind of view asks for beside state and owner. */
static void add_of(struct maker *m, const struct view_find *find)
{
	switch (find->of) {
	case VIEW_OF_ALL:
	case VIEW_OF_N:
		return;
	case VIEW_OF_TEAM:
		sqlb_add(&m->b, " AND ", NO_ARGS);
		add_has_value(m, "hs_assigned_team_ids", find->team_id);
		return;
	case VIEW_OF_DRAFTS:
		sqlb_add(&m->b, " AND id IN (SELECT ticket_id FROM draft WHERE user_id = ?)", ARGS(I(find->user_id)));
		return;
	case VIEW_OF_SNOOZED:
		sqlb_add(&m->b, " AND snoozed_until > 0 AND spam_at = 0", NO_ARGS);
		return;
	case VIEW_OF_SPAM:
		sqlb_add(&m->b, " AND spam_at > 0", NO_ARGS);
		return;
	case VIEW_OF_MENTIONS:
		sqlb_add(&m->b, " AND id IN (SELECT message.ticket_id FROM mention JOIN message ON message.id = mention.message_id"
		                " WHERE mention.user_id = ?)", ARGS(I(find->user_id)));
		return;
	case VIEW_OF_FOLLOWING:
		sqlb_add(&m->b, " AND id IN (SELECT ticket_id FROM follow WHERE user_id = ? AND is_following = 1)",
		         ARGS(I(find->user_id)));
		return;
	}
}

/* Spam is nowhere but among spam, and what is snoozed not among what is open. Few are: they are found in indexes of their own and left
 * out by id, so that the walk over the entries of the others reads no rows. */
static void add_hidden(struct maker *m, const struct view_find *find)
{
	if (find->of == VIEW_OF_SNOOZED || find->of == VIEW_OF_SPAM)
		return;
	if (find->state == VIEW_OPEN_ONLY)
		sqlb_add(&m->b, " AND id NOT IN (SELECT id FROM object WHERE snoozed_until > 0 UNION ALL SELECT id FROM object"
		                " WHERE spam_at > 0)", NO_ARGS);
	else
		sqlb_add(&m->b, " AND id NOT IN (SELECT id FROM object WHERE spam_at > 0)", NO_ARGS);
}

/* The last id is repeated, so that lists of many lengths are few statements. */
static void add_ids(struct maker *m, const struct view_find *find)
{
	static const size_t sizes[] = {10, MAX_VIEW_PAGE};
	if (find->id_n == 0)
		return;
	check(find->id_n <= MAX_VIEW_PAGE);
	size_t size = sizes[find->id_n > sizes[0]];
	sqlb_add(&m->b, " AND id IN (?", ARGS(I(find->ids[0])));
	for (size_t i = 1; i < size; i++)
		sqlb_add(&m->b, ", ?", ARGS(I(find->ids[i < find->id_n ? i : find->id_n - 1])));
	sqlb_add(&m->b, ")", NO_ARGS);
}

static bool is_by_activity(const struct view_find *find)
{
	return find->sort == VIEW_NEWEST || find->sort == VIEW_OLDEST;
}

/* These begin with few rows of their own. */
static bool is_of_few(enum view_of of)
{
	return of == VIEW_OF_MENTIONS || of == VIEW_OF_FOLLOWING;
}

/* VIEW_OF_ALL and VIEW_OF_TEAM have no table of their own to begin with. */
static void add_index(struct maker *m, const struct view_find *find)
{
	if (m->is_pg || (find->of > VIEW_OF_SPAM && !is_of_few(find->of)))
		return;
	if (find->id_n > 0 || find->is_shared_only || is_of_few(find->of))
		sqlb_add(&m->b, " NOT INDEXED", NO_ARGS);
	else if (find->of == VIEW_OF_SNOOZED)
		sqlb_add(&m->b, " INDEXED BY object_by_snooze", NO_ARGS);
	else if (find->of == VIEW_OF_SPAM)
		sqlb_add(&m->b, " INDEXED BY object_by_spam", NO_ARGS);
	else if (find->state == VIEW_OPEN_ONLY && (find->owner_id >= 0 || !is_by_activity(find)))
		sqlb_add(&m->b, " INDEXED BY object_open_ticket", NO_ARGS);
	else if (!is_by_activity(find) && find->sort != VIEW_PRIORITY)
		sqlb_add(&m->b, " INDEXED BY object_newest", NO_ARGS);
	else if (find->owner_id >= 0 && find->state != VIEW_ANY_STATE)
		sqlb_add(&m->b, " INDEXED BY object_by_owner", NO_ARGS);
	else if (find->state != VIEW_ANY_STATE)
		sqlb_add(&m->b, " INDEXED BY object_by_activity", NO_ARGS);
	else
		sqlb_add(&m->b, " INDEXED BY object_newest_activity", NO_ARGS);
}

static void add_which(struct maker *m, const struct view_find *find)
{
	sqlb_add(&m->b, " FROM object", NO_ARGS);
	add_index(m, find);
	sqlb_add(&m->b, " WHERE object_type = 5 AND archived_at = 0", NO_ARGS);
	if (find->state == VIEW_OPEN_ONLY)
		sqlb_add(&m->b, " AND is_closed = 0", NO_ARGS);
	else if (find->state == VIEW_CLOSED_ONLY)
		sqlb_add(&m->b, " AND is_closed = 1", NO_ARGS);
	if (find->owner_id >= 0)
		sqlb_add(&m->b, " AND owner_id = ?", ARGS(I(find->owner_id)));
	add_of(m, find);
	add_hidden(m, find);
	add_ids(m, find);
}

/* In what order ----------------------------------------------------------------------------------------------------------- */

static void add_order(struct maker *m, enum view_sort sort)
{
	switch (sort) {
	case VIEW_NEWEST:
	case VIEW_SORT_N:
		sqlb_add(&m->b, " ORDER BY activity_at DESC, id DESC", NO_ARGS);
		return;
	case VIEW_OLDEST:
		sqlb_add(&m->b, " ORDER BY activity_at, id", NO_ARGS);
		return;
	case VIEW_PRIORITY:
		sqlb_add(&m->b, " ORDER BY " RANK " DESC, activity_at DESC, id DESC", NO_ARGS);
		return;
	case VIEW_CREATED:
		sqlb_add(&m->b, " ORDER BY created_at DESC, id DESC", NO_ARGS);
		return;
	case VIEW_CREATED_OLDEST:
		sqlb_add(&m->b, " ORDER BY created_at, id", NO_ARGS);
		return;
	}
}

static void add_after(struct maker *m, const struct view_find *find)
{
	const struct view_place *p = &find->after;
	if (p->id == 0)
		return;
	switch (find->sort) {
	case VIEW_OLDEST:
		sqlb_add(&m->b, " AND (activity_at, id) > (?, ?)", ARGS(I(p->at), I(p->id)));
		return;
	case VIEW_PRIORITY:
		sqlb_add(&m->b, " AND (" RANK ", activity_at, id) < (?, ?, ?)", ARGS(I(p->rank), I(p->at), I(p->id)));
		return;
	case VIEW_CREATED:
		sqlb_add(&m->b, " AND (created_at, id) < (?, ?)", ARGS(I(p->at), I(p->id)));
		return;
	case VIEW_CREATED_OLDEST:
		sqlb_add(&m->b, " AND (created_at, id) > (?, ?)", ARGS(I(p->at), I(p->id)));
		return;
	case VIEW_NEWEST:
	case VIEW_SORT_N:
		break;
	}
	sqlb_add(&m->b, " AND (activity_at, id) < (?, ?)", ARGS(I(p->at), I(p->id)));
}

static int64_t rank_of(struct str priority)
{
	static const char *const ranks[] = {"LOW", "MEDIUM", "HIGH", "URGENT"};
	for (size_t i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++)
		if (str_eq(priority, str_c(ranks[i])))
			return (int64_t)i + 1;
	return 0;
}

struct view_place view_place_of(enum view_sort sort, const struct ticket_row *row)
{
	bool is_by_creation = sort == VIEW_CREATED || sort == VIEW_CREATED_OLDEST;
	return (struct view_place){rank_of(row->priority), is_by_creation ? row->created_at : row->activity_at, row->id};
}

/* ------------------------------------------------------------------------------------------------------------------------- */

static void begin(struct maker *m, struct ctx *c)
{
	static const struct search of_tickets = {.object_type = 5};
	search_init(m, c, &of_tickets);
}

/* What one may see ------------------------------------------------------------------------------------------------------- */

/* Who sees some tickets only: one list of each owner whose tickets he sees, and one of what is shared with him, each by its index and no
 * longer than it is needed. */
enum { MAX_PARTS = 40, MAX_PARTS_REACH = 5000 };

struct parts {
	const struct view_find *find;
	int64_t *owners;
	size_t owner_n;
	bool has_shared; /* behind them */
	size_t n;        /* 0: one list, with all conditions */
};

static struct parts parts_of(struct ctx *c, const struct view_find *find)
{
	struct parts p = {.find = find};
	const struct ticket_access *a = find->access;
	if (a == NULL || a->view == REACH_ALL || find->of > VIEW_OF_TEAM || find->id_n > 0 || find->offset > MAX_PARTS_REACH)
		return p;
	p.owner_n = access_owners(c, a, &p.owners);
	p.has_shared = true;
	for (size_t i = 0; i < p.owner_n && find->owner_id >= 0; i++)
		if (p.owners[i] == find->owner_id) {
			p.owners[0] = find->owner_id;
			p.owner_n = 1;
			p.has_shared = false;
		}
	if (find->owner_id >= 0 && p.has_shared)
		p.owner_n = 0; /* those of somebody else: what is shared of them */
	p.n = p.owner_n + p.has_shared <= MAX_PARTS ? p.owner_n + p.has_shared : 0;
	return p;
}

static void add_shared(struct maker *m, const struct view_find *find)
{
	sqlb_add(&m->b, " AND ", NO_ARGS);
	access_add_shared(m->c, &m->b, find->access);
	sqlb_add(&m->b, " AND NOT ", NO_ARGS); /* each once */
	access_add_owned(m->c, &m->b, find->access);
}

static void add_part_which(struct maker *m, const struct parts *p, size_t i)
{
	struct view_find part = *p->find;
	part.is_shared_only = i == p->owner_n;
	part.owner_id = part.is_shared_only ? part.owner_id : p->owners[i];
	add_which(m, &part);
	if (part.is_shared_only)
		add_shared(m, &part);
	if (part.access->closed_n > 0) {
		sqlb_add(&m->b, " AND ", NO_ARGS);
		access_add_open(m->c, &m->b, part.access);
	}
}

static enum err list_parts(struct ctx *c, const struct view_find *find, const struct parts *p, struct view_id **out, size_t *n_out)
{
	struct maker m;
	begin(&m, c);
	sqlb_add(&m.b, "SELECT id FROM (", NO_ARGS);
	for (size_t i = 0; i < p->n; i++) {
		if (i > 0)
			sqlb_add(&m.b, " UNION ALL ", NO_ARGS);
		sqlb_add(&m.b, "SELECT * FROM (SELECT id, activity_at, created_at, priority", NO_ARGS);
		add_part_which(&m, p, i);
		add_after(&m, find);
		add_order(&m, find->sort);
		sqlb_add(&m.b, " LIMIT ?) AS part", ARGS(I(find->offset + find->limit)));
	}
	sqlb_add(&m.b, ") AS seen", NO_ARGS);
	add_order(&m, find->sort);
	sqlb_add(&m.b, " LIMIT ? OFFSET ?", ARGS(I(find->limit), I(find->offset)));
	return sqlb_all(c, &m.b, &view_id_shape, out, n_out);
}

static enum err count_parts(struct ctx *c, const struct parts *p, int64_t most, struct total *out)
{
	struct maker m;
	begin(&m, c);
	sqlb_add(&m.b, "SELECT count(*) AS n FROM (SELECT 1 FROM (", NO_ARGS);
	for (size_t i = 0; i < p->n; i++) {
		if (i > 0)
			sqlb_add(&m.b, " UNION ALL ", NO_ARGS);
		sqlb_add(&m.b, "SELECT * FROM (SELECT 1", NO_ARGS);
		add_part_which(&m, p, i);
		sqlb_add(&m.b, " LIMIT ?) AS part", ARGS(I(most)));
	}
	sqlb_add(&m.b, ") AS seen LIMIT ?) AS few", ARGS(I(most)));
	return sqlb_one(c, &m.b, &total_shape, out);
}

static enum err list_ids(struct ctx *c, const struct view_find *find, int64_t **out, size_t *n_out)
{
	struct maker m;
	struct view_id *rows;
	const struct parts parts = parts_of(c, find);
	if (parts.n > 0) {
		TRY(list_parts(c, find, &parts, &rows, n_out));
	} else {
		begin(&m, c);
		sqlb_add(&m.b, "SELECT id", NO_ARGS);
		add_which(&m, find);
		access_add(c, &m.b, find->access);
		add_after(&m, find);
		add_order(&m, find->sort);
		sqlb_add(&m.b, " LIMIT ? OFFSET ?", ARGS(I(find->limit), I(find->offset)));
		TRY(sqlb_all(c, &m.b, &view_id_shape, &rows, n_out));
	}
	*out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*out)[i] = rows[i].id;
	return OK;
}

enum err view_list(struct ctx *c, const struct view_find *find, struct ticket_row **out, size_t *n_out)
{
	int64_t *ids;
	size_t n;
	check(find->limit <= MAX_VIEW_PAGE + 1 && find->offset <= MAX_VIEW_REACH);
	TRY(list_ids(c, find, &ids, &n));
	return ticket_row_of_ids(c, ids, n, out, n_out);
}

enum err view_id_list(struct ctx *c, const struct view_find *find, int64_t most, int64_t **out, size_t *n_out)
{
	struct view_find of_most = *find;
	of_most.limit = most;
	return list_ids(c, &of_most, out, n_out);
}

enum err view_count(struct ctx *c, const struct view_find *find, int64_t most, int64_t *n_out)
{
	struct maker m;
	struct total found;
	const struct parts parts = parts_of(c, find);
	if (parts.n > 0) {
		TRY(count_parts(c, &parts, most, &found));
	} else {
		begin(&m, c);
		sqlb_add(&m.b, "SELECT count(*) AS n FROM (SELECT 1", NO_ARGS);
		add_which(&m, find);
		access_add(c, &m.b, find->access);
		sqlb_add(&m.b, " LIMIT ?) AS few", ARGS(I(most)));
		TRY(sqlb_one(c, &m.b, &total_shape, &found));
	}
	*n_out = found.n;
	return OK;
}
