#include "store/draft.h"

#include "store/all_sql.h"

static const struct field draft_fields[] = {
	FIELD(struct draft, id, F_ID),
	FIELD(struct draft, user_id, F_ID),
	FIELD(struct draft, ticket_id, F_ID),
	FIELD(struct draft, kind, F_STR),
	FIELD(struct draft, version, F_INT),
	FIELD(struct draft, html, F_STR),
	FIELD(struct draft, text, F_STR),
	FIELD(struct draft, subject, F_STR, .flags = F_NULL),
	FIELD(struct draft, recipients, F_JSON, .flags = F_NULL),
	FIELD(struct draft, channel_account_id, F_ID),
	FIELD(struct draft, in_reply_to_id, F_ID),
	FIELD(struct draft, is_forward, F_BOOL),
	FIELD(struct draft, last_seen_id, F_ID),
	FIELD(struct draft, attachments, F_JSON, .flags = F_NULL),
	FIELD(struct draft, device, F_STR, .flags = F_NULL),
	FIELD(struct draft, kept, F_JSON, .flags = F_NULL),
	FIELD(struct draft, created_at, F_TIME),
	FIELD(struct draft, updated_at, F_TIME),
};
static const struct shape draft_shape = SHAPE("DraftRow", struct draft, draft_fields);

static const struct field draft_begin_fields[] = {
	FIELD(struct draft, id, F_ID),
	FIELD(struct draft, ticket_id, F_ID),
	FIELD(struct draft, kind, F_STR),
	FIELD(struct draft, version, F_INT),
	FIELD(struct draft, text, F_STR),
	FIELD(struct draft, updated_at, F_TIME),
};
static const struct shape draft_begin_shape = SHAPE("DraftBegin", struct draft, draft_begin_fields);

struct draft_n {
	int64_t n;
};
static const struct field draft_n_fields[] = {FIELD(struct draft_n, n, F_INT)};
static const struct shape draft_n_shape = SHAPE("DraftN", struct draft_n, draft_n_fields);

enum { Q_LOAD, Q_INSERT, Q_UPDATE, Q_REMOVE, Q_LIST, Q_COUNT, Q_REMOVE_OF_TICKET, Q_REMOVE_HELD, Q_MOVE, Q_MOVE_HELD };
static const struct sql draft_rows[] = {
	[Q_LOAD] = {"SELECT @cols FROM draft WHERE user_id = $1 AND ticket_id = $2 AND kind = $3", &draft_shape},
	[Q_INSERT] = {"INSERT INTO draft @insert @back", &draft_shape},
	[Q_UPDATE] = {"UPDATE draft SET @update WHERE id = @key @back", &draft_shape},
	[Q_REMOVE] = {"DELETE FROM draft WHERE user_id = $1 AND ticket_id = $2 AND kind = $3", NULL},
	[Q_LIST] = {"SELECT d.id, d.ticket_id, d.kind, d.version, substr(d.text, 1, 200) AS text, d.updated_at FROM draft d"
	            " JOIN object t ON t.id = d.ticket_id WHERE d.user_id = $1 AND t.archived_at = 0"
	            " ORDER BY d.updated_at DESC, d.id DESC LIMIT $2", &draft_begin_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM draft WHERE user_id = $1 LIMIT $2) AS few", &draft_n_shape},
	[Q_REMOVE_OF_TICKET] = {"DELETE FROM draft WHERE ticket_id = $1", NULL},
	[Q_REMOVE_HELD] = {"DELETE FROM held_reply WHERE ticket_id = $1", NULL},
	[Q_MOVE] = {"UPDATE draft SET ticket_id = $2 WHERE ticket_id = $1 AND NOT EXISTS (SELECT 1 FROM draft other"
	            " WHERE other.user_id = draft.user_id AND other.ticket_id = $2 AND other.kind = draft.kind)", NULL},
	[Q_MOVE_HELD] = {"UPDATE held_reply SET ticket_id = $2 WHERE ticket_id = $1", NULL},
};
const struct sql_table draft_sql = SQL_TABLE("draft", draft_rows);

enum err draft_load(struct ctx *c, int64_t user_id, int64_t ticket_id, struct str kind, struct draft *out)
{
	return db_one(c, &draft_rows[Q_LOAD], ARGS(I(user_id), I(ticket_id), S(kind)), out);
}

enum err draft_save(struct ctx *c, struct draft *d)
{
	return db_put(c, &draft_rows[d->id == 0 ? Q_INSERT : Q_UPDATE], d, d);
}

enum err draft_remove(struct ctx *c, int64_t user_id, int64_t ticket_id, struct str kind, bool *was_there_out)
{
	int64_t removed = 0;
	TRY(db_exec(c, &draft_rows[Q_REMOVE], ARGS(I(user_id), I(ticket_id), S(kind)), &removed));
	*was_there_out = removed > 0;
	return OK;
}

enum err draft_list(struct ctx *c, int64_t user_id, int64_t limit, struct draft **out, size_t *n_out)
{
	return db_all(c, &draft_rows[Q_LIST], ARGS(I(user_id), I(limit)), out, n_out);
}

enum err draft_count(struct ctx *c, int64_t user_id, int64_t most, int64_t *n_out)
{
	struct draft_n count;
	TRY(db_one(c, &draft_rows[Q_COUNT], ARGS(I(user_id), I(most)), &count));
	*n_out = count.n;
	return OK;
}

enum err draft_remove_of_ticket(struct ctx *c, int64_t ticket_id)
{
	TRY(db_exec(c, &draft_rows[Q_REMOVE_OF_TICKET], ARGS(I(ticket_id)), NULL));
	return db_exec(c, &draft_rows[Q_REMOVE_HELD], ARGS(I(ticket_id)), NULL);
}

enum err draft_move(struct ctx *c, int64_t from_ticket_id, int64_t into_ticket_id)
{
	TRY(db_exec(c, &draft_rows[Q_MOVE], ARGS(I(from_ticket_id), I(into_ticket_id)), NULL));
	return db_exec(c, &draft_rows[Q_MOVE_HELD], ARGS(I(from_ticket_id), I(into_ticket_id)), NULL);
}
