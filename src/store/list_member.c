/* Who is on a list, declared in store/list.h. The size of a list is kept by desk/, which has it locked; here it changes only where an
 * object leaves all of its lists. */

#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"
#include "store/list.h"

static const struct field member_fields[] = {
	FIELD(struct list_member, object_id, F_ID),
	FIELD(struct list_member, added_at, F_TIME),
};
static const struct shape member_shape = SHAPE("ListMember", struct list_member, member_fields);

static const struct field of_object_fields[] = {
	FIELD(struct list_of_object, list_id, F_ID),
	FIELD(struct list_of_object, version, F_INT),
	FIELD(struct list_of_object, added_at, F_TIME),
};
static const struct shape of_object_shape = SHAPE("ListOfObject", struct list_of_object, of_object_fields);

#define MEMBERS "SELECT @cols FROM list_member WHERE list_id = $1"
#define IS_THERE " AND EXISTS (SELECT 1 FROM object WHERE object.id = object_id AND archived_at = 0)"

enum {
	Q_AFTER_ID,
	Q_BEFORE_ID,
	Q_AFTER_TIME,
	Q_BEFORE_TIME,
	Q_REMOVE_ALL,
	Q_COPY,
	Q_LISTS_OF,
	Q_SHRINK,
	Q_FORGET,
	Q_SHRINK_BOTH,
	Q_REPLACE,
};
static const struct sql list_member_rows[] = {
	[Q_AFTER_ID] = {MEMBERS " AND object_id > $2" IS_THERE " ORDER BY object_id LIMIT $3", &member_shape},
	[Q_BEFORE_ID] = {MEMBERS " AND object_id < $2" IS_THERE " ORDER BY object_id DESC LIMIT $3", &member_shape},
	[Q_AFTER_TIME] = {MEMBERS " AND (added_at, object_id) > ($2, $3)" IS_THERE " ORDER BY added_at, object_id LIMIT $4",
	                  &member_shape},
	[Q_BEFORE_TIME] = {MEMBERS " AND (added_at, object_id) < ($2, $3)" IS_THERE " ORDER BY added_at DESC, object_id DESC LIMIT $4",
	                   &member_shape},
	[Q_REMOVE_ALL] = {"DELETE FROM list_member WHERE list_id = $1", NULL},
	[Q_COPY] = {"INSERT INTO list_member (list_id, object_id, added_at) SELECT CAST($2 AS BIGINT), object_id, CAST($3 AS BIGINT)"
	            " FROM list_member WHERE list_id = $1" IS_THERE " ON CONFLICT (list_id, object_id) DO NOTHING", NULL},
	[Q_LISTS_OF] = {"SELECT m.list_id, l.version, m.added_at FROM list_member m JOIN object_list l ON l.id = m.list_id"
	                " WHERE m.object_id = $1 AND l.archived_at = 0 ORDER BY m.list_id LIMIT $2", &of_object_shape},
	[Q_SHRINK] = {"UPDATE object_list SET size = size - 1 WHERE id IN (SELECT list_id FROM list_member WHERE object_id = $1)", NULL},
	[Q_FORGET] = {"DELETE FROM list_member WHERE object_id = $1", NULL},
	[Q_SHRINK_BOTH] = {"UPDATE object_list SET size = size - 1 WHERE id IN (SELECT list_id FROM list_member WHERE object_id = $1)"
	                   " AND id IN (SELECT list_id FROM list_member WHERE object_id = $2)", NULL},
	[Q_REPLACE] = {"INSERT INTO list_member (list_id, object_id, added_at) SELECT list_id, CAST($2 AS BIGINT), added_at"
	               " FROM list_member WHERE object_id = $1 ON CONFLICT (list_id, object_id) DO NOTHING", NULL},
};
const struct sql_table list_member_sql = SQL_TABLE("list_member", list_member_rows);

enum err list_member_page(struct ctx *c, int64_t list_id, const struct list_place *place, int64_t limit,
                          struct list_member **out, size_t *n_out)
{
	if (place->is_by_time)
		return db_all(c, &list_member_rows[place->is_before ? Q_BEFORE_TIME : Q_AFTER_TIME],
		              ARGS(I(list_id), I(place->added_at), I(place->object_id), I(limit)), out, n_out);
	return db_all(c, &list_member_rows[place->is_before ? Q_BEFORE_ID : Q_AFTER_ID],
	              ARGS(I(list_id), I(place->object_id), I(limit)), out, n_out);
}

