/* Every read goes through FILES, where a file has the path of its folder beside it. */

#include "store/file.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

#define FILES "(SELECT f.*, COALESCE(d.path, '') AS folder_path FROM file f LEFT JOIN folder d ON d.id = f.folder_id) files"

#define FILE_FIELDS                                        \
	FIELD(struct file, id, F_ID),                      \
	FIELD(struct file, folder_id, F_INT),              \
	FIELD(struct file, name, F_STR),                   \
	FIELD(struct file, extension, F_STR),              \
	FIELD(struct file, type, F_STR),                   \
	FIELD(struct file, encoding, F_STR),               \
	FIELD(struct file, content_type, F_STR),           \
	FIELD(struct file, size_bytes, F_INT),             \
	FIELD(struct file, width, F_INT),                  \
	FIELD(struct file, height, F_INT),                 \
	FIELD(struct file, access, F_STR),                 \
	FIELD(struct file, is_usable, F_BOOL),             \
	FIELD(struct file, blob, F_STR),                   \
	FIELD(struct file, link_key, F_STR),               \
	FIELD(struct file, user_id, F_ID),                 \
	FIELD(struct file, created_at, F_TIME),            \
	FIELD(struct file, updated_at, F_TIME),            \
	FIELD(struct file, expires_at, F_TIME),            \
	FIELD(struct file, archived_at, F_TIME)

static const struct field file_fields[] = {FILE_FIELDS};
static const struct shape file_shape = SHAPE("FileRow", struct file, file_fields);
static const struct field file_seen_fields[] = {FILE_FIELDS, FIELD(struct file, folder_path, F_STR)};
static const struct shape file_seen_shape = SHAPE("FileSeen", struct file, file_seen_fields);

enum {
	Q_INSERT, Q_LOAD, Q_LOAD_LIBRARY, Q_LOAD_ANY, Q_BY_NAME, Q_BY_KEY, Q_BY_BYTES, Q_UPDATE, Q_REMOVE, Q_LIST_ANY, Q_OVER,
	Q_OVER_ARCHIVED,
};
static const struct sql file_rows[] = {
	[Q_INSERT] = {"INSERT INTO file @insert @back", &file_shape},
	[Q_LOAD] = {"SELECT @cols FROM " FILES " WHERE id = $1 AND archived_at = 0 AND (expires_at = 0 OR expires_at > $2)"
	            " AND folder_id <> -2", &file_seen_shape},
	[Q_LOAD_LIBRARY] = {"SELECT @cols FROM " FILES " WHERE id = $1 AND archived_at = 0 AND (expires_at = 0 OR expires_at > $2)"
	                    " AND folder_id = -2", &file_seen_shape},
	[Q_LOAD_ANY] = {"SELECT @cols FROM " FILES " WHERE id = $1", &file_seen_shape},
	[Q_BY_NAME] = {"SELECT @cols FROM " FILES " WHERE folder_id = $1 AND name = $2 AND extension = $3 AND archived_at = 0"
	               " AND folder_id >= 0", &file_seen_shape},
	[Q_BY_KEY] = {"SELECT @cols FROM " FILES " WHERE link_key = $1 AND archived_at = 0 AND (expires_at = 0 OR expires_at > $2)",
	              &file_seen_shape},
	[Q_BY_BYTES] = {"SELECT @cols FROM " FILES " WHERE blob = $1 AND (folder_id = $2 OR $2 = -1) AND folder_id >= 0"
	                " AND archived_at = 0 AND (expires_at = 0 OR expires_at > $3) ORDER BY id LIMIT 1", &file_seen_shape},
	[Q_UPDATE] = {"UPDATE file SET @update WHERE id = @key @back", &file_shape},
	[Q_REMOVE] = {"DELETE FROM file WHERE id = $1", NULL},
	[Q_LIST_ANY] = {"SELECT @cols FROM " FILES " WHERE id > $1 ORDER BY id LIMIT $2", &file_seen_shape},
	[Q_OVER] = {"SELECT @cols FROM " FILES " WHERE expires_at > 0 AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
	            &file_seen_shape},
	[Q_OVER_ARCHIVED] = {"SELECT @cols FROM " FILES " WHERE archived_at > 0 AND archived_at <= $1 ORDER BY archived_at LIMIT $2",
	                     &file_seen_shape},
};
const struct sql_table file_sql = SQL_TABLE("file", file_rows);

