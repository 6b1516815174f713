#include "store/erase.h"

#include "base/arena.h"
#include "store/all_sql.h"

static const struct field alias_fields[] = {
	FIELD(struct erase_alias, id, F_ID),
	FIELD(struct erase_alias, address, F_STR, .flags = F_NULL),
};
static const struct shape alias_shape = SHAPE("EraseAlias", struct erase_alias, alias_fields);

struct erase_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct erase_id, id, F_ID)};
static const struct shape id_shape = SHAPE("EraseId", struct erase_id, id_fields);

struct erase_blob {
	struct str blob;
};
static const struct field blob_fields[] = {FIELD(struct erase_blob, blob, F_STR)};
static const struct shape blob_shape = SHAPE("EraseBlob", struct erase_blob, blob_fields);

static const struct field source_fields[] = {
	FIELD(struct erase_source, id, F_ID),
	FIELD(struct erase_source, blob, F_STR),
};
static const struct shape source_shape = SHAPE("EraseSource", struct erase_source, source_fields);

#define SOURCE_OF_MESSAGE "id IN (SELECT source_id FROM message WHERE id = $1 AND source_id > 0)"
#define SAYS "(lower(sender) = $1 OR lower(return_path) = $1 OR subject LIKE $2 ESCAPE '!' OR decision LIKE $2 ESCAPE '!')"

