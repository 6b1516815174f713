#include "store/session.h"

#include "base/shape.h"
#include "store/all_sql.h"

static const struct field bearer_fields[] = {
	FIELD(struct bearer, id, F_ID),
	FIELD(struct bearer, user_id, F_ID),
	FIELD(struct bearer, owner_id, F_ID),
	RIGHTS_FIELDS(struct bearer, rights),
	FIELD(struct bearer, scopes, F_STR),
	FIELD(struct bearer, ends_at, F_TIME),
};
static const struct shape bearer_shape = SHAPE("Bearer", struct bearer, bearer_fields);

struct session_id {
	int64_t id;
};
static const struct field session_id_fields[] = {FIELD(struct session_id, id, F_ID)};
static const struct shape session_id_shape = SHAPE("SessionId", struct session_id, session_id_fields);

enum { Q_SESSION_BEARER, Q_SESSION_INSERT, Q_SESSION_EXTEND, Q_SESSION_REMOVE, Q_SESSION_SWEEP, Q_SESSION_OF_USER,
       Q_SESSION_REMOVE_USER };
static const struct sql session_rows[] = {
	[Q_SESSION_BEARER] = {"SELECT s.id, s.user_id, o.id AS owner_id, " RIGHTS_OF_USER ", '' AS scopes, s.expires_at AS ends_at"
	                      " FROM session s JOIN desk_user u ON u.id = s.user_id JOIN owner o ON o.user_id = u.id"
	                      " WHERE s.token_hash = $1 AND u.is_active = 1", &bearer_shape},
	[Q_SESSION_INSERT] = {"INSERT INTO session (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)", NULL},
	[Q_SESSION_EXTEND] = {"UPDATE session SET expires_at = $2 WHERE id = $1", NULL},
	[Q_SESSION_REMOVE] = {"DELETE FROM session WHERE id = $1", NULL},
	[Q_SESSION_SWEEP] = {"DELETE FROM session WHERE expires_at < $1", NULL},
	[Q_SESSION_OF_USER] = {"SELECT @cols FROM session WHERE user_id = $1 ORDER BY id", &session_id_shape},
	[Q_SESSION_REMOVE_USER] = {"DELETE FROM session WHERE user_id = $1", NULL},
};
const struct sql_table session_sql = SQL_TABLE("session", session_rows);

static const struct field token_fields[] = {
	FIELD(struct token, id, F_ID),
	FIELD(struct token, user_id, F_ID),
	FIELD(struct token, name, F_STR),
	FIELD(struct token, scopes, F_STR),
	FIELD(struct token, created_at, F_TIME),
	FIELD(struct token, revoked_at, F_TIME),
};
static const struct shape token_shape = SHAPE("TokenRow", struct token, token_fields);

enum { Q_TOKEN_BEARER, Q_TOKEN_INSERT, Q_TOKEN_LOAD, Q_TOKEN_LIST, Q_TOKEN_REVOKE, Q_TOKEN_REVOKE_USER, Q_TOKEN_COUNT };
static const struct sql token_rows[] = {
	[Q_TOKEN_BEARER] = {"SELECT t.id, t.user_id, o.id AS owner_id, " RIGHTS_OF_USER ", t.scopes, CAST(0 AS BIGINT) AS ends_at"
	                    " FROM api_token t JOIN desk_user u ON u.id = t.user_id JOIN owner o ON o.user_id = u.id"
	                    " WHERE t.token_hash = $1 AND t.revoked_at = 0 AND u.is_active = 1", &bearer_shape},
	[Q_TOKEN_INSERT] = {"INSERT INTO api_token (token_hash, user_id, name, scopes, created_at, revoked_at)"
	                    " VALUES ($1, $2, $3, $4, $5, 0) RETURNING @cols", &token_shape},
	[Q_TOKEN_LOAD] = {"SELECT @cols FROM api_token WHERE id = $1 AND revoked_at = 0", &token_shape},
	[Q_TOKEN_LIST] = {"SELECT @cols FROM api_token WHERE revoked_at = 0 AND id > $1 ORDER BY id LIMIT $2", &token_shape},
	[Q_TOKEN_REVOKE] = {"UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0", NULL},
	[Q_TOKEN_REVOKE_USER] = {"UPDATE api_token SET revoked_at = $2 WHERE user_id = $1 AND revoked_at = 0", NULL},
	[Q_TOKEN_COUNT] = {"SELECT COUNT(*) AS id FROM api_token WHERE revoked_at = 0", &session_id_shape},
};
const struct sql_table token_sql = SQL_TABLE("token", token_rows);

static const struct field throttle_fields[] = {
	FIELD(struct throttle, failure_n, F_INT),
	FIELD(struct throttle, window_ends_at, F_TIME),
};
static const struct shape throttle_shape = SHAPE("Throttle", struct throttle, throttle_fields);

