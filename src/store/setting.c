#include "store/setting.h"

#include "store/all_sql.h"

struct setting {
	struct str value;
};

static const struct field setting_fields[] = {
	FIELD(struct setting, value, F_STR),
};
static const struct shape setting_shape = SHAPE("Setting", struct setting, setting_fields);

enum { Q_LOAD, Q_PUT, Q_PUT_ONCE };
static const struct sql setting_rows[] = {
	[Q_LOAD] = {"SELECT @cols FROM setting WHERE name = $1", &setting_shape},
	[Q_PUT] = {"INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3)"
	           " ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at", NULL},
	[Q_PUT_ONCE] = {"INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING", NULL},
};
const struct sql_table setting_sql = SQL_TABLE("setting", setting_rows);

enum err setting_load(struct ctx *c, struct str name, struct str *out)
{
	struct setting row;
	enum err e = db_one(c, &setting_rows[Q_LOAD], ARGS(S(name)), &row);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*out = STR_NULL;
		return OK;
	}
	TRY(e);
	*out = row.value;
	return OK;
}

enum err setting_put(struct ctx *c, struct str name, struct str value)
{
	return db_exec(c, &setting_rows[Q_PUT], ARGS(S(name), S(value), I(c->now)), NULL);
}

enum err setting_put_once(struct ctx *c, struct str name, struct str value)
{
	return db_exec(c, &setting_rows[Q_PUT_ONCE], ARGS(S(name), S(value), I(c->now)), NULL);
}

enum err setting_lock(struct ctx *c, struct str name)
{
	/* below the ids of objects; two names that share a lock wait for each other, no more */
	return db_lock(c, -1 - (int64_t)(str_hash(name) >> 1));
}
