#include "store/usage.h"

#include "base/shape.h"
#include "store/all_sql.h"

struct usage {
	int64_t call_n;
};
static const struct field usage_fields[] = {FIELD(struct usage, call_n, F_INT)};
static const struct shape usage_shape = SHAPE("Usage", struct usage, usage_fields);

enum { Q_ADD, Q_OF, Q_TOTAL, Q_SWEEP };
static const struct sql usage_rows[] = {
	[Q_ADD] = {"INSERT INTO api_usage (day, caller, call_n) VALUES ($1, $2, $3) ON CONFLICT (day, caller)"
	           " DO UPDATE SET call_n = api_usage.call_n + excluded.call_n RETURNING call_n", &usage_shape},
	[Q_OF] = {"SELECT CAST(COALESCE(SUM(call_n), 0) AS BIGINT) AS call_n FROM api_usage WHERE day = $1 AND caller = $2",
	          &usage_shape},
	[Q_TOTAL] = {"SELECT CAST(COALESCE(SUM(call_n), 0) AS BIGINT) AS call_n FROM api_usage WHERE day = $1", &usage_shape},
	[Q_SWEEP] = {"DELETE FROM api_usage WHERE day < $1", NULL},
};
const struct sql_table usage_sql = SQL_TABLE("usage", usage_rows);

enum err usage_add(struct ctx *c, struct str day, struct str caller, int64_t n, int64_t *total_out)
{
	struct usage row;
	TRY(db_one(c, &usage_rows[Q_ADD], ARGS(S(day), S(caller), I(n)), &row));
	*total_out = row.call_n;
	return OK;
}

enum err usage_of(struct ctx *c, struct str day, struct str caller, int64_t *out)
{
	struct usage row;
	TRY(db_one(c, &usage_rows[Q_OF], ARGS(S(day), S(caller)), &row));
	*out = row.call_n;
	return OK;
}

enum err usage_total(struct ctx *c, struct str day, int64_t *out)
{
	struct usage row;
	TRY(db_one(c, &usage_rows[Q_TOTAL], ARGS(S(day)), &row));
	*out = row.call_n;
	return OK;
}

enum err usage_sweep(struct ctx *c, struct str first_day)
{
	return db_exec(c, &usage_rows[Q_SWEEP], ARGS(S(first_day)), NULL);
}