enum {
	Q_ALIASES,
	Q_THREADS_OF_CONTACT,
	Q_THREADS_OF_ADDRESS,
	Q_LINKED,
	Q_BLOBS,
	Q_DROP_SOURCE, /* and so on: what hangs on a message, in this order; the last empties it */
	Q_DROP_SOURCE_BEHIND,
	Q_DROP_FILES,
	Q_DROP_ATTACHMENTS,
	Q_EMPTY_OUTBOX,
	Q_EMPTY_MESSAGE,
	Q_REWRITE_MESSAGE,
	Q_DROP_REFS,
	Q_DROP_PARTICIPANTS,
	Q_EMPTY_THREAD,
	Q_DROP_PARTICIPANT,
	Q_DROP_SOME_REFS,
	Q_SOURCES,
	Q_DROP_ONE_SOURCE,
	Q_DROP_HISTORY,
	Q_REWRITE_CHANGE,
	Q_EMPTY_ATTEMPTS,
	Q_DROP_DELIVERIES,
	Q_DROP_LINKS,
	Q_DROP_LINKS_BACK,
	Q_DROP_ANSWERS,
};
static const struct sql erase_rows[] = {
	[Q_ALIASES] = {"SELECT id, unique_key AS address FROM object_merge WHERE into_id = $1 ORDER BY id LIMIT $2", &alias_shape},
	[Q_THREADS_OF_CONTACT] = {"SELECT id FROM thread WHERE contact_id = $1 ORDER BY id LIMIT $2", &id_shape},
	[Q_THREADS_OF_ADDRESS] = {"SELECT thread_id AS id FROM participant WHERE address = $1 ORDER BY thread_id LIMIT $2", &id_shape},
	[Q_LINKED] = {"SELECT DISTINCT to_id AS id FROM association WHERE from_id = $1 ORDER BY id LIMIT $2", &id_shape},
	[Q_BLOBS] = {"SELECT blob FROM attachment WHERE message_id = $1 UNION SELECT blob FROM mail_source WHERE " SOURCE_OF_MESSAGE
	             " UNION SELECT blob FROM mail_source WHERE message_id = $1 AND message_id > 0", &blob_shape},
	[Q_DROP_SOURCE] = {"DELETE FROM mail_source WHERE " SOURCE_OF_MESSAGE, NULL},
	[Q_DROP_SOURCE_BEHIND] = {"DELETE FROM mail_source WHERE message_id = $1 AND message_id > 0", NULL},
	[Q_DROP_FILES] = {"DELETE FROM file WHERE folder_id = -1 AND id IN (SELECT file_id FROM attachment WHERE message_id = $1)",
	                  NULL},
	[Q_DROP_ATTACHMENTS] = {"DELETE FROM attachment WHERE message_id = $1", NULL},
	[Q_EMPTY_OUTBOX] = {"UPDATE outbox SET address = '', subject = NULL, last_error = NULL, reply = NULL,"
	                    " state = CASE WHEN state = 'SENT' THEN 'SENT' ELSE 'FAILED' END WHERE message_id = $1", NULL},
	[Q_EMPTY_MESSAGE] = {"UPDATE message SET subject = NULL, text = '', html = NULL, contact_id = 0, sender_name = NULL,"
	                     " sender_address = NULL, recipients = '[]', reply_to = NULL, mail_id = NULL, in_reply_to = NULL,"
	                     " mail_references = NULL, source_id = 0, notes = NULL WHERE id = $1", NULL},
	[Q_REWRITE_MESSAGE] = {"UPDATE message SET subject = $2, text = $3, html = $4, recipients = $5, reply_to = $6, mail_id = $7,"
	                       " in_reply_to = $8, mail_references = $9, notes = $10, source_id = 0 WHERE id = $1", NULL},
	[Q_DROP_REFS] = {"DELETE FROM mail_ref WHERE thread_id = $1", NULL},
	[Q_DROP_PARTICIPANTS] = {"DELETE FROM participant WHERE thread_id = $1", NULL},
	[Q_EMPTY_THREAD] = {"UPDATE thread SET contact_id = 0 WHERE id = $1", NULL},
	[Q_DROP_PARTICIPANT] = {"DELETE FROM participant WHERE thread_id = $1 AND address = $2", NULL},
	[Q_DROP_SOME_REFS] = {"DELETE FROM mail_ref WHERE thread_id = $1 AND lower(mail_id) LIKE $2 ESCAPE '!'", NULL},
	[Q_SOURCES] = {"SELECT id, blob FROM mail_source WHERE state = 'QUARANTINED' AND " SAYS
	               " UNION ALL SELECT id, blob FROM mail_source WHERE state = 'SET_ASIDE' AND " SAYS
	               " UNION ALL SELECT id, blob FROM mail_source WHERE state = 'NEW' AND " SAYS " LIMIT $3", &source_shape},
	[Q_DROP_ONE_SOURCE] = {"DELETE FROM mail_source WHERE id = $1", NULL},
	[Q_DROP_HISTORY] = {"DELETE FROM object_change WHERE object_id = $1", NULL},
	[Q_REWRITE_CHANGE] = {"UPDATE object_change SET changes = $2 WHERE id = $1", NULL},
	[Q_EMPTY_ATTEMPTS] = {"UPDATE webhook_attempt SET answer = NULL WHERE batch_id IN (SELECT batch_id FROM webhook_delivery"
	                      " WHERE batch_id > 0 AND event_id IN (SELECT id FROM event WHERE about_id = $1))", NULL},
	/* a thread may have the number of an object; that it was erased is yet to be told */
	[Q_DROP_DELIVERIES] = {"DELETE FROM webhook_delivery WHERE event_id IN (SELECT id FROM event WHERE about_id = $1"
	                       " AND kind <> 'thread.erased')", NULL},
	[Q_DROP_LINKS] = {"DELETE FROM association WHERE from_id = $1 AND to_id = $2", NULL},
	[Q_DROP_LINKS_BACK] = {"DELETE FROM association WHERE from_id = $2 AND to_id = $1", NULL},
	[Q_DROP_ANSWERS] = {"DELETE FROM kept_answer WHERE lower(body) LIKE $1 ESCAPE '!'", NULL},
};
const struct sql_table erase_sql = SQL_TABLE("erase", erase_rows);

static enum err ids_of(struct ctx *c, int query, const struct sql_value *args, size_t arg_n, int64_t **ids_out, size_t *n_out)
{
	struct erase_id *rows;
	TRY(db_all(c, &erase_rows[query], args, arg_n, &rows, n_out));
	int64_t *ids = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		ids[i] = rows[i].id;
	*ids_out = ids;
	return OK;
}

/* %text%, in which nothing is a wildcard. */
static struct str pattern(struct ctx *c, struct str text)
{
	char *p = arena_alloc(c->a, 2 * text.n + 2);
	size_t n = 0;
	p[n++] = '%';
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '!')
			p[n++] = '!';
		p[n++] = text.p[i];
	}
	p[n++] = '%';
	return (struct str){p, n};
}

enum err erase_aliases(struct ctx *c, int64_t contact_id, int64_t limit, struct erase_alias **out, size_t *n_out)
{
	return db_all(c, &erase_rows[Q_ALIASES], ARGS(I(contact_id), I(limit)), out, n_out);
}

enum err erase_threads_of_contact(struct ctx *c, int64_t contact_id, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	return ids_of(c, Q_THREADS_OF_CONTACT, ARGS(I(contact_id), I(limit)), ids_out, n_out);
}