enum err list_member_page_seen(struct ctx *c, const struct ticket_access *access, int64_t list_id, const struct list_place *place,
                               int64_t limit, struct list_member **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM list_member WHERE list_id = ?", ARGS(I(list_id)));
	if (place->is_by_time && place->is_before)
		sqlb_add(&b, " AND (added_at, object_id) < (?, ?)", ARGS(I(place->added_at), I(place->object_id)));
	else if (place->is_by_time)
		sqlb_add(&b, " AND (added_at, object_id) > (?, ?)", ARGS(I(place->added_at), I(place->object_id)));
	else if (place->is_before)
		sqlb_add(&b, " AND object_id < ?", ARGS(I(place->object_id)));
	else
		sqlb_add(&b, " AND object_id > ?", ARGS(I(place->object_id)));
	sqlb_add(&b, " AND EXISTS (SELECT 1 FROM object WHERE object.id = object_id AND archived_at = 0", NO_ARGS);
	access_add(c, &b, access);
	if (place->is_by_time && place->is_before)
		sqlb_add(&b, ") ORDER BY added_at DESC, object_id DESC LIMIT ?", ARGS(I(limit)));
	else if (place->is_by_time)
		sqlb_add(&b, ") ORDER BY added_at, object_id LIMIT ?", ARGS(I(limit)));
	else if (place->is_before)
		sqlb_add(&b, ") ORDER BY object_id DESC LIMIT ?", ARGS(I(limit)));
	else
		sqlb_add(&b, ") ORDER BY object_id LIMIT ?", ARGS(I(limit)));
	return sqlb_all(c, &b, &member_shape, out, n_out);
}

static void add_ids(struct sqlb *b, const int64_t *ids, size_t n)
{
	sqlb_add(b, "(?", ARGS(I(ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(b, ", ?", ARGS(I(ids[i])));
	sqlb_add(b, ")", NO_ARGS);
}

enum err list_member_known(struct ctx *c, int64_t object_type, const struct ticket_access *access, const int64_t *ids, size_t n,
                           struct list_member **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT id AS object_id, created_at AS added_at FROM object WHERE object_type = ? AND archived_at = 0 AND id IN ",
	         ARGS(I(object_type)));
	add_ids(&b, ids, n);
	access_add(c, &b, access);
	return sqlb_all(c, &b, &member_shape, out, n_out);
}

enum err list_member_add(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, struct list_member **out,
                         size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "INSERT INTO list_member (list_id, object_id, added_at) SELECT CAST(? AS BIGINT), id, CAST(? AS BIGINT)"
	             " FROM object WHERE object_type = ? AND archived_at = 0 AND id IN ",
	         ARGS(I(l->id), I(c->now), I(l->object_type)));
	add_ids(&b, ids, n);
	sqlb_add(&b, " ON CONFLICT (list_id, object_id) DO NOTHING RETURNING object_id, added_at", NO_ARGS);
	return sqlb_all(c, &b, &member_shape, out, n_out);
}

enum err list_member_remove(struct ctx *c, int64_t list_id, const int64_t *ids, size_t n, struct list_member **out,
                            size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "DELETE FROM list_member WHERE list_id = ? AND object_id IN ", ARGS(I(list_id)));
	add_ids(&b, ids, n);
	sqlb_add(&b, " RETURNING object_id, added_at", NO_ARGS);
	return sqlb_all(c, &b, &member_shape, out, n_out);
}

enum err list_member_remove_all(struct ctx *c, int64_t list_id, int64_t *n_out)
{
	return db_exec(c, &list_member_rows[Q_REMOVE_ALL], ARGS(I(list_id)), n_out);
}

enum err list_member_copy(struct ctx *c, int64_t from_list_id, int64_t list_id, int64_t *n_out)
{
	return db_exec(c, &list_member_rows[Q_COPY], ARGS(I(from_list_id), I(list_id), I(c->now)), n_out);
}

enum err list_member_forget(struct ctx *c, int64_t object_id)
{
	TRY(db_exec(c, &list_member_rows[Q_SHRINK], ARGS(I(object_id)), NULL));
	return db_exec(c, &list_member_rows[Q_FORGET], ARGS(I(object_id)), NULL);
}

enum err list_member_replace(struct ctx *c, int64_t object_id, int64_t by_id)
{
	/* a list that both are on has one member less */
	TRY(db_exec(c, &list_member_rows[Q_SHRINK_BOTH], ARGS(I(object_id), I(by_id)), NULL));
	TRY(db_exec(c, &list_member_rows[Q_REPLACE], ARGS(I(object_id), I(by_id)), NULL));
	return db_exec(c, &list_member_rows[Q_FORGET], ARGS(I(object_id)), NULL);
}

enum err list_of_object(struct ctx *c, int64_t object_id, int64_t most, struct list_of_object **out, size_t *n_out)
{
	return db_all(c, &list_member_rows[Q_LISTS_OF], ARGS(I(object_id), I(most)), out, n_out);
}
