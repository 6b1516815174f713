#include "store/merge.h"

#include "base/arena.h"
#include "store/all_sql.h"

struct target {
	int64_t into_id;
};
static const struct field target_fields[] = {FIELD(struct target, into_id, F_ID)};
static const struct shape target_shape = SHAPE("MergeTarget", struct target, target_fields);

/* The other direction of the links of $1: found by its other end, which is what the key begins with. */
#define INVERSE_OF_LINKS " FROM association WHERE to_id = $1 AND from_id IN (SELECT to_id FROM association WHERE from_id = $1)"

enum {
	Q_PUT,
	Q_FORWARD,
	Q_OF_ID,
	Q_OF_KEY,
	Q_INVERSE_COPY,
	Q_INVERSE_REMOVE,
	Q_LINKS_COPY,
	Q_LINKS_REMOVE,
	Q_ATTACHMENTS,
	Q_OUTBOX,
	Q_MESSAGES,
	Q_FOLLOWERS_COPY,
	Q_FOLLOWERS_REMOVE,
	Q_MUTES_COPY,
	Q_MUTES_REMOVE,
	Q_REMINDERS_COPY,
	Q_REMINDERS_REMOVE,
	Q_NOTIFICATIONS,
	Q_CONTACT_TICKETS,
	Q_CONTACT_MESSAGES,
	Q_CONTACT_THREADS,
};
static const struct sql merge_rows[] = {
	[Q_PUT] = {"INSERT INTO object_merge (id, object_type, unique_key, into_id, at) VALUES ($1, $2, $3, $4, $5)", NULL},
	[Q_FORWARD] = {"UPDATE object_merge SET into_id = $2 WHERE into_id = $1", NULL},
	[Q_OF_ID] = {"SELECT @cols FROM object_merge WHERE id = $1 AND object_type = $2", &target_shape},
	[Q_OF_KEY] = {"SELECT @cols FROM object_merge WHERE object_type = $1 AND unique_key = $2 ORDER BY at DESC, id DESC LIMIT 1",
	              &target_shape},
	[Q_INVERSE_COPY] = {"INSERT INTO association (from_id, to_type, to_id, type_id, created_at) SELECT from_id, to_type,"
	                    " CAST($2 AS BIGINT), type_id, created_at" INVERSE_OF_LINKS " AND from_id <> $2"
	                    " ON CONFLICT (from_id, to_type, to_id, type_id) DO NOTHING", NULL},
	[Q_INVERSE_REMOVE] = {"DELETE" INVERSE_OF_LINKS, NULL},
	[Q_LINKS_COPY] = {"INSERT INTO association (from_id, to_type, to_id, type_id, created_at) SELECT CAST($2 AS BIGINT), to_type,"
	                  " to_id, type_id, created_at FROM association WHERE from_id = $1 AND to_id <> $2"
	                  " ON CONFLICT (from_id, to_type, to_id, type_id) DO NOTHING", NULL},
	[Q_LINKS_REMOVE] = {"DELETE FROM association WHERE from_id = $1", NULL},
	[Q_ATTACHMENTS] = {"UPDATE attachment SET ticket_id = $2 WHERE message_id IN (SELECT id FROM message WHERE ticket_id = $1)",
	                   NULL},
	[Q_OUTBOX] = {"UPDATE outbox SET ticket_id = $2 WHERE message_id IN (SELECT id FROM message WHERE ticket_id = $1)", NULL},
	[Q_MESSAGES] = {"UPDATE message SET ticket_id = $2 WHERE ticket_id = $1", NULL},
	[Q_FOLLOWERS_COPY] = {"INSERT INTO follow (ticket_id, user_id, is_following, created_at) SELECT CAST($2 AS BIGINT), user_id,"
	                      " is_following, created_at FROM follow WHERE ticket_id = $1 AND is_following = 1"
	                      " ON CONFLICT (ticket_id, user_id) DO NOTHING", NULL},
	[Q_FOLLOWERS_REMOVE] = {"DELETE FROM follow WHERE ticket_id = $1", NULL},
	[Q_MUTES_COPY] = {"INSERT INTO ticket_mute (ticket_id, user_id, created_at) SELECT CAST($2 AS BIGINT), user_id, created_at"
	                  " FROM ticket_mute WHERE ticket_id = $1 ON CONFLICT (ticket_id, user_id) DO NOTHING", NULL},
	[Q_MUTES_REMOVE] = {"DELETE FROM ticket_mute WHERE ticket_id = $1", NULL},
	[Q_REMINDERS_COPY] = {"INSERT INTO reminder (ticket_id, user_id, remind_at, note, created_at) SELECT CAST($2 AS BIGINT), user_id,"
	                      " remind_at, note, created_at FROM reminder WHERE ticket_id = $1"
	                      " ON CONFLICT (ticket_id, user_id) DO NOTHING", NULL},
	[Q_REMINDERS_REMOVE] = {"DELETE FROM reminder WHERE ticket_id = $1", NULL},
	[Q_NOTIFICATIONS] = {"UPDATE notification SET ticket_id = $2 WHERE ticket_id = $1", NULL},
	[Q_CONTACT_TICKETS] = {"SELECT id AS into_id FROM object WHERE object_type = 5 AND contact_id = $1 ORDER BY id DESC LIMIT $2",
	                       &target_shape},
	[Q_CONTACT_MESSAGES] = {"UPDATE message SET contact_id = $2 WHERE contact_id = $1 AND thread_id IN (SELECT id FROM thread"
	                        " WHERE contact_id = $1)", NULL},
	[Q_CONTACT_THREADS] = {"UPDATE thread SET contact_id = $2 WHERE contact_id = $1", NULL},
};
const struct sql_table merge_sql = SQL_TABLE("object_merge", merge_rows);

