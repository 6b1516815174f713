/* Who sees an item is one condition, SEES, in every statement that looks for some. */

#include "store/library.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field item_fields[] = {
	FIELD(struct library_item, id, F_ID),
	FIELD(struct library_item, kind, F_STR),
	FIELD(struct library_item, name, F_STR),
	FIELD(struct library_item, name_key, F_STR),
	FIELD(struct library_item, handle, F_STR),
	FIELD(struct library_item, words, F_STR),
	FIELD(struct library_item, folder_id, F_ID, .flags = F_NULL),
	FIELD(struct library_item, audience, F_STR),
	FIELD(struct library_item, user_id, F_ID),
	FIELD(struct library_item, use_n, F_INT),
	FIELD(struct library_item, used_at, F_TIME),
	FIELD(struct library_item, created_at, F_TIME),
	FIELD(struct library_item, updated_at, F_TIME),
	FIELD(struct library_item, archived_at, F_TIME),
};
static const struct shape item_shape = SHAPE("LibraryItemRow", struct library_item, item_fields);

static const struct field team_fields[] = {
	FIELD(struct library_team, item_id, F_ID),
	FIELD(struct library_team, team_id, F_ID),
};
static const struct shape library_team_shape = SHAPE("LibraryTeamRow", struct library_team, team_fields);

static const struct field folder_fields[] = {
	FIELD(struct library_folder, id, F_ID),
	FIELD(struct library_folder, kind, F_STR),
	FIELD(struct library_folder, name, F_STR),
	FIELD(struct library_folder, name_key, F_STR, .flags = F_SECRET),
	FIELD(struct library_folder, user_id, F_ID),
	FIELD(struct library_folder, created_at, F_TIME),
	FIELD(struct library_folder, updated_at, F_TIME),
};
const struct shape library_folder_shape = SHAPE("LibraryFolder", struct library_folder, folder_fields);

struct number_row {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number_row, n, F_INT)};
static const struct shape number_shape = SHAPE("LibraryNumber", struct number_row, number_fields);

/* Items ------------------------------------------------------------------------------------------------------------------ */

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_USE, Q_COUNT };
static const struct sql item_rows[] = {
	[Q_INSERT] = {"INSERT INTO library_item @insert @back", &item_shape},
	[Q_UPDATE] = {"UPDATE library_item SET @update WHERE id = @key @back", &item_shape},
	[Q_LOAD] = {"SELECT @cols FROM library_item WHERE id = $1", &item_shape},
	[Q_USE] = {"UPDATE library_item SET use_n = use_n + 1, used_at = $2 WHERE id = $1", NULL},
	[Q_COUNT] = {"SELECT count(*) AS n FROM library_item WHERE kind = $1", &number_shape},
};
const struct sql_table library_item_sql = SQL_TABLE("library_item", item_rows);

enum { LOCK_KEY = 0x6c696272 };

enum err library_lock(struct ctx *c)
{
	return db_lock(c, LOCK_KEY);
}

enum err library_item_insert(struct ctx *c, struct library_item *i)
{
	i->created_at = i->updated_at = c->now;
	return db_put(c, &item_rows[Q_INSERT], i, i);
}

enum err library_item_update(struct ctx *c, struct library_item *i)
{
	i->updated_at = c->now;
	return db_put(c, &item_rows[Q_UPDATE], i, i);
}