enum err erase_threads_of_address(struct ctx *c, struct str address, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	return ids_of(c, Q_THREADS_OF_ADDRESS, ARGS(S(address), I(limit)), ids_out, n_out);
}

enum err erase_linked(struct ctx *c, int64_t object_id, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	return ids_of(c, Q_LINKED, ARGS(I(object_id), I(limit)), ids_out, n_out);
}

enum err erase_blobs(struct ctx *c, int64_t message_id, struct str **out, size_t *n_out)
{
	struct erase_blob *rows;
	TRY(db_all(c, &erase_rows[Q_BLOBS], ARGS(I(message_id)), &rows, n_out));
	struct str *names = NEW_ARRAY(c->a, *n_out, struct str);
	for (size_t i = 0; i < *n_out; i++)
		names[i] = rows[i].blob;
	*out = names;
	return OK;
}

enum err erase_message(struct ctx *c, int64_t message_id)
{
	for (int query = Q_DROP_SOURCE; query <= Q_EMPTY_MESSAGE; query++)
		TRY(db_exec(c, &erase_rows[query], ARGS(I(message_id)), NULL));
	return OK;
}

enum err erase_from_message(struct ctx *c, const struct message *m)
{
	TRY(db_exec(c, &erase_rows[Q_DROP_SOURCE], ARGS(I(m->id)), NULL));
	TRY(db_exec(c, &erase_rows[Q_DROP_SOURCE_BEHIND], ARGS(I(m->id)), NULL));
	return db_exec(c, &erase_rows[Q_REWRITE_MESSAGE],
	               ARGS(I(m->id), S(m->subject), S(m->text), S(m->html), S(m->recipients), S(m->reply_to), S(m->mail_id),
	                    S(m->in_reply_to), S(m->mail_references), S(m->notes)),
	               NULL);
}

enum err erase_thread(struct ctx *c, int64_t thread_id)
{
	for (int query = Q_DROP_REFS; query <= Q_EMPTY_THREAD; query++)
		TRY(db_exec(c, &erase_rows[query], ARGS(I(thread_id)), NULL));
	return OK;
}

enum err erase_participant(struct ctx *c, int64_t thread_id, struct str address)
{
	return db_exec(c, &erase_rows[Q_DROP_PARTICIPANT], ARGS(I(thread_id), S(address)), NULL);
}

enum err erase_refs(struct ctx *c, int64_t thread_id, struct str address)
{
	return db_exec(c, &erase_rows[Q_DROP_SOME_REFS], ARGS(I(thread_id), S(pattern(c, address))), NULL);
}

enum err erase_sources(struct ctx *c, struct str address, int64_t limit, struct erase_source **out, size_t *n_out)
{
	return db_all(c, &erase_rows[Q_SOURCES], ARGS(S(address), S(pattern(c, address)), I(limit)), out, n_out);
}

enum err erase_source(struct ctx *c, int64_t id)
{
	return db_exec(c, &erase_rows[Q_DROP_ONE_SOURCE], ARGS(I(id)), NULL);
}

enum err erase_history(struct ctx *c, int64_t object_id)
{
	return db_exec(c, &erase_rows[Q_DROP_HISTORY], ARGS(I(object_id)), NULL);
}

enum err erase_change(struct ctx *c, int64_t change_id, struct str changes)
{
	return db_exec(c, &erase_rows[Q_REWRITE_CHANGE], ARGS(I(change_id), S(changes)), NULL);
}

enum err erase_deliveries(struct ctx *c, int64_t object_id)
{
	TRY(db_exec(c, &erase_rows[Q_EMPTY_ATTEMPTS], ARGS(I(object_id)), NULL));
	return db_exec(c, &erase_rows[Q_DROP_DELIVERIES], ARGS(I(object_id)), NULL);
}

enum err erase_links(struct ctx *c, int64_t object_id, int64_t other_id)
{
	TRY(db_exec(c, &erase_rows[Q_DROP_LINKS], ARGS(I(object_id), I(other_id)), NULL));
	return db_exec(c, &erase_rows[Q_DROP_LINKS_BACK], ARGS(I(object_id), I(other_id)), NULL);
}

enum err erase_for_good(struct ctx *c)
{
	return db_wipe(c);
}

enum err erase_kept_answers(struct ctx *c, struct str text)
{
	return db_exec(c, &erase_rows[Q_DROP_ANSWERS], ARGS(S(pattern(c, text))), NULL);
}
