#include "store/ticket_bulk.h"

#include "store/all_sql.h"

static const struct field bulk_fields[] = {
	FIELD(struct ticket_bulk, id, F_ID),
	FIELD(struct ticket_bulk, user_id, F_ID),
	FIELD(struct ticket_bulk, kind, F_STR),
	FIELD(struct ticket_bulk, body, F_JSON),
	FIELD(struct ticket_bulk, state, F_STR),
	FIELD(struct ticket_bulk, problem, F_STR, .flags = F_NULL),
	FIELD(struct ticket_bulk, total_n, F_INT),
	FIELD(struct ticket_bulk, done_n, F_INT),
	FIELD(struct ticket_bulk, failed_n, F_INT),
	FIELD(struct ticket_bulk, acts, F_JSON),
	FIELD(struct ticket_bulk, created_at, F_TIME),
	FIELD(struct ticket_bulk, ended_at, F_TIME),
};
static const struct shape bulk_shape = SHAPE("TicketBulkRow", struct ticket_bulk, bulk_fields);

static const struct field part_fields[] = {
	FIELD(struct ticket_bulk_part, bulk_id, F_ID),
	FIELD(struct ticket_bulk_part, part, F_INT),
	FIELD(struct ticket_bulk_part, ids, F_JSON),
};
static const struct shape part_shape = SHAPE("TicketBulkPartRow", struct ticket_bulk_part, part_fields);

static const struct field failure_fields[] = {
	FIELD(struct ticket_bulk_failure, bulk_id, F_ID),
	FIELD(struct ticket_bulk_failure, ticket_id, F_ID),
	FIELD(struct ticket_bulk_failure, status, F_INT),
	FIELD(struct ticket_bulk_failure, message, F_STR),
};
static const struct shape failure_shape = SHAPE("TicketBulkFailureRow", struct ticket_bulk_failure, failure_fields);

#define OLD "(SELECT id FROM ticket_bulk WHERE created_at < $1 ORDER BY created_at, id LIMIT 1)"

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_LOCK, Q_LIST, Q_PART_INSERT, Q_PART_NEXT, Q_PART_REMOVE, Q_PART_CLEAR, Q_FAILURE_INSERT,
       Q_FAILURE_LIST, Q_SWEEP_PARTS, Q_SWEEP_FAILURES, Q_SWEEP };
static const struct sql ticket_bulk_rows[] = {
	[Q_INSERT] = {"INSERT INTO ticket_bulk @insert @back", &bulk_shape},
	[Q_UPDATE] = {"UPDATE ticket_bulk SET @update WHERE id = @key @back", &bulk_shape},
	[Q_LOAD] = {"SELECT @cols FROM ticket_bulk WHERE id = $1", &bulk_shape},
	[Q_LOCK] = {"SELECT @cols FROM ticket_bulk WHERE id = $1 @lock", &bulk_shape},
	[Q_LIST] = {"SELECT @cols FROM ticket_bulk WHERE user_id = $1 ORDER BY id DESC LIMIT $2", &bulk_shape},
	[Q_PART_INSERT] = {"INSERT INTO ticket_bulk_part (bulk_id, part, ids) VALUES ($1, $2, $3)", NULL},
	[Q_PART_NEXT] = {"SELECT @cols FROM ticket_bulk_part WHERE bulk_id = $1 ORDER BY part LIMIT 1", &part_shape},
	[Q_PART_REMOVE] = {"DELETE FROM ticket_bulk_part WHERE bulk_id = $1 AND part = $2", NULL},
	[Q_PART_CLEAR] = {"DELETE FROM ticket_bulk_part WHERE bulk_id = $1", NULL},
	[Q_FAILURE_INSERT] = {"INSERT INTO ticket_bulk_failure (bulk_id, ticket_id, status, message) VALUES ($1, $2, $3, $4)", NULL},
	[Q_FAILURE_LIST] = {"SELECT @cols FROM ticket_bulk_failure WHERE bulk_id = $1 AND ticket_id > $2 ORDER BY ticket_id LIMIT $3",
	                    &failure_shape},
	[Q_SWEEP_PARTS] = {"DELETE FROM ticket_bulk_part WHERE bulk_id = " OLD, NULL},
	[Q_SWEEP_FAILURES] = {"DELETE FROM ticket_bulk_failure WHERE bulk_id = " OLD, NULL},
	[Q_SWEEP] = {"DELETE FROM ticket_bulk WHERE id = " OLD, NULL},
};
const struct sql_table ticket_bulk_sql = SQL_TABLE("ticket_bulk", ticket_bulk_rows);

