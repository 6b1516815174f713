#include "store/reminder.h"

#include "store/all_sql.h"

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
static const struct shape number_shape = SHAPE("ReminderNumber", struct number, number_fields);

enum { Q_MUTE_PUT, Q_MUTE_REMOVE, Q_MUTE_COUNT };
static const struct sql mute_rows[] = {
	[Q_MUTE_PUT] = {"INSERT INTO ticket_mute (ticket_id, user_id, created_at) VALUES ($1, $2, $3)"
	                " ON CONFLICT (ticket_id, user_id) DO NOTHING", NULL},
	[Q_MUTE_REMOVE] = {"DELETE FROM ticket_mute WHERE ticket_id = $1 AND user_id = $2", NULL},
	[Q_MUTE_COUNT] = {"SELECT COUNT(*) AS n FROM ticket_mute WHERE ticket_id = $1 AND user_id = $2", &number_shape},
};
const struct sql_table mute_sql = SQL_TABLE("ticket_mute", mute_rows);

static const struct field reminder_fields[] = {
	FIELD(struct reminder, ticket_id, F_ID),
	FIELD(struct reminder, user_id, F_ID),
	FIELD(struct reminder, remind_at, F_TIME),
	FIELD(struct reminder, note, F_STR),
	FIELD(struct reminder, created_at, F_TIME),
};
const struct shape reminder_shape = SHAPE("Reminder", struct reminder, reminder_fields);

enum { Q_PUT, Q_REMOVE, Q_LOAD, Q_LIST_DUE, Q_COUNT };
static const struct sql reminder_rows[] = {
	[Q_PUT] = {"INSERT INTO reminder (ticket_id, user_id, remind_at, note, created_at) VALUES ($1, $2, $3, $4, $5)"
	           " ON CONFLICT (ticket_id, user_id) DO UPDATE SET remind_at = excluded.remind_at, note = excluded.note,"
	           " created_at = excluded.created_at", NULL},
	[Q_REMOVE] = {"DELETE FROM reminder WHERE ticket_id = $1 AND user_id = $2", NULL},
	[Q_LOAD] = {"SELECT @cols FROM reminder WHERE ticket_id = $1 AND user_id = $2", &reminder_shape},
	[Q_LIST_DUE] = {"SELECT @cols FROM reminder WHERE user_id = $1 AND remind_at <= $2 ORDER BY ticket_id LIMIT $3", &reminder_shape},
	[Q_COUNT] = {"SELECT COUNT(*) AS n FROM reminder WHERE user_id = $1 AND ticket_id <> $2", &number_shape},
};
const struct sql_table reminder_sql = SQL_TABLE("reminder", reminder_rows);

enum err mute_put(struct ctx *c, int64_t ticket_id, int64_t user_id)
{
	return db_exec(c, &mute_rows[Q_MUTE_PUT], ARGS(I(ticket_id), I(user_id), I(c->now)), NULL);
}

enum err mute_remove(struct ctx *c, int64_t ticket_id, int64_t user_id)
{
	return db_exec(c, &mute_rows[Q_MUTE_REMOVE], ARGS(I(ticket_id), I(user_id)), NULL);
}

enum err mute_load(struct ctx *c, int64_t ticket_id, int64_t user_id, bool *is_muted_out)
{
	struct number row;
	TRY(db_one(c, &mute_rows[Q_MUTE_COUNT], ARGS(I(ticket_id), I(user_id)), &row));
	*is_muted_out = row.n > 0;
	return OK;
}

enum err reminder_put(struct ctx *c, const struct reminder *r)
{
	return db_exec(c, &reminder_rows[Q_PUT], ARGS(I(r->ticket_id), I(r->user_id), I(r->remind_at), S(r->note), I(c->now)), NULL);
}

enum err reminder_remove(struct ctx *c, int64_t ticket_id, int64_t user_id)
{
	return db_exec(c, &reminder_rows[Q_REMOVE], ARGS(I(ticket_id), I(user_id)), NULL);
}

enum err reminder_load(struct ctx *c, int64_t ticket_id, int64_t user_id, struct reminder *out)
{
	return db_one(c, &reminder_rows[Q_LOAD], ARGS(I(ticket_id), I(user_id)), out);
}

enum err reminder_list_due(struct ctx *c, int64_t user_id, int64_t now, int64_t limit, struct reminder **out, size_t *n_out)
{
	return db_all(c, &reminder_rows[Q_LIST_DUE], ARGS(I(user_id), I(now), I(limit)), out, n_out);
}

enum err reminder_count(struct ctx *c, int64_t user_id, int64_t but_ticket_id, int64_t *n_out)
{
	struct number row;
	TRY(db_one(c, &reminder_rows[Q_COUNT], ARGS(I(user_id), I(but_ticket_id)), &row));
	*n_out = row.n;
	return OK;
}
