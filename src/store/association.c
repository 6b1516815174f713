#include "store/association.h"

#include "store/all_sql.h"

static const struct field association_fields[] = {
	FIELD(struct association, from_id, F_ID),
	FIELD(struct association, to_type, F_ID),
	FIELD(struct association, to_id, F_ID),
	FIELD(struct association, type_id, F_ID),
	FIELD(struct association, created_at, F_TIME),
};
static const struct shape association_shape = SHAPE("AssociationRow", struct association, association_fields);

enum { Q_PUT, Q_LIST, Q_REMOVE, Q_REMOVE_ALL };
static const struct sql association_rows[] = {
	[Q_PUT] = {"INSERT INTO association (from_id, to_type, to_id, type_id, created_at) VALUES ($1, $2, $3, $4, $5)"
	           " ON CONFLICT (from_id, to_type, to_id, type_id) DO NOTHING", NULL},
	[Q_LIST] = {"SELECT @cols FROM association WHERE from_id = $1 AND to_type = $2 AND to_id > $3"
	            " AND EXISTS (SELECT 1 FROM object WHERE object.id = to_id AND archived_at = 0)"
	            " ORDER BY to_id, type_id LIMIT $4", &association_shape},
	[Q_REMOVE] = {"DELETE FROM association WHERE from_id = $1 AND to_type = $2 AND to_id = $3 AND type_id = $4", NULL},
	[Q_REMOVE_ALL] = {"DELETE FROM association WHERE from_id = $1 AND to_type = $2 AND to_id = $3", NULL},
};
const struct sql_table association_sql = SQL_TABLE("association", association_rows);

enum err association_put(struct ctx *c, const struct association *link)
{
	return db_exec(c, &association_rows[Q_PUT],
	               ARGS(I(link->from_id), I(link->to_type), I(link->to_id), I(link->type_id), I(c->now)), NULL);
}

enum err association_list(struct ctx *c, int64_t from_id, int64_t to_type, int64_t after, int64_t limit,
                          struct association **out, size_t *n_out)
{
	return db_all(c, &association_rows[Q_LIST], ARGS(I(from_id), I(to_type), I(after), I(limit)), out, n_out);
}

enum err association_remove(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, int64_t type_id)
{
	return db_exec(c, &association_rows[Q_REMOVE], ARGS(I(from_id), I(to_type), I(to_id), I(type_id)), NULL);
}

enum err association_remove_all(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id)
{
	return db_exec(c, &association_rows[Q_REMOVE_ALL], ARGS(I(from_id), I(to_type), I(to_id)), NULL);
}
