#include "store/webhook_delivery.h"

#include "base/check.h"
#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field delivery_fields[] = {
	FIELD(struct webhook_delivery, id, F_ID),
	FIELD(struct webhook_delivery, app_id, F_ID),
	FIELD(struct webhook_delivery, subscription_id, F_ID),
	FIELD(struct webhook_delivery, event_id, F_ID),
	FIELD(struct webhook_delivery, event_type, F_STR),
	FIELD(struct webhook_delivery, object_id, F_ID),
	FIELD(struct webhook_delivery, body, F_JSON),
	FIELD(struct webhook_delivery, state, F_STR),
	FIELD(struct webhook_delivery, batch_id, F_ID),
	FIELD(struct webhook_delivery, why, F_STR, .flags = F_NULL),
	FIELD(struct webhook_delivery, created_at, F_TIME),
	FIELD(struct webhook_delivery, settled_at, F_TIME),
};
const struct shape webhook_delivery_shape = SHAPE("WebhookDeliveryRow", struct webhook_delivery, delivery_fields);

struct webhook_count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct webhook_count, n, F_INT)};
static const struct shape count_shape = SHAPE("WebhookCount", struct webhook_count, count_fields);

#define GIVE_UP "UPDATE webhook_delivery SET state = 'PUT_ASIDE', why = $2, settled_at = $3 WHERE app_id = $1 AND state = 'WAITING'"

enum {
	Q_PUT,
	Q_LOAD,
	Q_UNSENT,
	Q_OF_BATCH,
	Q_JOIN,
	Q_SETTLE,
	Q_REPLAY,
	Q_COUNT,
	Q_GIVE_UP,
	Q_GIVE_UP_OLDEST,
	Q_GIVE_UP_ALL,
	Q_SWEEP,
};
static const struct sql delivery_rows[] = {
	[Q_PUT] = {"INSERT INTO webhook_delivery (app_id, subscription_id, event_id, event_type, object_id, body, state, batch_id,"
	           " created_at, settled_at) VALUES ($1, $2, $3, $4, $5, $6, 'WAITING', 0, $7, 0)"
	           " ON CONFLICT (event_id, subscription_id) DO NOTHING", NULL},
	[Q_LOAD] = {"SELECT @cols FROM webhook_delivery WHERE id = $1", &webhook_delivery_shape},
	[Q_UNSENT] = {"SELECT @cols FROM webhook_delivery WHERE app_id = $1 AND state = 'WAITING' AND batch_id = 0 ORDER BY id LIMIT $2",
	              &webhook_delivery_shape},
	[Q_OF_BATCH] = {"SELECT @cols FROM webhook_delivery WHERE batch_id = $1 ORDER BY id", &webhook_delivery_shape},
	[Q_JOIN] = {"UPDATE webhook_delivery SET batch_id = $3 WHERE app_id = $1 AND state = 'WAITING' AND batch_id = 0 AND id <= $2",
	            NULL},
	[Q_SETTLE] = {"UPDATE webhook_delivery SET state = $2, why = $3, settled_at = $4 WHERE batch_id = $1", NULL},
	[Q_REPLAY] = {"UPDATE webhook_delivery SET state = 'WAITING', batch_id = 0, why = NULL, settled_at = 0 WHERE id = $1", NULL},
	[Q_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM webhook_delivery WHERE app_id = $1 AND state = 'WAITING' LIMIT $2) AS few",
	             &count_shape},
	[Q_GIVE_UP] = {GIVE_UP " AND batch_id = 0 AND subscription_id = $4", NULL},
	[Q_GIVE_UP_OLDEST] = {GIVE_UP " AND batch_id = 0 AND id IN (SELECT id FROM webhook_delivery WHERE app_id = $1 AND"
	                              " state = 'WAITING' AND batch_id = 0 ORDER BY id LIMIT $4)", NULL},
	[Q_GIVE_UP_ALL] = {GIVE_UP, NULL},
	[Q_SWEEP] = {"DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery ORDER BY id LIMIT $3) AND"
	             " (created_at < $1 OR id < (SELECT max(id) FROM webhook_delivery) - $2)", NULL},
};
const struct sql_table webhook_delivery_sql = SQL_TABLE("webhook_delivery", delivery_rows);

