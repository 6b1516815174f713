#include "store/association_report.h"

#include "store/all_sql.h"

static const struct field report_fields[] = {
	FIELD(struct association_report, id, F_ID),
	FIELD(struct association_report, user_id, F_ID),
	FIELD(struct association_report, asked_by, F_ID),
	FIELD(struct association_report, asked_at, F_TIME),
	FIELD(struct association_report, made_at, F_TIME),
	FIELD(struct association_report, is_complete, F_BOOL),
	FIELD(struct association_report, body, F_JSON),
};
static const struct shape report_shape = SHAPE("AssociationReportRow", struct association_report, report_fields);

static const struct field usage_fields[] = {
	FIELD(struct link_usage, from_id, F_ID),
	FIELD(struct link_usage, from_type, F_ID),
	FIELD(struct link_usage, to_type, F_ID),
	FIELD(struct link_usage, n, F_INT),
};
static const struct shape usage_shape = SHAPE("LinkUsage", struct link_usage, usage_fields);

#define MANY " AS many JOIN object ON object.id = many.from_id WHERE object.archived_at = 0 ORDER BY many.n DESC, many.from_id"
#define USAGE "SELECT many.from_id, object.object_type AS from_type, many.to_type, many.n FROM "

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_LIST, Q_TRIM, Q_HIGH, Q_OF_TYPE };
static const struct sql association_report_rows[] = {
	[Q_INSERT] = {"INSERT INTO association_report @insert @back", &report_shape},
	[Q_UPDATE] = {"UPDATE association_report SET @update WHERE id = @key @back", &report_shape},
	[Q_LOAD] = {"SELECT @cols FROM association_report WHERE id = $1", &report_shape},
	[Q_LIST] = {"SELECT @cols FROM association_report WHERE user_id = $1 ORDER BY id DESC LIMIT $2", &report_shape},
	[Q_TRIM] = {"DELETE FROM association_report WHERE user_id = $1 AND id < $2", NULL},
	[Q_HIGH] = {USAGE "(SELECT from_id, to_type, count(DISTINCT to_id) AS n FROM association GROUP BY from_id, to_type"
	            " HAVING count(DISTINCT to_id) >= $1)" MANY " LIMIT $2", &usage_shape},
	[Q_OF_TYPE] = {USAGE "(SELECT from_id, to_type, count(*) AS n FROM association WHERE type_id = $1 GROUP BY from_id, to_type"
	               " HAVING count(*) >= $2)" MANY " LIMIT $3", &usage_shape},
};
const struct sql_table association_report_sql = SQL_TABLE("association_report", association_report_rows);

enum err association_report_insert(struct ctx *c, struct association_report *r)
{
	return db_put(c, &association_report_rows[Q_INSERT], r, r);
}

enum err association_report_update(struct ctx *c, struct association_report *r)
{
	return db_put(c, &association_report_rows[Q_UPDATE], r, r);
}

enum err association_report_load(struct ctx *c, int64_t id, struct association_report *out)
{
	return db_one(c, &association_report_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err association_report_list(struct ctx *c, int64_t user_id, int64_t limit, struct association_report **out,
                                 size_t *n_out)
{
	return db_all(c, &association_report_rows[Q_LIST], ARGS(I(user_id), I(limit)), out, n_out);
}

enum err association_report_trim(struct ctx *c, int64_t user_id, int64_t oldest_id)
{
	return db_exec(c, &association_report_rows[Q_TRIM], ARGS(I(user_id), I(oldest_id)), NULL);
}

enum err link_usage_high(struct ctx *c, int64_t least, int64_t limit, struct link_usage **out, size_t *n_out)
{
	return db_all(c, &association_report_rows[Q_HIGH], ARGS(I(least), I(limit)), out, n_out);
}

enum err link_usage_of_type(struct ctx *c, int64_t type_id, int64_t least, int64_t limit, struct link_usage **out,
                            size_t *n_out)
{
	return db_all(c, &association_report_rows[Q_OF_TYPE], ARGS(I(type_id), I(least), I(limit)), out, n_out);
}