enum err library_item_load(struct ctx *c, int64_t id, struct library_item *out)
{
	return db_one(c, &item_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err library_item_use(struct ctx *c, int64_t id)
{
	return db_exec(c, &item_rows[Q_USE], ARGS(I(id), I(c->now)), NULL);
}

enum err library_item_count(struct ctx *c, struct str kind, int64_t *n_out)
{
	struct number_row row;
	TRY(db_one(c, &item_rows[Q_COUNT], ARGS(S(kind)), &row));
	*n_out = row.n;
	return OK;
}

/* What one sees ---------------------------------------------------------------------------------------------------------- */

static void add_sees(struct sqlb *b, const struct library_sight *s)
{
	if (s->is_all)
		return;
	sqlb_add(b, " AND (i.audience = 'EVERYONE' OR i.user_id = ? OR (i.audience = 'TEAMS' AND EXISTS (SELECT 1 FROM library_team t"
	         " JOIN team_member m ON m.team_id = t.team_id WHERE t.item_id = i.id AND m.user_id = ?)))",
	         ARGS(I(s->user_id), I(s->user_id)));
	if (s->first >= 0)
		sqlb_add(b, " AND i.id IN (SELECT f.id FROM library_item f WHERE f.kind = i.kind AND f.archived_at = 0 ORDER BY f.id LIMIT ?)",
		         ARGS(I(s->first)));
}

static void add_words(struct sqlb *b, const struct library_find *f)
{
	for (size_t i = 0; i < f->word_n; i++) {
		for (size_t k = 0; k < f->words[i].n; k++)
			if (k == 0)
				sqlb_add(b, " AND (i.words LIKE ? ESCAPE '!'", ARGS(S(f->words[i].patterns[k])));
			else
				sqlb_add(b, " OR i.words LIKE ? ESCAPE '!'", ARGS(S(f->words[i].patterns[k])));
		sqlb_add(b, ")", NO_ARGS);
	}
}

static void add_place(struct sqlb *b, const struct library_find *f)
{
#define BEHIND(key, than)                                                                                             \
	if (f->after_id > 0)                                                                                          \
		sqlb_add(b, " AND (" key ") " than " (SELECT " key " FROM library_item i WHERE i.id = ?)", ARGS(I(f->after_id)))
	switch (f->sort) {
	case LIBRARY_BY_NAME:
		BEHIND("i.name_key, i.id", ">");
		sqlb_add(b, " ORDER BY i.name_key, i.id", NO_ARGS);
		break;
	case LIBRARY_BY_USE:
		BEHIND("i.use_n, i.used_at, i.id", "<");
		sqlb_add(b, " ORDER BY i.use_n DESC, i.used_at DESC, i.id DESC", NO_ARGS);
		break;
	case LIBRARY_BY_TIME:
		BEHIND("i.updated_at, i.id", "<");
		sqlb_add(b, " ORDER BY i.updated_at DESC, i.id DESC", NO_ARGS);
		break;
	case LIBRARY_BY_HANDLE:
	case LIBRARY_SORT_N:
		sqlb_add(b, " ORDER BY CASE WHEN i.handle LIKE ? ESCAPE '!' THEN 0 ELSE 1 END, i.use_n DESC, i.name_key, i.id",
		         ARGS(S(f->begins)));
		break;
	}
#undef BEHIND
}

enum err library_item_find(struct ctx *c, const struct library_find *f, struct library_item **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM library_item i WHERE i.kind = ?", ARGS(S(f->kind)));
	if (f->is_archived)
		sqlb_add(&b, " AND i.archived_at > 0", NO_ARGS);
	else
		sqlb_add(&b, " AND i.archived_at = 0", NO_ARGS);
	add_sees(&b, &f->sight);
	add_words(&b, f);
	if (f->folder_id > 0)
		sqlb_add(&b, " AND i.folder_id = ?", ARGS(I(f->folder_id)));
	else if (f->folder_id == 0)
		sqlb_add(&b, " AND i.folder_id IS NULL", NO_ARGS);
	if (f->user_id != 0)
		sqlb_add(&b, " AND i.user_id = ?", ARGS(I(f->user_id)));
	add_place(&b, f);
	sqlb_add(&b, " LIMIT ?", ARGS(I(f->limit)));
	return sqlb_all(c, &b, &item_shape, out, n_out);
}

enum err library_item_see(struct ctx *c, const struct library_sight *s, struct str kind, int64_t id, struct library_item *out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM library_item i WHERE i.id = ?", ARGS(I(id)));
	if (!str_is_null(kind))
		sqlb_add(&b, " AND i.kind = ?", ARGS(S(kind)));
	add_sees(&b, s);
	return sqlb_one(c, &b, &item_shape, out);
}

enum err library_item_by_handle(struct ctx *c, const struct library_sight *s, struct str kind, struct str handle,
                                struct library_item **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM library_item i WHERE i.handle <> '' AND i.kind = ? AND i.handle = ? AND i.archived_at = 0",
	         ARGS(S(kind), S(handle)));
	add_sees(&b, s);
	sqlb_add(&b, " ORDER BY i.id LIMIT 10", NO_ARGS);
	return sqlb_all(c, &b, &item_shape, out, n_out);
}

/* Teams ------------------------------------------------------------------------------------------------------------------ */

enum { Q_TEAM_ADD, Q_TEAM_CLEAR };
static const struct sql team_rows[] = {
	[Q_TEAM_ADD] = {"INSERT INTO library_team (item_id, team_id) VALUES ($1, $2)", NULL},
	[Q_TEAM_CLEAR] = {"DELETE FROM library_team WHERE item_id = $1", NULL},
};
const struct sql_table library_team_sql = SQL_TABLE("library_team", team_rows);

enum err library_team_list(struct ctx *c, const int64_t *item_ids, size_t n, struct library_team **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM library_team WHERE item_id IN (?", ARGS(I(item_ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(&b, ", ?", ARGS(I(item_ids[i])));
	sqlb_add(&b, ") ORDER BY item_id, team_id", NO_ARGS);
	return sqlb_all(c, &b, &library_team_shape, out, n_out);
}

enum err library_team_set(struct ctx *c, int64_t item_id, const int64_t *team_ids, size_t n)
{
	TRY(db_exec(c, &team_rows[Q_TEAM_CLEAR], ARGS(I(item_id)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(c, &team_rows[Q_TEAM_ADD], ARGS(I(item_id), I(team_ids[i])), NULL));
	return OK;
}

/* Folders ---------------------------------------------------------------------------------------------------------------- */

enum { Q_FOLDER_INSERT, Q_FOLDER_UPDATE, Q_FOLDER_LOAD, Q_FOLDER_LIST, Q_FOLDER_EMPTY, Q_FOLDER_REMOVE };
static const struct sql folder_rows[] = {
	[Q_FOLDER_INSERT] = {"INSERT INTO library_folder @insert @back", &library_folder_shape},
	[Q_FOLDER_UPDATE] = {"UPDATE library_folder SET @update WHERE id = @key @back", &library_folder_shape},
	[Q_FOLDER_LOAD] = {"SELECT @cols FROM library_folder WHERE id = $1", &library_folder_shape},
	[Q_FOLDER_LIST] = {"SELECT @cols FROM library_folder WHERE kind = $1 ORDER BY name_key, id", &library_folder_shape},
	[Q_FOLDER_EMPTY] = {"UPDATE library_item SET folder_id = NULL WHERE folder_id = $1", NULL},
	[Q_FOLDER_REMOVE] = {"DELETE FROM library_folder WHERE id = $1", NULL},
};
const struct sql_table library_folder_sql = SQL_TABLE("library_folder", folder_rows);

enum err library_folder_insert(struct ctx *c, struct library_folder *f)
{
	f->created_at = f->updated_at = c->now;
	return db_put(c, &folder_rows[Q_FOLDER_INSERT], f, f);
}

enum err library_folder_update(struct ctx *c, struct library_folder *f)
{
	f->updated_at = c->now;
	return db_put(c, &folder_rows[Q_FOLDER_UPDATE], f, f);
}

enum err library_folder_load(struct ctx *c, int64_t id, struct library_folder *out)
{
	return db_one(c, &folder_rows[Q_FOLDER_LOAD], ARGS(I(id)), out);
}

enum err library_folder_list(struct ctx *c, struct str kind, struct library_folder **out, size_t *n_out)
{
	return db_all(c, &folder_rows[Q_FOLDER_LIST], ARGS(S(kind)), out, n_out);
}

enum err library_folder_remove(struct ctx *c, int64_t id)
{
	TRY(db_exec(c, &folder_rows[Q_FOLDER_EMPTY], ARGS(I(id)), NULL));
	return db_exec(c, &folder_rows[Q_FOLDER_REMOVE], ARGS(I(id)), NULL);
}
