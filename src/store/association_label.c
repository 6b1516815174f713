#include "store/association_label.h"

#include "store/all_sql.h"

struct label_number {
	int64_t number;
};
static const struct field number_fields[] = {FIELD(struct label_number, number, F_INT)};
static const struct shape number_shape = SHAPE("LabelNumber", struct label_number, number_fields);

enum { Q_NEXT, Q_SAVE, Q_HOLD, Q_LOCK, Q_REMOVE_LINKS, Q_REMOVE };
static const struct sql association_label_rows[] = {
	[Q_NEXT] = {"UPDATE association_type_number SET number = number + 2 WHERE id = 1 RETURNING @cols", &number_shape},
	[Q_SAVE] = {"UPDATE association_type SET label = $2, name = $3, max_to_objects = $4 WHERE type_id = $1", NULL},
	[Q_HOLD] = {"SELECT @cols FROM association_type WHERE type_id = $1 @hold", &association_type_shape},
	[Q_LOCK] = {"SELECT @cols FROM association_type WHERE type_id = $1 @lock", &association_type_shape},
	[Q_REMOVE_LINKS] = {"DELETE FROM association WHERE type_id = $1 AND type_id > 1000000", NULL},
	[Q_REMOVE] = {"DELETE FROM association_type WHERE type_id = $1", NULL},
};
const struct sql_table association_label_sql = SQL_TABLE("association_label", association_label_rows);

enum err association_type_next_id(struct ctx *c, int64_t *out)
{
	struct label_number next;
	TRY(db_one(c, &association_label_rows[Q_NEXT], NO_ARGS, &next));
	*out = next.number - 2;
	return OK;
}

enum err association_label_save(struct ctx *c, const struct association_type *t)
{
	return db_exec(c, &association_label_rows[Q_SAVE], ARGS(I(t->type_id), S(t->label), S(t->name), I(t->max_to_objects)),
	               NULL);
}

enum err association_label_hold(struct ctx *c, int64_t type_id)
{
	struct association_type held;
	return db_one(c, &association_label_rows[Q_HOLD], ARGS(I(type_id)), &held);
}

enum err association_label_lock(struct ctx *c, int64_t type_id)
{
	struct association_type locked;
	return db_one(c, &association_label_rows[Q_LOCK], ARGS(I(type_id)), &locked);
}

enum err association_label_remove(struct ctx *c, int64_t type_id)
{
	TRY(db_exec(c, &association_label_rows[Q_REMOVE_LINKS], ARGS(I(type_id)), NULL));
	return db_exec(c, &association_label_rows[Q_REMOVE], ARGS(I(type_id)), NULL);
}
