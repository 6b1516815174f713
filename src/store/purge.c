#include "store/purge.h"

#include "base/arena.h"
#include "store/all_sql.h"

struct purge_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct purge_id, id, F_ID)};
static const struct shape id_shape = SHAPE("PurgeId", struct purge_id, id_fields);

struct purge_blob {
	struct str blob;
};
static const struct field blob_fields[] = {FIELD(struct purge_blob, blob, F_STR)};
static const struct shape blob_shape = SHAPE("PurgeBlob", struct purge_blob, blob_fields);

#define MESSAGES_OF_TICKET "(SELECT id FROM message WHERE ticket_id = $1)"
#define THREADS_OF_TICKET "(SELECT id FROM thread WHERE ticket_id = $1)"
#define SOURCES_OF_TICKET "(SELECT source_id FROM message WHERE ticket_id = $1 AND source_id > 0)"

enum {
	Q_LIST,
	Q_LIST_OF_TYPE,
	Q_BLOBS,
	Q_SOURCES, /* and so on: the threads of a ticket, in this order */
	Q_FILES,
	Q_ATTACHMENTS,
	Q_OUTBOX,
	Q_MAIL_REFS,
	Q_PARTICIPANTS,
	Q_MENTIONS,
	Q_NOTIFICATIONS,
	Q_FOLLOWERS,
	Q_MUTES,
	Q_REMINDERS,
	Q_MESSAGES,
	Q_THREADS,
	Q_CHANGES, /* and so on: an object, in this order */
	Q_ACTS,
	Q_LINKS_TO,
	Q_LINKS_FROM,
	Q_LINK_CHANGES,
	Q_RECORD_KEYS,
	Q_UNIQUE,
	Q_MERGED,
	Q_LIST_SIZES,
	Q_LISTS,
	Q_SHARES,
	Q_QUOTES,
	Q_NEWS, /* of quotes and meetings */
	Q_OBJECT,
};
static const struct sql purge_rows[] = {
	[Q_LIST] = {"SELECT @cols FROM object WHERE archived_at > 0 AND archived_at < $1 ORDER BY archived_at LIMIT $2", &id_shape},
	[Q_LIST_OF_TYPE] = {"SELECT @cols FROM object WHERE object_type = $1 AND archived_at > 0 ORDER BY id LIMIT $2", &id_shape},
	[Q_BLOBS] = {"SELECT blob FROM attachment WHERE message_id IN " MESSAGES_OF_TICKET
	             " UNION SELECT blob FROM mail_source WHERE id IN " SOURCES_OF_TICKET
	             " UNION SELECT pdf_blob AS blob FROM quote_version WHERE quote_id = $1 AND pdf_blob <> ''", &blob_shape},
	[Q_SOURCES] = {"DELETE FROM mail_source WHERE id IN " SOURCES_OF_TICKET, NULL},
	/* those that came with messages; what was sent along belongs to the library */
	[Q_FILES] = {"DELETE FROM file WHERE folder_id = -1 AND id IN (SELECT file_id FROM attachment WHERE message_id IN "
	             MESSAGES_OF_TICKET ")", NULL},
	[Q_ATTACHMENTS] = {"DELETE FROM attachment WHERE message_id IN " MESSAGES_OF_TICKET, NULL},
	[Q_OUTBOX] = {"DELETE FROM outbox WHERE message_id IN " MESSAGES_OF_TICKET, NULL},
	[Q_MAIL_REFS] = {"DELETE FROM mail_ref WHERE thread_id IN " THREADS_OF_TICKET, NULL},
	[Q_PARTICIPANTS] = {"DELETE FROM participant WHERE thread_id IN " THREADS_OF_TICKET, NULL},
	[Q_MENTIONS] = {"DELETE FROM mention WHERE message_id IN " MESSAGES_OF_TICKET, NULL},
	[Q_NOTIFICATIONS] = {"DELETE FROM notification WHERE ticket_id = $1", NULL},
	[Q_FOLLOWERS] = {"DELETE FROM follow WHERE ticket_id = $1", NULL},
	[Q_MUTES] = {"DELETE FROM ticket_mute WHERE ticket_id = $1", NULL},
	[Q_REMINDERS] = {"DELETE FROM reminder WHERE ticket_id = $1", NULL},
	[Q_MESSAGES] = {"DELETE FROM message WHERE ticket_id = $1", NULL},
	[Q_THREADS] = {"DELETE FROM thread WHERE ticket_id = $1", NULL},
	[Q_CHANGES] = {"DELETE FROM object_change WHERE object_id = $1", NULL},
	[Q_ACTS] = {"DELETE FROM ticket_act_row WHERE ticket_id = $1", NULL},
	[Q_LINKS_TO] = {"DELETE FROM association WHERE to_id = $1", NULL},
	[Q_LINKS_FROM] = {"DELETE FROM association WHERE from_id = $1", NULL},
	[Q_LINK_CHANGES] = {"DELETE FROM link_change WHERE from_id = $1 OR to_id = $1", NULL},
	[Q_RECORD_KEYS] = {"DELETE FROM record_key WHERE object_id = $1", NULL},
	[Q_UNIQUE] = {"DELETE FROM unique_value WHERE object_id = $1", NULL},
	[Q_MERGED] = {"DELETE FROM object_merge WHERE into_id = $1", NULL},
	[Q_LIST_SIZES] = {"UPDATE object_list SET size = size - 1 WHERE id IN (SELECT list_id FROM list_member WHERE object_id = $1)",
	                  NULL},
	[Q_LISTS] = {"DELETE FROM list_member WHERE object_id = $1", NULL},
	[Q_SHARES] = {"DELETE FROM ticket_share WHERE ticket_id = $1", NULL},
	[Q_QUOTES] = {"DELETE FROM quote_version WHERE quote_id = $1", NULL},
	[Q_NEWS] = {"DELETE FROM notification WHERE ticket_id = $1", NULL},
	[Q_OBJECT] = {"DELETE FROM object WHERE id = $1", NULL},
};
const struct sql_table purge_sql = SQL_TABLE("purge", purge_rows);

