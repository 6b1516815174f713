#include "store/ticket_act.h"

#include "base/shape.h"
#include "store/all_sql.h"

enum { MAX_ACT_ROWS = 1000 };

static const struct field act_fields[] = {
	FIELD(struct ticket_act, id, F_ID),
	FIELD(struct ticket_act, kind, F_STR),
	FIELD(struct ticket_act, user_id, F_ID),
	FIELD(struct ticket_act, at, F_TIME),
	FIELD(struct ticket_act, undone_at, F_TIME),
};
static const struct shape act_shape = SHAPE("TicketAct", struct ticket_act, act_fields);

static const struct field row_fields[] = {
	FIELD(struct ticket_act_row, act_id, F_ID),
	FIELD(struct ticket_act_row, ticket_id, F_ID),
	FIELD(struct ticket_act_row, other_id, F_ID),
	FIELD(struct ticket_act_row, body, F_JSON),
};
static const struct shape row_shape = SHAPE("TicketActRow", struct ticket_act_row, row_fields);

static const struct field entry_fields[] = {
	FIELD(struct ticket_act_entry, act_id, F_ID),
	FIELD(struct ticket_act_entry, kind, F_STR),
	FIELD(struct ticket_act_entry, user_id, F_ID),
	FIELD(struct ticket_act_entry, at, F_TIME),
	FIELD(struct ticket_act_entry, undone_at, F_TIME),
	FIELD(struct ticket_act_entry, other_id, F_ID),
	FIELD(struct ticket_act_entry, other_label, F_STR, .flags = F_NULL),
	FIELD(struct ticket_act_entry, body, F_JSON),
	FIELD(struct ticket_act_entry, is_other, F_BOOL),
};
static const struct shape entry_shape = SHAPE("TicketActEntry", struct ticket_act_entry, entry_fields);

#define OWN                                                                                                           \
	"SELECT r.act_id, a.kind, a.user_id, a.at, a.undone_at, r.other_id, o.label AS other_label, r.body, 0 AS is_other" \
	" FROM ticket_act_row r JOIN ticket_act a ON a.id = r.act_id LEFT JOIN object o ON o.id = r.other_id"            \
	" WHERE r.ticket_id = $1"
#define OTHER                                                                                                         \
	"SELECT r.act_id, a.kind, a.user_id, a.at, a.undone_at, r.ticket_id AS other_id, o.label AS other_label, r.body,"  \
	" 1 AS is_other FROM ticket_act_row r JOIN ticket_act a ON a.id = r.act_id LEFT JOIN object o ON o.id = r.ticket_id" \
	" WHERE r.other_id = $1 AND r.other_id > 0"
/* ids grow with time */
#define OLD "(SELECT max(id) FROM (SELECT id FROM ticket_act WHERE at < $1 ORDER BY at, id LIMIT $2) AS few)"
#define TIES " AND a.undone_at = 0 AND a.kind IN ('merge', 'split')"

enum { Q_INSERT, Q_LOAD, Q_UPDATE, Q_ROW_INSERT, Q_ROWS, Q_LIST, Q_TIES, Q_STANDING, Q_SWEEP_ROWS, Q_SWEEP };
static const struct sql act_rows[] = {
	[Q_INSERT] = {"INSERT INTO ticket_act @insert @back", &act_shape},
	[Q_LOAD] = {"SELECT @cols FROM ticket_act WHERE id = $1", &act_shape},
	[Q_UPDATE] = {"UPDATE ticket_act SET @update WHERE id = @key @back", &act_shape},
	[Q_ROW_INSERT] = {"INSERT INTO ticket_act_row (act_id, ticket_id, other_id, body) VALUES ($1, $2, $3, $4)", NULL},
	[Q_ROWS] = {"SELECT @cols FROM ticket_act_row WHERE act_id = $1 ORDER BY ticket_id LIMIT $2", &row_shape},
	[Q_LIST] = {OWN " UNION ALL " OTHER " ORDER BY act_id DESC LIMIT $2", &entry_shape},
	[Q_TIES] = {OWN TIES " AND r.other_id > 0 UNION ALL " OTHER TIES " ORDER BY act_id DESC LIMIT $2", &entry_shape},
	[Q_STANDING] = {OWN " AND a.kind = $2 AND a.undone_at = 0 ORDER BY r.act_id DESC LIMIT $3", &entry_shape},
	[Q_SWEEP_ROWS] = {"DELETE FROM ticket_act_row WHERE act_id <= " OLD, NULL},
	[Q_SWEEP] = {"DELETE FROM ticket_act WHERE id <= " OLD, NULL},
};
const struct sql_table ticket_act_sql = SQL_TABLE("ticket_act", act_rows);

enum err ticket_act_insert(struct ctx *c, struct ticket_act *act)
{
	return db_put(c, &act_rows[Q_INSERT], act, act);
}

enum err ticket_act_load(struct ctx *c, int64_t id, struct ticket_act *out)
{
	return db_one(c, &act_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err ticket_act_update(struct ctx *c, struct ticket_act *act)
{
	return db_put(c, &act_rows[Q_UPDATE], act, act);
}

enum err ticket_act_row_insert(struct ctx *c, const struct ticket_act_row *row)
{
	return db_exec(c, &act_rows[Q_ROW_INSERT], ARGS(I(row->act_id), I(row->ticket_id), I(row->other_id), S(row->body)), NULL);
}

enum err ticket_act_rows(struct ctx *c, int64_t act_id, struct ticket_act_row **out, size_t *n_out)
{
	return db_all(c, &act_rows[Q_ROWS], ARGS(I(act_id), I(MAX_ACT_ROWS)), out, n_out);
}

enum err ticket_act_list(struct ctx *c, int64_t ticket_id, int64_t limit, struct ticket_act_entry **out, size_t *n_out)
{
	return db_all(c, &act_rows[Q_LIST], ARGS(I(ticket_id), I(limit)), out, n_out);
}

enum err ticket_act_ties(struct ctx *c, int64_t ticket_id, int64_t limit, struct ticket_act_entry **out, size_t *n_out)
{
	return db_all(c, &act_rows[Q_TIES], ARGS(I(ticket_id), I(limit)), out, n_out);
}

enum err ticket_act_standing(struct ctx *c, int64_t ticket_id, struct str kind, int64_t limit, struct ticket_act_entry **out,
                             size_t *n_out)
{
	return db_all(c, &act_rows[Q_STANDING], ARGS(I(ticket_id), S(kind), I(limit)), out, n_out);
}

enum err ticket_act_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out)
{
	TRY(db_exec(c, &act_rows[Q_SWEEP_ROWS], ARGS(I(before), I(limit)), NULL));
	return db_exec(c, &act_rows[Q_SWEEP], ARGS(I(before), I(limit)), removed_out);
}
