#include "store/mail.h"

#include "store/all_sql.h"

static const struct field mail_source_fields[] = {
	FIELD(struct mail_source, id, F_ID),
	FIELD(struct mail_source, received_at, F_TIME),
	FIELD(struct mail_source, channel, F_STR),
	FIELD(struct mail_source, channel_account_id, F_ID),
	FIELD(struct mail_source, return_path, F_STR, .flags = F_NULL),
	FIELD(struct mail_source, address, F_STR),
	FIELD(struct mail_source, size_bytes, F_INT),
	FIELD(struct mail_source, blob, F_STR),
	FIELD(struct mail_source, dedupe_key, F_STR),
	FIELD(struct mail_source, state, F_STR),
	FIELD(struct mail_source, decision, F_STR, .flags = F_NULL),
	FIELD(struct mail_source, subject, F_STR, .flags = F_NULL),
	FIELD(struct mail_source, sender, F_STR, .flags = F_NULL),
	FIELD(struct mail_source, message_id, F_ID),
	FIELD(struct mail_source, is_first_sync, F_BOOL),
};
static const struct shape mail_source_shape = SHAPE("MailSourceRow", struct mail_source, mail_source_fields);

struct count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct count, n, F_INT)};
static const struct shape count_shape = SHAPE("Count", struct count, count_fields);

enum { Q_SOURCE_INSERT, Q_SOURCE_BY_KEY, Q_SOURCE_LOAD, Q_SOURCE_UPDATE, Q_SOURCE_LIST, Q_SOURCE_COUNT };
static const struct sql mail_source_rows[] = {
	[Q_SOURCE_INSERT] = {"INSERT INTO mail_source @insert ON CONFLICT (dedupe_key) DO NOTHING @back",
	                     &mail_source_shape},
	[Q_SOURCE_BY_KEY] = {"SELECT @cols FROM mail_source WHERE dedupe_key = $1", &mail_source_shape},
	[Q_SOURCE_LOAD] = {"SELECT @cols FROM mail_source WHERE id = $1", &mail_source_shape},
	[Q_SOURCE_UPDATE] = {"UPDATE mail_source SET @update WHERE id = @key @back", &mail_source_shape},
	[Q_SOURCE_LIST] = {"SELECT @cols FROM mail_source WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
	                   &mail_source_shape},
	[Q_SOURCE_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM mail_source WHERE state = $1 LIMIT 10000) AS few",
	                    &count_shape},
};
const struct sql_table mail_source_sql = SQL_TABLE("mail_source", mail_source_rows);

static const struct field outbox_fields[] = {
	FIELD(struct outbox, id, F_ID),
	FIELD(struct outbox, message_id, F_ID),
	FIELD(struct outbox, ticket_id, F_ID),
	FIELD(struct outbox, address, F_STR),
	FIELD(struct outbox, subject, F_STR, .flags = F_NULL),
	FIELD(struct outbox, state, F_STR),
	FIELD(struct outbox, tries, F_INT),
	FIELD(struct outbox, last_error, F_STR, .flags = F_NULL),
	FIELD(struct outbox, reply, F_STR, .flags = F_NULL),
	FIELD(struct outbox, queued_at, F_TIME),
	FIELD(struct outbox, next_try_at, F_TIME),
	FIELD(struct outbox, sent_at, F_TIME),
};
const struct shape outbox_shape = SHAPE("Delivery", struct outbox, outbox_fields);