static enum err list_ids(struct ctx *c, const struct sql *q, int64_t what, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	struct purge_id *rows;
	TRY(db_all(c, q, ARGS(I(what), I(limit)), &rows, n_out));
	int64_t *ids = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		ids[i] = rows[i].id;
	*ids_out = ids;
	return OK;
}

enum err purge_list(struct ctx *c, int64_t before, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	return list_ids(c, &purge_rows[Q_LIST], before, limit, ids_out, n_out);
}

enum err purge_list_of_type(struct ctx *c, int64_t object_type, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	return list_ids(c, &purge_rows[Q_LIST_OF_TYPE], object_type, limit, ids_out, n_out);
}

enum err purge_blobs(struct ctx *c, int64_t object_id, struct str **out, size_t *n_out)
{
	struct purge_blob *rows;
	TRY(db_all(c, &purge_rows[Q_BLOBS], ARGS(I(object_id)), &rows, n_out));
	struct str *names = NEW_ARRAY(c->a, *n_out, struct str);
	for (size_t i = 0; i < *n_out; i++)
		names[i] = rows[i].blob;
	*out = names;
	return OK;
}

static enum err run_all(struct ctx *c, int first, int last, int64_t id)
{
	for (int query = first; query <= last; query++)
		TRY(db_exec(c, &purge_rows[query], ARGS(I(id)), NULL));
	return OK;
}

enum err purge_threads(struct ctx *c, int64_t ticket_id)
{
	return run_all(c, Q_SOURCES, Q_THREADS, ticket_id);
}

enum err purge_object(struct ctx *c, int64_t id)
{
	return run_all(c, Q_CHANGES, Q_OBJECT, id);
}