enum { Q_THROTTLE_LOAD, Q_THROTTLE_ADD, Q_THROTTLE_CLEAR, Q_THROTTLE_SWEEP };
static const struct sql throttle_rows[] = {
	[Q_THROTTLE_LOAD] = {"SELECT @cols FROM sign_in_failure WHERE subject = $1", &throttle_shape},
	[Q_THROTTLE_ADD] = {"INSERT INTO sign_in_failure (subject, failure_n, window_ends_at) VALUES ($1, 1, $3)"
	                    " ON CONFLICT (subject) DO UPDATE SET"
	                    " failure_n = CASE WHEN sign_in_failure.window_ends_at < $2 THEN 1 ELSE sign_in_failure.failure_n + 1 END,"
	                    " window_ends_at = CASE WHEN sign_in_failure.window_ends_at < $2 THEN excluded.window_ends_at"
	                    " ELSE sign_in_failure.window_ends_at END", NULL},
	[Q_THROTTLE_CLEAR] = {"DELETE FROM sign_in_failure WHERE subject = $1", NULL},
	[Q_THROTTLE_SWEEP] = {"DELETE FROM sign_in_failure WHERE window_ends_at < $1", NULL},
};
const struct sql_table throttle_sql = SQL_TABLE("throttle", throttle_rows);

enum err session_bearer(struct ctx *c, struct str token_hash, struct bearer *out)
{
	return db_one(c, &session_rows[Q_SESSION_BEARER], ARGS(S(token_hash)), out);
}

enum err session_insert(struct ctx *c, struct str token_hash, int64_t user_id, int64_t expires_at)
{
	return db_exec(c, &session_rows[Q_SESSION_INSERT], ARGS(S(token_hash), I(user_id), I(c->now), I(expires_at)), NULL);
}

enum err session_extend(struct ctx *c, int64_t id, int64_t expires_at)
{
	return db_exec(c, &session_rows[Q_SESSION_EXTEND], ARGS(I(id), I(expires_at)), NULL);
}

enum err session_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &session_rows[Q_SESSION_REMOVE], ARGS(I(id)), NULL);
}

enum err session_list_of_user(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out)
{
	struct session_id *rows;
	TRY(db_all(c, &session_rows[Q_SESSION_OF_USER], ARGS(I(user_id)), &rows, n_out));
	*out = &rows->id; /* a row is its id */
	_Static_assert(sizeof(struct session_id) == sizeof(int64_t), "a row is its id");
	return OK;
}

enum err session_remove_user(struct ctx *c, int64_t user_id)
{
	return db_exec(c, &session_rows[Q_SESSION_REMOVE_USER], ARGS(I(user_id)), NULL);
}

enum err session_sweep(struct ctx *c)
{
	return db_exec(c, &session_rows[Q_SESSION_SWEEP], ARGS(I(c->now)), NULL);
}

enum err token_bearer(struct ctx *c, struct str token_hash, struct bearer *out)
{
	return db_one(c, &token_rows[Q_TOKEN_BEARER], ARGS(S(token_hash)), out);
}

enum err token_insert(struct ctx *c, struct str token_hash, int64_t user_id, struct str name, struct str scopes,
                      struct token *out)
{
	return db_one(c, &token_rows[Q_TOKEN_INSERT], ARGS(S(token_hash), I(user_id), S(name), S(scopes), I(c->now)), out);
}

enum err token_load(struct ctx *c, int64_t id, struct token *out)
{
	return db_one(c, &token_rows[Q_TOKEN_LOAD], ARGS(I(id)), out);
}

enum err token_list(struct ctx *c, int64_t after, int64_t limit, struct token **out, size_t *n_out)
{
	return db_all(c, &token_rows[Q_TOKEN_LIST], ARGS(I(after), I(limit)), out, n_out);
}

enum err token_count(struct ctx *c, int64_t *out)
{
	struct session_id n;
	TRY(db_one(c, &token_rows[Q_TOKEN_COUNT], NO_ARGS, &n));
	*out = n.id;
	return OK;
}

enum err token_revoke(struct ctx *c, int64_t id)
{
	return db_exec(c, &token_rows[Q_TOKEN_REVOKE], ARGS(I(id), I(c->now)), NULL);
}

enum err token_revoke_user(struct ctx *c, int64_t user_id)
{
	return db_exec(c, &token_rows[Q_TOKEN_REVOKE_USER], ARGS(I(user_id), I(c->now)), NULL);
}

enum err throttle_load(struct ctx *c, struct str subject, struct throttle *out)
{
	struct throttle found;
	enum err e = db_one(c, &throttle_rows[Q_THROTTLE_LOAD], ARGS(S(subject)), &found);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		found = (struct throttle){0};
		e = OK;
	}
	TRY(e);
	*out = found;
	return OK;
}

enum err throttle_add(struct ctx *c, struct str subject, int64_t window_ms)
{
	return db_exec(c, &throttle_rows[Q_THROTTLE_ADD], ARGS(S(subject), I(c->now), I(c->now + window_ms)), NULL);
}

enum err throttle_clear(struct ctx *c, struct str subject)
{
	return db_exec(c, &throttle_rows[Q_THROTTLE_CLEAR], ARGS(S(subject)), NULL);
}

enum err throttle_sweep(struct ctx *c)
{
	return db_exec(c, &throttle_rows[Q_THROTTLE_SWEEP], ARGS(I(c->now)), NULL);
}
