#include "store/grant.h"

#include "base/shape.h"
#include "store/all_sql.h"

static const struct field grant_fields[] = {
	FIELD(struct app_grant, id, F_ID),
	FIELD(struct app_grant, app_id, F_ID),
	FIELD(struct app_grant, user_id, F_ID),
	FIELD(struct app_grant, scopes, F_STR),
	FIELD(struct app_grant, redirect_url, F_STR),
	FIELD(struct app_grant, code_hash, F_STR, .flags = F_SECRET),
	FIELD(struct app_grant, code_expires_at, F_TIME),
	FIELD(struct app_grant, code_used_at, F_TIME),
	FIELD(struct app_grant, refresh_hash, F_STR, .flags = F_SECRET | F_NULL),
	FIELD(struct app_grant, created_at, F_TIME),
	FIELD(struct app_grant, revoked_at, F_TIME),
};
static const struct shape grant_shape = SHAPE("Grant", struct app_grant, grant_fields);

enum { Q_INSERT, Q_UPDATE, Q_BY_CODE, Q_BY_REFRESH, Q_REVOKE_OLD, Q_REVOKE_USER, Q_SWEEP_ACCESS, Q_SWEEP };
static const struct sql grant_rows[] = {
	[Q_INSERT] = {"INSERT INTO app_grant @insert @back", &grant_shape},
	[Q_UPDATE] = {"UPDATE app_grant SET @update WHERE id = @key @back", &grant_shape},
	[Q_BY_CODE] = {"SELECT @cols FROM app_grant WHERE code_hash = $1 @lock", &grant_shape},
	[Q_BY_REFRESH] = {"SELECT @cols FROM app_grant WHERE refresh_hash = $1", &grant_shape},
	[Q_REVOKE_OLD] = {"UPDATE app_grant SET revoked_at = $3 WHERE app_id = $1 AND user_id = $2 AND revoked_at = 0"
	                  " AND id NOT IN (SELECT id FROM app_grant WHERE app_id = $1 AND user_id = $2 AND revoked_at = 0"
	                  " ORDER BY id DESC LIMIT $4)", NULL},
	[Q_REVOKE_USER] = {"UPDATE app_grant SET revoked_at = $2 WHERE user_id = $1 AND revoked_at = 0", NULL},
	[Q_SWEEP_ACCESS] = {"DELETE FROM app_access WHERE grant_id IN (SELECT id FROM app_grant"
	                    " WHERE revoked_at > 0 AND revoked_at < $1)", NULL},
	[Q_SWEEP] = {"DELETE FROM app_grant WHERE (revoked_at > 0 AND revoked_at < $1)"
	             " OR (code_used_at = 0 AND code_expires_at < $1)", NULL},
};
const struct sql_table grant_sql = SQL_TABLE("grant", grant_rows);

static const struct field access_fields[] = {
	FIELD(struct access, grant_id, F_ID),
	FIELD(struct access, app_id, F_ID),
	FIELD(struct access, user_id, F_ID),
	FIELD(struct access, owner_id, F_ID),
	RIGHTS_FIELDS(struct access, rights),
	FIELD(struct access, scopes, F_STR),
	FIELD(struct access, email, F_STR),
	FIELD(struct access, client_id, F_STR),
	FIELD(struct access, expires_at, F_TIME),
};
static const struct shape access_shape = SHAPE("Access", struct access, access_fields);

#define ACCESS_OF_GRANT(expires)                                                                           \
	"SELECT g.id AS grant_id, g.app_id, g.user_id, o.id AS owner_id, " RIGHTS_OF_USER ", g.scopes, u.email, p.client_id, " expires \
	" AS expires_at FROM app_grant g JOIN app p ON p.id = g.app_id AND p.archived_at = 0"                     \
	" JOIN desk_user u ON u.id = g.user_id AND u.is_active = 1 JOIN owner o ON o.user_id = u.id"

