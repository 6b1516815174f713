#include "store/held_reply.h"

#include "store/all_sql.h"

static const struct field held_reply_fields[] = {
	FIELD(struct held_reply, id, F_ID),
	FIELD(struct held_reply, ticket_id, F_ID),
	FIELD(struct held_reply, user_id, F_ID),
	FIELD(struct held_reply, state, F_STR),
	FIELD(struct held_reply, send_at, F_TIME),
	FIELD(struct held_reply, text, F_STR),
	FIELD(struct held_reply, html, F_STR, .flags = F_NULL),
	FIELD(struct held_reply, subject, F_STR, .flags = F_NULL),
	FIELD(struct held_reply, recipients, F_JSON, .flags = F_NULL),
	FIELD(struct held_reply, channel_account_id, F_ID),
	FIELD(struct held_reply, thread_id, F_ID),
	FIELD(struct held_reply, in_reply_to_id, F_ID),
	FIELD(struct held_reply, is_forward, F_BOOL),
	FIELD(struct held_reply, stage_id, F_STR, .flags = F_NULL),
	FIELD(struct held_reply, properties, F_JSON, .flags = F_NULL),
	FIELD(struct held_reply, attachments, F_JSON, .flags = F_NULL),
	FIELD(struct held_reply, draft, F_JSON, .flags = F_NULL),
	FIELD(struct held_reply, problem, F_STR, .flags = F_NULL),
	FIELD(struct held_reply, created_at, F_TIME),
	FIELD(struct held_reply, updated_at, F_TIME),
};
static const struct shape held_reply_shape = SHAPE("HeldReplyRow", struct held_reply, held_reply_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_LIST, Q_REMOVE, Q_PAUSE };
static const struct sql held_reply_rows[] = {
	[Q_INSERT] = {"INSERT INTO held_reply @insert @back", &held_reply_shape},
	[Q_UPDATE] = {"UPDATE held_reply SET @update WHERE id = @key @back", &held_reply_shape},
	[Q_LOAD] = {"SELECT @cols FROM held_reply WHERE id = $1", &held_reply_shape},
	[Q_LIST] = {"SELECT @cols FROM held_reply WHERE ticket_id = $1 ORDER BY id LIMIT 100", &held_reply_shape},
	[Q_REMOVE] = {"DELETE FROM held_reply WHERE id = $1", NULL},
	[Q_PAUSE] = {"UPDATE held_reply SET state = 'PAUSED', updated_at = $2 WHERE ticket_id = $1 AND state = 'SCHEDULED'", NULL},
};
const struct sql_table held_reply_sql = SQL_TABLE("held_reply", held_reply_rows);

enum err held_reply_save(struct ctx *c, struct held_reply *h)
{
	return db_put(c, &held_reply_rows[h->id == 0 ? Q_INSERT : Q_UPDATE], h, h);
}

enum err held_reply_load(struct ctx *c, int64_t id, struct held_reply *out)
{
	return db_one(c, &held_reply_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err held_reply_list(struct ctx *c, int64_t ticket_id, struct held_reply **out, size_t *n_out)
{
	return db_all(c, &held_reply_rows[Q_LIST], ARGS(I(ticket_id)), out, n_out);
}

enum err held_reply_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &held_reply_rows[Q_REMOVE], ARGS(I(id)), NULL);
}

enum err held_reply_pause(struct ctx *c, int64_t ticket_id, int64_t *n_out)
{
	return db_exec(c, &held_reply_rows[Q_PAUSE], ARGS(I(ticket_id), I(c->now)), n_out);
}
