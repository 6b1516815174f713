#include "store/spam.h"

#include "base/arena.h"
#include "base/shape.h"
#include "store/all_sql.h"

struct spam_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct spam_id, id, F_ID)};
static const struct shape id_shape = SHAPE("SpamId", struct spam_id, id_fields);

enum { Q_LIST };
static const struct sql spam_rows[] = {
	[Q_LIST] = {"SELECT id FROM object WHERE spam_at > 0 AND spam_at < $1 AND archived_at = 0 ORDER BY spam_at, id LIMIT $2", &id_shape},
};
const struct sql_table spam_sql = SQL_TABLE("spam", spam_rows);

enum err spam_list(struct ctx *c, int64_t before, int64_t limit, int64_t **ids_out, size_t *n_out)
{
	struct spam_id *rows;
	TRY(db_all(c, &spam_rows[Q_LIST], ARGS(I(before), I(limit)), &rows, n_out));
	*ids_out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*ids_out)[i] = rows[i].id;
	return OK;
}