enum { Q_OUTBOX_INSERT, Q_OUTBOX_LOAD, Q_OUTBOX_UPDATE, Q_OUTBOX_LIST, Q_OUTBOX_LIST_STATE, Q_OUTBOX_OF_MESSAGES, Q_OUTBOX_COUNT };
static const struct sql outbox_rows[] = {
	[Q_OUTBOX_INSERT] = {"INSERT INTO outbox @insert @back", &outbox_shape},
	[Q_OUTBOX_LOAD] = {"SELECT @cols FROM outbox WHERE id = $1", &outbox_shape},
	[Q_OUTBOX_UPDATE] = {"UPDATE outbox SET @update WHERE id = @key @back", &outbox_shape},
	[Q_OUTBOX_LIST] = {"SELECT @cols FROM outbox WHERE id < $1 ORDER BY id DESC LIMIT $2", &outbox_shape},
	[Q_OUTBOX_LIST_STATE] = {"SELECT @cols FROM outbox WHERE state = $3 AND id < $1 ORDER BY id DESC LIMIT $2", &outbox_shape},
	[Q_OUTBOX_OF_MESSAGES] = {"SELECT @cols FROM outbox WHERE message_id >= $1 AND message_id <= $2 AND ticket_id = $3"
	                          " ORDER BY message_id, id LIMIT 10000", &outbox_shape},
	[Q_OUTBOX_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE state = $1 LIMIT 10000) AS few", &count_shape},
};
const struct sql_table outbox_sql = SQL_TABLE("outbox", outbox_rows);

enum err mail_source_insert(struct ctx *c, struct mail_source *s, bool *is_new_out)
{
	struct mail_source wanted = *s;
	enum err e = db_put(c, &mail_source_rows[Q_SOURCE_INSERT], &wanted, s);
	*is_new_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return db_one(c, &mail_source_rows[Q_SOURCE_BY_KEY], ARGS(S(wanted.dedupe_key)), s);
}

enum err mail_source_load(struct ctx *c, int64_t id, struct mail_source *out)
{
	return db_one(c, &mail_source_rows[Q_SOURCE_LOAD], ARGS(I(id)), out);
}

enum err mail_source_update(struct ctx *c, struct mail_source *s)
{
	return db_put(c, &mail_source_rows[Q_SOURCE_UPDATE], s, s);
}

enum err mail_source_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct mail_source **out,
                          size_t *n_out)
{
	return db_all(c, &mail_source_rows[Q_SOURCE_LIST], ARGS(S(state), I(before), I(limit)), out, n_out);
}

static enum err count_of(struct ctx *c, const struct sql *q, struct str state, int64_t *n_out)
{
	struct count count;
	TRY(db_one(c, q, ARGS(S(state)), &count));
	*n_out = count.n;
	return OK;
}

enum err mail_source_count(struct ctx *c, struct str state, int64_t *n_out)
{
	return count_of(c, &mail_source_rows[Q_SOURCE_COUNT], state, n_out);
}

enum err outbox_insert(struct ctx *c, struct outbox *o)
{
	return db_put(c, &outbox_rows[Q_OUTBOX_INSERT], o, o);
}

enum err outbox_load(struct ctx *c, int64_t id, struct outbox *out)
{
	return db_one(c, &outbox_rows[Q_OUTBOX_LOAD], ARGS(I(id)), out);
}

enum err outbox_update(struct ctx *c, struct outbox *o)
{
	return db_put(c, &outbox_rows[Q_OUTBOX_UPDATE], o, o);
}

enum err outbox_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct outbox **out, size_t *n_out)
{
	if (str_is_null(state))
		return db_all(c, &outbox_rows[Q_OUTBOX_LIST], ARGS(I(before), I(limit)), out, n_out);
	return db_all(c, &outbox_rows[Q_OUTBOX_LIST_STATE], ARGS(I(before), I(limit), S(state)), out, n_out);
}

enum err outbox_list_of_messages(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct outbox **out,
                                 size_t *n_out)
{
	return db_all(c, &outbox_rows[Q_OUTBOX_OF_MESSAGES], ARGS(I(first_id), I(last_id), I(ticket_id)), out, n_out);
}

enum err outbox_count(struct ctx *c, struct str state, int64_t *n_out)
{
	return count_of(c, &outbox_rows[Q_OUTBOX_COUNT], state, n_out);
}
