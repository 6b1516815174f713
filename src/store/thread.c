#include "store/thread.h"

#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"

static const struct field thread_fields[] = {
	FIELD(struct thread, id, F_ID),
	FIELD(struct thread, ticket_id, F_ID),
	FIELD(struct thread, inbox_id, F_ID),
	FIELD(struct thread, channel_id, F_ID),
	FIELD(struct thread, channel_account_id, F_ID),
	FIELD(struct thread, contact_id, F_ID),
	FIELD(struct thread, is_closed, F_BOOL),
	FIELD(struct thread, is_spam, F_BOOL),
	FIELD(struct thread, assigned_user_id, F_ID),
	FIELD(struct thread, created_at, F_TIME),
	FIELD(struct thread, closed_at, F_TIME),
	FIELD(struct thread, latest_at, F_TIME),
	FIELD(struct thread, latest_sent_at, F_TIME),
	FIELD(struct thread, latest_received_at, F_TIME),
	FIELD(struct thread, archived_at, F_TIME),
};
const struct shape thread_shape = SHAPE("ThreadRow", struct thread, thread_fields);

enum { Q_INSERT, Q_LOAD, Q_UPDATE, Q_OF_TICKET };
static const struct sql thread_rows[] = {
	[Q_INSERT] = {"INSERT INTO thread @insert @back", &thread_shape},
	[Q_LOAD] = {"SELECT @cols FROM thread WHERE id = $1", &thread_shape},
	[Q_UPDATE] = {"UPDATE thread SET @update WHERE id = @key @back", &thread_shape},
	[Q_OF_TICKET] = {"SELECT @cols FROM thread WHERE ticket_id = $1 ORDER BY id", &thread_shape},
};
const struct sql_table thread_sql = SQL_TABLE("thread", thread_rows);

enum err thread_insert(struct ctx *c, struct thread *t)
{
	return db_put(c, &thread_rows[Q_INSERT], t, t);
}

enum err thread_load(struct ctx *c, int64_t id, struct thread *out)
{
	return db_one(c, &thread_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err thread_update(struct ctx *c, struct thread *t)
{
	return db_put(c, &thread_rows[Q_UPDATE], t, t);
}

enum err thread_list_of_ticket(struct ctx *c, int64_t ticket_id, struct thread **out, size_t *n_out)
{
	return db_all(c, &thread_rows[Q_OF_TICKET], ARGS(I(ticket_id)), out, n_out);
}

enum err thread_list(struct ctx *c, const struct thread_find *find, struct thread **out, size_t *n_out)
{
	struct sqlb b;
	bool is_by_ticket = find->access != NULL && find->access->view != REACH_ALL && !find->is_archived;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM thread", NO_ARGS);
	if (is_by_ticket && tx_engine(c) == DB_SQLITE) /* which has no statistics */
		sqlb_add(&b, " INDEXED BY thread_by_ticket", NO_ARGS);
	if (find->is_archived)
		sqlb_add(&b, " WHERE archived_at > 0", NO_ARGS);
	else
		sqlb_add(&b, " WHERE archived_at = 0", NO_ARGS);
	if (find->inbox_id)
		sqlb_add(&b, " AND inbox_id = ?", ARGS(I(find->inbox_id)));
	if (find->contact_id)
		sqlb_add(&b, " AND contact_id = ?", ARGS(I(find->contact_id)));
	if (find->ticket_id)
		sqlb_add(&b, " AND ticket_id = ?", ARGS(I(find->ticket_id)));
	if (find->is_closed >= 0)
		sqlb_add(&b, " AND is_closed = ?", ARGS(I(find->is_closed)));
	if (is_by_ticket) {
		sqlb_add(&b, " AND ticket_id", NO_ARGS);
		access_add_ids(c, &b, find->access);
	} else if (find->access != NULL) {
		sqlb_add(&b, " AND EXISTS (SELECT 1 FROM object WHERE object.id = ticket_id", NO_ARGS);
		access_add(c, &b, find->access);
		sqlb_add(&b, ")", NO_ARGS);
	}
	/* few are archived, and few are of one contact or ticket: they are sorted, not looked for among all; + hides a column from the
	 * indexes of both engines */
	if (find->latest_after && !find->is_by_latest)
		sqlb_add(&b, " AND +latest_at > ?", ARGS(I(find->latest_after)));
	if (find->is_by_latest && (find->contact_id || find->ticket_id || is_by_ticket))
		sqlb_add(&b, " AND +latest_at > ? AND (+latest_at, +id) > (?, ?) ORDER BY +latest_at, +id LIMIT ?",
		         ARGS(I(find->latest_after), I(find->after_latest), I(find->after_id), I(find->limit)));
	else if (find->is_by_latest)
		sqlb_add(&b, " AND latest_at > ? AND (latest_at, id) > (?, ?) ORDER BY latest_at, id LIMIT ?",
		         ARGS(I(find->latest_after), I(find->after_latest), I(find->after_id), I(find->limit)));
	else if (find->is_archived || is_by_ticket)
		sqlb_add(&b, " AND +id > ? ORDER BY +id LIMIT ?", ARGS(I(find->after_id), I(find->limit)));
	else
		sqlb_add(&b, " AND id > ? ORDER BY id LIMIT ?", ARGS(I(find->after_id), I(find->limit)));
	return sqlb_all(c, &b, &thread_shape, out, n_out);
}
