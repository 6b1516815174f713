#include "store/channel.h"

#include "store/all_sql.h"

enum { LOCK_KEY = 0x6368616e };

static const struct field channel_fields[] = {
	FIELD(struct custom_channel, id, F_ID),
	FIELD(struct custom_channel, name, F_STR),
	FIELD(struct custom_channel, capabilities, F_JSON),
	FIELD(struct custom_channel, webhook_url, F_STR, .flags = F_NULL),
	FIELD(struct custom_channel, redirect_url, F_STR, .flags = F_NULL),
	FIELD(struct custom_channel, description, F_STR, .flags = F_NULL),
	FIELD(struct custom_channel, logo_url, F_STR, .flags = F_NULL),
	FIELD(struct custom_channel, app_id, F_ID),
	FIELD(struct custom_channel, created_at, F_TIME),
	FIELD(struct custom_channel, updated_at, F_TIME),
	FIELD(struct custom_channel, archived_at, F_TIME),
};
static const struct shape channel_shape = SHAPE("CustomChannelRow", struct custom_channel, channel_fields);

struct one_id {
	int64_t id;
};
static const struct field one_id_fields[] = {FIELD(struct one_id, id, F_INT)};
static const struct shape one_id_shape = SHAPE("ChannelId", struct one_id, one_id_fields);

enum { Q_NEWEST, Q_INSERT, Q_LOAD, Q_UPDATE, Q_LIST };
static const struct sql channel_rows[] = {
	[Q_NEWEST] = {"SELECT COALESCE(MAX(id), 0) AS id FROM custom_channel", &one_id_shape},
	[Q_INSERT] = {"INSERT INTO custom_channel (@cols) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING @cols",
	              &channel_shape},
	[Q_LOAD] = {"SELECT @cols FROM custom_channel WHERE id = $1 AND archived_at = 0", &channel_shape},
	[Q_UPDATE] = {"UPDATE custom_channel SET name = $2, capabilities = $3, webhook_url = $4, redirect_url = $5, description = $6,"
	              " logo_url = $7, updated_at = $8, archived_at = $9 WHERE id = $1", NULL},
	[Q_LIST] = {"SELECT @cols FROM custom_channel WHERE archived_at = 0 ORDER BY id", &channel_shape},
};
const struct sql_table custom_channel_sql = SQL_TABLE("custom_channel", channel_rows);

enum err channel_lock(struct ctx *c)
{
	return db_lock(c, LOCK_KEY);
}

enum err custom_channel_insert(struct ctx *c, struct custom_channel *ch)
{
	struct one_id newest;
	TRY(db_one(c, &channel_rows[Q_NEWEST], NO_ARGS, &newest));
	ch->id = newest.id < FIRST_CUSTOM_CHANNEL ? FIRST_CUSTOM_CHANNEL : newest.id + 1;
	ch->created_at = ch->updated_at = c->now;
	return db_one(c, &channel_rows[Q_INSERT],
	              ARGS(I(ch->id), S(ch->name), S(ch->capabilities), S(ch->webhook_url), S(ch->redirect_url), S(ch->description),
	                   S(ch->logo_url), I(ch->app_id), I(ch->created_at), I(ch->updated_at), I(0)),
	              ch);
}

