#include "store/ticket_row.h"

#include "base/arena.h"
#include "base/check.h"
#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"
#include "store/object.h"

static const struct field ticket_row_fields[] = {
	FIELD(struct ticket_row, id, F_ID),
	FIELD(struct ticket_row, subject, F_STR),
	FIELD(struct ticket_row, pipeline_id, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, stage_id, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, is_closed, F_BOOL),
	FIELD(struct ticket_row, owner_id, F_ID, .flags = F_NULL),
	FIELD(struct ticket_row, priority, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, contact_id, F_ID, .flags = F_NULL),
	FIELD(struct ticket_row, contact_name, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, contact_email, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, preview, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, activity_at, F_TIME),
	FIELD(struct ticket_row, last_message_from_visitor, F_BOOL),
	FIELD(struct ticket_row, snoozed_until, F_TIME, .flags = F_NULL),
	FIELD(struct ticket_row, snoozed_by, F_ID, .flags = F_NULL),
	FIELD(struct ticket_row, spam_at, F_TIME, .flags = F_NULL),
	FIELD(struct ticket_row, created_at, F_TIME),
	FIELD(struct ticket_row, updated_at, F_TIME),
	FIELD(struct ticket_row, version, F_INT),
	FIELD(struct ticket_row, seen_by, F_STR),
	FIELD(struct ticket_row, participant_n, F_INT),
	FIELD(struct ticket_row, channel_id, F_ID, .flags = F_NULL),
	FIELD(struct ticket_row, last_act, F_STR, .flags = F_NULL),
	FIELD(struct ticket_row, comment_preview, F_STR, .flags = F_NULL),
};
const struct shape ticket_row_shape = SHAPE("TicketRow", struct ticket_row, ticket_row_fields);

#define NEWEST_ENTRY                                                                                                     \
	" FROM message m WHERE m.ticket_id = t.id AND m.type IN ('MESSAGE', 'COMMENT') ORDER BY m.id DESC LIMIT 1)"

#define TICKET_WITH_CONTACT                                                                                              \
	"SELECT t.id, t.label AS subject, t.pipeline_id, t.stage_id, t.is_closed, t.owner_id, t.priority, t.contact_id,"   \
	" k.label AS contact_name, k.unique_key AS contact_email, t.preview, t.activity_at,"                               \
	" t.is_last_from_visitor AS last_message_from_visitor, t.snoozed_until, t.snoozed_by, t.spam_at,"                   \
	" t.created_at, t.updated_at, t.version, t.seen_by,"                                                                \
	" (SELECT count(DISTINCT p.address) FROM thread h JOIN participant p ON p.thread_id = h.id"                         \
	" WHERE h.ticket_id = t.id) AS participant_n,"                                                                      \
	" (SELECT h.channel_id FROM thread h WHERE h.ticket_id = t.id ORDER BY h.id DESC LIMIT 1) AS channel_id,"           \
	" (SELECT CASE WHEN m.type = 'COMMENT' THEN 'COMMENTED' WHEN m.forward_of_id <> 0 THEN 'FORWARDED'"                 \
	" WHEN m.direction = 'OUTGOING' THEN 'REPLIED' END" NEWEST_ENTRY " AS last_act,"                                    \
	" (SELECT CASE WHEN m.type = 'COMMENT' THEN substr(m.text, 1, 160) END" NEWEST_ENTRY " AS comment_preview"          \
	" FROM object t LEFT JOIN object k ON k.id = t.contact_id"

enum { Q_LOAD, Q_OF_CONTACT };
static const struct sql ticket_row_rows[] = {
	[Q_LOAD] = {TICKET_WITH_CONTACT " WHERE t.id = $1 AND t.object_type = 5 AND t.archived_at = 0", &ticket_row_shape},
	[Q_OF_CONTACT] = {TICKET_WITH_CONTACT " WHERE t.object_type = 5 AND t.contact_id = $1 AND t.archived_at = 0 AND t.id <> $2"
	                  " ORDER BY t.activity_at DESC, t.id DESC LIMIT $3", &ticket_row_shape},
};
const struct sql_table ticket_row_sql = SQL_TABLE("ticket_row", ticket_row_rows);

enum err ticket_row_load(struct ctx *c, int64_t id, struct ticket_row *out)
{
	return db_one(c, &ticket_row_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err ticket_row_of_contact(struct ctx *c, const struct ticket_access *access, int64_t contact_id, int64_t except_id, int64_t limit,
                               struct ticket_row **out, size_t *n_out)
{
	struct sqlb b;
	if (access != NULL) {
		sqlb_init(&b, c->a);
		sqlb_add(&b, TICKET_WITH_CONTACT " WHERE t.object_type = 5 AND t.contact_id = ? AND t.archived_at = 0 AND t.id <> ?",
		         ARGS(I(contact_id), I(except_id)));
		access_add_t(c, &b, access);
		sqlb_add(&b, " ORDER BY t.activity_at DESC, t.id DESC LIMIT ?", ARGS(I(limit)));
		return sqlb_all(c, &b, &ticket_row_shape, out, n_out);
	}
	return db_all(c, &ticket_row_rows[Q_OF_CONTACT], ARGS(I(contact_id), I(except_id), I(limit)), out, n_out);
}

static const struct ticket_row *row_of(const struct ticket_row *rows, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id)
			return &rows[i];
	return NULL;
}

/* The last id is repeated, so that lists of many lengths are few statements. */
enum err ticket_row_of_ids(struct ctx *c, const int64_t *ids, size_t n, struct ticket_row **out, size_t *n_out)
{
	static const size_t sizes[] = {10, 51, MAX_TICKET_ROWS};
	struct ticket_row *rows;
	struct sqlb b;
	size_t size = 0, row_n;
	*n_out = 0;
	check(n <= MAX_TICKET_ROWS);
	if (n == 0)
		return OK;
	while (sizes[size] < n)
		size++;
	sqlb_init(&b, c->a);
	sqlb_add(&b, TICKET_WITH_CONTACT " WHERE t.object_type = 5 AND t.archived_at = 0 AND t.id IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < sizes[size]; i++)
		sqlb_add(&b, ", ?", ARGS(I(ids[i < n ? i : n - 1])));
	sqlb_add(&b, ")", NO_ARGS);
	TRY(sqlb_all(c, &b, &ticket_row_shape, &rows, &row_n));
	*out = NEW_ARRAY(c->a, n, struct ticket_row);
	for (size_t i = 0; i < n; i++) {
		const struct ticket_row *row = row_of(rows, row_n, ids[i]);
		if (row != NULL)
			(*out)[(*n_out)++] = *row;
	}
	return OK;
}