enum { Q_ACCESS_INSERT, Q_ACCESS_TRIM, Q_ACCESS_BY_TOKEN, Q_ACCESS_BY_REFRESH, Q_ACCESS_SWEEP };
static const struct sql access_rows[] = {
	[Q_ACCESS_INSERT] = {"INSERT INTO app_access (grant_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)", NULL},
	[Q_ACCESS_TRIM] = {"DELETE FROM app_access WHERE grant_id = $1 AND id NOT IN (SELECT id FROM app_access WHERE grant_id = $1"
	                   " ORDER BY id DESC LIMIT $2)", NULL},
	[Q_ACCESS_BY_TOKEN] = {ACCESS_OF_GRANT("a.expires_at") " JOIN app_access a ON a.grant_id = g.id"
	                       " WHERE a.token_hash = $1 AND g.revoked_at = 0", &access_shape},
	[Q_ACCESS_BY_REFRESH] = {ACCESS_OF_GRANT("CAST(0 AS BIGINT)") " WHERE g.refresh_hash = $1 AND g.revoked_at = 0",
	                         &access_shape},
	[Q_ACCESS_SWEEP] = {"DELETE FROM app_access WHERE expires_at < $1", NULL},
};
const struct sql_table access_sql = SQL_TABLE("access", access_rows);

enum err grant_insert(struct ctx *c, struct app_grant *g)
{
	g->created_at = c->now;
	return db_put(c, &grant_rows[Q_INSERT], g, g);
}

enum err grant_update(struct ctx *c, struct app_grant *g)
{
	return db_put(c, &grant_rows[Q_UPDATE], g, g);
}

enum err grant_by_code(struct ctx *c, struct str code_hash, struct app_grant *out)
{
	return db_one(c, &grant_rows[Q_BY_CODE], ARGS(S(code_hash)), out);
}

enum err grant_by_refresh(struct ctx *c, struct str refresh_hash, struct app_grant *out)
{
	return db_one(c, &grant_rows[Q_BY_REFRESH], ARGS(S(refresh_hash)), out);
}

enum err grant_revoke_old(struct ctx *c, int64_t app_id, int64_t user_id, int64_t keep_n)
{
	return db_exec(c, &grant_rows[Q_REVOKE_OLD], ARGS(I(app_id), I(user_id), I(c->now), I(keep_n)), NULL);
}

enum err grant_revoke_user(struct ctx *c, int64_t user_id)
{
	return db_exec(c, &grant_rows[Q_REVOKE_USER], ARGS(I(user_id), I(c->now)), NULL);
}

enum err grant_sweep(struct ctx *c, int64_t before)
{
	TRY(db_exec(c, &grant_rows[Q_SWEEP_ACCESS], ARGS(I(before)), NULL));
	return db_exec(c, &grant_rows[Q_SWEEP], ARGS(I(before)), NULL);
}

enum err access_insert(struct ctx *c, int64_t grant_id, struct str token_hash, int64_t expires_at)
{
	return db_exec(c, &access_rows[Q_ACCESS_INSERT], ARGS(I(grant_id), S(token_hash), I(c->now), I(expires_at)), NULL);
}

enum err access_trim(struct ctx *c, int64_t grant_id, int64_t keep_n)
{
	return db_exec(c, &access_rows[Q_ACCESS_TRIM], ARGS(I(grant_id), I(keep_n)), NULL);
}

enum err access_by_token(struct ctx *c, struct str token_hash, struct access *out)
{
	return db_one(c, &access_rows[Q_ACCESS_BY_TOKEN], ARGS(S(token_hash)), out);
}

enum err access_by_refresh(struct ctx *c, struct str refresh_hash, struct access *out)
{
	return db_one(c, &access_rows[Q_ACCESS_BY_REFRESH], ARGS(S(refresh_hash)), out);
}

enum err access_sweep(struct ctx *c, int64_t before)
{
	return db_exec(c, &access_rows[Q_ACCESS_SWEEP], ARGS(I(before)), NULL);
}
