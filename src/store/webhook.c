#include "store/webhook.h"

#include "store/all_sql.h"

enum { READER_LOCK = -0x77686b01, QUEUE_LOCK = -0x77686b02 }; /* positive keys are objects (store/object.h) */

static const struct field target_fields[] = {
	FIELD(struct webhook_target, app_id, F_ID),
	FIELD(struct webhook_target, target_url, F_STR),
	FIELD(struct webhook_target, max_concurrent, F_INT),
	FIELD(struct webhook_target, failing_since, F_TIME),
	FIELD(struct webhook_target, last_error, F_STR, .flags = F_NULL),
	FIELD(struct webhook_target, last_try_at, F_TIME),
	FIELD(struct webhook_target, last_good_at, F_TIME),
	FIELD(struct webhook_target, created_at, F_TIME),
	FIELD(struct webhook_target, updated_at, F_TIME),
};
static const struct shape target_shape = SHAPE("WebhookTargetRow", struct webhook_target, target_fields);

enum { Q_TARGET_PUT, Q_TARGET_LOAD, Q_TARGET_LIST, Q_TARGET_NOTE, Q_TARGET_REMOVE };
static const struct sql target_rows[] = {
	[Q_TARGET_PUT] = {"INSERT INTO webhook_target (app_id, target_url, max_concurrent, failing_since, last_try_at,"
	                  " last_good_at, created_at, updated_at) VALUES ($1, $2, $3, 0, 0, 0, $4, $4) ON CONFLICT (app_id) DO UPDATE SET"
	                  " target_url = excluded.target_url, max_concurrent = excluded.max_concurrent,"
	                  " failing_since = 0, last_error = NULL, updated_at = excluded.updated_at", NULL},
	[Q_TARGET_LOAD] = {"SELECT @cols FROM webhook_target WHERE app_id = $1", &target_shape},
	[Q_TARGET_LIST] = {"SELECT @cols FROM webhook_target ORDER BY app_id LIMIT $1", &target_shape},
	[Q_TARGET_NOTE] = {"UPDATE webhook_target SET failing_since = $2, last_error = $3, last_try_at = $4, last_good_at = $5"
	                   " WHERE app_id = $1", NULL},
	[Q_TARGET_REMOVE] = {"DELETE FROM webhook_target WHERE app_id = $1", NULL},
};
const struct sql_table webhook_target_sql = SQL_TABLE("webhook_target", target_rows);

static const struct field subscription_fields[] = {
	FIELD(struct webhook_subscription, id, F_ID),
	FIELD(struct webhook_subscription, app_id, F_ID),
	FIELD(struct webhook_subscription, event_type, F_STR),
	FIELD(struct webhook_subscription, object_type_id, F_STR, .flags = F_NULL),
	FIELD(struct webhook_subscription, property_name, F_STR, .flags = F_NULL),
	FIELD(struct webhook_subscription, is_active, F_BOOL),
	FIELD(struct webhook_subscription, after_event_id, F_INT),
	FIELD(struct webhook_subscription, created_at, F_TIME),
	FIELD(struct webhook_subscription, updated_at, F_TIME),
};
static const struct shape subscription_shape = SHAPE("WebhookSubscriptionRow", struct webhook_subscription, subscription_fields);

struct webhook_place {
	int64_t event_id;
};
static const struct field place_fields[] = {FIELD(struct webhook_place, event_id, F_INT)};
static const struct shape place_shape = SHAPE("WebhookPlace", struct webhook_place, place_fields);

enum {
	Q_SUB_INSERT,
	Q_SUB_UPDATE,
	Q_SUB_LOAD,
	Q_SUB_LIST,
	Q_SUB_OF_TYPE,
	Q_SUB_REMOVE,
	Q_SUB_REMOVE_ALL,
	Q_SUB_BEGIN,
	Q_READER_LOAD,
	Q_READER_SAVE,
};
static const struct sql subscription_rows[] = {
	[Q_SUB_INSERT] = {"INSERT INTO webhook_subscription @insert @back", &subscription_shape},
	[Q_SUB_UPDATE] = {"UPDATE webhook_subscription SET @update WHERE id = @key @back", &subscription_shape},
	[Q_SUB_LOAD] = {"SELECT @cols FROM webhook_subscription WHERE app_id = $1 AND id = $2", &subscription_shape},
	[Q_SUB_LIST] = {"SELECT @cols FROM webhook_subscription WHERE app_id = $1 ORDER BY id LIMIT $2", &subscription_shape},
	[Q_SUB_OF_TYPE] = {"SELECT @cols FROM webhook_subscription WHERE event_type = $1 AND is_active = 1"
	                   " AND app_id IN (SELECT app_id FROM webhook_target) ORDER BY id LIMIT $2", &subscription_shape},
	[Q_SUB_REMOVE] = {"DELETE FROM webhook_subscription WHERE app_id = $1 AND id = $2", NULL},
	[Q_SUB_REMOVE_ALL] = {"DELETE FROM webhook_subscription WHERE app_id = $1", NULL},
	[Q_SUB_BEGIN] = {"SELECT coalesce(min(after_event_id), -1) AS event_id FROM webhook_subscription WHERE is_active = 1"
	                 " AND app_id IN (SELECT app_id FROM webhook_target)", &place_shape},
	[Q_READER_LOAD] = {"SELECT last_event_id AS event_id FROM webhook_reader WHERE id = 1", &place_shape},
	[Q_READER_SAVE] = {"UPDATE webhook_reader SET last_event_id = $1 WHERE id = 1", NULL},
};
const struct sql_table webhook_subscription_sql = SQL_TABLE("webhook_subscription", subscription_rows);

