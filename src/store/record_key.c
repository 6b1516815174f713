#include "store/record_key.h"

#include "base/arena.h"
#include "store/all_sql.h"

struct key_row {
	int64_t object_id;
	struct str value;
};
static const struct field id_fields[] = {FIELD(struct key_row, object_id, F_ID)};
static const struct shape id_shape = SHAPE("RecordKeyId", struct key_row, id_fields);
static const struct field value_fields[] = {FIELD(struct key_row, value, F_STR)};
static const struct shape value_shape = SHAPE("RecordKeyValue", struct key_row, value_fields);

enum { Q_PUT, Q_REMOVE, Q_FIND, Q_LIST };
static const struct sql record_key_rows[] = {
	[Q_PUT] = {"INSERT INTO record_key (kind, value, object_id) VALUES ($1, $2, $3) ON CONFLICT (kind, value, object_id) DO NOTHING",
	           NULL},
	[Q_REMOVE] = {"DELETE FROM record_key WHERE object_id = $1", NULL},
	[Q_FIND] = {"SELECT object_id FROM record_key WHERE kind = $1 AND value = $2 AND object_id > $3 AND EXISTS (SELECT 1 FROM object"
	            " WHERE object.id = record_key.object_id AND archived_at = 0) ORDER BY object_id LIMIT $4", &id_shape},
	[Q_LIST] = {"SELECT value FROM record_key WHERE object_id = $1 AND kind = $2 ORDER BY value LIMIT $3", &value_shape},
};
const struct sql_table record_key_sql = SQL_TABLE("record_key", record_key_rows);

enum err record_key_put(struct ctx *c, struct str kind, struct str value, int64_t object_id)
{
	return db_exec(c, &record_key_rows[Q_PUT], ARGS(S(kind), S(value), I(object_id)), NULL);
}

enum err record_key_remove(struct ctx *c, int64_t object_id)
{
	return db_exec(c, &record_key_rows[Q_REMOVE], ARGS(I(object_id)), NULL);
}

enum err record_key_find(struct ctx *c, struct str kind, struct str value, int64_t after, int64_t limit, int64_t **ids_out,
                         size_t *n_out)
{
	struct key_row *rows;
	TRY(db_all(c, &record_key_rows[Q_FIND], ARGS(S(kind), S(value), I(after), I(limit)), &rows, n_out));
	*ids_out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*ids_out)[i] = rows[i].object_id;
	return OK;
}

enum err record_key_list(struct ctx *c, int64_t object_id, struct str kind, int64_t limit, struct str **out, size_t *n_out)
{
	struct key_row *rows;
	TRY(db_all(c, &record_key_rows[Q_LIST], ARGS(I(object_id), S(kind), I(limit)), &rows, n_out));
	*out = NEW_ARRAY(c->a, *n_out, struct str);
	for (size_t i = 0; i < *n_out; i++)
		(*out)[i] = rows[i].value;
	return OK;
}
