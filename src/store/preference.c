#include "store/preference.h"

#include "base/shape.h"
#include "store/all_sql.h"

enum { MAX_PREFERENCES = 200 };

static const struct field preference_fields[] = {
	FIELD(struct preference, user_id, F_ID),
	FIELD(struct preference, name, F_STR),
	FIELD(struct preference, value, F_STR),
	FIELD(struct preference, updated_at, F_TIME),
};
static const struct shape preference_shape = SHAPE("Preference", struct preference, preference_fields);

enum { Q_LIST, Q_LOAD, Q_PUT, Q_REMOVE };
static const struct sql preference_rows[] = {
	[Q_LIST] = {"SELECT @cols FROM user_preference WHERE user_id = $1 ORDER BY name LIMIT $2", &preference_shape},
	[Q_LOAD] = {"SELECT @cols FROM user_preference WHERE user_id = $1 AND name = $2", &preference_shape},
	[Q_PUT] = {"INSERT INTO user_preference (user_id, name, value, updated_at) VALUES ($1, $2, $3, $4)"
	           " ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at", NULL},
	[Q_REMOVE] = {"DELETE FROM user_preference WHERE user_id = $1 AND name = $2", NULL},
};
const struct sql_table preference_sql = SQL_TABLE("preference", preference_rows);

enum err preference_list(struct ctx *c, int64_t user_id, struct preference **out, size_t *n_out)
{
	return db_all(c, &preference_rows[Q_LIST], ARGS(I(user_id), I(MAX_PREFERENCES)), out, n_out);
}

enum err preference_load(struct ctx *c, int64_t user_id, struct str name, struct str *out)
{
	struct preference row;
	enum err e = db_one(c, &preference_rows[Q_LOAD], ARGS(I(user_id), S(name)), &row);
	*out = STR_NULL;
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	*out = row.value;
	return OK;
}

enum err preference_put(struct ctx *c, int64_t user_id, struct str name, struct str value)
{
	return db_exec(c, &preference_rows[Q_PUT], ARGS(I(user_id), S(name), S(value), I(c->now)), NULL);
}

enum err preference_remove(struct ctx *c, int64_t user_id, struct str name)
{
	return db_exec(c, &preference_rows[Q_REMOVE], ARGS(I(user_id), S(name)), NULL);
}