enum { LOCK_KEY = 0x66696c65 };

enum err file_lock(struct ctx *c)
{
	return db_lock(c, LOCK_KEY);
}

enum err file_insert(struct ctx *c, struct file *f)
{
	f->created_at = f->updated_at = c->now;
	return db_put(c, &file_rows[Q_INSERT], f, f);
}

enum err file_load(struct ctx *c, int64_t id, struct file *out)
{
	return db_one(c, &file_rows[Q_LOAD], ARGS(I(id), I(c->now)), out);
}

enum err file_load_library(struct ctx *c, int64_t id, struct file *out)
{
	return db_one(c, &file_rows[Q_LOAD_LIBRARY], ARGS(I(id), I(c->now)), out);
}

enum err file_load_any(struct ctx *c, int64_t id, struct file *out)
{
	return db_one(c, &file_rows[Q_LOAD_ANY], ARGS(I(id)), out);
}

enum err file_by_name(struct ctx *c, int64_t folder_id, struct str name, struct str extension, struct file *out)
{
	return db_one(c, &file_rows[Q_BY_NAME], ARGS(I(folder_id), S(name), S(extension)), out);
}

enum err file_by_key(struct ctx *c, struct str link_key, struct file *out)
{
	return db_one(c, &file_rows[Q_BY_KEY], ARGS(S(link_key), I(c->now)), out);
}

enum err file_by_bytes(struct ctx *c, struct str blob, int64_t folder_id, struct file *out)
{
	return db_one(c, &file_rows[Q_BY_BYTES], ARGS(S(blob), I(folder_id), I(c->now)), out);
}

enum err file_update(struct ctx *c, struct file *f)
{
	f->updated_at = c->now;
	return db_put(c, &file_rows[Q_UPDATE], f, f);
}

enum err file_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &file_rows[Q_REMOVE], ARGS(I(id)), NULL);
}

enum err file_list_any(struct ctx *c, int64_t after, int64_t limit, struct file **out, size_t *n_out)
{
	return db_all(c, &file_rows[Q_LIST_ANY], ARGS(I(after), I(limit)), out, n_out);
}

enum err file_list_over(struct ctx *c, int64_t archived_before, int64_t limit, struct file **out, size_t *n_out)
{
	TRY(db_all(c, &file_rows[Q_OVER], ARGS(I(c->now), I(limit)), out, n_out));
	if (*n_out > 0)
		return OK;
	return db_all(c, &file_rows[Q_OVER_ARCHIVED], ARGS(I(archived_before), I(limit)), out, n_out);
}

/* Finding ----------------------------------------------------------------------------------------------------------- */

static void add_sorts(struct sqlb *b, const struct file_find *find)
{
	/* literals, because nothing else is text of a statement */
#define SORT(column)                                                                                     \
	do {                                                                                              \
		if (find->sorts[i].is_falling)                                                           \
			sqlb_add(b, " " column " DESC,", NO_ARGS);                                        \
		else                                                                                      \
			sqlb_add(b, " " column ",", NO_ARGS);                                             \
	} while (0)
	sqlb_add(b, " ORDER BY", NO_ARGS);
	for (size_t i = 0; i < find->sort_n; i++)
		switch (find->sorts[i].by) {
		case SORT_ID: SORT("id"); break;
		case SORT_CREATED: SORT("created_at"); break;
		case SORT_UPDATED: SORT("updated_at"); break;
		case SORT_NAME: SORT("name"); break;
		case SORT_PATH: SORT("path"); break;
		case SORT_SIZE: SORT("size_bytes"); break;
		case SORT_WIDTH: SORT("width"); break;
		case SORT_HEIGHT: SORT("height"); break;
		case SORT_TYPE: SORT("type"); break;
		case SORT_EXTENSION: SORT("extension"); break;
		case SORT_ENCODING: SORT("encoding"); break;
		case SORT_EXPIRES: SORT("expires_at"); break;
		case SORT_N: break;
		}
	sqlb_add(b, " id LIMIT ? OFFSET ?", ARGS(I(find->limit), I(find->offset)));
#undef SORT
}

