#include "store/list.h"

#include "store/all_sql.h"

static const struct field list_fields[] = {
	FIELD(struct list, id, F_ID),
	FIELD(struct list, object_type, F_ID),
	FIELD(struct list, name, F_STR),
	FIELD(struct list, name_key, F_STR),
	FIELD(struct list, folder_id, F_ID),
	FIELD(struct list, version, F_INT),
	FIELD(struct list, size, F_INT),
	FIELD(struct list, created_by, F_ID),
	FIELD(struct list, updated_by, F_ID),
	FIELD(struct list, created_at, F_TIME),
	FIELD(struct list, updated_at, F_TIME),
	FIELD(struct list, archived_at, F_TIME),
};
static const struct shape list_shape = SHAPE("ListRow", struct list, list_fields);

struct count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct count, n, F_INT)};
static const struct shape count_shape = SHAPE("ListCount", struct count, count_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_LOCK, Q_BY_NAME, Q_ALL, Q_COUNT, Q_SWEEP_MEMBERS, Q_SWEEP };
static const struct sql list_rows[] = {
	[Q_INSERT] = {"INSERT INTO object_list @insert @back", &list_shape},
	[Q_UPDATE] = {"UPDATE object_list SET @update WHERE id = @key @back", &list_shape},
	[Q_LOAD] = {"SELECT @cols FROM object_list WHERE id = $1", &list_shape},
	[Q_LOCK] = {"SELECT @cols FROM object_list WHERE id = $1 @lock", &list_shape},
	[Q_BY_NAME] = {"SELECT @cols FROM object_list WHERE object_type = $1 AND name_key = $2 AND archived_at = 0", &list_shape},
	[Q_ALL] = {"SELECT @cols FROM object_list WHERE archived_at = 0 ORDER BY id LIMIT $1", &list_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM (SELECT 1 FROM object_list LIMIT $1) AS few", &count_shape},
	[Q_SWEEP_MEMBERS] = {"DELETE FROM list_member WHERE list_id IN (SELECT id FROM object_list WHERE archived_at > 0"
	                     " AND archived_at < $1)", NULL},
	[Q_SWEEP] = {"DELETE FROM object_list WHERE archived_at > 0 AND archived_at < $1", NULL},
};
const struct sql_table list_sql = SQL_TABLE("object_list", list_rows);

static const struct field folder_fields[] = {
	FIELD(struct list_folder, id, F_ID),
	FIELD(struct list_folder, parent_id, F_ID),
	FIELD(struct list_folder, name, F_STR),
	FIELD(struct list_folder, user_id, F_ID),
	FIELD(struct list_folder, created_at, F_TIME),
	FIELD(struct list_folder, updated_at, F_TIME),
};
static const struct shape folder_shape = SHAPE("ListFolderRow", struct list_folder, folder_fields);

enum { Q_FOLDER_INSERT, Q_FOLDER_UPDATE, Q_FOLDER_REMOVE, Q_FOLDER_ALL };
static const struct sql folder_rows[] = {
	[Q_FOLDER_INSERT] = {"INSERT INTO list_folder @insert @back", &folder_shape},
	[Q_FOLDER_UPDATE] = {"UPDATE list_folder SET @update WHERE id = @key @back", &folder_shape},
	[Q_FOLDER_REMOVE] = {"DELETE FROM list_folder WHERE id = $1", NULL},
	[Q_FOLDER_ALL] = {"SELECT @cols FROM list_folder ORDER BY id", &folder_shape},
};
const struct sql_table list_folder_sql = SQL_TABLE("list_folder", folder_rows);

enum err list_insert(struct ctx *c, struct list *l)
{
	return db_put(c, &list_rows[Q_INSERT], l, l);
}

enum err list_update(struct ctx *c, struct list *l)
{
	return db_put(c, &list_rows[Q_UPDATE], l, l);
}

enum err list_load(struct ctx *c, int64_t id, struct list *out)
{
	return db_one(c, &list_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err list_lock(struct ctx *c, int64_t id, struct list *out)
{
	return db_one(c, &list_rows[Q_LOCK], ARGS(I(id)), out);
}

enum err list_by_name(struct ctx *c, int64_t object_type, struct str name_key, struct list *out)
{
	return db_one(c, &list_rows[Q_BY_NAME], ARGS(I(object_type), S(name_key)), out);
}

enum err list_all(struct ctx *c, int64_t most, struct list **out, size_t *n_out)
{
	return db_all(c, &list_rows[Q_ALL], ARGS(I(most)), out, n_out);
}

enum err list_count(struct ctx *c, int64_t most, int64_t *n_out)
{
	struct count count;
	TRY(db_one(c, &list_rows[Q_COUNT], ARGS(I(most)), &count));
	*n_out = count.n;
	return OK;
}

enum err list_sweep(struct ctx *c, int64_t before)
{
	TRY(db_exec(c, &list_rows[Q_SWEEP_MEMBERS], ARGS(I(before)), NULL));
	return db_exec(c, &list_rows[Q_SWEEP], ARGS(I(before)), NULL);
}

enum err list_folder_insert(struct ctx *c, struct list_folder *f)
{
	return db_put(c, &folder_rows[Q_FOLDER_INSERT], f, f);
}

enum err list_folder_update(struct ctx *c, struct list_folder *f)
{
	return db_put(c, &folder_rows[Q_FOLDER_UPDATE], f, f);
}

enum err list_folder_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &folder_rows[Q_FOLDER_REMOVE], ARGS(I(id)), NULL);
}

enum err list_folder_all(struct ctx *c, struct list_folder **out, size_t *n_out)
{
	return db_all(c, &folder_rows[Q_FOLDER_ALL], NO_ARGS, out, n_out);
}
