#include "store/thread.h"

#include "store/all_sql.h"

static const struct field message_fields[] = {
	FIELD(struct message, id, F_ID),
	FIELD(struct message, thread_id, F_ID),
	FIELD(struct message, ticket_id, F_ID),
	FIELD(struct message, type, F_STR),
	FIELD(struct message, direction, F_STR),
	FIELD(struct message, created_at, F_TIME),
	FIELD(struct message, updated_at, F_TIME),
	FIELD(struct message, subject, F_STR, .flags = F_NULL),
	FIELD(struct message, text, F_STR),
	FIELD(struct message, html, F_STR, .flags = F_NULL),
	FIELD(struct message, user_id, F_ID),
	FIELD(struct message, contact_id, F_ID),
	FIELD(struct message, sender_name, F_STR, .flags = F_NULL),
	FIELD(struct message, sender_address, F_STR, .flags = F_NULL),
	FIELD(struct message, sender_type, F_STR, .flags = F_NULL),
	FIELD(struct message, recipients, F_JSON),
	FIELD(struct message, reply_to, F_STR, .flags = F_NULL),
	FIELD(struct message, mail_id, F_STR, .flags = F_NULL),
	FIELD(struct message, in_reply_to, F_STR, .flags = F_NULL),
	FIELD(struct message, mail_references, F_STR, .flags = F_NULL),
	FIELD(struct message, in_reply_to_id, F_ID),
	FIELD(struct message, source_id, F_ID),
	FIELD(struct message, state, F_STR),
	FIELD(struct message, client_type, F_STR),
	FIELD(struct message, is_automatic, F_BOOL),
	FIELD(struct message, notes, F_STR, .flags = F_NULL),
	FIELD(struct message, forward_of_id, F_ID),
	FIELD(struct message, edited_at, F_TIME),
};
const struct shape message_shape = SHAPE("MessageRow", struct message, message_fields);

enum {
	Q_INSERT,
	Q_LOAD,
	Q_SET_STATE,
	Q_SET_FAILURE,
	Q_SET_COMMENT,
	Q_OF_TICKET,
	Q_OF_THREAD,
	Q_NEWEST,
	Q_NEWEST_OF_THREAD,
	Q_NEWEST_DIRECTION,
	Q_NEWER,
};
static const struct sql message_rows[] = {
	[Q_INSERT] = {"INSERT INTO message @insert @back", &message_shape},
	[Q_LOAD] = {"SELECT @cols FROM message WHERE id = $1", &message_shape},
	[Q_SET_STATE] = {"UPDATE message SET state = $2, updated_at = $3 WHERE id = $1", NULL},
	[Q_SET_FAILURE] = {"UPDATE message SET state = $2, notes = $3, updated_at = $4 WHERE id = $1", NULL},
	[Q_SET_COMMENT] = {"UPDATE message SET text = $2, html = $3, state = $4, edited_at = $5, updated_at = $5 WHERE id = $1", NULL},
	[Q_OF_TICKET] = {"SELECT @cols FROM message WHERE ticket_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3", &message_shape},
	[Q_OF_THREAD] = {"SELECT @cols FROM message WHERE thread_id = $1 AND id > $2 ORDER BY id LIMIT $3", &message_shape},
	[Q_NEWEST] = {"SELECT @cols FROM message WHERE ticket_id = $1 AND type = 'MESSAGE' ORDER BY id DESC LIMIT 1",
	              &message_shape},
	[Q_NEWEST_OF_THREAD] = {"SELECT @cols FROM message WHERE thread_id = $1 AND type = 'MESSAGE' AND direction = $2"
	                        " ORDER BY id DESC LIMIT 1", &message_shape},
	[Q_NEWEST_DIRECTION] = {"SELECT @cols FROM message WHERE ticket_id = $1 AND type = 'MESSAGE' AND direction = $2"
	                        " ORDER BY id DESC LIMIT 1", &message_shape},
	[Q_NEWER] = {"SELECT @cols FROM message WHERE ticket_id = $1 AND id > $2 AND (user_id <> $3 OR user_id = 0)"
	             " ORDER BY id DESC LIMIT 1", &message_shape},
};
const struct sql_table message_sql = SQL_TABLE("message", message_rows);