static void add_list(struct sqlb *b, const int64_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (i == 0)
			sqlb_add(b, "?", ARGS(I(list[i])));
		else
			sqlb_add(b, ", ?", ARGS(I(list[i])));
	sqlb_add(b, ")", NO_ARGS);
}

/* The filters that files and folders have in common. */
static void add_common(struct sqlb *b, const struct file_find *find)
{
#define RANGE(column, range)                                                 \
	do {                                                                 \
		if ((range).from >= 0)                                       \
			sqlb_add(b, " AND " column " >= ?", ARGS(I((range).from))); \
		if ((range).to >= 0)                                         \
			sqlb_add(b, " AND " column " <= ?", ARGS(I((range).to)));   \
	} while (0)
#define TEXT(column, text)                                                   \
	do {                                                                 \
		if (!str_is_null(text))                                      \
			sqlb_add(b, " AND " column " = ?", ARGS(S(text)));   \
	} while (0)
	if (find->id_n > 0) {
		sqlb_add(b, " AND id IN (", NO_ARGS);
		add_list(b, find->ids, find->id_n);
	}
	RANGE("id", find->id);
	RANGE("created_at", find->created_at);
	RANGE("updated_at", find->updated_at);
	TEXT("name", find->name);
	TEXT("path", find->path);
}

/* Those that only files have. */
static void add_own(struct sqlb *b, const struct file_find *find)
{
	RANGE("expires_at", find->expires_at);
	RANGE("size_bytes", find->size_bytes);
	RANGE("width", find->width);
	RANGE("height", find->height);
	TEXT("encoding", find->encoding);
	TEXT("type", find->type);
	TEXT("extension", find->extension);
	TEXT("link_key", find->link_key);
}

enum err file_find(struct ctx *c, const struct file_find *find, struct file **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b,
	         "SELECT @cols FROM (SELECT f.*, COALESCE(d.path, '') AS folder_path, COALESCE(d.path, '') || '/' || f.name ||"
	         " CASE WHEN f.extension = '' THEN '' ELSE '.' || f.extension END AS path FROM file f"
	         " LEFT JOIN folder d ON d.id = f.folder_id) files WHERE archived_at = 0 AND folder_id <> -2"
	         " AND (expires_at = 0 OR expires_at > ?)",
	         ARGS(I(c->now)));
	add_common(&b, find);
	if (find->folder_id_n > 0) {
		sqlb_add(&b, " AND folder_id IN (", NO_ARGS);
		add_list(&b, find->folder_ids, find->folder_id_n);
	}
	add_own(&b, find);
	if (find->is_usable >= 0)
		sqlb_add(&b, " AND is_usable = ?", ARGS(I(find->is_usable)));
	if (find->is_public == 1)
		sqlb_add(&b, " AND access LIKE '%INDEXABLE'", NO_ARGS);
	else if (find->is_public == 0)
		sqlb_add(&b, " AND access NOT LIKE '%INDEXABLE'", NO_ARGS);
	add_sorts(&b, find);
	return sqlb_all(c, &b, &file_seen_shape, out, n_out);
}

/* Folders ----------------------------------------------------------------------------------------------------------- */