enum err custom_channel_load(struct ctx *c, int64_t id, struct custom_channel *out)
{
	return db_one(c, &channel_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err custom_channel_update(struct ctx *c, const struct custom_channel *ch)
{
	return db_exec(c, &channel_rows[Q_UPDATE],
	               ARGS(I(ch->id), S(ch->name), S(ch->capabilities), S(ch->webhook_url), S(ch->redirect_url), S(ch->description),
	                    S(ch->logo_url), I(c->now), I(ch->archived_at)),
	               NULL);
}

enum err custom_channel_list(struct ctx *c, struct custom_channel **out, size_t *n_out)
{
	return db_all(c, &channel_rows[Q_LIST], NO_ARGS, out, n_out);
}

/* Staging ----------------------------------------------------------------------------------------------------------- */

static const struct field staging_fields[] = {
	FIELD(struct channel_staging, token, F_STR),
	FIELD(struct channel_staging, channel_id, F_ID),
	FIELD(struct channel_staging, inbox_id, F_ID),
	FIELD(struct channel_staging, user_id, F_ID),
	FIELD(struct channel_staging, created_at, F_TIME),
};
static const struct shape staging_shape = SHAPE("ChannelStagingRow", struct channel_staging, staging_fields);

enum { Q_STAGING_INSERT, Q_STAGING_LOAD, Q_STAGING_REMOVE, Q_STAGING_SWEEP };
static const struct sql staging_rows[] = {
	[Q_STAGING_INSERT] = {"INSERT INTO channel_staging (@cols) VALUES ($1, $2, $3, $4, $5) RETURNING @cols", &staging_shape},
	[Q_STAGING_LOAD] = {"SELECT @cols FROM channel_staging WHERE token = $1", &staging_shape},
	[Q_STAGING_REMOVE] = {"DELETE FROM channel_staging WHERE token = $1", NULL},
	[Q_STAGING_SWEEP] = {"DELETE FROM channel_staging WHERE created_at < $1", NULL},
};
const struct sql_table channel_staging_sql = SQL_TABLE("channel_staging", staging_rows);

enum err channel_staging_insert(struct ctx *c, const struct channel_staging *s)
{
	struct channel_staging kept;
	return db_one(c, &staging_rows[Q_STAGING_INSERT],
	              ARGS(S(s->token), I(s->channel_id), I(s->inbox_id), I(s->user_id), I(s->created_at)), &kept);
}

enum err channel_staging_load(struct ctx *c, struct str token, struct channel_staging *out)
{
	return db_one(c, &staging_rows[Q_STAGING_LOAD], ARGS(S(token)), out);
}

enum err channel_staging_remove(struct ctx *c, struct str token)
{
	return db_exec(c, &staging_rows[Q_STAGING_REMOVE], ARGS(S(token)), NULL);
}

enum err channel_staging_sweep(struct ctx *c, int64_t before)
{
	return db_exec(c, &staging_rows[Q_STAGING_SWEEP], ARGS(I(before)), NULL);
}

/* Ids of the other side --------------------------------------------------------------------------------------------- */

struct one_name {
	struct str name;
};
static const struct field one_name_fields[] = {FIELD(struct one_name, name, F_STR)};
static const struct shape one_name_shape = SHAPE("ChannelName", struct one_name, one_name_fields);

enum { Q_THREAD, Q_THREAD_PUT, Q_THREAD_REMOVE, Q_THREAD_NAME, Q_MESSAGE, Q_MESSAGE_PUT, Q_VISITOR, Q_VISITOR_PUT };
static const struct sql tie_rows[] = {
	[Q_THREAD] = {"SELECT thread_id AS id FROM channel_thread WHERE channel_account_id = $1 AND integration_id = $2", &one_id_shape},
	[Q_THREAD_PUT] = {"INSERT INTO channel_thread (channel_account_id, integration_id, thread_id) VALUES ($1, $2, $3)", NULL},
	[Q_THREAD_REMOVE] = {"DELETE FROM channel_thread WHERE channel_account_id = $1 AND integration_id = $2", NULL},
	[Q_THREAD_NAME] = {"SELECT integration_id AS name FROM channel_thread WHERE thread_id = $1 ORDER BY integration_id LIMIT 1",
	                   &one_name_shape},
	[Q_MESSAGE] = {"SELECT message_id AS id FROM channel_message WHERE channel_id = $1 AND integration_id = $2", &one_id_shape},
	[Q_MESSAGE_PUT] = {"INSERT INTO channel_message (channel_id, integration_id, message_id) VALUES ($1, $2, $3)", NULL},
	[Q_VISITOR] = {"SELECT contact_id AS id FROM channel_visitor WHERE channel_id = $1 AND identifier = $2", &one_id_shape},
	[Q_VISITOR_PUT] = {"INSERT INTO channel_visitor (channel_id, identifier, contact_id) VALUES ($1, $2, $3)"
	                   " ON CONFLICT (channel_id, identifier) DO UPDATE SET contact_id = excluded.contact_id", NULL},
};
const struct sql_table channel_tie_sql = SQL_TABLE("channel_tie", tie_rows);

static enum err find_id(struct ctx *c, int q, int64_t key, struct str integration_id, int64_t *out)
{
	struct one_id found;
	enum err e = db_one(c, &tie_rows[q], ARGS(I(key), S(integration_id)), &found);
	*out = e == OK ? found.id : 0;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err put_id(struct ctx *c, int q, int64_t key, struct str integration_id, int64_t id)
{
	return db_exec(c, &tie_rows[q], ARGS(I(key), S(integration_id), I(id)), NULL);
}

enum err channel_thread_find(struct ctx *c, int64_t account_id, struct str integration_id, int64_t *thread_id_out)
{
	return find_id(c, Q_THREAD, account_id, integration_id, thread_id_out);
}

enum err channel_thread_put(struct ctx *c, int64_t account_id, struct str integration_id, int64_t thread_id)
{
	return put_id(c, Q_THREAD_PUT, account_id, integration_id, thread_id);
}

enum err channel_thread_remove(struct ctx *c, int64_t account_id, struct str integration_id)
{
	return db_exec(c, &tie_rows[Q_THREAD_REMOVE], ARGS(I(account_id), S(integration_id)), NULL);
}

enum err channel_thread_name(struct ctx *c, int64_t thread_id, struct str *out)
{
	struct one_name found;
	enum err e = db_one(c, &tie_rows[Q_THREAD_NAME], ARGS(I(thread_id)), &found);
	*out = e == OK ? found.name : STR_NULL;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

enum err channel_message_find(struct ctx *c, int64_t channel_id, struct str integration_id, int64_t *message_id_out)
{
	return find_id(c, Q_MESSAGE, channel_id, integration_id, message_id_out);
}

enum err channel_message_put(struct ctx *c, int64_t channel_id, struct str integration_id, int64_t message_id)
{
	return put_id(c, Q_MESSAGE_PUT, channel_id, integration_id, message_id);
}

enum err channel_visitor_find(struct ctx *c, int64_t channel_id, struct str identifier, int64_t *contact_id_out)
{
	return find_id(c, Q_VISITOR, channel_id, identifier, contact_id_out);
}

enum err channel_visitor_put(struct ctx *c, int64_t channel_id, struct str identifier, int64_t contact_id)
{
	return put_id(c, Q_VISITOR_PUT, channel_id, identifier, contact_id);
}

/* Outbox ------------------------------------------------------------------------------------------------------------ */

static const struct field outbox_fields[] = {
	FIELD(struct channel_outbox, id, F_ID),
	FIELD(struct channel_outbox, channel_id, F_ID),
	FIELD(struct channel_outbox, message_id, F_ID),
	FIELD(struct channel_outbox, ticket_id, F_ID),
	FIELD(struct channel_outbox, state, F_STR),
	FIELD(struct channel_outbox, tries, F_INT),
	FIELD(struct channel_outbox, last_error, F_STR, .flags = F_NULL),
	FIELD(struct channel_outbox, queued_at, F_TIME),
	FIELD(struct channel_outbox, next_try_at, F_TIME),
	FIELD(struct channel_outbox, sent_at, F_TIME),
};
const struct shape channel_outbox_shape = SHAPE("ChannelOutboxRow", struct channel_outbox, outbox_fields);

enum { Q_OUT_INSERT, Q_OUT_LOAD, Q_OUT_OF_MESSAGE, Q_OUT_UPDATE, Q_OUT_LIST };
static const struct sql outbox_rows[] = {
	[Q_OUT_INSERT] = {"INSERT INTO channel_outbox @insert @back", &channel_outbox_shape},
	[Q_OUT_LOAD] = {"SELECT @cols FROM channel_outbox WHERE id = $1", &channel_outbox_shape},
	[Q_OUT_OF_MESSAGE] = {"SELECT @cols FROM channel_outbox WHERE message_id = $1", &channel_outbox_shape},
	[Q_OUT_UPDATE] = {"UPDATE channel_outbox SET @update WHERE id = @key @back", &channel_outbox_shape},
	[Q_OUT_LIST] = {"SELECT @cols FROM channel_outbox WHERE channel_id = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4",
	                &channel_outbox_shape},
};
const struct sql_table channel_outbox_sql = SQL_TABLE("channel_outbox", outbox_rows);

enum err channel_outbox_insert(struct ctx *c, struct channel_outbox *row)
{
	row->queued_at = c->now;
	return db_put(c, &outbox_rows[Q_OUT_INSERT], row, row);
}

enum err channel_outbox_load(struct ctx *c, int64_t id, struct channel_outbox *out)
{
	return db_one(c, &outbox_rows[Q_OUT_LOAD], ARGS(I(id)), out);
}

enum err channel_outbox_of_message(struct ctx *c, int64_t message_id, struct channel_outbox *out)
{
	return db_one(c, &outbox_rows[Q_OUT_OF_MESSAGE], ARGS(I(message_id)), out);
}

enum err channel_outbox_update(struct ctx *c, struct channel_outbox *row)
{
	return db_put(c, &outbox_rows[Q_OUT_UPDATE], row, row);
}

enum err channel_outbox_list(struct ctx *c, int64_t channel_id, struct str state, int64_t after, int64_t limit,
                             struct channel_outbox **out, size_t *n_out)
{
	return db_all(c, &outbox_rows[Q_OUT_LIST], ARGS(I(channel_id), S(state), I(after), I(limit)), out, n_out);
}
