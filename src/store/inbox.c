#include "store/inbox.h"

#include "store/all_sql.h"

static const struct field inbox_fields[] = {
	FIELD(struct inbox, id, F_ID),
	FIELD(struct inbox, name, F_STR),
	FIELD(struct inbox, type, F_STR),
	FIELD(struct inbox, created_at, F_TIME),
	FIELD(struct inbox, updated_at, F_TIME),
	FIELD(struct inbox, archived_at, F_TIME),
};
const struct shape inbox_shape = SHAPE("InboxRow", struct inbox, inbox_fields);

enum { Q_INBOX_INSERT, Q_INBOX_LOAD, Q_INBOX_LIST, Q_INBOX_UPDATE };
enum { LOCK_KEY = 0x696e626f };
static const struct sql inbox_rows[] = {
	[Q_INBOX_INSERT] = {"INSERT INTO inbox @insert @back", &inbox_shape},
	[Q_INBOX_LOAD] = {"SELECT @cols FROM inbox WHERE id = $1", &inbox_shape},
	[Q_INBOX_UPDATE] = {"UPDATE inbox SET @update WHERE id = @key @back", &inbox_shape},
	[Q_INBOX_LIST] = {"SELECT @cols FROM inbox WHERE archived_at = 0 ORDER BY id", &inbox_shape},
};
const struct sql_table inbox_sql = SQL_TABLE("inbox", inbox_rows);

static const struct field channel_account_fields[] = {
	FIELD(struct channel_account, id, F_ID),
	FIELD(struct channel_account, inbox_id, F_ID),
	FIELD(struct channel_account, channel_id, F_ID),
	FIELD(struct channel_account, name, F_STR),
	FIELD(struct channel_account, address, F_STR),
	FIELD(struct channel_account, pipeline_id, F_STR),
	FIELD(struct channel_account, stage_id, F_STR),
	FIELD(struct channel_account, is_active, F_BOOL),
	FIELD(struct channel_account, created_at, F_TIME),
	FIELD(struct channel_account, archived_at, F_TIME),
	FIELD(struct channel_account, identifier_type, F_STR),
	FIELD(struct channel_account, is_authorized, F_BOOL),
	FIELD(struct channel_account, signature, F_STR),
	FIELD(struct channel_account, signature_of, F_STR),
};
const struct shape channel_account_shape = SHAPE("ChannelAccountRow", struct channel_account, channel_account_fields);

enum { Q_ACCOUNT_INSERT, Q_ACCOUNT_LOAD, Q_ACCOUNT_BY_ADDRESS, Q_ACCOUNT_LIST, Q_ACCOUNT_UPDATE };
static const struct sql channel_account_rows[] = {
	[Q_ACCOUNT_INSERT] = {"INSERT INTO channel_account @insert @back", &channel_account_shape},
	[Q_ACCOUNT_LOAD] = {"SELECT @cols FROM channel_account WHERE id = $1", &channel_account_shape},
	[Q_ACCOUNT_BY_ADDRESS] = {"SELECT @cols FROM channel_account WHERE channel_id = $1 AND address = $2 AND archived_at = 0",
	                          &channel_account_shape},
	[Q_ACCOUNT_UPDATE] = {"UPDATE channel_account SET @update WHERE id = @key @back", &channel_account_shape},
	[Q_ACCOUNT_LIST] = {"SELECT @cols FROM channel_account WHERE archived_at = 0 ORDER BY id", &channel_account_shape},
};
const struct sql_table channel_account_sql = SQL_TABLE("channel_account", channel_account_rows);

static const struct field mailbox_fields[] = {
	FIELD(struct mailbox, id, F_ID),
	FIELD(struct mailbox, channel_account_id, F_ID),
	FIELD(struct mailbox, host, F_STR),
	FIELD(struct mailbox, port, F_INT),
	FIELD(struct mailbox, security, F_STR),
	FIELD(struct mailbox, username, F_STR),
	FIELD(struct mailbox, password_sealed, F_STR, .flags = F_SECRET),
	FIELD(struct mailbox, folder, F_STR),
	FIELD(struct mailbox, ca_file, F_STR, .flags = F_NULL),
	FIELD(struct mailbox, is_active, F_BOOL),
	FIELD(struct mailbox, state, F_STR),
	FIELD(struct mailbox, last_error, F_STR, .flags = F_NULL),
	FIELD(struct mailbox, uid_validity, F_INT),
	FIELD(struct mailbox, last_uid, F_INT),
	FIELD(struct mailbox, last_sync_at, F_TIME),
	FIELD(struct mailbox, lease_until, F_TIME),
	FIELD(struct mailbox, created_at, F_TIME),
	FIELD(struct mailbox, updated_at, F_TIME),
};
static const struct shape mailbox_shape = SHAPE("MailboxRow", struct mailbox, mailbox_fields);