static const struct field mail_ref_fields[] = {
	FIELD(struct mail_ref, thread_id, F_ID),
	FIELD(struct mail_ref, message_id, F_ID),
	FIELD(struct mail_ref, ticket_id, F_ID),
};
static const struct shape mail_ref_shape = SHAPE("MailRef", struct mail_ref, mail_ref_fields);

enum { Q_REF_PUT, Q_REF_FIND };
static const struct sql mail_ref_rows[] = {
	[Q_REF_PUT] = {"INSERT INTO mail_ref (mail_id, thread_id, message_id) VALUES ($1, $2, $3)"
	               " ON CONFLICT (mail_id, thread_id) DO UPDATE SET message_id = excluded.message_id"
	               " WHERE mail_ref.message_id = 0", NULL},
	[Q_REF_FIND] = {"SELECT r.thread_id, r.message_id, t.ticket_id FROM mail_ref r JOIN thread t ON t.id = r.thread_id"
	                " WHERE r.mail_id = $1 AND t.archived_at = 0 ORDER BY r.thread_id DESC LIMIT 20", &mail_ref_shape},
};
const struct sql_table mail_ref_sql = SQL_TABLE("mail_ref", mail_ref_rows);

struct participant {
	struct str address;
};
static const struct field participant_fields[] = {FIELD(struct participant, address, F_STR)};
static const struct shape participant_shape = SHAPE("ParticipantRow", struct participant, participant_fields);

enum { Q_PARTICIPANT_PUT, Q_PARTICIPANT_LOAD };
static const struct sql participant_rows[] = {
	[Q_PARTICIPANT_PUT] = {"INSERT INTO participant (thread_id, address) VALUES ($1, $2)"
	                       " ON CONFLICT (thread_id, address) DO NOTHING", NULL},
	[Q_PARTICIPANT_LOAD] = {"SELECT @cols FROM participant WHERE thread_id = $1 AND address = $2", &participant_shape},
};
const struct sql_table participant_sql = SQL_TABLE("participant", participant_rows);

static const struct field attachment_fields[] = {
	FIELD(struct attachment, id, F_ID),
	FIELD(struct attachment, message_id, F_ID),
	FIELD(struct attachment, ticket_id, F_ID),
	FIELD(struct attachment, name, F_STR),
	FIELD(struct attachment, content_type, F_STR),
	FIELD(struct attachment, size_bytes, F_INT),
	FIELD(struct attachment, blob, F_STR),
	FIELD(struct attachment, content_id, F_STR, .flags = F_NULL),
	FIELD(struct attachment, is_inline, F_BOOL),
	FIELD(struct attachment, file_id, F_ID),
};
const struct shape attachment_shape = SHAPE("AttachmentRow", struct attachment, attachment_fields);

enum { Q_ATTACHMENT_INSERT, Q_ATTACHMENT_LOAD, Q_ATTACHMENT_LIST, Q_ATTACHMENT_REMOVE };
static const struct sql attachment_rows[] = {
	[Q_ATTACHMENT_INSERT] = {"INSERT INTO attachment @insert @back", &attachment_shape},
	[Q_ATTACHMENT_LOAD] = {"SELECT @cols FROM attachment WHERE id = $1", &attachment_shape},
	[Q_ATTACHMENT_LIST] = {"SELECT @cols FROM attachment WHERE message_id >= $1 AND message_id <= $2 AND ticket_id = $3"
	                       " ORDER BY message_id, id LIMIT 10000", &attachment_shape},
	[Q_ATTACHMENT_REMOVE] = {"DELETE FROM attachment WHERE message_id = $1", NULL},
};
const struct sql_table attachment_sql = SQL_TABLE("attachment", attachment_rows);

enum err message_insert(struct ctx *c, struct message *m)
{
	return db_put(c, &message_rows[Q_INSERT], m, m);
}

