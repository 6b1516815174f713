#include "store/found.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field found_message_fields[] = {
	FIELD(struct found_message, id, F_ID),
	FIELD(struct found_message, ticket_id, F_ID),
	FIELD(struct found_message, thread_id, F_ID),
	FIELD(struct found_message, type, F_STR),
	FIELD(struct found_message, direction, F_STR),
	FIELD(struct found_message, created_at, F_TIME),
	FIELD(struct found_message, subject, F_STR, .flags = F_NULL),
	FIELD(struct found_message, user_id, F_ID),
	FIELD(struct found_message, sender_name, F_STR, .flags = F_NULL),
	FIELD(struct found_message, sender_address, F_STR, .flags = F_NULL),
};
static const struct shape found_message_shape = SHAPE("FoundMessage", struct found_message, found_message_fields);

struct head {
	struct str text;
};
static const struct field head_fields[] = {FIELD(struct head, text, F_STR)};
static const struct shape head_shape = SHAPE("MessageHead", struct head, head_fields);

enum { Q_TEXT };
static const struct sql found_rows[] = {
	[Q_TEXT] = {"SELECT substr(text, 1, $2) AS text FROM message WHERE id = $1", &head_shape},
};
const struct sql_table found_sql = SQL_TABLE("found", found_rows);

enum err found_text(struct ctx *c, int64_t message_id, struct str *out)
{
	struct head head;
	TRY(db_one(c, &found_rows[Q_TEXT], ARGS(I(message_id), I(MAX_FOUND_TEXT)), &head));
	*out = head.text;
	return OK;
}

static void add_ids(struct ctx *c, struct sqlb *b, struct str ids)
{
	if (tx_engine(c) == DB_PG)
		sqlb_add(b, " IN (SELECT CAST(one AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)) AS one)", ARGS(S(ids)));
	else
		sqlb_add(b, " IN (SELECT value FROM json_each(?))", ARGS(S(ids)));
}

/* What tells tickets from each other: no object of another type has it. */
static bool is_about_tickets(const struct found_filter *f)
{
	return f->is_closed >= 0 || f->contact_id > 0 || f->channel_id > 0 || f->pipeline_id.n > 0 || f->stage_id.n > 0;
}

/* The object is o. */
static void add_filter(struct sqlb *b, const struct found_filter *f)
{
	sqlb_add(b, " AND o.archived_at = 0", NO_ARGS);
	if (!f->has_spam)
		sqlb_add(b, " AND o.spam_at = 0", NO_ARGS);
	if (is_about_tickets(f))
		sqlb_add(b, " AND o.object_type = 5", NO_ARGS);
	if (f->is_closed >= 0)
		sqlb_add(b, " AND o.is_closed = ?", ARGS(I(f->is_closed)));
	if (f->owner_id >= 0)
		sqlb_add(b, " AND o.owner_id = ?", ARGS(I(f->owner_id)));
	if (f->pipeline_id.n > 0)
		sqlb_add(b, " AND o.pipeline_id = ?", ARGS(S(f->pipeline_id)));
	if (f->stage_id.n > 0)
		sqlb_add(b, " AND o.stage_id = ?", ARGS(S(f->stage_id)));
	if (f->contact_id > 0)
		sqlb_add(b, " AND o.contact_id = ?", ARGS(I(f->contact_id)));
}

enum err found_objects(struct ctx *c, struct str ids, const struct found_filter *f, struct object **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM object o WHERE o.id", NO_ARGS);
	add_ids(c, &b, ids);
	add_filter(&b, f);
	if (f->channel_id > 0)
		sqlb_add(&b, " AND EXISTS (SELECT 1 FROM thread t WHERE t.ticket_id = o.id AND t.channel_id = ?)",
		         ARGS(I(f->channel_id)));
	if (f->created_from > 0)
		sqlb_add(&b, " AND o.created_at >= ?", ARGS(I(f->created_from)));
	if (f->created_before > 0)
		sqlb_add(&b, " AND o.created_at < ?", ARGS(I(f->created_before)));
	sqlb_add(&b, " ORDER BY o.id DESC", NO_ARGS);
	return sqlb_all(c, &b, &object_shape, out, n_out);
}

enum err found_messages(struct ctx *c, struct str ids, const struct found_filter *f, struct found_message **out,
                        size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT m.id, m.ticket_id, m.thread_id, m.type, m.direction, m.created_at, m.subject,"
	         " m.user_id, m.sender_name, m.sender_address FROM message m JOIN object o ON o.id = m.ticket_id", NO_ARGS);
	if (f->channel_id > 0)
		sqlb_add(&b, " JOIN thread t ON t.id = m.thread_id AND t.channel_id = ?", ARGS(I(f->channel_id)));
	sqlb_add(&b, " WHERE m.id", NO_ARGS);
	add_ids(c, &b, ids);
	add_filter(&b, f);
	if (f->created_from > 0)
		sqlb_add(&b, " AND m.created_at >= ?", ARGS(I(f->created_from)));
	if (f->created_before > 0)
		sqlb_add(&b, " AND m.created_at < ?", ARGS(I(f->created_before)));
	sqlb_add(&b, " ORDER BY m.id DESC", NO_ARGS);
	return sqlb_all(c, &b, &found_message_shape, out, n_out);
}
