#include "store/association.h"

#include "base/check.h"
#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"

static const struct field association_fields[] = {
	FIELD(struct association, from_id, F_ID),
	FIELD(struct association, to_type, F_ID),
	FIELD(struct association, to_id, F_ID),
	FIELD(struct association, type_id, F_ID),
	FIELD(struct association, created_at, F_TIME),
};
static const struct shape association_shape = SHAPE("AssociationRow", struct association, association_fields);

struct count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct count, n, F_INT)};
static const struct shape count_shape = SHAPE("AssociationCount", struct count, count_fields);

#define IS_THERE " AND EXISTS (SELECT 1 FROM object WHERE object.id = to_id AND archived_at = 0)"

enum { Q_PUT, Q_LIST, Q_BETWEEN, Q_LIST_OF_TYPE, Q_COUNT, Q_REMOVE };
static const struct sql association_rows[] = {
	[Q_PUT] = {"INSERT INTO association (from_id, to_type, to_id, type_id, created_at) VALUES"
	           " ($1, $2, $3, $4, $7), ($3, $5, $1, $6, $7)"
	           " ON CONFLICT (from_id, to_type, to_id, type_id) DO NOTHING", NULL},
	[Q_LIST] = {"SELECT @cols FROM association WHERE from_id = $1 AND to_type = $2 AND to_id > $3 AND to_id <= (SELECT max(to_id)"
	            " FROM (SELECT DISTINCT to_id FROM association WHERE from_id = $1 AND to_type = $2 AND to_id > $3" IS_THERE
	            " ORDER BY to_id LIMIT $4) AS few)" IS_THERE " ORDER BY to_id, type_id", &association_shape},
	[Q_BETWEEN] = {"SELECT @cols FROM association WHERE from_id = $1 AND to_type = $2 AND to_id = $3 ORDER BY type_id",
	               &association_shape},
	[Q_LIST_OF_TYPE] = {"SELECT @cols FROM association WHERE from_id = $1 AND to_type = $2 AND type_id = $3 ORDER BY to_id LIMIT $4",
	                    &association_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM association WHERE from_id = $1 AND to_type = $2 AND type_id = $3 LIMIT $4)"
	             " AS few", &count_shape},
	[Q_REMOVE] = {"DELETE FROM association WHERE from_id = $1 AND to_type = $2 AND to_id = $3 AND type_id = $4", NULL},
};
const struct sql_table association_sql = SQL_TABLE("association", association_rows);

enum err association_put(struct ctx *c, const struct association *there, const struct association *back, bool *is_new_out)
{
	int64_t n;
	check(back->from_id == there->to_id && back->to_id == there->from_id);
	TRY(db_exec(c, &association_rows[Q_PUT],
	            ARGS(I(there->from_id), I(there->to_type), I(there->to_id), I(there->type_id), I(back->to_type),
	                 I(back->type_id), I(c->now)),
	            &n));
	*is_new_out = n > 0;
	return OK;
}

enum err association_list(struct ctx *c, int64_t from_id, int64_t to_type, int64_t after, int64_t object_n,
                          struct association **out, size_t *n_out)
{
	return db_all(c, &association_rows[Q_LIST], ARGS(I(from_id), I(to_type), I(after), I(object_n)), out, n_out);
}

enum err association_list_seen(struct ctx *c, const struct ticket_access *access, int64_t from_id, int64_t after, int64_t object_n,
                               struct association **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM association WHERE from_id = ? AND to_type = 5 AND to_id IN (SELECT to_id FROM (SELECT DISTINCT to_id"
	         " FROM association WHERE from_id = ? AND to_type = 5 AND to_id > ? AND EXISTS (SELECT 1 FROM object"
	         " WHERE object.id = to_id AND archived_at = 0", ARGS(I(from_id), I(from_id), I(after)));
	access_add(c, &b, access);
	sqlb_add(&b, ") ORDER BY to_id LIMIT ?) AS few) ORDER BY to_id, type_id", ARGS(I(object_n)));
	return sqlb_all(c, &b, &association_shape, out, n_out);
}

enum err association_between(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, struct association **out,
                             size_t *n_out)
{
	return db_all(c, &association_rows[Q_BETWEEN], ARGS(I(from_id), I(to_type), I(to_id)), out, n_out);
}

enum err association_list_of_type(struct ctx *c, int64_t from_id, int64_t to_type, int64_t type_id, int64_t most,
                                  struct association **out, size_t *n_out)
{
	return db_all(c, &association_rows[Q_LIST_OF_TYPE], ARGS(I(from_id), I(to_type), I(type_id), I(most)), out, n_out);
}

enum err association_count(struct ctx *c, int64_t from_id, int64_t to_type, int64_t type_id, int64_t most,
                           int64_t *n_out)
{
	struct count count;
	TRY(db_one(c, &association_rows[Q_COUNT], ARGS(I(from_id), I(to_type), I(type_id), I(most)), &count));
	*n_out = count.n;
	return OK;
}

enum err association_remove(struct ctx *c, int64_t from_id, int64_t to_type, int64_t to_id, int64_t type_id,
                            bool *was_there_out)
{
	int64_t n;
	TRY(db_exec(c, &association_rows[Q_REMOVE], ARGS(I(from_id), I(to_type), I(to_id), I(type_id)), &n));
	*was_there_out = n > 0;
	return OK;
}