enum err message_load(struct ctx *c, int64_t id, struct message *out)
{
	return db_one(c, &message_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err message_set_state(struct ctx *c, int64_t id, struct str state)
{
	return db_exec(c, &message_rows[Q_SET_STATE], ARGS(I(id), S(state), I(c->now)), NULL);
}

enum err message_set_failure(struct ctx *c, int64_t id, struct str state, struct str why)
{
	return db_exec(c, &message_rows[Q_SET_FAILURE], ARGS(I(id), S(state), S(why), I(c->now)), NULL);
}

enum err message_set_comment(struct ctx *c, const struct message *m)
{
	return db_exec(c, &message_rows[Q_SET_COMMENT], ARGS(I(m->id), S(m->text), S(m->html), S(m->state), I(m->edited_at)), NULL);
}

enum err message_list_of_ticket(struct ctx *c, int64_t ticket_id, int64_t before, int64_t limit, struct message **out,
                                size_t *n_out)
{
	TRY(db_all(c, &message_rows[Q_OF_TICKET], ARGS(I(ticket_id), I(before), I(limit)), out, n_out));
	for (size_t i = 0; i < *n_out / 2; i++) {
		struct message swap = (*out)[i];
		(*out)[i] = (*out)[*n_out - 1 - i];
		(*out)[*n_out - 1 - i] = swap;
	}
	return OK;
}

enum err message_list_of_thread(struct ctx *c, int64_t thread_id, int64_t after, int64_t limit, struct message **out,
                                size_t *n_out)
{
	return db_all(c, &message_rows[Q_OF_THREAD], ARGS(I(thread_id), I(after), I(limit)), out, n_out);
}

enum err message_newest(struct ctx *c, int64_t ticket_id, struct str direction, struct message *out)
{
	if (str_is_null(direction))
		return db_one(c, &message_rows[Q_NEWEST], ARGS(I(ticket_id)), out);
	return db_one(c, &message_rows[Q_NEWEST_DIRECTION], ARGS(I(ticket_id), S(direction)), out);
}

enum err message_newer(struct ctx *c, int64_t ticket_id, int64_t after_id, int64_t except_user_id, struct message *out)
{
	return db_one(c, &message_rows[Q_NEWER], ARGS(I(ticket_id), I(after_id), I(except_user_id)), out);
}

enum err message_newest_of_thread(struct ctx *c, int64_t thread_id, struct str direction, struct message *out)
{
	return db_one(c, &message_rows[Q_NEWEST_OF_THREAD], ARGS(I(thread_id), S(direction)), out);
}

enum err mail_ref_put(struct ctx *c, struct str mail_id, int64_t thread_id, int64_t message_id)
{
	return db_exec(c, &mail_ref_rows[Q_REF_PUT], ARGS(S(mail_id), I(thread_id), I(message_id)), NULL);
}

enum err mail_ref_find(struct ctx *c, struct str mail_id, struct mail_ref **out, size_t *n_out)
{
	return db_all(c, &mail_ref_rows[Q_REF_FIND], ARGS(S(mail_id)), out, n_out);
}

enum err participant_put(struct ctx *c, int64_t thread_id, struct str address)
{
	return db_exec(c, &participant_rows[Q_PARTICIPANT_PUT], ARGS(I(thread_id), S(address)), NULL);
}

enum err participant_is(struct ctx *c, int64_t thread_id, struct str address, bool *is_out)
{
	struct participant found;
	enum err e = db_one(c, &participant_rows[Q_PARTICIPANT_LOAD], ARGS(I(thread_id), S(address)), &found);
	*is_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

enum err attachment_insert(struct ctx *c, struct attachment *a)
{
	return db_put(c, &attachment_rows[Q_ATTACHMENT_INSERT], a, a);
}

enum err attachment_load(struct ctx *c, int64_t id, struct attachment *out)
{
	return db_one(c, &attachment_rows[Q_ATTACHMENT_LOAD], ARGS(I(id)), out);
}

enum err attachment_list(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct attachment **out,
                         size_t *n_out)
{
	return db_all(c, &attachment_rows[Q_ATTACHMENT_LIST], ARGS(I(first_id), I(last_id), I(ticket_id)), out, n_out);
}

enum err attachment_remove_message(struct ctx *c, int64_t message_id)
{
	return db_exec(c, &attachment_rows[Q_ATTACHMENT_REMOVE], ARGS(I(message_id)), NULL);
}