enum err webhook_delivery_put(struct ctx *c, const struct webhook_delivery *d)
{
	return db_exec(c, &delivery_rows[Q_PUT],
	               ARGS(I(d->app_id), I(d->subscription_id), I(d->event_id), S(d->event_type), I(d->object_id), S(d->body),
	                    I(c->now)),
	               NULL);
}

enum err webhook_delivery_load(struct ctx *c, int64_t id, struct webhook_delivery *out)
{
	return db_one(c, &delivery_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err webhook_delivery_list(struct ctx *c, const struct webhook_find *find, struct webhook_delivery **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM webhook_delivery WHERE id < ?", ARGS(I(find->before)));
	if (find->app_id != 0)
		sqlb_add(&b, " AND app_id = ?", ARGS(I(find->app_id)));
	if (find->subscription_id != 0)
		sqlb_add(&b, " AND subscription_id = ?", ARGS(I(find->subscription_id)));
	if (!str_is_null(find->state))
		sqlb_add(&b, " AND state = ?", ARGS(S(find->state)));
	sqlb_add(&b, " ORDER BY id DESC LIMIT ?", ARGS(I(find->limit)));
	return sqlb_all(c, &b, &webhook_delivery_shape, out, n_out);
}

enum err webhook_delivery_unsent(struct ctx *c, int64_t app_id, int64_t limit, struct webhook_delivery **out, size_t *n_out)
{
	return db_all(c, &delivery_rows[Q_UNSENT], ARGS(I(app_id), I(limit)), out, n_out);
}

enum err webhook_delivery_of_batch(struct ctx *c, int64_t batch_id, struct webhook_delivery **out, size_t *n_out)
{
	return db_all(c, &delivery_rows[Q_OF_BATCH], ARGS(I(batch_id)), out, n_out);
}

enum err webhook_delivery_join(struct ctx *c, int64_t app_id, int64_t up_to_id, int64_t batch_id)
{
	return db_exec(c, &delivery_rows[Q_JOIN], ARGS(I(app_id), I(up_to_id), I(batch_id)), NULL);
}

enum err webhook_delivery_settle(struct ctx *c, int64_t batch_id, struct str state, struct str why)
{
	return db_exec(c, &delivery_rows[Q_SETTLE], ARGS(I(batch_id), S(state), S(why), I(c->now)), NULL);
}

enum err webhook_delivery_replay(struct ctx *c, int64_t id)
{
	return db_exec(c, &delivery_rows[Q_REPLAY], ARGS(I(id)), NULL);
}

enum err webhook_delivery_count(struct ctx *c, int64_t app_id, int64_t most, int64_t *n_out)
{
	struct webhook_count count;
	TRY(db_one(c, &delivery_rows[Q_COUNT], ARGS(I(app_id), I(most)), &count));
	*n_out = count.n;
	return OK;
}

enum err webhook_delivery_give_up(struct ctx *c, int64_t app_id, int64_t subscription_id, struct str why)
{
	return db_exec(c, &delivery_rows[Q_GIVE_UP], ARGS(I(app_id), S(why), I(c->now), I(subscription_id)), NULL);
}

enum err webhook_delivery_give_up_oldest(struct ctx *c, int64_t app_id, int64_t n, struct str why)
{
	return db_exec(c, &delivery_rows[Q_GIVE_UP_OLDEST], ARGS(I(app_id), S(why), I(c->now), I(n)), NULL);
}

/* Batches ----------------------------------------------------------------------------------------------------------- */

static const struct field batch_fields[] = {
	FIELD(struct webhook_batch, id, F_ID),
	FIELD(struct webhook_batch, app_id, F_ID),
	FIELD(struct webhook_batch, state, F_STR),
	FIELD(struct webhook_batch, tries, F_INT),
	FIELD(struct webhook_batch, next_try_at, F_TIME),
	FIELD(struct webhook_batch, lease_until, F_TIME),
	FIELD(struct webhook_batch, created_at, F_TIME),
};
static const struct shape batch_shape = SHAPE("WebhookBatchRow", struct webhook_batch, batch_fields);

static const struct field queue_fields[] = {
	FIELD(struct webhook_queue, app_id, F_ID),
	FIELD(struct webhook_queue, target_url, F_STR),
	FIELD(struct webhook_queue, max_concurrent, F_INT),
	FIELD(struct webhook_queue, failing_since, F_TIME),
	FIELD(struct webhook_queue, last_try_at, F_TIME),
	FIELD(struct webhook_queue, in_flight_n, F_INT),
	FIELD(struct webhook_queue, has_due, F_BOOL),
};
static const struct shape queue_shape = SHAPE("WebhookQueue", struct webhook_queue, queue_fields);

enum {
	Q_BATCH_INSERT,
	Q_BATCH_UPDATE,
	Q_BATCH_LOAD,
	Q_BATCH_DUE,
	Q_BATCH_OLDEST,
	Q_BATCH_RELEASE,
	Q_BATCH_GIVE_UP_ALL,
	Q_BATCH_SWEEP,
	Q_QUEUE,
};
#define HAS_DUE "EXISTS (SELECT 1 FROM webhook_batch b WHERE b.app_id = t.app_id AND b.state = 'WAITING'" \
	" AND b.next_try_at <= $1 AND b.lease_until <= $1)"

static const struct sql batch_rows[] = {
	[Q_BATCH_INSERT] = {"INSERT INTO webhook_batch @insert @back", &batch_shape},
	[Q_BATCH_UPDATE] = {"UPDATE webhook_batch SET @update WHERE id = @key @back", &batch_shape},
	[Q_BATCH_LOAD] = {"SELECT @cols FROM webhook_batch WHERE id = $1", &batch_shape},
	[Q_BATCH_DUE] = {"SELECT @cols FROM webhook_batch WHERE app_id = $1 AND state = 'WAITING' AND next_try_at <= $2 AND"
	                 " lease_until <= $2 ORDER BY next_try_at, id LIMIT 1", &batch_shape},
	[Q_BATCH_OLDEST] = {"SELECT @cols FROM webhook_batch WHERE app_id = $1 AND state = 'WAITING' AND lease_until <= $2"
	                    " ORDER BY id LIMIT 1", &batch_shape},
	[Q_BATCH_RELEASE] = {"UPDATE webhook_batch SET lease_until = 0 WHERE lease_until > 0", NULL},
	[Q_BATCH_GIVE_UP_ALL] = {"UPDATE webhook_batch SET state = 'PUT_ASIDE' WHERE app_id = $1 AND state = 'WAITING'", NULL},
	[Q_BATCH_SWEEP] = {"DELETE FROM webhook_batch WHERE id IN (SELECT id FROM webhook_batch ORDER BY id LIMIT $2)"
	                   " AND created_at < $1", NULL},
	[Q_QUEUE] = {"SELECT t.app_id, t.target_url, t.max_concurrent, t.failing_since, t.last_try_at, (SELECT count(*) FROM"
	             " webhook_batch b WHERE b.app_id = t.app_id AND b.lease_until > 0 AND b.lease_until > $1) AS in_flight_n,"
	             " CASE WHEN " HAS_DUE " THEN 1 ELSE 0 END AS has_due FROM webhook_target t WHERE"
	             " EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.app_id = t.app_id AND d.state = 'WAITING' AND d.batch_id = 0)"
	             " OR " HAS_DUE " ORDER BY t.app_id LIMIT $2", &queue_shape},
};
const struct sql_table webhook_batch_sql = SQL_TABLE("webhook_batch", batch_rows);

enum err webhook_batch_insert(struct ctx *c, struct webhook_batch *b)
{
	b->created_at = c->now;
	return db_put(c, &batch_rows[Q_BATCH_INSERT], b, b);
}

enum err webhook_batch_update(struct ctx *c, struct webhook_batch *b)
{
	return db_put(c, &batch_rows[Q_BATCH_UPDATE], b, b);
}

enum err webhook_batch_load(struct ctx *c, int64_t id, struct webhook_batch *out)
{
	return db_one(c, &batch_rows[Q_BATCH_LOAD], ARGS(I(id)), out);
}

enum err webhook_batch_due(struct ctx *c, int64_t app_id, struct webhook_batch *out)
{
	return db_one(c, &batch_rows[Q_BATCH_DUE], ARGS(I(app_id), I(c->now)), out);
}

enum err webhook_batch_oldest(struct ctx *c, int64_t app_id, struct webhook_batch *out)
{
	return db_one(c, &batch_rows[Q_BATCH_OLDEST], ARGS(I(app_id), I(c->now)), out);
}

enum err webhook_batch_release_all(struct ctx *c)
{
	return db_exec(c, &batch_rows[Q_BATCH_RELEASE], NO_ARGS, NULL);
}

enum err webhook_delivery_give_up_all(struct ctx *c, int64_t app_id, struct str why)
{
	TRY(db_exec(c, &batch_rows[Q_BATCH_GIVE_UP_ALL], ARGS(I(app_id)), NULL));
	return db_exec(c, &delivery_rows[Q_GIVE_UP_ALL], ARGS(I(app_id), S(why), I(c->now)), NULL);
}

enum err webhook_queue_list(struct ctx *c, int64_t limit, struct webhook_queue **out, size_t *n_out)
{
	return db_all(c, &batch_rows[Q_QUEUE], ARGS(I(c->now), I(limit)), out, n_out);
}

/* Attempts ---------------------------------------------------------------------------------------------------------- */

static const struct field attempt_fields[] = {
	FIELD(struct webhook_attempt, id, F_ID),
	FIELD(struct webhook_attempt, batch_id, F_ID),
	FIELD(struct webhook_attempt, at, F_TIME),
	FIELD(struct webhook_attempt, number, F_INT),
	FIELD(struct webhook_attempt, status, F_INT),
	FIELD(struct webhook_attempt, duration_ms, F_INT),
	FIELD(struct webhook_attempt, error, F_STR, .flags = F_NULL),
	FIELD(struct webhook_attempt, answer, F_STR, .flags = F_NULL),
};
static const struct shape attempt_shape = SHAPE("WebhookAttemptRow", struct webhook_attempt, attempt_fields);

enum { Q_ATTEMPT_INSERT, Q_ATTEMPT_SWEEP };
static const struct sql attempt_rows[] = {
	[Q_ATTEMPT_INSERT] = {"INSERT INTO webhook_attempt @insert @back", &attempt_shape},
	[Q_ATTEMPT_SWEEP] = {"DELETE FROM webhook_attempt WHERE id IN (SELECT id FROM webhook_attempt ORDER BY id LIMIT $2)"
	                     " AND at < $1", NULL},
};
const struct sql_table webhook_attempt_sql = SQL_TABLE("webhook_attempt", attempt_rows);

enum err webhook_attempt_insert(struct ctx *c, const struct webhook_attempt *attempt)
{
	struct webhook_attempt row;
	return db_put(c, &attempt_rows[Q_ATTEMPT_INSERT], attempt, &row);
}

enum err webhook_attempt_list(struct ctx *c, const int64_t *batch_ids, size_t n, struct webhook_attempt **out, size_t *n_out)
{
	struct sqlb b;
	check(n <= MAX_ATTEMPT_BATCHES);
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM webhook_attempt WHERE batch_id IN (0", NO_ARGS);
	for (size_t i = 0; i < n; i++)
		sqlb_add(&b, ", ?", ARGS(I(batch_ids[i])));
	sqlb_add(&b, ") ORDER BY batch_id, id", NO_ARGS);
	return sqlb_all(c, &b, &attempt_shape, out, n_out);
}

enum err webhook_sweep(struct ctx *c, int64_t before, int64_t most, int64_t limit, int64_t *removed_out)
{
	int64_t batches, attempts;
	TRY(db_exec(c, &delivery_rows[Q_SWEEP], ARGS(I(before), I(most), I(limit)), removed_out));
	TRY(db_exec(c, &batch_rows[Q_BATCH_SWEEP], ARGS(I(before), I(limit)), &batches));
	TRY(db_exec(c, &attempt_rows[Q_ATTEMPT_SWEEP], ARGS(I(before), I(limit)), &attempts));
	*removed_out = batches > *removed_out ? batches : *removed_out;
	*removed_out = attempts > *removed_out ? attempts : *removed_out;
	return OK;
}
