#include "store/ticket_move.h"

#include "base/arena.h"
#include "store/all_sql.h"
#include "store/thread.h"

struct move_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct move_id, id, F_ID)};
static const struct shape id_shape = SHAPE("MoveId", struct move_id, id_fields);

static const struct field link_fields[] = {
	FIELD(struct association, from_id, F_ID),
	FIELD(struct association, to_type, F_ID),
	FIELD(struct association, to_id, F_ID),
	FIELD(struct association, type_id, F_ID),
	FIELD(struct association, created_at, F_TIME),
};
static const struct shape link_shape = SHAPE("MoveLink", struct association, link_fields);

#define OF_THREAD "(SELECT id FROM message WHERE thread_id = $1)"
#define LATEST(condition) "(SELECT max(created_at) FROM message WHERE thread_id = $1" condition ")"

enum {
	Q_ATTACHMENTS, /* and so on: of a thread, in this order */
	Q_OUTBOX,
	Q_MESSAGES,
	Q_ATTACHMENTS_OF_ONE,
	Q_OUTBOX_OF_ONE,
	Q_ONE,
	Q_REFS_OF_ONE,
	Q_REFS_COPY,
	Q_REFS_REMOVE,
	Q_PARTICIPANTS_COPY,
	Q_PARTICIPANTS_REMOVE,
	Q_INTO,
	Q_TIMES,
	Q_COUNT,
	Q_LINKS,
	Q_MERGE_IDS,
	Q_MERGE_LEAD,
	Q_MERGE_FORGET,
};
static const struct sql move_rows[] = {
	[Q_ATTACHMENTS] = {"UPDATE attachment SET ticket_id = $2 WHERE message_id IN " OF_THREAD, NULL},
	[Q_OUTBOX] = {"UPDATE outbox SET ticket_id = $2 WHERE message_id IN " OF_THREAD, NULL},
	[Q_MESSAGES] = {"UPDATE message SET ticket_id = $2 WHERE thread_id = $1", NULL},
	[Q_ATTACHMENTS_OF_ONE] = {"UPDATE attachment SET ticket_id = $2 WHERE message_id = $1", NULL},
	[Q_OUTBOX_OF_ONE] = {"UPDATE outbox SET ticket_id = $2 WHERE message_id = $1", NULL},
	[Q_ONE] = {"UPDATE message SET ticket_id = $2, thread_id = $3 WHERE id = $1", NULL},
	[Q_REFS_OF_ONE] = {"UPDATE mail_ref SET thread_id = $2 WHERE message_id = $1 AND thread_id = $3", NULL},
	[Q_REFS_COPY] = {"INSERT INTO mail_ref (mail_id, thread_id, message_id) SELECT mail_id, CAST($2 AS BIGINT), message_id"
	                 " FROM mail_ref WHERE thread_id = $1 ON CONFLICT (mail_id, thread_id) DO UPDATE SET message_id ="
	                 " CASE WHEN mail_ref.message_id = 0 THEN excluded.message_id ELSE mail_ref.message_id END", NULL},
	[Q_REFS_REMOVE] = {"DELETE FROM mail_ref WHERE thread_id = $1", NULL},
	[Q_PARTICIPANTS_COPY] = {"INSERT INTO participant (thread_id, address) SELECT CAST($2 AS BIGINT), address FROM participant"
	                         " WHERE thread_id = $1 ON CONFLICT (thread_id, address) DO NOTHING", NULL},
	[Q_PARTICIPANTS_REMOVE] = {"DELETE FROM participant WHERE thread_id = $1", NULL},
	[Q_INTO] = {"UPDATE message SET thread_id = $2 WHERE thread_id = $1", NULL},
	[Q_TIMES] = {"UPDATE thread SET latest_at = COALESCE(" LATEST("") ", created_at), latest_sent_at = COALESCE("
	             LATEST(" AND direction = 'OUTGOING'") ", 0), latest_received_at = COALESCE("
	             LATEST(" AND direction = 'INCOMING'") ", 0) WHERE id = $1", NULL},
	[Q_COUNT] = {"SELECT count(*) AS id FROM message WHERE thread_id = $1", &id_shape},
	[Q_LINKS] = {"SELECT @cols FROM association WHERE from_id = $1 ORDER BY to_type, to_id, type_id LIMIT $2", &link_shape},
	[Q_MERGE_IDS] = {"SELECT id FROM object_merge WHERE into_id = $1 ORDER BY id LIMIT $2", &id_shape},
	[Q_MERGE_LEAD] = {"UPDATE object_merge SET into_id = $2 WHERE id = $1", NULL},
	[Q_MERGE_FORGET] = {"DELETE FROM object_merge WHERE id = $1", NULL},
};
const struct sql_table ticket_move_sql = SQL_TABLE("ticket_move", move_rows);