enum err ticket_bulk_insert(struct ctx *c, struct ticket_bulk *b)
{
	return db_put(c, &ticket_bulk_rows[Q_INSERT], b, b);
}

enum err ticket_bulk_update(struct ctx *c, struct ticket_bulk *b)
{
	return db_put(c, &ticket_bulk_rows[Q_UPDATE], b, b);
}

enum err ticket_bulk_load(struct ctx *c, int64_t id, struct ticket_bulk *out)
{
	return db_one(c, &ticket_bulk_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err ticket_bulk_lock(struct ctx *c, int64_t id, struct ticket_bulk *out)
{
	return db_one(c, &ticket_bulk_rows[Q_LOCK], ARGS(I(id)), out);
}

enum err ticket_bulk_list(struct ctx *c, int64_t user_id, int64_t limit, struct ticket_bulk **out, size_t *n_out)
{
	return db_all(c, &ticket_bulk_rows[Q_LIST], ARGS(I(user_id), I(limit)), out, n_out);
}

enum err ticket_bulk_part_insert(struct ctx *c, const struct ticket_bulk_part *p)
{
	return db_exec(c, &ticket_bulk_rows[Q_PART_INSERT], ARGS(I(p->bulk_id), I(p->part), S(p->ids)), NULL);
}

enum err ticket_bulk_part_next(struct ctx *c, int64_t bulk_id, struct ticket_bulk_part *out)
{
	return db_one(c, &ticket_bulk_rows[Q_PART_NEXT], ARGS(I(bulk_id)), out);
}

enum err ticket_bulk_part_remove(struct ctx *c, int64_t bulk_id, int64_t part)
{
	return db_exec(c, &ticket_bulk_rows[Q_PART_REMOVE], ARGS(I(bulk_id), I(part)), NULL);
}

enum err ticket_bulk_part_clear(struct ctx *c, int64_t bulk_id)
{
	return db_exec(c, &ticket_bulk_rows[Q_PART_CLEAR], ARGS(I(bulk_id)), NULL);
}

enum err ticket_bulk_failure_insert(struct ctx *c, const struct ticket_bulk_failure *f)
{
	return db_exec(c, &ticket_bulk_rows[Q_FAILURE_INSERT], ARGS(I(f->bulk_id), I(f->ticket_id), I(f->status), S(f->message)), NULL);
}

enum err ticket_bulk_failure_list(struct ctx *c, int64_t bulk_id, int64_t after, int64_t limit, struct ticket_bulk_failure **out,
                                  size_t *n_out)
{
	return db_all(c, &ticket_bulk_rows[Q_FAILURE_LIST], ARGS(I(bulk_id), I(after), I(limit)), out, n_out);
}

enum err ticket_bulk_sweep(struct ctx *c, int64_t before, int64_t *removed_out)
{
	TRY(db_exec(c, &ticket_bulk_rows[Q_SWEEP_PARTS], ARGS(I(before)), NULL));
	TRY(db_exec(c, &ticket_bulk_rows[Q_SWEEP_FAILURES], ARGS(I(before)), NULL));
	return db_exec(c, &ticket_bulk_rows[Q_SWEEP], ARGS(I(before)), removed_out);
}
