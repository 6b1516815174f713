#include "store/blocked_sender.h"

#include "store/all_sql.h"

static const struct field blocked_fields[] = {
	FIELD(struct blocked_sender, id, F_ID),
	FIELD(struct blocked_sender, address, F_STR),
	FIELD(struct blocked_sender, user_id, F_ID, .flags = F_NULL),
	FIELD(struct blocked_sender, blocked_at, F_TIME),
};
const struct shape blocked_sender_shape = SHAPE("BlockedSender", struct blocked_sender, blocked_fields);

struct blocked_count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct blocked_count, n, F_INT)};
static const struct shape count_shape = SHAPE("BlockedCount", struct blocked_count, count_fields);

enum { Q_PUT, Q_IS, Q_COUNT, Q_LIST, Q_REMOVE, Q_REMOVE_ADDRESS };
static const struct sql blocked_rows[] = {
	[Q_PUT] = {"INSERT INTO blocked_sender (address, user_id, blocked_at) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING", NULL},
	[Q_IS] = {"SELECT @cols FROM blocked_sender WHERE address = $1", &blocked_sender_shape},
	[Q_LIST] = {"SELECT @cols FROM blocked_sender WHERE id < $1 ORDER BY id DESC LIMIT $2", &blocked_sender_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM blocked_sender ORDER BY id LIMIT $1) AS few", &count_shape},
	[Q_REMOVE] = {"DELETE FROM blocked_sender WHERE id = $1", NULL},
	[Q_REMOVE_ADDRESS] = {"DELETE FROM blocked_sender WHERE address = $1", NULL},
};
const struct sql_table blocked_sender_sql = SQL_TABLE("blocked_sender", blocked_rows);

enum err blocked_sender_put(struct ctx *c, struct str address, bool *is_new_out)
{
	int64_t n;
	TRY(db_exec(c, &blocked_rows[Q_PUT], ARGS(S(address), I(c->who.user_id), I(c->now)), &n));
	*is_new_out = n > 0;
	return OK;
}

enum err blocked_sender_is(struct ctx *c, struct str address, bool *is_out)
{
	struct blocked_sender row;
	enum err e = db_one(c, &blocked_rows[Q_IS], ARGS(S(address)), &row);
	*is_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

enum err blocked_sender_list(struct ctx *c, int64_t before, int64_t limit, struct blocked_sender **out, size_t *n_out)
{
	return db_all(c, &blocked_rows[Q_LIST], ARGS(I(before), I(limit)), out, n_out);
}

enum err blocked_sender_count(struct ctx *c, int64_t most, int64_t *n_out)
{
	struct blocked_count count;
	TRY(db_one(c, &blocked_rows[Q_COUNT], ARGS(I(most)), &count));
	*n_out = count.n;
	return OK;
}

enum err blocked_sender_remove(struct ctx *c, int64_t id, bool *was_there_out)
{
	int64_t n;
	TRY(db_exec(c, &blocked_rows[Q_REMOVE], ARGS(I(id)), &n));
	*was_there_out = n > 0;
	return OK;
}

enum err blocked_sender_remove_address(struct ctx *c, struct str address)
{
	return db_exec(c, &blocked_rows[Q_REMOVE_ADDRESS], ARGS(S(address)), NULL);
}