static enum err two(struct ctx *c, int query, int64_t a, int64_t b)
{
	return db_exec(c, &move_rows[query], ARGS(I(a), I(b)), NULL);
}

enum err thread_messages_to_ticket(struct ctx *c, int64_t thread_id, int64_t ticket_id)
{
	TRY(two(c, Q_ATTACHMENTS, thread_id, ticket_id));
	TRY(two(c, Q_OUTBOX, thread_id, ticket_id));
	return two(c, Q_MESSAGES, thread_id, ticket_id);
}

enum err message_to_thread(struct ctx *c, int64_t message_id, int64_t thread_id, int64_t ticket_id)
{
	struct message m;
	TRY(message_load(c, message_id, &m));
	TRY(two(c, Q_ATTACHMENTS_OF_ONE, message_id, ticket_id));
	TRY(two(c, Q_OUTBOX_OF_ONE, message_id, ticket_id));
	TRY(db_exec(c, &move_rows[Q_REFS_OF_ONE], ARGS(I(message_id), I(thread_id), I(m.thread_id)), NULL));
	return db_exec(c, &move_rows[Q_ONE], ARGS(I(message_id), I(ticket_id), I(thread_id)), NULL);
}

enum err thread_into_thread(struct ctx *c, int64_t from_id, int64_t into_id, int64_t ticket_id)
{
	TRY(thread_messages_to_ticket(c, from_id, ticket_id));
	TRY(two(c, Q_REFS_COPY, from_id, into_id));
	TRY(db_exec(c, &move_rows[Q_REFS_REMOVE], ARGS(I(from_id)), NULL));
	TRY(participants_copy(c, from_id, into_id));
	TRY(db_exec(c, &move_rows[Q_PARTICIPANTS_REMOVE], ARGS(I(from_id)), NULL));
	return two(c, Q_INTO, from_id, into_id);
}

enum err participants_copy(struct ctx *c, int64_t from_thread_id, int64_t to_thread_id)
{
	return two(c, Q_PARTICIPANTS_COPY, from_thread_id, to_thread_id);
}

enum err thread_times_anew(struct ctx *c, int64_t thread_id)
{
	return db_exec(c, &move_rows[Q_TIMES], ARGS(I(thread_id)), NULL);
}

enum err message_count_of_thread(struct ctx *c, int64_t thread_id, int64_t *n_out)
{
	struct move_id n;
	TRY(db_one(c, &move_rows[Q_COUNT], ARGS(I(thread_id)), &n));
	*n_out = n.id;
	return OK;
}

enum err association_all(struct ctx *c, int64_t from_id, int64_t limit, struct association **out, size_t *n_out)
{
	return db_all(c, &move_rows[Q_LINKS], ARGS(I(from_id), I(limit)), out, n_out);
}

enum err object_merge_ids(struct ctx *c, int64_t into_id, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	struct move_id *rows;
	TRY(db_all(c, &move_rows[Q_MERGE_IDS], ARGS(I(into_id), I(limit)), &rows, n_out));
	*ids_out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*ids_out)[i] = rows[i].id;
	return OK;
}

enum err object_merge_lead(struct ctx *c, int64_t id, int64_t into_id)
{
	return two(c, Q_MERGE_LEAD, id, into_id);
}

enum err object_merge_forget(struct ctx *c, int64_t id)
{
	return db_exec(c, &move_rows[Q_MERGE_FORGET], ARGS(I(id)), NULL);
}