enum {
	Q_MAILBOX_INSERT,
	Q_MAILBOX_LOAD,
	Q_MAILBOX_UPDATE,
	Q_MAILBOX_REMOVE,
	Q_MAILBOX_LIST,
	Q_MAILBOX_STATE,
	Q_MAILBOX_UID,
	Q_MAILBOX_LEASE,
};
static const struct sql mailbox_rows[] = {
	[Q_MAILBOX_INSERT] = {"INSERT INTO mailbox @insert @back", &mailbox_shape},
	[Q_MAILBOX_LOAD] = {"SELECT @cols FROM mailbox WHERE id = $1", &mailbox_shape},
	[Q_MAILBOX_UPDATE] = {"UPDATE mailbox SET @update WHERE id = @key @back", &mailbox_shape},
	[Q_MAILBOX_REMOVE] = {"DELETE FROM mailbox WHERE id = $1", NULL},
	[Q_MAILBOX_LIST] = {"SELECT @cols FROM mailbox ORDER BY id", &mailbox_shape},
	[Q_MAILBOX_STATE] = {"UPDATE mailbox SET state = $2, last_error = $3, last_sync_at = $4 WHERE id = $1", NULL},
	[Q_MAILBOX_UID] = {"UPDATE mailbox SET uid_validity = $2, last_uid = $3, last_sync_at = $4 WHERE id = $1", NULL},
	[Q_MAILBOX_LEASE] = {"UPDATE mailbox SET lease_until = $2 WHERE id = $1 AND (lease_until = $3 OR lease_until < $4)", NULL},
};
const struct sql_table mailbox_sql = SQL_TABLE("mailbox", mailbox_rows);

enum err inbox_insert(struct ctx *c, struct inbox *i)
{
	i->created_at = i->updated_at = c->now;
	return db_put(c, &inbox_rows[Q_INBOX_INSERT], i, i);
}

enum err inbox_lock(struct ctx *c)
{
	return db_lock(c, LOCK_KEY);
}

enum err inbox_update(struct ctx *c, struct inbox *i)
{
	i->updated_at = c->now;
	return db_put(c, &inbox_rows[Q_INBOX_UPDATE], i, i);
}

enum err inbox_load(struct ctx *c, int64_t id, struct inbox *out)
{
	return db_one(c, &inbox_rows[Q_INBOX_LOAD], ARGS(I(id)), out);
}

enum err inbox_list(struct ctx *c, struct inbox **out, size_t *n_out)
{
	return db_all(c, &inbox_rows[Q_INBOX_LIST], NO_ARGS, out, n_out);
}

enum err channel_account_insert(struct ctx *c, struct channel_account *a)
{
	a->created_at = c->now;
	if (a->identifier_type.n == 0) {
		a->identifier_type = STR("HS_EMAIL_ADDRESS");
		a->is_authorized = true;
	}
	if (str_is_null(a->signature))
		a->signature = STR("");
	if (a->signature_of.n == 0)
		a->signature_of = STR("TEAM");
	return db_put(c, &channel_account_rows[Q_ACCOUNT_INSERT], a, a);
}

enum err channel_account_update(struct ctx *c, struct channel_account *a)
{
	return db_put(c, &channel_account_rows[Q_ACCOUNT_UPDATE], a, a);
}

enum err channel_account_load(struct ctx *c, int64_t id, struct channel_account *out)
{
	return db_one(c, &channel_account_rows[Q_ACCOUNT_LOAD], ARGS(I(id)), out);
}

enum err channel_account_by_address(struct ctx *c, int64_t channel_id, struct str address, struct channel_account *out)
{
	return db_one(c, &channel_account_rows[Q_ACCOUNT_BY_ADDRESS], ARGS(I(channel_id), S(address)), out);
}

enum err channel_account_list(struct ctx *c, struct channel_account **out, size_t *n_out)
{
	return db_all(c, &channel_account_rows[Q_ACCOUNT_LIST], NO_ARGS, out, n_out);
}

enum err mailbox_insert(struct ctx *c, struct mailbox *m)
{
	m->created_at = m->updated_at = c->now;
	return db_put(c, &mailbox_rows[Q_MAILBOX_INSERT], m, m);
}

enum err mailbox_load(struct ctx *c, int64_t id, struct mailbox *out)
{
	return db_one(c, &mailbox_rows[Q_MAILBOX_LOAD], ARGS(I(id)), out);
}

enum err mailbox_update(struct ctx *c, struct mailbox *m)
{
	m->updated_at = c->now;
	return db_put(c, &mailbox_rows[Q_MAILBOX_UPDATE], m, m);
}

enum err mailbox_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &mailbox_rows[Q_MAILBOX_REMOVE], ARGS(I(id)), NULL);
}

enum err mailbox_list(struct ctx *c, struct mailbox **out, size_t *n_out)
{
	return db_all(c, &mailbox_rows[Q_MAILBOX_LIST], NO_ARGS, out, n_out);
}

enum err mailbox_note_state(struct ctx *c, int64_t id, struct str state, struct str last_error)
{
	return db_exec(c, &mailbox_rows[Q_MAILBOX_STATE], ARGS(I(id), S(state), S(last_error), I(c->now)), NULL);
}

enum err mailbox_note_uid(struct ctx *c, int64_t id, int64_t uid_validity, int64_t last_uid)
{
	return db_exec(c, &mailbox_rows[Q_MAILBOX_UID], ARGS(I(id), I(uid_validity), I(last_uid), I(c->now)), NULL);
}

enum err mailbox_lease(struct ctx *c, int64_t id, int64_t held_until, int64_t until, bool *is_mine_out)
{
	int64_t changed = 0;
	TRY(db_exec(c, &mailbox_rows[Q_MAILBOX_LEASE], ARGS(I(id), I(until), I(held_until), I(c->now)), &changed));
	*is_mine_out = changed == 1;
	return OK;
}
