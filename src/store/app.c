#include "store/app.h"

#include "store/all_sql.h"

static const struct field app_fields[] = {
	FIELD(struct connected_app, id, F_ID),
	FIELD(struct connected_app, name, F_STR),
	FIELD(struct connected_app, client_id, F_STR),
	FIELD(struct connected_app, secret_sealed, F_STR, .flags = F_SECRET),
	FIELD(struct connected_app, developer_key_hash, F_STR, .flags = F_SECRET),
	FIELD(struct connected_app, redirect_uris, F_STR),
	FIELD(struct connected_app, scopes, F_STR),
	FIELD(struct connected_app, created_at, F_TIME),
	FIELD(struct connected_app, updated_at, F_TIME),
	FIELD(struct connected_app, archived_at, F_TIME),
};
static const struct shape app_shape = SHAPE("AppRow", struct connected_app, app_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_BY_CLIENT, Q_BY_KEY, Q_LIST };
static const struct sql app_rows[] = {
	[Q_INSERT] = {"INSERT INTO app @insert @back", &app_shape},
	[Q_UPDATE] = {"UPDATE app SET @update WHERE id = @key @back", &app_shape},
	[Q_LOAD] = {"SELECT @cols FROM app WHERE id = $1 AND archived_at = 0", &app_shape},
	[Q_BY_CLIENT] = {"SELECT @cols FROM app WHERE client_id = $1 AND archived_at = 0", &app_shape},
	[Q_BY_KEY] = {"SELECT @cols FROM app WHERE developer_key_hash = $1 AND archived_at = 0", &app_shape},
	[Q_LIST] = {"SELECT @cols FROM app WHERE archived_at = 0 ORDER BY id LIMIT $1", &app_shape},
};
const struct sql_table app_sql = SQL_TABLE("app", app_rows);

enum err connected_app_insert(struct ctx *c, struct connected_app *app)
{
	app->created_at = app->updated_at = c->now;
	return db_put(c, &app_rows[Q_INSERT], app, app);
}

enum err connected_app_update(struct ctx *c, struct connected_app *app)
{
	app->updated_at = c->now;
	return db_put(c, &app_rows[Q_UPDATE], app, app);
}

enum err connected_app_load(struct ctx *c, int64_t id, struct connected_app *out)
{
	return db_one(c, &app_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err connected_app_by_client(struct ctx *c, struct str client_id, struct connected_app *out)
{
	return db_one(c, &app_rows[Q_BY_CLIENT], ARGS(S(client_id)), out);
}

enum err connected_app_by_key(struct ctx *c, struct str developer_key_hash, struct connected_app *out)
{
	return db_one(c, &app_rows[Q_BY_KEY], ARGS(S(developer_key_hash)), out);
}

enum err connected_app_list(struct ctx *c, int64_t limit, struct connected_app **out, size_t *n_out)
{
	return db_all(c, &app_rows[Q_LIST], ARGS(I(limit)), out, n_out);
}
