#include "store/invitation.h"

#include "base/shape.h"
#include "store/all_sql.h"

static const struct field invitation_fields[] = {
	FIELD(struct invitation, user_id, F_ID),
	FIELD(struct invitation, token_hash, F_STR, .flags = F_SECRET),
	FIELD(struct invitation, created_at, F_TIME),
	FIELD(struct invitation, expires_at, F_TIME),
};
static const struct shape invitation_shape = SHAPE("Invitation", struct invitation, invitation_fields);

enum { Q_PUT, Q_BY_TOKEN, Q_OF_USER, Q_TAKE, Q_REMOVE, Q_SWEEP };
static const struct sql invitation_rows[] = {
	[Q_PUT] = {"INSERT INTO invitation (user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)"
	           " ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at,"
	           " expires_at = excluded.expires_at", NULL},
	[Q_BY_TOKEN] = {"SELECT @cols FROM invitation WHERE token_hash = $1", &invitation_shape},
	[Q_OF_USER] = {"SELECT @cols FROM invitation WHERE user_id = $1", &invitation_shape},
	[Q_TAKE] = {"DELETE FROM invitation WHERE token_hash = $1 RETURNING @cols", &invitation_shape},
	[Q_REMOVE] = {"DELETE FROM invitation WHERE user_id = $1", NULL},
	[Q_SWEEP] = {"DELETE FROM invitation WHERE expires_at < $1", NULL},
};
const struct sql_table invitation_sql = SQL_TABLE("invitation", invitation_rows);

enum err invitation_put(struct ctx *c, const struct invitation *i)
{
	return db_exec(c, &invitation_rows[Q_PUT],
	               ARGS(I(i->user_id), S(i->token_hash), I(i->created_at), I(i->expires_at)), NULL);
}

enum err invitation_by_token(struct ctx *c, struct str token_hash, struct invitation *out)
{
	return db_one(c, &invitation_rows[Q_BY_TOKEN], ARGS(S(token_hash)), out);
}

enum err invitation_of_user(struct ctx *c, int64_t user_id, struct invitation *out)
{
	return db_one(c, &invitation_rows[Q_OF_USER], ARGS(I(user_id)), out);
}

enum err invitation_take(struct ctx *c, struct str token_hash, struct invitation *out)
{
	return db_one(c, &invitation_rows[Q_TAKE], ARGS(S(token_hash)), out);
}

enum err invitation_remove(struct ctx *c, int64_t user_id)
{
	return db_exec(c, &invitation_rows[Q_REMOVE], ARGS(I(user_id)), NULL);
}

enum err invitation_sweep(struct ctx *c)
{
	return db_exec(c, &invitation_rows[Q_SWEEP], ARGS(I(c->now)), NULL);
}
