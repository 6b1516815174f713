#include "store/message_head.h"

#include "base/shape.h"
#include "store/all_sql.h"

static const struct field head_fields[] = {
	FIELD(struct message_head, id, F_ID),
	FIELD(struct message_head, created_at, F_TIME),
	FIELD(struct message_head, user_id, F_ID),
	FIELD(struct message_head, type, F_STR),
	FIELD(struct message_head, direction, F_STR),
	FIELD(struct message_head, sender_name, F_STR, .flags = F_NULL),
	FIELD(struct message_head, sender_address, F_STR, .flags = F_NULL),
};
static const struct shape head_shape = SHAPE("MessageHead", struct message_head, head_fields);

enum { Q_LIST };
static const struct sql head_rows[] = {
	[Q_LIST] = {"SELECT @cols FROM message WHERE ticket_id = $1 ORDER BY id DESC LIMIT $2", &head_shape},
};
const struct sql_table message_head_sql = SQL_TABLE("message_head", head_rows);

enum err message_head_list(struct ctx *c, int64_t ticket_id, int64_t limit, struct message_head **out, size_t *n_out)
{
	return db_all(c, &head_rows[Q_LIST], ARGS(I(ticket_id), I(limit)), out, n_out);
}