enum err webhook_target_put(struct ctx *c, const struct webhook_target *t)
{
	return db_exec(c, &target_rows[Q_TARGET_PUT], ARGS(I(t->app_id), S(t->target_url), I(t->max_concurrent), I(c->now)), NULL);
}

enum err webhook_target_load(struct ctx *c, int64_t app_id, struct webhook_target *out)
{
	return db_one(c, &target_rows[Q_TARGET_LOAD], ARGS(I(app_id)), out);
}

enum err webhook_target_list(struct ctx *c, int64_t limit, struct webhook_target **out, size_t *n_out)
{
	return db_all(c, &target_rows[Q_TARGET_LIST], ARGS(I(limit)), out, n_out);
}

enum err webhook_target_note(struct ctx *c, const struct webhook_target *t)
{
	return db_exec(c, &target_rows[Q_TARGET_NOTE],
	               ARGS(I(t->app_id), I(t->failing_since), S(t->last_error), I(t->last_try_at), I(t->last_good_at)), NULL);
}

enum err webhook_target_remove(struct ctx *c, int64_t app_id)
{
	return db_exec(c, &target_rows[Q_TARGET_REMOVE], ARGS(I(app_id)), NULL);
}

enum err webhook_subscription_insert(struct ctx *c, struct webhook_subscription *s)
{
	s->created_at = s->updated_at = c->now;
	return db_put(c, &subscription_rows[Q_SUB_INSERT], s, s);
}

enum err webhook_subscription_update(struct ctx *c, struct webhook_subscription *s)
{
	s->updated_at = c->now;
	return db_put(c, &subscription_rows[Q_SUB_UPDATE], s, s);
}

enum err webhook_subscription_load(struct ctx *c, int64_t app_id, int64_t id, struct webhook_subscription *out)
{
	return db_one(c, &subscription_rows[Q_SUB_LOAD], ARGS(I(app_id), I(id)), out);
}

enum err webhook_subscription_list(struct ctx *c, int64_t app_id, int64_t limit, struct webhook_subscription **out, size_t *n_out)
{
	return db_all(c, &subscription_rows[Q_SUB_LIST], ARGS(I(app_id), I(limit)), out, n_out);
}

enum err webhook_subscription_of_type(struct ctx *c, struct str event_type, int64_t limit, struct webhook_subscription **out,
                                      size_t *n_out)
{
	return db_all(c, &subscription_rows[Q_SUB_OF_TYPE], ARGS(S(event_type), I(limit)), out, n_out);
}

enum err webhook_subscription_remove(struct ctx *c, int64_t app_id, int64_t id)
{
	return db_exec(c, &subscription_rows[Q_SUB_REMOVE], ARGS(I(app_id), I(id)), NULL);
}

enum err webhook_subscription_remove_all(struct ctx *c, int64_t app_id)
{
	return db_exec(c, &subscription_rows[Q_SUB_REMOVE_ALL], ARGS(I(app_id)), NULL);
}

static enum err load_place(struct ctx *c, int query, int64_t *out)
{
	struct webhook_place place;
	TRY(db_one(c, &subscription_rows[query], NO_ARGS, &place));
	*out = place.event_id;
	return OK;
}

enum err webhook_subscription_begin(struct ctx *c, int64_t *event_id_out)
{
	return load_place(c, Q_SUB_BEGIN, event_id_out);
}

enum err webhook_reader_lock(struct ctx *c)
{
	return db_lock(c, READER_LOCK);
}

enum err webhook_queue_lock(struct ctx *c)
{
	return db_lock(c, QUEUE_LOCK);
}

enum err webhook_reader_load(struct ctx *c, int64_t *last_event_id_out)
{
	return load_place(c, Q_READER_LOAD, last_event_id_out);
}

enum err webhook_reader_save(struct ctx *c, int64_t last_event_id)
{
	return db_exec(c, &subscription_rows[Q_READER_SAVE], ARGS(I(last_event_id)), NULL);
}