static const struct field folder_fields[] = {
	FIELD(struct folder, id, F_ID),
	FIELD(struct folder, parent_id, F_INT),
	FIELD(struct folder, name, F_STR),
	FIELD(struct folder, path, F_STR),
	FIELD(struct folder, created_at, F_TIME),
	FIELD(struct folder, updated_at, F_TIME),
	FIELD(struct folder, archived_at, F_TIME),
};
static const struct shape folder_shape = SHAPE("FolderRow", struct folder, folder_fields);

struct folder_figures {
	int64_t n;
	int64_t longest;
	int64_t deepest;
};
static const struct field count_fields[] = {FIELD(struct folder_figures, n, F_INT)};
static const struct shape count_shape = SHAPE("FolderCount", struct folder_figures, count_fields);
static const struct field figure_fields[] = {
	FIELD(struct folder_figures, longest, F_INT),
	FIELD(struct folder_figures, deepest, F_INT),
};
static const struct shape figure_shape = SHAPE("FolderFigures", struct folder_figures, figure_fields);

enum {
	Q_FOLDER_INSERT,
	Q_FOLDER_LOAD,
	Q_FOLDER_BY_PATH,
	Q_FOLDER_UPDATE,
	Q_FOLDER_COUNT,
	Q_FOLDER_MOVE,
	Q_FOLDER_BELOW,
	Q_FOLDER_ARCHIVE,
	Q_FOLDER_ARCHIVE_FILES,
};
#define BELOW "substr(path, 1, length($1) + 1) = $1 || '/'"
static const struct sql folder_rows[] = {
	[Q_FOLDER_INSERT] = {"INSERT INTO folder @insert @back", &folder_shape},
	[Q_FOLDER_LOAD] = {"SELECT @cols FROM folder WHERE id = $1 AND archived_at = 0", &folder_shape},
	[Q_FOLDER_BY_PATH] = {"SELECT @cols FROM folder WHERE path = $1 AND archived_at = 0", &folder_shape},
	[Q_FOLDER_UPDATE] = {"UPDATE folder SET @update WHERE id = @key @back", &folder_shape},
	[Q_FOLDER_COUNT] = {"SELECT COUNT(*) AS n FROM folder WHERE archived_at = 0", &count_shape},
	[Q_FOLDER_MOVE] = {"UPDATE folder SET path = $2 || substr(path, length($1) + 1), updated_at = $3 WHERE archived_at = 0 AND "
	                   BELOW, NULL},
	[Q_FOLDER_BELOW] = {"SELECT COALESCE(MAX(length(path)), 0) AS longest,"
	                    " COALESCE(MAX(length(path) - length(replace(path, '/', ''))), 0) AS deepest FROM folder"
	                    " WHERE archived_at = 0 AND " BELOW, &figure_shape},
	[Q_FOLDER_ARCHIVE] = {"UPDATE folder SET archived_at = $2 WHERE archived_at = 0 AND (path = $1 OR " BELOW ")", NULL},
	[Q_FOLDER_ARCHIVE_FILES] = {"UPDATE file SET archived_at = $2 WHERE archived_at = 0 AND folder_id >= 0 AND folder_id IN"
	                            " (SELECT id FROM folder WHERE archived_at = 0 AND (path = $1 OR " BELOW "))", NULL},
};
const struct sql_table folder_sql = SQL_TABLE("folder", folder_rows);

enum err folder_insert(struct ctx *c, struct folder *f)
{
	f->created_at = f->updated_at = c->now;
	return db_put(c, &folder_rows[Q_FOLDER_INSERT], f, f);
}

enum err folder_load(struct ctx *c, int64_t id, struct folder *out)
{
	return db_one(c, &folder_rows[Q_FOLDER_LOAD], ARGS(I(id)), out);
}

enum err folder_by_path(struct ctx *c, struct str path, struct folder *out)
{
	return db_one(c, &folder_rows[Q_FOLDER_BY_PATH], ARGS(S(path)), out);
}

enum err folder_update(struct ctx *c, struct folder *f)
{
	f->updated_at = c->now;
	return db_put(c, &folder_rows[Q_FOLDER_UPDATE], f, f);
}