static enum err move(struct ctx *c, int query, int64_t from_id, int64_t into_id)
{
	return db_exec(c, &merge_rows[query], ARGS(I(from_id), I(into_id)), NULL);
}

enum err object_merge_put(struct ctx *c, int64_t object_type, int64_t id, struct str unique_key, int64_t into_id)
{
	TRY(move(c, Q_FORWARD, id, into_id));
	return db_exec(c, &merge_rows[Q_PUT], ARGS(I(id), I(object_type), S(unique_key), I(into_id), I(c->now)), NULL);
}

static enum err target(struct ctx *c, enum err e, const struct target *t, int64_t *into_id_out)
{
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*into_id_out = 0;
		return OK;
	}
	TRY(e);
	*into_id_out = t->into_id;
	return OK;
}

enum err object_merge_of_id(struct ctx *c, int64_t object_type, int64_t id, int64_t *into_id_out)
{
	struct target t;
	return target(c, db_one(c, &merge_rows[Q_OF_ID], ARGS(I(id), I(object_type)), &t), &t, into_id_out);
}

enum err object_merge_of_key(struct ctx *c, int64_t object_type, struct str unique_key, int64_t *into_id_out)
{
	struct target t;
	return target(c, db_one(c, &merge_rows[Q_OF_KEY], ARGS(I(object_type), S(unique_key)), &t), &t, into_id_out);
}

enum err object_merge_links(struct ctx *c, int64_t from_id, int64_t into_id)
{
	TRY(move(c, Q_INVERSE_COPY, from_id, into_id));
	TRY(db_exec(c, &merge_rows[Q_INVERSE_REMOVE], ARGS(I(from_id)), NULL));
	TRY(move(c, Q_LINKS_COPY, from_id, into_id));
	return db_exec(c, &merge_rows[Q_LINKS_REMOVE], ARGS(I(from_id)), NULL);
}

enum err object_merge_messages(struct ctx *c, int64_t from_ticket_id, int64_t into_ticket_id)
{
	TRY(move(c, Q_ATTACHMENTS, from_ticket_id, into_ticket_id));
	TRY(move(c, Q_OUTBOX, from_ticket_id, into_ticket_id));
	TRY(move(c, Q_MESSAGES, from_ticket_id, into_ticket_id));
	TRY(move(c, Q_FOLLOWERS_COPY, from_ticket_id, into_ticket_id));
	TRY(db_exec(c, &merge_rows[Q_FOLLOWERS_REMOVE], ARGS(I(from_ticket_id)), NULL));
	TRY(move(c, Q_MUTES_COPY, from_ticket_id, into_ticket_id));
	TRY(db_exec(c, &merge_rows[Q_MUTES_REMOVE], ARGS(I(from_ticket_id)), NULL));
	TRY(move(c, Q_REMINDERS_COPY, from_ticket_id, into_ticket_id));
	TRY(db_exec(c, &merge_rows[Q_REMINDERS_REMOVE], ARGS(I(from_ticket_id)), NULL));
	return move(c, Q_NOTIFICATIONS, from_ticket_id, into_ticket_id);
}

enum err object_merge_tickets(struct ctx *c, int64_t contact_id, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	struct target *rows;
	TRY(db_all(c, &merge_rows[Q_CONTACT_TICKETS], ARGS(I(contact_id), I(limit)), &rows, n_out));
	int64_t *ids = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		ids[i] = rows[i].into_id;
	*ids_out = ids;
	return OK;
}

enum err object_merge_contact(struct ctx *c, int64_t from_contact_id, int64_t into_contact_id)
{
	TRY(move(c, Q_CONTACT_MESSAGES, from_contact_id, into_contact_id));
	return move(c, Q_CONTACT_THREADS, from_contact_id, into_contact_id);
}
