#include "store/record.h"

#include "store/all_sql.h"

static const struct field association_fields[] = {
	FIELD(struct association, from_id, F_ID),
	FIELD(struct association, to_type, F_ID),
	FIELD(struct association, to_id, F_ID),
	FIELD(struct association, type_id, F_ID),
	FIELD(struct association, created_at, F_TIME),
};
static const struct shape association_shape = SHAPE("RecordLink", struct association, association_fields);

static const struct field link_change_fields[] = {
	FIELD(struct link_change_row, id, F_ID),
	FIELD(struct link_change_row, at, F_TIME),
	FIELD(struct link_change_row, user_id, F_ID),
	FIELD(struct link_change_row, from_id, F_ID),
	FIELD(struct link_change_row, to_id, F_ID),
	FIELD(struct link_change_row, type_id, F_ID),
	FIELD(struct link_change_row, is_removed, F_BOOL),
};
static const struct shape link_change_shape = SHAPE("LinkChange", struct link_change_row, link_change_fields);

static const struct field said_fields[] = {
	FIELD(struct said, id, F_ID),
	FIELD(struct said, ticket_id, F_ID),
	FIELD(struct said, created_at, F_TIME),
	FIELD(struct said, user_id, F_ID),
	FIELD(struct said, direction, F_STR),
	FIELD(struct said, subject, F_STR, .flags = F_NULL),
	FIELD(struct said, sender_name, F_STR, .flags = F_NULL),
	FIELD(struct said, sender_address, F_STR, .flags = F_NULL),
	FIELD(struct said, text, F_STR),
};
static const struct shape said_shape = SHAPE("Said", struct said, said_fields);

enum { Q_LINKED, Q_LABELS, Q_CHANGE, Q_CHANGES, Q_MESSAGES, Q_FILES, Q_GIVE_THREADS, Q_GIVE_MESSAGES, Q_GIVE_SENDER };
static const struct sql record_rows[] = {
	[Q_LINKED] = {"SELECT @cols FROM object WHERE id IN (SELECT to_id FROM association WHERE from_id = $1 AND to_type = $2)"
	              " AND archived_at = 0 AND (activity_at, id) < ($3, $4) ORDER BY activity_at DESC, id DESC LIMIT $5",
	              &object_shape},
	[Q_LABELS] = {"SELECT @cols FROM association WHERE from_id = $1 AND to_type = $2 AND type_id IN"
	              " (SELECT type_id FROM association_type WHERE label IS NOT NULL) ORDER BY to_id LIMIT $3", &association_shape},
	[Q_CHANGE] = {"INSERT INTO link_change @insert @back", &link_change_shape},
	[Q_CHANGES] = {"SELECT @cols FROM (SELECT * FROM (SELECT * FROM link_change WHERE from_id = $1 AND id < $2 ORDER BY id DESC"
	               " LIMIT $3) AS a UNION ALL SELECT * FROM (SELECT * FROM link_change WHERE to_id = $1 AND id < $2"
	               " ORDER BY id DESC LIMIT $3) AS b) AS both_ends ORDER BY id DESC LIMIT $3", &link_change_shape},
	[Q_MESSAGES] = {"SELECT @cols FROM (SELECT id, ticket_id, created_at, user_id, direction, subject, sender_name,"
	                " sender_address, substr(text, 1, 4000) AS text FROM message WHERE thread_id IN"
	                " (SELECT id FROM thread WHERE contact_id = $1) AND type = 'MESSAGE' AND (created_at, id) < ($2, $3)"
	                " ORDER BY created_at DESC, id DESC LIMIT $4) AS newest ORDER BY created_at DESC, id DESC",
	                &said_shape},
	[Q_FILES] = {"SELECT @cols FROM attachment WHERE ticket_id = $1 AND is_inline = 0 ORDER BY id DESC LIMIT $2",
	             &attachment_shape},
	[Q_GIVE_THREADS] = {"UPDATE thread SET contact_id = $3 WHERE ticket_id = $1 AND contact_id = $2", NULL},
	[Q_GIVE_MESSAGES] = {"UPDATE message SET contact_id = $3 WHERE ticket_id = $1 AND contact_id = $2"
	                     " AND direction = 'INCOMING'", NULL},
	[Q_GIVE_SENDER] = {"UPDATE message SET contact_id = $3 WHERE ticket_id = $1 AND contact_id = 0 AND direction = 'INCOMING'"
	                   " AND lower(sender_address) = $2", NULL},
};
const struct sql_table record_sql = SQL_TABLE("record", record_rows);

enum err record_linked(struct ctx *c, int64_t from_id, int64_t to_type, int64_t before_at, int64_t before_id, int64_t limit,
                       struct object **out, size_t *n_out)
{
	return db_all(c, &record_rows[Q_LINKED], ARGS(I(from_id), I(to_type), I(before_at), I(before_id), I(limit)), out, n_out);
}

enum err record_labels(struct ctx *c, int64_t from_id, int64_t to_type, int64_t limit, struct association **out, size_t *n_out)
{
	return db_all(c, &record_rows[Q_LABELS], ARGS(I(from_id), I(to_type), I(limit)), out, n_out);
}

enum err link_change_insert(struct ctx *c, struct link_change_row *row)
{
	return db_put(c, &record_rows[Q_CHANGE], row, row);
}

enum err link_change_list(struct ctx *c, int64_t object_id, int64_t before, int64_t limit, struct link_change_row **out,
                          size_t *n_out)
{
	return db_all(c, &record_rows[Q_CHANGES], ARGS(I(object_id), I(before), I(limit)), out, n_out);
}

enum err record_messages(struct ctx *c, int64_t contact_id, int64_t before_at, int64_t before_id, int64_t limit,
                         struct said **out, size_t *n_out)
{
	return db_all(c, &record_rows[Q_MESSAGES], ARGS(I(contact_id), I(before_at), I(before_id), I(limit)), out, n_out);
}

enum err record_files(struct ctx *c, int64_t ticket_id, int64_t limit, struct attachment **out, size_t *n_out)
{
	return db_all(c, &record_rows[Q_FILES], ARGS(I(ticket_id), I(limit)), out, n_out);
}

enum err record_give_ticket(struct ctx *c, int64_t ticket_id, int64_t from_contact_id, int64_t to_contact_id)
{
	TRY(db_exec(c, &record_rows[Q_GIVE_THREADS], ARGS(I(ticket_id), I(from_contact_id), I(to_contact_id)), NULL));
	return db_exec(c, &record_rows[Q_GIVE_MESSAGES], ARGS(I(ticket_id), I(from_contact_id), I(to_contact_id)), NULL);
}

enum err record_give_sender(struct ctx *c, int64_t ticket_id, struct str sender_address, int64_t to_contact_id)
{
	return db_exec(c, &record_rows[Q_GIVE_SENDER], ARGS(I(ticket_id), S(sender_address), I(to_contact_id)), NULL);
}