enum err folder_count(struct ctx *c, int64_t *out)
{
	struct folder_figures figures;
	TRY(db_one(c, &folder_rows[Q_FOLDER_COUNT], NO_ARGS, &figures));
	*out = figures.n;
	return OK;
}

enum err folder_move_below(struct ctx *c, struct str old_path, struct str new_path)
{
	return db_exec(c, &folder_rows[Q_FOLDER_MOVE], ARGS(S(old_path), S(new_path), I(c->now)), NULL);
}

enum err folder_below(struct ctx *c, struct str path, int64_t *longest_out, int64_t *deepest_out)
{
	struct folder_figures figures;
	TRY(db_one(c, &folder_rows[Q_FOLDER_BELOW], ARGS(S(path)), &figures));
	*longest_out = figures.longest;
	*deepest_out = figures.deepest;
	return OK;
}

enum err folder_archive(struct ctx *c, struct str path)
{
	TRY(db_exec(c, &folder_rows[Q_FOLDER_ARCHIVE_FILES], ARGS(S(path), I(c->now)), NULL));
	return db_exec(c, &folder_rows[Q_FOLDER_ARCHIVE], ARGS(S(path), I(c->now)), NULL);
}

enum err folder_find(struct ctx *c, const struct file_find *find, struct folder **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM folder WHERE archived_at = 0", NO_ARGS);
	add_common(&b, find);
	if (find->folder_id_n > 0) {
		sqlb_add(&b, " AND parent_id IN (", NO_ARGS);
		add_list(&b, find->folder_ids, find->folder_id_n);
	}
	add_sorts(&b, find);
	return sqlb_all(c, &b, &folder_shape, out, n_out);
}

/* Tasks ------------------------------------------------------------------------------------------------------------- */

static const struct field task_fields[] = {
	FIELD(struct file_task, id, F_ID),
	FIELD(struct file_task, kind, F_STR),
	FIELD(struct file_task, state, F_STR),
	FIELD(struct file_task, body, F_JSON),
	FIELD(struct file_task, result_id, F_ID),
	FIELD(struct file_task, error, F_STR, .flags = F_NULL),
	FIELD(struct file_task, user_id, F_ID),
	FIELD(struct file_task, requested_at, F_TIME),
	FIELD(struct file_task, started_at, F_TIME),
	FIELD(struct file_task, completed_at, F_TIME),
};
static const struct shape task_shape = SHAPE("FileTaskRow", struct file_task, task_fields);

enum { Q_TASK_INSERT, Q_TASK_LOAD, Q_TASK_UPDATE, Q_TASK_SWEEP };
static const struct sql file_task_rows[] = {
	[Q_TASK_INSERT] = {"INSERT INTO file_task @insert @back", &task_shape},
	[Q_TASK_LOAD] = {"SELECT @cols FROM file_task WHERE id = $1", &task_shape},
	[Q_TASK_UPDATE] = {"UPDATE file_task SET @update WHERE id = @key @back", &task_shape},
	[Q_TASK_SWEEP] = {"DELETE FROM file_task WHERE requested_at < $1", NULL},
};
const struct sql_table file_task_sql = SQL_TABLE("file_task", file_task_rows);

enum err file_task_insert(struct ctx *c, struct file_task *t)
{
	t->requested_at = c->now;
	t->state = STR("PENDING");
	return db_put(c, &file_task_rows[Q_TASK_INSERT], t, t);
}

enum err file_task_load(struct ctx *c, int64_t id, struct file_task *out)
{
	return db_one(c, &file_task_rows[Q_TASK_LOAD], ARGS(I(id)), out);
}

enum err file_task_update(struct ctx *c, struct file_task *t)
{
	return db_put(c, &file_task_rows[Q_TASK_UPDATE], t, t);
}

enum err file_task_sweep(struct ctx *c, int64_t before)
{
	return db_exec(c, &file_task_rows[Q_TASK_SWEEP], ARGS(I(before)), NULL);
}
