#include "store/kept_answer.h"

#include "base/shape.h"
#include "store/all_sql.h"

static const struct field kept_answer_fields[] = {
	FIELD(struct kept_answer, id, F_ID),
	FIELD(struct kept_answer, caller, F_STR),
	FIELD(struct kept_answer, key_hash, F_STR),
	FIELD(struct kept_answer, request_hash, F_STR),
	FIELD(struct kept_answer, status, F_INT),
	FIELD(struct kept_answer, headers, F_STR),
	FIELD(struct kept_answer, body, F_STR, .flags = F_NULL),
	FIELD(struct kept_answer, created_at, F_TIME),
};
static const struct shape kept_answer_shape = SHAPE("KeptAnswer", struct kept_answer, kept_answer_fields);

enum { Q_FIND, Q_INSERT, Q_REMOVE, Q_TRIM, Q_SWEEP };
static const struct sql kept_answer_rows[] = {
	[Q_FIND] = {"SELECT @cols FROM kept_answer WHERE caller = $1 AND key_hash = $2", &kept_answer_shape},
	[Q_INSERT] = {"INSERT INTO kept_answer @insert @back", &kept_answer_shape},
	[Q_REMOVE] = {"DELETE FROM kept_answer WHERE id = $1", NULL},
	[Q_TRIM] = {"DELETE FROM kept_answer WHERE id <= $1", NULL},
	[Q_SWEEP] = {"DELETE FROM kept_answer WHERE created_at < $1 AND id IN (SELECT id FROM kept_answer WHERE created_at < $1"
	             " ORDER BY created_at LIMIT $2)", NULL},
};
const struct sql_table kept_answer_sql = SQL_TABLE("kept_answer", kept_answer_rows);

enum err kept_answer_find(struct ctx *c, struct str caller, struct str key_hash, struct kept_answer *out)
{
	return db_one(c, &kept_answer_rows[Q_FIND], ARGS(S(caller), S(key_hash)), out);
}

enum err kept_answer_insert(struct ctx *c, struct kept_answer *k)
{
	k->created_at = c->now;
	return db_put(c, &kept_answer_rows[Q_INSERT], k, k);
}

enum err kept_answer_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &kept_answer_rows[Q_REMOVE], ARGS(I(id)), NULL);
}

enum err kept_answer_trim(struct ctx *c, int64_t last_id)
{
	return db_exec(c, &kept_answer_rows[Q_TRIM], ARGS(I(last_id)), NULL);
}

enum err kept_answer_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out)
{
	return db_exec(c, &kept_answer_rows[Q_SWEEP], ARGS(I(before), I(limit)), removed_out);
}

enum err kept_answer_lock(struct ctx *c, struct str caller, struct str key_hash)
{
	/* below the ids of objects, as those of settings; who shares a lock by chance waits, no more */
	return db_lock(c, -1 - (int64_t)((str_hash(caller) ^ str_hash(key_hash)) >> 1));
}
