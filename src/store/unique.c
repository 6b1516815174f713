#include "store/unique.h"

#include "store/all_sql.h"

static const struct field unique_fields[] = {
	FIELD(struct unique_value, object_type, F_ID),
	FIELD(struct unique_value, property, F_STR),
	FIELD(struct unique_value, value, F_STR),
	FIELD(struct unique_value, slot, F_INT),
	FIELD(struct unique_value, object_id, F_ID),
};
static const struct shape unique_shape = SHAPE("UniqueValue", struct unique_value, unique_fields);

enum { Q_FIND, Q_ANY, Q_PUT, Q_REMOVE, Q_REMOVE_OBJECT, Q_REMOVE_PROPERTY };
static const struct sql unique_rows[] = {
	[Q_FIND] = {"SELECT @cols FROM unique_value WHERE object_type = $1 AND property = $2 AND value = $3 ORDER BY slot LIMIT 1",
	            &unique_shape},
	[Q_ANY] = {"SELECT @cols FROM unique_value WHERE object_type = $1 AND property = $2 LIMIT 1", &unique_shape},
	[Q_PUT] = {"INSERT INTO unique_value (object_type, property, value, slot, object_id) VALUES ($1, $2, $3, $4, $5)", NULL},
	[Q_REMOVE] = {"DELETE FROM unique_value WHERE object_id = $1 AND property = $2", NULL},
	[Q_REMOVE_OBJECT] = {"DELETE FROM unique_value WHERE object_id = $1", NULL},
	[Q_REMOVE_PROPERTY] = {"DELETE FROM unique_value WHERE object_type = $1 AND property = $2", NULL},
};
const struct sql_table unique_sql = SQL_TABLE("unique_value", unique_rows);

enum err unique_find(struct ctx *c, int64_t object_type, struct str property, struct str value, int64_t *object_id_out)
{
	struct unique_value row;
	TRY(db_one(c, &unique_rows[Q_FIND], ARGS(I(object_type), S(property), S(value)), &row));
	*object_id_out = row.object_id;
	return OK;
}

enum err unique_has(struct ctx *c, int64_t object_type, struct str property, bool *out)
{
	struct unique_value *rows;
	size_t n;
	TRY(db_all(c, &unique_rows[Q_ANY], ARGS(I(object_type), S(property)), &rows, &n));
	*out = n > 0;
	return OK;
}

enum err unique_put(struct ctx *c, const struct unique_value *value)
{
	return db_exec(c, &unique_rows[Q_PUT],
	               ARGS(I(value->object_type), S(value->property), S(value->value), I(value->slot), I(value->object_id)), NULL);
}

enum err unique_remove(struct ctx *c, int64_t object_id, struct str property)
{
	return db_exec(c, &unique_rows[Q_REMOVE], ARGS(I(object_id), S(property)), NULL);
}

enum err unique_remove_object(struct ctx *c, int64_t object_id)
{
	return db_exec(c, &unique_rows[Q_REMOVE_OBJECT], ARGS(I(object_id)), NULL);
}

enum err unique_remove_property(struct ctx *c, int64_t object_type, struct str property)
{
	return db_exec(c, &unique_rows[Q_REMOVE_PROPERTY], ARGS(I(object_type), S(property)), NULL);
}
